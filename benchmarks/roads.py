"""Measures what it takes to make a network of roads: seconds by stage, peak memory, and what is found.

    python -m benchmarks.roads --image IMAGE [--model FILE] [--sizes 2500 5000 10000]

An image (8-bit, three bands, pixels of about 1 m) is repeated and mirrored to a square of each size, mapped and made
into lines, each in a process of its own. One line of JSON for each size.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import rasterio
from affine import Affine
from terraloom.engine.jobs import extract_roads
from terraloom.engine.progress import Silent
from terraloom.engine.requests.extract_roads import ExtractRoads, LineTargets
from terraloom.engine.requests.network_run import NetworkRun

from . import ROOT
from .precision import write_mirrored
from .processes import peak_mb, run_alone

MODEL = ROOT / "models" / "bundled" / "roads-aerial" / "model.onnx"


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--image", type=Path, help="image that is repeated")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2500, 5000, 10000])
    parser.add_argument("--memory", type=int, default=0, help="MAX_MEMORY_MB")
    parser.add_argument("--measure", type=json.loads, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(**options.measure)))
        return
    with tempfile.TemporaryDirectory() as folder:
        for side_px in options.sizes:
            raster = write_mirrored(options.image, side_px, Path(folder) / "image.tif")
            with rasterio.open(raster, "r+") as dataset:
                dataset.crs, dataset.transform = "EPSG:32631", Affine(1, 0, 500_000, 0, -1, 5_000_000)
            task = {"raster": str(raster), "model": str(options.model), "memory_mb": options.memory}
            print(json.dumps({"benchmark": "roads", "side_px": side_px, **run_alone("roads", task)}), flush=True)


def measure(raster: str, model: str, memory_mb: int, begun_s: float) -> dict[str, Any]:
    """Extract the roads of one raster and tell what it took."""
    run = NetworkRun((raster,), model, device="cpu", max_memory_mb=memory_mb)
    with tempfile.TemporaryDirectory() as folder:
        targets = LineTargets(output=str(Path(folder) / "roads.gpkg"), nodes=str(Path(folder) / "nodes.gpkg"))
        start_s, begun = time.time() - begun_s, time.perf_counter()
        outcome = extract_roads.run(ExtractRoads(run, targets), Silent())
        seconds = time.perf_counter() - begun
    told = outcome.metrics
    return {
        "start_s": round(start_s, 2),
        "seconds": round(seconds, 2),
        "predicting_s": round(told["predicting_s"], 2),
        "extracting_s": round(told["extracting_s"], 2),
        "extracting_share": round(told["extracting_s"] / seconds, 3),
        "peak_mb": round(peak_mb()),
        "lines": told["lines"],
        "km": round(told["length_m"] / 1000, 1),
        "connected_parts": told["connected_parts"],
    }


if __name__ == "__main__":
    main()
