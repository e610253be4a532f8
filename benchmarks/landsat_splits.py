"""From a Landsat scene and polygons to a class map through `qgis_process` alone, held against tuned random forests.

    python -m benchmarks.landsat_splits --data ../shared/data/landsat_nc     (in the worker's environment, tier learn)

For five fixed deals of blocks of ground: “Make training chips”, “Train a model”, “Apply a model”, “Assess accuracy”.
The forests (500 trees, scikit-learn) learn from the same training pixels, with the bands alone and with means and
deviations over 3, 5 and 9 px as well; leaf size and share of features are chosen by cross-validation over the training
blocks. All maps are assessed by the same algorithm on the labelled pixels of the same test blocks. Prints one line of
JSON for each deal and a last one with medians.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.transform import rowcol
from scipy.ndimage import uniform_filter
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, GroupKFold
from terraloom.engine.chip_set import IGNORE, Chip, ChipSet

from . import ROOT

TREES = 500
WINDOWS_PX = (3, 5, 9)
GRID = {"min_samples_leaf": [1, 3, 10], "max_features": ["sqrt", 0.5]}
CHIPS = {"CHIP_SIZE": 32, "STRIDE": 16, "SPLIT": "spatialblocks", "BLOCK_SIZE": 64, "TEST_SHARE": 0.35}


def main() -> None:
    """Run every deal."""
    options = read_options()
    options.work.mkdir(parents=True, exist_ok=True)
    lines = []
    for seed in options.seeds:
        lines.append(run_deal(options, seed))
        print(json.dumps(lines[-1]), flush=True)
    names = ("network", "forest", "forest_with_neighbourhood")
    medians = {name: round(statistics.median(line[name]["miou"] for line in lines), 4) for name in names}
    print(json.dumps({"median_miou": medians, "most_minutes": max(line["minutes"] for line in lines)}), flush=True)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the scene and its polygons")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "landsat")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--validation", type=float, default=0.0, help="share of the labels that validate")
    parser.add_argument("--train", nargs="*", default=[], help="further parameters of trainmodel, as NAME=VALUE")
    return parser.parse_args()


def run_deal(options: argparse.Namespace, seed: int) -> dict[str, Any]:
    """One deal of blocks: figures of the network's map and of the forests' maps."""
    folder = options.work / f"seed-{seed}"
    folder.mkdir(exist_ok=True)
    scene, chips = options.data / "landsat_multiband.tif", folder / f"chips-{time.time_ns()}"
    started = time.monotonic()
    labels = {"LABELS": options.data / "landsat96_polygons.shp", "CLASS_FIELD": "label"}
    shares = {"VALIDATION_SHARE": options.validation, "SEED": seed}
    qgis("maketrainingchips", {"INPUT": scene, **labels, **CHIPS, **shares, "FOLDER": chips})
    chosen = dict(each.split("=", 1) for each in options.train)
    model = {"CHIPS": chips, "PRESET": "fewlabels", "SEED": seed, "BASELINE": "false", **chosen}
    qgis("trainmodel", {**model, "OUTPUT": folder / "model.onnx"})
    apply = {"INPUT": scene, "MODEL_FILE": folder / "model.onnx", "TEST_TIME_AUGMENTATION": "rotations"}
    qgis("applymodel", {**apply, "OUTPUT": folder / "network.tif"})
    minutes = (time.monotonic() - started) / 60

    chip_set = ChipSet.from_folder(chips)
    with rasterio.open(scene) as dataset:
        image, profile = dataset.read(masked=True), dataset.profile
    write_classes(folder / "reference.tif", labels_of(chip_set, chip_set.of("test"), profile)[0], profile)
    trained, blocks = labels_of(chip_set, chip_set.of("train") + chip_set.of("validation"), profile)
    bands = np.where(np.ma.getmaskarray(image), image.mean(axis=(1, 2))[:, None, None], image.data).astype(np.float32)
    for name, features in (("forest", bands), ("forest_with_neighbourhood", with_neighbourhood(bands))):
        write_classes(folder / f"{name}.tif", forest_map(features, trained, blocks), profile)
    found: dict[str, Any] = {"seed": seed, "minutes": round(minutes, 1)}
    for name in ("network", "forest", "forest_with_neighbourhood"):
        found[name] = assess(folder / f"{name}.tif", folder)
    pixels = chip_set.pixels(chip_set.of("test"))
    names = {str(entry.value): entry.name for entry in chip_set.legend.entries} if chip_set.legend else {}
    found["absent_from_test"] = [names[value] for value, count in pixels.items() if not count]
    return found


def assess(path: Path, folder: Path) -> dict[str, float]:
    """Overall accuracy and mean IoU of a map."""
    metrics = folder / f"{path.stem}.json"
    results = qgis("assessaccuracy", {"MAP": path, "REFERENCE": folder / "reference.tif", "METRICS": metrics})
    return {"oa": round(results["OA"], 4), "miou": round(results["MIOU"], 4)}


def qgis(algorithm: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Run an algorithm as a user would on a server, and hand back its results."""
    words = [f"--{name}={value}" for name, value in parameters.items()]
    command = f'. scripts/setup.sh && qgis_process --json run terraloom:{algorithm} "$@"'
    done = subprocess.run(  # noqa: S603 - our own script
        ["/bin/bash", "-c", command, "bash", *words], cwd=ROOT, capture_output=True, text=True, env=os.environ
    )
    if done.returncode:
        raise SystemExit(f"{algorithm} failed:\n{done.stderr[-3000:]}\n{done.stdout[-3000:]}")
    results: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])["results"]
    return results


def labels_of(
    chip_set: ChipSet, chips: Sequence[Chip], profile: Mapping[str, Any]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Labels of some chips where they lie on the scene, and the number of each pixel's block, `(rows, cols)` both."""
    labels = np.full((profile["height"], profile["width"]), IGNORE, np.uint8)
    blocks = np.zeros(labels.shape, np.int64)
    names = sorted({chip.block for chip in chips})
    for chip in chips:
        with rasterio.open(chip_set.label_file(chip)) as dataset:
            found = dataset.read(1)
            half = abs(dataset.transform.a) / 2
            top, left = rowcol(profile["transform"], dataset.transform.c + half, dataset.transform.f - half)
        part = labels[top : top + len(found), left : left + found.shape[1]]
        known = found[: part.shape[0], : part.shape[1]] != IGNORE
        part[known] = found[: part.shape[0], : part.shape[1]][known]
        blocks[top : top + part.shape[0], left : left + part.shape[1]][known] = names.index(chip.block)
    return labels, blocks


def with_neighbourhood(bands: NDArray[np.float32]) -> NDArray[np.float32]:
    """The bands, and their mean and standard deviation over windows around each pixel."""
    found = [bands]
    for side in WINDOWS_PX:
        mean = np.stack([uniform_filter(band, side) for band in bands])
        square = np.stack([uniform_filter(band**2, side) for band in bands])
        found += [mean, np.sqrt(np.maximum(square - mean**2, 0))]
    return np.concatenate(found)


def forest_map(
    features: NDArray[np.float32], labels: NDArray[np.uint8], blocks: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """The map of a random forest, tuned by cross-validation over whole blocks."""
    known = labels != IGNORE
    forest = RandomForestClassifier(TREES, random_state=0, n_jobs=2)
    folds = GroupKFold(min(4, len(np.unique(blocks[known]))))
    search = GridSearchCV(forest, GRID, scoring="balanced_accuracy", cv=folds)
    search.fit(features[:, known].T, labels[known], groups=blocks[known])
    predicted: NDArray[np.uint8] = search.predict(features.reshape(len(features), -1).T)
    return predicted.reshape(labels.shape).astype(np.uint8)


def write_classes(path: Path, classes: NDArray[np.uint8], profile: Mapping[str, Any]) -> None:
    """A class raster on the grid of the scene."""
    plain = {"driver": "GTiff", "count": 1, "dtype": "uint8", "nodata": IGNORE}
    place = {name: profile[name] for name in ("width", "height", "crs", "transform")}
    with rasterio.open(path, "w", **plain, **place) as dataset:
        dataset.write(classes, 1)


if __name__ == "__main__":
    main()
