"""TOPO: how far one gets through a network from many places, held against how far one gets through the true one.

Biagioni and Eriksson 2012, "Inferring Road Maps from Global Positioning System Traces: Survey and Comparative
Evaluation", section on evaluation: from a place on the true network all ways are walked to a given length, and holes
are dug along them; from the same place on the other network marbles are dropped. A marble falls into a hole near it,
and each hole takes one. Marbles left over are spurious, holes left empty are missing. It is sensitive both to lines
that lie elsewhere and to those that are connected otherwise.

Deviations. The paper starts from random places; here they lie evenly on the whole reference, so that equal networks
have equal figures. A place that the other network does not reach within `snap_m` is not left out: its holes stay empty.
Holes and marbles lie evenly on the networks rather than at multiples of the way walked, which makes their number follow
the length that was reached. As many marbles fall as can, each into any hole within reach.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow
from scipy.spatial import KDTree

from ..progress import Told
from . import runs
from .line_graph import LineGraph
from .relaxed import CLOSE_M
from .runs import HAIR, Floats, Integers, members
from .ways import Places, Ways, nearest_places, ways

RADIUS_M = 300.0
"""So long are the ways that are walked from each place."""

APART_M = 100.0
"""So far apart the places lie on the reference where it is short enough."""

MOST_SEEDS = 500
"""On larger networks they lie farther apart."""

COARSEST_M = 5.0
"""Holes and marbles lie at most so far apart; closer where the tolerance is small."""

LEAST_TOLERANCE_M = 1.0
"""A smaller one would need more holes than can be counted."""

BATCH_BYTES = 64 * 2**20
"""Size of the lengths that are held at a time."""


@dataclass(frozen=True)
class Topo:
    """What was counted over all places.

    Args:
        seeds: Places on the reference.
        unplaced: Those of them that lie too far from the prediction.
        holes: Holes dug along the reference.
        marbles: Marbles dropped along the prediction.
        matched: Marbles that fell into a hole.
        interval_m: How far holes and marbles lie apart.
        tolerance_m: How far a marble may roll.
    """

    seeds: int
    unplaced: int
    holes: int
    marbles: int
    matched: int
    interval_m: float
    tolerance_m: float

    @property
    def precision(self) -> float:
        """Share of marbles that fell into a hole, 0–1; NaN where there are none."""
        return self.matched / self.marbles if self.marbles else np.nan

    @property
    def recall(self) -> float:
        """Share of holes that were filled, 0–1."""
        return self.matched / self.holes if self.holes else np.nan

    @property
    def f1(self) -> float:
        """Harmonic mean of both, 0–1; 0 where no place lies on the prediction."""
        return 2 * self.matched / (self.holes + self.marbles) if self.holes + self.marbles else np.nan


def topo(
    reference: LineGraph,
    prediction: LineGraph,
    buffer_m: float,
    snap_m: float,
    tell: Told = lambda done: None,
) -> Topo:
    """Walk through two networks from the same places and compare what is reached.

    Args:
        reference: The true network.
        prediction: The one that is judged.
        buffer_m: How far a marble may roll; at least `LEAST_TOLERANCE_M` is taken.
        snap_m: How far a place may lie from the prediction.
        tell: Is told the share that is done, 0–1; what it raises ends the work.
    """
    tolerance_m = max(buffer_m, LEAST_TOLERANCE_M)
    interval_m = min(tolerance_m / 2, COARSEST_M)
    seeds = _seeds(reference)
    there = nearest_places(prediction, seeds.points(reference), snap_m)
    walks = _Walk(reference, seeds, interval_m), _Walk(prediction, there, interval_m)
    holes = marbles = matched = 0
    size = max(1, BATCH_BYTES // (8 * (walks[0].vertices + walks[1].vertices)))
    for start in range(0, len(seeds), size):
        numbers = np.arange(start, min(start + size, len(seeds)))
        for number, dug, dropped in zip(numbers, *(walk.reached(numbers) for walk in walks)):
            tell(number / len(seeds))
            holes, marbles = holes + len(dug), marbles + len(dropped)
            matched += _matched(dug, dropped, tolerance_m)
    return Topo(len(seeds), int((~there.there).sum()), holes, marbles, matched, interval_m, tolerance_m)


class _Walk:
    """Walks through a network from places on it.

    Args:
        graph: The network.
        seeds: The places.
        interval_m: How far apart lies what is left on the way.
    """

    def __init__(self, graph: LineGraph, seeds: Places, interval_m: float) -> None:
        self._graph, self._seeds, self._interval_m = graph, seeds, interval_m
        self._ways: Ways = ways(graph, seeds)
        self._lengths = graph.lengths
        self._begins = np.cumsum(self._lengths) - self._lengths
        vertices, edges = shapely.get_coordinates(graph.edges, return_index=True)
        self._row, self._axes = runs.in_a_row(vertices, edges), np.ascontiguousarray(vertices.T)
        self._firsts, self._lasts = (self._row[vertices] for vertices in runs.bounds(edges))

    @property
    def vertices(self) -> int:
        """Of the graph that is walked."""
        return int(self._ways.matrix.shape[0])

    def reached(self, numbers: Integers) -> list[Floats]:
        """What is left on the way within `RADIUS_M` from some of the places: points, each `(n, 2)`."""
        found = [np.zeros((0, 2))] * len(numbers)
        there = np.flatnonzero(self._seeds.there[numbers])
        lengths = self._ways.lengths(self._ways.vertices[numbers[there]], RADIUS_M)[:, : len(self._graph.nodes)]
        for place, from_seed in zip(there, lengths):
            found[place] = self._points(numbers[place], from_seed)
        return found

    def _points(self, seed: int, from_seed: Floats) -> Floats:
        """What lies within reach of a place, given the lengths of the ways to all nodes.

        Edges are reached from their one end, from their other, and the one that the place lies on from there too.
        """
        rest = RADIUS_M - from_seed[self._graph.ends]
        forth, back = np.flatnonzero(rest[:, 0] >= 0), np.flatnonzero(rest[:, 1] >= 0)
        home, at = self._seeds.edges[seed], self._seeds.along[seed]
        edges = np.concatenate([forth, back, [home]])
        starts = np.concatenate([np.zeros(len(forth)), self._lengths[back] - rest[back, 1], [at - RADIUS_M]])
        ends = np.concatenate([rest[forth, 0], self._lengths[back], [at + RADIUS_M]])
        ends = np.minimum(ends, self._lengths[edges])
        edges, along = _evenly(edges, np.maximum(starts, 0), ends, self._begins, self._interval_m)
        places = np.minimum(self._firsts[edges] + along, self._lasts[edges])
        return np.column_stack([np.interp(places, self._row, axis) for axis in self._axes])


def _seeds(graph: LineGraph) -> Places:
    """Places that lie evenly on a network."""
    lengths = graph.lengths
    count = int(np.clip(np.ceil(lengths.sum() / APART_M - HAIR), 1, MOST_SEEDS))
    begins, every = np.cumsum(lengths) - lengths, np.arange(len(lengths))
    return Places(*_evenly(every, np.zeros(len(lengths)), lengths, begins, lengths.sum() / count))


def _evenly(
    edges: Integers, starts: Floats, ends: Floats, begins: Floats, interval_m: float
) -> tuple[Integers, Floats]:
    """Places on stretches of edges, each once: with all edges laid in a row, one every so many metres.

    So a network has as many places wherever its edges begin and end.

    Args:
        edges: Number of the edge of each stretch.
        starts: Where on the edge it starts, in metres.
        ends: Where it ends.
        begins: Where each edge of the network begins in the row.
        interval_m: How far places lie apart.

    Returns:
        Edge of each place, and how far from the edge's beginning it lies.
    """
    first = np.ceil((begins[edges] + starts) / interval_m - 0.5).astype(np.int64)
    last = np.ceil((begins[edges] + ends) / interval_m - 0.5).astype(np.int64)
    on, numbers = members(np.maximum(last - first, 0))
    places, once = np.unique(first[on] + numbers, return_index=True)
    edges = edges[on[once]]
    return edges, np.maximum((places + 0.5) * interval_m - begins[edges], 0)


def _matched(holes: Floats, marbles: Floats, tolerance_m: float) -> int:
    """How many marbles find a hole of their own, at most.

    As a flow from a source through holes and marbles to a sink: scipy's own matching took a hundred times as long with
    some networks.
    """
    pairs = KDTree(holes).sparse_distance_matrix(KDTree(marbles), tolerance_m + CLOSE_M, output_type="ndarray")
    source, sink = len(holes) + len(marbles), len(holes) + len(marbles) + 1
    hole, marble = np.arange(len(holes)), len(holes) + np.arange(len(marbles))
    begins = np.concatenate([np.full(len(holes), source), pairs["i"], marble])
    ends = np.concatenate([hole, len(holes) + pairs["j"], np.full(len(marbles), sink)])
    flows = csr_array((np.ones(len(begins), np.int32), (begins, ends)), shape=(sink + 1, sink + 1))
    return int(maximum_flow(flows, source, sink).flow_value)
