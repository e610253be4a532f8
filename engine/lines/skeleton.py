"""Turns the pixels of a skeleton into a network: places where lines end or meet, and the ways between them.

All at once for all pixels: ways are followed by doubling steps, so that 10 million pixels take seconds. Numbers of
pixels and links are kept in 32 bits: of what is in memory they are the most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .network import LineNetwork, Way

FORWARD = ((0, 1), (1, -1), (1, 0), (1, 1))
"""Half of the neighbours of a pixel, as rows and columns: the other half sees it as one of these."""


@dataclass(frozen=True)
class CentrePixels:
    """The pixels of a skeleton, row by row and from left to right.

    Args:
        rows: `(pixels,)`.
        cols: `(pixels,)`.
        probability: `(pixels,)`, 0–1.
        width_px: `(pixels,)`.
        has_cores: Whether the middle of something was left out since it is too wide for a line.
    """

    rows: NDArray[np.int32]
    cols: NDArray[np.int32]
    probability: NDArray[np.float32]
    width_px: NDArray[np.float32]
    has_cores: bool = False

    @classmethod
    def of_mask(cls, mask: NDArray[np.bool_]) -> CentrePixels:
        """Those of a skeleton `(rows, cols)` of which no more is known."""
        rows, cols = (place.astype(np.int32) for place in np.nonzero(mask))
        return cls(rows, cols, np.ones(len(rows), np.float32), np.full(len(rows), np.nan, np.float32))

    def __len__(self) -> int:
        return len(self.rows)


def network_of(pixels: CentrePixels) -> LineNetwork:
    """Find places and ways. Pixels alone are no line and are left out.

    A junction is a group of pixels with three neighbours or more that touch each other; its place is their middle. A
    ring without any junction has a place at its first pixel.
    """
    if not len(pixels):
        return LineNetwork(np.zeros((0, 2)), ())
    links = _links(pixels)
    neighbours = np.bincount(links.ravel(), minlength=len(pixels))
    is_place = neighbours != 2
    _open_rings(links, is_place)
    group = _groups(links, neighbours)
    places, place_of = _places(pixels, is_place, group)

    crossing = group[links[:, 0]] != group[links[:, 1]]  # links within a junction lead nowhere
    halves = np.stack([links[crossing], links[crossing][:, ::-1]], axis=1).reshape(-1, 2)  # (2 * links, from and to)
    return LineNetwork(places, _ways(pixels, halves, is_place, places, place_of))


def _links(pixels: CentrePixels) -> NDArray[np.int32]:
    """Pairs of pixels that touch, `(links, 2)`; those at a corner only where no third one joins them by its sides."""
    width = int(pixels.cols.max()) + 3
    keys = pixels.rows.astype(np.int64) * width + pixels.cols + 1

    def find(wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return place, keys[place] == wanted

    links = []
    for down, right in FORWARD:
        place, found = find(keys + down * width + right)
        if down and right:
            found &= ~find(keys + right)[1] & ~find(keys + width)[1]
        links.append(np.stack([np.flatnonzero(found), place[found]], axis=1).astype(np.int32))
    return np.concatenate(links)


def _open_rings(links: NDArray[np.int32], is_place: NDArray[np.bool_]) -> None:
    """Give each ring without a place one, at its first pixel, in place."""
    count, ring = _components(links, len(is_place))
    has_place = np.zeros(count, bool)
    has_place[ring[is_place]] = True
    first = np.full(count, len(is_place))
    np.minimum.at(first, ring, np.arange(len(is_place)))
    is_place[first[~has_place]] = True


def _groups(links: NDArray[np.int32], neighbours: NDArray[np.int64]) -> NDArray[np.int32]:
    """The same number for pixels of one junction, `(pixels,)`."""
    meets = neighbours > 2
    inside = links[meets[links].all(axis=1)]
    return _components(inside, len(neighbours))[1]


def _components(links: NDArray[np.int32], pixels: int) -> tuple[int, NDArray[np.int32]]:
    graph = coo_array((np.ones(len(links), bool), (links[:, 0], links[:, 1])), shape=(pixels, pixels))
    count, numbers = connected_components(graph, directed=False)
    return int(count), numbers.astype(np.int32, copy=False)


def _places(
    pixels: CentrePixels, is_place: NDArray[np.bool_], group: NDArray[np.int32]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """The middles of the places `(places, 2)`, and the number of the place of each pixel, -1 on the way."""
    members = np.flatnonzero(is_place)
    _, number = np.unique(group[members], return_inverse=True)
    count = np.bincount(number)
    middles = [np.bincount(number, weights=axis[members]) / count for axis in (pixels.cols, pixels.rows)]
    place_of = np.full(len(pixels), -1, np.int32)
    place_of[members] = number
    return np.stack(middles, axis=1), place_of


def _ways(
    pixels: CentrePixels,
    halves: NDArray[np.int32],
    is_place: NDArray[np.bool_],
    places: NDArray[np.float64],
    place_of: NDArray[np.int32],
) -> tuple[Way, ...]:
    """Follow the links from place to place.

    Args:
        pixels: The skeleton.
        halves: Each link in both directions, `(halves, 2)`: those of one link lie side by side.
        is_place: Whether ways end at a pixel.
        places: Their middles.
        place_of: Number of the place of each pixel.
    """
    first, step = _followed(halves, is_place)
    order = np.lexsort((step, first))
    cuts = np.flatnonzero(np.diff(first[order])) + 1
    ways = []
    for chain in np.split(order, cuts) if len(order) else ():
        if first[chain[0]] > first[chain[-1] ^ 1]:
            continue  # the same way from its other end
        passed = np.append(halves[chain, 0], halves[chain[-1], 1])
        start, end = int(place_of[passed[0]]), int(place_of[passed[-1]])
        points = np.stack([pixels.cols[passed], pixels.rows[passed]], axis=1).astype(np.float64)
        points[0], points[-1] = places[start], places[end]
        ways.append(
            Way(
                start,
                end,
                points,
                pixels.probability[passed].astype(np.float64),
                pixels.width_px[passed].astype(np.float64),
                np.zeros(len(passed), bool),
            )
        )
    return tuple(ways)


def _followed(halves: NDArray[np.int32], is_place: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """For each directed link the one with which its way begins, and the steps since then, by pointer doubling."""
    count = len(halves)
    numbers = np.arange(count, dtype=np.int32)
    on_way = ~is_place[halves[:, 0]]
    by_source = np.argsort(halves[on_way, 0], kind="stable")
    pairs = numbers[on_way][by_source].reshape(-1, 2)  # both directed links out of each pixel on the way
    before = numbers.copy()
    before[pairs[:, 0]], before[pairs[:, 1]] = pairs[:, 1] ^ 1, pairs[:, 0] ^ 1
    step = on_way.astype(np.int32)
    while True:
        further = before[before]
        if (further == before).all():
            return before, step
        step += step[before]
        before = further
