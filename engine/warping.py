"""Brings a dataset onto another grid so that each window is the same whatever is read around it."""

from __future__ import annotations

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform
from rasterio.windows import Window

from .grid import Grid

EXACT = 1e-12
"""Tolerance of a warp, in pixels: coordinates are transformed one by one, not interpolated along a line, whose ends
would depend on the window. (GDAL does not take 0.)"""


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
        dtype=dtype,
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


def footprint(source: Grid, target: Grid) -> Window:
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
