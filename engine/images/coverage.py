"""Tells where rasters show something, from few reads: a lattice of places stands for the ground between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rasterio.io import DatasetReader
from rasterio.windows import Window

from ..grids.grid import Grid
from .mosaic_reader import read_window

SIDE = 8
"""Places along each side. Each may take the decoding of a block; where a file has overviews, all take next to none."""


def lattice(grid: Grid) -> NDArray[np.float64]:
    """Places all over a grid, row by row, `(SIDE * SIDE, 2)` of column and row."""
    middles = (np.arange(SIDE) + 0.5) / SIDE
    columns, rows = np.meshgrid(middles * grid.width, middles * grid.height)
    return np.column_stack([columns.ravel(), rows.ravel()])


def shown_at(
    dataset: DatasetReader, alpha: int | None, bands: Sequence[int], places: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Where a dataset shows something in one of some bands, at about these places of a lattice.

    Args:
        dataset: The file.
        alpha: Number of its alpha band.
        bands: Which bands.
        places: `(SIDE * SIDE, 2)` of column and row in the file, of which some may lie outside.
    """
    size = np.array([dataset.width, dataset.height])
    inside = ((places >= 0) & (places < size)).all(axis=1)
    shown = np.zeros(len(places), bool)
    if not inside.any():
        return shown
    taken = inside.reshape(SIDE, SIDE)
    counts = np.array([taken.any(axis=0).sum(), taken.any(axis=1).sum()])  # columns, rows of the lattice
    first, last = places[inside].min(axis=0), places[inside].max(axis=0)
    half = (last - first) / np.maximum(counts - 1, 1) / 2
    start, end = np.maximum(np.floor(first - half), 0), np.minimum(np.ceil(last + half), size)
    end = np.maximum(end, start + 1)
    window = Window(*start.astype(int).tolist(), *(end - start).astype(int).tolist())
    values = read_window(dataset, alpha, bands, window, shape=(int(counts[1]), int(counts[0])))
    cells = ((places[inside] - start) / (end - start) * counts).astype(int)
    known = np.asarray(~np.ma.getmaskarray(values).all(axis=0))
    shown[inside] = known[cells[:, 1], cells[:, 0]]
    return shown
