"""Measures speed and accuracy of a model at each precision, with onnxruntime and with OpenVINO.

    python -m benchmarks.precision --data FOLDER     (in the worker's environment with the extra openvino)

FOLDER holds labelled images as `images/NAME.jpg` and `labels/NAME.png`. Every second image calibrates the variants; the
others test them, in crops of at most 1024 x 1024 px. `tile_ms` is one run of the bare network on 1024 x 1024 px,
`job_s` a whole run of "Apply a model" on 2048 x 2048 px, from files to a file. Both are medians of runs in turns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import NotGeoreferencedWarning
from terraloom.engine.agreement import Confusion
from terraloom.engine.backends import choice, openvino_backend
from terraloom.engine.backends.backend import Backend
from terraloom.engine.backends.onnxruntime_backend import CPU, OnnxruntimeBackend
from terraloom.engine.backends.openvino_backend import OpenvinoBackend
from terraloom.engine.foreign_cards import read_card
from terraloom.engine.jobs import apply_model, optimise_model
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.requests.optimise_model import OptimiseModel
from terraloom.engine.scaling import choose_scaling

ROOT = Path(__file__).resolve().parents[1]
TILE_PX, JOB_PX = 1024, 2048


@dataclass(frozen=True)
class Case:
    """A precision and the library that computes with it."""

    precision: str
    library: str


CASES = tuple(
    Case(*case)
    for case in (
        ("fp32", "onnxruntime"),
        ("fp32", "openvino"),
        ("bf16", "openvino"),
        ("int8", "openvino"),
        ("int8", "onnxruntime"),
    )
)


def main() -> None:
    """Print one line of JSON for each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with images/ and labels/")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ["TERRALOOM_HOME"] = str(folder / "home")
        images = sorted((options.data / "images").glob("*.jpg"))
        variants = make_variants(options.model, images[::2], options.threads, folder)
        backends = {case: open_case(case, variants[case.precision], options.threads) for case in CASES}
        card = read_card(options.model)
        scores = score(backends, card, images[1::2])
        tiles_s = time_tiles(backends, card, images[0], options.runs)
        jobs_s = time_jobs(variants, card, images[0], options.threads, options.runs, folder)
    for case in CASES:
        first = CASES[0]
        print(
            json.dumps(
                {
                    "precision": case.precision,
                    "library": backends[case].library,
                    "tile_ms": round(1000 * tiles_s[case]),
                    "tile_speedup": round(tiles_s[first] / tiles_s[case], 2),
                    "job_s": round(jobs_s[case], 2),
                    "job_speedup": round(jobs_s[first] / jobs_s[case], 2),
                    **scores[case],
                    "threads": options.threads,
                    "load": round(os.getloadavg()[0], 1),
                }
            )
        )


def make_variants(model: Path, images: list[Path], threads: int, folder: Path) -> dict[str, Path]:
    """The file for each precision, as "Optimise a model" makes it."""
    variants = {"fp32": model}
    labels = tuple(str(label_of(image)) for image in images)
    for precision in ("bf16", "int8"):
        variants[precision] = folder / f"{precision}.onnx"
        request = OptimiseModel(
            str(model), precision, tuple(map(str, images)), str(variants[precision]), labels, threads=threads
        )
        optimise_model.run(request, Silent())
    return variants


def open_case(case: Case, path: Path, threads: int) -> Backend:
    """The bare network."""
    if case.library == "openvino":
        return OpenvinoBackend(path, threads, case.precision)
    return OnnxruntimeBackend(path, [CPU], threads, case.precision)


def score(backends: dict[Case, Backend], card: ModelCard, images: list[Path]) -> dict[Case, dict[str, float]]:
    """Mean IoU against the labels, and against the map of the first case, in per cent."""
    if card.legend is None:
        raise SystemExit("The model has no classes.")
    values = np.array(card.legend.values, np.uint8)
    right = {case: Confusion(card.legend) for case in backends}
    same = {case: Confusion(card.legend) for case in backends}
    for image in images:
        window = centre(image, card.stride_px)
        tile = prepared(image, card, window)
        with rasterio.open(label_of(image)) as dataset:
            truth = dataset.read(1)[window]
        everywhere = np.ones(truth.shape, bool)
        original = None
        for case, backend in backends.items():
            said = values[backend.run({backend.inputs[0].name: tile})[0][0].argmax(axis=0)]
            original = said if original is None else original
            right[case].add(truth, said, everywhere)
            same[case].add(original, said, everywhere)
    return {
        case: {"mean_iou": round(100 * right[case].mean_iou, 2), "agreement": round(100 * same[case].mean_iou, 2)}
        for case in backends
    }


def time_tiles(backends: dict[Case, Backend], card: ModelCard, image: Path, runs: int) -> dict[Case, float]:
    """Seconds for a tile, the median of runs in turns after one to warm up."""
    tile = filled(prepared(image, card, centre(image, card.stride_px)), TILE_PX)
    taken: dict[Case, list[float]] = {case: [] for case in backends}
    for _ in range(runs + 1):
        for case, backend in backends.items():
            begun_s = time.perf_counter()
            backend.run({backend.inputs[0].name: tile})
            taken[case].append(time.perf_counter() - begun_s)
    return {case: statistics.median(seconds[1:]) for case, seconds in taken.items()}


def time_jobs(
    variants: dict[str, Path], card: ModelCard, image: Path, threads: int, runs: int, folder: Path
) -> dict[Case, float]:
    """Seconds for a job, the median of runs in turns after one to warm up."""
    source = folder / "image.tif"
    with rasterio.open(image) as dataset:
        pixels = filled(dataset.read()[np.newaxis], JOB_PX)[0]
    profile = {"driver": "GTiff", "count": len(pixels), "height": JOB_PX, "width": JOB_PX, "dtype": "uint8"}
    with rasterio.open(source, "w", **profile, tiled=True, photometric="RGB") as dataset:
        dataset.write(pixels)
    taken: dict[Case, list[float]] = {case: [] for case in CASES}
    installed, gains = openvino_backend.is_installed, dict(choice.GAIN)
    for _ in range(runs + 1):
        for case in CASES:
            use = case.library == "openvino"
            openvino_backend.is_installed = lambda use=use: use  # type: ignore[misc]
            choice.GAIN.update(dict.fromkeys(gains, 0.0))  # where it is there, it is taken
            run = NetworkRun(
                (str(source),), str(variants[case.precision]), precision=case.precision, device="cpu", threads=threads
            )
            begun_s = time.perf_counter()
            apply_model.run(ApplyModel(run, ClassTargets(output=str(folder / "map.tif"))), Silent())
            taken[case].append(time.perf_counter() - begun_s)
    openvino_backend.is_installed = installed
    choice.GAIN.update(gains)
    return {case: statistics.median(seconds[1:]) for case, seconds in taken.items()}


def label_of(image: Path) -> Path:
    """The labels of an image."""
    return image.parents[1] / "labels" / f"{image.stem}.png"


def centre(image: Path, stride_px: int) -> tuple[slice, slice]:
    """Rows and columns of the largest crop that the network takes, of at most a tile's size."""
    with rasterio.open(image) as dataset:
        sides = dataset.shape

    def cut(side: int) -> slice:
        length = min(side, TILE_PX) // stride_px * stride_px
        return slice((side - length) // 2, (side - length) // 2 + length)

    return cut(sides[0]), cut(sides[1])


def prepared(image: Path, card: ModelCard, window: tuple[slice, slice]) -> np.ndarray:
    """A crop as the network takes it, `(1, bands, rows, cols)`."""
    scaling = choose_scaling(card.inputs[0], ())
    with rasterio.open(image) as dataset:
        pixels = dataset.read()[:, window[0], window[1]]
    scaled: np.ndarray = (pixels * scaling.gain + scaling.bias)[np.newaxis].astype(np.float32)
    return scaled


def filled(image: np.ndarray, side_px: int) -> np.ndarray:
    """A square of copies of an image and its mirror images, `(1, bands, side, side)`."""
    rows, columns = (np.pad(np.arange(size), (0, side_px), "symmetric")[:side_px] for size in image.shape[2:])
    return np.ascontiguousarray(image[:, :, rows[:, np.newaxis], columns])


if __name__ == "__main__":
    main()
