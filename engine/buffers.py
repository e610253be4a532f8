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
        array = self._empty(shape)
        array.fill(0)
        return array

    def copy_of(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """A copy of an array, in memory that was given back where that suffices."""
        array = self._empty(values.shape)
        np.copyto(array, values)
        return array

    def _empty(self, shape: tuple[int, ...]) -> NDArray[np.float32]:
        size = math.prod(shape)
        flat = self._free.popleft() if self._free else None
        if flat is None or flat.size < size:
            flat = np.empty(size, np.float32)
        return flat[:size].reshape(shape)

    def give_back(self, array: NDArray[np.float32]) -> None:
        """Take an array back that nobody uses any more."""
        self._free.append(array if array.base is None else array.base)
