"""Each scene is mapped once and told of, in the order of time; what cannot work is refused."""

import json
import threading
from pathlib import Path

import pytest
from watch_bench import PATIENCE_S, lives, until


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


@pytest.mark.parametrize("name", ["a", "a_20240601"])
def test_a_new_version_of_a_scene_is_mapped_beside_the_old(bench, name):
    """It is the latest, though the name may give both one date."""
    bench.add(f"{name}.tif", "land")
    bench.once()
    bench.add(f"{name}.tif", "more land")
    bench.once()
    maps = {path.parent.name: path.read_text() for path in bench.results.glob("scenes/*/map.tif")}
    assert maps == {name: "map of land", f"{name}_2": "map of more land"}
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


def test_what_went_wrong_is_said_once_and_without_what_qgis_lacks(bench):
    bench.add("a.tif", "grumbled at")
    assert bench.once()[0] == 1
    assert bench.ledger[-1]["message"] == "the scene is odd Choose another."


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


def test_what_belongs_to_the_last_map_is_not_taken_for_the_latest_ones(bench):
    bench.add("a_20240601.tif")
    bench.once()
    for ending in (".aux.xml", ".ovr", ".msk", ".msk.ovr"):
        (bench.results / f"latest_map.tif{ending}").write_text("of the last map")
    bench.add("b_20240602.tif", "with overviews")
    bench.once()
    beside = {path.name: path.read_text() for path in bench.results.glob("latest_map.tif*")}
    assert beside == {"latest_map.tif": "map of with overviews", "latest_map.tif.ovr": "overviews"}


def test_a_link_beside_its_file_is_no_scene_of_its_own(bench):
    (bench.scenes / "a_latest.tif").symlink_to(bench.add("s_20240605.tif"))
    elsewhere = bench.folder / "elsewhere.tif"
    elsewhere.write_text("sea")
    (bench.scenes / "t_20240606.tif").symlink_to(elsewhere)
    assert bench.once()[0] == 0
    assert sorted(path.name for path in (bench.results / "scenes").iterdir()) == ["s_20240605", "t_20240606"]


def test_scenes_of_one_day_are_taken_in_the_order_of_their_times(bench):
    bench.add("S1A_IW_20240601T170000_a.tif", "evening")
    bench.add("S1B_IW_20240601T050000_b.tif", "morning")
    assert bench.once()[0] == 0
    assert bench.mapped == ["S1B_IW_20240601T050000_b.tif", "S1A_IW_20240601T170000_a.tif"]
    assert (bench.results / "latest_map.tif").read_text() == "map of evening"


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


@pytest.mark.parametrize("dated", [("--set", "DATES={dates}"), ("--algorithm", "terraloom:detectevents"), ()], ids=str)
def test_a_series_that_is_told_dates_holds_one_scene_of_each_day(bench, dated):
    """The others may be of hours. Where events are detected the dates may be read from the names of files."""
    for name in ("a_20240601T050000", "b_20240601T170000", "c_20240602", "d_20240603T050000", "e_20240603T170000"):
        bench.add(f"{name}.tif")
    options = ("--series", "3", "--at-least", "2", *dated)
    assert bench.once(*options)[0] == 0
    series = ["".join(Path(path).name[0] for path in call["SCENE"]) for call in bench.calls]
    assert series == (["bc", "bcd", "bce"] if dated else ["ab", "abc", "bcd", "cde"])
    if "--set" in dated:
        assert bench.calls[-1]["DATES"] == ["2024-06-01,2024-06-02,2024-06-03"]
    if dated:
        assert bench.events("b_20240601T170000") == ["held"]


def test_where_dates_are_asked_for_a_scene_without_one_waits_and_is_told_of_once(bench):
    """The time of its file may be that of its copy."""
    for name in ("a_20240601.tif", "undated.tif", "b_20240602.tif"):
        bench.add(name)
    code, said = bench.once("--series", "2", "--set", "DATES={dates}")
    assert code == 0 and said.count("undated.tif waits: its name tells no date") == 1
    assert [call["DATES"] for call in bench.calls] == [["2024-06-01"], ["2024-06-01,2024-06-02"]]
    assert bench.events("undated") == []
    assert bench.once()[0] == 0 and bench.mapped[-1] == "undated.tif"


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
        (("--result", "OUTPUT=Run.json"), "run.json is what the ledger says of each run. Choose another name"),
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
