"""Smooths the probability of lines along their directions: short gaps fill from both sides, and frayed edges even out.

À trous, as in wavelet transforms: each pass averages a pixel with one to either side of it along its own direction, and
these lie further away from pass to pass, so few passes reach far, and follow bends. A pixel beside counts as far as its
direction is known and the same; beyond the end of a line, or off a bend, it does not, and nothing is lost there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .field import LineField

STEPS_PX = (2, 4, 8, 16)
"""How far away the pixels of each pass lie, set on one group of images: see `docs/decisions/0012-roads.md`."""

REACH_PX = sum(STEPS_PX) + len(STEPS_PX)
"""So far from a pixel lies what its result depends on; each pass reads between pixels."""

BLOCK_PX = 1024
"""So many columns are smoothed at a time."""


def smoothed_field(field: LineField, least: float) -> LineField:
    """A field whose probability is smoothed, as `smoothed` does it, whenever rows are read."""
    return LineField(_Smoother(field, least).read, field.height, field.width, field.rows)


class _Smoother:
    """Smooths the rows of a field that are asked for, but those that it gave last: strips overlap by their halo."""

    def __init__(self, field: LineField, least: float) -> None:
        self._field, self._least = field, least
        self._first, self._rows = 0, np.zeros((3, 0, field.width), np.float32)

    def read(self, first: int, end: int) -> NDArray[np.float32]:
        """Probability and direction of some rows, `(3, rows, cols)`."""
        kept = self._rows[:, first - self._first :][:, : end - first] if first >= self._first else self._rows[:, :0]
        rows = np.empty((3, end - first, self._field.width), np.float32)
        rows[:, : kept.shape[1]] = kept
        if kept.shape[1] < end - first:
            self._fill(rows[:, kept.shape[1] :], first + kept.shape[1])
        self._first, self._rows = first, rows
        return rows

    def _fill(self, rows: NDArray[np.float32], first: int) -> None:
        """Smooth rows from one on, block by block: wide rasters would take much memory."""
        height, width = rows.shape[1:]
        begin = max(0, first - REACH_PX)
        values = self._field.read(begin, min(self._field.height, first + height + REACH_PX))
        rows[1:] = values[1:, first - begin :][:, :height]
        for left in range(0, width, BLOCK_PX):
            beside = max(0, left - REACH_PX)
            block = smoothed(values[:, :, beside : left + BLOCK_PX + REACH_PX], self._least)
            rows[0, :, left : left + BLOCK_PX] = block[first - begin :, left - beside :][:height, :BLOCK_PX]


def smoothed(values: NDArray[np.float32], least: float) -> NDArray[np.float32]:
    """The probability, smoothed along the directions.

    Args:
        values: Probability and direction, `(3, rows, cols)`, see `lines.field`.
        least: Pixels that are less probable stay as they are.

    Returns:
        `(rows, cols)`. Cut from a strip with `REACH_PX` around it, the same bit for bit as of the whole.
    """
    rows, cols = np.nonzero(values[0] >= least)
    cos, sin = values[1:, rows, cols]
    sure = np.minimum(np.hypot(cos, sin), np.float32(1))
    angle = np.float32(0.5) * np.arctan2(sin, cos)
    towards = np.stack([-np.sin(angle), np.cos(angle)])  # down and across
    same = np.stack([cos, sin]) / np.maximum(sure, np.float32(1e-6))
    edge = max(STEPS_PX) + 1
    around = np.ascontiguousarray(np.pad(values, ((0, 0), (edge, edge), (edge, edge))))
    place = (rows + edge) * around.shape[2] + cols + edge
    probability, direction = around[0].reshape(-1), around[1:].reshape(2, -1)
    for step in STEPS_PX:
        before = probability.copy()
        beside = [_beside(before, direction, around.shape[2], place, way * towards, same) for way in (step, -step)]
        probability[place] += sure * np.float32(0.25) * (beside[0] + beside[1])
    return np.asarray(around[0, edge:-edge, edge:-edge], np.float32)


def _beside(
    probability: NDArray[np.float32],
    direction: NDArray[np.float32],
    width: int,
    place: NDArray[np.int64],
    step: NDArray[np.float32],
    same: NDArray[np.float32],
) -> NDArray[np.float32]:
    """How much more probable a line is beside some pixels, as far as it has the same direction there, `(pixels,)`.

    Args:
        probability: Row after row, `(rows * width,)`.
        direction: Likewise, `(2, rows * width)`.
        width: Columns of a row.
        place: Numbers of the pixels.
        step: Down and across, to a place between four pixels (bilinear), `(2, pixels)`.
        same: The direction of the pixels, cos and sin of length 1, `(2, pixels)`.
    """
    whole = np.floor(step)
    lower, right = step - whole  # of the step alone, not of where it leads: so it is the same in every strip
    corner = place + whole[0].astype(np.int64) * width + whole[1].astype(np.int64)

    def between(values: NDArray[np.float32]) -> NDArray[np.float32]:
        above = values[corner] * (1 - right) + values[corner + 1] * right
        below = values[corner + width] * (1 - right) + values[corner + width + 1] * right
        return np.asarray(above * (1 - lower) + below * lower, np.float32)

    agrees = np.clip(between(direction[0]) * same[0] + between(direction[1]) * same[1], 0, 1)
    return np.asarray(agrees * (between(probability) - probability[place]), np.float32)
