"""A plain copy of a raster, read and written block by block; in a process of its own (`--measure TASK`)."""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import rasterio

from .processes import peak_mb


def copy(task: dict[str, Any]) -> dict[str, Any]:
    """Copy every band to a tiled GeoTIFF that is packed as quickly as the engine packs its own (ZSTD, level 1).

    Args:
        task: `raster`; `folder`: where the copy goes.
    """
    with tempfile.TemporaryDirectory(dir=task["folder"]) as folder:
        begun = time.perf_counter()
        with rasterio.open(task["raster"]) as source:
            profile = {**source.profile, "compress": "ZSTD", "zstd_level": 1, "predictor": 1, "bigtiff": "IF_SAFER"}
            with rasterio.open(Path(folder) / "copy.tif", "w", **profile) as target:
                for _, window in source.block_windows(1):
                    target.write(source.read(window=window), window=window)
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "peak_mb": peak_mb()}


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", metavar="TASK", type=json.loads, required=True)
    print(json.dumps(copy(parser.parse_args().measure)))


if __name__ == "__main__":
    main()
