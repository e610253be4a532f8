"""Follows the outlines of numbered areas along pixel edges, strip by strip.

Outlines run between corners of pixels and have an area on their left. A corner where an outline turns, or where more
than two boundaries meet, is a vertex; an edge leads straight from one vertex to the next. Edges are put together to
chains and those to rings: what is finished within a strip is a ring there and then, what goes on waits for the strips
below, and is put together once, when its area ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from .regions import Regions

EAST, NORTH, WEST, SOUTH = range(4)
"""Directions on the screen; one more is a turn to the left."""

Place = np.integer[Any]
"""Of four bytes where that is enough for the raster, else of eight."""


@dataclass(frozen=True)
class Chains:
    """Pieces of outlines. One that is followed by itself is a ring.

    A vertex is one number: twice its place (row * (columns + 1) + column, counted in corners), and one more where
    three boundaries or four meet. An edge is a number too: four times the place where it begins, and its direction.

    Args:
        areas: Number of the area on the left of each, `(chains,)`.
        first: The edge each begins with, `(chains,)`.
        following: The edge that would continue it, `(chains,)`.
        vertices: Those of all chains, one chain after the other; where the last edge ends is not among them.
        starts: Where each chain begins among them, and their number, `(chains + 1,)`.
    """

    areas: NDArray[np.int32]
    first: NDArray[np.int64]
    following: NDArray[np.int64]
    vertices: NDArray[Place]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.areas)

    def take(self, chosen: NDArray[np.int64]) -> Chains:
        """Some of the chains, in that order."""
        vertices, starts = gathered(self.vertices, self.starts, chosen)
        return Chains(self.areas[chosen], self.first[chosen], self.following[chosen], vertices, starts)

    def joined(self) -> Chains:
        """Put together what continues each other."""
        if not len(self):
            return self
        order = np.argsort(self.first)
        place = order[np.minimum(np.searchsorted(self.first[order], self.following), len(self) - 1)]
        after = np.where(self.first[place] == self.following, place, -1)
        sequence, heads = _followed(after)
        vertices, starts = gathered(self.vertices, self.starts, sequence)
        ends = np.append(heads[1:], len(sequence)) - 1
        return Chains(
            self.areas[sequence[heads]],
            self.first[sequence[heads]],
            self.following[sequence[ends]],
            vertices,
            starts[np.append(heads, len(sequence))],
        )


def chained(pieces: list[Chains]) -> Chains:
    """Several collections of chains as one."""
    lengths = np.concatenate([np.diff(piece.starts) for piece in pieces])
    return Chains(
        np.concatenate([piece.areas for piece in pieces]),
        np.concatenate([piece.first for piece in pieces]),
        np.concatenate([piece.following for piece in pieces]),
        np.concatenate([piece.vertices for piece in pieces]),
        np.concatenate([[0], np.cumsum(lengths)]),
    )


def gathered(
    values: NDArray[Place], starts: NDArray[np.int64], chosen: NDArray[np.int64]
) -> tuple[NDArray[Place], NDArray[np.int64]]:
    """Some of the groups that values lie in, one group after the other: their values, and where each begins."""
    lengths = np.diff(starts)[chosen]
    new_starts = np.concatenate([[0], np.cumsum(lengths)])
    place = np.repeat(starts[chosen] - new_starts[:-1], lengths)
    place += np.arange(len(place))
    return values[place], new_starts


def outlines(regions: Regions) -> Iterator[tuple[NDArray[np.int64], list[Chains]]]:
    """Follow the outlines of all areas.

    Yields:
        For each strip the places of the vertices in it, in order, and the chains of the areas that end in it: joined
        with each other they are rings.
    """
    strips, rows = len(regions.classes), regions.classes.rows
    ending = np.minimum((regions.last_rows + 1) // rows, strips - 1)  # the strip in which an area's last corners lie
    waiting: dict[int, list[Chains]] = {}
    edges = _Edges(regions.classes.width, regions.classes.height)
    for strip, (row, parts, numbers) in enumerate(regions.strips()):
        places, found = edges.of_strip(row, numbers[parts], last=strip == strips - 1)
        pieces = found.joined()
        strip_of_piece = ending[pieces.areas]
        order = np.argsort(strip_of_piece, kind="stable")
        cuts = np.nonzero(np.diff(strip_of_piece[order], prepend=-1))[0]
        for chosen in np.split(order, cuts[1:]) if len(order) else ():
            waiting.setdefault(int(strip_of_piece[chosen[0]]), []).append(pieces.take(chosen))
        yield places, waiting.pop(strip, [])


class _Edges:
    """Finds the edges of one strip after the other; vertical ones that leave a strip are found in the one they end in.

    Args:
        width: Columns of the raster.
        height: Rows of the raster.
    """

    def __init__(self, width: int, height: int) -> None:
        self._across = width + 1
        self._stored_as = np.min_scalar_type(2 * self._across * (height + 1))
        self._above = np.zeros((1, width), np.int32)
        self._open_rows = np.zeros(self._across, np.int64)
        self._open_codes = np.zeros(self._across, np.uint8)
        """Row and code of the lowest vertex so far in each column of corners."""

    def of_strip(self, row: int, numbers: NDArray[np.int32], last: bool) -> tuple[NDArray[np.int64], Chains]:
        """The edges that end between the corners above a strip and those above the next, as chains of one edge each.

        Args:
            row: The strip's first row.
            numbers: The area of each pixel of the strip, `(rows, cols)`, 0 for nodata.
            last: Whether nothing lies below.

        Returns:
            The places of the vertices, in order, and the edges.
        """
        below = np.zeros((int(last), numbers.shape[1]), np.int32)
        pixels = np.pad(np.concatenate([self._above, numbers, below]), ((0, 0), (1, 1)))
        self._above = numbers[-1:].copy()
        codes = _codes(pixels)
        ys, xs = np.nonzero(_IS_VERTEX[codes])
        code = codes[ys, xs]
        code |= (pixels[ys, xs] == pixels[ys + 1, xs + 1]) * np.uint8(_DESCENDING)
        code |= (pixels[ys, xs + 1] == pixels[ys + 1, xs]) * np.uint8(_ASCENDING)
        places = (ys + row) * self._across + xs

        left = np.nonzero(code & (1 << EAST))[0]
        right = left + 1  # the next vertex in the row: an edge to the east ends there
        upper_places, upper_codes, lower = self._vertical(row, ys, xs, code)
        y, x = ys[left], xs[left]
        north, south = pixels[y, x + 1], pixels[y + 1, x + 1]
        y, x = ys[lower], xs[lower]
        west, east = pixels[y, x], pixels[y, x + 1]
        return places, chained(
            [
                self._edges(EAST, north, places[left], code[left], places[right], code[right]),
                self._edges(WEST, south, places[right], code[right], places[left], code[left]),
                self._edges(SOUTH, east, upper_places, upper_codes, places[lower], code[lower]),
                self._edges(NORTH, west, places[lower], code[lower], upper_places, upper_codes),
            ]
        )

    def _vertical(
        self, row: int, ys: NDArray[np.int64], xs: NDArray[np.int64], code: NDArray[np.uint8]
    ) -> tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64]]:
        """The vertical edges that end in a strip: place and code of their upper vertices, index of their lower ones."""
        order = np.argsort(xs, kind="stable")
        x = xs[order]
        top = np.diff(x, prepend=-1) > 0  # the first vertex of its column
        upper_rows = np.where(top, self._open_rows[x], np.roll(ys[order], 1) + row)
        upper_codes = np.where(top, self._open_codes[x], np.roll(code[order], 1))
        ends = (code[order] & (1 << NORTH)) > 0
        bottom = np.diff(x, append=self._across) > 0
        self._open_rows[x[bottom]] = ys[order][bottom] + row
        self._open_codes[x[bottom]] = code[order][bottom]
        return (upper_rows * self._across + x)[ends], upper_codes[ends], order[ends]

    def _edges(
        self,
        direction: int,
        areas: NDArray[np.int32],
        places: NDArray[np.int64],
        codes: NDArray[np.uint8],
        end_places: NDArray[np.int64],
        end_codes: NDArray[np.uint8],
    ) -> Chains:
        """Edges in one direction as chains; those with nodata or nothing on their left are none."""
        known = areas > 0
        places, end_places = places[known], end_places[known]
        return Chains(
            areas[known],
            places * 4 + direction,
            end_places * 4 + _TURNS[end_codes[known], direction],
            (places * 2 + _IS_NODE[codes[known]]).astype(self._stored_as),
            np.arange(len(places) + 1),
        )


_DESCENDING, _ASCENDING = 16, 32
"""Marks in a corner's code: the same area in the north-west and the south-east, in the south-west and north-east."""


def _codes(pixels: NDArray[np.int32]) -> NDArray[np.uint8]:
    """In which directions boundaries leave each inner corner of some pixels, bit by bit, `(rows - 1, cols - 1)`."""
    along_rows = (pixels[:-1] != pixels[1:]).view(np.uint8)
    along_columns = (pixels[:, :-1] != pixels[:, 1:]).view(np.uint8)
    codes: NDArray[np.uint8] = along_rows[:, 1:] << EAST
    codes |= along_rows[:, :-1] << WEST
    codes |= along_columns[:-1] << NORTH
    codes |= along_columns[1:] << SOUTH
    return codes


def _vertex_codes() -> NDArray[np.bool_]:
    """Which codes make a corner a vertex, by code: all but none and straight on."""
    codes = np.ones(16, bool)
    codes[[0, 1 << EAST | 1 << WEST, 1 << NORTH | 1 << SOUTH]] = False
    return codes


def _turns() -> NDArray[np.int64]:
    """In which direction an outline leaves a vertex, by code and the direction in which it came, `(64, 4)`.

    It keeps its area on its left: it turns left where the pixel ahead on the left is another's, and right where there
    is no boundary ahead. Where only a corner separates two pixels of the area, it goes on to the right, along the other
    pixel: so an outline never visits a vertex twice, and a hole that touches another boundary is a ring of its own.
    """
    turns = np.zeros((64, 4), np.int64)
    for code in range(64):
        for came in (EAST, NORTH, WEST, SOUTH):
            left, right = (came + 1) % 4, (came - 1) % 4
            touches = code & (_DESCENDING if came in (EAST, WEST) else _ASCENDING)
            if code >> left & 1:
                turns[code, came] = right if touches else left
            else:
                turns[code, came] = came if code >> came & 1 else right
    return turns


_IS_VERTEX = _vertex_codes()
_TURNS = _turns()
_IS_NODE = np.array([bin(code & 15).count("1") > 2 for code in range(64)])


def _followed(after: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Bring chains in the order in which they follow each other.

    Args:
        after: The chain after each, `(chains,)`, -1 where there is none.

    Returns:
        The chains, one sequence or cycle after the other, `(chains,)`, and where each begins, `(sequences,)`.
    """
    count = len(after)
    linked = after >= 0
    starts = np.concatenate([[0], np.cumsum(linked)])
    graph = csr_array((np.ones(int(starts[-1])), after[linked], starts), shape=(count, count))
    cycles, cycle = connected_components(graph, directed=False)
    before = np.full(count, -1)
    before[after[linked]] = np.nonzero(linked)[0]
    heads = np.zeros(cycles, np.int64)
    heads[cycle[::-1]] = np.arange(count)[::-1]  # any will do in a cycle
    beginning = np.nonzero(before < 0)[0]
    heads[cycle[beginning]] = beginning
    tails = before[heads]
    ending = np.nonzero(~linked)[0]
    tails[cycle[ending]] = ending

    path = after.copy()  # all of them as one path: scipy follows that quickly
    path[tails[:-1]] = heads[1:]
    steps = np.ones(count + 1, np.int64)
    steps[tails[-1] + 1], steps[0] = 0, 0
    graph = csr_array((np.ones(count - 1), np.delete(path, tails[-1]), np.cumsum(steps)), shape=(count, count))
    sequence = breadth_first_order(graph, heads[0], return_predecessors=False).astype(np.int64)
    sizes = np.bincount(cycle, minlength=cycles)
    return sequence, np.cumsum(sizes) - sizes
