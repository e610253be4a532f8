"""Turns lines into a graph: edges that run from junction to junction, as one would drive or flow along them.

Lines meet in vertices that they share, wherever on them those lie, and where one of them ends on another. Lines that
merely cross do not meet: one of them may be a bridge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from . import runs
from .runs import Floats, Integers

TOUCH_M = 0.1
"""So close to another line an end lies on it: what is left of places that were rounded to six decimals of a degree."""


@dataclass(frozen=True)
class LineGraph:
    """Edges between nodes, in metres.

    Args:
        edges: The edges as LineStrings, `(edges,)`.
        ends: Number of the node where each begins and where it ends, `(edges, 2)`.
        nodes: Where the nodes lie, `(nodes, 2)`.
        repeated: How many edges were left out since they lay twice.
    """

    edges: NDArray[np.object_]
    ends: Integers
    nodes: Floats
    repeated: int = 0

    @property
    def lengths(self) -> Floats:
        """Length of each edge in metres, `(edges,)`."""
        return np.asarray(shapely.length(self.edges), np.float64)

    @property
    def components(self) -> int:
        """How many parts it has between which there is no way."""
        count = len(self.nodes)
        links = coo_array((np.ones(len(self.ends)), (self.ends[:, 0], self.ends[:, 1])), shape=(count, count))
        return int(connected_components(links, directed=False)[0])

    @property
    def bare_crossings(self) -> int:
        """In how many places edges cross, each other or themselves, without meeting."""
        one, other = shapely.STRtree(self.edges).query(self.edges)
        once = one < other
        one, other = self.edges[one[once]], self.edges[other[once]]
        shapely.prepare(one)
        cross = shapely.crosses(one, other)
        one, other = one[cross], other[cross]
        places, pair = shapely.get_coordinates(shapely.intersection(one, other), return_index=True)
        meet = np.ones(len(places), bool)
        for edges in (one, other):
            ends = [shapely.get_coordinates(shapely.get_point(edges, end))[pair] for end in (0, -1)]
            meet &= np.min([np.hypot(*(places - end).T) for end in ends], axis=0) <= TOUCH_M
        tangled = shapely.union_all(self.edges[~shapely.is_simple(self.edges), np.newaxis], axis=1)
        themselves = np.maximum((shapely.get_num_geometries(tangled) - 1) // 2, 1)  # each place makes two pieces more
        return int((~meet).sum() + themselves.sum())


@dataclass(frozen=True)
class _Vertices:
    """The vertices of all lines one after the other.

    Args:
        points: Where they lie, `(vertices, 2)`.
        lines: Number of the line of each.
        along: How far it is from the line's beginning, in metres.
        sites: Number of its place: vertices that meet share it.
    """

    points: Floats
    lines: Integers
    along: Floats
    sites: Integers


def line_graph(lines: NDArray[np.object_]) -> LineGraph:
    """Make the graph of lines.

    Args:
        lines: LineStrings in metres, `(lines,)`; those without length are left out.
    """
    lines = lines[shapely.length(lines) > 0]
    if not len(lines):
        return LineGraph(lines, np.zeros((0, 2), np.int64), np.zeros((0, 2)))
    vertices = _vertices(lines)
    edges, ends = _cut(vertices, _is_node(vertices))
    lengths = shapely.length(edges)
    dust = (ends[:, 0] == ends[:, 1]) & (lengths <= 2 * TOUCH_M)  # where an end lies beside what it was joined to
    edges, ends = edges[~dust], ends[~dust]
    shapes = shapely.to_wkb(shapely.normalize(shapely.simplify(edges, TOUCH_M)))  # whatever vertices lie on the way
    _, kept = np.unique(np.asarray(shapes, object), return_index=True) if len(shapes) else (None, np.zeros(0, int))
    kept = np.sort(kept)
    sites, first, numbers = np.unique(ends[kept], return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")  # nodes are numbered as they come
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    places = shapely.get_coordinates(shapely.get_point(np.repeat(edges[kept], 2), np.tile([0, -1], len(kept))))
    return LineGraph(edges[kept], rank[numbers.reshape(-1, 2)], places[first[order]], len(edges) - len(kept))


def _vertices(lines: NDArray[np.object_]) -> _Vertices:
    """The vertices of all lines, those included in which others end on them."""
    points, owners = shapely.get_coordinates(lines, return_index=True)
    stays = np.ones(len(points), bool)
    stays[1:] = (owners[1:] != owners[:-1]) | (points[1:] != points[:-1]).any(axis=1)
    points, owners = points[stays], owners[stays].astype(np.int64)
    along = runs.along(points, owners)
    sites = np.unique(np.ascontiguousarray(points).view(np.complex128)[:, 0], return_inverse=True)[1].ravel()
    ends, segments, positions = _touches(points, owners)
    rest = along[segments + 1] - along[segments] - positions
    near = np.where(positions < rest, segments, segments + 1)
    on_vertex = np.hypot(*(points[near] - points[ends]).T) <= TOUCH_M

    between = ~on_vertex
    new = int(sites.max()) + 1 + np.arange(between.sum())
    begin, share = segments[between], (positions / (positions + rest))[between, np.newaxis]
    added = points[begin] * (1 - share) + points[begin + 1] * share
    one = np.concatenate([sites[near[on_vertex]], new])
    other = np.concatenate([sites[ends[on_vertex]], sites[ends[between]]])
    sites = _united(np.concatenate([sites, new]), one, other)
    points, owners = np.concatenate([points, added]), np.concatenate([owners, owners[begin]])
    along = np.concatenate([along, along[begin] + positions[between]])
    order = np.lexsort((along, owners))
    return _Vertices(points[order], owners[order], along[order], sites[order])


def _touches(points: Floats, owners: Integers) -> tuple[Integers, Integers, Floats]:
    """Ends of lines that lie on a segment, of another line or of their own.

    Returns:
        Number of the vertex that is the end, number of the vertex where the segment begins, and how far from there on
        it the end lies.
    """
    ends = np.union1d(*runs.bounds(owners))
    segments = np.flatnonzero(owners[1:] == owners[:-1])
    shapes = shapely.linestrings(np.stack([points[segments], points[segments + 1]], axis=1))
    found, on = shapely.STRtree(shapes).query(shapely.points(points[ends]), predicate="dwithin", distance=TOUCH_M)
    ends, on = ends[found], on.astype(np.int64)
    foreign = (segments[on] != ends) & (segments[on] + 1 != ends)
    ends, on = ends[foreign], on[foreign]
    return ends, segments[on], np.asarray(shapely.line_locate_point(shapes[on], shapely.points(points[ends])))


def _united(sites: Integers, one: Integers, other: Integers) -> Integers:
    """The numbers of places after some of them were found to be the same."""
    count = int(sites.max(initial=-1)) + 1
    links = coo_array((np.ones(len(one)), (one, other)), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], np.int64)[sites]


def _is_node(vertices: _Vertices) -> NDArray[np.bool_]:
    """Whether a vertex is a node: a line ends in its place, or ways lead from there to other than two places."""
    sites, lines = vertices.sites, vertices.lines
    count = int(sites.max(initial=-1)) + 1
    follows = np.flatnonzero(lines[1:] == lines[:-1])
    here, there = sites[follows], sites[follows + 1]
    pairs = np.sort(np.concatenate([here * count + there, there * count + here]))
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    node = np.bincount(pairs // max(count, 1), minlength=count) != 2
    node[sites[np.concatenate(runs.bounds(lines))]] = True
    return np.asarray(node[sites], np.bool_)


def _cut(vertices: _Vertices, is_node: NDArray[np.bool_]) -> tuple[NDArray[np.object_], Integers]:
    """The stretches from node to node, and the places where they begin and end."""
    cuts = np.flatnonzero(is_node)
    same = vertices.lines[cuts[1:]] == vertices.lines[cuts[:-1]]
    begins, ends = cuts[:-1][same], cuts[1:][same]
    real = vertices.along[ends] > vertices.along[begins]
    begins, ends = begins[real], ends[real]
    edges = runs.stretches(vertices.points, begins, ends)
    return edges, np.column_stack([vertices.sites[begins], vertices.sites[ends]])
