"""New scenes become flood maps as they come: the watcher, the real qgis_process, the real worker and its model."""

import json
import subprocess
import sys
from pathlib import Path

from front_door import RUN_S, until, wait
from osgeo import gdal
from radar_scenes import radar

pytest_plugins = ["real_worker"]

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "watch_scenes.py"
FIRST, SECOND = "S1_20240605", "S1_20240617"
SIDE_PX, RIVER_PX = 96, 16
WET_PX = {FIRST: 56, SECOND: 72}
"""Columns under water, those of the river first."""


class Watched:
    """A folder with two scenes, and one of results.

    Args:
        front_door: What runs qgis_process.
        folder: Where both lie.
    """

    def __init__(self, front_door, folder):
        self._front_door, self._folder = front_door, folder
        self.results = folder / "results"
        (folder / "scenes").mkdir()
        for name, wet_columns in WET_PX.items():
            radar(folder / "scenes" / f"{name}.tif", wet_columns, SIDE_PX)
        self._before = radar(folder / "before.tif", RIVER_PX, SIDE_PX)

    def start(self, *options):
        """Start the watcher as its page has it."""
        given = ["--folder", self._folder / "scenes", "--results", self.results, "--settle", "0.1", "--every", "0.1"]
        given += ["--algorithm", "terraloom:fusesaroptical", "--scene-parameter", "SAR"]
        given += ["--set", f"SAR_BEFORE={self._before}", "--result", "OUTPUT=flood.tif", "--result", "AREAS=areas.csv"]
        return subprocess.Popen(
            [sys.executable, SCRIPT, *given, "--qgis-process", self._front_door.program, *options],
            env=self._front_door.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def once(self):
        """Look once, to the end."""
        ended = wait(self.start("--once"), 2 * RUN_S)
        assert ended.code == 0, ended.complained
        return ended

    @property
    def ledger(self):
        """What is written of all scenes, in order."""
        path = self.results / "ledger.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    def events(self, name):
        """What happened to a scene."""
        return [record["event"] for record in self.ledger if record["name"] == name]

    def state(self):
        """All maps, as the disk knows them."""
        return {path: path.stat().st_mtime_ns for path in self.results.rglob("*.tif")}


def test_each_scene_becomes_one_flood_map_though_the_watcher_is_stopped_between(front_door, tmp_path):
    watched = Watched(front_door, tmp_path)
    watcher = watched.start()
    until(lambda: watcher.poll() is not None or "done" in watched.events(FIRST), 2 * RUN_S, "the first map")
    watcher.terminate()
    stopped = wait(watcher)
    assert stopped.code == 0, stopped.complained
    assert watched.events(FIRST) == ["begun", "done"] and "done" not in watched.events(SECOND)
    first = watched.results / "scenes" / FIRST / "flood.tif"
    made = first.stat().st_mtime_ns

    watched.once()
    assert watched.events(FIRST) == ["begun", "done"] and first.stat().st_mtime_ns == made
    assert watched.events(SECOND) in (["begun", "done"], ["begun", "stopped", "begun", "done"])
    assert sorted(path.name for path in (watched.results / "scenes").iterdir()) == [FIRST, SECOND]
    for record in (record for record in watched.ledger if record["event"] == "done"):
        folder = watched.results / "scenes" / record["name"]
        assert json.loads((folder / "run.json").read_text("utf-8")) == record
        assert (folder / "areas.csv").exists() and (folder / "flood.qml").exists()
        assert any("flood-s1s2" in line for line in record["log"]["info"]) and record["figures"]["AREA_HA"] > 0
        classes = gdal.Open(str(folder / "flood.tif")).ReadAsArray()
        wet = WET_PX[record["name"]]
        assert classes.shape == (SIDE_PX, SIDE_PX)
        assert (classes[:, RIVER_PX + 8 : wet - 4] == 1).mean() > 0.6 and (classes[:, wet + 4 :] == 0).mean() > 0.95
    assert json.loads((watched.results / "latest_run.json").read_text("utf-8"))["name"] == SECOND
    assert (watched.results / "latest_flood.tif").exists()

    ledger, maps = watched.ledger, watched.state()
    watched.once()
    assert watched.ledger == ledger and watched.state() == maps
