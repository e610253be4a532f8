"""Joins overlapping tiles: averages what they say, the middle of a tile counting more than its edge.

Every pixel of a tile has a weight above 0, so that the image's edge, which one tile alone covers, is as good as any
other place. What is held are the rows that the next strip of tiles may still change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from .tiling import Tile


@dataclass(frozen=True)
class _Part:
    """What a tile said of rows that are not finished.

    Args:
        place: Where, on the image.
        total: `(channels, rows, cols)`, weighted; rows and columns are `ratio` times those of the place.
        weight: `(rows, cols)`; 0 where the network gave no number.
        known: `(rows, cols)` of the place: where there is an image.
    """

    place: Window
    total: NDArray[np.float32]
    weight: NDArray[np.float32]
    known: NDArray[np.bool_]


class Blender:
    """Averages tiles.

    Args:
        overlap: Share of a tile's side over which its weight rises.
        ratio: Rows and columns of what is averaged for one of the image.
    """

    def __init__(self, overlap: float, ratio: int = 1) -> None:
        self._overlap = overlap
        self._ratio = ratio
        self._parts: list[_Part] = []

    def add(self, tile: Tile, measured: NDArray[np.float32], known: NDArray[np.bool_]) -> None:
        """Add what a tile says.

        Args:
            tile: Where.
            measured: `(channels, rows, cols)` of the part that is written. Where it is no number, it does not count.
            known: Where there is an image, `(rows, cols)` of the part that is written.
        """
        finite = np.isfinite(measured).all(axis=0)
        weight = np.where(finite, weights(tile, self._overlap, self._ratio), np.float32(0))
        total = np.where(finite, measured, np.float32(0))
        total *= weight
        self._parts.append(_Part(tile.write, total, weight, known))

    def take(self, window: Window) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Give the averages of a window that no further tile will reach, and forget its rows.

        Returns:
            `(channels, rows, cols)`, NaN where nothing was said, and where there is an image, `(rows, cols)`.
        """
        times, shape = self._ratio, (int(window.height), int(window.width))
        channels = len(self._parts[0].total) if self._parts else 1
        total = np.zeros((channels, shape[0] * times, shape[1] * times), np.float32)
        weight = np.zeros(total.shape[1:], np.float32)
        known = np.zeros(shape, bool)
        left = []
        for part in self._parts:
            top, column = int(part.place.row_off - window.row_off), int(part.place.col_off - window.col_off)
            rows = min(len(part.known), shape[0] - top)  # a part begins in the window: what lay above was taken
            if rows > 0:
                here, there = _area(top, rows, column, part.known.shape[1]), slice(0, rows * times)
                large = tuple(slice(span.start * times, span.stop * times) for span in here)
                total[:, large[0], large[1]] += part.total[:, there]
                weight[large] += part.weight[there]
                known[here] |= part.known[:rows]
            if rows < len(part.known):
                left.append(_below(part, max(0, rows), times))
        self._parts = left
        with np.errstate(invalid="ignore", divide="ignore"):
            total /= weight
        return total, known


def weights(tile: Tile, overlap: float, ratio: int = 1) -> NDArray[np.float32]:
    """Weight of each pixel that a tile writes, `(rows, cols)`, above 0 and at most 1.

    It rises linearly from the tile's edge to the end of the overlap, along rows and columns.
    """
    rows, columns = tile.core
    along_rows = _ramp(int(tile.read.height) * ratio, overlap)[rows.start * ratio : rows.stop * ratio]
    along_columns = _ramp(int(tile.read.width) * ratio, overlap)[columns.start * ratio : columns.stop * ratio]
    return np.outer(along_rows, along_columns)


def _ramp(size: int, overlap: float) -> NDArray[np.float32]:
    """Weight along one side of a tile."""
    inward = np.minimum(np.arange(size), np.arange(size)[::-1]) + 0.5
    return np.minimum(1, inward / max(0.5, size * overlap)).astype(np.float32)


def _area(top: int, rows: int, left: int, columns: int) -> tuple[slice, slice]:
    return slice(top, top + rows), slice(left, left + columns)


def _below(part: _Part, rows: int, ratio: int) -> _Part:
    """What is left of a part once its first rows are taken; copied, so that those can go."""
    if not rows:
        return part
    place = Window(part.place.col_off, part.place.row_off + rows, part.place.width, part.place.height - rows)
    large = rows * ratio
    return _Part(place, part.total[:, large:].copy(), part.weight[large:].copy(), part.known[rows:].copy())
