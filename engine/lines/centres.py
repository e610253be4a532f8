"""Finds the middle pixels of lines in what a network says of them, and how wide the lines are there, part by part.

A part is thinned with so much around it that its own pixels come out as they would of the whole.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from .along import said_and_smoothed
from .field import LineField, Part, Place
from .skeleton import CentrePixels
from .thinning import reach_px, thin

THINNING_STEPS = 48
"""For lines up to twice as many pixels wide; what is wider has no middle that could be told part by part."""

WIDEST_PX = THINNING_STEPS
"""How far to either side a line is followed for its width."""

BLOCK_REACH_PX = 2
"""So far from a pixel lies what tells whether it is in a square that is set."""

PROFILES = 4
"""So many profiles are looked at beside that across the direction."""

MOST_THREADS = 2
"""So many parts are worked on at a time at most: more gain little, and each takes 90 MB, 170 where all is probable."""


def centre_pixels(
    field: LineField, threshold: float, smoothed_from: float | None = None, threads: int = 1
) -> CentrePixels:
    """The middle pixels of all that is at least as probable as the threshold, but for the core of what is too wide.

    Args:
        field: What the network says.
        threshold: Probability from which on a pixel is a line's.
        smoothed_from: From this probability on the field is smoothed along its directions first; `None`: it is not. The
            probability of the pixels stays what the network says.
        threads: So many parts are worked on at a time, up to `MOST_THREADS`.
    """
    halo_px = reach_px(THINNING_STEPS + 1) + BLOCK_REACH_PX
    one_by_one = Lock()

    def read(place: Place) -> NDArray[np.float32]:
        with one_by_one:  # GDAL's datasets are no matter of several threads
            return field.read(place)

    shared = replace(field, read=read)

    def of_part(part: Part) -> CentrePixels:
        return _centre_pixels_of(shared, part, threshold, smoothed_from)

    found = [CentrePixels.of_mask(np.zeros((0, 0), bool))]
    with ThreadPoolExecutor(min(threads, MOST_THREADS), "lines") as pool:
        parts = [pool.submit(of_part, part) for part in field.parts(halo_px)]
        try:
            found += [each.result() for each in as_completed(parts)]
        finally:
            pool.shutdown(cancel_futures=True)  # what one raises is raised here, and no further one is begun
    rows, cols, probability, width_px = (
        np.concatenate([getattr(each, name) for each in found]) for name in ("rows", "cols", "probability", "width_px")
    )
    order = np.lexsort((cols, rows))
    has_cores = any(each.has_cores for each in found)
    return CentrePixels(rows[order], cols[order], probability[order], width_px[order], has_cores)


def _centre_pixels_of(field: LineField, part: Part, threshold: float, smoothed_from: float | None) -> CentrePixels:
    """Those of a part."""
    if smoothed_from is None:
        said = field.read(part.around)
        probability = said[0]
    else:
        said, probability = said_and_smoothed(field, part.around, smoothed_from)
    middle = thin(probability >= threshold, THINNING_STEPS)
    core = _blocks(middle)
    middle = thin(middle & ~core, 1)  # an even width leaves two rows
    rows, cols = np.nonzero(middle[part.own])
    rows, cols = rows + part.own[0].start, cols + part.own[1].start
    return CentrePixels(
        (rows + part.around[0].start).astype(np.int32),
        (cols + part.around[1].start).astype(np.int32),
        said[0, rows, cols],
        widths_px(probability, said[1:], rows, cols),
        bool(core[part.own].any()),
    )


def _blocks(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What of a mask `(rows, cols)` lies in squares of 3 x 3 that are set; a skeleton has none."""
    columns = mask[:-2] & mask[1:-1] & mask[2:]
    middles = np.zeros_like(mask)
    middles[1:-1, 1:-1] = columns[:, :-2] & columns[:, 1:-1] & columns[:, 2:]
    return np.asarray(binary_dilation(middles, np.ones((3, 3), bool))) if middles.any() else middles


def widths_px(
    probability: NDArray[np.float32],
    direction: NDArray[np.float32],
    rows: NDArray[np.int64],
    cols: NDArray[np.int64],
) -> NDArray[np.float32]:
    """How wide lines are at some pixels: the narrowest of their profiles, at half the probability of the middle.

    That across the direction is the narrowest of a line; where two cross, it may run down the other one.

    Args:
        probability: `(rows, cols)`.
        direction: See `lines.field`, `(2, rows, cols)`.
        rows: Of the pixels, `(pixels,)`.
        cols: Of the pixels, `(pixels,)`.

    Returns:
        Widths, `(pixels,)`; at most twice `WIDEST_PX` and one more.
    """
    cos, sin = direction[:, rows, cols]
    across = (0.5 * np.arctan2(sin, cos) + np.pi / 2).astype(np.float32)
    widths = np.full(len(rows), 2 * WIDEST_PX + 1, np.float32)
    for angles in (across, *(np.full(len(rows), turn * np.pi / PROFILES, np.float32) for turn in range(PROFILES))):
        widths = np.minimum(widths, _profile_px(probability, rows, cols, angles, widths))
    return widths


def _profile_px(
    probability: NDArray[np.float32],
    rows: NDArray[np.int64],
    cols: NDArray[np.int64],
    angles: NDArray[np.float32],
    most_px: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Width at half the height of profiles through pixels, in directions in radians, `(pixels,)`.

    Those that turn out to be no narrower than `most_px` are not followed to their end.
    """
    half = probability[rows, cols] / 2
    width = np.zeros(len(rows), np.float32)
    for side in (1, -1):
        right, down = side * np.cos(angles), -side * np.sin(angles)
        going = np.flatnonzero(width < most_px)
        before = probability[rows[going], cols[going]]
        for step in range(1, WIDEST_PX + 1):
            here = _between(probability, rows[going] + step * down[going], cols[going] + step * right[going])
            ends = here < half[going]
            last = going[ends]
            drop = np.maximum(before[ends] - here[ends], 1e-6)
            width[last] += step - 1 + (before[ends] - half[last]) / drop
            goes_on = ~ends & (width[going] + step < most_px[going])
            width[going[~ends & ~goes_on]] += step
            going, before = going[goes_on], here[goes_on]
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
