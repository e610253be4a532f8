"""Makes the rasters that are measured on: smooth fields, parcels with straight edges, roads and noise, as in an image.

They are written block by block and always the same for the same arguments.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.windows import Window

BLOCK_PX = 512
OCTAVES = ((640, 1.0), (160, 0.5), (40, 0.2))
"""Cells in pixels and strength of the smooth fields."""

PARCEL_PX, ROAD_PX, ROAD_WIDTH_PX = 96, 700, 7
ANGLE = 0.35
"""Radians by which parcels and roads are turned against the rows."""

NOISE = 0.03
"""Standard deviation of the sensor's noise, as a share of the range."""

RANGES = {"uint8": 255, "uint16": 6000}
"""Highest value, by type."""

COMPRESSIONS = ("DEFLATE", "ZSTD")


def make_raster(width: int, height: int, bands: int, dtype: str, folder: Path, compress: str = "DEFLATE") -> Path:
    """Write a raster, unless it is there.

    Args:
        width: Columns.
        height: Rows.
        bands: How many bands.
        dtype: `uint8` (0–255) or `uint16` (0–6000, as reflectance × 10,000).
        folder: Where it goes.
        compress: `DEFLATE` or `ZSTD`.
    """
    path = folder / f"{width}x{height}-{bands}-{dtype}-{compress.lower()}.tif"
    if path.is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    begun = path.with_suffix(".begun.tif")
    scene = _Scene(width, height)
    with rasterio.open(begun, "w", **_profile(width, height, bands, dtype, compress)) as dataset:
        for _, window in dataset.block_windows(1):
            dataset.write(_block(scene, window, bands, dtype), window=window)
    begun.rename(path)
    return path


def _profile(width: int, height: int, bands: int, dtype: str, compress: str) -> dict[str, object]:
    """As images are delivered: tiled, bands together, compressed with a predictor."""
    return {
        "driver": "GTiff",
        "width": width,
        "height": height,
        "count": bands,
        "dtype": dtype,
        "crs": "EPSG:32631",
        "transform": Affine(0.5, 0, 500_000, 0, -0.5, 5_000_000),
        "tiled": True,
        "blockxsize": BLOCK_PX,
        "blockysize": BLOCK_PX,
        "interleave": "pixel",
        "compress": compress,
        "predictor": 2,
        "num_threads": "ALL_CPUS",
        "bigtiff": "IF_SAFER",
    }


class _Scene:
    """What is on the ground, independent of blocks."""

    def __init__(self, width: int, height: int) -> None:
        rng = np.random.default_rng(11)
        self._lattices = [
            (cell, strength, rng.random((height // cell + 2, width // cell + 2), np.float32))
            for cell, strength in OCTAVES
        ]
        self._parcels = rng.random((4096,), np.float32)

    def relief(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float32]:
        """A smooth field, `(rows, cols)`, 0–1."""
        total = np.float32(sum(strength for _, strength, _ in self._lattices))
        parts = (strength * _between(points, rows / cell, columns / cell) for cell, strength, points in self._lattices)
        return np.asarray(sum(parts) / total, np.float32)

    def parcels(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float32]:
        """A value for each field, cut by dark roads, `(rows, cols)`, 0–1."""
        along = rows[:, None] * np.cos(ANGLE) + columns * np.sin(ANGLE)
        across = columns * np.cos(ANGLE) - rows[:, None] * np.sin(ANGLE)
        number = (along // PARCEL_PX).astype(np.int64) * 73 + (across // (2 * PARCEL_PX)).astype(np.int64) * 1291
        values = self._parcels[number % len(self._parcels)]
        road = np.minimum(along % ROAD_PX, across % ROAD_PX) < ROAD_WIDTH_PX
        return np.where(road, np.float32(0.05), values)


def _block(scene: _Scene, window: Window, bands: int, dtype: str) -> NDArray[np.generic]:
    """One block, `(bands, rows, cols)`: each band mixes relief and parcels in its own way, with its own noise."""
    rows = np.arange(window.row_off, window.row_off + window.height)
    columns = np.arange(window.col_off, window.col_off + window.width)
    relief, parcels = scene.relief(rows, columns), scene.parcels(rows, columns)
    rng = np.random.default_rng((int(window.row_off), int(window.col_off)))
    block = np.empty((bands, len(rows), len(columns)), dtype)
    for band in range(bands):
        share = np.float32(0.25 + 0.5 * ((band * 7) % 10) / 10)
        mixed = share * relief + (1 - share) * parcels
        mixed += np.float32(NOISE) * rng.standard_normal(mixed.shape, np.float32)
        block[band] = np.clip(mixed, 0, 1) * np.float32(RANGES[dtype])
    return block


def _between(
    points: NDArray[np.float32], rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Interpolate a lattice linearly, `(rows, cols)`."""
    row, column = rows.astype(int), columns.astype(int)
    down, right = (rows - row)[:, None].astype(np.float32), (columns - column).astype(np.float32)
    lines = points[row] * (1 - down) + points[row + 1] * down
    return np.asarray(lines[:, column] * (1 - right) + lines[:, column + 1] * right)
