"""Tells from the losses of a training, step by step, whether it has gone astray."""

from __future__ import annotations

import math
import statistics
from collections import deque
from collections.abc import Mapping

LATE_STEPS = 50
SHORT_STEPS = 10
FACTOR = 8.0


class DivergenceWatch:
    """Compares the sum of the losses over the last 50 steps with the first and with the best so far.

    It has diverged where the network had halved the first loss and is back above it, or where the loss is eight times
    the first and well above its best. Single batches are easy or hard, and small ones widely spread, the first one
    too: the network had halved the loss where nine of ten steps on end were as low, and is back where four fifths of
    the last 50 are above; the loss has grown where their median is so high, and none is as low as the first.
    Terms that are 0 on the first step do not count: they come in later and rise on purpose.
    """

    def __init__(self) -> None:
        """Begin with the first step."""
        self._names: tuple[str, ...] = ()
        self._first: float | None = None
        self._best = math.inf
        self._kept = math.inf
        self._late: deque[float] = deque(maxlen=LATE_STEPS)
        self._short: deque[float] = deque(maxlen=SHORT_STEPS)

    def has_diverged(self, losses: Mapping[str, float]) -> bool:
        """Whether training has gone astray with this step's losses."""
        if self._first is None:
            self._names = tuple(name for name, loss in losses.items() if loss != 0)
            self._first = sum(losses[name] for name in self._names)
            return False
        total = sum(losses[name] for name in self._names)
        self._late.append(total)
        self._short.append(total)
        if len(self._short) == SHORT_STEPS:
            self._best = min(self._best, statistics.median(self._short))
            self._kept = min(self._kept, sorted(self._short)[SHORT_STEPS * 9 // 10 - 1])
        if len(self._late) < LATE_STEPS or self._first <= 0:
            return False
        late, median = sorted(self._late), statistics.median(self._late)
        has_forgotten = self._kept < self._first / 2 and late[LATE_STEPS // 5] > self._first
        has_grown = late[0] > self._first and median > FACTOR * self._first and median > 1.5 * self._best
        return has_forgotten or has_grown
