"""Finds the distinct values of large arrays of whole numbers, by counting where they lie close together.

Classes, blocks and the like do, and counting them takes a tenth of the time that sorting them takes (`numpy.unique`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLOSE = 2**22
"""Values whose range is smaller are counted."""

Integers = NDArray[np.int64]


def distinct(values: Integers) -> tuple[Integers, Integers, Integers]:
    """The distinct values in order, the place of each value among them, and how often each comes."""
    if not len(values):
        return values, values, values
    lowest, highest = int(values.min()), int(values.max())
    if highest - lowest >= CLOSE:
        found, places, counts = np.unique(values, return_inverse=True, return_counts=True)
        return found, places, counts
    shifted = values - lowest
    counts = np.bincount(shifted)
    there = np.flatnonzero(counts)
    numbers = np.zeros(len(counts), np.int64)
    numbers[there] = np.arange(len(there))
    return there + lowest, numbers[shifted], counts[there]
