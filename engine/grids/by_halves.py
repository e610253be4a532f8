"""Brings coordinates to another reference system where some of them have no place in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio._err import CPLE_AppDefinedError

Move = Callable[[NDArray[Any]], NDArray[Any]]
"""Brings some items to the other system, and returns as many."""


def by_halves(items: NDArray[Any], move: Move, lose: Move) -> NDArray[Any]:
    """Move items together, and by halves where that fails: a single one without a place is enough for it.

    Args:
        items: Shapes or places, along the first axis.
        move: How some of them are moved.
        lose: What takes the place of a single one that cannot be.
    """
    try:
        return move(items)
    except CPLE_AppDefinedError:
        if len(items) == 1:
            return lose(items)
        half = len(items) // 2
        return np.concatenate([by_halves(part, move, lose) for part in (items[:half], items[half:])])
