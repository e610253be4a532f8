"""Learning from targets: a weighted sum of losses between the network's output and the target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from torch import Tensor, nn

from .objective import Batch


@dataclass(frozen=True)
class Term:
    """One loss and its weight in the sum.

    Attributes:
        loss: Compares output and target and gives a scalar.
        weight: Factor of the loss.
    """

    loss: Callable[[Tensor, Tensor], Tensor]
    weight: float = 1.0


@dataclass(frozen=True)
class Supervised:
    """The terms by name.

    Attributes:
        terms: Losses with their weights.
    """

    terms: Mapping[str, Term]

    def losses(self, network: nn.Module, batch: Batch) -> dict[str, Tensor]:
        """Weighted losses of one batch, by the names of their terms."""
        output = network(*batch.inputs)
        return {name: term.weight * term.loss(output, batch.target) for name, term in self.terms.items()}
