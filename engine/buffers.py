"""Hands out arrays and takes them back: memory that was used before need not come from the system page by page."""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray


class Buffers:
    """Arrays of 32-bit floats that are used again and again.

    Args:
        most: How many that were given back are kept.
    """

    def __init__(self, most: int) -> None:
        self._free: deque[NDArray[np.float32]] = deque(maxlen=most)

    def zeros(self, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """An array of zeros, in memory that was given back where that suffices."""
        size = math.prod(shape)
        flat = self._free.popleft() if self._free else None
        if flat is None or flat.size < size:
            return np.zeros(size, np.float32).reshape(shape)
        array = flat[:size].reshape(shape)
        array.fill(0)
        return array

    def give_back(self, array: NDArray[np.float32]) -> None:
        """Take an array of `zeros` back, which nobody may use any more."""
        self._free.append(array if array.base is None else array.base)
