"""Sums up an uncertainty map, strip by strip: how its values are spread, and how unsure it is of each class."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from ..legend import Legend
from ..tiles.strips import strip_rows

BARS = 50
"""Of a histogram over 0 to 1, as it is drawn."""

STEPS = 10_000
"""Values are told apart to 1 / STEPS: quantiles are printed with three decimals."""


@dataclass(frozen=True)
class Summary:
    """What a map holds.

    Args:
        bands: Names of its bands.
        counts: Pixels by value from 0 to 1, `(bands, STEPS)`.
        sums: Sum of the values, `(bands,)`.
        class_pixels: Pixels of each class that was chosen, in the legend's order; empty: it was not asked for.
        class_sums: Sum of the values over them, `(classes, bands)`.
    """

    bands: tuple[str, ...]
    counts: NDArray[np.int64]
    sums: NDArray[np.float64]
    class_pixels: NDArray[np.int64]
    class_sums: NDArray[np.float64]

    @property
    def pixels(self) -> int:
        """How many pixels hold a value."""
        return int(self.counts[0].sum())

    def histogram(self, band: str) -> NDArray[np.int64]:
        """Pixels by value from 0 to 1, `(BARS,)`."""
        return np.asarray(self.counts[self.bands.index(band)].reshape(BARS, -1).sum(axis=1))

    def mean(self, band: str) -> float:
        """Mean of a band over the map; NaN where there is no pixel, or no such band."""
        if band not in self.bands or not self.pixels:
            return math.nan
        return float(self.sums[self.bands.index(band)] / self.pixels)

    def reaches(self, band: str) -> bool:
        """Whether any value of a band is 1 / STEPS or more."""
        return bool(self.counts[self.bands.index(band), 1:].any())

    def class_mean(self, place: int, band: str) -> float:
        """Mean of a band over the pixels of a class; NaN where there is none, or no such band."""
        if band not in self.bands or not self.class_pixels[place]:
            return math.nan
        return float(self.class_sums[place, self.bands.index(band)] / self.class_pixels[place])

    def quantile(self, band: str, share: float) -> float:
        """The value below which a share of the map lies, to within 1 / STEPS; NaN without a pixel."""
        below = np.cumsum(self.counts[self.bands.index(band)])
        if not below[-1]:
            return math.nan
        return (int(np.searchsorted(below, share * below[-1])) + 0.5) / STEPS


def sum_up(
    values: Path, bands: Sequence[str], classes: Path | None, legend: Legend, before_reading: Callable[[], None]
) -> Summary:
    """Read a map once.

    Args:
        values: Its raster, of values from 0 to 1.
        bands: Names of its bands.
        classes: Raster of the classes that were chosen, on the same pixels; `None`: classes are not told apart.
        legend: The classes.
        before_reading: Is called before each strip, so that a job can be stopped there.
    """
    counts = np.zeros((len(bands), STEPS), np.int64)
    sums = np.zeros(len(bands))
    count = len(legend.values) if classes else 0
    class_pixels, class_sums = np.zeros(count, np.int64), np.zeros((count, len(bands)))
    places = np.full(256, count)
    places[list(legend.values[:count])] = range(count)
    with rasterio.open(values) as dataset, rasterio.open(classes or values) as chosen:
        rows = strip_rows(dataset.width * len(bands))
        for row in range(0, dataset.height, rows):
            before_reading()
            window = Window(0, row, dataset.width, min(rows, dataset.height - row))
            strip = dataset.read(window=window)
            known = np.isfinite(strip).all(axis=0)
            found = strip[:, known].astype(np.float64)
            sums += found.sum(axis=1)
            for band, of_band in enumerate(found):
                steps = np.clip((of_band * STEPS).astype(np.int64), 0, STEPS - 1)
                counts[band] += np.bincount(steps, minlength=STEPS)
            if classes:
                numbers = places[chosen.read(1, window=window)[known]]
                class_pixels += np.bincount(numbers, minlength=count + 1)[:count]
                for band, of_band in enumerate(found):
                    class_sums[:, band] += np.bincount(numbers, of_band, minlength=count + 1)[:count]
    return Summary(tuple(bands), counts, sums, class_pixels, class_sums)
