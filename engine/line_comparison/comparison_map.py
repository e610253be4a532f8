"""Draws two networks over one another as a map: what they share, what one misses and what it made up.

However many lines there are, the drawing stays small: the denser they lie on paper, the coarser they are drawn.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from ..pages.charts import FAINT, GRID, image
from ..results.qml import MISSED_COLOUR, SPURIOUS_COLOUR
from .comparison import Comparison

MATCHED_COLOUR, REFERENCE_COLOUR = "#0077BB", "#BBBBBB"
"""With the other two of Paul Tol's "vibrant" scheme, told apart by colour-blind readers too."""

WIDTH_PX, LEAST_HEIGHT_PX, MOST_HEIGHT_PX = 860, 240, 860
MARGIN_PX = 14
FOOT_PX = 34
"""Room for the scale bar."""

FINE_PX = 0.3
"""Lines are drawn so exactly."""

FINEST_PX = 0.1
"""Corners lie on a net of this mesh, doubled until no more than `MOST_STROKES` are left of a layer."""

MOST_STROKES = 40_000
"""Straight strokes of a layer, some 8 bytes each: more would be a smear on a map of this size, and a slow page."""

ROWS = 2**20
"""More than any net has: its corners are numbered by them."""


def comparison_map(compared: Comparison) -> str:
    """The map as an image in the page: the reference broad and grey, the prediction over it thin and blue."""
    layers = (
        (compared.reference.edges, REFERENCE_COLOUR, 6.0),
        (compared.prediction.edges, MATCHED_COLOUR, 1.6),
        (compared.missed.pieces, MISSED_COLOUR, 3.0),
        (compared.spurious.pieces, SPURIOUS_COLOUR, 3.0),
    )
    everything = np.concatenate([compared.reference.edges, compared.prediction.edges])
    left, bottom, right, top = shapely.total_bounds(everything)
    wide, high = max(right - left, 1.0), max(top - bottom, 1.0)
    px_per_m = min((WIDTH_PX - 2 * MARGIN_PX) / wide, (MOST_HEIGHT_PX - 2 * MARGIN_PX) / high)
    height = max(LEAST_HEIGHT_PX, math.ceil(high * px_per_m) + 2 * MARGIN_PX)
    x0, y0 = (WIDTH_PX - wide * px_per_m) / 2, (height - high * px_per_m) / 2

    def on_paper(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([x0 + (points[:, 0] - left) * px_per_m, y0 + (top - points[:, 1]) * px_per_m])

    parts = [f'<rect x="0.5" y="0.5" width="{WIDTH_PX - 1}" height="{height - 1}" fill="none" stroke="{GRID}"/>']
    for lines, colour, width in layers:
        drawn = shapely.simplify(shapely.transform(lines, on_paper), FINE_PX, preserve_topology=False)
        parts.append(_layer(drawn, colour, width))
    parts += _scale_bar(px_per_m, height)
    description = "Map of both networks: shared lines grey and blue, missed ones red, spurious ones orange"
    return image((WIDTH_PX, height + FOOT_PX), parts, description)


def _layer(lines: NDArray[np.object_], colour: str, width_px: float) -> str:
    """Lines on paper as one path, on the finest net on which there are few enough strokes."""
    points, owners = shapely.get_coordinates(lines, return_index=True)
    step_px = FINEST_PX
    strokes = _strokes(points / step_px, owners)
    while len(strokes) > MOST_STROKES:
        step_px *= 2
        strokes = _strokes(points / step_px, owners)
    return (
        f'<path d="{_words(strokes)}" fill="none" stroke="{colour}" stroke-width="{width_px / step_px:g}" '
        f'stroke-linecap="round" stroke-linejoin="round" transform="scale({step_px:g})"/>'
    )


def _strokes(points: NDArray[np.float64], owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """The straight strokes of lines on a net, each once and in the order of where they lie.

    Args:
        points: The vertices of all lines one after the other, `(points, 2)`, in widths of the net's mesh.
        owners: Number of the line of each.

    Returns:
        From which column and row to which, `(strokes, 4)`. What shrinks to nothing becomes a dot, from a corner to
        itself, where no other stroke touches that.
    """
    columns, rows = np.rint(points).astype(np.int64).T
    corners = columns * ROWS + rows
    same = np.flatnonzero(owners[1:] == owners[:-1])
    ends = np.sort(np.stack([corners[same], corners[same + 1]]), axis=0)
    is_long = ends[0] < ends[1]
    ends = ends[:, is_long | ~np.isin(ends[0], ends[:, is_long])]
    ends = ends[:, np.lexsort(ends[::-1])]
    first = np.ones(ends.shape[1], bool)
    first[1:] = (ends[:, 1:] != ends[:, :-1]).any(axis=0)
    start, end = ends[:, first]
    return np.column_stack([start // ROWS, start % ROWS, end // ROWS, end % ROWS])


def _words(strokes: NDArray[np.int64]) -> str:
    """Strokes in SVG's words, each as steps from where the one before ended."""
    starts, ends = strokes[:, :2], strokes[:, 2:]
    before = np.concatenate([np.zeros((1, 2), np.int64), ends[:-1]])
    steps = np.hstack([starts - before, ends - starts]).tolist() if len(strokes) else []
    return "".join(f"m{left} {up}l{right} {down}" for left, up, right, down in steps)


def _scale_bar(px_per_m: float, height: int) -> list[str]:
    """A round length beneath the map, about a fifth of its width."""
    about = WIDTH_PX / 5 / px_per_m
    power = 10.0 ** math.floor(math.log10(about))
    length_m = max(times * power for times in (1, 2, 5) if times * power <= about)
    x, y, wide = MARGIN_PX, height + 16, length_m * px_per_m
    label = f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"
    bar = f'<path d="M{x},{y - 4}V{y}H{x + wide:.1f}V{y - 4}" fill="none" stroke="{FAINT}" stroke-width="1.5"/>'
    text = f'<text x="{x + wide + 8:.1f}" y="{y + 2}" font-family="sans-serif" font-size="12" fill="{FAINT}">'
    return [bar, f"{text}{label}; grid north is up</text>"]
