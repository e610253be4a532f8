"""How fast the engine maps rasters and in how much memory, held against the bare network and against a plain copy.

Prints one line of JSON for each case; `--report FOLDER` turns lines that were kept into the tables of the README.
Linux only; runs in the worker's environment.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from . import ROOT, report
from .bare_speed import SIDES_PX, BareSpeed
from .networks import NAMES, RADIUS_PX, STRIDE_PX, flop_per_px, make_network
from .power_law import fit
from .processes import cores, run_alone
from .rasters import COMPRESSIONS, RANGES, make_raster

DATA = ROOT / "build" / "benchmarks"
"""Rasters and networks are kept here, out of git's sight."""


@dataclass(frozen=True)
class Case:
    """What is measured.

    Args:
        width: Columns of the raster.
        height: Rows of the raster.
        bands: Bands of the raster.
        dtype: Type of its values.
        compress: How it is packed.
        network: One of `networks.NAMES`.
        memory_mb: MAX_MEMORY_MB; 0: automatic.
        threads: Threads of the network; 0: all cores.
        tile_px: TILE_SIZE; 0: automatic.
    """

    width: int
    height: int
    bands: int
    dtype: str
    compress: str
    network: str
    memory_mb: int
    threads: int
    tile_px: int


def main() -> None:
    """Measure what is asked for, or report what was measured."""
    options = _options()
    if options.report:
        print(report.tables(options.report))
        return
    if options.linearity:
        print(json.dumps(linearity(options)), flush=True)
        return
    for case in _cases(options):
        print(json.dumps(measure(case, options.repeats, options.bare, options.folder)), flush=True)


def measure(case: Case, repeats: int, sides_px: Sequence[int], folder: Path) -> dict[str, Any]:
    """Measure one case.

    The bare network (with the trivial one: the plain copy too) runs before, between and after the engine's runs.

    Args:
        case: What to measure.
        repeats: Runs of the engine, each in a fresh process; medians count.
        sides_px: Sides of the tiles that the bare network is tried on.
        folder: Where rasters and networks are kept and results go.
    """
    task, network = _task(case, folder)
    stride, halo = (1, 0) if case.network == "trivial" else (STRIDE_PX, RADIUS_PX)
    load = os.getloadavg()[0]
    runs: list[dict[str, Any]] = []
    copies: list[float] = []
    with BareSpeed(network, case.bands, case.threads, halo, stride, sides_px) as bare:
        for number in range(repeats + 1):
            bare.measure()
            if case.network == "trivial":
                copies.append(run_alone("copy_run", task)["seconds"])
            if number < repeats:
                runs.append(run_alone("engine_run", task))
    seconds = statistics.median(run["seconds"] for run in runs)
    raster_px, network_px = runs[0]["raster_px"], runs[0]["network_px"]
    cpu_s = statistics.median(run["cpu_s"] for run in runs)
    efficiency = network_px / seconds / bare.px_per_s
    stages = runs[0]["stages"]
    return {
        "benchmark": "engine_speed",
        **asdict(case),
        "threads": case.threads or cores(),
        "provider": runs[0]["provider"],
        "kflop_per_px": flop_per_px(network) / 1000,
        "seconds": seconds,
        "seconds_of_runs": [run["seconds"] for run in runs],
        "start_s": statistics.median(run["start_s"] for run in runs),
        "cpu_s": cpu_s,
        "raster_px": raster_px,
        "network_px": network_px,
        "halo_overhead": network_px / raster_px,
        "network_px_per_s": network_px / seconds,
        "tile_px_of_run": runs[0]["tile_px"],
        "bare_px_per_s": bare.px_per_s,
        "bare_side_px": bare.side_px,
        "bare_rounds": bare.rounds,
        "efficiency": efficiency,
        "cpu_efficiency": network_px / cpu_s / bare.px_per_cpu_s,
        "efficiency_with_halos": efficiency / (network_px / raster_px),
        "mpx_per_s": raster_px / seconds / 1e6,
        "peak_mb": max(run["peak_mb"] for run in runs),
        "stages_s": {name: statistics.median(run["stages"].get(name, 0.0) for run in runs) for name in stages},
        **({"copy_s": statistics.median(copies), "copies": seconds / statistics.median(copies)} if copies else {}),
        "load": load,
    }


def linearity(options: argparse.Namespace) -> dict[str, Any]:
    """Fit how the time grows with the pixels, over all sizes that were asked for, which take turns."""
    cases = list(_cases(options))
    if len({(case.width, case.height) for case in cases}) < 4 or len(cases) != len(options.sizes):
        raise SystemExit("--linearity needs four --sizes or more and one of everything else.")
    found: dict[Case, list[float]] = {case: [] for case in cases}
    peaks: dict[Case, float] = {}
    for _ in range(options.repeats):
        for case in cases:
            run = run_alone("engine_run", _task(case, options.folder)[0])
            found[case].append(run["seconds"])
            peaks[case] = max(run["peak_mb"], peaks.get(case, 0.0))
    points = [(case.width * case.height, seconds) for case, runs in found.items() for seconds in runs]
    law = fit([px for px, _ in points], [seconds for _, seconds in points])
    return {
        "benchmark": "linearity",
        "network": cases[0].network,
        "bands": cases[0].bands,
        "dtype": cases[0].dtype,
        "repeats": options.repeats,
        "seconds": {f"{case.width}x{case.height}": runs for case, runs in found.items()},
        "peak_mb": {f"{case.width}x{case.height}": peak for case, peak in peaks.items()},
        **asdict(law),
    }


def _task(case: Case, folder: Path) -> tuple[dict[str, Any], Path]:
    """What the measuring processes are told, and the network's file."""
    network = make_network(case.network, case.bands, case.dtype, folder)
    raster = make_raster(case.width, case.height, case.bands, case.dtype, folder, case.compress)
    task = {
        "raster": str(raster),
        "model": str(network),
        "folder": str(folder),
        "threads": case.threads,
        "memory_mb": case.memory_mb,
        "tile_px": case.tile_px,
    }
    return task, network


def _cases(options: argparse.Namespace) -> Iterator[Case]:
    every = itertools.product(options.sizes, options.bands, options.dtypes, options.networks, options.memory)
    for (width, height), bands, dtype, network, memory_mb in every:
        yield Case(width, height, bands, dtype, options.compress, network, memory_mb, options.threads, options.tile)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=_size, nargs="+", default=((2048, 2048),), help="columns x rows, or a side")
    parser.add_argument("--bands", type=int, nargs="+", default=(3,))
    parser.add_argument("--dtypes", nargs="+", default=("uint8",), choices=tuple(RANGES))
    parser.add_argument("--compress", default="DEFLATE", choices=COMPRESSIONS)
    parser.add_argument("--networks", nargs="+", default=("small",), choices=NAMES)
    parser.add_argument("--memory", type=int, nargs="+", default=(0,), help="MAX_MEMORY_MB; 0: automatic")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network; 0: all cores")
    parser.add_argument("--tile", type=int, default=0, help="TILE_SIZE; 0: automatic")
    parser.add_argument("--repeats", type=int, default=3, help="runs of the engine in each case")
    parser.add_argument("--bare", type=int, nargs="+", default=SIDES_PX, help="sides for the bare network, no halo")
    parser.add_argument("--linearity", action="store_true", help="fit seconds against pixels instead")
    parser.add_argument("--folder", type=Path, default=DATA, help="where rasters and networks are kept")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="print the tables of the .jsonl files in it")
    options = parser.parse_args()
    options.folder = options.folder.resolve()
    return options


def _size(text: str) -> tuple[int, int]:
    sides = [int(side) for side in re.split("[x,]", text)]
    return sides[0], sides[-1]


if __name__ == "__main__":
    main()
