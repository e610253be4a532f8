"""Brings points from the pixels of a grid to map units of a reference system, or to the pixels of another grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.warp import transform

from .grid import Grid


def on_map(points: NDArray[np.float64], grid: Grid, crs: CRS | None) -> NDArray[np.float64]:
    """Bring points `(n, 2)` from (column, row), counted from the grid's corner, to map units of a reference system."""
    matrix = np.array([[grid.transform.a, grid.transform.d], [grid.transform.b, grid.transform.e]])
    placed = points @ matrix + (grid.transform.c, grid.transform.f)
    if grid.crs is None or crs is None or grid.crs == crs or not len(points):
        return np.asarray(placed)
    return np.column_stack(transform(grid.crs, crs, *placed.T))


def moved(points: NDArray[np.float64], grid: Grid, other: Grid) -> NDArray[np.float64]:
    """Bring points `(n, 2)` from (column, row) of one grid to that of another, both counted from the corner."""
    placed = on_map(points, grid, other.crs)
    back = ~other.transform
    return np.asarray(placed @ np.array([[back.a, back.d], [back.b, back.e]]) + (back.c, back.f))
