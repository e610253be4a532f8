"""Writes training chips as GeoTIFFs, and gathers what their training pixels are like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray

from ..grids.grid import Grid
from ..legend import Legend
from .chip_set import IGNORE, ChipInput

TILE_PX = 16
"""Sides of the tiles of a GeoTIFF are multiples of this."""

BLOCK_PX = 256
"""Side of its tiles at most."""


class BandStatistics:
    """Mean, standard deviation and range of bands, gathered chip by chip (Chan, Golub and LeVeque 1979).

    Attributes:
        count: Known pixels, `(bands,)`, as all of these.
        mean: Their mean; 0 where none is known.
        lowest: The lowest of them; infinity where none is known.
        highest: The highest; minus infinity where none is known.
    """

    def __init__(self, bands: int) -> None:
        self.count = np.zeros(bands, np.int64)
        self.mean, self._squares = np.zeros(bands), np.zeros(bands)
        self.lowest, self.highest = np.full(bands, np.inf), np.full(bands, -np.inf)

    def feed(self, values: np.ma.MaskedArray) -> None:
        """Take in a chip, `(dates * bands, rows, cols)`; masked pixels do not count."""
        by_band = values.reshape(-1, len(self.count), values[0].size)
        for band in range(len(self.count)):
            known = by_band[:, band].compressed().astype(np.float64)
            if not len(known):
                continue
            count, mean = self.count[band] + len(known), known.mean()
            apart = mean - self.mean[band]
            self._squares[band] += ((known - mean) ** 2).sum() + apart**2 * self.count[band] * len(known) / count
            self.mean[band] += apart * len(known) / count
            self.count[band] = count
            self.lowest[band] = min(self.lowest[band], known.min())
            self.highest[band] = max(self.highest[band], known.max())

    @property
    def squares(self) -> NDArray[np.float64]:
        """Sum of squared differences from the mean, `(bands,)`; 0, whatever rounding leaves, where there are none."""
        return np.where(self.highest > self.lowest, self._squares, 0.0)

    @property
    def std(self) -> NDArray[np.float64]:
        """Standard deviation, `(bands,)`; 1 where values do not vary, so that they can be divided by it."""
        std = np.sqrt(self.squares / np.maximum(self.count, 1))
        return np.where(std > 0, std, 1.0)

    @property
    def constant(self) -> list[int]:
        """Bands that have one value only, counted from 0."""
        return [band for band, squares in enumerate(self.squares) if not squares > 0]

    def told(self, name: str, bands: Sequence[str], days: Sequence[int] = (), dates: Sequence[str] = ()) -> ChipInput:
        """What the manifest says of them. The deviation of a constant band is told as 1."""
        known = self.count > 0
        return ChipInput(
            name,
            tuple(bands),
            mean=tuple(self.mean.tolist()),
            std=tuple(self.std.tolist()),
            lowest=tuple(np.where(known, self.lowest, 0.0).tolist()),
            highest=tuple(np.where(known, self.highest, 0.0).tolist()),
            days=tuple(days),
            dates=tuple(dates),
        )


def write_image(path: Path, grid: Grid, values: np.ma.MaskedArray, nodata: float | None, names: Sequence[str]) -> None:
    """Write the image of a chip.

    What is masked becomes the nodata value of the input; where that is none, or is a value too (in a mosaic of files
    that declare different ones), NaN in floats and an unused number in integers, which are stored in twice as many bits
    where all their numbers are used. A chip that has nothing masked then declares none.

    Args:
        path: The file.
        grid: Where the chip lies.
        values: `(bands, rows, cols)`.
        nodata: What the input declares.
        names: A description of each band.
    """
    known = values.compressed()
    if nodata is not None and (known == nodata).any():
        nodata = None
    if nodata is None and len(known) < values.size:
        nodata = _unused(known)
        if nodata is None:
            larger = np.dtype(f"{values.dtype.kind}{2 * values.dtype.itemsize}")
            values = np.ma.MaskedArray(values.data.astype(larger), np.ma.getmaskarray(values))
            nodata = float(np.iinfo(larger).max)
    filled = values.data if nodata is None else values.filled(nodata)
    profile = _profile(grid, values.shape[0], str(values.dtype), nodata)
    with rasterio.open(path, "w", photometric="minisblack", **profile) as dataset:
        dataset.write(filled)
        dataset.descriptions = tuple(names)


def write_classes(path: Path, grid: Grid, classes: NDArray[np.uint8], legend: Legend) -> None:
    """Write the labels of a chip, `(rows, cols)`, in the colours of their classes."""
    with rasterio.open(path, "w", **_profile(grid, 1, "uint8", IGNORE)) as dataset:
        dataset.write(classes, 1)
        dataset.write_colormap(1, {entry.value: entry.rgb for entry in legend.entries})


def write_values(path: Path, grid: Grid, values: NDArray[np.float32], names: Sequence[str]) -> None:
    """Write the target values of a chip, `(bands, rows, cols)`, NaN where there are none."""
    profile = _profile(grid, len(values), "float32", float("nan"))
    with rasterio.open(path, "w", photometric="minisblack", **profile) as dataset:
        dataset.write(values)
        dataset.descriptions = tuple(names)


def _unused(known: NDArray[Any]) -> float | None:
    """A value that does not occur; `None`: integers, above all those of 8 bits, may leave none."""
    if known.dtype.kind == "f":
        return float("nan")
    limits = np.iinfo(known.dtype)
    free = np.setdiff1d(np.arange(limits.max, max(limits.min, limits.max - 2**16) - 1, -1), known)
    return float(free.max()) if len(free) else None


def _profile(grid: Grid, bands: int, dtype: str, nodata: float | None) -> dict[str, Any]:
    """How a chip is stored."""
    tiled = grid.width % TILE_PX == 0
    kind = np.dtype(dtype).kind
    return {
        "driver": "GTiff",
        "width": grid.width,
        "height": grid.height,
        "count": bands,
        "dtype": dtype,
        "crs": grid.crs,
        "transform": grid.transform,
        "nodata": nodata,
        "compress": "deflate",
        "predictor": 3 if kind == "f" else 2 if kind in "iu" else 1,
        **(
            {"tiled": True, "blockxsize": min(grid.width, BLOCK_PX), "blockysize": min(grid.width, BLOCK_PX)}
            if tiled
            else {}
        ),
    }
