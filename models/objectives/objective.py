"""The one shape of all objectives, so that one training loop serves them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from torch import Tensor, nn


@dataclass(frozen=True)
class Batch:
    """What a network reads, with what it should say about it.

    Attributes:
        inputs: The network's inputs, in its order: scaled images `(B, channels, H, W)` and what else it takes.
        target: Labels `(B, H, W)` as whole numbers, or values `(B, variables, H, W)`.
        extras: What single losses need beside, by name, each `(B, channels, H, W)`: `elevation_m`.
    """

    inputs: tuple[Tensor, ...]
    target: Tensor
    extras: Mapping[str, Tensor] = field(default_factory=dict)


class Objective(Protocol):
    """Anything that turns a network and a batch into named losses."""

    def losses(self, network: nn.Module, batch: Batch) -> dict[str, Tensor]:
        """The losses as scalars; the training loop minimises their sum."""
        ...
