"""Draws attributions for a page: what speaks for the score in red, what speaks against it in blue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..pages.page_pictures import Pixels
from ..results.qml import DIVERGING
from .channels import Channel

COLOURS = ("red", "green", "blue")

FAINT = 0.55
"""How much of its contrast the image keeps under an attribution."""

SHARE = 0.995
"""Pictures show the part that holds this share of the attribution along each axis."""

MARGIN = 0.15
LEAST_PX = 48


def shown_channels(channels: Sequence[Channel]) -> tuple[int, ...]:
    """Numbers of three channels that make a picture: red, green and blue where there are such, of the last date."""
    first = channels[0].input
    for name in dict.fromkeys(channel.input for channel in channels):
        found = [_last(channels, name, colour) for colour in COLOURS]
        if all(number is not None for number in found):
            return tuple(number for number in found if number is not None)
    own = [number for number, channel in enumerate(channels) if channel.input == first]
    return tuple(own[:3]) if len(own) >= 3 else (own[0],) * 3


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
