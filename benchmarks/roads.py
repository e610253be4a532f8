"""Measures what it takes to make a network of roads: seconds and peak memory by stage, and what is found.

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
from terraloom.engine.prediction import NETWORK_SHARE
from terraloom.engine.progress import Silent
from terraloom.engine.requests.extract_roads import ExtractRoads, LineTargets
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.worker.memory import reset_peak

from . import ROOT
from .precision import write_mirrored
from .processes import peak_mb, run_alone

MODEL = ROOT / "models" / "bundled" / "roads-aerial" / "model.onnx"


class Watching(Silent):
    """Measures both halves of the job apart, what the network does and the making of lines: memory and core time."""

    predicting_mb = 0.0
    predicting_core_s = 0.0

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Called for each tile, with at most `NETWORK_SHARE`; then for each part that lines are made of."""
        if fraction > NETWORK_SHARE and not self.predicting_mb:
            self.predicting_mb, self.predicting_core_s = peak_mb(), time.process_time()
            reset_peak()


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
        start_s, begun, begun_core_s = time.time() - begun_s, time.perf_counter(), time.process_time()
        watching = Watching()
        outcome = extract_roads.run(ExtractRoads(run, targets), watching)
        seconds, ended_core_s = time.perf_counter() - begun, time.process_time()
    told = outcome.metrics
    core_share = (ended_core_s - watching.predicting_core_s) / (ended_core_s - begun_core_s)
    return {
        "start_s": round(start_s, 2),
        "seconds": round(seconds, 2),
        "predicting_s": round(told["predicting_s"], 2),
        "extracting_s": round(told["extracting_s"], 2),
        "extracting_share": round(told["extracting_s"] / seconds, 3),
        "extracting_share_of_core_time": round(core_share, 3),
        "predicting_mb": round(watching.predicting_mb),
        "extracting_mb": round(peak_mb()),
        "lines": told["lines"],
        "km": round(told["length_m"] / 1000, 1),
        "connected_parts": told["connected_parts"],
    }


if __name__ == "__main__":
    main()
