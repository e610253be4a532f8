"""Takes out of a network what thinning leaves in it: spurs, doubled ways, small rings, crossings torn to pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .meetings import meeting
from .network import LineNetwork, Way

LONELY = 3
"""Lines that hang together with nothing else must be so many times as long as dead ends."""

SPREAD = 2.0
"""Junctions that become one lie no farther apart than so many times what a piece between them may be long."""

Lengths = Callable[[Sequence[Way]], NDArray[np.float64]]
"""Tells how long ways are, `(ways,)`, in pixels."""


def along_points(ways: Sequence[Way]) -> NDArray[np.float64]:
    """The lengths of ways as their points have it."""
    return np.array([way.length_px for way in ways], np.float64)


def joined(network: LineNetwork) -> LineNetwork:
    """Make one way of those that meet where nothing else does."""
    at = network.ways_at()
    taken = np.zeros(len(network.ways), bool)
    ways = []
    for number, way in enumerate(network.ways):
        if taken[number]:
            continue
        taken[number] = True
        for _ in range(2):  # on from its end, then from its beginning
            while not way.is_loop and network.degrees[way.end] == 2:
                further = next((other for other in at[way.end] if not taken[other]), None)
                if further is None:
                    break
                taken[further] = True
                other = network.ways[further]
                way = way.then(other if other.start == way.end else other.reversed())
            way = way.reversed()
        ways.append(way)
    return network.with_ways(ways)


def with_ends_cut_back(network: LineNetwork, threshold: float) -> LineNetwork:
    """Let dead ends end where a line is as probable as the threshold: smoothing leads them on into gaps.

    Those that are nowhere so probable go; what then continues is joined.
    """
    places, ways = network.places.copy(), []
    for way in network.ways:
        is_dead = network.degrees[[way.start, way.end]] == 1
        if not is_dead.any():
            ways.append(way)
            continue
        sure = np.flatnonzero(way.probability >= threshold)
        if not len(sure):
            continue
        first, last = sure[0] if is_dead[0] else 0, sure[-1] if is_dead[1] else len(way.points) - 1
        if first < last:
            ways.append(way.part(first, last, way.start, way.end))
            places[[way.start, way.end]] = way.points[[first, last]]
    cut = LineNetwork(places, tuple(ways))
    return joined(cut) if len(ways) < len(network.ways) else cut


def without_spurs(
    network: LineNetwork, shortest_px: float, widths: float = 0.0, lengths_px: Lengths = along_points
) -> LineNetwork:
    """Take away short dead ends that branch off a line, the shortest first; what then continues is joined.

    Args:
        network: The network.
        shortest_px: Dead ends shorter than this go.
        widths: So do those shorter than this many times the width of the line.
        lengths_px: How their lengths are told.
    """
    while True:
        degrees = network.degrees.copy()
        dead = [number for number, way in enumerate(network.ways) if degrees[[way.start, way.end]].min() == 1]
        lengths = lengths_px([network.ways[number] for number in dead])
        gone = set()
        for place in np.argsort(lengths, kind="stable"):
            way = network.ways[dead[place]]
            short = lengths[place] < max(shortest_px, widths * _width_px(way))
            if short and degrees[[way.start, way.end]].max() >= 3:
                gone.add(dead[place])
                degrees[[way.start, way.end]] -= 1
        if not gone:
            return network
        network = joined(network.with_ways([way for number, way in enumerate(network.ways) if number not in gone]))


def without_small_rings(network: LineNetwork, longest_px: float, widths: float = 0.0) -> LineNetwork:
    """Take away ways that enclose hardly anything: short loops, and of two ways side by side the less sure one.

    Args:
        network: The network.
        longest_px: Loops, and two ways between the same places together, that are longer than this stay.
        widths: Unless two ways lie no further apart, in the mean, than so many times the width of the line; or what a
            loop encloses is no wider than the line, if that is less.
    """
    kept: list[Way] = []
    between: dict[tuple[int, int], list[Way]] = {}
    for way in network.ways:
        if way.is_loop:
            around = way.length_px > longest_px and _inside_px(way.points) > min(widths, 1) * _width_px(way)
            kept += [way] if around else []
        else:
            between.setdefault((min(way.start, way.end), max(way.start, way.end)), []).append(way)
    for ways in between.values():
        ways.sort(key=lambda way: (-float(way.probability.mean()), way.length_px))
        first = ways[0]
        kept.append(first)
        for way in ways[1:]:
            around_px = way.length_px + first.length_px
            if around_px > longest_px and _apart_px(first, way) > widths * _width_px(first):
                kept.append(way)
    return joined(network.with_ways(kept)) if len(kept) < len(network.ways) else network


def _apart_px(one: Way, other: Way) -> float:
    """How far two ways between the same places lie apart, in the mean: the area between them over their length."""
    back = other.points if other.start == one.end else other.points[::-1]
    return _inside_px(np.concatenate([one.points, back]))


def _inside_px(points: NDArray[np.float64]) -> float:
    """How wide it is inside a ring of points, in the mean: its area over half its length."""
    (x, y), (to_x, to_y) = points.T, np.roll(points, -1, axis=0).T
    return abs(float(x @ to_y - y @ to_x)) / max(float(np.hypot(to_x - x, to_y - y).sum()), 1e-9)


def with_crossings_closed(
    network: LineNetwork, shortest_px: float, widths: float, ask: Callable[[], None] = lambda: None
) -> LineNetwork:
    """Make one junction of those that only pieces of road no longer than the road is wide keep apart.

    The shortest pieces go first. Junctions that lie too far apart for their `SPREAD` stay, as where side roads follow
    each other closely, and those whose ways would meet elsewhere if they became one.

    Args:
        network: The network.
        shortest_px: Pieces between junctions shorter than this go.
        widths: So do those shorter than this many times their width.
        ask: Is called now and again, so that a job can be stopped there.
    """
    most_px = {
        number: limit
        for number, way in enumerate(network.ways)
        if not way.is_loop
        and min(network.degrees[way.start], network.degrees[way.end]) >= 3
        and way.length_px < (limit := max(shortest_px, widths * _width_px(way)))
    }
    if not most_px:
        return network
    junction = np.arange(len(network.places))
    made: dict[int, list[int]] = {}
    for number in sorted(most_px, key=lambda each: network.ways[each].length_px):
        ends = {int(junction[network.ways[number].start]), int(junction[network.ways[number].end])}
        together = sorted(place for end in ends for place in made.get(end, [end]))
        if len(ends) == 2 and np.hypot(*np.ptp(network.places[together], axis=0)) <= SPREAD * most_px[number]:
            junction[together] = min(ends)
            made.pop(max(ends), None)
            made[min(ends)] = together
    within = {
        number
        for number, way in enumerate(network.ways)
        if junction[way.start] == junction[way.end] and not way.is_loop
        if number in most_px or way.length_px < 2 * shortest_px
    }
    return joined(_merged(network, made, within, ask))


def _merged(network: LineNetwork, made: dict[int, list[int]], within: set[int], ask: Callable[[], None]) -> LineNetwork:
    """Make one place of several, where no way then meets itself or another but at its ends; elsewhere all stays.

    Args:
        network: The network.
        made: The places that become one, by the number of the one that stays.
        within: Numbers of ways between such places that go.
        ask: Is called before each round.
    """
    middle = {kept: network.places[together].mean(axis=0) for kept, together in made.items()}
    reach_px = {
        kept: float(np.hypot(*(network.places[together] - middle[kept]).T).max()) for kept, together in made.items()
    }
    becomes = {place: kept for kept, together in made.items() for place in together}

    def led(number: int) -> Way | None:
        """A way with its ends where they are by now; none: it went."""
        way = network.ways[number]
        if number in within and becomes.get(way.start, -1) == becomes.get(way.end, -2):
            return None
        if becomes.get(way.start, -1) > becomes.get(way.end, -1):
            way = way.reversed()  # so that two straight ways between the same places have the same points
        for _ in range(2):
            kept = becomes.get(way.start)
            way = (way if kept is None else way.led_from(kept, middle[kept], reach_px[kept])).reversed()
        return way if way.length_px > 0 else None

    at = network.ways_at()
    ways: list[Way | None] = list(network.ways)
    lines = np.array([shapely.linestrings(way.points) for way in network.ways], object)
    turned = sorted(becomes)
    while turned:
        ask()
        changed = sorted({number for place in turned for number in at[place]})
        found = _each_once({number: way for number in changed if (way := led(number)) is not None})
        for number in changed:
            ways[number] = found.get(number)
            lines[number] = shapely.linestrings(found[number].points) if number in found else None
        meet = [network.ways[number] for number in meeting(lines, np.array(changed)).tolist()]
        wrong = {becomes[place] for way in meet for place in (way.start, way.end) if place in becomes}
        turned = sorted(place for kept in wrong for place in made[kept])
        for place in turned:
            del becomes[place]
    places = network.places.copy()
    for place, kept in becomes.items():
        places[place] = middle[kept]
    return LineNetwork(places, tuple(way for way in ways if way is not None))


def _each_once(ways: dict[int, Way]) -> dict[int, Way]:
    """Of those with the same points only the surest."""
    surest: dict[bytes, int] = {}
    for number, way in ways.items():
        same = surest.setdefault(way.points.tobytes(), number)
        if way.probability.mean() > ways[same].probability.mean():
            surest[way.points.tobytes()] = number
    return {number: ways[number] for number in surest.values()}


def without_short_lines(network: LineNetwork, shortest_px: float, lengths_px: Lengths = along_points) -> LineNetwork:
    """Take away dead ends that are too short, then what hangs together but is not `LONELY` times as long as a whole."""
    network = without_spurs(network, shortest_px, lengths_px=lengths_px)
    part = parts(network)
    totals = np.bincount(part, weights=lengths_px(network.ways)) if len(part) else np.zeros(0)
    return network.with_ways([way for way, number in zip(network.ways, part) if totals[number] >= LONELY * shortest_px])


def parts(network: LineNetwork) -> NDArray[np.int64]:
    """Number of the connected part of each way, `(ways,)`, from 0 without a gap."""
    ends = np.array([(way.start, way.end) for way in network.ways], np.int64).reshape(-1, 2)
    count = len(network.places)
    graph = coo_array((np.ones(len(ends), bool), (ends[:, 0], ends[:, 1])), shape=(count, count))
    _, part = connected_components(graph, directed=False)
    _, of_ways = np.unique(part[ends[:, 0]], return_inverse=True)  # places without a way have numbers of their own
    return of_ways.astype(np.int64)


def _width_px(way: Way) -> float:
    """The usual width of a way; 0 where none is known."""
    known = way.width_px[np.isfinite(way.width_px)]
    return float(np.median(known)) if len(known) else 0.0
