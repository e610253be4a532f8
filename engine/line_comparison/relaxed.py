"""Relaxed precision and recall: which lengths of one network lie near the other, and where those are that do not.

Wiedemann, Heipke, Mayer and Jamet 1998, "Empirical Evaluation of Automatically Extracted Road Axes" (completeness and
correctness), taken up by Mnih 2013, "Machine Learning for Aerial Image Labeling", section 6.2 (with a slack of ρ
pixels). Precision is the share of the prediction's length within a buffer around the reference, recall the share of the
reference's within a buffer around the prediction.

Deviations: lengths are computed exactly rather than sampled, since what of a straight segment lies within a distance of
another is one stretch of it, whose ends follow from a square root; Wiedemann's criterion that directions agree is left
out, as by Mnih.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ..progress import Told
from . import runs
from .line_graph import LineGraph
from .runs import Floats, Integers

CLOSE_M = 1e-6
"""What lies exactly at the buffer's edge lies within."""

DUST_M = 0.01
"""Shorter pieces beyond the buffer are left over by rounding, and not handed out."""

CHUNK = 20_000
"""So many segments are looked at together."""


@dataclass(frozen=True)
class Beyond:
    """What of a network lies beyond the buffer around another.

    Args:
        pieces: Its lines, `(pieces,)`.
        lengths: Their lengths in metres, `(pieces,)`.
        share: The share of the network's length that lies within the buffer, 0–1.
    """

    pieces: NDArray[np.object_]
    lengths: Floats
    share: float


@dataclass(frozen=True)
class _Segments:
    """Straight segments, by where they begin and end, each `(segments, 2)`."""

    starts: Floats
    ends: Floats

    @property
    def shapes(self) -> NDArray[np.object_]:
        """As LineStrings."""
        return np.asarray(shapely.linestrings(np.stack([self.starts, self.ends], axis=1)), object).reshape(-1)

    def boxes(self, margin_m: float) -> NDArray[np.object_]:
        """The rectangles around them, widened by a margin."""
        low, high = np.minimum(self.starts, self.ends) - margin_m, np.maximum(self.starts, self.ends) + margin_m
        return np.asarray(shapely.box(*low.T, *high.T), object).reshape(-1)

    def part(self, chosen: Integers | slice) -> _Segments:
        """Some of them."""
        return _Segments(self.starts[chosen], self.ends[chosen])


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def beyond(network: LineGraph, other: LineGraph, buffer_m: float, tell: Told = lambda done: None) -> Beyond:
    """Find what of a network lies farther than a distance from another.

    Args:
        network: The one that is cut.
        other: The one around which the buffer lies.
        buffer_m: The distance.
        tell: Is told the share that is done, 0–1; what it raises ends the work.
    """
    points, edges = shapely.get_coordinates(network.edges, return_index=True)
    first, last = runs.bounds(edges)
    row = runs.in_a_row(points, edges)
    inner = np.flatnonzero(edges[1:] == edges[:-1])
    own, around = _Segments(points[inner], points[inner + 1]), _segments(other)
    tree, reach_m = shapely.STRtree(around.shapes), buffer_m + CLOSE_M
    starts, ends = [row[last[:-1]]], [row[first[1:]]]  # between edges there is nothing to find
    for begin in range(0, len(inner), CHUNK):
        tell(begin / len(inner))
        here = own.part(slice(begin, begin + CHUNK))
        judged, near = tree.query(here.boxes(reach_m))
        low, high = _within(here.part(judged), around.part(near), reach_m)
        touched = low < high
        judged, low, high = judged[touched], low[touched], high[touched]
        origin = row[inner[begin + judged]]
        starts.append(origin + low)
        ends.append(origin + high)
    low, high = _gaps(np.concatenate(starts), np.concatenate(ends), row[0], row[-1])
    share = 1 - (high - low).sum() / network.lengths.sum()
    real = high - low >= DUST_M
    low, high = low[real], high[real]
    return Beyond(_cut_out(points, row, low, high), high - low, float(np.clip(share, 0, 1)))


def _segments(network: LineGraph) -> _Segments:
    """All segments of a network."""
    points, edges = shapely.get_coordinates(network.edges, return_index=True)
    inner = np.flatnonzero(edges[1:] == edges[:-1])
    return _Segments(points[inner], points[inner + 1])


def _within(judged: _Segments, near: _Segments, reach_m: float) -> tuple[Floats, Floats]:
    """The stretch of each segment that lies within a distance of another, from its beginning in metres.

    What lies within a distance of a segment are two discs and the rectangle between them, which together are convex: a
    straight line enters them once and leaves them once.
    """
    lengths, along = _directions(judged)
    other_lengths, other_along = _directions(near)
    low, high = np.full(len(lengths), np.inf), np.full(len(lengths), -np.inf)
    for centres in (near.starts, near.ends):
        to_centre = centres - judged.starts
        middle = _dot(to_centre, along)
        square = reach_m**2 - (_dot(to_centre, to_centre) - middle**2)
        half = np.sqrt(np.maximum(square, 0))
        low = np.where(square >= 0, np.minimum(low, middle - half), low)
        high = np.where(square >= 0, np.maximum(high, middle + half), high)
    offset = judged.starts - near.starts
    across = np.column_stack([-other_along[:, 1], other_along[:, 0]])
    enter_length, leave_length = _slab(_dot(offset, other_along), _dot(along, other_along), 0, other_lengths)
    enter_side, leave_side = _slab(_dot(offset, across), _dot(along, across), -reach_m, reach_m)
    enter, leave = np.maximum(enter_length, enter_side), np.minimum(leave_length, leave_side)
    low = np.where(enter <= leave, np.minimum(low, enter), low)
    high = np.where(enter <= leave, np.maximum(high, leave), high)
    return np.clip(low, 0, lengths), np.clip(high, 0, lengths)


def _directions(segments: _Segments) -> tuple[Floats, Floats]:
    """Length of each segment and its direction as a unit vector."""
    steps = segments.ends - segments.starts
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    return lengths, steps / lengths[:, np.newaxis]


def _dot(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.einsum("nc,nc->n", one, other), np.float64)


def _slab(start: Floats, slope: Floats, low: float, high: Floats | float) -> tuple[Floats, Floats]:
    """Where `start + slope * s` lies between two values: from which s to which; from infinity on if nowhere."""
    inside = (start >= low) & (start <= high)
    with np.errstate(divide="ignore", invalid="ignore"):  # where it runs along the slab
        one, other = (low - start) / slope, (high - start) / slope
    level = slope == 0
    enter = np.where(level, np.where(inside, -np.inf, np.inf), np.minimum(one, other))
    leave = np.where(level, np.where(inside, np.inf, -np.inf), np.maximum(one, other))
    return enter, leave


def _gaps(starts: Floats, ends: Floats, first: float, last: float) -> tuple[Floats, Floats]:
    """What stretches of a row leave uncovered, from where to where."""
    order = np.argsort(starts, kind="stable")
    starts = np.append(starts[order], last)
    covered = np.maximum.accumulate(np.concatenate([[first], ends[order]]))
    open_ = starts > covered
    return covered[open_], starts[open_]


def _cut_out(points: Floats, row: Floats, low: Floats, high: Floats) -> NDArray[np.object_]:
    """The lines that lie between positions of a row of vertices."""
    first, last = np.searchsorted(row, low, side="right"), np.searchsorted(row, high, side="left")
    pieces, places = runs.members(last - first + 2)
    positions = row[np.clip(first[pieces] + places - 1, 0, len(row) - 1)]
    positions = np.where(places == 0, low[pieces], positions)
    positions = np.where(places == (last - first + 1)[pieces], high[pieces], positions)
    vertices = np.column_stack([np.interp(positions, row, axis) for axis in points.T])
    return np.asarray(shapely.linestrings(vertices, indices=pieces), object).reshape(-1)
