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

    def empty(self, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """An array that holds anything, in memory that was given back where that suffices."""
        size = math.prod(shape)
        flat = self._free.popleft() if self._free else None
        if flat is None or flat.size < size:
            flat = np.empty(size, np.float32)
        return flat[:size].reshape(shape)

    def give_back(self, array: NDArray[np.float32]) -> None:
        """Take back an array that nobody uses any more, or all of the array that it is a part of."""
        whole = array if array.base is None else array.base
        if isinstance(whole, np.ndarray) and whole.dtype == np.float32 and whole.flags.c_contiguous:
            self._free.append(whole.reshape(-1))

    def clear(self) -> None:
        """Let go of all that was given back."""
        self._free.clear()
