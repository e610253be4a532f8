"""Gathers figures of numbers from 0 up, part by part: share beyond a tolerance, mean, percentiles, largest."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

DROPPED_BITS = 12
"""Of a float's 32 bits, so many of the last do not tell its place: percentiles are right within 1 in 4,000."""

PLACES = (np.float32(np.inf).view(np.uint32) >> DROPPED_BITS) + 1


class Magnitudes:
    """Figures of numbers that are never held all at once, and whose range is not known before.

    Floats from 0 up are in the order of their bits, so counts by the first of these give percentiles.

    Args:
        tolerance: Numbers up to it violate nothing.
    """

    def __init__(self, tolerance: float) -> None:
        self._tolerance = np.float32(tolerance)  # as precise as what is held against it
        self._counts = np.zeros(PLACES, np.int64)
        self._total = self._squares = 0.0
        self.violating = 0
        self.largest = math.nan

    def feed(self, numbers: NDArray[np.float32]) -> None:
        """Take in some numbers from 0 up, of any shape, all finite."""
        if not numbers.size:
            return
        # -0.0 would be the largest by its bits, and is 0.
        flat = np.ascontiguousarray(np.abs(numbers), np.float32).ravel()
        self._counts += np.bincount(flat.view(np.uint32) >> DROPPED_BITS, minlength=PLACES)
        exact = flat.astype(np.float64)
        self._total += float(exact.sum())
        self._squares += float(np.square(exact).sum())
        self.violating += int(np.count_nonzero(flat > self._tolerance))
        self.largest = float(np.fmax(self.largest, exact.max()))

    def add(self, other: Magnitudes) -> None:
        """Take in all that another one was fed."""
        self._counts += other._counts
        self._total += other._total
        self._squares += other._squares
        self.violating += other.violating
        self.largest = float(np.fmax(self.largest, other.largest))

    @property
    def count(self) -> int:
        """How many numbers were fed."""
        return int(self._counts.sum())

    @property
    def total(self) -> float:
        """Their sum."""
        return self._total

    @property
    def violating_share(self) -> float:
        """Share of those beyond the tolerance, 0–1; NaN where none was fed."""
        return self._over_count(self.violating)

    @property
    def mean(self) -> float:
        """Their mean; NaN where none was fed."""
        return self._over_count(self._total)

    @property
    def mean_square(self) -> float:
        """The mean of their squares; NaN where none was fed."""
        return self._over_count(self._squares)

    def percentile(self, percent: float) -> float:
        """The number that so many percent do not exceed; NaN where none was fed."""
        count = self.count
        if not count:
            return math.nan
        reached = np.cumsum(self._counts) >= max(1, math.ceil(percent / 100 * count))
        place = int(np.argmax(reached))
        if not place:
            return 0.0
        middle = np.uint32((place << DROPPED_BITS) | (1 << (DROPPED_BITS - 1)))
        return min(float(middle.view(np.float32)), self.largest)

    def _over_count(self, value: float) -> float:
        return value / self.count if self.count else math.nan
