"""Tells from the losses of a training, step by step, whether it has gone astray for good."""

from __future__ import annotations

import statistics
from collections.abc import Mapping

EARLY_STEPS = 20
FACTOR = 5.0
PATIENCE_STEPS = 50


class DivergenceWatch:
    """Compares the sum of the losses with what it was at first.

    Terms that are 0 on the first step do not count: they come in later and rise on purpose.

    Attributes:
        early: Median of the sum over the first 20 steps, `None` before.
    """

    def __init__(self) -> None:
        """Begin with the first step."""
        self.early: float | None = None
        self._names: tuple[str, ...] = ()
        self._first: list[float] = []
        self._steps_above = 0

    def has_diverged(self, losses: Mapping[str, float]) -> bool:
        """Whether, with this step's losses, the sum was five times its early value for 50 steps on end."""
        if not self._first:
            self._names = tuple(name for name, loss in losses.items() if loss != 0)
        total = sum(losses[name] for name in self._names)
        if self.early is None:
            self._first.append(total)
            if len(self._first) == EARLY_STEPS:
                self.early = statistics.median(self._first)
            return False
        self._steps_above = self._steps_above + 1 if 0 < FACTOR * self.early < total else 0
        return self._steps_above >= PATIENCE_STEPS
