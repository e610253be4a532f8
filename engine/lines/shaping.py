"""Turns ways that follow pixels into smooth lines of few points: none crosses itself or another, no two become one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from .meetings import meeting
from .network import LineNetwork, Way

SMOOTHING_PX = 2.5
"""Standard deviation of the mean along a way that takes the steps of the pixels out."""

TOGETHER = 1000
"""So many ways are smoothed before their points are thinned: a point for each pixel is held of no more."""


def shaped(network: LineNetwork, tolerance_px: float) -> tuple[shapely.LineString, ...]:
    """The lines of all ways.

    Args:
        network: The network, whose ways do not cross.
        tolerance_px: How far a line may lie from its smoothed way; 0: all points stay.

    Returns:
        One line for each way, in pixels. A line that would meet itself, or another elsewhere than where both end, keeps
        all its points, and if that does not help, stays as the pixels have it.
    """
    lines = drawn(network.ways, tolerance_px)
    finer, changed = np.zeros(len(lines), int), np.arange(len(lines))
    while len(bad := meeting(lines, changed)):
        finer[bad] += 1
        changed = bad[finer[bad] <= 2]
        for number in changed.tolist():
            way = network.ways[number]
            lines[number] = shapely.linestrings(smoothed(way) if finer[number] == 1 else way.points)
    return tuple(lines)


def drawn(ways: Sequence[Way], tolerance_px: float) -> NDArray[np.object_]:
    """The line of each way by itself, `(ways,)`: smoothed, then of no more points than `tolerance_px` asks for."""
    lines = np.zeros(len(ways), object)
    for first in range(0, len(lines), TOGETHER):
        some = slice(first, first + TOGETHER)
        smooth = np.array([shapely.linestrings(smoothed(way)) for way in ways[some]], object)
        lines[some] = shapely.simplify(smooth, tolerance_px) if tolerance_px > 0 else smooth
    return lines


def smoothed(way: Way) -> NDArray[np.float64]:
    """The points of a way, each the mean of those around it; both ends stay where they are."""
    if len(way.points) < 4:
        return way.points
    ends = way.points[0], way.points[-1]
    # Mirrored in the ends, a line goes on straight, and its mean there is the end itself.
    padded = int(4 * SMOOTHING_PX)
    before = 2 * ends[0] - way.points[1 : padded + 1][::-1]
    after = 2 * ends[1] - way.points[-padded - 1 : -1][::-1]
    long = np.concatenate([before, way.points, after])
    mean = gaussian_filter1d(long, SMOOTHING_PX, axis=0, mode="nearest")
    points: NDArray[np.float64] = mean[len(before) : len(before) + len(way.points)]
    points[0], points[-1] = ends
    return points
