"""Makes lines as wide as they are on the ground, and discs of points."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from .grid import Grid
from .ground import local_metric_crs, on_earth
from .shapes_on_grid import LONGEST_EDGE, POINTS, around, surroundings, transformed

LINES = (1, 2, 5)
"""How shapely numbers lines, rings of them, and several lines in one feature."""

ROUND = 16
"""Edges of a quarter of a circle."""


def widened(shapes: NDArray[np.object_], grid: Grid, width_m: float) -> NDArray[np.object_]:
    """Give lines and points a width on the ground, whatever the units of the grid; a pixel is the least that they take.

    Args:
        shapes: Geometries in the units of the grid, `(shapes,)`.
        grid: The grid; where it has no place on earth, one of its units counts as a metre.
        width_m: The width, of points the diameter.

    Returns:
        As many shapes, with polygons as they were; of lines and points what lies near the grid.
    """
    wide = shapes.copy()
    thin = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (*LINES, *POINTS)))
    if grid.crs is None or not on_earth(grid.crs):
        areas = shapely.buffer(shapes[thin], width_m / 2, quad_segs=ROUND)
    else:
        nearby = surroundings(grid.crs, grid)
        wide[thin] = shapely.intersection(shapes[thin], nearby)
        thin = thin[~shapely.is_empty(wide[thin])]
        left, bottom, right, top = nearby.bounds
        fine = shapely.segmentize(wide[thin], max(right - left, top - bottom) * LONGEST_EDGE)
        metric = local_metric_crs(grid.crs, grid.bounds)
        areas = shapely.buffer(transformed(fine, grid.crs, metric), width_m / 2, quad_segs=ROUND)
        areas = around(transformed(areas, metric, grid.crs), grid)
    placed = np.isfinite(shapely.bounds(areas)).all(axis=1)
    for place, area in zip(thin[placed], areas[placed]):
        wide[place] = shapely.GeometryCollection([area, wide[place]])  # with the line: it may be less than a pixel
    return wide
