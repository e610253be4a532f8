"""What the terms of an objective look at on one step: the network runs once for all of them, if one asks for it."""

from __future__ import annotations

from functools import cached_property

from torch import Tensor, nn

from .objective import Batch


class Seen:
    """One step of a training.

    Attributes:
        network: The network.
        batch: What it reads, and the target.
        step: Number of the step, from 1.
    """

    def __init__(self, network: nn.Module, batch: Batch, step: int) -> None:
        """Remember the step.

        Args:
            network: The network.
            batch: What it reads, and the target.
            step: Number of the step, from 1.
        """
        self.network = network
        self.batch = batch
        self.step = step

    @cached_property
    def output(self) -> Tensor:
        """What the network gives for the batch, `(B, outputs, H, W)` or `(B, outputs)`."""
        output: Tensor = self.network(*self.batch.inputs)
        return output
