"""Measures speed and accuracy of a model at each precision, with onnxruntime and with OpenVINO.

    python -m benchmarks.precision --data FOLDER     (in the worker's environment with the extra openvino)

FOLDER holds labelled images as `images/NAME.*` and `labels/NAME.png` or `masks/NAME.png`. Every second image calibrates
the variants; the others test them, in crops of at most 1024 x 1024 px. `tile_ms` is one run of the bare network on
1024 x 1024 px, `job_s` a whole run of "Apply a model", from files to a file, on a square of `--job-px` made of copies
of an image and its mirror images. Both are medians of runs in turns, a tile after each job, so that the same load lies
on both. `tile_speedup` is what the processor allows, `job_speedup` what the user gets of it, `share` the second over
the first.
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
from rasterio.windows import Window
from terraloom.engine.backends import choice, openvino_backend
from terraloom.engine.backends.backend import Backend
from terraloom.engine.backends.onnxruntime_backend import CPU, OnnxruntimeBackend
from terraloom.engine.backends.openvino_backend import OpenvinoBackend
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.jobs import apply_model, optimise_model
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.requests.optimise_model import OptimiseModel
from terraloom.engine.speed.agreement import Tally
from terraloom.engine.values.scaling import choose_scaling

from . import ROOT

TILE_PX = 1024
STRIP_ROWS = 512


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with images/, and labels/ or masks/")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--job-px", type=int, default=8192, help="side of the image of the jobs; half a second is fixed"
    )
    options = parser.parse_args()
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ["TERRALOOM_HOME"] = str(folder / "home")
        found = sorted((options.data / "images").iterdir())
        images = [copied(image, folder) for image in found if image.suffix != ".xml"]  # QGIS leaves some
        variants = make_variants(options.model, images[::2], options.threads, folder)
        backends = {case: open_case(case, variants[case.precision], options.threads) for case in CASES}
        card = read_card(options.model)
        scores = score(backends, card, images[1::2])
        tile = filled(prepared(images[0], card, centre(images[0], card.stride_px)), TILE_PX)
        source = write_mirrored(images[0], options.job_px, folder / "image.tif")
        jobs = {case: job_of(source, variants[case.precision], case, options.threads) for case in CASES}
        tiles_s, jobs_s = time_both(backends, tile, jobs, options.runs)
    first = CASES[0]
    for case in CASES:
        allowed, reached = tiles_s[first] / tiles_s[case], jobs_s[first] / jobs_s[case]
        print(
            json.dumps(
                {
                    "precision": case.precision,
                    "library": backends[case].library,
                    "tile_ms": round(1000 * tiles_s[case]),
                    "tile_speedup": round(allowed, 2),
                    "job_px": options.job_px,
                    "job_s": round(jobs_s[case], 2),
                    "job_speedup": round(reached, 2),
                    "share": round(reached / allowed, 3),
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
    right = {case: Tally(card.legend) for case in backends}
    same = {case: Tally(card.legend) for case in backends}
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


def time_both(
    backends: dict[Case, Backend], tile: np.ndarray, jobs: dict[Case, ApplyModel], runs: int
) -> tuple[dict[Case, float], dict[Case, float]]:
    """Seconds for a tile and for a job, the medians of runs in turns after one to warm up."""
    tiles: dict[Case, list[float]] = {case: [] for case in CASES}
    whole: dict[Case, list[float]] = {case: [] for case in CASES}
    installed, gains = openvino_backend.is_installed, dict(choice.GAIN)
    for _ in range(runs + 1):
        for case in CASES:
            use = case.library == "openvino"
            openvino_backend.is_installed = lambda use=use: use  # type: ignore[misc]
            choice.GAIN.update(dict.fromkeys(gains, 0.0))  # where it is there, it is taken
            begun_s = time.perf_counter()
            apply_model.run(jobs[case], Silent())
            between_s = time.perf_counter()
            backends[case].run({backends[case].inputs[0].name: tile})
            tiles[case].append(time.perf_counter() - between_s)
            whole[case].append(between_s - begun_s)
    openvino_backend.is_installed = installed
    choice.GAIN.update(gains)
    return medians(tiles), medians(whole)


def medians(taken: dict[Case, list[float]]) -> dict[Case, float]:
    """Of each case, without its first run."""
    return {case: statistics.median(seconds[1:]) for case, seconds in taken.items()}


def job_of(source: Path, model: Path, case: Case, threads: int) -> ApplyModel:
    """A whole run at a precision."""
    run = NetworkRun((str(source),), str(model), precision=case.precision, device="cpu", threads=threads)
    return ApplyModel(run, ClassTargets(output=str(source.with_name("map.tif"))))


def write_mirrored(image: Path, side_px: int, target: Path) -> Path:
    """Write a square of copies of an image and its mirror images, some rows at a time."""
    with rasterio.open(image) as dataset:
        pixels = dataset.read()
    rows, columns = mirrored(pixels.shape[1:], side_px)
    profile = {"driver": "GTiff", "count": len(pixels), "height": side_px, "width": side_px, "dtype": "uint8"}
    with rasterio.open(target, "w", **profile, tiled=True, photometric="RGB") as dataset:
        for row in range(0, side_px, STRIP_ROWS):
            strip = pixels[:, rows[row : row + STRIP_ROWS, np.newaxis], columns]
            dataset.write(strip, window=Window(0, row, side_px, strip.shape[1]))
    return target


def copied(image: Path, folder: Path) -> Path:
    """Copy red, green and blue of an image, and its labels beside it in the image's size, without place or palette."""
    room = next(place for place in (image.parents[1] / name for name in ("labels", "masks")) if place.is_dir())
    with rasterio.open(image) as dataset, rasterio.open(room / f"{image.stem}.png") as labels:
        size = dataset.shape
        bands = {
            folder / f"{image.stem}.tif": dataset.read((1, 2, 3)),
            folder / f"{image.stem}_labels.tif": labels.read((1,), out_shape=size),  # the nearest, where sizes differ
        }
    for path, values in bands.items():
        profile = {"driver": "GTiff", "count": len(values), "height": size[0], "width": size[1], "dtype": "uint8"}
        with rasterio.open(path, "w", **profile, compress="deflate") as made:
            made.write(values)
    return next(iter(bands))


def label_of(image: Path) -> Path:
    """The labels of a copied image."""
    return image.with_name(f"{image.stem}_labels.tif")


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
    rows, columns = mirrored(image.shape[2:], side_px)
    return np.ascontiguousarray(image[:, :, rows[:, np.newaxis], columns])


def mirrored(sizes: tuple[int, ...], side_px: int) -> tuple[np.ndarray, np.ndarray]:
    """Which rows and columns of an image make up a square of copies and mirror images."""
    rows, columns = (np.pad(np.arange(size), (0, max(0, side_px - size)), "symmetric")[:side_px] for size in sizes)
    return rows, columns


if __name__ == "__main__":
    main()
