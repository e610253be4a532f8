"""Reads class rasters: whole numbers, window by window, on their own grid or on another's (nearest pixel)."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window, intersect, intersection

from ..errors import InputError
from ..grids.grid import Grid, grid_of
from ..images.nodata import held_nodata, nodata_beside_mask, with_mask_as_nodata
from ..images.source_files import check_unchanged, files_of, refuse_container, stamps_of
from ..images.urls import file_name, without_secrets
from ..images.warping import check_one_side, warp

MOST = 2**53
"""Numbers beyond it are not whole any more where they are kept as floats."""


class ClassRaster:
    """A raster file of classes. Use it as a context.

    Args:
        path: What GDAL can open.

    Attributes:
        grid: Where its pixels lie.
        files: Every file that is read, those behind a virtual raster and side files included.

    Raises:
        InputError: It cannot be opened, is not rectified, or has several bands or none.
    """

    def __init__(self, path: str) -> None:
        self._stack = ExitStack()
        try:
            self._dataset = self._stack.enter_context(rasterio.open(path))
        except RasterioError as error:
            raise InputError(
                "{path} cannot be opened as a raster: {reason}. If QGIS opens it, export it as a GeoTIFF first.",
                path=without_secrets(path),
                reason=without_secrets(str(error)).rstrip("."),
            ) from error
        with ExitStack() as opening:
            opening.callback(self._stack.close)
            if not self._dataset.count:
                refuse_container(self._dataset)
            self.path = path
            self.grid = grid_of(self._dataset)
            kinds = self._dataset.colorinterp
            bands = [band for band in self._dataset.indexes if kinds[band - 1] is not ColorInterp.alpha]
            if len(bands) != 1 or self._dataset.dtypes[0].startswith("complex"):
                raise InputError(
                    "{path} has {count} bands ({type}). A class map has one band of whole numbers; choose one, or "
                    "extract the band.",
                    path=path,
                    count=len(bands),
                    type=self._dataset.dtypes[0],
                )
            self._alpha = next((band for band in self._dataset.indexes if band not in bands), None)
            self.files = files_of(self._dataset)
            self._stamps = stamps_of(self.files)
            opening.pop_all()

    def __enter__(self) -> ClassRaster:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return file_name(self.path)

    @property
    def colours(self) -> dict[int, str]:
        """The colour table, as `#rrggbb` by value; empty where there is none."""
        try:
            table = self._dataset.colormap(1)
        except ValueError:
            return {}
        return {value: "#" + bytes(colour[:3]).hex() for value, colour in table.items() if colour[3]}

    def check_unchanged(self) -> None:
        """Make sure that the files are still those that were opened; see `source_files.check_unchanged`."""
        check_unchanged(self._stamps)

    def on(self, grid: Grid) -> ClassReader:
        """Make it readable on a grid.

        Raises:
            InputError: One of the two has a coordinate reference system and the other has none, or a warp would lose
                what lies beyond 180°.
        """
        offset = grid.offset(self.grid)
        if offset is not None:
            return ClassReader(self._dataset, self._alpha, Window(*offset, self.grid.width, self.grid.height))
        check_same_world(self.grid.crs, grid.crs, self.path)
        if grid.crs is None:
            raise InputError(
                "{path} has other pixels than the map, and neither has a coordinate reference system. Assign one to "
                "both.",
                path=self.path,
            )
        check_one_side(self.grid, grid, self.path)
        dataset = with_mask_as_nodata(self._dataset, self._stack)
        uncovered_too = held_nodata(dataset, 1) is None and self._alpha is None
        dtype = "float64" if self._dataset.dtypes[0] in ("int64", "uint64") else None  # a warp knows no nodata of these
        view = self._stack.enter_context(warp(dataset, self.grid, grid, Resampling.nearest, uncovered_too, dtype))
        return ClassReader(view, view.count if uncovered_too else self._alpha, grid.window)


class ClassReader:
    """Reads windows of a class raster on one grid. Made by `ClassRaster.on`.

    Args:
        dataset: The file, or a warped view of it.
        alpha: Number of the band that tells where nothing is said.
        place: The window of the grid that it fills.
    """

    def __init__(self, dataset: rasterio.io.DatasetReader | WarpedVRT, alpha: int | None, place: Window) -> None:
        self._dataset, self._alpha, self._place = dataset, alpha, place

    def read(self, window: Window) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Read a window of the grid.

        Returns:
            Values, `(rows, cols)`, and where there is one; elsewhere the value is 0.

        Raises:
            InputError: The file cannot be read there, or holds numbers that are not whole.
        """
        shape = int(window.height), int(window.width)
        values, known = np.zeros(shape, np.int64), np.zeros(shape, bool)
        if not intersect(window, self._place):
            return values, known
        shared = intersection(window, self._place)
        there = Window(
            shared.col_off - self._place.col_off, shared.row_off - self._place.row_off, shared.width, shared.height
        )
        here = Window(
            shared.col_off - window.col_off, shared.row_off - window.row_off, shared.width, shared.height
        ).toslices()
        values[here], known[here] = self._read(there)
        return values, known

    def _read(self, window: Window) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Read a window of the dataset."""
        try:
            found: np.ma.MaskedArray = self._dataset.read(1, window=window, masked=True)
            known = ~np.ma.getmaskarray(found)
            nodata = nodata_beside_mask(self._dataset, 1)
            if nodata is not None:
                known &= found.data != nodata
            if self._alpha is not None:
                known &= self._dataset.read(self._alpha, window=window) != 0
        except RasterioError as error:
            raise InputError(
                "{path} cannot be read: {reason}. The file may be damaged, changed or deleted.",
                path=self._dataset.name,
                reason=str(error.__cause__ or error).rstrip("."),
            ) from error
        raw = found.data
        if raw.dtype.kind == "f":
            known &= np.isfinite(raw)
            raw = np.where(known, raw, 0)
            broken = (raw != np.round(raw)) | (np.abs(raw) > MOST)
            if broken.any():
                raise InputError(
                    "{path} holds {value:g}, which is no class: classes are whole numbers. Choose a class map.",
                    path=self._dataset.name,
                    value=float(raw[broken][0]),
                )
        return np.where(known, raw, 0).astype(np.int64), known


def check_same_world(first: CRS | None, second: CRS | None, path: str) -> None:
    """Refuse to bring something to a place from nowhere, or the other way round.

    Raises:
        InputError: One has a coordinate reference system, the other has none.
    """
    if (first is None) != (second is None):
        raise InputError(
            "{path} and the map do not fit together: one has a coordinate reference system, the other has none. Assign "
            "the missing one.",
            path=path,
        )
