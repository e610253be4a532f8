"""How much the plugin adds to the start of QGIS: `qgis_process list` with and without it, in turns.

Runs in any Python 3.9 or later; prints one line of JSON and ends with 1 where the limit is passed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ("/usr/bin/qgis_process.bin", "/usr/bin/qgis_process")  # the wrapper of Debian 12 is broken
MISLEADING = {"PYTHONHOME", "PYTHONPATH", "PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "PYTHONDONTWRITEBYTECODE"}
"""Variables that QGIS must not inherit. With the last one each start would compile every file anew."""

LIMIT_MS = 150


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=20, help="runs with the plugin, and as many without")
    pairs = parser.parse_args().pairs
    program = next(filter(os.path.exists, PROGRAMS), None)
    if program is None:
        sys.exit("There is no qgis_process. Install QGIS first.")
    with tempfile.TemporaryDirectory() as folder:
        arms = {enabled: profile(Path(folder), enabled) for enabled in (False, True)}
        for enabled, variables in arms.items():  # The first start of a profile writes it, and fills the disk's cache.
            if start(program, variables).listed != enabled:
                sys.exit(f"The plugin should {'' if enabled else 'not '}be listed.")
        measured: dict[bool, list[Start]] = {False: [], True: []}
        for pair in range(pairs):
            for enabled in (False, True) if pair % 2 else (True, False):
                measured[enabled].append(start(program, arms[enabled]))
    took_ms = {enabled: [run.wall_ms for run in runs] for enabled, runs in measured.items()}
    cpu_ms = {enabled: [run.cpu_ms for run in runs] for enabled, runs in measured.items()}
    added_ms = median_difference(took_ms[True], took_ms[False])
    result = {
        "benchmark": "plugin_start",
        "pairs": pairs,
        "without_ms": round(statistics.median(took_ms[False])),
        "with_ms": round(statistics.median(took_ms[True])),
        "added_ms": round(added_ms),
        "added_cpu_ms": round(median_difference(cpu_ms[True], cpu_ms[False])),
        "limit_ms": LIMIT_MS,
        "load": os.getloadavg()[0],
    }
    print(json.dumps(result))
    return int(added_ms >= LIMIT_MS)


def profile(folder: Path, enabled: bool) -> dict[str, str]:
    """Make a profile of QGIS with the plugin enabled or not, and return the variables that choose it."""
    home = folder / str(enabled)
    settings = home / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[PythonPlugins]\nprocessing=true\nterraloom={str(enabled).lower()}\n")
    (home / "plugins").mkdir()
    (home / "plugins" / "terraloom").symlink_to(ROOT)
    (home / "run").mkdir(mode=0o700)
    return {
        **{name: value for name, value in os.environ.items() if name not in MISLEADING},
        "PATH": "/usr/bin:/bin",  # a Python that stands before QGIS's own makes QGIS crash
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(home / "run"),
        "QGIS_CUSTOM_CONFIG_PATH": str(home),
        "QGIS_PLUGINPATH": str(home / "plugins"),
    }


class Start(NamedTuple):
    """One listing: wall time, processor time of QGIS, and whether our algorithms are in it."""

    wall_ms: float
    cpu_ms: float
    listed: bool


def start(program: str, variables: dict[str, str]) -> Start:
    """List the algorithms and take the time."""
    begun_s, begun_cpu_s = time.perf_counter(), cpu_of_children_s()
    told = subprocess.run(
        [program, "list"], env=variables, capture_output=True, text=True, timeout=120, check=True
    ).stdout
    took_s, took_cpu_s = time.perf_counter() - begun_s, cpu_of_children_s() - begun_cpu_s
    return Start(1000 * took_s, 1000 * took_cpu_s, "segmentlanduse" in told)


def cpu_of_children_s() -> float:
    """Processor time of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def median_difference(more: list[float], fewer: list[float]) -> float:
    """Median over the pairs."""
    return statistics.median(a - b for a, b in zip(more, fewer))


if __name__ == "__main__":
    sys.exit(main())
