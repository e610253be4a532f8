"""Holds roads of a scene from another sensor and climate against a mask of them: Las Vegas, never trained on.

    python -m benchmarks.roads_elsewhere --wheel FILE     (FILE: the wheel of solaris 0.4.0, fetched by the demo)

One chip, whose labels are incomplete: a diagnosis, not a score. One line of JSON.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import rasterio
import shapely
from terraloom.engine.jobs import compare_networks, extract_roads
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import parse_bands
from terraloom.engine.requests.compare_networks import CompareNetworks
from terraloom.engine.requests.extract_roads import ExtractRoads, LineTargets
from terraloom.engine.requests.network_run import NetworkRun

from .roads import MODEL
from .truth_graphs import truth_lines

IMAGE, MASK = "road_mask_input.tif", "sample_road_raster_mask.tif"


def main() -> None:
    """Extract, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with zipfile.ZipFile(options.wheel) as wheel:
            for name in (IMAGE, MASK):
                (folder / name).write_bytes(wheel.read(f"solaris/data/{name}"))
        write_truth(folder / MASK, folder / "truth.gpkg")
        print(json.dumps({"benchmark": "roads_elsewhere", **compared(folder, options.model)}))


def write_truth(mask: Path, path: Path) -> None:
    """Write the middle lines of a mask as a layer."""
    with rasterio.open(mask) as dataset:
        lines, transform, crs = truth_lines(dataset.read(1) > 0), dataset.transform, dataset.crs
    placed = [
        shapely.linestrings(np.column_stack(transform * (line + 0.5).T))
        for line in lines  # points count from the middle of the first pixel
    ]
    pyogrio.raw.write(
        path,
        geometry=np.array([line.wkb for line in placed], object),
        field_data=[np.arange(len(placed))],
        fields=["number"],
        geometry_type="LineString",
        crs=crs.to_wkt(),
    )


def compared(folder: Path, model: Path) -> dict[str, Any]:
    """What the lines that are extracted have in common with the truth."""
    run = NetworkRun((str(folder / IMAGE),), str(model), bands=parse_bands("red=1;green=1;blue=1"), device="cpu")
    extract_roads.run(ExtractRoads(run, LineTargets(output=str(folder / "roads.gpkg"))), Silent())
    request = CompareNetworks(
        str(folder / "roads.gpkg"), str(folder / "truth.gpkg"), metrics=str(folder / "metrics.json")
    )
    compare_networks.run(request, Silent())
    return dict(json.loads((folder / "metrics.json").read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
