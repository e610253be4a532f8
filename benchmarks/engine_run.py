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
from terraloom.engine.jobs import apply_model
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import NetworkRun

from .processes import peak_mb
from .stages import Stages


def run_engine(task: dict[str, Any]) -> dict[str, Any]:
    """Make a class raster and tell what it took.

    Args:
        task: `raster`, `model`, `folder`, `threads`, `memory_mb`, `tile_px`; `begun_s`: when the process was started;
            `keep`: where the map shall stay, empty: nowhere.
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
    start_s = time.time() - task["begun_s"]
    with tempfile.TemporaryDirectory(dir=task["folder"]) as folder:
        target = task.get("keep") or str(Path(folder) / "classes.tif")
        begun, begun_cpu = time.perf_counter(), time.process_time()
        outcome = apply_model.run(ApplyModel(run, ClassTargets(output=target)), Silent())
        seconds, cpu_s = time.perf_counter() - begun, time.process_time() - begun_cpu
        peak = peak_mb()  # before anything else is read
        with rasterio.open(target) as dataset:
            raster_px = dataset.width * dataset.height
    return {
        "seconds": seconds,
        "start_s": start_s,
        "cpu_s": cpu_s,
        "raster_px": raster_px,
        "network_px": int(outcome.metrics["network_px"]),
        "peak_mb": peak,
        "provider": outcome.metrics["provider"],
        "stages": dict(stages.seconds),
    }


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", metavar="TASK", type=json.loads, required=True)
    print(json.dumps(run_engine(parser.parse_args().measure)))


if __name__ == "__main__":
    main()
