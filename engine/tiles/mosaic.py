"""Joins the cores of tiles into rasters, on disk: what is held in memory does not grow with the image."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.io import DatasetWriter
from rasterio.windows import Window

from ..grids.grid import Grid, grid_of
from ..images.warping import take_nearest, warp
from .tiling import BLOCK_PX


@dataclass(frozen=True)
class Layer:
    """A raster to be made.

    Args:
        path: Where it is made.
        names: Name of each band.
        dtype: Type of its values.
        nodata: Value where nothing is said.
    """

    path: Path
    names: tuple[str, ...]
    dtype: str
    nodata: float

    @property
    def resampling(self) -> Resampling:
        """How it comes to another grid: whole numbers stand for something, classes above all, and are never mixed."""
        return Resampling.bilinear if np.issubdtype(self.dtype, np.floating) else Resampling.nearest


class Mosaic:
    """The rasters of one run, fed core by core; where none was fed they hold nodata.

    Args:
        grid: The area of the results.
        origin: Column and row of that area on the grid the tiles count on.
        layers: The rasters to be made, by name.
        ratio: Pixels of the results for one of that grid, along a side.
        resumable: Whether what is sealed must outlive a kill.
        resumed: Whether the layers are there already, begun by an earlier run.
    """

    def __init__(
        self,
        grid: Grid,
        origin: tuple[int, int],
        layers: Mapping[str, Layer],
        ratio: int = 1,
        resumable: bool = False,
        resumed: bool = False,
    ) -> None:
        self._origin = origin
        self._layers = layers
        self._ratio = ratio
        self._resumable = resumable
        with ExitStack() as opening:
            if not resumed:
                self._datasets = {name: opening.enter_context(create(layer, grid)) for name, layer in layers.items()}
            self._stack = opening.pop_all()
        self.seal()

    def __enter__(self) -> Mosaic:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def feed(self, place: Window, results: Mapping[str, NDArray[Any]], valid: NDArray[np.bool_]) -> None:
        """Take in one core.

        Args:
            place: Where it lies, on the grid the tiles count on.
            results: `(bands, rows, cols)` or `(rows, cols)` for each layer, `ratio` times as many rows and columns.
            valid: `(rows, cols)` of the core; elsewhere the layers hold nodata.
        """
        times = self._ratio
        column, row = (place.col_off - self._origin[0]) * times, (place.row_off - self._origin[1]) * times
        here = Window(column, row, place.width * times, place.height * times)
        known = valid if times == 1 else valid.repeat(times, axis=0).repeat(times, axis=1)
        everywhere = bool(known.all())
        for name, layer in self._layers.items():
            values = results[name] if results[name].ndim == 3 else results[name][np.newaxis]
            if not everywhere:
                values = np.where(known, values, np.array(layer.nodata, layer.dtype))
            self._datasets[name].write(values.astype(layer.dtype, copy=False), window=here)

    def seal(self) -> None:
        """Make what was fed outlive a kill, where that is wanted: a closed file is a whole one."""
        if self._resumable:
            self._stack.close()
            with rasterio.Env(), ExitStack() as opening:  # else closing in another thread than this one fails
                self._datasets = {
                    name: opening.enter_context(rasterio.open(layer.path, "r+", SPARSE_OK=True))
                    for name, layer in self._layers.items()
                }
                self._stack = opening.pop_all()


def create(layer: Layer, grid: Grid) -> DatasetWriter:
    """Open a raster for writing: quickly packed, in blocks, empty blocks left out.

    It may outgrow 4 GB however small it is: a block that is filled strip by strip grows, and is then written anew
    behind all others (cores of 16 rows, GDAL's cache full: 8 times the size).
    """
    dataset = rasterio.open(
        layer.path,
        "w",
        driver="GTiff",
        crs=grid.crs,
        transform=grid.transform,
        width=grid.width,
        height=grid.height,
        count=len(layer.names),
        dtype=layer.dtype,
        nodata=layer.nodata,
        tiled=True,
        blockxsize=BLOCK_PX,
        blockysize=BLOCK_PX,
        compress="ZSTD",
        zstd_level=1,
        bigtiff="YES",
        sparse_ok=True,
    )
    for index, name in enumerate(layer.names, start=1):
        dataset.set_band_description(index, name)
    return dataset


def regrid(
    layer: Layer,
    source: Path,
    grid: Grid,
    known: Callable[[Window], NDArray[np.bool_]],
    told_by: Path | None = None,
) -> int:
    """Bring a raster to another grid, block by block. Nothing is not mixed in; beside it the nearest value counts.

    Args:
        layer: What to make.
        source: The raster.
        grid: Where the layer shall lie.
        known: Tells which pixels of a window of `grid` get a value, `(rows, cols)`.
        told_by: A raster of one band fed together with the source, whose nodata tells alone where nothing was said;
            `None`: that of the source does.

    Returns:
        How many of these pixels got none, since none is near.
    """
    nothing = np.array(layer.nodata, layer.dtype)
    bare_px = 0
    with ExitStack() as opening:
        dataset = told = opening.enter_context(rasterio.open(source))
        target = opening.enter_context(create(layer, grid))
        warped = marks = opening.enter_context(warp(dataset, grid_of(dataset), grid, layer.resampling))
        if told_by is not None:
            told = opening.enter_context(rasterio.open(told_by))
            marks = opening.enter_context(warp(told, grid_of(told), grid, layer.resampling))
        for _, window in target.block_windows(1):
            wanted, values = known(window), warped.read(window=window)
            lacking = wanted & _is_nothing(values if marks is warped else marks.read(window=window), told.nodata)
            if lacking.any():
                take_nearest(values, lacking, dataset, told, grid.part(window))
                bare_px += int(lacking.sum())
            target.write(np.where(wanted, values, nothing), window=window)
    return bare_px


def _is_nothing(values: NDArray[Any], nodata: float) -> NDArray[np.bool_]:
    """Where bands hold nodata, `(rows, cols)`."""
    nothing = np.isnan(values) if np.isnan(nodata) else values == nodata
    return np.asarray(nothing.any(axis=0))
