"""The recipe of the bundled model `flood-s1s2`: from OMBRIA's images to `model.onnx`, its card and scores.

    python -m recipes.flood_s1s2 --data DATA --work DIR     (DATA: the set `ombria`)

Events are not named in the files, but neighbouring numbers tend to be of one: the training set is cut into blocks of
numbers, some of which are held out and mapped by networks that learnt from the others. Then one network learns from the
whole training set, is scored on the official test set, and is shipped. A run that was stopped goes on from its
checkpoints in DIR; `--only NAME` trains one network and stops, so that several can be trained at a time. Prose in
`card.json` and `README.md` is written by hand; this script fills in the figures.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from terraloom.models.build import Network
from terraloom.models.export import export_onnx
from torch import Generator, Tensor

from . import ROOT
from .bundle import keep_card, legend_of, put_between_marks, score_table
from .class_picture import write_class_picture
from .flood_scores import said_of, score_lines, scores_of
from .flood_tiles import COMBINATIONS, IGNORE, FloodImage, FloodTiles, read_ombria
from .flood_training import SPEC, train_floods
from .scores import HeldOut, held_out_scores
from .training import Recipe

BUNDLE = ROOT / "models" / "bundled" / "flood-s1s2"
COMMAND = "python -m recipes.flood_s1s2 --data DATA --work DIR"

BLOCKS = 4
HELD_OUT = (4,)
"""Blocks of the training set that are held out, of four: for want of time not all."""

STEPS, HELD_OUT_STEPS = 2500, 1200
"""Of the shipped network, and of those that blocks are held out from: these are the worse for it, if anything."""

RECIPE = Recipe(
    bundle=BUNDLE,
    data="ombria",
    command=COMMAND,
    classes=("Not flooded", "Flooded"),
    spec=SPEC,
    ignore=IGNORE,
    steps=STEPS,
    scale=FloodTiles.scale,
)
PICTURES = {
    48: "Labels left, map of all four images right.",
    364: "Labels left, map of all four images right.",
    680: "Labels left, map of all four images right.",
}
SAMPLED = 400
"""Pixels of each image that the temperature is fitted to."""


def main() -> None:
    """Read the images, train, score and write the model."""
    options = read_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    images = read_ombria(options.data / "train")
    blocks = blocks_of(images)
    scores: dict[str, Any] = {}
    held_out: dict[str, HeldOut] = {}
    for number in HELD_OUT:
        name = f"without-{number}"
        if options.only not in ("", name):
            continue
        seen = [each for other, others in blocks.items() if other != number for each in others]
        network = train_floods(name, seen, HELD_OUT_STEPS, options.work).eval()
        if not options.only:
            scores[f"Block {number}"] = scores_of(network, blocks[number])
            held_out[f"Block {number}"] = sampled(network, blocks[number])
            print(f"Block {number}\n{score_lines(scores[f'Block {number}'])}", flush=True)
    if options.only not in ("", "final"):
        return
    final = train_floods("final", images, STEPS, options.work).eval()
    if options.only:
        return
    test = read_ombria(options.data / "test")
    scores["Official test"] = scores_of(final, test)
    print(f"Official test\n{score_lines(scores['Official test'])}", flush=True)
    draw_pictures(final, test)
    write_bundle(final, scores, held_out, test)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and test/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    names = [f"without-{number}" for number in HELD_OUT]
    parser.add_argument("--only", default="", choices=["", *names, "final"], help="train this network alone")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def blocks_of(images: Sequence[FloodImage]) -> dict[int, list[FloodImage]]:
    """The images in blocks of rising numbers, counted from 1."""
    ends = [len(images) * block // BLOCKS for block in range(BLOCKS + 1)]
    return {block + 1: list(images[ends[block] : ends[block + 1]]) for block in range(BLOCKS)}


def sampled(network: Network, images: Sequence[FloodImage]) -> HeldOut:
    """Logits of some pixels of each image with all inputs, for the temperature."""
    generator = Generator().manual_seed(0)
    said = said_of(network, images, COMBINATIONS["SAR and optical"])
    logits, labels = [], []
    for each, of_one in zip(images, said.logits, strict=True):
        chosen = torch.randperm(each.flood.numel(), generator=generator)[:SAMPLED]
        logits.append(of_one.flatten(1)[:, chosen].T)
        labels.append(each.flood.flatten()[chosen].long())
    return HeldOut(said.counts, torch.cat(logits), torch.cat(labels))


def draw_pictures(network: Network, images: Sequence[FloodImage]) -> None:
    """Draw the class maps that the card shows, labels on the left."""
    legend = legend_of(RECIPE)
    chosen = [each for each in images if each.number in PICTURES]
    said = said_of(network, chosen, COMBINATIONS["SAR and optical"])
    for each, logits in zip(chosen, said.logits, strict=True):
        maps: list[Tensor] = [each.flood, logits.argmax(0).to(torch.uint8)]
        write_class_picture(BUNDLE / f"{each.number:04}.png", [values.numpy() for values in maps], legend)


def write_bundle(
    network: Network,
    scores: Mapping[str, Mapping[str, Any]],
    held_out: Mapping[str, HeldOut],
    test: Sequence[FloodImage],
) -> None:
    """Write the model, bring the figures into its card and README, and the card into the model."""
    export_onnx(network, BUNDLE / "model.onnx")
    told = held_out_scores(RECIPE, {**held_out, "Official test": sampled(network, test)}, None) | {
        "method": "Blocks of the training set by networks that had not seen them; the official test set by the "
        "shipped network, which learnt from the training set only. All four images were there.",
        "held_out_steps": HELD_OUT_STEPS,
        "by_inputs": scores,
    }
    pictures = {f"{number:04}.png": (f"Official test, image {number}", says) for number, says in PICTURES.items()}
    keep_card(RECIPE, network, held_out, told, pictures, {})
    tables = [f"{name}, by what is there:\n\n{score_lines(figures)}" for name, figures in scores.items()]
    put_between_marks(BUNDLE / "README.md", "scores", "\n".join([score_table(RECIPE, told), *tables]))


if __name__ == "__main__":
    main()
