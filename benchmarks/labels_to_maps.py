"""From images and labels to a class map through `qgis_process` alone, held against tuned random forests.

    python -m benchmarks.labels_to_maps --data FOLDER     (in the worker's environment, tier learn)

For each example and five fixed deals of its ground: “Make training chips”, “Train a model”, “Apply a model” or
“Classify time series”, “Assess accuracy”. The forests learn from some of the same training pixels. All maps are
assessed by the same algorithm, on the labelled pixels of the same ground kept for testing. One line of JSON for each
deal is printed, and one with the medians of each example.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.transform import rowcol
from terraloom.engine.chips.chip_set import IGNORE, Chip, ChipSet

from . import ROOT
from .forests import forest_classes
from .labelled_examples import EXAMPLES, Example
from .qgis_run import qgis

NETWORK = "network"


def main() -> None:
    """Run every deal of every example."""
    options = read_options()
    for name in options.examples:
        folder = options.work / name
        folder.mkdir(parents=True, exist_ok=True)
        example = EXAMPLES[name](options.data, folder)
        lines = []
        for seed in options.seeds:
            lines.append({"example": name, **run_deal(example, folder, seed, options.train)})
            print(json.dumps(lines[-1]), flush=True)
        print(json.dumps({"example": name, **summary(lines)}), flush=True)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "labels-to-maps")
    parser.add_argument("--examples", nargs="+", default=list(EXAMPLES), choices=list(EXAMPLES))
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--train", nargs="*", default=[], help="further parameters of trainmodel, as NAME=VALUE")
    return parser.parse_args()


def run_deal(example: Example, folder: Path, seed: int, train: Sequence[str]) -> dict[str, Any]:
    """One deal of the ground: figures of the network's map and of the forests'."""
    here = folder / f"seed-{seed}"
    here.mkdir(exist_ok=True)
    chips, model = here / f"chips-{time.time_ns()}", here / "model.onnx"
    started = time.monotonic()
    qgis("maketrainingchips", {**example.chips, "SEED": seed, "FOLDER": chips})
    chosen = dict(each.split("=", 1) for each in train)
    qgis("trainmodel", {"CHIPS": chips, "SEED": seed, "BASELINE": "false", **example.train, **chosen, "OUTPUT": model})
    qgis(example.algorithm, {**example.map, "MODEL_FILE": model, "OUTPUT": here / f"{NETWORK}.tif"})
    minutes = (time.monotonic() - started) / 60

    chip_set = ChipSet.from_folder(chips)
    reference, _ = labels_of(chip_set, chip_set.of("test"), example)
    write_classes(here / "reference.tif", reference, example)
    learnt, blocks = labels_of(chip_set, chip_set.of("train") + chip_set.of("validation"), example)
    found = {NETWORK: assess(here, NETWORK)}
    wanted = reference != IGNORE
    for name, features in example.features():
        classes = np.full_like(reference, IGNORE)
        classes[wanted] = forest_classes(features, learnt, blocks, wanted)
        write_classes(here / f"{name}.tif", classes, example)
        found[name] = assess(here, name)
    pixels = {split: chip_set.pixels(chip_set.of(split)) for split in ("train", "test")}
    names = {str(entry.value): entry.name for entry in chip_set.legend.entries} if chip_set.legend else {}
    absent = {split: [names[value] for value, count in pixels[split].items() if not count] for split in pixels}
    return {"seed": seed, "minutes": round(minutes, 1), **found, "absent": absent}


def summary(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Medians over the deals."""
    makers = [name for name, figures in lines[0].items() if isinstance(figures, dict) and "miou" in figures]
    medians = {name: round(statistics.median(line[name]["miou"] for line in lines), 4) for name in makers}
    return {"median_miou": medians, "most_minutes": max(line["minutes"] for line in lines), "load": os.getloadavg()[0]}


def assess(folder: Path, name: str) -> dict[str, float]:
    """Overall accuracy and mean IoU of a map."""
    results = qgis("assessaccuracy", {"MAP": folder / f"{name}.tif", "REFERENCE": folder / "reference.tif"})
    return {"oa": round(results["OA"], 4), "miou": round(results["MIOU"], 4)}


def labels_of(
    chip_set: ChipSet, chips: Sequence[Chip], example: Example
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Labels of some chips where they lie on the scene, and the number of each pixel's block, `(rows, cols)` both."""
    labels = np.full((example.profile["height"], example.profile["width"]), IGNORE, np.uint8)
    blocks = np.zeros(labels.shape, np.int64)
    names = sorted({chip.block for chip in chips})
    for chip in chips:
        with rasterio.open(chip_set.label_file(chip)) as dataset:
            found = dataset.read(1)
            half = abs(dataset.transform.a) / 2
            top, left = rowcol(example.profile["transform"], dataset.transform.c + half, dataset.transform.f - half)
        part = labels[top : top + len(found), left : left + found.shape[1]]
        known = found[: part.shape[0], : part.shape[1]] != IGNORE
        part[known] = found[: part.shape[0], : part.shape[1]][known]
        blocks[top : top + part.shape[0], left : left + part.shape[1]][known] = names.index(chip.block)
    thinned = np.full_like(labels, IGNORE)
    thinned[:: example.thinning, :: example.thinning] = labels[:: example.thinning, :: example.thinning]
    return thinned, blocks


def write_classes(path: Path, classes: NDArray[np.uint8], example: Example) -> None:
    """A class raster on the grid of the scene."""
    plain = {"driver": "GTiff", "count": 1, "dtype": "uint8", "nodata": IGNORE, "compress": "deflate"}
    with rasterio.open(path, "w", **plain, **example.profile) as dataset:
        dataset.write(classes, 1)


if __name__ == "__main__":
    main()
