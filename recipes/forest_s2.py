"""The recipe of the bundled model `forest-s2`: from labelled Sentinel-2 images to `model.onnx`, its card and scores.

    python -m recipes.forest_s2 --data DATA --work DIR     (DATA: the set `amazon`)

Images are held out in five groups and mapped by networks that learnt from the others; then one network learns from all,
and is shipped. A run that was stopped goes on from its checkpoints in DIR. Prose in `card.json` and `README.md` is
written by hand; this script fills in the figures.
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

import numpy as np
import rasterio
import torch
from PIL import Image
from terraloom.models.spec import NetworkSpec, PartSpec

from . import ROOT
from .bundle import make
from .images import LabelledImage
from .photo_tiles import Augmentation
from .set_files import files_of
from .training import Recipe

CLASSES = ("Forest", "Not forest")
FOLDS = 5
IGNORE = 255

RECIPE = Recipe(
    bundle=ROOT / "models" / "bundled" / "forest-s2",
    data="amazon",
    command="python -m recipes.forest_s2 --data DATA --work DIR",
    classes=CLASSES,
    spec=NetworkSpec.for_image(
        bands=3,
        encoder=PartSpec("efficient", {"stages": 4}),
        necks=[PartSpec("unet", {"widths": (24, 32, 48)})],
        head=PartSpec("segmentation", {"classes": len(CLASSES)}),
    ),
    ignore=IGNORE,
    steps=600,
    scale=(0.8, 1.6),
    augmentation=Augmentation(
        gain=(0.92, 1.08),
        band_gain=(0.95, 1.05),
        offset=(-0.02, 0.02),
        gamma=(0.92, 1.08),
        grey_share=0.0,
        blur_share=0.1,
        noise=(0.0, 0.01),
    ),
    frozen_stages=2,
    pictures={
        "Amazon_404": "Labels left, map right: remnants along rivers.",
        "Amazon_640": "Labels left, map right: clearings at the edge of closed forest.",
        "Amazon_720": "Labels left, map right: blocks of forest between fields.",
    },
)


def main() -> None:
    """Read the images and make the model."""
    options = read_options()
    torch.set_num_threads(options.threads)
    places = read_groups(options.data)
    recipe = dataclasses.replace(RECIPE, steps=options.steps)
    make(recipe, places, [[name] for name in places], options.work)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with images/ and masks/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--steps", type=int, default=RECIPE.steps)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def read_groups(data: Path) -> dict[str, list[LabelledImage]]:
    """All images in five groups; from west to east, every fifth image is of the same group."""
    found = []
    for path in files_of(data / "images", "*.tiff"):
        with rasterio.open(path) as dataset:
            pixels, west = dataset.read((1, 2, 3)), dataset.bounds.left
        name = path.name.split(".")[0]
        found.append(
            (west, LabelledImage(name, torch.from_numpy(pixels), read_labels(data, path.stem, pixels.shape[1:])))
        )
    images = [image for _, image in sorted(found, key=lambda each: each[0])]
    return {f"Group {number + 1}": images[number::FOLDS] for number in range(FOLDS)}


def read_labels(data: Path, stem: str, size: tuple[int, int]) -> torch.Tensor:
    """Places of classes of an image. One mask has three columns too many and is brought to its image's size."""
    with Image.open(data / "masks" / f"{stem}.png") as mask:
        values = np.array(mask.resize((size[1], size[0]), Image.Resampling.NEAREST))
    return torch.from_numpy(np.where(np.isin(values, (1, 2)), values - 1, IGNORE).astype(np.uint8))


if __name__ == "__main__":
    main()
