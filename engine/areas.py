"""Turns a class raster into the area of each class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .legend import Legend
from .vectors import write_table

M2_PER_HECTARE = 10_000


@dataclass(frozen=True)
class ClassShares:
    """How much of the map each class of a legend covers, in the legend's order.

    Args:
        pixels: Number of pixels.
        hectares: Ground area.
        shares: Of the ground area of all classes, 0–1.
    """

    pixels: NDArray[np.int64]
    hectares: NDArray[np.float64]
    shares: NDArray[np.float64]


def measure(strips: Iterable[NDArray[np.uint8]], pixel_areas_m2: NDArray[np.float64], legend: Legend) -> ClassShares:
    """Measure each class.

    Args:
        strips: The class raster from top to bottom, each `(rows, cols)`.
        pixel_areas_m2: Area of a pixel of each row of all strips, `(rows,)`.
        legend: The classes.
    """
    pixels = np.zeros(256, np.int64)
    area_m2 = np.zeros(256)
    for row, pixel_m2 in zip(chain.from_iterable(strips), pixel_areas_m2, strict=True):
        counts = np.bincount(row, minlength=256)
        pixels += counts
        area_m2 += counts * pixel_m2
    values = list(legend.values)
    hectares = area_m2[values] / M2_PER_HECTARE
    return ClassShares(pixels[values], hectares, hectares / max(hectares.sum(), np.finfo(float).tiny))


def write_areas(path: Path, shares: ClassShares, legend: Legend) -> None:
    """Write the table: class, name, pixels, hectares, share."""
    write_table(
        path,
        {
            "class": np.array(legend.values, np.int32),
            "name": np.array(legend.names, object),
            "pixels": shares.pixels,
            "hectares": shares.hectares,
            "share": shares.shares,
        },
    )
