"""Turns a class raster into the area of each class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..grids.ground import M2_PER_HECTARE
from ..legend import NODATA, Legend
from ..results.vectors import write_table

UNSURE, UNSURE_NAME = 256, "No class reaches the threshold"
"""Stands, while classes are measured, for pixels that have none, and what the table calls them."""


@dataclass(frozen=True)
class ClassShares:
    """How much of the map each class of a legend covers, in the legend's order; what is unsure may come last.

    Args:
        pixels: Number of pixels.
        hectares: Ground area.
        shares: Of the ground area of all of these, 0–1.
    """

    pixels: NDArray[np.int64]
    hectares: NDArray[np.float64]
    shares: NDArray[np.float64]


def measure(
    strips: Iterable[NDArray[np.integer]], pixel_areas_m2: NDArray[np.float64], values: Sequence[int]
) -> ClassShares:
    """Measure each class.

    Args:
        strips: The class raster from top to bottom, each `(rows, cols)`.
        pixel_areas_m2: Area of a pixel of each row of all strips, `(rows,)`.
        values: What the classes are in it, 0 to `UNSURE`.
    """
    pixels = np.zeros(UNSURE + 1, np.int64)
    area_m2 = np.zeros(UNSURE + 1)
    values = list(values)
    done = 0
    for strip in strips:
        for same, rows in _alike(pixel_areas_m2[done : done + len(strip)]):
            for value in values:
                count = np.count_nonzero(strip[rows] == value)
                pixels[value] += count
                area_m2[value] += count * same
        done += len(strip)
    if done != len(pixel_areas_m2):
        raise ValueError("the strips have another number of rows than the areas")
    hectares = area_m2[values] / M2_PER_HECTARE
    return ClassShares(pixels[values], hectares, hectares / max(hectares.sum(), np.finfo(float).tiny))


def _alike(pixel_areas_m2: NDArray[np.float64]) -> Iterator[tuple[float, slice]]:
    """Rows whose pixels have one area: all of them on most projected grids."""
    if len(pixel_areas_m2) and (pixel_areas_m2 == pixel_areas_m2[0]).all():
        yield float(pixel_areas_m2[0]), slice(None)
        return
    for row, area in enumerate(pixel_areas_m2):
        yield float(area), slice(row, row + 1)


def write_areas(path: Path, shares: ClassShares, legend: Legend, tags: Mapping[str, str]) -> None:
    """Write the table: class, name, pixels, hectares, share. `tags` tell how it was made."""
    rows = len(shares.pixels)
    write_table(
        path,
        {
            "class": np.array((*legend.values, NODATA)[:rows], np.int32),
            "name": np.array((*legend.names, UNSURE_NAME)[:rows], object),
            "pixels": shares.pixels,
            "hectares": shares.hectares,
            "share": shares.shares,
        },
        tags=tags,
    )
