"""Shows chips beside their labels and what a network says of them, as pictures inside an HTML page."""

from __future__ import annotations

import base64
import warnings

import numpy as np
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import MemoryFile

from ..chips.chip_set import IGNORE
from ..legend import Legend

SIDE_PX = 192
"""Least side of a picture: chips that are smaller are enlarged by a whole number."""

GROUND = (255, 255, 255)


def picture(pixels: NDArray[np.uint8]) -> str:
    """An `<img>` of `(3, rows, cols)` colours."""
    times = max(1, -(-SIDE_PX // pixels.shape[1]))
    large = pixels.repeat(times, axis=1).repeat(times, axis=2)
    with warnings.catch_warnings(), MemoryFile() as memory:
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with memory.open(driver="PNG", width=large.shape[2], height=large.shape[1], count=3, dtype="uint8") as dataset:
            dataset.write(large)
        data = base64.b64encode(memory.read()).decode()
    return f'<img alt="" width="{SIDE_PX}" src="data:image/png;base64,{data}">'


def colours_of_image(values: NDArray[np.float32], like: NDArray[np.float32] | None = None) -> NDArray[np.uint8]:
    """Three bands of `(bands, rows, cols)` as colours: the first three, or the first as grey; NaN is white.

    Args:
        values: The image.
        like: Whose darkest and brightest 2 % are black and white; `None`: its own.
    """
    low, high = np.nanpercentile(_three(values if like is None else like), (2, 98), axis=(1, 2), keepdims=True)
    shares = np.clip((_three(values) - low) / np.maximum(high - low, 1e-6), 0, 1)
    shown: NDArray[np.uint8] = (np.nan_to_num(shares, nan=1) * 255).astype(np.uint8)
    return shown


def _three(bands: NDArray[np.float32]) -> NDArray[np.float32]:
    return bands[:3] if len(bands) >= 3 else bands[:1].repeat(3, axis=0)


def colours_of_classes(classes: NDArray[np.uint8], legend: Legend) -> NDArray[np.uint8]:
    """Class numbers `(rows, cols)` in the colours of the legend; what is ignored is white."""
    table = np.full((256, 3), GROUND, np.uint8)
    table[: len(legend.entries)] = [entry.rgb for entry in legend.entries]
    return np.moveaxis(table[np.where(classes == IGNORE, 255, classes)], -1, 0)
