"""APLS, the average path length similarity: how far the ways through a network are as long as through the true one.

Van Etten, Lindenbaum and Bacastow 2018, "SpaceNet: A Remote Sensing Dataset and Challenge Series", section 5: control
points on one network are set onto the other; for every ordered pair of them between which there is a way in the first,
the difference is min(1, |L - L'| / L), 1 where the other has no such way; the score is 1 less the mean difference. It
is computed both ways round, and the total is the harmonic mean.

Rules that the paper leaves open are those of the authors' program (`LINE_RULES`), and so are the figures, with one
deviation: the program takes a node that a control point falls on out of its list of control points, by which the
figures depend on the order of the lines; here each control point stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ..progress import Told
from .line_graph import LineGraph
from .runs import HAIR, Floats, Integers, members
from .ways import Places, Ways, nearest_places, ways

MOST_POINTS = 2000
"""Of more control points on a network, so many are drawn: 4 million ways."""

LEAST_POINTS = 300
"""So many are used however large the networks are."""

WORK = 10**8
"""Start points times vertices of both networks, about 1 min of computing; where it would be more, fewer are drawn."""

SEED = 20180701
"""Of the drawing, so that equal networks have equal figures."""

BATCH_BYTES = 64 * 2**20
"""Size of the lengths that are held at a time."""


@dataclass(frozen=True)
class Rules:
    """How control points are set and ways are compared.

    Args:
        spacing_m: Control points lie on nodes and about so far apart between them.
        snap_m: So far from the other network a control point may lie.
        straight: Edges whose length differs by less than this share from the diagonal of their bounding box get no
            control points between their nodes; below 0: all get them.
        shortest_m: Shorter ways do not count.
    """

    spacing_m: float = 50.0
    snap_m: float = 4.0
    straight: float = -1.0
    shortest_m: float = 0.001


LINE_RULES = Rules()
"""Those of the authors' program when it is called for two networks."""


@dataclass(frozen=True)
class OneWay:
    """The ways of one network held against those of another.

    Args:
        score: 0–1; NaN where there is no way to compare.
        routes: How many ways were compared.
        points: How many control points the network has.
        used: How many of them were used.
        unplaced: How many of those lie too far from the other network.
        error: Standard error of the score where points were drawn, from how their ways differ; else 0.
    """

    score: float
    routes: int
    points: int
    used: int
    unplaced: int
    error: float = 0.0


@dataclass(frozen=True)
class Apls:
    """The figure both ways round, and its total: 0–1, NaN where undefined."""

    reference_onto_prediction: OneWay
    prediction_onto_reference: OneWay

    @property
    def total(self) -> float:
        """The harmonic mean; 0 where one of both is."""
        one, other = self.reference_onto_prediction.score, self.prediction_onto_reference.score
        if one <= 0 or other <= 0:
            return 0.0
        return 2 / (1 / one + 1 / other)


def apls(
    reference: LineGraph,
    prediction: LineGraph,
    rules: Rules = LINE_RULES,
    tell: Told = lambda done: None,
) -> Apls:
    """Compare the ways through two networks.

    Args:
        reference: The true network.
        prediction: The one that is judged.
        rules: How.
        tell: Is told the share that is done, 0–1; what it raises ends the work.
    """
    vertices = len(reference.nodes) + len(prediction.nodes)
    most = int(np.clip(WORK // max(2 * vertices, 1), LEAST_POINTS, MOST_POINTS))
    onto = _compare(reference, prediction, rules, most, lambda done: tell(done / 2))
    back = _compare(prediction, reference, rules, most, lambda done: tell((1 + done) / 2))
    return Apls(onto, back)


def control_points(graph: LineGraph, rules: Rules) -> Places:
    """The nodes of a network, and places between them."""
    _, first = np.unique(graph.ends, return_index=True)
    edges, at_end = first // 2, first % 2 == 1
    lengths = graph.lengths
    counts = np.maximum(np.ceil(lengths / rules.spacing_m - HAIR).astype(np.int64) - 1, 1)
    left, bottom, right, top = shapely.bounds(graph.edges).T
    is_straight = np.abs(np.hypot(right - left, top - bottom) - lengths) / lengths < rules.straight
    counts[is_straight | (lengths < 0.75 * rules.spacing_m)] = 0
    on, numbers = members(counts)
    between = lengths[on] * (numbers + 1) / (counts[on] + 1)
    return Places(np.concatenate([edges, on]), np.concatenate([np.where(at_end, lengths[edges], 0.0), between]))


def _compare(source: LineGraph, target: LineGraph, rules: Rules, most: int, tell: Told) -> OneWay:
    """Hold the ways of one network against those of another."""
    every = control_points(source, rules)
    own = every
    if len(every) > most:
        drawn = np.random.default_rng(SEED).choice(len(every), most, replace=False)
        own = every.part(np.sort(drawn))
    placed = nearest_places(target, own.points(source), rules.snap_m)
    here, there = (
        ways(graph, on).without_dead_ends().without_passages() for graph, on in ((source, own), (target, placed))
    )
    differences, routes = np.zeros(len(own)), np.zeros(len(own), np.int64)
    size = max(1, BATCH_BYTES // (8 * (here.matrix.shape[0] + there.matrix.shape[0])))
    for start in range(0, len(own), size):
        tell(start / len(own))
        batch = np.arange(start, min(start + size, len(own)))
        differences[batch], routes[batch] = _differences(here, there, batch, rules.shortest_m)
    unplaced = int((~placed.there).sum())
    if not routes.any():
        return OneWay(np.nan, 0, len(every), len(own), unplaced)
    mean = differences.sum() / routes.sum()
    # Of a mean over pairs of what was drawn: each counts at both ends of its ways (Hoeffding 1948), and none twice.
    left = 1 - len(own) / len(every)
    error = 2 * np.sqrt(left * ((differences - mean * routes) ** 2).sum()) / routes.sum()
    return OneWay(float(1 - mean), int(routes.sum()), len(every), len(own), unplaced, float(error))


def _differences(here: Ways, there: Ways, starts: Integers, shortest_m: float) -> tuple[Floats, Integers]:
    """Sum of the differences of the ways that begin in each of some control points, and how many ways those are."""
    true = here.lengths(here.vertices[starts])[:, here.vertices]
    exists = np.isfinite(true)
    exists[np.arange(len(starts)), starts] = False
    begun = there.vertices[starts] >= 0
    exists[begun] &= true[begun] >= shortest_m
    differences = np.ones_like(true)
    differences[np.ix_(begun, there.vertices >= 0)] = _relative(there, true, starts, begun)
    return np.where(exists, differences, 0).sum(axis=1), exists.sum(axis=1)


def _relative(there: Ways, true: Floats, starts: Integers, begun: NDArray[np.bool_]) -> Floats:
    """The differences of the ways whose both ends have a place in the other network, `(starts, ends)`."""
    ended = there.vertices >= 0
    if not begun.any():
        return np.zeros((0, int(ended.sum())))
    other = there.lengths(there.vertices[starts[begun]])[:, there.vertices[ended]]
    own = true[np.ix_(begun, ended)]
    with np.errstate(divide="ignore", invalid="ignore"):  # a way to itself, and ways that neither network has
        shares = np.minimum(1, np.abs(own - other) / own)
    return np.where(np.isfinite(other), shares, 1.0)
