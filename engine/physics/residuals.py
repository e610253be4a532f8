"""How far a map is from laws of nature, pixel by pixel: the terms by which networks are trained, on finished rasters.

Water level and advection are defined as in `models/losses`; a test holds both against each other. What a pixel's
neighbours decide is computed on arrays with a frame of one pixel, and comes without it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

INNER = (slice(1, -1), slice(1, -1))
LEFT, RIGHT = (slice(1, -1), slice(None, -2)), (slice(1, -1), slice(2, None))
ABOVE, BELOW = (slice(None, -2), slice(1, -1)), (slice(2, None), slice(1, -1))
NEIGHBOURS = (LEFT, RIGHT, ABOVE, BELOW)
"""The pixels within the frame, and those beside each of them."""


def water_level_residual(wet: Flags, dry: Flags, elevation_m: Floats) -> tuple[Floats, Flags]:
    """Σ max(0, z_i - z_j) over the dry ones j of the four neighbours of a wet pixel i: water would run down there.

    Args:
        wet: Which pixels are water, `(rows + 2, cols + 2)`.
        dry: Which are known not to be.
        elevation_m: Elevation; NaN where it is not known.

    Returns:
        Residual in metres, NaN but on water of known elevation, and where such water has a dry neighbour of known
        elevation; both `(rows, cols)`.
    """
    here_m = elevation_m[INNER]
    residual, shore = np.zeros_like(here_m), np.zeros(here_m.shape, bool)
    for beside in NEIGHBOURS:
        drop_m = here_m - elevation_m[beside]  # NaN where one of the two is not known
        residual += np.where(dry[beside] & (drop_m > 0), drop_m, 0)
        shore |= dry[beside] & ~np.isnan(drop_m)
    judged = wet[INNER] & ~np.isnan(here_m)
    return np.where(judged, residual, np.nan), judged & shore


def neighbouring_pairs(known: Flags) -> int:
    """Pairs of known pixels side by side, of `(rows + 2, cols + 2)`: each pixel with its right and lower neighbour."""
    here = known[INNER]
    return int(np.count_nonzero(here & known[RIGHT]) + np.count_nonzero(here & known[BELOW]))


def range_residual(values: Floats, minimum: float | None, maximum: float | None) -> Floats:
    """How far values lie outside their range, 0 within it and NaN where they are; `None`: no bound on that side."""
    below = np.zeros_like(values) if minimum is None else minimum - values
    above = np.zeros_like(values) if maximum is None else values - maximum
    residual: Floats = np.where(np.isnan(values), np.nan, np.maximum(np.maximum(below, above), 0))
    return residual


def advection_residual(before: Floats, after: Floats, velocity_px_s: Floats, step_s: float) -> Floats:
    """|∂u/∂t + v · ∇u|, in the unit of u for each second.

    Central differences in space on the mean of both fields, and their difference in time (Crank and Nicolson 1947,
    10.1017/S0305004100023197), as `models/losses/transport.py` has it.

    Args:
        before: u at one time, `(rows + 2, cols + 2)`; NaN where it is not known.
        after: u at the next time.
        velocity_px_s: v along columns (to the right) and along rows (downwards), in pixels, `(2, rows, cols)`.
        step_s: Time between both.

    Returns:
        The residual, `(rows, cols)`; NaN where one of its pixels or v is not known.
    """
    rate, middle = (after - before)[INNER] / step_s, (before + after) / 2
    along_columns = (middle[RIGHT] - middle[LEFT]) / 2
    along_rows = (middle[BELOW] - middle[ABOVE]) / 2
    residual: Floats = np.abs(rate + velocity_px_s[0] * along_columns + velocity_px_s[1] * along_rows)
    return residual
