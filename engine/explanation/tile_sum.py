"""Adds up the attributions of overlapping tiles on disk, so that memory does not grow with the extent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.windows import Window

from ..grids.grid import Grid
from ..tiles.mosaic import Layer, create
from ..tiles.tiling import cuts
from .view import View

HELD_CELLS = 4_000_000
"""About so many cells at most say where colours end: rows are passed over where there are more."""


HELD_VALUES = 2**20
"""About so many pixels of maps are averaged at once: cells may be large, and rows of them wide."""


class TileSum:
    """Sums with their signs, one band for each map; pixels where nothing is known count for nothing.

    What a pixel adds to the scores of several tiles is the sum of what it adds to each: the sum over all tiles is the
    attribution of the scores of the whole extent, and knows no seams where pixels, or windows or blocks on one lattice,
    are told of.

    Args:
        path: The working raster.
        grid: The extent.
        origin: Column and row of the extent on the model's grid.
        maps: How many maps there are.
    """

    def __init__(self, path: Path, grid: Grid, origin: tuple[int, int], maps: int) -> None:
        self._path = path
        self._grid = grid
        self._origin = origin
        names = tuple(str(number) for number in range(maps))
        create(Layer(path, names, "float32", np.nan), grid).close()  # NaN: no tile has been there

    def add(self, view: View, maps: NDArray[np.float32], side_px: int = 1) -> None:
        """Add the maps of a tile, where they lie on the extent.

        Args:
            view: The tile.
            maps: `(maps, rows, cols)`.
            side_px: Side of the windows or blocks that maps are made of. Those that stick out of the tile are added as
                a whole: what sticks out does not reach the tile's core.
        """
        left, top = (int(view.tile.read.col_off - self._origin[0]), int(view.tile.read.row_off - self._origin[1]))
        rows, cols = maps.shape[1:]
        around = (top % side_px, -(top + rows) % side_px), (left % side_px, -(left + cols) % side_px)
        maps, known = np.pad(maps, ((0, 0), *around), mode="edge"), np.pad(view.known, around, mode="edge")
        left, top = left - around[1][0], top - around[0][0]
        first_row, first_col = max(0, top), max(0, left)
        rows = min(self._grid.height, top + maps.shape[1]) - first_row
        cols = min(self._grid.width, left + maps.shape[2]) - first_col
        if rows <= 0 or cols <= 0:
            return
        part = np.s_[..., first_row - top : first_row - top + rows, first_col - left : first_col - left + cols]
        place = Window(first_col, first_row, cols, rows)
        fresh = np.where(known[part], maps[part], np.nan)
        with rasterio.open(self._path, "r+") as target:
            before = target.read(window=place)
            both = np.where(np.isnan(before), fresh, before + np.nan_to_num(fresh))
            target.write(both.astype(np.float32), window=place)

    def cells(self, side_px: int) -> Iterator[tuple[int, NDArray[np.float64], NDArray[np.float64]]]:
        """Go through the rows of cells: number of the row, mean magnitudes and means `(maps, cells)`; NaN: unknown."""
        with rasterio.open(self._path) as source:
            width = max(1, HELD_VALUES // (source.count * side_px * side_px)) * side_px
            for number, (row, rows) in enumerate(cuts(0, self._grid.height, side_px)):
                windows = (Window(col, row, cols, rows) for col, cols in cuts(0, self._grid.width, width))
                parts = [_cells(source.read(window=window), side_px) for window in windows]
                means = [np.concatenate(each, axis=1) for each in zip(*parts)]
                yield number, means[0], means[1]


def _cells(values: NDArray[np.float32], side_px: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean magnitudes and means of a row of cells, `(maps, cells)` of `(maps, rows, cols)`; NaN: unknown."""
    starts = np.arange(0, values.shape[2], side_px)
    known = np.add.reduceat(np.isfinite(values).sum(axis=1), starts, axis=1)
    magnitudes, sums = (
        np.add.reduceat(np.nan_to_num(each).sum(axis=1, dtype=np.float64), starts, axis=1)
        for each in (np.abs(values), values)
    )
    nothing = np.where(known > 0, 0.0, np.nan)
    return magnitudes / np.maximum(known, 1) + nothing, sums / np.maximum(known, 1) + nothing


def cell_grid(grid: Grid, side_px: int) -> Grid:
    """The grid of the cells; the last ones may hang over the edge."""
    return Grid(grid.crs, grid.transform @ Affine.scale(side_px), -(-grid.width // side_px), -(-grid.height // side_px))


def write_cells(tiles: TileSum, grid: Grid, side_px: int, layer: Layer, joint: bool) -> float:
    """Write the mean magnitude of each cell: one band for each map, and their sum as the last; gives its usual largest.

    Args:
        tiles: The sums.
        grid: The extent.
        side_px: Side of a cell in pixels.
        layer: What to write.
        joint: Whether there is one map of all bands together, which is the total itself.
    """
    cells = cell_grid(grid, side_px)
    totals: list[NDArray[np.float32]] = []
    every = max(1, cells.width * cells.height // HELD_CELLS)
    with create(layer, cells) as target:
        for number, magnitudes, _ in tiles.cells(side_px):
            total = magnitudes.sum(axis=0, keepdims=True)
            rows = total if joint else np.concatenate([magnitudes, total])
            target.write(rows[:, np.newaxis].astype(np.float32), window=Window(0, number, cells.width, 1))
            if number % every == 0:
                totals.append(total[0].astype(np.float32))
    return usual_largest(np.concatenate(totals))


def usual_largest(values: NDArray[np.float32]) -> float:
    """The 99th percentile of the magnitudes that are not 0, or 1 where there is none: where colours end."""
    found = np.abs(values[np.isfinite(values) & (values != 0)])
    return float(np.percentile(found, 99)) if found.size else 1.0


def names_of(bands: Sequence[str], joint: bool) -> tuple[str, ...]:
    """Names of the bands of a result."""
    return ("total",) if joint else (*bands, "total")
