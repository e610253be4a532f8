"""One map by the engine, from files to a file, as the worker makes it; in a process of its own (`--measure TASK`)."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import rasterio
from terraloom.engine.backends import openvino_backend
from terraloom.engine.errors import Value
from terraloom.engine.jobs import apply_model
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import NetworkRun

from .processes import peak_mb
from .stages import Stages


def run_engine(task: dict[str, Any]) -> dict[str, Any]:
    """Make a class raster and tell what it took.

    Args:
        task: `raster`, `model`, `folder`, `threads`, `memory_mb`, `tile_px`; `begun_s`: when the process was started;
            `probabilities`: where these shall go too, empty: nowhere.
    """
    openvino_backend.is_installed = lambda: False  # what is compared with is onnxruntime
    stages = Stages()
    run = NetworkRun(
        (task["raster"],),
        task["model"],
        threads=task["threads"],
        max_memory_mb=task["memory_mb"],
        tile_size=task["tile_px"],
        device="cpu",
    )
    told = _Told()
    start_s = time.time() - task["begun_s"]
    with tempfile.TemporaryDirectory(dir=task["folder"]) as folder:
        targets = ClassTargets(output=str(Path(folder) / "classes.tif"), probabilities=task.get("probabilities", ""))
        begun, begun_cpu = time.perf_counter(), time.process_time()
        outcome = apply_model.run(ApplyModel(run, targets), told)
        seconds, cpu_s = time.perf_counter() - begun, time.process_time() - begun_cpu
        peak = peak_mb()  # before anything else is read
        with rasterio.open(targets.output) as dataset:
            raster_px = dataset.width * dataset.height
    return {
        "seconds": seconds,
        "start_s": start_s,
        "cpu_s": cpu_s,
        "raster_px": raster_px,
        "network_px": int(outcome.metrics["network_px"]),
        "peak_mb": peak,
        "tile_px": told.tile_px,
        "provider": outcome.metrics["provider"],
        "stages": dict(stages.seconds),
    }


class _Told:
    """What the engine tells of its tiles."""

    def __init__(self) -> None:
        self.tile_px = (0, 0)

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Accept and forget."""

    def warn(self, template: str, **values: Value) -> None:
        """Accept and forget."""

    def log(self, template: str, **values: Value) -> None:
        """Remember rows and columns of a tile without its halo."""
        if template.startswith("Tiles of"):
            self.tile_px = int(values["rows"]), int(values["columns"])


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", metavar="TASK", type=json.loads, required=True)
    print(json.dumps(run_engine(parser.parse_args().measure)))


if __name__ == "__main__":
    main()
