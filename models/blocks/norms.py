"""Normalisations as values that can be handed to a block: what to build, and whether it sees the whole image."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from ..carriers import Level
from ..errors import SpecError


@dataclass(frozen=True)
class Norm:
    """A normalisation of feature maps.

    Attributes:
        build: Builds the layer for a number of channels.
        global_operation: Its name where it looks at the whole image; empty where tiles stay exact.
    """

    build: Callable[[int], nn.Module]
    global_operation: str = ""

    def behind(self, level: Level) -> Level:
        """The level behind the normalisation."""
        return level.seeing_all(self.global_operation) if self.global_operation else level


BATCH_NORM = Norm(nn.BatchNorm2d)
"""Batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167): statistics are fixed in use."""


def norm_of(groups: int) -> Norm:
    """Group normalisation (Wu and He 2018, arXiv 1803.08494) with so many groups; 0: batch normalisation instead."""
    if groups < 0:
        raise SpecError(
            "A group normalisation has {groups} groups. Give at least 1, or 0 for batch normalisation.", groups=groups
        )
    if groups == 0:
        return BATCH_NORM
    return Norm(lambda channels: nn.GroupNorm(groups, channels), "group normalisation")
