"""Counts through runs of different lengths at once: vertices of lines, places on edges."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

HAIR = 1e-6
"""Lengths that exceed a whole number of steps by less than this share of one do so by computing."""

APART_M = 1.0
"""Where all lines are laid in a row, so much is left free between them."""


def members(sizes: Integers) -> tuple[Integers, Integers]:
    """The run that each member belongs to, and its place in that run: sizes 2 and 3 give 0 0 1 1 1 and 0 1 0 1 2."""
    runs = np.repeat(np.arange(len(sizes)), sizes)
    return runs, np.arange(len(runs)) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def bounds(owners: Integers) -> tuple[Integers, Integers]:
    """The first and the last member of each run, where members of one run have one owner."""
    first = np.flatnonzero(np.diff(owners, prepend=-1))
    return first, np.append(first[1:], len(owners)) - 1


def along(points: Floats, owners: Integers) -> Floats:
    """How far each vertex is from the beginning of its line.

    Args:
        points: The vertices of all lines one after the other, `(vertices, 2)`.
        owners: Number of the line of each.
    """
    first, last = bounds(owners)
    steps = np.zeros(len(points))
    steps[1:] = np.hypot(*np.diff(points, axis=0).T)
    steps[first] = 0
    total = np.cumsum(steps)
    return total - np.repeat(total[first], last - first + 1)


def in_a_row(points: Floats, owners: Integers) -> Floats:
    """Where each vertex lies when all lines are laid in a row, `APART_M` from each other, in metres.

    Args:
        points: The vertices of all lines one after the other, `(vertices, 2)`.
        owners: Number of the line of each, from 0 without a gap.
    """
    row = along(points, owners)
    ends = row[bounds(owners)[1]] + APART_M
    return row + (np.cumsum(ends) - ends)[owners]


def stretches(points: Floats, first: Integers, last: Integers) -> NDArray[np.object_]:
    """The lines from some vertices to others, `(stretches,)`."""
    numbers, places = members(last - first + 1)
    return np.asarray(shapely.linestrings(points[first[numbers] + places], indices=numbers), object).reshape(-1)
