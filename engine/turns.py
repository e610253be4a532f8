"""Test-time augmentation: shows the network a tile in several turns and averages what it says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .requests.network_run import TURNS

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


def in_turns(
    kind: str,
    values: Sequence[NDArray[np.float32]],
    measure: Callable[[Sequence[NDArray[np.float32]]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """Average what is measured of a tile in all its turns, each turned back.

    Args:
        kind: Which turns: a key of `OF_KIND`.
        values: The inputs, each `(bands, rows, cols)`.
        measure: Gives `(channels, rows, cols)` for inputs in one turn.
    """
    turns = OF_KIND[kind]
    if len(turns) == 1:
        return measure(values)
    total: NDArray[np.float32] | None = None
    for quarters, mirrored in turns:
        turned = [np.ascontiguousarray(_turned(value, quarters, mirrored)) for value in values]
        back = _turned_back(measure(turned), quarters, mirrored)
        total = back.copy() if total is None else np.add(total, back, out=total)
    if total is None:
        raise ValueError("no turns")
    total /= np.float32(len(turns))
    return total


def _turned(values: NDArray[np.float32], quarters: int, mirrored: bool) -> NDArray[np.float32]:
    turned = np.rot90(values, quarters, axes=(1, 2))
    return turned[:, :, ::-1] if mirrored else turned


def _turned_back(values: NDArray[np.float32], quarters: int, mirrored: bool) -> NDArray[np.float32]:
    turned = values[:, :, ::-1] if mirrored else values
    return np.rot90(turned, -quarters, axes=(1, 2))
