"""Thins a raster to the overviews that it is shown with from afar: one pixel for two by two, again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.io import DatasetReader, DatasetWriter
from rasterio.windows import Window

from ..tiles.pipeline import read_ahead
from ..tiles.windows import cut

AT_ONCE_BYTES = 2**22
"""So much is read at once, or one block of the overview where that shows more."""

Thinned = Callable[[NDArray[Any], float], NDArray[Any]]
"""Gives one value for each 2 x 2 of a band, `(rows, cols)`, in which the number stands for nothing."""

LARGEST_PX = 512
"""The coarsest overview has no longer side: it fits in one block of a COG."""


def most_frequent(values: NDArray[np.uint8], nodata: float) -> NDArray[np.uint8]:
    """The value that most of each 2 x 2 pixels have; of several, that of the pixel read first, line by line.

    Nodata stands only where all four hold it.

    Args:
        values: `(rows, cols)`, both even.
        nodata: Where nothing is said.
    """
    first, second, third, fourth = _corners(values)
    chosen = fourth.copy()
    for corner in (third, second, first):  # alone among others, the first that says something stands
        _put(chosen, corner, corner != nodata)
    _put(chosen, third, (third == fourth) & (third != nodata))
    _put(chosen, second, ((second == third) | (second == fourth)) & (second != nodata))
    _put(chosen, first, ((first == second) | (first == third) | (first == fourth)) & (first != nodata))
    return chosen


def average(values: NDArray[np.float32], nodata: float) -> NDArray[np.float32]:
    """The mean of the known ones of each 2 x 2 pixels; nodata where none is known.

    Args:
        values: `(rows, cols)`, both even; NaN is never known.
        nodata: Where nothing is said.
    """
    corners = np.stack(_corners(values))
    known = ~np.isnan(corners) & (corners != nodata)
    count = known.sum(axis=0)
    total = np.where(known, corners, 0).sum(axis=0, dtype=np.float64)
    return np.where(count, total / np.maximum(count, 1), nodata).astype(values.dtype)


def first_known(values: NDArray[np.float32], nodata: float) -> NDArray[np.float32]:
    """The first of each 2 x 2 pixels that is known, line by line: for what has no mean, such as directions.

    Args:
        values: `(rows, cols)`, both even; NaN is never known.
        nodata: Where nothing is said.
    """
    first, second, third, chosen = _corners(values)
    for corner in (third, second, first):
        chosen = np.where(np.isnan(corner) | (corner == nodata), chosen, corner)
    return chosen


def largest(values: NDArray[np.float32], nodata: float) -> NDArray[np.float32]:
    """The largest of the known ones of each 2 x 2 pixels: for what is rare, and must be seen from afar.

    Args:
        values: `(rows, cols)`, both even; NaN is never known.
        nodata: Where nothing is said.
    """
    first, *others = (np.where(corner == nodata, np.nan, corner) for corner in _corners(values))
    for corner in others:
        first = np.fmax(first, corner)
    return np.where(np.isnan(first), nodata, first).astype(values.dtype)


THINNED: dict[str, Thinned] = {"MODE": most_frequent, "AVERAGE": average, "NEAREST": first_known, "MAX": largest}
"""How pixels are thinned, by GDAL's name for it; of the largest it makes none. Its own mean takes twice as
long, its mode four times."""


@contextmanager
def overviews(path: Path, resampling: str) -> Iterator[None]:
    """Keep overviews beside a raster, where GDAL looks for them, as long as the context lasts.

    Beside each lies the next coarser one: `.ovr`, `.ovr.ovr` and so on.

    Args:
        path: A tiled GeoTIFF with a nodata value.
        resampling: One of `THINNED`.
    """
    made: list[Path] = []
    try:
        finer = path
        while _longest_side(finer) > LARGEST_PX:
            coarser = finer.with_name(finer.name + ".ovr")
            made.append(coarser)
            _thin(finer, coarser, THINNED[resampling])
            finer = coarser
        with rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN=False):  # set for clouds, GDAL looks for none
            yield
    finally:
        for overview in made:
            overview.unlink(missing_ok=True)


def _longest_side(path: Path) -> int:
    with rasterio.open(path) as dataset:
        return int(max(dataset.shape))


def _thin(finer: Path, coarser: Path, thinned: Thinned) -> None:
    """Write a raster of half as many rows and columns, rounded up, block by block."""
    with rasterio.open(finer) as source:
        profile = {
            **source.profile,
            "width": -(-source.width // 2),
            "height": -(-source.height // 2),
            "transform": source.transform @ Affine.scale(2),
            "zstd_level": 1,
            "bigtiff": "IF_SAFER",
            "sparse_ok": True,
        }
        with rasterio.open(coarser, "w", **profile) as target:
            parts = read_ahead(_windows(target), lambda window: source.read(window=_twice_as_fine(window, source)))
            with closing(parts):
                for window, values in parts:
                    coarse = [thinned(band, source.nodata) for band in _even(values)]
                    target.write(np.stack(coarse), window=window)


def _windows(target: DatasetWriter) -> Iterator[Window]:
    """Blocks, several side by side where what they show is small."""
    rows, columns = target.block_shapes[0]
    bytes_of_block = 4 * rows * columns * target.count * np.dtype(target.dtypes[0]).itemsize
    columns *= max(1, AT_ONCE_BYTES // bytes_of_block)
    return cut(Window(0, 0, target.width, target.height), rows, columns)


def _twice_as_fine(window: Window, source: DatasetReader) -> Window:
    """The part of a raster that a window of its overview shows."""
    column, row = 2 * window.col_off, 2 * window.row_off
    width, height = min(2 * window.width, source.width - column), min(2 * window.height, source.height - row)
    return Window(column, row, width, height)


def _even(values: NDArray[Any]) -> NDArray[Any]:
    """Repeat the last row and column where they have no partner: neither a majority nor a mean changes by that."""
    rows, columns = (size % 2 for size in values.shape[1:])
    return np.pad(values, ((0, 0), (0, rows), (0, columns)), mode="edge") if rows or columns else values


def _corners(values: NDArray[Any]) -> list[NDArray[Any]]:
    """The four pixels of each 2 x 2, line by line; copied, since arrays without gaps are worked on much faster."""
    return [np.ascontiguousarray(values[row::2, column::2]) for row in (0, 1) for column in (0, 1)]


def _put(target: NDArray[np.uint8], values: NDArray[np.uint8], where: NDArray[np.bool_]) -> None:
    """Put values where a mask is set; bit by bit, which processors do for many pixels at once."""
    bits = np.negative(where.view(np.uint8))
    target ^= (target ^ values) & bits
