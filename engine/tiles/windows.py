"""Cuts areas into windows, from left to right and from top to bottom: for what is read part by part, without halos."""

from __future__ import annotations

from collections.abc import Iterator

from rasterio.windows import Window

from ..grids.grid import Grid

HELD_NUMBERS = 2**24
"""Numbers that may be in memory at once for a window: 128 MB."""

MOST_ROWS = 512


def cut(area: Window, rows: int, columns: int) -> Iterator[Window]:
    """The windows of an area, each so large or as large as what is left."""
    bottom, right = int(area.row_off + area.height), int(area.col_off + area.width)
    for row in range(int(area.row_off), bottom, rows):
        for column in range(int(area.col_off), right, columns):
            yield Window(column, row, min(columns, right - column), min(rows, bottom - row))


def windows_of(grid: Grid, bands_held: int) -> Iterator[Window]:
    """The windows of a grid, each as large as memory allows.

    Their sides are powers of two, as those of blocks are.

    Args:
        grid: The grid.
        bands_held: How many numbers of each pixel are in memory at once.
    """
    pixels = max(1, HELD_NUMBERS // bands_held)
    rows = min(MOST_ROWS, _power_of_two(pixels**0.5))
    return cut(grid.window, rows, _power_of_two(pixels / rows))


def _power_of_two(most: float) -> int:
    """The largest power of two up to a number from 1."""
    return 1 << max(0, int(most).bit_length() - 1)
