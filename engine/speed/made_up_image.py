"""Makes up an image that suits a model: its bands and value range, smooth fields, edges and noise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.windows import Window

from ..library.model_input import ModelInput
from ..progress import Progress
from ..tiles.tiling import BLOCK_PX

CELL_PX = 64
"""Distance of the points between which the fields are interpolated."""

NOISE = 0.03
"""Standard deviation of the noise, as a share of the range."""

SPREAD = 2.0
"""Where the card names no range, values lie within so many standard deviations of the mean."""

WHOLE = 16.0
"""From so wide a range on, values are whole numbers."""


def value_range(wants: ModelInput) -> tuple[float, float]:
    """Lowest and highest raw value that the model is used to."""
    if wants.value_range:
        return wants.value_range
    low = min(band.mean - SPREAD * band.std for band in wants.bands)
    high = max(band.mean + SPREAD * band.std for band in wants.bands)
    return (max(low, 0.0) if high > WHOLE else low), high  # raw values of so many steps are counts


def value_type(wants: ModelInput) -> str:
    """The type that images of such values have."""
    low, high = value_range(wants)
    if low < 0 or high - low < WHOLE or high > np.iinfo(np.uint16).max:
        return "float32"
    return "uint8" if high <= np.iinfo(np.uint8).max else "uint16"


def bytes_of(wants: ModelInput, side_px: int) -> int:
    """What such an image takes on disk at most."""
    return int(np.dtype(value_type(wants)).itemsize * wants.channels * side_px**2)


def make_image(path: Path, wants: ModelInput, resolution_m: float, side_px: int, progress: Progress) -> None:
    """Write the image, block by block.

    Args:
        path: Where.
        wants: What the model reads.
        resolution_m: Size of a pixel.
        side_px: Rows and columns.
        progress: Is asked after each row of blocks whether to stop.
    """
    low, high = value_range(wants)
    dtype = value_type(wants)
    rng = np.random.default_rng(0)
    points = rng.random((side_px // CELL_PX + 2,) * 2, np.float32)
    profile = {"driver": "GTiff", "width": side_px, "height": side_px, "count": wants.channels, "dtype": dtype}
    profile |= {"crs": "EPSG:32631", "transform": Affine(resolution_m, 0, 500_000, 0, -resolution_m, 5_000_000)}
    profile |= {"tiled": True, "blockxsize": BLOCK_PX, "blockysize": BLOCK_PX, "compress": "DEFLATE", "zlevel": 1}
    with rasterio.open(path, "w", bigtiff="IF_SAFER", num_threads="ALL_CPUS", **profile) as dataset:
        for row in range(0, side_px, BLOCK_PX):
            for column in range(0, side_px, BLOCK_PX):
                window = Window(column, row, min(BLOCK_PX, side_px - column), min(BLOCK_PX, side_px - row))
                relief = _relief(points, window)
                block = np.empty((wants.channels, *relief.shape), dtype)
                for band in range(len(block)):
                    seen = relief if band % 2 else (0.3 * relief + 0.4 * (relief > 0.5)) + np.float32(0.15)
                    noisy = seen + np.float32(NOISE) * rng.standard_normal(relief.shape, np.float32)
                    block[band] = low + (high - low) * np.clip(noisy, 0, 1)
                dataset.write(block, window=window)
            progress.update(0.0)


def _relief(points: NDArray[np.float32], window: Window) -> NDArray[np.float32]:
    """Values between the points, `(rows, cols)`, 0–1."""
    rows = np.arange(window.row_off, window.row_off + window.height) / np.float32(CELL_PX)
    columns = np.arange(window.col_off, window.col_off + window.width) / np.float32(CELL_PX)
    row, column = rows.astype(int), columns.astype(int)
    down, right = (rows - row)[:, np.newaxis].astype(np.float32), (columns - column).astype(np.float32)
    lines = points[row] * (1 - down) + points[row + 1] * down
    return np.asarray(lines[:, column] * (1 - right) + lines[:, column + 1] * right, np.float32)
