"""Tells where pixels lead on the ground, seen from a map's north: bearings are true however the map is stretched.

In degrees a line at 45° on the grid runs nearer to north the farther it lies from the equator.
"""

from __future__ import annotations

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS

from .grid import Grid
from .ground import on_earth, steps_m
from .placing import on_map

PROBE = 100.0
"""Map units by which the map's north is found."""


def map_steps_m(
    grid: Grid, crs: CRS | None, places: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where one pixel across and one pixel down lead on the ground, in metres.

    Args:
        grid: The grid of the pixels.
        crs: Reference system of the map whose north counts.
        places: Where on the grid, `(places, 2)`: column and row from its corner.

    Returns:
        The steps across and down, each `(2, places)`: to the right of the map's north, and towards it.
    """
    north = _north_rad(crs, on_map(places, grid, crs))
    sine, cosine = np.sin(north), np.cos(north)
    steps = steps_m(grid.crs, grid.transform, places[:, 0], places[:, 1])
    across, down = (np.stack([east * cosine - up * sine, east * sine + up * cosine]) for east, up in steps)
    return across, down


def bearings_deg(right: NDArray[np.float64], ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bearings of lines, 0 to below 180, from how far they lead to the right of north and towards it."""
    return np.asarray(np.degrees(np.arctan2(right, ahead)) % 180 % 180)  # a hair below 0 becomes 180 first


def _north_rad(crs: CRS | None, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """By how much a map's north is turned to the right of the true one at some of its points, `(points,)`."""
    if crs is None or not on_earth(crs) or crs.is_geographic:
        return np.zeros(len(points))
    x, y = points.T / PROBE
    _, (east, north) = steps_m(crs, Affine(PROBE, 0, 0, 0, -PROBE, 0), x, -y)
    return np.asarray(np.arctan2(-east, -north))
