"""Tells from the losses of a training, step by step, whether it has gone astray."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Mapping

EARLY_STEPS = 3
LATE_STEPS = 50
FACTOR = 5.0


class DivergenceWatch:
    """Compares the sum of the losses, the median of the last 50 steps, with that of the first 3.

    The first steps are those of a network that knows nothing, at the low learning rate of a warm-up. Terms that are 0
    on the first step do not count: they come in later and rise on purpose.
    """

    def __init__(self) -> None:
        """Begin with the first step."""
        self._names: tuple[str, ...] = ()
        self._early: list[float] = []
        self._late: deque[float] = deque(maxlen=LATE_STEPS)

    def has_diverged(self, losses: Mapping[str, float]) -> bool:
        """Whether, with this step's losses, the sum is more than five times what it was at first."""
        if not self._early:
            self._names = tuple(name for name, loss in losses.items() if loss != 0)
        total = sum(losses[name] for name in self._names)
        if len(self._early) < EARLY_STEPS:
            self._early.append(total)
            return False
        self._late.append(total)
        early, late = statistics.median(self._early), statistics.median(self._late)
        return len(self._late) == LATE_STEPS and 0 < FACTOR * early < late
