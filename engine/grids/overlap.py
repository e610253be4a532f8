"""Tells which grids lie over one another, and over which part."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
import shapely
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from rasterio.warp import transform_bounds
from rasterio.windows import Window

from .grid import INPUT_POINTS, Grid, under
from .ground import NO_PLACE

ONE_GROUND = 0.5
"""Grids show one ground where they share this part of the smaller one; tiles of a mosaic share less."""

MARGIN = 0.01
"""Grids may reach this share of their size further in degrees than their bounds there tell."""

WORLD = BoundingBox(-180.0, -90.0, 180.0, 90.0)
"""All degrees."""


def bounds_in(grid: Grid, other: Grid) -> BoundingBox:
    """The bounds of `other` in the map units of `grid`."""
    if grid.crs is None or other.crs is None or grid.crs == other.crs:
        return other.bounds
    return BoundingBox(*transform_bounds(other.crs, grid.crs, *other.bounds, densify_pts=INPUT_POINTS))


def overlap(grid: Grid, other: Grid) -> Window | None:
    """The part of a grid that another lies over; `None`: they lie apart, or one has no place in the other's system."""
    try:
        bounds = bounds_in(grid, other)
    except NO_PLACE:
        return None
    if not grid.runs_past_180 or other.crs is None or other.crs.is_geographic:
        return grid.covering(bounds)
    return under(grid, bounds._replace(right=bounds.right + 360) if bounds.left > bounds.right else bounds)


def shared(grid: Grid, other: Grid) -> Window | None:
    """The same of grids that lie somewhere on Earth; `None` where one of them does not, as it may lie anywhere."""
    return None if grid.crs is None or other.crs is None else overlap(grid, other)


def overlaps(grids: Sequence[Grid]) -> list[dict[int, Window]]:
    """For each grid the numbers of the others that lie over it, with the part that they lie over."""
    found: list[dict[int, Window]] = [{} for _ in grids]
    for one, others in enumerate(near(grids, grids)):
        for other in others:
            part = shared(grids[one], grids[other]) if one != other else None
            if part is not None:
                found[one][other] = part
    return found


def near(grids: Sequence[Grid], others: Sequence[Grid]) -> list[list[int]]:
    """For each grid the numbers of the others that may lie over it or touch it, in order. Quick: looks at boxes only.

    Boxes are compared in map units too, as some of one system have no place on the globe.
    """
    found: list[set[int]] = [set() for _ in grids]
    for box in (_on_the_globe, _on_the_map):
        own, boxes = (np.array([box(grid) for grid in each], object) for each in (grids, others))
        for one, other in shapely.STRtree(boxes).query(own, predicate="intersects").T.tolist():
            found[one].add(other)
    return [sorted(numbers) for numbers in found]


def of_one_ground(grids: Sequence[Grid]) -> list[set[int]]:
    """For each grid the numbers of the others that show much of its ground, or of whose ground it shows much."""
    over = overlaps(grids)

    def much(one: int, other: int) -> bool:
        part = over[one].get(other)
        whole_px = grids[one].width * grids[one].height
        return part is not None and part.width * part.height >= ONE_GROUND * whole_px

    return [{other for other in others if much(one, other) or much(other, one)} for one, others in enumerate(over)]


def joined(links: Sequence[Collection[int]]) -> list[list[int]]:
    """Numbers that are linked, directly or through others, together; in order.

    Args:
        links: To which numbers each is linked; a link need stand only with the later of the two.
    """
    group_of: list[list[int]] = []
    for number, others in enumerate(links):
        own = [number]
        group_of.append(own)
        for other in others:
            if other < number and group_of[other] is not own:
                fewer, own = sorted((own, group_of[other]), key=len)
                own += fewer
                for each in fewer:
                    group_of[each] = own
    groups = {id(group): group for group in group_of}.values()
    return sorted(sorted(group) for group in groups)


def _on_the_globe(grid: Grid) -> shapely.Geometry:
    """A box in degrees that holds a grid: nothing without a place, all where it has none on the globe."""
    if grid.crs is None:
        return shapely.Point()
    try:
        bounds = transform_bounds(grid.crs, CRS.from_epsg(4326), *grid.bounds, densify_pts=INPUT_POINTS)
    except NO_PLACE:
        bounds = WORLD
    left, bottom, right, top = bounds if all(map(math.isfinite, bounds)) else WORLD
    if not WORLD.left <= left <= right <= WORLD.right:  # it lies across the 180th meridian, or runs past it
        left, right = WORLD.left, WORLD.right
    return _around(BoundingBox(left, bottom, right, top))


def _on_the_map(grid: Grid) -> shapely.Geometry:
    """A box in map units that holds a grid; nothing without a place."""
    return shapely.Point() if grid.crs is None else _around(grid.bounds)


def _around(bounds: BoundingBox) -> shapely.Geometry:
    """A box with a margin around."""
    left, bottom, right, top = bounds
    margin = MARGIN * max(right - left, top - bottom)
    return shapely.box(left - margin, bottom - margin, right + margin, top + margin)
