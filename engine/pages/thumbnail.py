"""Makes small pictures of something large, window by window, so that the large never lies in memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..tiles.tiling import steps


class Thumbnail:
    """One value of each square: that of its first pixel, or the largest.

    Args:
        rows: Rows of what is large.
        cols: Its columns.
        side_px: The longer side of the picture at most.
        bands: How many there are.
    """

    def __init__(self, rows: int, cols: int, side_px: int, bands: int = 1) -> None:
        self.step = max(1, steps(max(rows, cols), side_px))
        self.values = np.full((bands, steps(rows, self.step), steps(cols, self.step)), np.nan, np.float32)

    def pick(self, window: Window, values: NDArray[np.float32]) -> None:
        """Put in one pixel of each square, of `(…, rows, cols)`; NaN: nothing is known."""
        first_row, first_col = int(window.row_off), int(window.col_off)
        row, col = -first_row % self.step, -first_col % self.step
        small = values[..., row :: self.step, col :: self.step]
        top, left = (first_row + row) // self.step, (first_col + col) // self.step
        self.values[:, top : top + small.shape[-2], left : left + small.shape[-1]] = small

    def raise_to(self, window: Window, values: NDArray[np.float32]) -> None:
        """Raise each square to its largest value, of `(rows, cols)`, so that what is rare is seen; NaN: nothing is."""
        row, col = int(window.row_off), int(window.col_off)
        tall = np.fmax.reduceat(values, self._starts(row, values.shape[0]), axis=0)
        small = np.fmax.reduceat(tall, self._starts(col, values.shape[1]), axis=1)
        top, left = row // self.step, col // self.step
        part = self.values[0, top : top + small.shape[0], left : left + small.shape[1]]
        np.fmax(part, small, out=part)

    def _starts(self, first: int, count: int) -> NDArray[np.int64]:
        """Where the squares begin that a row or column of a window touches."""
        cuts = np.arange(-(-first // self.step) * self.step - first, count, self.step)
        return cuts if len(cuts) and cuts[0] == 0 else np.concatenate([[0], cuts]).astype(np.int64)
