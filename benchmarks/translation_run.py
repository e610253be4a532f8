"""Draws optical images from radar through `qgis_process`: with a critic (preset `translation`), and with L1 alone.

    python -m benchmarks.translation_run --data FOLDER     (in the worker's environment, tier learn)

“Make training chips” from the radar and optical images before the floods (official training split), “Train a model”,
“Apply a model” over the images of the official test, side by side in one raster. Prints one line of JSON for each
training; `--write` writes a picture of some drawn images, which is all that the page shows of these.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from PIL import Image
from terraloom.engine.cards.foreign_cards import read_card

from . import ROOT
from .composition_scores import ValueJudge
from .composition_sets import IMAGE_PX, numbers_of, radar_and_optical
from .labelled_examples import grid_of_pixels, write_bands
from .qgis_run import qgis

ACROSS = 10
"""Test images side by side."""

TRAININGS = {"l1": {"OBJECTIVES": "l1=1"}, "adversarial": {}}
"""What differs from the preset `translation`."""

SHOWN, SHOWN_PX = (3, 17, 29, 44, 58), 160
"""Numbers of the test images that the picture shows, and their side there."""

PICTURE = ROOT / "docs" / "pictures" / "translation.png"


def main() -> None:
    """Train, apply and judge both."""
    options = read_options()
    options.work.mkdir(parents=True, exist_ok=True)
    names = numbers_of(options.data, "test")
    pairs = np.stack([radar_and_optical(options.data, "test", "before", name) for name in names])
    radar, image = (
        options.work / "radar.tif",
        beside(pairs[:, [0, 0, 0]]),
    )  # as the files of the training split are read
    write_bands(radar, image, grid_of_pixels(*image.shape[1:]))
    chips = options.work / f"chips-{time.time_ns()}"
    folder = options.data / "ombria" / "train"
    cut = {"CHIP_SIZE": 128, "SPLIT": "spatialblocks", "VALIDATION_SHARE": 0.1, "TEST_SHARE": 0}
    sources = {"INPUT": folder / "s1_before", "LABELS": folder / "s2_before", "TARGET": "values"}
    qgis("maketrainingchips", {**sources, **cut, "FOLDER": chips})
    drawn = []
    for name, differs in TRAININGS.items():
        started = time.monotonic()
        model, output = options.work / f"{name}.onnx", options.work / f"{name}.tif"
        common = {"CHIPS": chips, "PRESET": "translation", "EPOCHS": options.epochs, "SEED": 0, "BASELINE": "false"}
        qgis("trainmodel", {**common, **differs, "OUTPUT": model})
        minutes = (time.monotonic() - started) / 60
        qgis("applymodel", {"INPUT": radar, "MODEL_FILE": model, "OUTPUT": output})
        drawn.append(apart(output, len(pairs)))
        line = {"training": name, "minutes": round(minutes, 1), **figures(drawn[-1], pairs[:, 1:]), **told(model)}
        print(json.dumps(line), flush=True)
    if options.write:
        draw(drawn)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "translation")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write the picture of the page")
    return parser.parse_args()


def beside(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Images `(images, bands, 256, 256)` side by side and row below row, `(bands, rows, cols)`."""
    down = -(-len(images) // ACROSS)
    whole = np.zeros((images.shape[1], down * IMAGE_PX, ACROSS * IMAGE_PX), np.uint8)
    for number, image in enumerate(images):
        row, column = (place * IMAGE_PX for place in divmod(number, ACROSS))
        whole[:, row : row + IMAGE_PX, column : column + IMAGE_PX] = image
    return whole


def apart(path: Path, count: int) -> NDArray[np.float32]:
    """The images of a raster that `beside` laid out, `(images, bands, 256, 256)`."""
    with rasterio.open(path) as dataset:
        whole = dataset.read()
    places = (divmod(number, ACROSS) for number in range(count))
    return np.stack(
        [whole[:, row * IMAGE_PX :, column * IMAGE_PX :][:, :IMAGE_PX, :IMAGE_PX] for row, column in places]
    )


def figures(drawn: NDArray[np.float32], true: NDArray[np.uint8]) -> dict[str, float]:
    """PSNR, SSIM and detail over all images, where the true one shows something."""
    judge = ValueJudge(1.0)
    for made, image in zip(drawn, true, strict=True):
        known = np.where((image == 0).all(axis=0), np.float32(np.nan), image.astype(np.float32))
        judge.add_image(np.clip(made, 0, 255), known)
    return {name: round(value, 3) for name, value in judge.figures().items()}


def told(model: Path) -> dict[str, Any]:
    """What the card warns of."""
    return {"limits": read_card(model).document["properties"]["terraloom:limits"]}


def draw(drawn: list[NDArray[np.float32]]) -> None:
    """The picture of the page: a row for each training, on plain ground."""
    gap = 8
    side = SHOWN_PX + gap
    sheet = np.full((len(drawn) * side + gap, len(SHOWN) * side + gap, 3), 255, np.uint8)
    for row, images in enumerate(drawn):
        for column, number in enumerate(SHOWN):
            pixels = np.clip(images[number], 0, 255).astype(np.uint8).transpose(1, 2, 0)
            small = np.asarray(Image.fromarray(pixels).resize((SHOWN_PX, SHOWN_PX), Image.Resampling.LANCZOS))
            top, left = row * side + gap, column * side + gap
            sheet[top : top + SHOWN_PX, left : left + SHOWN_PX] = small
    Image.fromarray(sheet).save(PICTURE)


if __name__ == "__main__":
    main()
