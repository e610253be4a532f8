"""Turns raster files into chunks of one mosaic: any window, on any grid, with what is missing masked."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import ColorInterp, Resampling
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform
from rasterio.windows import Window, intersection

from .errors import InputError
from .grid import Grid, grid_of, mosaic_grid

EXACT = 1e-12
"""Tolerance of a warp, in pixels: coordinates are transformed one by one, not interpolated along a line, whose ends
would depend on the window. (GDAL does not take 0.)"""


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


@dataclass(frozen=True)
class _File:
    """An input file: its dataset, its data bands, its alpha band, and its state when it was opened."""

    dataset: DatasetReader
    grid: Grid
    bands: tuple[int, ...]
    alpha: int | None
    stamps: dict[str, tuple[float, int] | None]

    @property
    def band_names(self) -> tuple[str, ...]:
        """Description, else colour, of each data band, in lower case."""
        described, colours = self.dataset.descriptions, self.dataset.colorinterp
        return tuple((described[band - 1] or colours[band - 1].name).lower() for band in self.bands)


class Rasters:
    """Files taken as one mosaic; where they overlap, the earlier one shows.

    Args:
        paths: What GDAL can open.

    Raises:
        InputError: A file cannot be opened, is not rectified, or differs from the first in its bands.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self._stack = ExitStack()
        with contextlib.ExitStack() as opening:
            opening.callback(self._stack.close)
            self._files = [self._open(path) for path in paths]
            for file in self._files:
                _check_alike(self._files[0], file)
            self.grid = mosaic_grid([file.grid for file in self._files])
            opening.pop_all()

    def __enter__(self) -> Rasters:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def bands(self) -> tuple[int, ...]:
        """Numbers of the bands that hold data: all but alpha."""
        return self._files[0].bands

    @property
    def band_names(self) -> tuple[str, ...]:
        """What the first file says each data band is, in lower case: its description, else its colour."""
        return self._files[0].band_names

    @property
    def has_palette(self) -> bool:
        """Whether the values of a file are numbers of colours, not measurements."""
        return any(ColorInterp.palette in file.dataset.colorinterp for file in self._files)

    def on(self, grid: Grid, bands: Sequence[int]) -> MosaicReader:
        """Make the mosaic readable on a grid; files that lie on another are warped, window by window."""
        return MosaicReader([_on_grid(file, grid, self._stack) for file in self._files], grid, tuple(bands))

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that is read, those behind a virtual raster and side files included."""
        return tuple(path for file in self._files for path in file.dataset.files)

    def sample(self, bands: Sequence[int], side_px: int = 256) -> NDArray[np.float64]:
        """Valid values of some bands, `(bands, pixels)`: from nine windows of a single file, one of each of several."""
        steps = 3 if len(self._files) == 1 else 1
        pixels = []
        for file in self._files:
            width, height = min(side_px, file.grid.width), min(side_px, file.grid.height)
            for row in _spread(file.grid.height - height, steps):
                for column in _spread(file.grid.width - width, steps):
                    chunk = _read(file.dataset, file.alpha, bands, Window(column, row, width, height))
                    known = ~np.ma.getmaskarray(chunk).any(axis=0)
                    pixels.append(chunk.data[:, known].astype(float))
        return np.concatenate(pixels, axis=1)

    @property
    def stamps(self) -> dict[str, tuple[float, int] | None]:
        """Time of change and size of each file when it was opened."""
        return {path: stamp for file in self._files for path, stamp in file.stamps.items()}

    @property
    def raw_bytes(self) -> int:
        """Bytes that a pixel takes as it is read: GDAL decodes the bands together."""
        return int(max(sum(np.dtype(dtype).itemsize for dtype in file.dataset.dtypes) for file in self._files))

    def check_unchanged(self) -> None:
        """Make sure that the files are still those that were opened.

        Raises:
            InputError: One was changed or deleted.
        """
        for path, stamp in self.stamps.items():
            if _stamp(path) != stamp:
                raise InputError(
                    "{path} was changed or deleted while it was being read. The result was discarded; start again.",
                    path=path,
                )

    def _open(self, path: str) -> _File:
        try:
            dataset = self._stack.enter_context(rasterio.open(path))
        except RasterioError as error:
            raise InputError("{path} cannot be opened as a raster: {reason}.", path=path, reason=str(error)) from error
        if any(dtype.startswith("complex") for dtype in dataset.dtypes):
            raise InputError("{path} holds complex values. Compute amplitude or intensity from it first.", path=path)
        alpha = next((band for band in dataset.indexes if _is_alpha(dataset, band)), None)
        bands = tuple(band for band in dataset.indexes if band != alpha)
        # QGIS may write statistics beside a file at any time; they do not change it.
        stamps = {name: _stamp(name) for name in dataset.files if not name.endswith(".aux.xml")}
        return _File(dataset, grid_of(dataset), bands, alpha, stamps)


class MosaicReader:
    """Reads windows of a mosaic on one grid. Made by `Rasters.on`."""

    def __init__(self, sources: Sequence[_Source], grid: Grid, bands: tuple[int, ...]) -> None:
        self._sources = sources
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
            first = _read(touching[0][0].dataset, touching[0][0].alpha, self._bands, touching[0][2])
            if len(touching) == 1 or np.ma.getmask(first) is np.ma.nomask:
                return RasterChunk(first, window)  # one file fills the window
        values = np.ma.MaskedArray(np.zeros(shape, self._dtype), mask=True)
        for source, place, there in touching:
            part = _read(source.dataset, source.alpha, self._bands, there)
            rows, columns = place.toslices()
            hole = np.ma.getmaskarray(values)[:, rows, columns].all(axis=0)
            if hole.all():
                values[:, rows, columns] = part
            else:
                kept = values[:, rows, columns]
                kept[:, hole] = part[:, hole]
        return RasterChunk(values, window)

    def covers(self, window: Window) -> bool:
        """Whether a file touches a window."""
        return any(True for _ in self._touching(window))

    @property
    def _dtype(self) -> np.dtype:
        return np.result_type(*{dtype for source in self._sources for dtype in source.dataset.dtypes})

    def _touching(self, window: Window) -> Iterator[tuple[_Source, Window, Window]]:
        """The sources that a window touches, where in the window, and where in the source."""
        for source in self._sources:
            try:
                shared = intersection(window, source.place)
            except rasterio.errors.WindowError:
                continue
            place = Window(
                shared.col_off - window.col_off, shared.row_off - window.row_off, shared.width, shared.height
            )
            there = Window(
                shared.col_off - source.origin[0],
                shared.row_off - source.origin[1],
                shared.width,
                shared.height,
            )
            yield source, place, there


@dataclass(frozen=True)
class _Source:
    """A dataset on the grid of the mosaic.

    Args:
        dataset: The file, or a warped view of it.
        alpha: Number of its alpha band.
        place: The window of the grid outside of which it has nothing.
        origin: Column and row of the grid where its first pixel lies.
    """

    dataset: DatasetReader | WarpedVRT
    alpha: int | None
    place: Window
    origin: tuple[int, int]


def _read(
    dataset: DatasetReader | WarpedVRT, alpha: int | None, bands: Sequence[int], window: Window
) -> np.ma.MaskedArray:
    """Read a window of a dataset, `(bands, rows, cols)`.

    Masked by nodata, mask and alpha, and where floats are NaN, infinite, or so huge that they stand for nothing.
    Alpha is read as a band: GDAL does not take it for a mask where the values are not bytes.

    Raises:
        InputError: The file cannot be read there.
    """
    try:
        values: np.ma.MaskedArray = dataset.read(list(bands), window=window, masked=True)
        if alpha is not None:
            values[:, dataset.read(alpha, window=window) == 0] = np.ma.masked
    except RasterioError as error:
        raise InputError(
            "{path} cannot be read: {reason}. The file may be damaged, changed or deleted.",
            path=dataset.name,
            reason=str(error.__cause__ or error),
        ) from error
    if values.dtype.kind == "f":
        nothing = ~(np.abs(values.data) < LARGEST)
        if nothing.any():
            values[nothing] = np.ma.masked
    return values if np.ma.getmaskarray(values).any() else np.ma.MaskedArray(values.data)


def _on_grid(file: _File, grid: Grid, stack: ExitStack) -> _Source:
    """Put a file on a grid: as it is where its pixels fall on the grid's, else warped (bilinear)."""
    origin = grid.offset(file.grid)
    if origin is not None:
        place = Window(*origin, file.grid.width, file.grid.height)
        return _Source(file.dataset, file.alpha, place, origin)
    _check_warps(file)
    add_alpha = file.dataset.nodata is None and file.alpha is None
    warped = stack.enter_context(warp(file.dataset, file.grid, grid, Resampling.bilinear, add_alpha))
    alpha = warped.count if add_alpha else file.alpha
    return _Source(warped, alpha, _footprint(file.grid, grid), (0, 0))


def _check_alike(first: _File, file: _File) -> None:
    """Refuse a file that cannot be read as part of the first's mosaic: bands, type, or the order of named bands."""
    in_order = file.band_names == first.band_names
    reordered = not in_order and sorted(file.band_names) == sorted(first.band_names)
    if reordered or (file.bands, file.dataset.dtypes[0]) != (first.bands, first.dataset.dtypes[0]):
        raise InputError(
            "{path} holds {bands} ({type}), and {first} holds {first_bands} ({first_type}). "
            "Rasters of one mosaic must be alike.",
            path=file.dataset.name,
            bands=_listed(file),
            type=file.dataset.dtypes[0],
            first=first.dataset.name,
            first_bands=_listed(first),
            first_type=first.dataset.dtypes[0],
        )


def _listed(file: _File) -> str:
    """The data bands of a file, for people."""
    return ", ".join(f"{band}: {name}" for band, name in zip(file.bands, file.band_names))


def _check_warps(file: _File) -> None:
    """Refuse what a warp would falsify: it knows one nodata value, and none of 64-bit integers."""
    dataset = file.dataset
    nodata = {dataset.nodatavals[band - 1] for band in file.bands}
    if len(nodata) > 1 or any(dataset.dtypes[band - 1] in ("int64", "uint64") for band in file.bands):
        raise InputError(
            "{path} must be brought to another pixel size or coordinate system, but it has 64-bit integers or "
            "different nodata values in its bands. Convert it first (GDAL: Translate).",
            path=dataset.name,
        )


def warp(
    dataset: DatasetReader, source: Grid, target: Grid, resampling: Resampling, add_alpha: bool = False
) -> WarpedVRT:
    """A view of a dataset on another grid, whose windows are the same whatever is read around them.

    Args:
        dataset: What to warp.
        source: The grid it lies on.
        target: The grid it shall lie on.
        resampling: How values between pixels are made.
        add_alpha: Append a band that tells what the dataset covers.
    """
    scale_x, scale_y = _warp_scale(source, target)
    return WarpedVRT(
        dataset,
        src_crs=source.crs,
        src_transform=source.transform,
        crs=target.crs,
        transform=target.transform,
        width=target.width,
        height=target.height,
        resampling=resampling,
        add_alpha=add_alpha,
        tolerance=EXACT,
        XSCALE=scale_x,
        YSCALE=scale_y,
    )


def _warp_scale(source: Grid, target: Grid) -> tuple[float, float]:
    """How many target pixels a source pixel is wide and high, at the middle of the source.

    A warp that is left to find this out for itself finds another answer in each window.
    """
    column, row = source.width / 2, source.height / 2
    ends = [(column - 0.5, row), (column + 0.5, row), (column, row - 0.5), (column, row + 0.5)]
    xs, ys = zip(*(source.transform @ end for end in ends))
    if source.crs != target.crs:
        xs, ys = transform(source.crs, target.crs, xs, ys)
    left, right, top, bottom = (np.array(~target.transform @ point) for point in zip(xs, ys))
    return float(np.hypot(*(right - left))), float(np.hypot(*(bottom - top)))


def _footprint(source: Grid, target: Grid) -> Window:
    """The window of the target that a source may touch, with two pixels to spare for the resampling."""
    edge = np.linspace(0, 1, 21)
    columns = np.concatenate([edge, edge, 0 * edge, 0 * edge + 1]) * source.width
    rows = np.concatenate([0 * edge, 0 * edge + 1, edge, edge]) * source.height
    xs, ys = _apply(source.transform, columns, rows)
    if source.crs != target.crs:
        xs, ys = map(np.asarray, transform(source.crs, target.crs, xs, ys))
    columns, rows = _apply(~target.transform, xs, ys)
    left, top = max(0, int(columns.min()) - 2), max(0, int(rows.min()) - 2)
    right, bottom = min(target.width, int(columns.max()) + 3), min(target.height, int(rows.max()) + 3)
    return Window(left, top, max(0, right - left), max(0, bottom - top))


def _apply(
    affine: Affine, xs: NDArray[np.float64], ys: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Transform arrays of coordinates."""
    return affine.a * xs + affine.b * ys + affine.c, affine.d * xs + affine.e * ys + affine.f


def _is_alpha(dataset: DatasetReader, band: int) -> bool:
    return dataset.colorinterp[band - 1] is ColorInterp.alpha


def cache_blocks(limit_bytes: int) -> rasterio.Env:
    """Have GDAL keep at most this much of what it decoded, as long as the context lasts."""
    return rasterio.Env(GDAL_CACHEMAX=limit_bytes)


def _spread(length: int, steps: int) -> list[int]:
    """Some places along a length: its middle, or from one end to the other."""
    return [length // 2] if steps == 1 else [length * step // (steps - 1) for step in range(steps)]


def _stamp(path: str) -> tuple[float, int] | None:
    """Time of change and size of a local file; `None` for anything else GDAL can open."""
    if not Path(path).is_file():
        return None
    status = os.stat(path)
    return status.st_mtime, status.st_size
