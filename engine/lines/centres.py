"""Finds the middle pixels of lines in what a network says of them, and how wide the lines are there, strip by strip.

A strip is thinned with so much around it that its own pixels come out as they would of the whole.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from .field import LineField
from .skeleton import CentrePixels
from .thinning import reach_px, thin

THINNING_STEPS = 48
"""For lines up to twice as many pixels wide; what is wider has no middle that could be told strip by strip."""

WIDEST_PX = THINNING_STEPS
"""How far to either side a line is followed for its width."""

BLOCK_REACH_PX = 2
"""So far from a pixel lies what tells whether it is in a square that is set."""

PROFILES = 4
"""So many profiles are looked at beside that across the direction."""


def centre_pixels(field: LineField, threshold: float) -> CentrePixels:
    """The middle pixels of all that is at least as probable as the threshold, but for the core of what is too wide."""
    found = [CentrePixels.of_mask(np.zeros((0, 0), bool))]
    has_cores = False
    for first, own, values in field.strips(reach_px(THINNING_STEPS + 1) + BLOCK_REACH_PX):
        middle = thin(values[0] >= threshold, THINNING_STEPS)
        core = _blocks(middle)
        has_cores |= bool(core[own].any())
        middle = thin(middle & ~core, 1)  # an even width leaves two rows
        rows, cols = np.nonzero(middle[own])
        if not len(rows):
            continue
        rows += own.start
        whole = (rows + first).astype(np.int32), cols.astype(np.int32)
        found.append(CentrePixels(*whole, values[0, rows, cols], widths_px(values, rows, cols)))
    all_rows, all_cols, probability, width_px = (
        np.concatenate([getattr(each, name) for each in found]) for name in ("rows", "cols", "probability", "width_px")
    )
    return CentrePixels(all_rows, all_cols, probability, width_px, has_cores)


def _blocks(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What of a mask `(rows, cols)` lies in squares of 3 x 3 that are set; a skeleton has none."""
    columns = mask[:-2] & mask[1:-1] & mask[2:]
    middles = np.zeros_like(mask)
    middles[1:-1, 1:-1] = columns[:, :-2] & columns[:, 1:-1] & columns[:, 2:]
    return np.asarray(binary_dilation(middles, np.ones((3, 3), bool))) if middles.any() else middles


def widths_px(values: NDArray[np.float32], rows: NDArray[np.int64], cols: NDArray[np.int64]) -> NDArray[np.float32]:
    """How wide lines are at some pixels: the narrowest of their profiles, at half the probability of the middle.

    That across the direction is the narrowest of a line; where two cross, it may run down the other one.

    Args:
        values: Probability and direction, `(3, rows, cols)`.
        rows: Of the pixels, `(pixels,)`.
        cols: Of the pixels, `(pixels,)`.

    Returns:
        Widths, `(pixels,)`; at most twice `WIDEST_PX` and one more.
    """
    cos, sin = values[1, rows, cols], values[2, rows, cols]
    across = (0.5 * np.arctan2(sin, cos) + np.pi / 2).astype(np.float32)
    widths = _profile_px(values[0], rows, cols, across)
    for turn in np.arange(PROFILES) * np.pi / PROFILES:
        widths = np.minimum(widths, _profile_px(values[0], rows, cols, np.full(len(rows), turn, np.float32)))
    return widths


def _profile_px(
    probability: NDArray[np.float32], rows: NDArray[np.int64], cols: NDArray[np.int64], angles: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Width at half the height of profiles through pixels, in directions in radians, `(pixels,)`."""
    half = probability[rows, cols] / 2
    width = np.zeros(len(rows), np.float32)
    for side in (1, -1):
        right, down = side * np.cos(angles), -side * np.sin(angles)
        going = np.arange(len(rows))
        before = probability[rows, cols]
        for step in range(1, WIDEST_PX + 1):
            here = _between(probability, rows[going] + step * down[going], cols[going] + step * right[going])
            ends = here < half[going]
            last = going[ends]
            drop = np.maximum(before[ends] - here[ends], 1e-6)
            width[last] += step - 1 + (before[ends] - half[last]) / drop
            going, before = going[~ends], here[~ends]
            if not len(going):
                break
        width[going] += WIDEST_PX
    return width


def _between(
    values: NDArray[np.float32], rows: NDArray[np.floating[Any]], cols: NDArray[np.floating[Any]]
) -> NDArray[np.float32]:
    """Values between pixels, bilinear; 0 outside."""
    height, width = values.shape
    inside = (rows >= 0) & (cols >= 0) & (rows <= height - 1) & (cols <= width - 1)
    rows, cols = np.where(inside, rows, 0), np.where(inside, cols, 0)
    top, left = rows.astype(np.int64), cols.astype(np.int64)
    bottom, right = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)
    down, along = rows - top, cols - left
    upper = values[top, left] * (1 - along) + values[top, right] * along
    lower = values[bottom, left] * (1 - along) + values[bottom, right] * along
    return np.where(inside, upper * (1 - down) + lower * down, 0).astype(np.float32)
