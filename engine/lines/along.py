"""Smooths the probability of lines along their directions: short gaps fill from both sides, and frayed edges even out.

À trous, as in wavelet transforms: each pass averages a pixel with one to either side of it along its own direction, and
these lie further away from pass to pass, so few passes reach far, and follow bends. A pixel beside counts as far as its
direction is known and the same; beyond the end of a line, or off a bend, it does not, and nothing is lost there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .field import LineField, Place

STEPS_PX = (2, 4, 8, 16)
"""How far away the pixels of each pass lie, set on one group of images: see `docs/decisions/0012-roads.md`."""

REACH_PX = sum(STEPS_PX) + len(STEPS_PX)
"""So far from a pixel lies what its result depends on; each pass reads between pixels."""

TOGETHER = 2**15
"""So many pixels are smoothed at a time: what is computed of them fits into a processor's cache."""


def smoothed_field(field: LineField, least: float) -> LineField:
    """A field whose probability is smoothed, as `smoothed` does it, wherever it is read."""

    def read(place: Place) -> NDArray[np.float32]:
        said, probability = said_and_smoothed(field, place, least)
        return np.concatenate([probability[np.newaxis], said[1:]])

    return replace(field, read=read)


def said_and_smoothed(field: LineField, place: Place, least: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What a field says at a place, `(3, rows, cols)`, and its probability there, smoothed, `(rows, cols)`."""
    part = field.around(place, REACH_PX)
    values = field.read(part.around)
    return values[:, part.own[0], part.own[1]], smoothed(values, least)[part.own]


def smoothed(values: NDArray[np.float32], least: float) -> NDArray[np.float32]:
    """The probability, smoothed along the directions.

    Args:
        values: Probability and direction, `(3, rows, cols)`, see `lines.field`.
        least: Pixels that are less probable stay as they are; above 0.

    Returns:
        `(rows, cols)`. Cut from a part with `REACH_PX` around it, the same bit for bit as of the whole.
    """
    edge = max(STEPS_PX) + 1
    around = np.ascontiguousarray(np.pad(values, ((0, 0), (edge, edge), (edge, edge))))
    probability, cos, sin = around.reshape(3, -1)
    flat = _Flat(probability, cos, sin, around.shape[2])
    place = np.flatnonzero(flat.probability >= least)
    gained = np.zeros(len(place), np.float32)
    for step in STEPS_PX:
        for first in range(0, len(place), TOGETHER):
            some = _Pixels.of(flat, place[first : first + TOGETHER])  # anew: all of them would take much memory
            gained[first : first + TOGETHER] = some.quarter * (some.gained(flat, step) + some.gained(flat, -step))
        flat.probability[place] += gained
    return around[0, edge:-edge, edge:-edge].copy()  # else all of what was read around would stay


@dataclass(frozen=True)
class _Flat:
    """A field, row after row.

    Args:
        probability: `(rows * width,)`.
        cos: Of the direction, `(rows * width,)`.
        sin: Likewise.
        width: Columns of a row.
    """

    probability: NDArray[np.float32]
    cos: NDArray[np.float32]
    sin: NDArray[np.float32]
    width: int


@dataclass(frozen=True)
class _Pixels:
    """Some pixels that are smoothed, each array `(pixels,)`.

    Args:
        place: Their numbers in the field, row after row.
        quarter: A quarter of how sure their direction is: what each side counts.
        down: How far down their direction leads, for each pixel of the way.
        across: How far across.
        cos: Of their direction, with a length of 1.
        sin: Likewise.
    """

    place: NDArray[np.int64]
    quarter: NDArray[np.float32]
    down: NDArray[np.float32]
    across: NDArray[np.float32]
    cos: NDArray[np.float32]
    sin: NDArray[np.float32]

    @classmethod
    def of(cls, field: _Flat, place: NDArray[np.int64]) -> _Pixels:
        """Those at some places of a field."""
        cos, sin = field.cos[place], field.sin[place]
        sure = np.minimum(np.hypot(cos, sin), np.float32(1))
        angle = np.float32(0.5) * np.arctan2(sin, cos)
        length: NDArray[np.float32] = np.maximum(sure, np.float32(1e-6))
        return cls(place, np.float32(0.25) * sure, -np.sin(angle), np.cos(angle), cos / length, sin / length)

    def gained(self, field: _Flat, step_px: int) -> NDArray[np.float32]:
        """How much more probable a line is some pixels ahead, as far as it has the same direction there."""
        down, across = step_px * self.down, step_px * self.across
        whole_down, whole_across = np.floor(down), np.floor(across)
        lower, right = down - whole_down, across - whole_across  # of the step alone: so it is the same in every part
        above, left = 1 - lower, 1 - right
        corner = self.place + whole_down.astype(np.int64) * field.width + whole_across.astype(np.int64)
        corners = corner, corner + 1, corner + field.width, corner + field.width + 1

        def between(values: NDArray[np.float32]) -> NDArray[np.float32]:
            at = [values.take(each) for each in corners]
            return np.asarray((at[0] * left + at[1] * right) * above + (at[2] * left + at[3] * right) * lower)

        agrees = np.clip(between(field.cos) * self.cos + between(field.sin) * self.sin, 0, 1)
        return np.asarray(agrees * (between(field.probability) - field.probability[self.place]))
