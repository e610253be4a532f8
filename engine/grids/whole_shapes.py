"""Puts together shapes in degrees that a transformation has torn where degrees begin anew, at 180°."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

AROUND_DEG, POLE_DEG = 360.0, 90.0
"""Once around the earth, and the farthest that one can be from its equator."""

HALF = AROUND_DEG / 2
"""No edge of a shape is longer: the way around the other side is."""


def made_whole(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Let lines and polygons go on beyond 180° where their next corner is told of once around the earth.

    A polygon around a pole is closed along it. Points stay the same, and so does what is less than half as wide as the
    earth or has no place on it.
    """
    bounds = shapely.bounds(shapes)
    placed = np.flatnonzero(np.isfinite(bounds).all(axis=1))
    wide = placed[bounds[placed, 2] - bounds[placed, 0] > HALF]
    whole = shapes.copy()
    for place in wide:
        parts = [_whole(part) for part in shapely.get_parts(shapes[place])]
        whole[place] = shapely.union_all(parts) if len(parts) > 1 else parts[0]
    return whole


def _whole(part: shapely.Geometry) -> shapely.Geometry:
    if isinstance(part, shapely.Polygon):
        shell = _area(part.exterior)
        holes = [_area(ring) for ring in part.interiors]
        return shapely.difference(shell, _at_any_turn(holes)) if holes else shell
    if isinstance(part, shapely.LineString):
        return shapely.LineString(_unwrapped(part))
    return part


def _area(ring: shapely.LinearRing) -> shapely.Geometry:
    """What lies within a ring; one that winds around a pole is closed along it."""
    points = _unwrapped(ring)
    if abs(points[-1, 0] - points[0, 0]) > HALF:
        pole = np.copysign(POLE_DEG, points[:, 1].mean())
        points = np.concatenate([points, [(points[-1, 0], pole), (points[0, 0], pole)]])
    return shapely.make_valid(shapely.Polygon(points))


def _at_any_turn(holes: list[shapely.Geometry]) -> shapely.Geometry:
    """Holes wherever around the earth their shell may lie, which began on the same turn."""
    turns = (turn * AROUND_DEG for turn in range(-2, 3))
    return shapely.union_all([shapely.transform(holes, lambda points, by=by: points + (by, 0)) for by in turns])


def _unwrapped(line: shapely.LineString) -> NDArray[np.float64]:
    """Corners of a line, `(corners, 2)`, of which none is farther from the one before than half around the earth."""
    points: NDArray[np.float64] = shapely.get_coordinates(line)
    points[:, 0] = np.unwrap(points[:, 0], period=AROUND_DEG)
    return points
