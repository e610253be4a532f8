"""Writes one flood of OMBRIA's test as rasters with a place on Earth, so that the documentation can explain it.

Runs in the worker's Python. OMBRIA does not say where its images lie: the place is made up, the pixels are of 10 m.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import rasterio
from PIL import Image

NAME = "0109"
FOLDERS = {"optical": "s2_after", "sar": "s1_after", "optical_before": "s2_before", "sar_before": "s1_before"}


def main() -> None:
    """Read the four images and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with ombria/")
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    for name, folder in FOLDERS.items():
        (path,) = (options.data / "ombria" / "test" / folder).glob(f"{NAME}.*")
        bands = np.asarray(Image.open(path).convert("RGB")).transpose(2, 0, 1)
        bands = bands[:1] if name.startswith("sar") else bands
        profile = {"driver": "GTiff", "count": len(bands), "height": bands.shape[1], "width": bands.shape[2]}
        place = {"crs": "EPSG:32630", "transform": rasterio.Affine(10, 0, 600000, 0, -10, 4500000)}
        with rasterio.open(options.folder / f"flood_{name}.tif", "w", dtype="uint8", **profile, **place) as dataset:
            dataset.write(bands)


if __name__ == "__main__":
    main()
