"""The benchmarks run, say what they promise, and their figures fit together."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(module, *words):
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=120).stdout


def test_a_case_tells_all_figures_and_they_fit(tmp_path):
    line = run(
        *("engine_speed", "--folder", tmp_path, "--sizes", 256, "--networks", "trivial"),
        *("--repeats", 1, "--bare", 256, "--memory", 768),
    )
    told = json.loads(line)
    assert (told["width"], told["raster_px"], told["network_px"], told["memory_mb"]) == (256, 65536, 65536, 768)
    assert told["halo_overhead"] == told["network_px"] / told["raster_px"]
    assert told["efficiency"] * told["bare_px_per_s"] * told["seconds"] == pytest.approx(told["network_px"])
    assert told["efficiency_with_halos"] * told["halo_overhead"] == pytest.approx(told["efficiency"])
    assert told["mpx_per_s"] * told["seconds"] == pytest.approx(0.065536)
    assert told["copies"] * told["copy_s"] == pytest.approx(told["seconds"])
    assert told["peak_mb"] > 50 and told["start_s"] > 0 and told["load"] >= 0
    stages = told["stages_s"]
    assert stages["open"] + stages["predict"] + stages["shares"] + stages["finish"] < told["seconds"]
    assert stages["read"] + stages["scale"] < stages["read_tile"] and stages["infer"] < stages["network"]
    (tmp_path / "kept.jsonl").write_text(line)
    assert "256 x 256" in run("engine_speed", "--report", tmp_path)
