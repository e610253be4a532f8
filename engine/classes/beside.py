"""Makes sure that a raster can be held against a map: both in one world, and one over the other."""

from __future__ import annotations

from ..errors import InputError
from ..grids.grid import Grid
from ..grids.overlap import overlap
from .class_raster import check_same_world


def check_beside(name: str, path: str, own: Grid, grid: Grid, of: str = "PREDICTION") -> None:
    """Refuse a raster that does not lie on a map.

    Args:
        name: The parameter that it was given as.
        path: The raster.
        own: Its grid.
        grid: The grid of the map.
        of: The parameter that gives the map, or what it is made from.

    Raises:
        InputError: Only one of them has a place on Earth, neither has and their pixels differ, or they do not overlap.
    """
    check_same_world(own.crs, grid.crs, path)
    if grid.crs is None and grid.offset(own) is None:
        raise InputError(
            "{path} has other pixels than the map, and neither has a coordinate reference system. Assign one to both.",
            path=path,
        )
    if overlap(grid, own) is None:
        raise InputError(
            "{name} is {path}, which does not overlap {of}. Choose one that covers it, and check the coordinate "
            "reference systems of both.",
            name=name,
            path=path,
            of=of,
        )
