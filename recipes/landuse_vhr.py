"""The recipe of the bundled model `landuse-vhr`: from labelled images of six places to `model.onnx`, card and scores.

    python -m recipes.landuse_vhr --data DATA --work DIR --compared LINES

DATA holds the sets; LINES is what `benchmarks.context_gain` has kept. Without it the columns of other makers are lost.

Each of the six places is held out once and mapped by a network that learnt from the other five; then one network learns
from all six, and is shipped. All learn forest from the images of `forest-s2` as well, as vegetation, and woods, fields
and lakes from boxes in images of Massachusetts: dark vegetation is rare in Dubai, and was taken for water. Dark ground
is told apart by faint texture, which tiles must keep: little noise and blur is added to them, and few of their dark
values are cut off. A run that was stopped goes on from its checkpoints in DIR. Prose in `card.json` and `README.md` is
written by hand; this script fills in the figures.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from terraloom.models.spec import NetworkSpec, PartSpec

from . import ROOT, forest_s2
from .boxes_by_hand import LEARNT, cuts
from .bundle import make
from .images import LabelledImage
from .photo_tiles import Augmentation
from .set_files import files_of
from .training import Recipe

CLASSES = ("Water", "Bare land", "Road", "Building", "Vegetation")
PLACES = (1, 3, 4, 6, 7, 8)
UNLABELLED = 5

RECIPE = Recipe(
    bundle=ROOT / "models" / "bundled" / "landuse-vhr",
    data="dubai",
    command="python -m recipes.landuse_vhr --data DATA --work DIR --compared LINES",
    classes=CLASSES,
    spec=NetworkSpec.for_image(
        bands=3,
        encoder=PartSpec("efficient", {"stages": 5}),
        necks=[PartSpec("unet", {"widths": (24, 32, 48)})],
        head=PartSpec("segmentation", {"classes": len(CLASSES)}),
    ),
    ignore=UNLABELLED,
    steps=800,
    learning_rate=5e-4,
    even_after=150,
    scale=(0.6, 2.0),
    augmentation=Augmentation(offset=(-0.04, 0.08), blur_share=0.1, noise=(0.0, 0.005)),
    pictures={
        "tile1_001": "Labels left, map right. A failure: graded tracks in the sand are roads in the labels, and hardly "
        "any of them in the map.",
        "tile4_005": "Labels left, map right. What grows between the houses is vegetation in the map and bare land in "
        "the labels; outlines follow the houses in both.",
        "tile8_001": "Labels left, map right. Lakes, lawns and roads are found; houses that were drawn one by one run "
        "together.",
    },
)


def main() -> None:
    """Read the images and make the model."""
    options = read_options()
    torch.set_num_threads(options.threads)
    places = {f"Place {place}": read_place(options.data / "dubai", place) for place in PLACES}
    further = {
        "Amazon": forest_alone(options.data / "amazon"),
        "Massachusetts": list(cuts(options.data / "massroads" / "images", LEARNT, CLASSES, UNLABELLED)),
    }
    recipe = replace(RECIPE, steps=options.steps)
    make(recipe, places, [[name] for name in places], options.work, options.compared, further)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with dubai/, amazon/ and massroads/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--compared", type=Path, help="lines of benchmarks.context_gain, to stand beside ours")
    parser.add_argument("--steps", type=int, default=RECIPE.steps)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def read_place(data: Path, place: int) -> list[LabelledImage]:
    """Read all images of one place."""
    found = []
    for path in files_of(data / "images", f"tile{place}_*.jpg"):
        labels = np.array(Image.open(data / "labels" / f"{path.stem}.png"))
        pixels = np.asarray(Image.open(path).convert("RGB"))
        found.append(
            LabelledImage(path.stem, torch.from_numpy(pixels.transpose(2, 0, 1).copy()), torch.from_numpy(labels))
        )
    return found


def forest_alone(data: Path) -> list[LabelledImage]:
    """The images of the Amazon: what is forest is vegetation; what the rest would be here is not known."""
    vegetation, forest = CLASSES.index("Vegetation"), forest_s2.CLASSES.index("Forest")
    return [
        replace(each, labels=torch.where(each.labels == forest, vegetation, UNLABELLED).to(torch.uint8))
        for images in forest_s2.read_groups(data).values()
        for each in images
    ]


if __name__ == "__main__":
    main()
