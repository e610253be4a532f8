"""Writes a flood of OMBRIA's test as rasters with a place on Earth, so that it can be explained.

    python -m benchmarks.flood_images --data DATA --folder FOLDER     (in the worker's environment; DATA with ombria/)

OMBRIA does not say where its images lie, nor how high: the place is made up, the pixels are of 10 m, and the terrain
beside them is a plane that falls by 1 m in 100 m to the south.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import rasterio
from PIL import Image

from recipes.flood_tiles import FOLDERS
from recipes.set_files import files_of

SHOWN = "0109"
"""The flood in the documentation."""

SIDE_PX = 256
PLACE = {"crs": "EPSG:32630", "transform": rasterio.Affine(10, 0, 600000, 0, -10, 4500000)}


def main() -> None:
    """Write the four images of one flood."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with ombria/")
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    write_flood(options.data / "ombria" / "test", SHOWN, options.folder)
    write_terrain(options.folder / "flood_terrain.tif")


def flood_names(data: Path) -> list[str]:
    """The floods of a part of OMBRIA."""
    return [path.stem for path in files_of(data / "mask", "*.png")]


def write_flood(data: Path, name: str, folder: Path) -> list[Path]:
    """Write the four images of a flood; gives the files in the order of the model's inputs.

    Args:
        data: A part of OMBRIA, with a folder for each input.
        name: Which flood.
        folder: Where the files go.
    """
    made = []
    for sensor, source in FOLDERS.items():
        (path,) = (data / source).glob(f"{name}.*")
        bands = np.asarray(Image.open(path).convert("RGB")).transpose(2, 0, 1)
        bands = bands[:1] if sensor.startswith("sar") else bands
        profile = {"driver": "GTiff", "count": len(bands), "height": bands.shape[1], "width": bands.shape[2]}
        made.append(folder / f"flood_{sensor}.tif")
        with rasterio.open(made[-1], "w", dtype="uint8", **profile, **PLACE) as dataset:
            dataset.write(bands)
    return made


def write_terrain(path: Path) -> None:
    """Write elevations for such a flood, in metres: they are made up."""
    elevation_m = np.repeat(np.linspace(25.6, 0.1, SIDE_PX, dtype=np.float32)[:, np.newaxis], SIDE_PX, axis=1)
    profile = {"driver": "GTiff", "count": 1, "height": SIDE_PX, "width": SIDE_PX, **PLACE}
    with rasterio.open(path, "w", dtype="float32", **profile) as dataset:
        dataset.write(elevation_m, 1)


if __name__ == "__main__":
    main()
