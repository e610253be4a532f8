"""The engine beside other ways to do its work (`peer_ways.py`): time, memory, and how far each is from the network.

    python -m benchmarks.peers

What counts is what the network says of the whole image at once. By default the bundled model maps two images that never
were, three times in each way, in turns; `--raster` maps images of your own instead. Prints one line of JSON for each
way and image, of which `python -m benchmarks.report` makes the table of the README. Linux only; runs in the worker's
environment; the whole array takes about 560 bytes of memory for each pixel.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray

from . import ROOT
from .engine_speed import DATA
from .networks import make_network
from .peer_ways import STEPS_PX, TILE_PX, WAYS
from .processes import run_alone
from .rasters import make_raster

ENGINE, ENGINE_SMALL = "engine", f"engine, tiles of {TILE_PX}"
EVERY = (*WAYS, ENGINE, ENGINE_SMALL)
BANDS, DTYPE = 3, "uint8"
BUNDLED, MADE_UP = "landuse-vhr", "made up"
STRIP_ROWS = 256


def main() -> None:
    """Measure every way on every size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sides", type=int, nargs="+", default=(2048, 3072), help="sides of the images made up")
    parser.add_argument("--raster", type=Path, nargs="+", default=(), help="images of your own instead")
    parser.add_argument("--network", default=BUNDLED, choices=(BUNDLED, "small", "heavy"))
    parser.add_argument("--model", type=Path, help="a segmentation of your own instead (.onnx)")
    parser.add_argument("--ways", nargs="+", default=EVERY, choices=EVERY, help="the whole array always runs too")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network; 0: all cores")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each way, in turns; medians count")
    parser.add_argument("--folder", type=Path, default=DATA, help="where rasters and networks are kept")
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    model = _model(options, folder)
    name = options.network if model.parent == folder else model.parent.name
    own = [(path.stem, path.resolve()) for path in options.raster]
    made = [(MADE_UP, make_raster(side, side, BANDS, DTYPE, folder)) for side in (() if own else options.sides)]
    for image, raster in own or made:
        task = {"raster": str(raster), "model": str(model), "threads": options.threads, "memory_mb": 0}
        about = {"benchmark": "peers", "image": image, **_about(raster), "network": name}
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            for line in measure(task, options.ways, options.repeats, Path(scratch)):
                print(json.dumps({**about, **line, "load": round(os.getloadavg()[0], 1)}), flush=True)


def _model(options: argparse.Namespace, folder: Path) -> Path:
    """The network that is run: the bundled one, one that is made, or the user's."""
    if options.model:
        return Path(options.model).resolve()
    if options.network == BUNDLED:
        return ROOT / "models" / "bundled" / BUNDLED / "model.onnx"
    return make_network(options.network, BANDS, DTYPE, folder)


def measure(task: dict[str, Any], ways: list[str], repeats: int, folder: Path) -> Iterator[dict[str, Any]]:
    """Time, memory and errors of each way.

    Args:
        task: Raster, network and threads.
        ways: Which.
        repeats: Runs of each, in turns.
        folder: Where results go; the probabilities of all ways must find room.
    """
    runs: dict[str, list[dict[str, Any]]] = {way: [] for way in ways}
    for _ in range(repeats):
        for way in ways:
            runs[way].append(_run(way, task, folder, keep=False))
    reference, _ = _probabilities("whole array", task, folder)
    for way in ways:
        found, step_px = (reference, 0) if way == "whole array" else _probabilities(way, task, folder)
        yield {
            "way": way,
            "seconds": statistics.median(run["seconds"] for run in runs[way]),
            "seconds_of_runs": [run["seconds"] for run in runs[way]],
            "peak_mb": max(run["peak_mb"] for run in runs[way]),
            **compare(reference, found, step_px),
        }


def compare(reference: NDArray[np.float32], found: NDArray[np.float32], step_px: int) -> dict[str, float]:
    """How far probabilities are from the network's own.

    Args:
        reference: Of the whole image at once, `(classes, rows, cols)`.
        found: The same, of a way.
        step_px: At which distance its tiles begin or end; 0: there is one only.

    Returns:
        `largest_difference` of a probability; `other_class`: share of the pixels whose most probable class is
        another; `seam_step`: mean difference between neighbours on both sides of a seam, over that of the reference
        at the same place: above 1, seams show.
    """
    rows = range(0, reference.shape[1], STRIP_ROWS)
    strips = [slice(row, row + STRIP_ROWS) for row in rows]
    largest = max(float(np.abs(reference[:, strip] - found[:, strip]).max()) for strip in strips)
    other = sum(int((reference[:, strip].argmax(0) != found[:, strip].argmax(0)).sum()) for strip in strips)
    seams = np.arange(step_px, reference.shape[2], step_px) if step_px else np.array([], int)

    def step(array: NDArray[np.float32]) -> float:
        return float(np.abs(array[:, :, seams] - array[:, :, seams - 1]).mean())

    return {
        "largest_difference": largest,
        "other_class": other / (reference.shape[1] * reference.shape[2]),
        "seam_step": step(found) / step(reference) if len(seams) else 1.0,
    }


def _about(raster: Path) -> dict[str, Any]:
    """What the tables tell of a raster."""
    with rasterio.open(raster) as dataset:
        return {
            "width": dataset.width,
            "height": dataset.height,
            "bands": dataset.count,
            "dtype": dataset.dtypes[0],
        }


def _run(way: str, task: dict[str, Any], folder: Path, keep: bool) -> dict[str, Any]:
    """Map once in a fresh process; the probabilities stay in the folder where they are wanted."""
    if way in WAYS:
        kept = str(folder / "probabilities.npy") if keep else ""
        return run_alone("peer_ways", {**task, "way": way, "classes": str(folder / "w.tif"), "probabilities": kept})
    tile_px = TILE_PX if way == ENGINE_SMALL else 0
    kept = str(folder / "probabilities.tif") if keep else ""
    return run_alone("engine_run", {**task, "folder": str(folder), "tile_px": tile_px, "probabilities": kept})


def _probabilities(way: str, task: dict[str, Any], folder: Path) -> tuple[NDArray[np.float32], int]:
    """What a way says, `(classes, rows, cols)`, and the distance of its seams."""
    told = _run(way, task, folder, keep=True)
    if way in WAYS:
        return np.load(folder / "probabilities.npy"), STEPS_PX[way]
    with rasterio.open(folder / "probabilities.tif") as dataset:
        return dataset.read(), int(told["tile_px"][1])


if __name__ == "__main__":
    main()
