"""The script that maps new scenes unattended: each once, whatever happens; a stub stands in for qgis_process."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "watch_scenes.py"
PATIENCE_S = 60

STUB = """#!{python}
import json, os, pathlib, sys, time
folder = pathlib.Path(__file__).resolve().parent
words = sys.argv[1:]
assert words[0] == "--json"
if words[1] == "help":
    if words[2] != "terraloom:stub":
        sys.exit("Algorithm " + words[2] + " not found!")
    inputs, results = ("SCENE", "BEFORE", "DATES"), ("OUTPUT", "AREAS")
    known = {{name: {{"is_destination": name in results}} for name in inputs + results}}
    print(json.dumps({{"parameters": known}}))
    sys.exit()
assert words[1:4] == ["run", "terraloom:stub", "--"]
given = {{}}
for word in words[4:]:
    name, _, value = word.partition("=")
    given.setdefault(name, []).append(value)
with open(folder / "calls", "a") as calls:
    calls.write(json.dumps({{"pid": os.getpid(), **given}}) + "\\n")
(scene,) = given["SCENE"][-1:]
output = pathlib.Path(given["OUTPUT"][0])
output.write_text("half")
while (folder / "hang").exists():
    time.sleep(0.02)
text = pathlib.Path(scene).read_text()
if text == "bad":
    print("QGIS grumbles", file=sys.stderr)
    sys.exit("ERROR:\\tAn error was encountered\\n\\tthe scene is bad")
if text == "grows":
    pathlib.Path(scene).write_text("grown")
if text == "makes nothing":
    output.unlink()
else:
    output.write_text("map of " + text)
for path in given.get("AREAS", ()):
    pathlib.Path(path).write_text("areas")
    pathlib.Path(path + "-wal").unlink(missing_ok=True)
print("another plugin prints")
log = {{"info": ["Flooded: 3 ha."], "warning": ["Dates are far apart."]}}
print(json.dumps({{"log": log, "results": {{"OUTPUT": str(output), "FLOODED_HA": 3}}}}, indent=2))
"""

TRANSLATE = """#!/bin/sh
case $4 in *gone*) echo "ERROR 11: HTTP response code: 404" >&2; exit 1;; esac
printf %s "$4" > "$5"
"""


class Bench:
    """A folder of scenes, one of results, and a stub of qgis_process on the path."""

    def __init__(self, folder):
        self.folder = folder
        self.scenes, self.results, self.program = folder / "scenes", folder / "maps", folder / "bin"
        self.scenes.mkdir()
        self.program.mkdir()
        for name, text in (("qgis_process", STUB.format(python=sys.executable)), ("gdal_translate", TRANSLATE)):
            (self.program / name).write_text(text)
            (self.program / name).chmod(0o755)

    def start(self, *options, source=None):
        common = {"--results": self.results, "--algorithm": "terraloom:stub", "--scene-parameter": "SCENE"}
        common.update({"--result": "OUTPUT=map.tif", "--settle": "0.05", "--every": "0.1"})
        source = source or ("--folder", self.scenes)
        given = [word for pair in common.items() if pair[0] not in options for word in pair]
        return subprocess.Popen(
            [sys.executable, SCRIPT, *source, *given, *options],
            env={**os.environ, "PATH": f"{self.program}{os.pathsep}{os.environ['PATH']}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def once(self, *options, **more):
        """Run to the end and return code and what was said."""
        process = self.start("--once", *options, **more)
        said, complained = process.communicate(timeout=PATIENCE_S)
        return process.returncode, said + complained

    def add(self, name, text="water"):
        path = self.scenes / name
        path.write_text(text)
        return path

    @property
    def calls(self):
        path = self.program / "calls"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def mapped(self):
        """Names of the scenes that the algorithm was given, in order."""
        return [Path(call["SCENE"][-1]).name for call in self.calls]

    @property
    def ledger(self):
        path = self.results / "ledger.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def events(self, name):
        return [record["event"] for record in self.ledger if record["name"] == name]

    def hang(self, hanging=True):
        path = self.program / "hang"
        path.touch() if hanging else path.unlink()


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    (made.program / "hang").unlink(missing_ok=True)  # lets go of stubs that a failed test left behind


def until(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def lives(pid):
    """Whether a process runs; what has ended and waits to be asked after does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.startswith("Z")


def test_each_scene_is_mapped_once_over_restarts(bench):
    bench.add("b_20240602.tif")
    bench.add("a_20240603.tif")
    bench.add(".c_20240604.tif")
    bench.add("notes.txt")
    code, said = bench.once("--set", "BEFORE=x.tif", "--set", "BEFORE=y.tif")
    assert code == 0 and "Flooded: 3 ha." in said
    assert bench.mapped == ["b_20240602.tif", "a_20240603.tif"]
    assert bench.calls[0]["BEFORE"] == ["x.tif", "y.tif"]
    assert bench.once() == (0, "")
    bench.add("d_20240604.tif")
    bench.once()
    assert bench.mapped == ["b_20240602.tif", "a_20240603.tif", "d_20240604.tif"]
    assert (bench.results / "scenes" / "a_20240603" / "map.tif").read_text() == "map of water"


def test_the_ledger_tells_what_the_algorithm_told(bench):
    path = bench.add("a_20240603.tif")
    bench.once()
    begun, done = bench.ledger
    assert (begun["event"], done["event"]) == ("begun", "done")
    assert done["scene"] == str(path) and done["when"] == "2024-06-03" and done["at"] >= begun["at"]
    assert done["mark"].startswith("5 bytes")
    assert done["figures"] == {"FLOODED_HA": 3}
    assert done["log"] == {"info": ["Flooded: 3 ha."], "warning": ["Dates are far apart."]}
    assert json.loads((bench.results / "scenes" / done["folder"] / "run.json").read_text()) == done


def test_a_new_version_of_a_scene_is_mapped_beside_the_old(bench):
    bench.add("a.tif", "land")
    bench.once()
    bench.add("a.tif", "more land")
    bench.once()
    maps = {path.parent.name: path.read_text() for path in bench.results.glob("scenes/*/map.tif")}
    assert maps == {"a": "map of land", "a_2": "map of more land"}
    assert (bench.results / "latest_map.tif").read_text() == "map of more land"


def test_a_scene_that_is_still_copied_waits(bench):
    path = bench.add("a.tif")
    copied = threading.Event()

    def copy():
        while not copied.wait(0.02):
            with path.open("a") as file:
                file.write("w")

    copying = threading.Thread(target=copy)
    copying.start()
    try:
        assert bench.once("--settle", "1")[0] == 0
    finally:
        copied.set()
        copying.join()
    assert bench.calls == []
    bench.once()
    assert bench.mapped == ["a.tif"]


def test_a_scene_that_changes_while_it_is_read_gives_no_map(bench):
    bench.add("a.tif", "grows")
    code, said = bench.once()
    assert code == 1 and "changed while it was read" in said
    assert list(bench.results.glob("**/map.tif")) == []
    bench.once()
    assert (bench.results / "latest_map.tif").read_text() == "map of grown"


def test_a_scene_that_fails_is_told_tried_again_and_stops_no_other(bench):
    for name, text in (("a_20240601.tif", "sea"), ("b_20240602.tif", "bad"), ("c_20240603.tif", "sea")):
        bench.add(name, text)
    code, said = bench.once("--tries", "2")
    assert code == 1 and "failed, try 1 of 2. An error was encountered the scene is bad" in said
    assert "grumbles" not in said
    assert bench.once("--tries", "2")[0] == 1
    assert bench.once("--tries", "2") == (0, "")
    assert bench.mapped == ["a_20240601.tif", "b_20240602.tif", "c_20240603.tif", "b_20240602.tif"]
    assert bench.events("b_20240602") == ["begun", "failed", "begun", "failed"]
    assert bench.ledger[3]["message"] == "An error was encountered the scene is bad"
    assert sorted(path.name for path in (bench.results / "scenes").iterdir()) == ["a_20240601", "c_20240603"]
    assert bench.once("--tries", "2", "--retry-failed")[0] == 1
    bench.add("b_20240602.tif", "mended")
    assert bench.once("--tries", "2")[0] == 0
    assert len(bench.calls) == 6


def test_a_run_that_takes_too_long_fails(bench):
    bench.add("a.tif")
    bench.hang()
    code, said = bench.once("--limit", "1")
    assert code == 1 and "It was ended after 1 s" in said
    assert not lives(bench.calls[0]["pid"])


def test_results_that_are_not_made_are_a_failure(bench):
    bench.add("a.tif", "makes nothing")
    code, said = bench.once()
    assert code == 1 and "OUTPUT (map.tif) was not made" in said


def test_what_a_killed_watcher_left_is_cleared_and_the_scene_made_again(bench):
    bench.add("a.tif")
    bench.hang()
    watcher = bench.start()
    until(lambda: bench.calls and list(bench.results.glob(".unfinished/*/results/map.tif")) and bench.ledger)
    watcher.kill()
    watcher.communicate()
    orphan = bench.calls[0]["pid"]
    assert lives(orphan)
    assert list((bench.results / "scenes").iterdir()) == [] and list(bench.results.glob("latest_*")) == []
    again = bench.start("--once")
    until(lambda: len(bench.calls) == 2)
    assert not lives(orphan)
    bench.hang(False)
    assert again.wait(PATIENCE_S) == 0
    assert bench.events("a") == ["begun", "lost", "begun", "done"]
    assert list((bench.results / ".unfinished").iterdir()) == []


def test_a_scene_that_takes_the_watcher_down_each_time_is_given_up(bench):
    bench.add("a.tif")
    bench.hang()
    for number in (1, 2):
        watcher = bench.start("--tries", "2")
        until(lambda number=number: bench.events("a").count("begun") == number)
        watcher.kill()
        watcher.communicate()
    bench.hang(False)
    bench.once("--tries", "2")
    assert bench.events("a") == ["begun", "lost", "begun", "lost"]


def test_a_map_that_was_in_place_before_the_kill_counts(bench):
    bench.add("a.tif")
    bench.once()
    ledger = bench.results / "ledger.jsonl"
    begun, done = ledger.read_text().splitlines(keepends=True)
    ledger.write_text(begun + done[:20])  # as after a power cut between moving the map and writing the line
    for path in bench.results.glob("latest_*"):
        path.unlink()
    code, said = bench.once()
    assert code == 0 and "lost" not in said
    assert len(bench.calls) == 1
    assert ledger.read_text().splitlines()[-1] == done.strip()
    assert (bench.results / "latest_map.tif").read_text() == "map of water"
    bench.once()
    assert len(bench.calls) == 1


def test_kills_at_any_moment_lose_nothing_and_double_nothing(bench):
    for day in range(1, 7):
        bench.add(f"s_2024060{day}.tif", f"day {day}")
    for moment_s in (0.1, 0.3, 0.5, 0.8, 1.1, 1.5):
        watcher = bench.start("--tries", "99")
        time.sleep(moment_s)
        watcher.kill()
        watcher.communicate()
    assert bench.once("--tries", "99")[0] == 0
    done = [record["name"] for record in bench.ledger if record["event"] == "done"]
    assert sorted(done) == [f"s_2024060{day}" for day in range(1, 7)]
    maps = {path.parent.name: path.read_text() for path in bench.results.glob("scenes/*/map.tif")}
    assert maps == {f"s_2024060{day}": f"map of day {day}" for day in range(1, 7)}
    assert (bench.results / "latest_map.tif").read_text() == "map of day 6"


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_watcher_and_what_it_runs(bench, signal_):
    bench.add("a.tif")
    bench.hang()
    watcher = bench.start("--tries", "1")
    until(lambda: bench.calls and bench.ledger)
    watcher.send_signal(signal_)
    assert watcher.wait(PATIENCE_S) == 0
    assert not lives(bench.calls[0]["pid"])
    bench.hang(False)
    assert bench.once("--tries", "1")[0] == 0
    assert bench.events("a") == ["begun", "stopped", "begun", "done"]


def test_a_watcher_that_waits_ends_at_once(bench):
    bench.add("a.tif")
    watcher = bench.start("--every", "3600")
    until(lambda: (bench.results / "latest_run.json").exists())
    watcher.terminate()
    assert watcher.wait(PATIENCE_S) == 0


def test_there_are_never_two_watchers(bench):
    bench.add("a.tif")
    bench.hang()
    first = bench.start()
    until(lambda: bench.calls)
    code, said = bench.once()
    assert code == 1 and f"Another watcher, process {first.pid}, is at work" in said
    first.terminate()
    first.communicate()
    bench.hang(False)
    assert bench.once()[0] == 0


def test_a_watcher_takes_scenes_as_they_come(bench):
    watcher = bench.start()
    for number in (1, 2):
        bench.add(f"s_2024060{number}.tif")
        until(lambda number=number: bench.events(f"s_2024060{number}") == ["begun", "done"])
    watcher.terminate()
    assert watcher.wait(PATIENCE_S) == 0
    assert bench.mapped == ["s_20240601.tif", "s_20240602.tif"]


def test_the_latest_is_the_latest_in_time(bench):
    bench.add("late_20240609.tif", "late")
    bench.once("--result", "OUTPUT=map.tif", "--result", "AREAS=areas.gpkg")
    (bench.results / "latest_areas.gpkg-wal").write_text("of a reader of the old file")
    bench.add("early_20240601.tif", "early")
    bench.once("--result", "OUTPUT=map.tif", "--result", "AREAS=areas.gpkg")
    assert len(bench.calls) == 2
    assert (bench.results / "latest_map.tif").read_text() == "map of late"
    bench.add("last_20240610.tif", "last")
    bench.once("--result", "OUTPUT=map.tif", "--result", "AREAS=areas.gpkg")
    assert (bench.results / "latest_map.tif").read_text() == "map of last"
    assert json.loads((bench.results / "latest_run.json").read_text())["name"] == "last_20240610"
    names = sorted(path.name for path in bench.results.iterdir() if path.is_file())
    assert names == [".lock", "latest_areas.gpkg", "latest_map.tif", "latest_run.json", "ledger.jsonl"]


def test_a_series_holds_the_last_good_scenes_in_the_order_of_time(bench):
    for name, text in (("d_2024156", "4"), ("b_20240602", "bad"), ("c_20240603", "3"), ("a_20240601", "1")):
        bench.add(f"{name}.tif", text)
    bench.add("e_20240605.tif", "5")
    options = ("--series", "3", "--at-least", "2", "--tries", "1", "--set", "DATES={dates}")
    code, said = bench.once(*options)
    assert code == 1 and "a_20240601: waits in its series until there are 2 scenes" in said
    series = ["".join(Path(path).name[0] for path in call["SCENE"]) for call in bench.calls]
    assert series == ["ab", "ac", "acd", "cde"]
    assert bench.calls[-1]["DATES"] == ["2024-06-03,2024-06-04,2024-06-05"]
    assert bench.once(*options) == (0, "")


def item(number, moment, href, asset="vv", **properties):
    return {
        "type": "Feature",
        "id": number,
        "properties": {"datetime": moment, **properties},
        "assets": {asset: {"href": href}},
    }


def test_a_list_is_mapped_in_the_order_of_time_each_item_once(bench):
    listed = bench.folder / "items.json"
    near = bench.add("near.tif")
    items = [
        item("third", "2024-06-03T01:00:00+02:00", str(near)),
        item("second", "2024-06-02T22:30:00.1234567Z", "https://example.org/x_1.tif"),
        item(
            "first",
            None,
            "scenes/first.tif",
            start_datetime="2024-06-01T00:00:00Z",
            end_datetime="2024-06-01T06:00:00Z",
        ),
        item("none", "2024-06-01T00:00:00Z", "x.tif", asset="vh"),
        item("again", "2024-06-09T00:00:00Z", str(near)),
        item("timeless", None, str(near)),
    ]
    listed.write_text(json.dumps({"type": "FeatureCollection", "features": items}))
    options = {"source": ("--stac", listed, "--asset", "vv")}
    code, said = bench.once(**options)
    assert code == 0
    assert "Item first" in said and "no file" in said
    assert "Item none" in said and "no asset vv, but vh" in said
    assert "Item timeless" in said and "no datetime" in said
    assert bench.mapped == ["x_1.vrt", "near.tif"]
    bench.add("first.tif")
    items.append(item("../new", "2024-06-04T00:00:00Z", "/vsicurl/https://example.org/new.tif"))
    listed.write_text(json.dumps(items))
    bench.once(**options)
    assert bench.mapped[2:] == ["first.tif", "new.vrt"]
    names = [record["folder"] for record in bench.ledger if record["event"] == "done"]
    assert names == ["second", "third", "first", "new"]
    assert (
        bench.results / "scenes" / "second" / "map.tif"
    ).read_text() == "map of /vsicurl/https://example.org/x_1.tif"
    assert json.loads((bench.results / "latest_run.json").read_text())["name"] == "new"


def test_a_remote_scene_that_cannot_be_reached_fails_by_itself(bench):
    listed = bench.folder / "items.json"
    items = [
        item("a", "2024-06-01T00:00:00Z", "https://example.org/gone.tif"),
        item("b", "2024-06-02T00:00:00Z", "b.tif"),
    ]
    (bench.folder / "b.tif").write_text("sea")
    listed.write_text(json.dumps(items))
    code, said = bench.once(source=("--stac", listed, "--asset", "vv"))
    assert code == 1 and "/vsicurl/https://example.org/gone.tif cannot be opened. ERROR 11: HTTP" in said
    assert bench.events("a") == ["failed"] and bench.events("b") == ["begun", "done"]


def test_a_list_that_is_being_written_waits(bench):
    listed = bench.folder / "items.json"
    listed.write_text('{"features": [')
    watcher = bench.start(source=("--stac", listed, "--asset", "vv"))
    time.sleep(0.5)
    assert watcher.poll() is None
    listed.write_text(json.dumps([item("a", "2024-06-03T00:00:00Z", str(bench.add("a.tif")))]))
    until(lambda: bench.events("a") == ["begun", "done"])
    watcher.terminate()
    assert watcher.communicate(timeout=PATIENCE_S)[1].count("cannot be read now") == 1


@pytest.mark.parametrize(
    "options, told",
    [
        (("--set", "NOWHERE=1"), "has no parameter NOWHERE. It has AREAS, BEFORE, DATES, OUTPUT, SCENE."),
        (("--set", "AREAS=a.csv"), "AREAS of terraloom:stub is a result: give it with --result."),
        (("--result", "DATES=a.csv"), "DATES of terraloom:stub is an input: give it with --set."),
        (("--algorithm", "terraloom:none"), "terraloom:none cannot be run. Algorithm terraloom:none not found!"),
        (("--set", "SCENE=a.tif"), "A parameter is given in two ways"),
        (("--set", "BEFORE"), "BEFORE is not of the form NAME=VALUE"),
        (("--result", "OUTPUT=a/b.tif"), "a file name of its own without a folder"),
        (("--at-least", "2"), "--at-least 2 must lie between 1 and --series 1"),
        (("--tries", "0"), "--tries and --limit must be above 0"),
        (("--qgis-process", "no_such_program"), "There is no program no_such_program"),
    ],
)
def test_what_cannot_work_is_refused_before_any_run(bench, options, told):
    bench.add("a.tif")
    code, said = bench.once(*options)
    assert code != 0 and told in said
    assert bench.calls == [] and bench.ledger == []


def test_results_among_the_scenes_are_refused(bench):
    code, said = bench.once("--results", str(bench.scenes / "maps"))
    assert code == 2 and "maps would be taken for scenes" in said
