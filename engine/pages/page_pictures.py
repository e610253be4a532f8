"""Draws images, classes and numbers as pictures inside a page, in the colours of their layers."""

from __future__ import annotations

import base64
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import MemoryFile

from ..legend import SPARE_COLOURS
from ..results.qml import VIRIDIS

SIDE_PX = 400
"""Longer side of a picture, about."""

WIDTH_PX = 290
"""How wide it is shown: three of them side by side fill a page."""

MARK = (255, 214, 10)
"""Colour of the outline of a region."""

RING_PX = 7
"""Radius of the ring round a region of few pixels."""

PAPER = 255

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Shown:
    """A picture of the page, as ready HTML, and what it shows."""

    html: str
    caption: str


def colours_of(image: NDArray[np.float32], known: NDArray[np.bool_]) -> Pixels:
    """Three bands `(3, rows, cols)` as colours, from the 2nd to the 98th percentile; white where nothing is known."""
    if not known.any():
        return np.full(image.shape, PAPER, np.uint8)
    low, high = np.percentile(image[:, known], (2, 98))
    share = np.clip((image - low) / max(high - low, 1e-6), 0, 1)
    return np.where(known, share * 255, PAPER).astype(np.uint8)


def coloured(values: NDArray[np.float32], colours: Mapping[int, str]) -> Pixels:
    """Classes `(rows, cols)` in their colours; white where there is none."""
    drawn = np.full((3, *values.shape), PAPER, np.uint8)
    for number, value in enumerate(np.unique(values[np.isfinite(values)]).astype(int)):
        colour = colours.get(int(value)) or f"#{SPARE_COLOURS[number % len(SPARE_COLOURS)]}"
        drawn[:, values == value] = np.array(_rgb(colour), np.uint8)[:, np.newaxis]
    return drawn


def ramped(values: NDArray[np.float32], high: float) -> Pixels:
    """Numbers `(rows, cols)` from 0 to `high` on the ramp of the layer's style; white where there is none."""
    share = np.clip(np.nan_to_num(values) / max(high, 1e-30), 0, 1)
    stops = np.linspace(0, 1, len(VIRIDIS))
    colours = np.array([_rgb(colour) for colour in VIRIDIS], float)
    drawn = np.stack([np.interp(share, stops, colours[:, band]) for band in range(3)])
    return np.where(np.isfinite(values), drawn, PAPER).astype(np.uint8)


def picture(pixels: Pixels, region: NDArray[np.bool_] | None, title: str) -> str:
    """An `<img>` of `(3, rows, cols)` colours, enlarged or thinned, with the region outlined."""
    longest = max(pixels.shape[1:])
    step = max(1, longest // SIDE_PX)
    times = max(1, SIDE_PX // max(1, longest // step))
    large = pixels[:, ::step, ::step].repeat(times, axis=1).repeat(times, axis=2)
    if region is not None and region.any():
        _outline(large, region[::step, ::step].repeat(times, axis=0).repeat(times, axis=1), region, step, times)
    data = base64.b64encode(_png(large)).decode()
    return f'<img src="data:image/png;base64,{data}" width="{WIDTH_PX}" alt="{escape(title)}">'


def pictures_side_by_side(pictures: Sequence[Shown]) -> str:
    """The pictures side by side, each with its caption."""
    width = f'width="{WIDTH_PX}" style="width:{WIDTH_PX}px"'
    images = "".join(f"<td {width}>{each.html}</td>" for each in pictures)
    captions = "".join(f'<td class="faint" {width}>{escape(each.caption)}</td>' for each in pictures)
    return f'<div class="wide"><table class="figures"><tr>{images}</tr><tr>{captions}</tr></table></div>'


def _outline(large: Pixels, region: NDArray[np.bool_], original: NDArray[np.bool_], step: int, times: int) -> None:
    """Draw the outer edge of a region; of one that is hardly seen a ring round its middle."""
    rows, cols = np.nonzero(original)
    if max(np.ptp(rows), np.ptp(cols)) * times / step < 2 * RING_PX:
        middle = np.array([rows.mean() + 0.5, cols.mean() + 0.5]) * times / step
        down, across = np.ogrid[: large.shape[1], : large.shape[2]]
        distance = np.hypot(down + 0.5 - middle[0], across + 0.5 - middle[1])
        edge = np.abs(distance - RING_PX) < 1.2
    else:
        padded = np.pad(region, 1)
        near = padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
        edge = near & ~region
    for band, value in enumerate(MARK):
        large[band][edge] = value


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _png(pixels: Pixels) -> bytes:
    """A PNG file of `(3, rows, cols)` colours."""
    with warnings.catch_warnings(), MemoryFile() as memory:
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with memory.open(
            driver="PNG", width=pixels.shape[2], height=pixels.shape[1], count=3, dtype="uint8"
        ) as dataset:
            dataset.write(pixels)
        return bytes(memory.read())
