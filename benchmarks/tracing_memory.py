"""Measures time and memory of tracing, smoothing and joining the areas of two class rasters.

The smaller raster is a corner of the larger one, so both have as many areas for each pixel. Each case runs in a process
of its own, from open rasters to a whole GeoPackage or raster. Linux only; runs in the worker's environment. The engine
warns the user by these figures (`engine/class_map.py`).
"""

import argparse
import json
import runpy
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASES = ("tracing", "smoothing", "joining")
SMOOTH_PX, SMALLEST_PX = 2.0, 40
OCTAVES = (24, 1.0), (6, 0.37), (2, 0.12)
"""The noise that the classes are made of: cells in pixels, strength."""
CLASSES, STRIP_ROWS, CACHE_MB = 6, 256, 128


def main() -> None:
    """Print one line of JSON for each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sides", type=int, nargs="+", default=(4096, 16384), help="rows and columns of the rasters")
    parser.add_argument("--coarser", type=int, default=1, help="so many times fewer areas along a side")
    parser.add_argument("--cases", nargs="+", default=CASES, choices=CASES)
    parser.add_argument("--measure", metavar="FOLDER", type=Path, help="measure the first case here and now")
    options = parser.parse_args()
    runpy.run_path(str(ROOT / "engine" / "worker" / "launch.py"))["load_root"]()
    if options.measure:
        measure(options.cases[0], options.measure)
        return
    for side in options.sides:
        with tempfile.TemporaryDirectory() as folder:
            make_rasters(side, options.coarser, Path(folder))
            for case in options.cases:
                subprocess.run([sys.executable, __file__, "--measure", folder, "--cases", case], check=True)


def measure(case: str, folder: Path) -> None:
    """Do the work of one case on the rasters in a folder and print what it took."""
    import numpy as np
    import rasterio
    from rasterio.windows import Window
    from terraloom.engine.legend import Legend, LegendEntry
    from terraloom.engine.polygons.generalise import absorb_small_areas
    from terraloom.engine.polygons.regions import find_regions
    from terraloom.engine.polygons.tracing import trace
    from terraloom.engine.results.vectors import write_polygons
    from terraloom.engine.tiles.strips import strips_of_dataset

    legend = Legend(tuple(LegendEntry(value, f"Class {value}", "#4477AA") for value in range(CLASSES)))
    before_mb, begin, begin_cpu = peak_mb(), time.monotonic(), time.process_time()
    with (
        rasterio.Env(GDAL_CACHEMAX=CACHE_MB),
        rasterio.open(folder / "classes.tif") as classes,
        rasterio.open(folder / "confidence.tif") as confidence,
    ):
        regions = find_regions(strips_of_dataset(classes, lambda: None))
        if case == "joining":
            with rasterio.open(folder / "joined.tif", "w", **classes.profile) as joined:
                for row, strip in absorb_small_areas(regions, SMALLEST_PX):
                    joined.write(strip, 1, window=Window(0, row, classes.width, len(strip)))
        else:
            smooth_px = SMOOTH_PX if case == "smoothing" else 0.0
            strips = strips_of_dataset(confidence, lambda: None)
            areas = trace(regions, strips, classes.transform, np.full(classes.height, 0.25), smooth_px)
            write_polygons(folder / f"{case}.gpkg", areas, legend, classes.crs)
    figures = {
        "case": case,
        "side_px": classes.width,
        "areas": regions.count,
        "seconds": round(time.monotonic() - begin, 1),
        "cpu_seconds": round(time.process_time() - begin_cpu, 1),
        "peak_mb": round(peak_mb()),
        "bytes_per_area": round((peak_mb() - before_mb) * 1e6 / regions.count),
    }
    print(json.dumps(figures), flush=True)


def make_rasters(side: int, coarser: int, folder: Path) -> None:
    """Write a class raster and its confidence, strip by strip."""
    import numpy as np
    import rasterio
    from affine import Affine
    from rasterio.windows import Window

    coarse = [np.random.default_rng(cell).random((16384 // cell + 2,) * 2, np.float32) for cell, _ in OCTAVES]
    cells = [cell * coarser for cell, _ in OCTAVES]
    profile = {"driver": "GTiff", "width": side, "height": side, "count": 1, "compress": "ZSTD", "zstd_level": 1}
    profile |= {"tiled": True, "blockxsize": 512, "blockysize": 512, "BIGTIFF": "IF_SAFER", "crs": "EPSG:32631"}
    profile |= {"transform": Affine(0.5, 0, 500_000, 0, -0.5, 5_000_000)}
    total = sum(strength for _, strength in OCTAVES)
    with (
        rasterio.open(folder / "classes.tif", "w", dtype="uint8", nodata=255, **profile) as classes,
        rasterio.open(folder / "confidence.tif", "w", dtype="float32", nodata=np.nan, **profile) as confidence,
    ):
        for row in range(0, side, STRIP_ROWS):
            rows, columns = np.arange(row, min(row + STRIP_ROWS, side)), np.arange(side)
            height = sum(
                strength / total * between(noise, rows / cell, columns / cell)
                for noise, cell, (_, strength) in zip(coarse, cells, OCTAVES)
            )
            window = Window(0, row, side, len(rows))
            classes.write(np.clip(height * CLASSES, 0, CLASSES - 1).astype(np.uint8), 1, window=window)
            confidence.write((0.5 + height / 2).astype(np.float32), 1, window=window)


def between(noise, rows, columns):  # noqa: ANN001, ANN201 - arrays of numpy, which is not there on import
    """Interpolate noise linearly between its points, `(rows, cols)`."""
    row, column = rows.astype(int), columns.astype(int)
    down, right = (rows - row)[:, None].astype("float32"), (columns - column).astype("float32")
    lines = noise[row] * (1 - down) + noise[row + 1] * down
    return lines[:, column] * (1 - right) + lines[:, column + 1] * right


def peak_mb() -> float:
    """Most memory that this process has held so far, in MB of 1e6 bytes."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6


if __name__ == "__main__":
    main()
