"""Draws what is known of a place, each as a layer of the map would show it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ..explanation.pictures import Pixels, colours_of, overlaid
from ..legend import SPARE_COLOURS
from ..qml import VIRIDIS
from .gathering import Gathered

PAPER = 255


def photograph(found: Gathered) -> Pixels | None:
    """The image; `None`: there is none."""
    if "image" not in found.pictures:
        return None
    values = found.pictures["image"].values
    return colours_of(values, np.asarray(np.isfinite(values).all(axis=0)))


def coloured(values: NDArray[np.float32], colours: Mapping[int, str]) -> Pixels:
    """Classes `(rows, cols)` in their colours; white where there is none."""
    drawn = np.full((3, *values.shape), PAPER, np.uint8)
    for number, value in enumerate(np.unique(values[np.isfinite(values)]).astype(int)):
        colour = colours.get(int(value)) or f"#{SPARE_COLOURS[number % len(SPARE_COLOURS)]}"
        drawn[:, values == value] = np.array(_rgb(colour), np.uint8)[:, np.newaxis]
    return drawn


def ramped(values: NDArray[np.float32], low: float, high: float) -> Pixels:
    """Numbers `(rows, cols)` on the ramp of the layer's style; white where there is none."""
    share = np.clip((np.nan_to_num(values) - low) / max(high - low, 1e-30), 0, 1)
    stops = np.linspace(0, 1, len(VIRIDIS))
    colours = np.array([_rgb(colour) for colour in VIRIDIS], float)
    drawn = np.stack([np.interp(share, stops, colours[:, band]) for band in range(3)])
    return np.where(np.isfinite(values), drawn, PAPER).astype(np.uint8)


def attributed(found: Gathered) -> Pixels:
    """The attribution over the greyed image, or on plain ground."""
    values = found.pictures["attribution"].values[0]
    image = photograph(found)
    return overlaid(np.full((3, *values.shape), PAPER, np.uint8) if image is None else image, values, found.high)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue
