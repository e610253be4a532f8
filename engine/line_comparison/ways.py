"""The lengths of the shortest ways through a graph of lines, between any places on its edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from .line_graph import LineGraph
from .runs import Floats, Integers

CLOSE_M = 1e-9
"""Places on an edge that lie closer to its end are the end."""


@dataclass(frozen=True)
class Places:
    """Places on the edges of a graph.

    Args:
        edges: Number of the edge of each, -1 where there is none, `(places,)`.
        along: How far it is from the edge's beginning, in metres, `(places,)`.
    """

    edges: Integers
    along: Floats

    def __len__(self) -> int:
        return len(self.edges)

    @property
    def there(self) -> NDArray[np.bool_]:
        """Which are places at all."""
        return self.edges >= 0

    def part(self, chosen: NDArray[np.intp] | NDArray[np.bool_]) -> Places:
        """Some of them."""
        return Places(self.edges[chosen], self.along[chosen])

    def points(self, graph: LineGraph) -> NDArray[np.object_]:
        """Where they lie; all must be there."""
        return np.asarray(shapely.line_interpolate_point(graph.edges[self.edges], self.along), object).reshape(-1)


@dataclass(frozen=True)
class Ways:
    """A graph cut at places.

    Args:
        matrix: Length from each vertex to its neighbours, the nodes of the graph first.
        vertices: The vertex of each place, -1 where there is none, `(places,)`.
    """

    matrix: csr_array
    vertices: Integers

    def lengths(self, starts: Integers, limit_m: float = np.inf) -> Floats:
        """Length of the shortest way from some vertices to all, infinite where there is none, `(starts, vertices)`."""
        return np.asarray(dijkstra(self.matrix, indices=starts, limit=limit_m), np.float64)

    def without_dead_ends(self) -> Ways:
        """The same without what no shortest way between two of its places leads through."""
        degrees, needed = np.diff(self.matrix.indptr), self._needed
        stays = np.ones(len(degrees), bool)
        while True:
            gone = np.flatnonzero(stays & ~needed & (degrees <= 1))
            if not len(gone):
                break
            stays[gone] = False
            np.subtract.at(degrees, self.matrix[gone].indices, 1)
        return Ways(self.matrix[stays][:, stays], self._renumbered(stays))

    def without_passages(self) -> Ways:
        """The same with one link in place of those in a row, where no way branches off and none of its places lies."""
        if not self.matrix.nnz:
            return self
        passed = (np.diff(self.matrix.indptr) == 2) & ~self._needed
        links = self.matrix.tocoo()
        inner, leaves = (passed[links.row] & each for each in (passed[links.col], ~passed[links.col]))
        within = coo_array((links.data[inner], (links.row[inner], links.col[inner])), shape=links.shape)
        count, chains = connected_components(within, directed=False)
        shares = links.data * np.where(leaves, 1.0, np.where(inner, 0.5, 0.0))  # inner ones are seen from both sides
        lengths = np.bincount(chains[links.row], shares, count).astype(np.float64)
        order = np.argsort(chains[links.row[leaves]], kind="stable")
        of_chain = chains[links.row[leaves]][order][::2]  # a chain leaves at both its ends, a ring alone nowhere
        ends = links.col[leaves][order].reshape(-1, 2)
        stays = ~passed[links.row] & ~passed[links.col]
        real = ends[:, 0] != ends[:, 1]
        numbers = np.cumsum(~passed) - 1
        one = np.concatenate([links.row[stays], ends[real, 0]])
        other = np.concatenate([links.col[stays], ends[real, 1]])
        along = np.concatenate([links.data[stays], lengths[of_chain[real]]])
        return Ways(_symmetric(numbers[one], numbers[other], along, int((~passed).sum())), self._renumbered(~passed))

    @property
    def _needed(self) -> NDArray[np.bool_]:
        """Which vertices are places, `(vertices,)`."""
        needed = np.zeros(self.matrix.shape[0], bool)
        needed[self.vertices[self.vertices >= 0]] = True
        return needed

    def _renumbered(self, stays: NDArray[np.bool_]) -> Integers:
        """The vertices of the places when only some of all are left."""
        return np.append(np.cumsum(stays) - 1, -1)[self.vertices]  # -1, none, is the last


def ways(graph: LineGraph, places: Places) -> Ways:
    """Cut a graph at places, so that ways can begin and end there."""
    lengths, count = graph.lengths, len(graph.nodes)
    there = np.flatnonzero(places.there)
    edges, along = places.edges[there], places.along[there]
    vertices = np.full(len(places), -1, np.int64)
    at_start, at_end = along <= CLOSE_M, along >= lengths[edges] - CLOSE_M
    vertices[there[at_start]] = graph.ends[edges[at_start], 0]
    vertices[there[at_end & ~at_start]] = graph.ends[edges[at_end & ~at_start], 1]
    inside = ~(at_start | at_end)
    pairs = np.column_stack([edges[inside].astype(np.float64), along[inside]])
    cuts, numbers = np.unique(pairs, axis=0, return_inverse=True)
    vertices[there[inside]] = count + numbers.ravel()

    all_edges = np.arange(len(lengths))
    on = np.concatenate([all_edges, cuts[:, 0].astype(np.int64), all_edges])
    at = np.concatenate([np.zeros(len(lengths)), cuts[:, 1], lengths])
    vertex = np.concatenate([graph.ends[:, 0], count + np.arange(len(cuts)), graph.ends[:, 1]])
    order = np.lexsort((at, on))
    on, at, vertex = on[order], at[order], vertex[order]
    follows = np.flatnonzero((on[1:] == on[:-1]) & (vertex[1:] != vertex[:-1]))
    return Ways(_symmetric(vertex[follows], vertex[follows + 1], np.diff(at)[follows], count + len(cuts)), vertices)


def nearest_places(graph: LineGraph, points: NDArray[np.object_], reach_m: float) -> Places:
    """The place on a graph next to each point; none where all lie farther than `reach_m`."""
    places = Places(np.full(len(points), -1, np.int64), np.zeros(len(points)))
    found, edges = shapely.STRtree(graph.edges).query_nearest(points, max_distance=reach_m)
    for_point, first = np.unique(found, return_index=True)
    edges = np.minimum.reduceat(edges, first) if len(first) else edges  # of several the first: the same in every run
    places.edges[for_point] = edges
    places.along[for_point] = shapely.line_locate_point(graph.edges[edges], points[for_point])
    return places


def _symmetric(one: Integers, other: Integers, lengths: Floats, count: int) -> csr_array:
    """A matrix of lengths both ways; of several edges between the same two the shortest counts."""
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    both = np.concatenate([lengths, lengths])
    order = np.lexsort((both, columns, rows))
    rows, columns, both = rows[order], columns[order], both[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    return csr_array((both[first], (rows[first], columns[first])), shape=(count, count))
