"""A watcher that is killed or stopped loses nothing and doubles nothing, and is never two."""

import json
import os
import signal
import sys
import time

import pytest
from watch_bench import PATIENCE_S, lives, until


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


NO_EVENT = '{"scene": "a.tif", "mark": "1"}'
NO_RUN = '{"event": "begun", "at": "", "scene": "a.tif", "mark": "1", "when": "", "name": "a"}'


@pytest.mark.parametrize(
    "text", ["", "[1]", '{"folder": "a"}', NO_EVENT, NO_RUN], ids=["nothing", "list", "part", "no event", "no run"]
)
def test_what_a_power_cut_spoilt_is_made_good(bench, text):
    bench.add("a_20240601.tif", "day 1")
    bench.once()
    for name in ("run.json", "map.tif"):
        (bench.results / f"latest_{name}").write_text(text)
    with (bench.results / "ledger.jsonl").open("a") as ledger:
        ledger.write(f"{text}\n")
    assert bench.once() == (0, "")
    assert (bench.results / "latest_map.tif").read_text() == "map of day 1"
    assert json.loads((bench.results / "latest_run.json").read_text())["name"] == "a_20240601"
    bench.add("b_20240602.tif", "day 2")
    assert bench.once()[0] == 0
    assert bench.mapped == ["a_20240601.tif", "b_20240602.tif"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere ps is the way to ask")
def test_a_killed_watcher_is_followed_where_there_is_no_ps(bench, monkeypatch):
    bench.add("a.tif")
    bench.hang()
    watcher = bench.start()
    until(lambda: bench.calls and bench.ledger)
    watcher.kill()
    watcher.communicate()
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "/nowhere")
        again = bench.start("--once")
    until(lambda: len(bench.calls) == 2)
    assert not lives(bench.calls[0]["pid"])
    bench.hang(False)
    assert again.wait(PATIENCE_S) == 0
    assert bench.events("a") == ["begun", "lost", "begun", "done"]


def test_kills_at_any_moment_lose_nothing_and_double_nothing(bench):
    for day in range(1, 7):
        bench.add(f"s_2024060{day}.tif", f"day {day}")
    bench.hang()  # the first kill comes in the midst of a scene for certain
    started = time.monotonic()
    watcher = bench.start("--tries", "99")
    until(lambda: bench.events("s_20240601") == ["begun"])
    begins_after_s = time.monotonic() - started
    watcher.kill()
    watcher.communicate()
    bench.hang(False)
    for moment in (0.3, 0.8, 1, 1.2, 1.5, 2):
        watcher = bench.start("--tries", "99")
        time.sleep(moment * begins_after_s)
        watcher.kill()
        watcher.communicate()
    assert bench.once("--tries", "99")[0] == 0
    assert bench.events("s_20240601")[:2] == ["begun", "lost"]
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


def test_a_signal_to_the_watcher_and_all_it_runs_is_no_failure(bench):
    bench.add("a.tif")
    bench.hang()
    watcher = bench.start("--tries", "1")
    until(lambda: bench.calls and bench.ledger)
    watcher.terminate()
    os.killpg(bench.calls[0]["pid"], signal.SIGTERM)  # as systemd does, unless it is told otherwise
    assert watcher.wait(PATIENCE_S) == 0
    assert bench.events("a") == ["begun", "stopped"]


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
