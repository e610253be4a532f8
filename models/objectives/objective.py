"""The one shape of all objectives, so that one training loop serves them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from torch import Tensor, nn


@dataclass(frozen=True)
class Batch:
    """Images with what the network should say about them.

    Attributes:
        image: Scaled values, `(B, bands, H, W)`.
        target: Labels `(B, H, W)` as whole numbers, or values `(B, variables, H, W)`.
    """

    image: Tensor
    target: Tensor


class Objective(Protocol):
    """Anything that turns a network and a batch into named losses."""

    def losses(self, network: nn.Module, batch: Batch) -> dict[str, Tensor]:
        """The losses as scalars; the training loop minimises their sum."""
        ...
