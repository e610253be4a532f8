"""Thins a mask to lines of one pixel in a given number of steps: a part with its surroundings equals the whole.

After Guo and Hall 1989 (Parallel thinning with two-subiteration algorithms, 10.1145/62065.62074, algorithm A1).
Deviation: the number of steps is given. A pixel then depends on those `reach_px(steps)` around it and no others, which
is what lets parts join without a seam; areas wider than twice the steps keep a core.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def reach_px(steps: int) -> int:
    """How far from a pixel its result can be decided: each step looks twice at the neighbours."""
    return 2 * steps


def thin(mask: NDArray[np.bool_], steps: int) -> NDArray[np.bool_]:
    """Thin a mask `(rows, cols)`; outside it nothing is set.

    The work grows with what is set and, after the first steps, with what still changes, not with the area: a pixel's
    fate can change only if a neighbour went since the rule was last applied to it.
    """
    padded = np.pad(mask, 1).astype(np.uint8, order="C")
    flat = padded.ravel()
    around = np.array(_offsets(padded.shape[1]))
    alive = np.flatnonzero(flat)
    went = alive, alive  # by each rule, when it was last applied; at first as if all were new
    for _ in range(steps):
        for goes in _GOES:
            if len(around) * (len(went[0]) + len(went[1])) < len(alive):
                near = np.unique(np.concatenate(went)[:, np.newaxis] + around)
                near = near[flat.take(near) > 0]
            else:
                near = alive = alive[flat.take(alive) > 0]
            codes = np.zeros(len(near), np.uint8)
            for bit, offset in enumerate(around):
                codes |= flat.take(near + offset) << bit
            gone = near[goes[codes]]
            flat[gone] = 0
            went = went[1], gone
        if not len(went[0]) + len(went[1]):
            break
    return padded[1:-1, 1:-1].astype(bool)


def _offsets(width: int) -> tuple[int, ...]:
    """Where the neighbours lie in a flat array, clockwise from the one above."""
    return (-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1)


def _rules() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each of both subiterations whether a pixel with these neighbours goes, `(256,)`; bit 0 is the one above."""
    north, north_east, east, south_east, south, south_west, west, north_west = (
        (np.arange(256) >> bit & 1).astype(bool) for bit in range(8)
    )
    branches = (
        (~north & (north_east | east)).astype(int)
        + (~east & (south_east | south))
        + (~south & (south_west | west))
        + (~west & (north_west | north))
    )
    one = (north_west | north).astype(int) + (north_east | east) + (south_east | south) + (south_west | west)
    other = (north | north_east).astype(int) + (east | south_east) + (south | south_west) + (west | north_west)
    neighbours = np.minimum(one, other)
    removable = (branches == 1) & (neighbours >= 2) & (neighbours <= 3)
    return (
        removable & ~((north | north_east | ~south_east) & east),
        removable & ~((south | south_west | ~north_west) & west),
    )


_GOES = _rules()
