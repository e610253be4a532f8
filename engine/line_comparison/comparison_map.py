"""Draws two networks over one another as a map: what they share, what one misses and what it made up."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from ..charts import FAINT, GRID, image
from ..qml import MISSED_COLOUR, SPURIOUS_COLOUR
from .comparison import Comparison

MATCHED_COLOUR, REFERENCE_COLOUR = "#0077BB", "#BBBBBB"
"""With the other two of Paul Tol's "vibrant" scheme, told apart by colour-blind readers too."""

WIDTH_PX, LEAST_HEIGHT_PX, MOST_HEIGHT_PX = 860, 240, 860
MARGIN_PX = 14
FOOT_PX = 34
"""Room for the scale bar."""

FINE_PX = 0.3
"""Lines are drawn so exactly."""


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
        parts.append(
            f'<path d="{_path(drawn)}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" '
            'stroke-linejoin="round"/>'
        )
    parts += _scale_bar(px_per_m, height)
    description = "Map of both networks: shared lines grey and blue, missed ones red, spurious ones orange"
    return image((WIDTH_PX, height + FOOT_PX), parts, description)


def _path(lines: Iterable[shapely.LineString]) -> str:
    """Lines in SVG's words."""
    words = []
    for line in lines:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shapely.get_coordinates(line))
        words.append(f"M{points}")
    return "".join(words)


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
