"""Measures lines and ways on the ground: how long and how wide they are, and where they lead."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS

from ..grids.bearings import bearings_deg, map_steps_m
from ..grids.grid import Grid
from ..grids.ground import row_steps_m
from .network import LineNetwork, Way

MIDDLE = 0.5
"""Points count from the middle of the first pixel, grids from its corner."""

AROUND = 5
"""The direction of a way at a point is that from so many points before it to as many after it."""


def lengths_m(lines: Iterable[shapely.LineString], grid: Grid) -> NDArray[np.float64]:
    """Length on the ground of lines in pixels of a grid, `(lines,)`."""
    ground = _Ground(grid)
    return np.array([ground.steps_m(shapely.get_coordinates(line)).sum() for line in lines], np.float64)


def bridged_m(network: LineNetwork, grid: Grid) -> NDArray[np.float64]:
    """Length on the ground of what was bridged of each way, `(ways,)`."""
    ground = _Ground(grid)
    return np.array([_bridged_m(way, ground) for way in network.ways], np.float64)


def widths_m(network: LineNetwork, grid: Grid) -> NDArray[np.float64]:
    """The usual width of each way on the ground, `(ways,)`; NaN where none is known, as on a bridge."""
    ground = _Ground(grid)
    return np.array([_width_m(way, ground) for way in network.ways], np.float64)


def way_bearings_deg(network: LineNetwork, grid: Grid, crs: CRS | None) -> NDArray[np.float64]:
    """Direction of each way from end to end, or from the beginning of a ring to its middle, `(ways,)`.

    Args:
        network: The network, on the pixels of `grid`.
        grid: Where it lies.
        crs: Reference system of the map from whose north bearings count, clockwise, 0 to below 180.
    """
    if not network.ways:
        return np.zeros(0)
    first = np.array([way.points[0] for way in network.ways])
    last = np.array([way.points[len(way.points) // 2 if way.is_loop else -1] for way in network.ways])
    across, down = map_steps_m(grid, crs, (first + last) / 2 + MIDDLE)
    columns, rows = (last - first).T
    return bearings_deg(*(across * columns + down * rows))


class _Ground:
    """The ground under a grid, row by row.

    Args:
        grid: The grid.
    """

    def __init__(self, grid: Grid) -> None:
        self._across, self._down = row_steps_m(grid.crs, grid.transform, grid.width, grid.height)
        self._areas = np.abs(self._across[0] * self._down[1] - self._across[1] * self._down[0])

    def steps_m(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Length on the ground from each point `(n, 2)`, in pixels, to the next, `(n - 1,)`."""
        steps = np.diff(points, axis=0)
        return self._long_m(steps, (points[1:, 1] + points[:-1, 1]) / 2)

    def across_m(self, points: NDArray[np.float64], directions: NDArray[np.float64]) -> NDArray[np.float64]:
        """How wide lines of a width of one pixel are on the ground, `(points,)`.

        A stretch of a line covers length times width, and its area grows on the ground as that of pixels does.

        Args:
            points: Where, `(points, 2)`, in pixels.
            directions: Where the line leads there, in pixels, `(points, 2)`.
        """
        areas = self._areas[self._row(points[:, 1])]
        with np.errstate(invalid="ignore", divide="ignore"):  # a ring of few pixels leads nowhere
            widths = areas * np.hypot(*directions.T) / self._long_m(directions, points[:, 1])
        return np.asarray(np.where(np.isfinite(widths), widths, np.sqrt(areas)), np.float64)

    def _long_m(self, steps: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Length on the ground of steps in pixels, `(steps,)`."""
        row = self._row(rows)
        return np.asarray(np.hypot(*(self._across[:, row] * steps[:, 0] + self._down[:, row] * steps[:, 1])))

    def _row(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """The row of pixels at places counted from the middle of the first."""
        return np.asarray(np.clip(np.rint(values), 0, len(self._areas) - 1), np.int64)


def _bridged_m(way: Way, ground: _Ground) -> float:
    return float(ground.steps_m(way.points)[way.is_step_bridged].sum())


def _width_m(way: Way, ground: _Ground) -> float:
    known = np.flatnonzero(np.isfinite(way.width_px) & ~way.bridged)
    if not len(known):
        return float("nan")
    ends = np.minimum(known + AROUND, len(way.points) - 1), np.maximum(known - AROUND, 0)
    directions = way.points[ends[0]] - way.points[ends[1]]
    return float(np.median(way.width_px[known] * ground.across_m(way.points[known], directions)))
