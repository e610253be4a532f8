"""Turns the probability of a front into one line for a date, and tells how far it lies from that of another date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from ..lines.extraction import ExtractionRules, extract
from ..lines.field import LineField
from ..lines.network import LineNetwork, Way
from ..lines.shaping import smoothed

THRESHOLD = 0.4
"""Probability from which on a pixel is front."""

SHORTEST_PX, LONGEST_GAP_PX = 6.0, 15.0
"""Dead ends that are shorter are left out, gaps up to this are bridged."""

ASIDE_PX = 6.0
"""How far to either side of a front it is asked where the sea lies."""

ALONG = 3
"""The direction of a front at a point is that from so many points before it to as many after it."""

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Front:
    """The front of one date.

    Args:
        points: `(points, 2)`, column and row from the first pixel's centre; the sea lies to the left of their way.
        confidence: Mean probability along it, 0–1.
        bridged_share: How much of it was bridged, 0–1.
    """

    points: Points
    confidence: float
    bridged_share: float


def find_front(field: LineField, sea: Callable[[Points], NDArray[np.float32]], threshold: float) -> Front | None:
    """The one front in a field; `None`: there is none.

    It is the longest way through all that hangs together, where pixels count by their probability.

    Args:
        field: Probability of the front.
        sea: Gives the probability of the sea at points in pixels, NaN where nothing is known.
        threshold: See `THRESHOLD`.
    """
    rules = ExtractionRules(threshold, SHORTEST_PX, LONGEST_GAP_PX, directed=False)
    way = main_way(extract(field, rules))
    if way is None:
        return None
    points = smoothed(way)
    if not _sea_is_left(points, sea):
        points = points[::-1]
    steps_px = np.hypot(*np.diff(way.points, axis=0).T)
    bridged_px = float(steps_px[way.is_step_bridged].sum())
    return Front(points, float(way.probability.mean()), bridged_px / way.length_px)


def main_way(network: LineNetwork) -> Way | None:
    """The way through a network that is longest, counted by probability; loops are no way."""
    ways = [number for number, way in enumerate(network.ways) if not way.is_loop]
    if not ways:
        return None
    # A way that is doubted is as good as one that is as much shorter, so length times probability is what counts.
    worth = np.array([network.ways[number].length_px * network.ways[number].probability.mean() for number in ways])
    ends = np.array([(network.ways[number].start, network.ways[number].end) for number in ways])
    best: dict[tuple[int, int], int] = {}
    for place, (start, end) in enumerate(np.sort(ends, axis=1).tolist()):
        if (start, end) not in best or worth[place] > worth[best[start, end]]:
            best[start, end] = place
    kept = list(best.values())
    steps = coo_array((worth[kept], ends[kept].T), shape=(len(network.places),) * 2).tocsr()
    start, end = _farthest(steps, ends[kept])
    _, before = dijkstra(steps, directed=False, indices=start, return_predecessors=True)
    way: Way | None = None
    while end != start:
        previous = int(before[end])
        step = network.ways[ways[best[min(previous, end), max(previous, end)]]]
        step = step if step.start == previous else step.reversed()
        way = step if way is None else step.then(way)
        end = previous
    return way


def _farthest(steps: coo_array, ends: NDArray[np.int64]) -> tuple[int, int]:
    """The two places that lie farthest from each other, of those that hang together."""
    found = (-1.0, 0, 0)
    left = set(np.unique(ends).tolist())
    while left:
        first = min(left)
        lengths = dijkstra(steps, directed=False, indices=first)
        together = np.flatnonzero(np.isfinite(lengths))
        left -= set(together.tolist())
        one = int(together[np.argmax(lengths[together])])
        lengths = dijkstra(steps, directed=False, indices=one)
        other = int(together[np.argmax(lengths[together])])
        found = max(found, (float(lengths[other]), one, other))
    return found[1], found[2]


def _sea_is_left(points: Points, sea: Callable[[Points], NDArray[np.float32]]) -> bool:
    """Whether the sea lies to the left of a line, where rows grow downwards."""
    sides = [np.nan_to_num(sea(beside(points, aside)), nan=0.5).mean() for aside in (ASIDE_PX, -ASIDE_PX)]
    return bool(sides[0] >= sides[1])


def beside(points: Points, distance_px: float) -> Points:
    """Points to the left of a line in pixels, or to its right where the distance is below 0."""
    ahead = _ahead(points)
    return np.asarray(points + np.column_stack([ahead[:, 1], -ahead[:, 0]]) * distance_px)


def _ahead(points: Points) -> Points:
    """The direction of a line at each of its points, unit vectors `(points, 2)`."""
    last = np.arange(len(points))
    steps = points[np.minimum(last + ALONG, len(points) - 1)] - points[np.maximum(last - ALONG, 0)]
    return np.asarray(steps / np.maximum(np.hypot(*steps.T), 1e-9)[:, np.newaxis])


def moved(front: Points, first: Points) -> float:
    """How far a front lies before another one, in the mean; below 0 behind it. NaN where they do not face each other.

    NaN as well where the two run in opposite directions: of one of them it is not known on which side the sea is.

    Each point of either line is held against the nearest of the other, unless that is one of its ends: beyond them
    nothing is known. The mean is that of both ways.

    Args:
        front: `(points, 2)`, in metres to the right and upwards, the sea to the left.
        first: The other, of the same kind.
    """
    _, nearest = cKDTree(first).query(front)
    if np.sum(_ahead(front) * _ahead(first)[nearest]) < 0:
        return float("nan")
    there, back = distances_left(front, first), -distances_left(first, front)
    known = [each.mean() for each in (there, back) if len(each)]
    return float(np.mean(known)) if known else float("nan")


def distances_left(points: Points, line: Points) -> NDArray[np.float64]:
    """How far points lie to the left of a line, `(points beside it,)`."""
    _, nearest = cKDTree(line).query(points)
    beside = (nearest > 0) & (nearest < len(line) - 1)
    points, nearest = points[beside], nearest[beside]
    away = points - line[nearest]
    ahead = _ahead(line)[nearest]
    left = ahead[:, 0] * away[:, 1] - ahead[:, 1] * away[:, 0] >= 0
    far = shapely.distance(shapely.points(points), shapely.linestrings(line))
    return np.asarray(np.where(left, far, -far), np.float64)
