"""Closes gaps: leads a line that ends on to another end or to a line beside, where the network's own doubt allows it.

A bridge is a straight line from a dead end. What speaks for it is the field along it, smoothed along its directions:
each pixel is supported by its probability, as a share of the threshold, as far as the field's direction there agrees
with the bridge's. The pixels that nothing supports, and the turns that the line would have to take, are its cost. The
cheapest bridges are built first, and each dead end gets one at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from .along import smoothed_field
from .cleaning import joined
from .field import LineField
from .line_decoding import FAINT
from .meetings import meet_beside
from .network import LineNetwork, Way

BACK_PX = 12
"""The direction of a dead end is that of its last so many pixels."""

MOST_TURN_DEG = 60
"""A line never turns by more at the end of a bridge."""

EACH = 4
"""Bridges to ends, and bridges to lines beside, that are weighed for each dead end."""

TURN_COST = 0.5
"""A turn by MOST_TURN_DEG costs this share of the bridge's length."""

BUDGET = 0.5
"""A bridge may cost this share of the longest gap."""

DETOUR = 3
"""Ends that are joined already by a way of up to so many longest gaps are not joined again."""

TOGETHER = 1000
"""Bridges are sought from so many dead ends, and lines in their way among so many ways, at a time."""

PAIRS = 500_000
"""So many pairs of dead ends and points, and pixels of bridges, are held at a time; one dead end's may be more."""

Ask = Callable[[], None]
"""Is called now and again; raises `CancelledError` where the user asked to stop."""


@dataclass(frozen=True)
class Bridges:
    """Bridges that might be built.

    Args:
        ends: Number of the dead end where each begins, `(bridges,)`.
        goals: Number of the point of a way where it leads, `(bridges,)`.
        starts: Where it begins, `(bridges, 2)`.
        stops: Where it leads, `(bridges, 2)`.
        turns: Sum of the turns at both ends, 1 for `MOST_TURN_DEG`, `(bridges,)`.
    """

    ends: NDArray[np.int64]
    goals: NDArray[np.int64]
    starts: NDArray[np.float64]
    stops: NDArray[np.float64]
    turns: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def lengths(self) -> NDArray[np.float64]:
        """In pixels, `(bridges,)`."""
        across, down = (self.stops - self.starts).T
        return np.asarray(np.hypot(across, down), np.float64)

    def take(self, which: NDArray[np.generic]) -> Bridges:
        """Some of them."""
        return Bridges(*(getattr(self, each.name)[which] for each in fields(self)))


@dataclass(frozen=True)
class Points:
    """All points of all ways in a row, and the dead ends among them.

    Args:
        xy: `(points, 2)`.
        way: Number of the way of each, `(points,)`.
        along_px: How far it lies along its way, `(points,)`.
        firsts: Number of the first point of each way, and the number of points, `(ways + 1,)`.
        beside_dead: Whether a dead end of the same way is near and stands for it, `(points,)`.
        dead: Numbers of those that are dead ends, `(ends,)`.
        ahead: Where each dead end would go on, unit vectors `(ends, 2)`.
    """

    xy: NDArray[np.float64]
    way: NDArray[np.int32]
    along_px: NDArray[np.float64]
    firsts: NDArray[np.int64]
    beside_dead: NDArray[np.bool_]
    dead: NDArray[np.int64]
    ahead: NDArray[np.float64]

    @classmethod
    def of(cls, network: LineNetwork) -> Points:
        """Those of a network with one way at least."""
        lengths = [len(way.points) for way in network.ways]
        firsts = np.append(0, np.cumsum(lengths))
        along = [np.append(0, np.hypot(*np.diff(way.points, axis=0).T).cumsum()) for way in network.ways]
        beside_dead = np.zeros(firsts[-1], bool)
        dead, ahead = [], []
        for way, first, after in zip(network.ways, firsts, firsts[1:]):
            for place, number, points in ((way.start, first, way.points[::-1]), (way.end, after - 1, way.points)):
                if network.degrees[place] == 1:
                    near = min(BACK_PX, len(points))
                    beside_dead[slice(number, number + near) if number == first else slice(after - near, after)] = True
                    step = points[-1] - points[-near]
                    dead.append(number)
                    ahead.append(step / max(float(np.hypot(*step)), 1e-9))
        return cls(
            np.concatenate([way.points for way in network.ways]),
            np.repeat(np.arange(len(lengths), dtype=np.int32), lengths),
            np.concatenate(along),
            firsts,
            beside_dead,
            np.array(dead, np.int64),
            np.array(ahead).reshape(-1, 2),
        )


def with_gaps_bridged(
    network: LineNetwork,
    field: LineField,
    threshold: float,
    longest_px: float,
    directed: bool,
    ask: Ask = lambda: None,
) -> LineNetwork:
    """Build the bridges that are worth their cost.

    Args:
        network: The network.
        field: What it was made from.
        threshold: The probability from which on something is a line.
        longest_px: Longest gap.
        directed: Whether the field knows directions; else its probability alone supports a bridge.
        ask: Is called between batches of the work.

    Returns:
        The network with bridges as parts of its ways.
    """
    if longest_px < 1 or not network.ways:
        return network
    points = Points.of(network)
    bridges = _unobstructed(_candidates(points, longest_px, ask), points, ask)
    unsupported_px = np.zeros(len(bridges))
    support = smoothed_field(field, FAINT) if directed else field
    downwards = np.argsort(bridges.starts[:, 1], kind="stable")  # so that each batch looks at few blocks
    for some in _batches(downwards, bridges.lengths[downwards]):
        unsupported_px[some] = _unsupported_px(bridges.take(some), support, threshold, directed)
    costs = bridges.lengths * TURN_COST * bridges.turns + unsupported_px
    worth = np.flatnonzero(costs <= BUDGET * longest_px)
    cheapest_first = worth[np.argsort(costs[worth], kind="stable")]
    return _built(network, points, _compatible(bridges.take(cheapest_first), points), field)


def _batches(which: NDArray[np.int64], sizes: NDArray[np.generic]) -> Iterator[NDArray[np.int64]]:
    """Numbers in a row, as many together as their sizes fit into `PAIRS`, and one at least."""
    cuts = np.flatnonzero(np.diff(np.cumsum(sizes) // PAIRS)) + 1
    yield from np.split(which, cuts)


def _candidates(points: Points, longest_px: float, ask: Ask) -> Bridges:
    """From each dead end the nearest ends and lines that it could be led to without turning back."""
    tree = cKDTree(points.xy)
    number = np.full(len(points.xy), -1, np.int32)
    number[points.dead] = np.arange(len(points.dead))
    every = np.arange(len(points.dead))
    found = []
    for first in range(0, max(len(every), 1), TOGETHER):
        some = every[first : first + TOGETHER]
        near = tree.query_ball_point(points.xy[points.dead[some]], longest_px, return_length=True)
        for batch in _batches(some, near):
            ask()
            found.append(_candidates_of(batch, tree, number, points, longest_px))
    return Bridges(*(np.concatenate([getattr(part, each.name) for part in found]) for each in fields(Bridges)))


def _candidates_of(
    dead: NDArray[np.int64], tree: cKDTree, number: NDArray[np.int32], points: Points, longest_px: float
) -> Bridges:
    """The same from some dead ends.

    Args:
        dead: Their numbers.
        tree: Finds points.
        number: Of the dead end that each point is, -1: none, `(points,)`.
        points: All points.
        longest_px: Longest gap.
    """
    near = tree.query_ball_point(points.xy[points.dead[dead]], longest_px, return_sorted=True)
    ends = np.repeat(dead, [len(each) for each in near])
    goals = np.concatenate([np.zeros(0, np.int64), *(np.array(each, np.int64) for each in near)])
    own = points.dead[ends]
    detour_px = np.abs(points.along_px[goals] - points.along_px[own])
    apart = (points.way[goals] != points.way[own]) | (detour_px > DETOUR * longest_px)
    ends, goals = ends[apart], goals[apart]

    starts, stops = points.xy[points.dead[ends]], points.xy[goals]
    turns = _turn_deg(stops - starts, points.ahead[ends])
    to_end = number[goals] >= 0
    there = np.where(to_end, _turn_deg(starts - stops, points.ahead[number[goals]]), 0)
    found = Bridges(ends, goals, starts, stops, (turns + there) / MOST_TURN_DEG)
    fits = (found.lengths > 0) & (turns <= MOST_TURN_DEG) & (there <= MOST_TURN_DEG)
    fits &= to_end | ~points.beside_dead[goals]
    found, to_end = found.take(fits), to_end[fits]

    order = np.lexsort((found.lengths * (1 + TURN_COST * found.turns), to_end, found.ends))
    group = 2 * found.ends[order] + to_end[order]
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    rank = np.arange(len(group)) - np.repeat(begins, np.diff(np.append(begins, len(group))))
    return found.take(order[rank < EACH])


def _turn_deg(step: NDArray[np.float64], ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    """Angle between vectors and unit vectors, both `(n, 2)`."""
    length = np.maximum(np.hypot(*step.T), 1e-9)
    cosine: NDArray[np.float64] = (step * ahead).sum(axis=1) / length
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def _unobstructed(bridges: Bridges, points: Points, ask: Ask) -> Bridges:
    """Those that meet a line where they begin and where they lead, and nowhere on their way."""
    if not len(bridges):
        return bridges
    straight = shapely.linestrings(np.stack([bridges.starts, bridges.stops], axis=1))
    tree, free = shapely.STRtree(straight), np.ones(len(bridges), bool)
    for first, after in zip(points.firsts[:-1:TOGETHER], np.append(points.firsts[TOGETHER::TOGETHER], len(points.xy))):
        ask()
        own = slice(first, after)
        lines = shapely.linestrings(points.xy[own], indices=points.way[own] - points.way[first])
        line, bridge = tree.query(lines, predicate="intersects")
        free[bridge[meet_beside(straight[bridge], lines[line], (straight[bridge],))]] = False
    return bridges.take(free)


def _unsupported_px(bridges: Bridges, field: LineField, threshold: float, directed: bool) -> NDArray[np.float64]:
    """How many pixels of each bridge nothing speaks for, `(bridges,)`."""
    counts = np.maximum(np.ceil(bridges.lengths).astype(np.int64), 1)
    which = np.repeat(np.arange(len(bridges)), counts)
    share = (np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + 0.5) / counts[which]
    step = bridges.stops - bridges.starts
    probability, cos, sin = field.at(bridges.starts[which] + share[:, np.newaxis] * step[which])
    support = np.minimum(probability / threshold, 1)
    if directed:
        doubled = 2 * np.arctan2(-step[:, 1], step[:, 0])[which]
        support = support * np.clip(cos * np.cos(doubled) + sin * np.sin(doubled), 0, 1)
    lacking = np.bincount(which, weights=1 - support, minlength=len(bridges))
    return lacking * bridges.lengths / counts


def _compatible(bridges: Bridges, points: Points) -> Bridges:
    """Those that are left when each dead end has its first one only, and none crosses an earlier one."""
    if not len(bridges):
        return bridges
    used: set[int] = set()
    kept: set[int] = set()
    lines = shapely.linestrings(np.stack([bridges.starts, bridges.stops], axis=1))
    crossed: dict[int, set[int]] = {}
    for one, other in zip(*shapely.STRtree(lines).query(lines, predicate="crosses")):
        crossed.setdefault(int(one), set()).add(int(other))
    dead = set(points.dead.tolist())
    for number, (end, goal) in enumerate(zip(points.dead[bridges.ends].tolist(), bridges.goals.tolist())):
        touched = {end, goal} & dead
        if touched & used or crossed.get(number, set()) & kept:
            continue
        used |= touched
        kept.add(number)
    return bridges.take(np.array(sorted(kept), np.int64))


def _built(network: LineNetwork, points: Points, bridges: Bridges, field: LineField) -> LineNetwork:
    """Put bridges into a network: ways that they lead to are cut there."""
    places = list(network.places)
    place_at: dict[int, int] = {}
    for way, first, after in zip(network.ways, points.firsts.tolist(), points.firsts[1:].tolist()):
        place_at[first], place_at[after - 1] = way.start, way.end
    for goal in np.unique(bridges.goals).tolist():
        if goal not in place_at:
            place_at[goal] = len(places)
            places.append(points.xy[goal])
    stops = sorted(place_at)
    ways = []
    for start, stop in zip(stops, stops[1:]):
        number = int(points.way[start])
        if points.way[stop] == number:
            first = int(points.firsts[number])
            ways.append(network.ways[number].part(start - first, stop - first, place_at[start], place_at[stop]))
    built = [
        _bridge(begin, end, place_at[start], place_at[stop])
        for start, stop, begin, end in zip(
            points.dead[bridges.ends].tolist(), bridges.goals.tolist(), bridges.starts, bridges.stops
        )
    ]
    return joined(LineNetwork(np.array(places).reshape(-1, 2), (*ways, *_sampled(built, field))))


def _bridge(begin: NDArray[np.float64], end: NDArray[np.float64], start: int, stop: int) -> Way:
    """A straight way between two places, with a point for each pixel."""
    line = np.linspace(begin, end, max(2, int(np.ceil(np.hypot(*(end - begin)))) + 1))
    nothing = np.full(len(line), np.nan)
    return Way(start, stop, line, nothing, nothing, np.ones(len(line), bool))


def _sampled(bridges: list[Way], field: LineField) -> list[Way]:
    """Ask the field for the probability on bridges."""
    if not bridges:
        return []
    found = field.at(np.concatenate([way.points for way in bridges]))[0].astype(np.float64)
    pieces = np.split(found, np.cumsum([len(way.points) for way in bridges])[:-1])
    return [replace(way, probability=piece) for way, piece in zip(bridges, pieces)]
