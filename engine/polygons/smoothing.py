"""Cuts details off outlines so that neighbours still share them, one boundary line at a time.

Outlines are divided into arcs: the lines between nodes, the vertices in which three areas or more meet. Both neighbours
of an arc cut the same off it, whenever and in whichever direction they come to it, because what is cut depends on the
arc and on the untouched vertices around it alone. So areas can be smoothed as they are finished, each by itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .outlines import Place

ARC_VERTICES = 2**20
"""Vertices of arcs that are smoothed at once, about; it bounds memory."""

LOOKUPS = 2**21
"""Rows of triangles that are looked into at once, about; it bounds memory."""

NEVER = np.iinfo(np.int64).max


class Smoothing:
    """Smooths the rings of one map.

    Vertices are cut off in rounds: each whose triangle with its two neighbours is within the tolerance, and smaller
    than the triangles of these neighbours, unless another vertex lies in the triangle or on its side. So nothing comes
    to cross or touch what it did not touch before. (For a boundary to reach into a triangle, one of its vertices must
    lie there: through the two sides that are boundary themselves it cannot come, and a straight line does not come and
    go through the third.)

    Visvalingam and Whyatt, Line generalisation by repeated elimination of points, The Cartographic Journal 30 (1993).
    Deviations: theirs eliminates one point at a time, the smallest of all. The guard is that of the topology-preserving
    variant in GEOS, but it counts the vertices of other arcs as they were, not as they have become: so the order of the
    arcs does not matter. An arc keeps an inner vertex if it has one, and an arc that returns to its beginning two: two
    arcs never become one, nor a ring a line.

    Args:
        width: Columns of the raster.
        height: Rows of the raster.
        tolerance_px2: Triangles of up to this area are cut off, in square pixels.
    """

    def __init__(self, width: int, height: int, tolerance_px2: float) -> None:
        self._across = width + 1
        self._limit = int(2 * tolerance_px2 + 1e-6)
        self._places = np.zeros(2**16, np.min_scalar_type(self._across * (height + 1)))
        self._known = 0

    def add(self, places: NDArray[np.int64]) -> None:
        """Take note of the places of all vertices in the next rows, in order. They must reach as far as the rings."""
        needed = self._known + len(places)
        if needed > len(self._places):
            grown = np.zeros(max(needed, 3 * len(self._places) // 2), self._places.dtype)
            grown[: self._known] = self._places[: self._known]
            self._places = grown
        self._places[np.arange(self._known, needed)] = places
        self._known = needed

    def smoothed(self, vertices: NDArray[Place], starts: NDArray[np.int64]) -> tuple[NDArray[Place], NDArray[np.int64]]:
        """Cut the details off some rings.

        Args:
            vertices: As in `Chains`, ring after ring; one without nodes begins with its first vertex in the raster.
            starts: Where each begins, and their number, `(rings + 1,)`.

        Returns:
            The vertices that are left and where each ring begins among them.
        """
        anchors, arc_ends, ring_of_arc = _arcs(vertices, starts)
        lengths = arc_ends - anchors + 1
        kept = np.zeros(len(vertices), bool)
        ring_starts, ring_lengths = starts[ring_of_arc], np.diff(starts)[ring_of_arc]
        groups = (np.cumsum(lengths) - lengths) // ARC_VERTICES
        for chosen in np.split(np.arange(len(anchors)), np.nonzero(np.diff(groups))[0] + 1):
            first = np.concatenate([[0], np.cumsum(lengths[chosen])])
            steps = np.arange(first[-1]) - np.repeat(first[:-1] - (anchors - ring_starts)[chosen], lengths[chosen])
            position = np.repeat(ring_starts[chosen], lengths[chosen])
            position += steps % np.repeat(ring_lengths[chosen], lengths[chosen])
            kept[position[self._kept((vertices[position] >> 1).astype(np.int64), first)]] = True
        return vertices[kept], np.concatenate([[0], np.cumsum(kept)])[starts]

    def _kept(self, places: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which vertices of some arcs stay, `(vertices,)`; each arc begins and ends with an anchor."""
        arcs = len(starts) - 1
        arc = np.repeat(np.arange(arcs), np.diff(starts))
        ys, xs = np.divmod(places, self._across)
        fixed = np.zeros(len(places), bool)
        fixed[starts[:-1]] = fixed[starts[1:] - 1] = True
        least = np.where(places[starts[:-1]] == places[starts[1:] - 1], 3, 1)
        chance = places.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)  # decides between equal triangles
        owned = _Owned(arc, places)
        blocked = fixed.copy()
        work = np.arange(len(places))
        while len(work):
            twice = np.full(len(work), NEVER)  # the area of each vertex's triangle
            twice[1:-1] = np.abs(_cross(xs, ys, work[:-2], work[1:-1], work[2:]))
            inner = np.bincount(arc[work[~fixed[work]]], minlength=arcs)
            twice[blocked[work] | (inner <= least)[arc[work]]] = NEVER
            here = np.nonzero((twice <= self._limit) & _smaller_than_neighbours(twice, chance[work]))[0]
            before, corner, after = work[here - 1], work[here], work[here + 1]
            clear = np.ones(len(here), bool)
            doubtful = np.nonzero(twice[here] != 1)[0]  # a triangle of half a pixel has no room for another corner
            clear[doubtful] = ~self._occupied(xs, ys, before[doubtful], corner[doubtful], after[doubtful], owned)
            blocked[corner[~clear]] = True  # until one of its neighbours goes
            owned.alive[corner[clear]] = False
            moved = np.concatenate([before[clear], after[clear]])
            blocked[moved] = fixed[moved]
            unfinished = np.bincount(arc[corner], minlength=arcs) > 0
            work = work[owned.alive[work] & unfinished[arc[work]]]
        return owned.alive

    def _occupied(
        self,
        xs: NDArray[np.int64],
        ys: NDArray[np.int64],
        before: NDArray[np.int64],
        corner: NDArray[np.int64],
        after: NDArray[np.int64],
        owned: _Owned,
    ) -> NDArray[np.bool_]:
        """Whether there is another vertex in each triangle or on its side; what its own arc gave up does not count."""
        occupied = np.zeros(len(corner), bool)
        triangle = np.stack([before, corner, after])
        top, rows = ys[triangle].min(axis=0), np.ptp(ys[triangle], axis=0) + 1
        groups = np.cumsum(rows) // LOOKUPS
        for chosen in np.split(np.arange(len(corner)), np.nonzero(np.diff(groups))[0] + 1):
            which = np.repeat(chosen, rows[chosen])
            y = _counted(rows[chosen]) + top[which]
            low, high = _span(xs[triangle[:, which]], ys[triangle[:, which]], y)
            known = self._places[: self._known]
            first = np.searchsorted(known, (y * self._across + low).astype(known.dtype), side="left")
            found = np.searchsorted(known, (y * self._across + high).astype(known.dtype), side="right") - first
            which = np.repeat(which, found)
            place = known[np.repeat(first, found) + _counted(found)].astype(np.int64)
            stands = owned.stands_in_the_way(triangle[:, which], place)
            occupied[which[stands]] = True
        return occupied


class _Owned:
    """The vertices of some arcs, findable by arc and place.

    Args:
        arc: Arc of each vertex, `(vertices,)`.
        places: Place of each, `(vertices,)`.
    """

    def __init__(self, arc: NDArray[np.int64], places: NDArray[np.int64]) -> None:
        self.alive = np.ones(len(arc), bool)
        self._arc, self._places = arc, places
        self._span = int(places.max(initial=0)) + 1
        keys = arc * self._span + places
        self._order = np.argsort(keys)
        self._keys = keys[self._order]

    def stands_in_the_way(self, triangle: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a vertex is none of the triangle's, `(3, vertices)`, nor one that the triangle's arc gave up."""
        key = self._arc[triangle[1]] * self._span + place
        found = np.minimum(np.searchsorted(self._keys, key), len(self._keys) - 1)
        given_up = (self._keys[found] == key) & ~self.alive[self._order[found]]
        return np.asarray((self._places[triangle] != place).all(axis=0) & ~given_up)


def _arcs(
    vertices: NDArray[Place], starts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Divide rings at their nodes; a ring without any is one arc from its first vertex back to it.

    Returns:
        Position of the first and of the last vertex of each arc, and its ring. Those of an arc that goes on beyond
        the end of its ring's vertices are counted on from there.
    """
    is_anchor = (vertices & 1).astype(bool)
    without = np.add.reduceat(is_anchor, starts[:-1], dtype=np.int64) == 0
    is_anchor[starts[:-1][without]] = True
    anchors = np.nonzero(is_anchor)[0]
    ring = np.searchsorted(starts, anchors, side="right") - 1
    first_of_ring = np.searchsorted(ring, np.arange(len(starts) - 1))
    ends = np.roll(anchors, -1)
    last = np.append(first_of_ring[1:], len(anchors)) - 1
    ends[last] = anchors[first_of_ring] + np.diff(starts)
    return anchors, ends, ring


def _cross(
    xs: NDArray[np.int64], ys: NDArray[np.int64], a: NDArray[np.int64], b: NDArray[np.int64], c: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Twice the signed areas of triangles."""
    return (xs[b] - xs[a]) * (ys[c] - ys[a]) - (xs[c] - xs[a]) * (ys[b] - ys[a])


def _smaller_than_neighbours(twice: NDArray[np.int64], chance: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Whether each is smaller than the one before and the one after, `chance` deciding between equals."""
    rising = (twice[:-1] < twice[1:]) | ((twice[:-1] == twice[1:]) & (chance[:-1] < chance[1:]))
    return np.asarray(np.append(rising, False) & np.insert(~rising, 0, False))


def _span(
    xs: NDArray[np.int64], ys: NDArray[np.int64], y: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last whole column of triangles, `(3, triangles)`, in a row each, sides and corners included."""
    low, high = np.full(len(y), NEVER), np.full(len(y), -1)
    for a, b in ((0, 1), (1, 2), (2, 0)):
        rise = ys[b] - ys[a]
        crossing = (np.minimum(ys[a], ys[b]) <= y) & (y <= np.maximum(ys[a], ys[b])) & (rise != 0)
        over = (y - ys[a]) * (xs[b] - xs[a])
        rise = np.where(rise == 0, 1, rise)
        low = np.where(crossing, np.minimum(low, xs[a] - (-over // rise)), low)
        high = np.where(crossing, np.maximum(high, xs[a] + over // rise), high)
    flat = np.ptp(ys, axis=0) == 0
    return np.where(flat, xs.min(axis=0), low), np.where(flat, xs.max(axis=0), high)


def _counted(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2 … for each of some groups."""
    return np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
