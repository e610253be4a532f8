"""The recipe of the bundled model `glacier-front`: from Landsat images with calving fronts to `model.onnx` and scores.

    python -m recipes.glacier_front --data DATA --work DIR     (DATA: the set `glacier`)

Each of the three glaciers is held out once and mapped by a network that learnt from the other two; then one network
learns from all, and is shipped. A run that was stopped goes on from its checkpoints in DIR. Prose in `card.json` and
`README.md` is written by hand; this script fills in the figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from . import ROOT
from .bundle import coded, legend_of, put_between_marks, write_bundle
from .class_picture import write_class_picture
from .glacier_scores import Compared, compare, front_figures, front_table
from .glacier_tiles import CLASSES, IGNORE, GlacierImage, read_glaciers, scored, with_rim
from .glacier_training import SCALE, SPEC, TILE_PX, train_fronts
from .scores import HeldOut, against_labels, predict
from .training import Recipe

RECIPE = Recipe(
    bundle=ROOT / "models" / "bundled" / "glacier-front",
    data="glacier",
    command="python -m recipes.glacier_front --data DATA --work DIR",
    classes=CLASSES,
    spec=SPEC,
    ignore=IGNORE,
    steps=360,
    scale=SCALE,
    tile_px=TILE_PX,
    pictures={
        "LE07_L1TP_010011_20000913_20170210_01_T1_B2": "Labels left, map right. The front at the end of the fjord is "
        "found, its left arm along the margin is not.",
        "LE07_L1TP_022006_20000715_20170210_01_T1_B2": "Labels left, map right. The front is found; what lies far from "
        "it was not labelled.",
        "LE07_L1TP_230012_20000801_20170210_01_T1_B8": "Labels left, map right. The front is found; what lies far from "
        "it was not labelled.",
    },
)


def main() -> None:
    """Read the images, train, score and write the model."""
    options = read_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    glaciers = read_glaciers(options.data)
    held_out: dict[str, HeldOut] = {}
    compared: dict[str, list[Compared]] = {}
    for glacier, images in glaciers.items():
        seen = {name: others for name, others in glaciers.items() if name != glacier}
        network = train_fronts(f"without-{glacier}", seen, options.steps, options.work).eval()
        said = [predict(network, each.labelled.image) for each in images]
        labels = [scored(each.labelled).labels for each in images]
        held_out[glacier] = against_labels(labels, said, len(CLASSES), IGNORE)
        compared[glacier] = [compare(image, logits) for image, logits in zip(images, said, strict=True)]
        draw_pictures(images, said)
        print(front_table(front_figures(compared)), flush=True)
    final = train_fronts("final", glaciers, options.steps, options.work).eval()
    places = {glacier: [scored(each.labelled) for each in images] for glacier, images in glaciers.items()}
    ground = {glacier: [with_rim(each.labelled) for each in images] for glacier, images in glaciers.items()}
    figures = front_figures(compared)
    write_bundle(final, replace(RECIPE, steps=options.steps), places, held_out, None, figures, ground)
    put_between_marks(RECIPE.bundle / "README.md", "fronts", front_table(figures))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with images/ and labels_1px/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--steps", type=int, default=RECIPE.steps)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def draw_pictures(images: Sequence[GlacierImage], said: Sequence[Tensor]) -> None:
    """Draw the maps of the images that the card shows, labels on the left."""
    legend = legend_of(RECIPE)
    for each, logits in zip(images, said, strict=True):
        if each.labelled.name in RECIPE.pictures:
            classes = scored(each.labelled).labels, logits.argmax(0).to(torch.uint8)
            maps = [coded(values, IGNORE, legend) for values in classes]
            write_class_picture(RECIPE.bundle / f"{each.labelled.name}.png", maps, legend)


if __name__ == "__main__":
    main()
