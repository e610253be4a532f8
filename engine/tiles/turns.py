"""Test-time augmentation: shows the network a tile in several turns and averages what it says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ..requests.network_run import TURNS

Values = NDArray[np.float32]
Measure = Callable[[Sequence[Values]], Values]

Turn = tuple[int, bool]
"""Quarter turns to the left, and whether the tile is then mirrored left to right."""

Directions = tuple[int, int]
"""Channels that hold cos 2θ and sin 2θ of a direction θ, which turns with the tile."""

OF_KIND: dict[str, tuple[Turn, ...]] = {
    "none": ((0, False),),
    "flips": ((0, False), (0, True), (2, False), (2, True)),
    "rotations": tuple((quarters, mirrored) for quarters in range(4) for mirrored in (False, True)),
}
"""`flips`: the four mirror images; `rotations`: all eight positions of a square."""

if tuple(OF_KIND) != TURNS:
    raise ImportError("the turns that can be asked for are not those that can be made")


def in_turns(kind: str, values: Sequence[Values], measure: Measure, directions: Directions | None = None) -> Values:
    """Average what is measured of a tile in all its turns, each turned back.

    Args:
        kind: Which turns: a key of `OF_KIND`.
        values: The inputs, each `(bands, rows, cols)`.
        measure: Gives `(channels, rows, cols)` for inputs in one turn.
        directions: Which of its channels are turned back as directions; `None`: none are.
    """
    count = len(OF_KIND[kind])
    if count == 1:
        return measure(values)
    total: Values | None = None
    for back in each_turn(kind, values, measure, directions):
        total = back.copy() if total is None else np.add(total, back, out=total)
    if total is None:
        raise ValueError("no turns")
    total /= np.float32(count)
    return total


def each_turn(
    kind: str, values: Sequence[Values], measure: Measure, directions: Directions | None = None
) -> Iterator[Values]:
    """What is measured of a tile in each of its turns, turned back; the arguments are those of `in_turns`."""
    for quarters, mirrored in OF_KIND[kind]:
        turned = [np.ascontiguousarray(_turned(value, quarters, mirrored)) for value in values]
        back = _turned_back(measure(turned), quarters, mirrored)
        yield back if directions is None else _with_directions_back(back, quarters, mirrored, directions)


def _turned(values: Values, quarters: int, mirrored: bool) -> Values:
    turned = np.rot90(values, quarters, axes=(1, 2))
    return turned[:, :, ::-1] if mirrored else turned


def _turned_back(values: Values, quarters: int, mirrored: bool) -> Values:
    turned = values[:, :, ::-1] if mirrored else values
    return np.rot90(turned, -quarters, axes=(1, 2))


def _with_directions_back(values: Values, quarters: int, mirrored: bool, directions: Directions) -> Values:
    """The same with directions as they lie in the tile: a quarter turn negates cos 2θ and sin 2θ, a mirror sin 2θ."""
    back, (cosine, sine) = values.copy(), directions
    if quarters % 2:
        back[[cosine, sine]] *= -1
    if mirrored:
        back[sine] *= -1
    return back
