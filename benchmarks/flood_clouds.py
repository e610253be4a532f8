"""Scores `flood-s1s2` beside clouds that nobody cut out, in optical images of reflectance × 10000.

    python -m benchmarks.flood_clouds --data DATA     (DATA: the set `ombria`)

The middles of some images of OMBRIA's training set, evenly taken, get soft bright clouds that never were, before the
event, after it or both, and are mapped from the optical images alone through all of “Fuse SAR and optical”: once
stretched by all that they show, as it was, and once as it is. Only ground that no cloud covers on either date is
judged. The model has learnt from these images: rows can be compared, and tell nothing of how good it is. Prints a
Markdown table, which `--write` brings into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import rasterio
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.jobs import fuse_sar_optical
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.fuse_sar_optical import FuseSarOptical
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.sensors.sensor_values import with_values
from terraloom.engine.values.stretching import stretch
from terraloom.models.scores import Agreement

from recipes.bundle import put_between_marks
from recipes.flood_s1s2 import BUNDLE

from .familiarity import ROOT
from .flood_images import PLACE, flood_names
from .flood_units import NO_LABEL, reflectances

CLOUD = np.array([4500, 7000, 6500])[:, np.newaxis, np.newaxis]
"""Reflectance × 10000 of thick cloud: short-wave infrared, near infrared, red."""

SMOOTH_PX, SOFT = 10, 0.5
"""How large clouds are, and how far they take to become thick, in standard deviations of the field they come from."""

SIDE_PX = 128
"""Of each image the middle is taken, to save time."""

CASES: Mapping[str, tuple[float, float]] = {
    "none": (0, 0),
    "3 % after": (0, 0.03),
    "25 % after": (0, 0.25),
    "30 % before and after": (0.3, 0.3),
}
"""What share of the images from before and after is cloud."""


def main() -> None:
    """Map each place under each sky, stretched both ways."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train/")
    parser.add_argument("--images", type=int, default=12)
    parser.add_argument("--write", action="store_true", help="bring the table into benchmarks/README.md")
    options = parser.parse_args()
    data, card = options.data / "train", read_card(BUNDLE / "model.onnx")
    names = flood_names(data)
    lines = ["| Cloud | Flood IoU, stretched by all pixels | by what is no cloud |", "|---|---:|---:|"]
    for case, shares in CASES.items():
        counts = torch.zeros(2, 2, 2, dtype=torch.int64)
        for name in names[:: len(names) // options.images][: options.images]:
            counts += compare(data, name, shares, card)
        ious = [f"{Agreement(of_one).iou[1]:.3f}" for of_one in counts]
        lines.append(f"| {case} | {' | '.join(ious)} |")
        print(lines[-1], flush=True)
    if options.write:
        put_between_marks(ROOT / "benchmarks" / "README.md", "flood clouds", "\n".join(lines) + "\n")


def compare(data: Path, name: str, shares: tuple[float, float], card: ModelCard) -> torch.Tensor:
    """Counts of one place, `(2, 2, 2)`: first stretched by all pixels, then as it is."""
    with Image.open(next((data / "mask").glob(f"{name}.*"))) as mask:
        truth = (middle(np.asarray(mask.convert("L"))) > 127).astype(np.uint8)
    seen, files = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number, (when, share) in enumerate(zip(("before", "after"), shares, strict=True)):
            thickness = clouds(share, np.random.default_rng([int(name), number]))
            with Image.open(next((data / f"s2_{when}").glob(f"{name}.*"))) as image:
                ground = reflectances(middle(np.asarray(image.convert("RGB")).transpose(2, 0, 1)))
            values = (ground * (1 - thickness) + CLOUD * thickness).astype(np.uint16)
            truth[thickness > 0] = NO_LABEL
            seen.append(values.reshape(len(values), -1).astype(float))
            files.append(str(Path(folder) / f"{when}.tif"))
            with rasterio.open(files[-1], "w", "GTiff", SIDE_PX, SIDE_PX, 3, dtype="uint16", **PLACE) as dataset:
                dataset.write(values)
        before, after = files
        run = NetworkRun((after,), str(BUNDLE / "model.onnx"), ((), (before,), ()))
        by_all = stretch(np.concatenate(seen, axis=1), card.inputs[0], 1, Silent())
        scales = [
            tuple(replace(scale, input=number) for number in (1, 3) for scale in by_all),
            with_values(run, card, "auto", Silent()).scale,
        ]
        counts = {scale: agreement(replace(run, scale=scale), truth, Path(folder)) for scale in set(scales)}
    return torch.stack([counts[scale] for scale in scales])


def middle(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The middle of an image, `(…, SIDE_PX, SIDE_PX)`."""
    top, left = ((side - SIDE_PX) // 2 for side in image.shape[-2:])
    return image[..., top : top + SIDE_PX, left : left + SIDE_PX]


def agreement(run: NetworkRun, truth: NDArray[np.uint8], folder: Path) -> torch.Tensor:
    """Counts of a map made so."""
    target = folder / "flood.tif"
    fuse_sar_optical.run(FuseSarOptical(run, ClassTargets(output=str(target))), Silent())
    with rasterio.open(target) as dataset:
        classes = dataset.read(1)
    known = np.where(classes > 1, NO_LABEL, truth).astype(np.uint8)
    return Agreement.measure(torch.from_numpy(known), torch.from_numpy(classes), 2, NO_LABEL).counts


def clouds(share: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """How thick clouds are, 0–1, `(rows, cols)`; this share of the pixels has some."""
    field = gaussian_filter(rng.normal(size=(SIDE_PX, SIDE_PX)), SMOOTH_PX)
    above = field - np.quantile(field, 1 - share)
    return np.clip(above / (SOFT * field.std()), 0, 1)


if __name__ == "__main__":
    main()
