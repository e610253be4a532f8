"""Finds out by how much a raster lies beside another one of the same place, and moves it there.

The shift is that of the peak of the cross-correlation, to a hundredth of a pixel (Guizar-Sicairos and others 2008,
Efficient subpixel image registration algorithms, 10.1364/OL.33.000156, as scikit-image has it), of how much light
changes from pixel to pixel rather than of the light itself, which differs between dates.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml  # nosec B405 - of what GDAL itself wrote

import numpy as np
import rasterio
import rasterio.shutil
from affine import Affine
from numpy.typing import NDArray
from rasterio.windows import Window
from scipy.ndimage import binary_erosion, gaussian_gradient_magnitude
from skimage.registration import phase_cross_correlation

from ..grids.grid import Grid, grid_of
from ..grids.placing import on_map
from ..images.mosaic_reader import MosaicReader
from ..progress import Progress

WINDOW_PX, LEAST_WINDOW_PX, WINDOWS = 96, 32, 8
"""Side of the windows that are compared, that of small rasters, and how many there are along each side at most.

They are small and many, since much of what moves is no misregistration: ice, the sea, clouds. Of a glacier's fjord
windows of 256 px said -22 px where the rock beside it lay still; of windows of 96 px most see the ground.
"""

FEWEST = 4
"""So many windows must tell something, or they cannot be held against each other."""

FULL = 0.7
"""Share of a window's pixels that both must know."""

BLUR_PX = 1.5
"""Noise of single pixels is no structure."""

STEP_PX = 0.01
ROUNDS = 3
"""The raster is moved and compared again: what is left is found more exactly the smaller it is."""

MOST_PX = 20.0
"""What lies farther off is not misregistered but another place, or nothing was found in common."""

SCATTER_PX = 1.0
"""Half of the windows must agree so well with their median; the others are left out."""

LEAST_PX = 0.15
"""Less is left as it is: between true images of a place that lie on each other so much was found."""


@dataclass(frozen=True)
class Shift:
    """Where a raster must go, in pixels of the grid it is compared on, and on the ground.

    Args:
        columns: To the right.
        rows: Downwards.
        metres: How far that is.
    """

    columns: float
    rows: float
    metres: float


def find_shift(reference: MosaicReader, other: MosaicReader, progress: Progress) -> Shift | None:
    """The shift that brings a raster onto another one; `None`: nothing in common was found.

    Args:
        reference: What it shall lie on.
        other: The raster, read on the same grid.
        progress: Asked whether to stop.
    """
    columns = rows = 0.0
    windows = list(_windows(reference.grid))
    for _ in range(ROUNDS):
        found = []
        for window in windows:
            progress.update(0.0)
            step = _shift_in(reference, other, window, round(columns), round(rows))
            if step is not None:
                found.append(step)
        if len(found) < FEWEST:
            return None
        every = np.array(found)
        apart = np.hypot(*(every - np.median(every, axis=0)).T)
        if np.median(apart) > SCATTER_PX:
            return None
        middle = np.median(every[apart <= SCATTER_PX], axis=0)
        if np.hypot(*middle) > MOST_PX:
            return None
        if abs(middle[1] - columns) < STEP_PX and abs(middle[0] - rows) < STEP_PX:
            break
        rows, columns = (float(value) for value in middle)
    return Shift(columns, rows, _metres(reference.grid, columns, rows))


def _windows(grid: Grid) -> list[Window]:
    """Windows that are spread over a grid, overlapping by half where there is no room for more."""
    side = max(LEAST_WINDOW_PX, min(WINDOW_PX, min(grid.width, grid.height) // 2))

    def starts(length: int) -> list[int]:
        count = min(WINDOWS, max(1, 2 * length // side - 1))
        return [int(start) for start in np.unique(np.linspace(0, max(0, length - side), count).astype(int))]

    size = min(side, grid.width), min(side, grid.height)
    return [Window(left, top, *size) for top in starts(grid.height) for left in starts(grid.width)]


def _shift_in(
    reference: MosaicReader, other: MosaicReader, window: Window, columns: int, rows: int
) -> tuple[float, float] | None:
    """The shift in a window, as rows and columns, when the other raster is read so many whole pixels beside."""
    inside = reference.grid
    left, top = max(0, window.col_off, columns), max(0, window.row_off, rows)
    right = min(window.col_off + window.width, inside.width + min(0, columns))
    bottom = min(window.row_off + window.height, inside.height + min(0, rows))
    if min(right - left, bottom - top) < LEAST_WINDOW_PX // 2:
        return None
    here = Window(left, top, right - left, bottom - top)
    there = Window(left - columns, top - rows, right - left, bottom - top)
    one, one_known = _structure(reference, here)
    two, two_known = _structure(other, there)
    known = one_known & two_known
    if known.mean() < FULL or not np.ptp(one[known]) or not np.ptp(two[known]):
        return None
    edge = np.outer(np.hanning(known.shape[0]), np.hanning(known.shape[1]))
    parts = [np.where(known, values - values[known].mean(), 0) * edge for values in (one, two)]
    (down, along), _, _ = phase_cross_correlation(*parts, upsample_factor=round(1 / STEP_PX), normalization=None)
    return float(down) + rows, float(along) + columns


def _structure(reader: MosaicReader, window: Window) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How much the bands change around each pixel, and where that is known, `(rows, cols)` each."""
    values = reader.read(window).values
    known = ~np.ma.getmaskarray(values).any(axis=0)
    changes = np.zeros(known.shape)
    for band in values.data.astype(np.float64):
        usual = float(band[known].mean()) if known.any() else 0.0
        spread = float(band[known].std()) if known.any() else 0.0
        if spread > 0:  # bands count alike, whatever their unit
            changes += gaussian_gradient_magnitude(np.where(known, band, usual) / spread, BLUR_PX)
    # The border of what is known is structure too, but not of the ground.
    inner = binary_erosion(known, iterations=round(4 * BLUR_PX), border_value=1)
    return changes, np.asarray(inner)


def _metres(grid: Grid, columns: float, rows: float) -> float:
    """How far a shift leads on the ground; without a place on Earth in map units."""
    size_m = grid.pixel_m
    if size_m is None:
        step = Affine(*grid.transform[:2], 0, *grid.transform[3:5], 0) @ (columns, rows)
        return float(np.hypot(*step))
    return float(np.hypot(columns * size_m[0], rows * size_m[1]))


def is_worth_it(shift: Shift) -> bool:
    """Whether a shift is large enough that the raster is moved."""
    return max(abs(shift.columns), abs(shift.rows)) >= LEAST_PX


def write_moved(source: str, shift: Shift, grid: Grid, path: Path) -> None:
    """Write a virtual raster that shows a file where a shift leads.

    Args:
        source: The file.
        shift: In pixels of `grid`.
        grid: Where the shift was measured.
        path: The virtual raster.
    """
    with rasterio.open(source) as dataset:
        own = grid_of(dataset)
        middle = np.array([[grid.width / 2, grid.height / 2]])
        ends = on_map(np.concatenate([middle, middle + (shift.columns, shift.rows)]), grid, own.crs)
        right, up = ends[1] - ends[0]
        rasterio.shutil.copy(dataset, path, driver="VRT")
        if dataset.driver == "VRT":
            _lead_to_mask(path, os.path.dirname(source))
    with rasterio.open(path, "r+") as made:
        made.transform = Affine.translation(right, up) @ own.transform


def _lead_to_mask(copy: Path, folder: str) -> None:
    """Have the copy of a virtual raster find what its mask is made of: GDAL copies that as if it lay beside the copy.

    Args:
        copy: The copy; changed.
        folder: Where the virtual raster lies.
    """
    document = Xml.parse(copy)  # noqa: S314 # nosec B314 - written by GDAL itself
    for name in document.iterfind(".//MaskBand//SourceFilename[@relativeToVRT='1']"):
        name.text = os.path.join(folder, name.text or "")
        name.set("relativeToVRT", "0")
    document.write(copy, "utf-8", xml_declaration=False)
