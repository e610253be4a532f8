"""Reads windows of a mosaic on one grid, from the files that touch them, with what is missing masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window, intersection

from ..errors import InputError
from ..grids.grid import Grid
from .nodata import nodata_beside_mask
from .urls import without_secrets

LARGEST = 1e30
"""No measurement is as large; undeclared nodata of floating-point rasters is."""


@dataclass(frozen=True)
class RasterChunk:
    """A window of a mosaic.

    Args:
        values: `(bands, rows, cols)` in the raster's own numbers, masked where nothing is known.
        window: Where it lies on the grid it was read on.
    """

    values: np.ma.MaskedArray
    window: Window

    @property
    def valid(self) -> NDArray[np.bool_]:
        """Pixels of which at least one band is known, `(rows, cols)`."""
        mask = np.ma.getmask(self.values)
        if mask is np.ma.nomask:
            return np.ones(self.values.shape[1:], bool)
        return np.asarray(~mask.all(axis=0))

    @property
    def partly(self) -> NDArray[np.bool_] | None:
        """Pixels of which some bands are known and others are not, `(rows, cols)`; `None`: there is none."""
        if np.ma.getmask(self.values) is np.ma.nomask:
            return None
        mask = np.ma.getmaskarray(self.values)
        partly = np.asarray(mask.any(axis=0) & ~mask.all(axis=0))
        return partly if partly.any() else None


@dataclass(frozen=True)
class MosaicPart:
    """A dataset on the grid of the mosaic.

    Args:
        dataset: The file, or a warped view of it.
        alpha: Number of its alpha band.
        place: The window of the grid outside of which it has nothing.
        origin: Column and row of the grid where its first pixel lies.
        nearest: Its nearest pixels on the grid, where a warp would mix others in the place of nodata.
    """

    dataset: DatasetReader | WarpedVRT
    alpha: int | None
    place: Window
    origin: tuple[int, int]
    nearest: WarpedVRT | None = None

    def read(self, bands: Sequence[int], window: Window) -> np.ma.MaskedArray:
        """Read a window of the dataset. A warped pixel is known where the one at its middle is.

        Raises:
            InputError: The file cannot be read there.
        """
        return read_window(self.dataset, self.alpha, bands, window, self.nearest)


class MosaicReader:
    """Reads windows of a mosaic on one grid. Made by `Rasters.on`."""

    def __init__(self, parts: Sequence[MosaicPart], grid: Grid, bands: tuple[int, ...]) -> None:
        self._parts = parts
        self.grid = grid
        self._bands = bands

    def read(self, window: Window) -> RasterChunk:
        """Read a window of the grid. What no file covers is masked.

        Raises:
            InputError: A file cannot be read there.
        """
        shape = (len(self._bands), int(window.height), int(window.width))
        touching = list(self._touching(window))
        if touching and (touching[0][1].height, touching[0][1].width) == shape[1:]:
            first = touching[0][0].read(self._bands, touching[0][2])
            if len(touching) == 1 or np.ma.getmask(first) is np.ma.nomask:
                return RasterChunk(first, window)  # one file fills the window
        values = np.ma.MaskedArray(np.zeros(shape, self.dtype), mask=True)
        for part, place, there in touching:
            fresh = part.read(self._bands, there)
            rows, columns = place.toslices()
            hole = np.ma.getmaskarray(values)[:, rows, columns].all(axis=0)
            if hole.all():
                values[:, rows, columns] = fresh
            else:
                kept = values[:, rows, columns]
                kept[:, hole] = fresh[:, hole]
        return RasterChunk(values, window)

    def known(self, window: Window, dtype: type[np.floating[Any]] = np.float64) -> NDArray[np.floating[Any]]:
        """The values of a window, `(bands, rows, cols)`, NaN where there is no data."""
        values: NDArray[np.floating[Any]] = np.ma.filled(self.read(window).values.astype(dtype), np.nan)
        return values

    @property
    def nodata(self) -> set[float]:
        """The values that files declare to be none."""
        return {float(part.dataset.nodata) for part in self._parts if part.dataset.nodata is not None}

    def covers(self, window: Window) -> bool:
        """Whether a file touches a window."""
        return any(True for _ in self._touching(window))

    @property
    def dtype(self) -> np.dtype:
        """A type that holds the values of all files."""
        return np.result_type(*{dtype for part in self._parts for dtype in part.dataset.dtypes})

    def _touching(self, window: Window) -> Iterator[tuple[MosaicPart, Window, Window]]:
        """The parts that a window touches, where in the window, and where in the part."""
        for part in self._parts:
            try:
                shared = intersection(window, part.place)
            except rasterio.errors.WindowError:
                continue
            place = Window(
                shared.col_off - window.col_off, shared.row_off - window.row_off, shared.width, shared.height
            )
            there = Window(
                shared.col_off - part.origin[0],
                shared.row_off - part.origin[1],
                shared.width,
                shared.height,
            )
            yield part, place, there


def common_type(dataset: DatasetReader | WarpedVRT, bands: Sequence[int]) -> str | None:
    """The type that holds bands of several types, as virtual rasters may have; `None`: they have one."""
    found = {dataset.dtypes[band - 1] for band in bands}
    return None if len(found) < 2 else str(np.result_type(*found))


def _read(
    dataset: DatasetReader | WarpedVRT, bands: Sequence[int], window: Window, shape: tuple[int, int] | None
) -> np.ma.MaskedArray:
    """Read bands, masked; one by one where they are of several types, which rasterio does not read together."""
    dtype = common_type(dataset, bands)
    if dtype is None:
        of_all = (len(bands), *shape) if shape else None
        values: np.ma.MaskedArray = dataset.read(list(bands), window=window, out_shape=of_all, masked=True)
    else:
        each = [dataset.read(band, window=window, out_shape=shape, masked=True) for band in bands]
        values = np.ma.stack([of_band.astype(dtype) for of_band in each])
    for place, band in enumerate(bands):
        nodata = nodata_beside_mask(dataset, band)
        if nodata is not None:
            values[place, values.data[place] == nodata] = np.ma.masked
    return values


def _read_warped(warped: DatasetReader | WarpedVRT, nearest: WarpedVRT, bands: Sequence[int], window: Window) -> Any:
    """Read bands, masked where the nearest pixels are nodata. Asked for a mask, GDAL would warp all over again."""
    values, there = warped.read(list(bands), window=window), nearest.read(list(bands), window=window)
    return np.ma.MaskedArray(values, mask=np.isnan(there) if np.isnan(nearest.nodata) else there == nearest.nodata)


def read_window(
    dataset: DatasetReader | WarpedVRT,
    alpha: int | None,
    bands: Sequence[int],
    window: Window,
    nearest: WarpedVRT | None = None,
    shape: tuple[int, int] | None = None,
) -> np.ma.MaskedArray:
    """Read a window of a dataset, `(bands, rows, cols)`.

    Masked by nodata, mask and alpha, and where floats are NaN, infinite, or so huge that they stand for nothing.
    Alpha is read as a band: GDAL does not take it for a mask where the values are not bytes. `nearest`: see
    `MosaicPart`; `shape`: rows and columns into which the window of a file is thinned out.

    Raises:
        InputError: The file cannot be read there.
    """
    try:
        if nearest is None:
            values = _read(dataset, bands, window, shape)
        else:
            values = _read_warped(dataset, nearest, bands, window)
        if alpha is not None:
            values[:, dataset.read(alpha, window=window, out_shape=shape) == 0] = np.ma.masked
    except RasterioError as error:
        raise InputError(
            "{path} cannot be read: {reason}. The file may be damaged, changed or deleted.",
            path=without_secrets(dataset.name),
            reason=without_secrets(str(error.__cause__ or error)).rstrip("."),
        ) from error
    if values.dtype.kind == "f":
        nothing = ~(np.abs(values.data) < LARGEST)
        if nothing.any():
            values[nothing] = np.ma.masked
    mask = np.ma.getmask(values)
    return values if mask is np.ma.nomask or mask.any() else np.ma.MaskedArray(values.data)
