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

OF_KIND: dict[str, tuple[Turn, ...]] = {
    "none": ((0, False),),
    "flips": ((0, False), (0, True), (2, False), (2, True)),
    "rotations": tuple((quarters, mirrored) for quarters in range(4) for mirrored in (False, True)),
}
"""`flips`: the four mirror images; `rotations`: all eight positions of a square."""

if tuple(OF_KIND) != TURNS:
    raise ImportError("the turns that can be asked for are not those that can be made")


def in_turns(kind: str, values: Sequence[Values], measure: Measure) -> Values:
    """Average what is measured of a tile in all its turns, each turned back.

    Args:
        kind: Which turns: a key of `OF_KIND`.
        values: The inputs, each `(bands, rows, cols)`.
        measure: Gives `(channels, rows, cols)` for inputs in one turn.
    """
    count = len(OF_KIND[kind])
    if count == 1:
        return measure(values)
    total: Values | None = None
    for back in each_turn(kind, values, measure):
        total = back.copy() if total is None else np.add(total, back, out=total)
    if total is None:
        raise ValueError("no turns")
    total /= np.float32(count)
    return total


def each_turn(kind: str, values: Sequence[Values], measure: Measure) -> Iterator[Values]:
    """What is measured of a tile in each of its turns, turned back; the arguments are those of `in_turns`."""
    for quarters, mirrored in OF_KIND[kind]:
        turned = [np.ascontiguousarray(_turned(value, quarters, mirrored)) for value in values]
        yield _turned_back(measure(turned), quarters, mirrored)


def _turned(values: Values, quarters: int, mirrored: bool) -> Values:
    turned = np.rot90(values, quarters, axes=(1, 2))
    return turned[:, :, ::-1] if mirrored else turned


def _turned_back(values: Values, quarters: int, mirrored: bool) -> Values:
    turned = values[:, :, ::-1] if mirrored else values
    return np.rot90(turned, -quarters, axes=(1, 2))
