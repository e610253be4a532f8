"""The recipe of the bundled model `roads-aerial`: from aerial images with road masks to `model.onnx`, card and scores.

    python -m recipes.roads_aerial --data DATA --work DIR     (DATA: in the project, ../shared/data)

The images of Massachusetts are held out in three groups, of which none adjoins another, and mapped by networks that
learnt from the others and from the roads of Dubai; then one network learns from all, and is shipped. Beside the loss
that is shipped, others with fewer terms are trained on the same groups. A run that was stopped goes on from its
checkpoints in DIR; `--only NAME` trains one network and stops, so that several can be trained at a time. Prose in
`card.json` and `README.md` is written by hand; this script fills in the figures.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from .road_tiles import folds_of, read_dubai, read_massroads
from .road_training import train_roads

FOLDS = 3
COMPARED = ("bce", "bce-orientation", "full")
"""Variants that are trained on each fold; the last one is what is shipped."""


def main() -> None:
    """Read the images and make the model."""
    options = read_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    roads, dubai = read_massroads(options.data / "massroads"), read_dubai(options.data / "dubai")
    folds = folds_of(roads, FOLDS)
    for variant in COMPARED:
        for number, fold in enumerate(folds, start=1):
            name = f"{variant}-without-{number}"
            if options.only in ("", name):
                seen = [each for each in roads if all(each is not other for other in fold)]
                train_roads(name, variant, seen, dubai, options.steps, options.work)
    if options.only in ("", "final"):
        train_roads("final", COMPARED[-1], roads, dubai, options.steps, options.work)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with massroads/ and dubai/")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    names = [f"{variant}-without-{number}" for variant in COMPARED for number in range(1, FOLDS + 1)]
    parser.add_argument("--only", default="", choices=["", *names, "final"], help="train this network alone")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
