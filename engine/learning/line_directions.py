"""Labels for networks that learn in which direction lines run: from a mask to a bin of direction for each pixel nearby.

After Batra and others 2019 (Improved road connectivity by joint learning of orientation and segmentation, CVPR, section
3.1): skeleton, graph, straight pieces, and their direction on the pixels around them. Deviations of `direction_bins`:
lines have no beginning, so that bins cover 180°; pixels away from lines have no bin instead of one of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from ..lines.centres import THINNING_STEPS
from ..lines.skeleton import CentrePixels, network_of
from ..lines.thinning import thin

NONE = 255
"""In place of a bin where no line is near."""

SPUR_PX = 10
"""Dead ends that are shorter are frayed edges of the mask, not lines."""


def direction_bins(
    mask: NDArray[np.bool_],
    bins: int,
    first_deg: float = 0.0,
    half_width_px: float = 5.0,
    straight_px: float = 2.0,
) -> NDArray[np.uint8]:
    """Say for each pixel near a line in which direction it runs.

    Args:
        mask: Lines as areas, `(rows, cols)`.
        bins: Number of bins over 180°.
        first_deg: Where bin 0 begins; angles grow from the direction of the columns towards that of the rows'
            beginning, as in `models.turn.DirectionBins`.
        half_width_px: How far from a line pixels have a direction.
        straight_px: How far a straight piece may lie from the middle of the line that it stands for.

    Returns:
        Numbers of bins, `(rows, cols)`; `NONE` where no line is near.
    """
    angles_deg = paint_directions(straight_pieces(mask, straight_px), mask.shape, half_width_px)
    known = np.isfinite(angles_deg)
    upwards = np.where(known, -angles_deg - first_deg, 0) % 180
    numbers = np.minimum(upwards * bins / 180, bins - 1).astype(np.uint8)
    return np.where(known, numbers, np.uint8(NONE))


def straight_pieces(mask: NDArray[np.bool_], straight_px: float) -> list[NDArray[np.float64]]:
    """The middle lines of a mask as few straight pieces, each line `(points, 2)`, column and row in pixels.

    Each begins at its end far from the first pixel, as the official ones do: the last piece painted is the one seen.
    """
    network = network_of(CentrePixels.of_mask(thin(mask, THINNING_STEPS)))
    lines = [
        shapely.get_coordinates(shapely.simplify(shapely.linestrings(way.points), straight_px))
        for way in network.ways
        if way.length_px >= SPUR_PX or 1 not in (network.degrees[way.start], network.degrees[way.end])
    ]
    return [line[::-1] if np.hypot(*line[-1]) > np.hypot(*line[0]) else line for line in lines]


def paint_directions(
    lines: Iterable[NDArray[np.float64]], shape: tuple[int, int], half_width_px: float
) -> NDArray[np.float32]:
    """Paint the direction of straight pieces on the pixels around them.

    Args:
        lines: Each `(points, 2)`, column and row in pixels.
        shape: Rows and columns.
        half_width_px: How far from the straight line through a piece, and from the rectangle around it, pixels lie
            that it paints. Later pieces paint over earlier ones.

    Returns:
        Angle from the direction of the columns towards that of the rows' end, 0–360°, `(rows, cols)`; NaN where
        nothing was painted.
    """
    painted = np.full(shape, np.nan, np.float32)
    for line in lines:
        for start, end in zip(line[:-1], line[1:]):
            _paint(painted, start, end, half_width_px)
    return painted


def _paint(
    painted: NDArray[np.float32], start: NDArray[np.float64], end: NDArray[np.float64], half_width_px: float
) -> None:
    """Paint one piece, in place."""
    run = end - start
    length = float(np.hypot(*run))
    if not length:
        return
    lows = np.minimum(start, end) - half_width_px
    highs = np.maximum(start, end) + half_width_px
    left, top = (max(0, int(round(low))) for low in lows)
    right, bottom = (min(size, int(round(high))) for high, size in zip(highs, painted.shape[::-1]))
    if left >= right or top >= bottom:
        return
    along, down = run / length
    columns = np.arange(left, right) - start[0]
    rows = np.arange(top, bottom)[:, np.newaxis] - start[1]
    near = np.abs(along * rows - down * columns) <= half_width_px
    part = painted[top:bottom, left:right]
    part[near] = np.degrees(np.arctan2(down, along)) % 360
