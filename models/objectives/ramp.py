"""How much of a term's weight counts as training goes on: laws of physics come in once the data is learnt a little.

After the usual remedy for the "physics shock": α rises in a straight line from 0 over the first part of training.
"""

from __future__ import annotations

from dataclasses import dataclass

RAMP_SHARE = 0.3


@dataclass(frozen=True)
class Ramp:
    """A straight rise from 0 on step 1.

    Attributes:
        steps: Number of all steps.
        share: Part of them until the whole weight counts.
    """

    steps: int
    share: float = RAMP_SHARE

    def __call__(self, step: int) -> float:
        """Share of the weight on a step (from 1), 0–1."""
        rise = self.share * self.steps
        return min(1.0, (step - 1) / rise) if rise else 1.0


def no_ramp(step: int) -> float:
    """All of the weight from the first step on."""
    return 1.0
