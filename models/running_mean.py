"""The running mean of a network's weights: steadier than any of the weights that it is the mean of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


class RunningMean:
    """A mean in which weights count less the older they are.

    At first it follows them closer, so that those of the start are soon forgotten: until the share of the old is
    reached, about the last tenth of the steps counts. Later ones may be told to count evenly to the end, and then
    nothing that was before them counts any more. Running statistics of normalisation are averaged as well; what is no
    floating-point number is taken as it is.

    Attributes:
        weights: The mean by name; empty while nothing is averaged.
    """

    def __init__(self, network: nn.Module, share: float, even_after: int = 0) -> None:
        """Begin without any weights.

        Args:
            network: What is averaged.
            share: Share of the old mean in the new, below 1; 0: the mean is the network itself.
            even_after: Step after which all count evenly, and none before; 0: never.
        """
        self.weights: dict[str, Tensor] = {}
        self._network = network
        self._share = share
        self._even_after = even_after

    def take_in(self, step: int) -> None:
        """Take in the weights after a step, counted from 1."""
        if not (self._share or self._even_after):
            return
        share = self._share_at(step)
        with torch.no_grad():
            for name, value in self._network.state_dict().items():
                if name not in self.weights or not value.is_floating_point():
                    self.weights[name] = value.detach().clone()
                else:
                    self.weights[name].lerp_(value, 1 - share)

    def _share_at(self, step: int) -> float:
        """Share of the old mean after a step."""
        even = step - self._even_after
        if self._even_after and even > 0:
            return (even - 1) / even
        return min(self._share, (step - 1) / (step + 9))

    def put(self) -> None:
        """Give the network the mean."""
        if self.weights:
            self._network.load_state_dict(self.weights)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the network have the mean for a while."""
        if not self.weights:
            yield
            return
        own = {name: value.detach().clone() for name, value in self._network.state_dict().items()}
        self.put()
        try:
            yield
        finally:
            self._network.load_state_dict(own)
