"""Measures whether methods of explaining name what counts: deletion and insertion against random orders.

    python -m benchmarks.explanation_quality --data IMAGE [IMAGE …]     (in the worker's environment)
    python -m benchmarks.explanation_quality --model models/bundled/flood-s1s2/model.onnx --floods DATA/ombria/test

Places are pixels drawn at random, as many of each image; what is explained is the class that the model predicts there.
Each place is judged by `explanationquality`, one after the other. One line of JSON for each place and method as they
come, and at the end one for each method: means with 95 % intervals over places. The most memory that all of it took is
in the last lines.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from terraloom.engine.errors import InputError
from terraloom.engine.explanation_quality.summary import mean_of
from terraloom.engine.jobs import explanation_quality
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import parse_bands
from terraloom.engine.requests.explain_prediction import Place, Question
from terraloom.engine.requests.explanation_quality import ExplanationQuality, QualityTargets, methods_of
from terraloom.engine.requests.network_run import NetworkRun

from . import ROOT
from .flood_images import flood_names, write_flood
from .processes import peak_mb

MARGIN = 0.1
"""Places keep this share of the image's size away from its edges."""


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    images = parser.add_mutually_exclusive_group(required=True)
    images.add_argument("--data", nargs="+", type=Path, help="images that the model suits")
    images.add_argument("--floods", type=Path, help="a part of OMBRIA: one place in each of so many floods")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "bundled" / "landuse-vhr" / "model.onnx")
    parser.add_argument("--bands", default="", help="as BANDS of the algorithm")
    parser.add_argument("--methods", nargs="+", default=["occlusion", "shap", "saliency", "integratedgradients"])
    parser.add_argument("--measures", nargs="+", default=["deletion", "insertion"])
    parser.add_argument("--baseline", default="mean")
    parser.add_argument("--places", type=int, default=30, help="of all images together")
    parser.add_argument("--where", type=Path, help="raster on the image: places lie where it is not 0")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    found: dict[str, list[dict[str, Any]]] = {}
    begun, rng = time.perf_counter(), np.random.default_rng(options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        for number, (image, inputs) in enumerate(images_of(options, Path(scratch))):
            place = random_place(inputs[0], rng, options.where)
            for method, line in judged(options, inputs, place, options.seed + number):
                found.setdefault(method, []).append(line)
                print(json.dumps({"method": method, "image": image, **line}), flush=True)
    for method, lines in found.items():
        names = sorted({name for line in lines for name, value in line.items() if isinstance(value, float)})
        means = {name: mean_of([line.get(name, math.nan) for line in lines]).document for name in names}
        seconds = round(time.perf_counter() - begun)
        of_all = {"seconds_of_all": seconds, "peak_mb_of_all": round(peak_mb())}
        print(json.dumps({"method": method, "places": len(lines), **means, **of_all}), flush=True)


def images_of(options: argparse.Namespace, scratch: Path) -> Iterator[tuple[str, list[Path]]]:
    """The image of each place: its name, and the file of each input of the model."""
    if options.data:
        for number in range(options.places):
            image = options.data[number % len(options.data)]
            yield image.name, [image]
        return
    names = np.random.default_rng(options.seed).permutation(flood_names(options.floods))
    for name in names[: options.places]:
        yield str(name), write_flood(options.floods, str(name), scratch)


def random_place(image: Path, rng: np.random.Generator, where: Path | None = None) -> Place:
    """A pixel of an image, of those that a raster marks if there is one."""
    with rasterio.open(image) as dataset:
        size, transform = (dataset.width, dataset.height), dataset.transform
    marked = np.ones(size[::-1], bool)
    if where is not None:
        with rasterio.open(where) as dataset:
            marked = dataset.read(1, masked=True).filled(0) != 0
        edges = [math.ceil(MARGIN * side) for side in marked.shape]
        inner = tuple(slice(edge, side - edge) for edge, side in zip(edges, marked.shape))
        if marked.shape != size[::-1] or not marked[inner].any():
            raise SystemExit(f"{where} must be as large as {image}, {size[0]} x {size[1]}, and not 0 in its middle.")
    while True:
        column, row = ((MARGIN + (1 - 2 * MARGIN) * rng.random()) * side for side in size)
        if marked[int(row), int(column)]:
            return Place(point=tuple(transform @ (column, row)))


def judged(
    options: argparse.Namespace, inputs: Sequence[Path], place: Place, seed: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is found of each method at a place; nothing, and that is printed, where the image holds no data."""
    first, *further = [(str(path),) for path in inputs]
    settings = {"samples": 0, "window_px": 0, "by_band": False, "layer": ""}
    with tempfile.TemporaryDirectory() as folder:
        metrics = Path(folder) / "metrics.json"
        request = ExplanationQuality(
            NetworkRun(first, str(options.model), tuple(further), bands=parse_bands(options.bands), device="cpu"),
            QualityTargets(str(metrics)),
            Question(place=place),
            methods_of(options.methods, **settings, baseline=options.baseline, seed=seed),
            tuple(options.measures),
        )
        try:
            explanation_quality.run(request, Silent())
        except InputError as error:  # no data there
            print(json.dumps({"image": inputs[0].name, "left_out": str(error)}), flush=True)
            return
        for each in json.loads(metrics.read_text("utf-8"))["methods"]:
            (line,) = each["places"]
            yield each["method"], {name: value for name, value in line.items() if name != "place"}


if __name__ == "__main__":
    main()
