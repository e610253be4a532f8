"""Scores `flood-s1s2` beside clouds that nobody cut out, in optical images of reflectance × 10000.

    python -m benchmarks.flood_clouds --data DATA     (DATA: the set `ombria`)

The middles of some images of OMBRIA's training set, evenly taken, get soft bright clouds that never were, after the
event or on both dates, and are given to the network as “Fuse SAR and optical” gives it the optical images alone: once
stretched by all that they show, as it was, and once by what is no cloud, as it is. Only ground that no cloud covers on
either date is judged. The model has learnt from these images: rows can be compared, and tell nothing of how good it is.
Prints a Markdown table.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image
from rasterio.windows import Window
from scipy.ndimage import gaussian_filter
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.images.mosaic_reader import RasterChunk
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import parse_scale
from terraloom.engine.values.clouds import without_clouds
from terraloom.engine.values.scaling import choose_scaling
from terraloom.engine.values.stretching import stretch

from . import ROOT
from .flood_images import FOLDERS, flood_names

MODEL = ROOT / "models" / "bundled" / "flood-s1s2" / "model.onnx"

PER_VALUE = 20
"""Reflectance × 10000 of one of 255 values, as in `flood_units`."""

CLOUD = np.array([4500, 7000, 6500])[:, np.newaxis, np.newaxis]
"""Reflectance × 10000 of thick cloud: short-wave infrared, near infrared, red."""

SMOOTH_PX, SOFT = 10, 0.5
"""How large clouds are, and how far they take to become thick, in standard deviations of the field they come from."""

SIDE_PX = 128
"""Of each image the middle is taken, to save time."""

CASES: Mapping[str, Mapping[str, float]] = {
    "none": {},
    "3 % after": {"optical": 0.03},
    "25 % after": {"optical": 0.25},
    "30 % before and after": {"optical": 0.3, "optical_before": 0.3},
}
"""What share of the images is cloud."""

Images = Mapping[str, NDArray[np.float64]]
"""Raw values of the optical inputs by name, `(bands, rows, cols)`."""


def main() -> None:
    """Map each place under each sky, stretched both ways."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train/")
    parser.add_argument("--images", type=int, default=12)
    options = parser.parse_args()
    data, card = options.data / "train", read_card(MODEL)
    session = onnxruntime.InferenceSession(MODEL)
    names = flood_names(data)
    print("| Cloud | Flood IoU, stretched by all pixels | by what is no cloud | The same scale |\n|---|---:|---:|---:|")
    for case, shares in CASES.items():
        hit, either, same = np.zeros(2), np.zeros(2), 0
        for name in names[:: len(names) // options.images][: options.images]:
            images, flooded, judged = place(data, name, shares)
            found: dict[tuple[float, float], NDArray[np.bool_]] = {}
            for way, scale in enumerate(scales_of(images, card)):
                if scale not in found:
                    found[scale] = flood(session, card, images, scale)
                hit[way] += (found[scale] & flooded & judged).sum()
                either[way] += ((found[scale] | flooded) & judged).sum()
            same += len(found) == 1
        ious = " | ".join(f"{iou:.3f}" for iou in hit / either)
        print(f"| {case} | {ious} | {same} of {options.images} |", flush=True)


def place(data: Path, name: str, shares: Mapping[str, float]) -> tuple[Images, NDArray[np.bool_], NDArray[np.bool_]]:
    """The images of a place, under clouds; where it was flooded; and where it is judged."""
    judged = np.ones((SIDE_PX, SIDE_PX), bool)
    images = {}
    for number, sensor in enumerate(("optical", "optical_before")):
        with Image.open(next((data / FOLDERS[sensor]).glob(f"{name}.*"))) as image:
            ground = middle(image.convert("RGB")).transpose(2, 0, 1) * PER_VALUE
        thickness = clouds(shares.get(sensor, 0), np.random.default_rng([int(name), number]))
        images[sensor] = (ground * (1 - thickness) + CLOUD * thickness).round()
        judged &= thickness == 0
    with Image.open(next((data / "mask").glob(f"{name}.*"))) as mask:
        return images, middle(mask.convert("L")) > 127, judged


def middle(image: Image.Image) -> NDArray[np.float64]:
    """Values of the middle of an image."""
    left, top = ((side - SIDE_PX) // 2 for side in image.size)
    return np.asarray(image.crop((left, top, left + SIDE_PX, top + SIDE_PX)), float)


def clouds(share: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """How thick clouds are, 0–1, `(rows, cols)`; this share of the pixels has some."""
    field = gaussian_filter(rng.normal(size=(SIDE_PX, SIDE_PX)), SMOOTH_PX)
    above = field - np.quantile(field, 1 - share)
    return np.clip(above / (SOFT * field.std()), 0, 1)


def scales_of(images: Images, card: ModelCard) -> list[tuple[float, float]]:
    """Factor and offset by all pixels of both dates, and by what is no cloud."""
    wants = card.inputs[0]
    together = np.concatenate([image.reshape(len(image), -1) for image in images.values()], axis=1)
    found = []
    for sample in (together, without_clouds(together, wants)):
        (scale,) = stretch(sample, wants, 1, Silent()) or (None,)
        found.append((scale.factor, scale.offset) if scale else (1.0, 0.0))
    return found


def flood(
    session: onnxruntime.InferenceSession, card: ModelCard, images: Images, scale: tuple[float, float]
) -> NDArray[np.bool_]:
    """Where the network sees a flood, `(rows, cols)`; what is not given is 0 to it, as in every run."""
    window = Window(0, 0, SIDE_PX, SIDE_PX)
    fed = {}
    for number, wants in enumerate(card.inputs, start=1):
        scaled = np.zeros((wants.channels, SIDE_PX, SIDE_PX), np.float32)
        if wants.name in images:
            (of_input,) = parse_scale(f"{number}.*={scale[0]},{scale[1]}")
            values = np.ma.MaskedArray(images[wants.name])
            choose_scaling(wants, [of_input]).apply(RasterChunk(values, window), scaled)
        fed[wants.name] = scaled[np.newaxis]
    (scores,) = session.run(None, fed)
    return np.asarray(scores[0, 1] > scores[0, 0])


if __name__ == "__main__":
    main()
