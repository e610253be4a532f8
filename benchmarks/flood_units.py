"""Scores `flood-s1s2` on OMBRIA's test in the units that users have: reflectance × 10000, decibels, powers.

    python -m benchmarks.flood_units --data DATA     (DATA: the set `ombria`)

The images, of 8 bits, are brought to those units and mapped through all of “Fuse SAR and optical”, which recognises
them. Reflectances are taken for proportional to OMBRIA's values, of which the scale is not known; radar is turned back
as the card says. Prints a Markdown table, which `--write` brings into the model's README.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from PIL import Image
from terraloom.engine.jobs import fuse_sar_optical
from terraloom.engine.progress import Silent
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.fuse_sar_optical import FuseSarOptical
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.verification.accuracy import Confusion

from recipes.bundle import put_between_marks
from recipes.flood_s1s2 import BUNDLE

from .flood_images import FOLDERS, PLACE, flood_names, write_flood

Unit = Callable[[NDArray[np.uint8]], NDArray[np.generic]]

PER_VALUE, ADDED = 20, 1000
"""Reflectance × 10000 of one of 255 values: bright land reaches some 2000. Products since 2022 have 1000 more."""

LOWEST_DB, DB_PER_VALUE = -33.0, 33.0 / 255
"""As the card says of radar."""


def decibels(values: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Radar in decibels."""
    return (LOWEST_DB + DB_PER_VALUE * values).astype(np.float32)


def powers(values: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Radar as powers."""
    return np.power(10, decibels(values) / 10, dtype=np.float32)


def reflectances(values: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Optical bands as reflectance × 10000."""
    return values.astype(np.uint16) * PER_VALUE


def raised_reflectances(values: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The same as products since 2022 have it."""
    return reflectances(values) + ADDED


def as_they_are(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Of 8 bits."""
    return values


@dataclass(frozen=True)
class Units:
    """In what optical and radar images come.

    Attributes:
        optical: Turns values of 8 bits into them.
        radar: The same of radar.
    """

    optical: Unit = as_they_are
    radar: Unit = as_they_are


CASES: Mapping[str, Units] = {
    "8 bits, as the model learnt": Units(),
    "reflectance × 10000": Units(optical=reflectances),
    "the same + 1000": Units(optical=raised_reflectances),
    "radar in decibels": Units(radar=decibels),
    "radar as powers": Units(radar=powers),
    "reflectance × 10000, radar as powers": Units(reflectances, powers),
}


def main() -> None:
    """Map each flood in each unit and compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with test/")
    parser.add_argument("--write", action="store_true", help="bring the table into the model's README")
    options = parser.parse_args()
    data = options.data / "test"
    lines = ["| Units | Accuracy | Flood IoU, pixels pooled |", "|---|---:|---:|"]
    for case, units in CASES.items():
        pooled = Confusion(sum(compare(data, name, units).counts for name in flood_names(data)))
        lines.append(f"| {case} | {pooled.overall_accuracy:.3f} | {pooled.iou[1]:.3f} |")
        print(lines[-1], flush=True)
    if options.write:
        put_between_marks(BUNDLE / "README.md", "units", "\n".join(lines) + "\n")


def compare(data: Path, name: str, units: Units) -> Confusion:
    """Map one flood from images in these units."""
    with Image.open(next((data / "mask").glob(f"{name}.*"))) as mask:
        truth = (np.asarray(mask.convert("L")) > 127).astype(np.uint8)
    with tempfile.TemporaryDirectory() as folder:
        written = dict(zip(FOLDERS, write_flood(data, name, Path(folder)), strict=True))
        for sensor, path in written.items():
            rewrite(path, units.radar if sensor.startswith("sar") else units.optical)
        optical, *further = ((str(written[sensor]),) for sensor in FOLDERS)
        target = Path(folder) / "flood.tif"
        run = NetworkRun(optical, str(BUNDLE / "model.onnx"), tuple(further))
        fuse_sar_optical.run(FuseSarOptical(run, ClassTargets(output=str(target))), Silent())
        with rasterio.open(target) as dataset:
            classes = dataset.read(1)
    mapped = classes <= 1
    return Confusion.measure(truth[mapped], classes[mapped], 2)


def rewrite(path: Path, unit: Unit) -> None:
    """Bring a raster to another unit."""
    with rasterio.open(path) as dataset:
        values = unit(dataset.read())
    profile = {"driver": "GTiff", "count": len(values), "height": values.shape[1], "width": values.shape[2]}
    with rasterio.open(path, "w", dtype=values.dtype, **profile, **PLACE) as dataset:
        dataset.write(values)


if __name__ == "__main__":
    main()
