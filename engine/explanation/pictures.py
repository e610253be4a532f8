"""Draws images and attributions inside a page: what speaks for the score in red, what speaks against it in blue."""

from __future__ import annotations

import base64
import warnings
from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import MemoryFile

from ..qml import DIVERGING
from .channels import Channel

SIDE_PX = 400
"""Longer side of a picture, about."""

WIDTH_PX = 290
"""How wide it is shown: three of them side by side fill a page."""

COLOURS = ("red", "green", "blue")
MARK = (255, 214, 10)
"""Colour of the outline of what is explained."""

FAINT = 0.55
"""How much of its contrast the image keeps under an attribution."""

RING_PX = 7
"""Radius of the ring round a place of few pixels."""

SHARE = 0.995
"""Pictures show the part that holds this share of the attribution along each axis."""

MARGIN = 0.15
LEAST_PX = 48

Pixels = NDArray[np.uint8]


def shown_channels(channels: Sequence[Channel]) -> tuple[int, ...]:
    """Numbers of three channels that make a picture: red, green and blue where there are such, of the last date."""
    first = channels[0].input
    for name in dict.fromkeys(channel.input for channel in channels):
        found = [_last(channels, name, colour) for colour in COLOURS]
        if all(number is not None for number in found):
            return tuple(number for number in found if number is not None)
    own = [number for number, channel in enumerate(channels) if channel.input == first]
    return tuple(own[:3]) if len(own) >= 3 else (own[0],) * 3


def colours_of(image: NDArray[np.float32], known: NDArray[np.bool_]) -> Pixels:
    """Three bands `(3, rows, cols)` as colours, from the 2nd to the 98th percentile; white where nothing is known."""
    if not known.any():
        return np.full(image.shape, 255, np.uint8)
    low, high = np.percentile(image[:, known], (2, 98))
    share = np.clip((image - low) / max(high - low, 1e-6), 0, 1)
    return np.where(known, share * 255, 255).astype(np.uint8)


def overlaid(photograph: Pixels, attribution: NDArray[np.float32], high: float) -> Pixels:
    """An attribution `(rows, cols)` over a greyed image, in the colours of the layer's style."""
    grey = 255 - FAINT * (255 - photograph.astype(np.float32).mean(axis=0))
    shares = np.array([share for share, _, _ in DIVERGING])
    colours = np.array([[int(colour[place : place + 2], 16) for place in (1, 3, 5)] for _, colour, _ in DIVERGING])
    alphas = np.array([alpha / 255 for _, _, alpha in DIVERGING])
    share = np.clip(np.nan_to_num(attribution) / max(high, 1e-30), -1, 1)
    opaque = np.interp(share, shares, alphas)
    painted = [np.interp(share, shares, colours[:, band]) * opaque + grey * (1 - opaque) for band in range(3)]
    return np.asarray(np.clip(np.stack(painted), 0, 255), np.uint8)


def focus(attribution: NDArray[np.float32], region: NDArray[np.bool_]) -> tuple[slice, slice]:
    """The rows and columns that are worth showing: nearly all of the attribution, and what is explained."""
    magnitude = np.abs(np.nan_to_num(attribution)).astype(np.float64)
    rows, cols = (_span(magnitude.sum(axis=axis), np.asarray(region.any(axis=axis))) for axis in (1, 0))
    return rows, cols


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


def _span(sums: NDArray[np.float64], wanted: NDArray[np.bool_]) -> slice:
    """The part of an axis that holds nearly all, and what is wanted, with a margin."""
    places = np.nonzero(wanted)[0]
    whole = sums.sum()
    first, last = (int(places[0]), int(places[-1])) if len(places) else (len(sums) // 2, len(sums) // 2)
    if whole > 0:
        gathered = np.cumsum(sums) / whole
        first = min(first, int(np.searchsorted(gathered, (1 - SHARE) / 2)))
        last = max(last, int(np.searchsorted(gathered, 1 - (1 - SHARE) / 2)))
    margin = max(int(MARGIN * (last - first)), (LEAST_PX - (last - first)) // 2, 0)
    return slice(max(0, first - margin), min(len(sums), last + 1 + margin))


def _last(channels: Sequence[Channel], name: str, band: str) -> int | None:
    """The last channel of a band of an input."""
    found = [number for number, each in enumerate(channels) if each.input == name and each.band.lower() == band]
    return found[-1] if found else None


def _png(pixels: Pixels) -> bytes:
    """A PNG file of `(3, rows, cols)` colours."""
    with warnings.catch_warnings(), MemoryFile() as memory:
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with memory.open(
            driver="PNG", width=pixels.shape[2], height=pixels.shape[1], count=3, dtype="uint8"
        ) as dataset:
            dataset.write(pixels)
        return bytes(memory.read())
