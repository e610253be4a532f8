"""Puts together shapes that a transformation has torn where a system begins anew on the other side of the earth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio._err import CPLE_BaseError
from rasterio.crs import CRS
from rasterio.errors import RasterioError
from rasterio.warp import transform

STEP_DEG = 30
LONGITUDES, LATITUDES = np.arange(-173, 180, STEP_DEG), (-40, 0, 40)
"""Places that tell how a system goes around the earth."""

EXACT = 1e-3
"""How far, as a share, steps of the same length to the east may differ: between ellipsoids they do by less."""

FINE = 1e-9
"""What counts as nothing, as a share of half the way around."""


@dataclass(frozen=True)
class Turn:
    """How a system goes around the earth along x.

    Attributes:
        once: How much x grows from a place once around to the same.
        middle: x of the meridian from which it goes equally far to both sides.
        pole: y that lies at a pole or beyond, of either sign.
    """

    once: float
    middle: float
    pole: float

    @property
    def half(self) -> float:
        """No edge of a shape is longer: the way around the other side is."""
        return self.once / 2

    def passes(self, xs: NDArray[np.float64]) -> bool:
        """Whether some of these go on where the system begins anew."""
        return bool((np.abs(xs[np.isfinite(xs)] - self.middle) > self.half * (1 + FINE)).any())


DEGREES = Turn(once=360.0, middle=0.0, pole=90.0)
DEGREES_CRS = CRS.from_epsg(4326)


@lru_cache(maxsize=64)
def turn_of(crs: CRS) -> Turn | None:
    """How a system goes around the earth; `None`: not along x alone, as in most projected ones."""
    if crs.is_geographic:
        return DEGREES
    try:
        places = np.meshgrid(LONGITUDES, LATITUDES)
        xs, ys = np.reshape(transform(DEGREES_CRS, crs, *(each.ravel() for each in places)), (2, *places[0].shape))
        (middle,), _ = transform(DEGREES_CRS, crs, [float(crs.to_dict().get("lon_0", 0))], [0.0])
    except (RasterioError, CPLE_BaseError):
        return None
    if not np.isfinite([xs, ys]).all():
        return None
    steps = np.diff(xs, axis=1, append=xs[:, :1])
    step = float(np.median(steps))
    once = abs(step) * 360 / STEP_DEG
    steps += np.where(np.abs(steps - step) > once / 2, np.copysign(once, step), 0)
    apart = max(np.abs(steps - step).max(), np.ptp(xs, axis=0).max(), np.ptp(ys, axis=1).max())
    if apart > EXACT * abs(step) or np.abs(xs - middle).max() > once / 2:
        return None
    return Turn(once, middle, pole=once)


def made_whole(shapes: NDArray[np.object_], turn: Turn = DEGREES) -> NDArray[np.object_]:
    """Let lines and polygons go on where the system begins anew and their next corner is told of once around the earth.

    A polygon around a pole is closed along it. Points stay the same, and so does what is less than half as wide as the
    earth or has no place on it.
    """
    bounds = shapely.bounds(shapes)
    placed = np.flatnonzero(np.isfinite(bounds).all(axis=1))
    wide = placed[bounds[placed, 2] - bounds[placed, 0] > turn.half]
    whole = shapes.copy()
    for place in wide:
        parts = [_whole(part, turn) for part in shapely.get_parts(shapes[place])]
        whole[place] = shapely.union_all(parts) if len(parts) > 1 else parts[0]
    return whole


def turned(shapes: NDArray[np.object_], turn: Turn = DEGREES) -> NDArray[np.object_]:
    """Shapes once around the earth to one side, as they are, and once to the other: three times as many."""
    return np.concatenate([_shifted(shapes, times * turn.once) for times in (-1, 0, 1)])


def _shifted(shapes: NDArray[np.object_], by: float) -> NDArray[np.object_]:
    moved: NDArray[np.object_] = shapely.transform(shapes, lambda points: points + (by, 0))
    return moved


def _whole(part: shapely.Geometry, turn: Turn) -> shapely.Geometry:
    if isinstance(part, shapely.Polygon):
        shell = _area(part.exterior, turn)
        holes = np.array([_area(ring, turn) for ring in part.interiors], object)
        return shapely.difference(shell, _at_any_turn(holes, turn)) if len(holes) else shell
    if isinstance(part, shapely.LineString):
        return shapely.LineString(_unwrapped(part, turn))
    return part


def _area(ring: shapely.LinearRing, turn: Turn) -> shapely.Geometry:
    """What lies within a ring; one that winds around a pole is closed along it."""
    points = _unwrapped(ring, turn)
    if abs(points[-1, 0] - points[0, 0]) > turn.half:
        pole = np.copysign(turn.pole, points[:, 1].mean())
        points = np.concatenate([points, [(points[-1, 0], pole), (points[0, 0], pole)]])
    return shapely.make_valid(shapely.Polygon(points))


def _at_any_turn(holes: NDArray[np.object_], turn: Turn) -> shapely.Geometry:
    """Holes wherever around the earth their shell may lie, which began on the same turn."""
    return shapely.union_all([_shifted(holes, times * turn.once) for times in range(-2, 3)])


def _unwrapped(line: shapely.LineString, turn: Turn) -> NDArray[np.float64]:
    """Corners of a line, `(corners, 2)`, of which none is farther from the one before than half around the earth."""
    points: NDArray[np.float64] = shapely.get_coordinates(line)
    points[:, 0] = np.unwrap(points[:, 0], period=turn.once)
    return points
