"""Tells which grids lie over one another, and over which part."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import shapely
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from rasterio.warp import transform_bounds
from rasterio.windows import Window

from .grid import INPUT_POINTS, NO_PLACE, Grid

ONE_GROUND = 0.5
"""Grids show one ground where they share this part of the smaller one; tiles of a mosaic share less."""

MARGIN = 0.01
"""Grids may reach this share of their size further in degrees than their bounds there tell."""


def bounds_in(grid: Grid, other: Grid) -> BoundingBox:
    """The bounds of `other` in the map units of `grid`."""
    if grid.crs is None or other.crs is None or grid.crs == other.crs:
        return other.bounds
    return BoundingBox(*transform_bounds(other.crs, grid.crs, *other.bounds, densify_pts=INPUT_POINTS))


def overlap(grid: Grid, other: Grid) -> Window | None:
    """The part of a grid that another lies over; `None`: they lie apart, or one has no place in the other's system."""
    try:
        return grid.covering(bounds_in(grid, other))
    except NO_PLACE:
        return None


def shared(grid: Grid, other: Grid) -> Window | None:
    """The same of grids that lie somewhere on Earth; `None` where one of them does not, as it may lie anywhere."""
    return None if grid.crs is None or other.crs is None else overlap(grid, other)


def overlaps(grids: Sequence[Grid]) -> list[dict[int, Window]]:
    """For each grid the numbers of the others that lie over it, with the part that they lie over."""
    boxes = [_on_the_globe(grid) for grid in grids]
    found: list[dict[int, Window]] = [{} for _ in grids]
    for one, other in shapely.STRtree(boxes).query(boxes, predicate="intersects").T.tolist():
        part = shared(grids[one], grids[other]) if one != other else None
        if part is not None:
            found[one][other] = part
    return found


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
    groups: list[list[int]] = []
    for number, others in enumerate(links):
        linked = [group for group in groups if any(each in others for each in group)]
        groups = [group for group in groups if not any(group is each for each in linked)]
        groups.append([*(each for group in linked for each in group), number])
    return sorted(sorted(group) for group in groups)


def _on_the_globe(grid: Grid) -> shapely.Geometry:
    """A box in degrees that holds a grid: nothing without a place, all where it has none on the globe."""
    if grid.crs is None:
        return shapely.Point()
    try:
        left, bottom, right, top = transform_bounds(
            grid.crs, CRS.from_epsg(4326), *grid.bounds, densify_pts=INPUT_POINTS
        )
    except NO_PLACE:
        left, bottom, right, top = -180.0, -90.0, 180.0, 90.0
    if left > right:  # it lies across the 180th meridian
        left, right = -180.0, 180.0
    margin = MARGIN * max(right - left, top - bottom)
    return shapely.box(left - margin, bottom - margin, right + margin, top + margin)
