"""The one shape of all objectives, so that one training loop serves them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Batch:
    """What a network reads, with what it should say about it.

    Attributes:
        inputs: The network's inputs, in its order: scaled images `(B, channels, H, W)` and what else it takes.
        target: Labels `(B, H, W)` as whole numbers, or values `(B, variables, H, W)`.
        extras: What single losses need beside, by name, each `(B, channels, H, W)`: `elevation_m`, `velocity_m_s`
            (along columns, along rows), `orientation` (numbers of bins, one channel).
        whole: The images as they were before some were hidden from the network; empty: none were.
    """

    inputs: tuple[Tensor, ...]
    target: Tensor
    extras: Mapping[str, Tensor] = field(default_factory=dict)
    whole: tuple[Tensor, ...] = ()

    @property
    def unhidden(self) -> tuple[Tensor, ...]:
        """The inputs, none of them hidden."""
        return (*self.whole, *self.inputs[len(self.whole) :])

    def to(self, device: torch.device) -> Batch:
        """The batch on another device, or itself where it is there."""
        if self.target.device == device:
            return self
        extras = {name: values.to(device, non_blocking=True) for name, values in self.extras.items()}
        inputs, whole = (
            tuple(values.to(device, non_blocking=True) for values in each) for each in (self.inputs, self.whole)
        )
        return Batch(inputs, self.target.to(device, non_blocking=True), extras, whole)


class Objective(Protocol):
    """Anything that turns a network and a batch into named losses."""

    def losses(self, network: nn.Module, batch: Batch) -> dict[str, Tensor]:
        """The losses as scalars; the training loop minimises their sum."""
        ...


@runtime_checkable
class ByStep(Protocol):
    """An objective that changes as training goes on."""

    def begin(self, step: int) -> None:
        """Called with the number of each step, from 1, before its losses are asked for."""
        ...


@runtime_checkable
class WithParts(Protocol):
    """An objective that has weights of its own, which learn along with the network's and are left out of it."""

    @property
    def parts(self) -> nn.Module:
        """What holds the weights."""
        ...


@runtime_checkable
class WithCritic(Protocol):
    """An objective that may train a second network, which judges the first and has an optimiser of its own."""

    @property
    def critic(self) -> nn.Module | None:
        """The second network, or `None`."""
        ...

    @property
    def contested(self) -> frozenset[str]:
        """Names of the losses that one of both lowers and the other raises; none without a critic."""
        ...

    def critic_losses(self, batch: Batch) -> dict[str, Tensor]:
        """The critic's losses as scalars, after the network's step, over what the network gave before it."""
        ...
