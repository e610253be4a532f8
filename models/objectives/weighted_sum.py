"""A weighted sum of named terms, each of any kind, over one run of the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from torch import Tensor, nn

from .adversarial import Adversarial
from .objective import Batch, WithParts
from .ramp import no_ramp
from .seen import Seen

Loss = Callable[[Seen], Tensor]

CRITIC = "critic"
"""Name of the critic's own loss."""


@dataclass(frozen=True)
class WeightedTerm:
    """One term of the sum.

    Attributes:
        loss: Gives a scalar.
        weight: Factor of the loss.
        ramp: Share of the weight that counts on a step.
    """

    loss: Loss
    weight: float = 1.0
    ramp: Callable[[int], float] = no_ramp


class WeightedSum:
    """The terms by name; at most one of them is adversarial, and its critic is that of the sum.

    Attributes:
        terms: Losses with their weights.
        parts: What the terms train along with the network.
    """

    def __init__(self, terms: Mapping[str, WeightedTerm]) -> None:
        """Put the sum together.

        Args:
            terms: Losses with their weights, by name.
        """
        self.terms = dict(terms)
        losses: dict[str, object] = {name: each.loss for name, each in terms.items()}
        self._adversarial = next((loss for loss in losses.values() if isinstance(loss, Adversarial)), None)
        self._step = 1
        self.parts = nn.ModuleDict({name: loss.parts for name, loss in losses.items() if isinstance(loss, WithParts)})

    @property
    def critic(self) -> nn.Module | None:
        """The network that judges, or `None` where no term is adversarial."""
        return self._adversarial.critic if self._adversarial else None

    @property
    def contested(self) -> frozenset[str]:
        """Names of the losses of both sides of the critic's game."""
        ours = frozenset(name for name, term in self.terms.items() if isinstance(term.loss, Adversarial))
        return ours | {CRITIC} if ours else ours

    def begin(self, step: int) -> None:
        """Take note of the step, from 1."""
        self._step = step

    def losses(self, network: nn.Module, batch: Batch) -> dict[str, Tensor]:
        """Weighted losses of one batch, by the names of their terms."""
        seen = Seen(network, batch, self._step)
        return {
            name: term.weight * term.ramp(self._step) * term.loss(seen).float() for name, term in self.terms.items()
        }

    def critic_losses(self, batch: Batch) -> dict[str, Tensor]:
        """The critic's loss over what the network gave for this batch; none without a critic."""
        return {CRITIC: self._adversarial.judge(batch)} if self._adversarial else {}
