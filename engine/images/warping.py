"""Brings a dataset onto another grid so that each window is the same whatever is read around it."""

from __future__ import annotations

from contextlib import suppress
from itertools import product
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio._err import CPLE_BaseError
from rasterio.enums import ColorInterp, Resampling
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform
from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import Grid
from .nodata import held_nodata

EXACT = 1e-12
"""Tolerance of a warp, in pixels: coordinates are transformed one by one, not interpolated along a line, whose ends
would depend on the window. (GDAL does not take 0.)"""

SIXTEEN_BITS = {"uint16", "int16"}
"""Types of alpha bands whose 1 GDAL takes for next to transparent, however rarely more is meant by it."""

NEAR_PX = 2
"""How many pixels around its place are looked through for a value where there is none to be mixed."""

MOST_PX = 2**18
"""How many pixels are looked through at once, unless a single row asks for more."""

TIE_PX = 1e-6
"""Of two values as near as that the upper one counts, then the left one, wherever the grid of an extent begins."""

LATTICE = 33
"""Points along each side of the target that are looked for in the source."""

ASIDE = np.array([-0.5, 0.5, 0.0, 0.0])
"""From the middle of a pixel to its left, its right, and to no side twice; rolled on by two: up and down."""


def warp(
    dataset: DatasetReader,
    source: Grid,
    target: Grid,
    resampling: Resampling,
    add_alpha: bool = False,
    dtype: str | None = None,
) -> WarpedVRT:
    """A view of a dataset on another grid, whose windows are the same whatever is read around them.

    Args:
        dataset: What to warp.
        source: The grid it lies on.
        target: The grid it shall lie on.
        resampling: How values between pixels are made.
        add_alpha: Append a band that tells what the dataset covers.
        dtype: Type of the view's values; `None`: the dataset's, to which what is made between pixels is rounded.
    """
    scale_x, scale_y = _warp_scale(source, target)
    alpha = {kind for kind, colour in zip(dataset.dtypes, dataset.colorinterp) if colour is ColorInterp.alpha}
    nodata = held_nodata(dataset, 1)
    return WarpedVRT(
        dataset,
        src_crs=source.crs,
        src_transform=source.transform,
        src_nodata=nodata,
        crs=target.crs,
        transform=target.transform,
        width=target.width,
        height=target.height,
        nodata=nodata,
        resampling=resampling,
        add_alpha=add_alpha,
        tolerance=EXACT,
        dtype=dtype,
        XSCALE=scale_x,
        YSCALE=scale_y,
        SAMPLE_GRID="YES",  # else a window around a pole is sought along its edges alone, and the pole is not read
        UNIFIED_SRC_NODATA="NO",  # else a band's nodata is mixed in wherever another band has a value
        **({"SRC_ALPHA_MAX": 1} if alpha & SIXTEEN_BITS else {}),
    )


def take_nearest(
    values: NDArray[Any], lacking: NDArray[np.bool_], dataset: DatasetReader, told: DatasetReader, grid: Grid
) -> None:
    """Fill in the nearest value of a dataset where a warp found none; where none is near, nodata stays.

    Args:
        values: What a warp made, `(bands, rows, cols)`; changed in place.
        lacking: Where values are wanted and lacking, `(rows, cols)`; changed in place to where they still are.
        dataset: What was warped.
        told: The dataset, or one beside it: where it holds nodata, the dataset has nothing to give.
        grid: The grid of the values.
    """
    source = Grid(dataset.crs, dataset.transform, dataset.width, dataset.height)
    parts = [np.flatnonzero(lacking.any(axis=1))]
    while parts:
        part = parts.pop()
        rows, columns = np.nonzero(lacking[part])
        rows = part[rows]
        with suppress(CPLE_BaseError):  # no place in the dataset's reference system
            xs, ys = _brought(grid, source, columns.astype(float) + 0.5, rows.astype(float) + 0.5)
            found = np.isfinite(xs) & np.isfinite(ys)
            window = _around(xs[found], ys[found], source)
            if len(part) == 1 or window.width * window.height <= MOST_PX:
                _take_nearest(
                    values, lacking, (rows[found], columns[found]), dataset, told, window, xs[found], ys[found]
                )
                continue
        if len(part) > 1:
            parts += np.array_split(part, 2)


def _around(xs: NDArray[np.float64], ys: NDArray[np.float64], source: Grid) -> Window:
    """What is looked through for the nearest of places in a grid, columns and rows of it."""
    if not len(xs):
        return Window(0, 0, 0, 0)
    left, top = max(0, int(xs.min()) - NEAR_PX), max(0, int(ys.min()) - NEAR_PX)
    right = min(source.width, int(xs.max()) + NEAR_PX + 1)
    bottom = min(source.height, int(ys.max()) + NEAR_PX + 1)
    return Window(left, top, max(0, right - left), max(0, bottom - top))


def _take_nearest(
    values: NDArray[Any],
    lacking: NDArray[np.bool_],
    pixels: tuple[NDArray[np.intp], NDArray[np.intp]],
    dataset: DatasetReader,
    told: DatasetReader,
    window: Window,
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
) -> None:
    """Fill in those pixels, rows and columns of `values`, whose middles lie at these columns and rows of a dataset."""
    if not window.width or not window.height:
        return
    around, there = dataset.read(window=window), told.read_masks(window=window).all(axis=0)
    left, top = int(window.col_off), int(window.row_off)
    height, width = there.shape
    nearest = np.full(len(xs), np.inf)
    for down, across in product(range(-NEAR_PX, NEAR_PX + 1), repeat=2):
        at_column, at_row = np.floor(xs).astype(int) + across, np.floor(ys).astype(int) + down
        column, row = at_column - left, at_row - top
        inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        column, row = np.clip(column, 0, width - 1), np.clip(row, 0, height - 1)
        distance = np.hypot(at_column + 0.5 - xs, at_row + 0.5 - ys)
        nearer = inside & there[row, column] & (distance < nearest - TIE_PX)
        values[:, pixels[0][nearer], pixels[1][nearer]] = around[:, row[nearer], column[nearer]]
        nearest[nearer] = distance[nearer]
    lacking[pixels] = np.isinf(nearest)


def _warp_scale(source: Grid, target: Grid) -> tuple[float, float]:
    """How many target pixels a source pixel is wide and high, at the middle of the source.

    A warp that is left to find this out for itself finds another answer in each window. Where the middle of the source
    lies beyond the target, as that of a raster of the whole world does, the middle of the target counts.
    """
    if not _has_middle_of(target, source) and _has_middle_of(source, target):
        across, down = _middle_pixel(target, source)
        return 1 / across, 1 / down
    return _middle_pixel(source, target)


def _middle_pixel(of: Grid, on: Grid) -> tuple[float, float]:
    """Width and height of the middle pixel of a grid, in pixels of another."""
    column, row = of.width / 2, of.height / 2
    columns, rows = _brought(of, on, column + ASIDE, row + np.roll(ASIDE, 2))
    across, down = (float(np.hypot(columns[end + 1] - columns[end], rows[end + 1] - rows[end])) for end in (0, 2))
    return across, down


def _has_middle_of(grid: Grid, other: Grid) -> bool:
    """Whether the middle of another grid lies in a grid."""
    try:
        columns, rows = _brought(other, grid, np.array([other.width / 2]), np.array([other.height / 2]))
    except CPLE_BaseError:
        return False
    return bool(_inside(grid, columns, rows).all())


def footprint(source: Grid, target: Grid) -> Window:
    """The window of the target that a source may touch, with two pixels to spare for the resampling.

    The outline of a raster that goes around the world shrinks to a line or has no place in the target's reference
    system; then it is all of the target, and what the source lacks is masked by the warp alone.

    Raises:
        CPLE_BaseError: The source has no place in the target's reference system, and the target lies elsewhere.
    """
    edge = np.linspace(0, 1, 21)
    around = np.concatenate([edge, edge, 0 * edge, 0 * edge + 1]), np.concatenate([0 * edge, 0 * edge + 1, edge, edge])
    shared = _shared(source, target)
    try:
        columns, rows = _brought(source, target, around[0] * source.width, around[1] * source.height)
    except CPLE_BaseError:
        if not len(shared[0]):
            raise
        return target.window
    if not (np.isfinite(columns) & np.isfinite(rows)).all():
        return target.window
    left, top = max(0, int(columns.min()) - 2), max(0, int(rows.min()) - 2)
    right, bottom = min(target.width, int(columns.max()) + 3), min(target.height, int(rows.max()) + 3)
    within = (shared[0] >= left) & (shared[0] <= right) & (shared[1] >= top) & (shared[1] <= bottom)
    return Window(left, top, max(0, right - left), max(0, bottom - top)) if within.all() else target.window


def check_one_side(source: Grid, target: Grid, path: str) -> None:
    """Refuse a file of which a warp would lose what lies beyond the 180th meridian, be it a part or all of it.

    Args:
        source: The grid of the file.
        target: The grid that it is brought to.
        path: The file.

    Raises:
        InputError: The target reaches there.
    """
    if not _reaches_over_180(source, target):
        return
    left, _, right, _ = source.bounds
    if left >= 180 or right <= -180:
        raise InputError(
            "{path} lies beyond 180°, at {left:g} to {right:g} degrees, and degrees begin anew there. Warp it to a "
            "projected coordinate system first (GDAL: Warp projections).",
            path=path,
            left=left,
            right=right,
        )
    raise InputError(
        "{path} crosses the 180th meridian, and is in degrees, which begin anew there. Warp it to a projected "
        "coordinate system first (GDAL: Warp projections).",
        path=path,
    )


def _reaches_over_180(source: Grid, target: Grid) -> bool:
    """Whether a target reaches what a source in degrees has beyond 180°: degrees begin anew there, no warp finds it."""
    if source.crs is None or not source.crs.is_geographic:
        return False
    if max(source.bounds.right, -source.bounds.left) < 180 + abs(source.transform.a):  # some have half a pixel there
        return False
    try:
        columns, rows = _brought(target, source, *_lattice(target))
    except CPLE_BaseError:
        return False
    elsewhere = (columns < 0) | (columns > source.width)
    return bool((elsewhere & _inside(source, columns, rows)).any())


def _shared(source: Grid, target: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Columns and rows of those points of a lattice over the target that lie in the source."""
    columns, rows = _lattice(target)
    try:
        found = _inside(source, *_brought(target, source, columns, rows))
    except CPLE_BaseError:
        found = np.zeros(len(columns), bool)
    return columns[found], rows[found]


def _lattice(grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Columns and rows of a lattice over a grid."""
    steps = np.linspace(0, 1, LATTICE)
    columns, rows = (axis.ravel() for axis in np.meshgrid(steps * grid.width, steps * grid.height))
    return columns, rows


def _inside(grid: Grid, columns: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which places lie in a grid, whose columns may go on beyond 180°."""
    across = columns
    if grid.crs is not None and grid.crs.is_geographic:
        around = 360 / abs(grid.transform.a) if grid.transform.a else np.inf
        across = columns % around if np.isfinite(around) else columns
    inside: NDArray[np.bool_] = (across >= 0) & (across <= grid.width) & (rows >= 0) & (rows <= grid.height)
    return inside


def _brought(
    of: Grid, on: Grid, columns: NDArray[np.float64], rows: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Columns and rows of one grid as those of another.

    Raises:
        CPLE_BaseError: One has no place in the other's reference system.
    """
    xs, ys = _apply(of.transform, columns, rows)
    if of.crs != on.crs:
        xs, ys = map(np.asarray, transform(of.crs, on.crs, xs, ys))
    return _apply(~on.transform, xs, ys)


def _apply(
    affine: Affine, xs: NDArray[np.float64], ys: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Transform arrays of coordinates."""
    return affine.a * xs + affine.b * ys + affine.c, affine.d * xs + affine.e * ys + affine.f
