"""Finds lines that meet elsewhere than where both end: those of a network never do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray


def meeting(lines: NDArray[np.object_], some: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers of lines that meet themselves, or another elsewhere than where both end.

    Args:
        lines: LineStrings, None where there is none, `(lines,)`.
        some: Numbers of lines: what none of these has a part in is not looked for.
    """
    some = some[~shapely.is_missing(lines[some])]
    one, other = shapely.STRtree(lines).query(lines[some], predicate="intersects")
    one = some[one]
    one, other = one[one != other], other[one != other]
    wrong = meet_beside(lines[one], lines[other], (lines[one], lines[other]))
    return np.unique(np.concatenate([some[~shapely.is_simple(lines[some])], one[wrong], other[wrong]]))


def meet_beside(
    one: NDArray[np.object_], other: NDArray[np.object_], ends: Sequence[NDArray[np.object_]]
) -> NDArray[np.bool_]:
    """Whether two lines meet elsewhere than where each of their `ends`, lines as well, ends, `(pairs,)`."""
    shared = shapely.intersection(one, other)
    beside: NDArray[np.bool_] = shapely.get_dimensions(shared) > 0
    points, pair = shapely.get_coordinates(shared, return_index=True)
    for lines in ends:
        first, last = (shapely.get_coordinates(shapely.get_point(lines, end))[pair] for end in (0, -1))
        beside[pair[~((points == first).all(axis=1) | (points == last).all(axis=1))]] = True
    return beside
