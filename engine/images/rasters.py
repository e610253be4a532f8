"""Opens raster files as one mosaic that can be read on any grid, and knows what they hold."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio._err import CPLE_BaseError
from rasterio.enums import ColorInterp, MaskFlags, Resampling
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import ALIGNED_PX, Grid, grid_of, mosaic_grid
from ..grids.placing import moved
from .coverage import lattice, shown_at
from .mosaic_reader import MosaicPart, MosaicReader, common_type, read_window
from .nodata import held_nodata, with_mask_as_nodata
from .source_files import check_unchanged, files_of, refuse_container, stamps_of
from .transparency import alpha_of
from .urls import without_secrets
from .warping import check_one_side, footprint, warp

LEAST_SHOWN = 0.001
"""Share of the pixels looked at that tells enough of a file."""


@dataclass(frozen=True)
class _File:
    """An input file: its dataset, its data bands and its alpha band, and every file behind it with its first state."""

    dataset: DatasetReader
    grid: Grid
    bands: tuple[int, ...]
    alpha: int | None
    files: tuple[str, ...]
    stamps: dict[str, tuple[float, int] | None]

    @property
    def band_names(self) -> tuple[str, ...]:
        """Description, else colour, of each data band, in lower case."""
        described, colours = self.dataset.descriptions, self.dataset.colorinterp
        return tuple((described[band - 1] or colours[band - 1].name).lower() for band in self.bands)

    @property
    def band_colours(self) -> tuple[str, ...]:
        """The colour as which each data band is shown, in lower case."""
        return tuple(self.dataset.colorinterp[band - 1].name.lower() for band in self.bands)


class Rasters:
    """Files taken as one mosaic; where they overlap, the earlier one shows.

    Args:
        paths: What GDAL can open.

    Raises:
        InputError: A file cannot be opened, has no bands, is not rectified, or differs from the first in its bands; or
            there are several, and they have no place.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self._stack = ExitStack()
        with contextlib.ExitStack() as opening:
            opening.callback(self._stack.close)
            self._files = [self._open(path) for path in paths]
            for file in self._files:
                _check_alike(self._files[0], file)
            _check_places(self._files)
            self.grid = mosaic_grid([file.grid for file in self._files])
            opening.pop_all()

    def __enter__(self) -> Rasters:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def hidden(self) -> tuple[str, ...]:
        """Files of which nothing shows, since an earlier one without gaps lies over all of them."""
        found: list[str] = []
        whole: set[int] = set()  # of the earlier ones, those without gaps
        boxes = [shapely.box(*file.grid.bounds) for file in self._files]
        tree = shapely.STRtree(boxes)
        for number, file in enumerate(self._files):
            if any(_lies_over(self._files[each], file) for each in whole.intersection(tree.query(boxes[number]))):
                found.append(file.dataset.name)
            elif _has_no_gaps(file):
                whole.add(number)
        return tuple(found)

    @property
    def bands(self) -> tuple[int, ...]:
        """Numbers of the bands that hold data: all but alpha."""
        return self._files[0].bands

    @property
    def alpha(self) -> int | None:
        """Number of the band that the first file declares as transparency."""
        return self._files[0].alpha

    @property
    def band_names(self) -> tuple[str, ...]:
        """What the first file says each data band is, in lower case: its description, else its colour."""
        return self._files[0].band_names

    @property
    def band_colours(self) -> tuple[str, ...]:
        """As which colour the first file shows each data band, in lower case."""
        return self._files[0].band_colours

    @property
    def units(self) -> tuple[str, ...]:
        """What the first file says each data band is measured in; empty where it says nothing."""
        return tuple(self._files[0].dataset.units[band - 1] or "" for band in self.bands)

    @property
    def has_palette(self) -> bool:
        """Whether the values of a file are numbers of colours, not measurements."""
        return any(ColorInterp.palette in file.dataset.colorinterp for file in self._files)

    def on(
        self,
        grid: Grid,
        bands: Sequence[int],
        dtype: str | None = None,
        resampling: Resampling = Resampling.bilinear,
    ) -> MosaicReader:
        """Make the mosaic readable on a grid; files that lie on another are warped, window by window.

        Args:
            grid: Where to read it.
            bands: Which bands, from 1.
            dtype: Type of warped values, for files of whole numbers that measure; `None`: that of the file.
            resampling: How warped values are made: of classes, `nearest`.
        """
        parts = [_on_grid(file, grid, tuple(bands), self._stack, dtype, resampling) for file in self._files]
        return MosaicReader(parts, grid, tuple(bands))

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that is read, those behind a virtual raster and side files included."""
        return tuple(path for file in self._files for path in file.files)

    def sample(self, bands: Sequence[int], side_px: int = 256) -> NDArray[np.float64]:
        """Valid values of some bands, `(bands, pixels)`: from nine windows of a single file, one of each of several.

        Each lies in one block where it fits: blocks are decoded whole. Of more than nine files the windows are smaller,
        so that together they hold no more than those of one. A file that shows next to nothing there is read thinned
        out.
        """
        steps = 3 if len(self._files) == 1 else 1
        side_px = min(side_px, max(1, math.isqrt(9 * side_px**2 // len(self._files))))
        pixels = []
        for file in self._files:
            found = []
            width, height = min(side_px, file.grid.width), min(side_px, file.grid.height)
            block_rows, block_columns = file.dataset.block_shapes[0]
            for row in _spread(file.grid.height - height, steps, height, block_rows):
                for column in _spread(file.grid.width - width, steps, width, block_columns):
                    chunk = read_window(file.dataset, file.alpha, bands, Window(column, row, width, height))
                    found.append(_known(chunk))
            if sum(part.shape[1] for part in found) < LEAST_SHOWN * len(found) * width * height:
                thinned = min(side_px, file.grid.height), min(side_px, file.grid.width)
                found.append(_known(read_window(file.dataset, file.alpha, bands, file.grid.window, shape=thinned)))
            pixels += found
        return np.concatenate(pixels, axis=1)

    def shown(self, grid: Grid, bands: Sequence[int]) -> NDArray[np.bool_]:
        """At which places of `coverage.lattice` a file shows something in one of some bands, about, by few reads."""
        places = lattice(grid)
        shown = np.zeros(len(places), bool)
        for file in self._files:
            with contextlib.suppress(CPLE_BaseError):  # the file lies where a place has no coordinates in its system
                shown |= shown_at(file.dataset, file.alpha, bands, moved(places, grid, file.grid))
        return shown

    @property
    def stamps(self) -> dict[str, tuple[float, int] | None]:
        """Time of change and size of each file when it was opened."""
        return {path: state for file in self._files for path, state in file.stamps.items()}

    @property
    def told(self) -> list[str]:
        """Where each file says it lies, and which values are none; files beside it may change that."""
        return [
            str((file.grid.crs, tuple(file.grid.transform), *file.dataset.shape, file.dataset.nodatavals, file.alpha))
            for file in self._files
        ]

    @property
    def raw_bytes(self) -> int:
        """Bytes that a pixel takes as it is read: GDAL decodes the bands together."""
        return int(max(sum(np.dtype(dtype).itemsize for dtype in file.dataset.dtypes) for file in self._files))

    @property
    def block_px(self) -> tuple[int, int]:
        """Rows and columns of the largest blocks that are decoded as a whole."""
        shapes = [shape for file in self._files for shape in file.dataset.block_shapes]
        return max(rows for rows, _ in shapes), max(columns for _, columns in shapes)

    def scales(self, bands: Sequence[int]) -> tuple[tuple[float, float], ...]:
        """By what each of some bands is to be multiplied and then moved, as the first file says that does."""
        of_files = [
            tuple((file.dataset.scales[band - 1], file.dataset.offsets[band - 1]) for band in bands)
            for file in self._files
        ]
        return next((scales for scales in of_files if set(scales) != {(1, 0)}), of_files[0])

    def check_unchanged(self) -> None:
        """Make sure that the files are still those that were opened.

        Raises:
            InputError: One was changed or deleted.
        """
        check_unchanged(self.stamps)

    def _open(self, path: str) -> _File:
        try:
            dataset = self._stack.enter_context(rasterio.open(path))
        except RasterioError as error:
            raise InputError(
                "{path} cannot be opened as a raster: {reason}. If QGIS opens it, export it as a GeoTIFF first.",
                path=without_secrets(path),
                reason=without_secrets(str(error)).rstrip("."),
            ) from error
        if not dataset.count:
            refuse_container(dataset)
        if any(dtype.startswith("complex") for dtype in dataset.dtypes):
            raise InputError("{path} holds complex values. Compute amplitude or intensity from it first.", path=path)
        alpha = alpha_of(dataset)
        bands = tuple(band for band in dataset.indexes if band != alpha)
        files = files_of(dataset)
        return _File(dataset, grid_of(dataset), bands, alpha, files, stamps_of(files))


def _known(chunk: np.ma.MaskedArray) -> NDArray[np.float64]:
    """The pixels of which all bands are known, `(bands, pixels)`."""
    return np.asarray(chunk.data[:, ~np.ma.getmaskarray(chunk).any(axis=0)].astype(float))


def _on_grid(
    file: _File, grid: Grid, bands: Sequence[int], stack: ExitStack, dtype: str | None, resampling: Resampling
) -> MosaicPart:
    """Put a file on a grid: as it is where its pixels fall on the grid's, else warped."""
    origin = grid.offset(file.grid)
    if origin is not None:
        place = Window(*origin, file.grid.width, file.grid.height)
        return MosaicPart(file.dataset, file.alpha, place, origin)
    _check_same_world(file, grid)
    check_one_side(file.grid, grid, file.dataset.name)
    _check_warps(file, bands, resampling)
    dataset = with_mask_as_nodata(file.dataset, stack)
    has_nodata = held_nodata(dataset, 1) is not None
    add_alpha = not has_nodata and file.alpha is None
    dtype = dtype or common_type(dataset, bands)
    warped = stack.enter_context(warp(dataset, file.grid, grid, resampling, add_alpha, dtype))
    alpha = warped.count if add_alpha else file.alpha
    nearest = None
    if has_nodata and resampling is not Resampling.nearest:
        nearest = stack.enter_context(warp(dataset, file.grid, grid, Resampling.nearest, dtype=dtype))
    return MosaicPart(warped, alpha, footprint(file.grid, grid), (0, 0), nearest)


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


def _check_places(files: Sequence[_File]) -> None:
    """Refuse several files that tell nothing of where they lie: all would lie on one another."""
    loose = [file.dataset.name for file in files if file.dataset.crs is None and file.dataset.transform.is_identity]
    if loose and len(files) > 1:
        raise InputError(
            "{path} tells nothing of where it lies, and {count} rasters are to be joined to one mosaic: they would lie "
            "on one another. Run them one by one (as a batch), or georeference them first.",
            path=loose[0],
            count=len(files),
        )


def _has_no_gaps(file: _File) -> bool:
    """Whether a file has a value everywhere, as far as can be told without reading it."""
    masked = any(flags != [MaskFlags.all_valid] for flags in file.dataset.mask_flag_enums) or file.alpha is not None
    return not masked and np.dtype(file.dataset.dtypes[0]).kind != "f"


def _lies_over(file: _File, other: _File) -> bool:
    """Whether a file lies over all of another."""
    if file.grid.crs != other.grid.crs:
        return False
    onto = ~file.grid.transform @ other.grid.transform
    corners = [onto @ (x, y) for x in (0, other.grid.width) for y in (0, other.grid.height)]
    width, height = file.grid.width + ALIGNED_PX, file.grid.height + ALIGNED_PX
    return all(-ALIGNED_PX < column < width and -ALIGNED_PX < row < height for column, row in corners)


def _listed(file: _File) -> str:
    """The data bands of a file, for people."""
    return ", ".join(f"{band}: {name}" for band, name in zip(file.bands, file.band_names))


def _check_same_world(file: _File, grid: Grid) -> None:
    """Refuse to bring a file with a place on earth to a grid without one, or the other way round."""
    if (file.grid.crs is None) != (grid.crs is None):
        raise InputError(
            "{path} cannot be brought onto another raster: one of the two has a coordinate reference system, the other "
            "has none. Assign the missing one.",
            path=file.dataset.name,
        )


def _check_warps(file: _File, bands: Sequence[int], resampling: Resampling) -> None:
    """Refuse what a warp would falsify: it knows one nodata value, and of 64-bit integers none, nor their means."""
    dataset = file.dataset
    nodata = {str(held_nodata(dataset, band)) for band in (1, *bands)}  # as text: NaN is not NaN
    large = any(dataset.dtypes[band - 1] in ("int64", "uint64") for band in bands)
    if len(nodata) > 1:
        raise InputError(
            "{path} must be brought to another pixel size or coordinate system, but it has different nodata values in "
            "its bands. Give all one first (GDAL: Warp, with a nodata value for output bands).",
            path=dataset.name,
        )
    if large and (resampling is not Resampling.nearest or nodata != {"None"}):
        raise InputError(
            "{path} must be brought to another pixel size or coordinate system, but it has 64-bit integers. Convert it "
            "to another type first (GDAL: Translate).",
            path=dataset.name,
        )


def cache_blocks(limit_bytes: int) -> rasterio.Env:
    """Have GDAL keep at most this much of what it decoded, as long as the context lasts."""
    return rasterio.Env(GDAL_CACHEMAX=limit_bytes)


def _spread(length: int, steps: int, size: int, block: int) -> list[int]:
    """Some places along a length: about its middle, or from one end to the other; moved back to touch fewer blocks.

    Args:
        length: From the first place to the last that there may be.
        steps: How many places.
        size: How far what lies at a place reaches from there.
        block: Length of a block.
    """
    places = [length // 2] if steps == 1 else [length * step // (steps - 1) for step in range(steps)]
    return [min(place, place - place % block + max(0, block - size)) for place in places]
