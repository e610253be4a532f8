"""Brings shapes of vector layers to the coordinate reference system of a grid."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio._err import CPLE_NotSupportedError
from rasterio.crs import CRS
from rasterio.errors import RasterioError
from rasterio.warp import transform, transform_bounds

from ..errors import InputError
from .by_halves import by_halves
from .grid import INPUT_POINTS, Grid, crs_name
from .ground import SEMI_MAJOR_M
from .whole_shapes import DEGREES, made_whole, turn_of, turned

MARGIN = 0.1
"""Shapes are cut so far beyond the grid, in lengths of its longer side."""

LONGEST_EDGE = 1 / 500
"""Longer edges are divided, in lengths of the grid's longer side, or of the earth's radius where that is less."""

POINTS = (0, 4)
"""How shapely numbers points, alone and several in one feature."""


def brought_to(shapes: NDArray[np.object_], own: CRS | None, grid: Grid) -> NDArray[np.object_]:
    """Transform shapes to a grid's system; lines and polygons are cut to its surroundings, and their edges divided.

    What lies far away may have no place in that system, and a straight edge in one is a curve in the other.

    Args:
        shapes: Valid geometries, `(shapes,)`.
        own: The system that they are in; `None`: the grid's.
        grid: The grid.

    Returns:
        As many shapes; empty where nothing of a line or polygon lies near the grid, infinite where a point has no place
        in its system.
    """
    if own is None or grid.crs is None or own == grid.crs:
        return around(shapes, grid)
    nearby = cut = surroundings(own, grid)
    if turn := turn_of(own):  # the same place may be at 200° and at -160°
        cut = turned(np.array([nearby], object), turn)
    extended = ~np.isin(shapely.get_type_id(shapes), POINTS)
    shapes = shapes.copy()
    shapes[extended] = shapely.intersection(shapes[extended], shapely.union_all(cut))
    if not nearby.is_empty:
        longest = max(_longest_side(part) for part in shapely.get_parts(nearby)) / (1 + 2 * MARGIN)
        longest = min(longest, _earth_radius(own))  # around a far pole, a grid of the world goes on to infinity
        shapes[extended] = shapely.segmentize(shapes[extended], longest * LONGEST_EDGE)
    brought = transformed(shapes, own, grid.crs)
    brought[extended & np.isinf(shapely.bounds(brought)).any(axis=1)] = shapely.Polygon()
    return around(brought, grid)


def around(shapes: NDArray[np.object_], grid: Grid) -> NDArray[np.object_]:
    """As many shapes wherever around the earth the grid shows them: on both sides those that it cuts.

    They stay as they are where neither the grid nor one of them goes on beyond 180°, or where its system begins anew.
    """
    turn = turn_of(grid.crs) if grid.crs is not None else None
    if turn is None or not turn.passes(np.append(shapely.bounds(shapes)[:, ::2], grid.bounds[::2])):
        return shapes
    image = shapely.box(*grid.bounds)
    before, here, after = turned(shapes, turn).reshape(3, -1)
    placed = here.copy()
    for moved in (before, after):
        shown = shapely.intersects(moved, image)
        both = shown & shapely.intersects(placed, image)
        placed[shown & ~both] = moved[shown & ~both]
        both &= ~np.isin(shapely.get_type_id(placed), POINTS)
        placed[both] = shapely.union(placed[both], moved[both])
    return placed


def transformed(shapes: NDArray[np.object_], own: CRS, other: CRS) -> NDArray[np.object_]:
    """Bring shapes from one system to another; all coordinates of those that have no place there are infinite.

    Lines and polygons go on beyond 180°, or where the other system begins anew.
    """
    lost = np.zeros(len(shapes), bool)
    if own.is_geographic:  # what is no latitude, as metres are none, is told without trying
        lost = (np.abs(shapely.bounds(shapes)[:, 1::2]) > DEGREES.pole).any(axis=1)
    moved = shapes.copy()
    moved[lost] = _lost(shapes[lost])
    moved[~lost] = by_halves(
        shapes[~lost],
        lambda some: shapely.transform(some, lambda points: np.column_stack(transform(own, other, *points.T))),
        _lost,
    )
    turn = turn_of(other)
    return moved if turn is None else made_whole(moved, turn)


def _lost(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """The shapes at infinity."""
    nowhere: NDArray[np.object_] = shapely.transform(shapes, lambda points: np.full_like(points, np.inf))
    return nowhere


def surroundings(own: CRS, grid: Grid) -> shapely.Geometry:
    """The rectangle of a grid in another system, with a margin: in two parts where degrees begin anew in its midst.

    Empty where the grid has no place in that system.

    Raises:
        InputError: Nothing leads from one system to the other, as from that of a building site.
    """
    try:
        left, bottom, right, top = (
            grid.bounds if own == grid.crs else transform_bounds(grid.crs, own, *grid.bounds, densify_pts=INPUT_POINTS)
        )
    except RasterioError:
        return shapely.Polygon()
    except CPLE_NotSupportedError as error:
        raise InputError(
            "A layer is in the coordinate reference system {own}, and nothing is known that leads from it to that of "
            "the image, {crs}. Assign the system that the layer is in, or give it in that of the image.",
            own=own.to_string()[:80],
            crs=crs_name(grid),
        ) from error
    if not np.isfinite([left, bottom, right, top]).all():
        return shapely.Polygon()
    width = right - left if left <= right else right - left + DEGREES.once
    margin = max(width, top - bottom) * MARGIN
    bottom, top = bottom - margin, top + margin
    if left <= right:
        return shapely.box(left - margin, bottom, right + margin, top)
    return shapely.union(
        shapely.box(left - margin, bottom, DEGREES.half, top), shapely.box(-DEGREES.half, bottom, right + margin, top)
    )


def _earth_radius(crs: CRS) -> float:
    """In the units of a system."""
    if crs.is_geographic:
        return math.degrees(1)
    return SEMI_MAJOR_M / (crs.linear_units_factor[1] if crs.is_projected else 1)


def _longest_side(shape: shapely.Geometry) -> float:
    left, bottom, right, top = shape.bounds
    return float(max(right - left, top - bottom))
