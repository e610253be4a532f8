"""Whatever is wrong with one scene, its results or the disk, the watcher goes on with the others and says so."""

import json

from watch_bench import PATIENCE_S, until


def item(number, href, moment="2024-06-01T00:00:00Z", **more):
    return {"id": number, "properties": {"datetime": moment}, "assets": {"vv": {"href": href}}, **more}


def test_items_that_are_not_made_as_they_should_be_cost_no_other(bench):
    listed, near = bench.folder / "items.json", str(bench.add("near.tif"))
    items = [
        item("listed", near, assets=[{"href": near}]),
        item("plain", near, assets={"vv": near}),
        item("number", 7),
        item("untold", near, properties=["2024-06-01"]),
        item("oldest", near, "0001-01-01T00:00:00+05:00"),
        item("ended", "a\0b.tif"),
        item("torn", "https://example.org/\ud800.tif"),
        item("x" * 300, near + "?"),
        item("good", near, "2024-06-02T00:00:00Z"),
    ]
    bench.add("near.tif?")
    listed.write_text(json.dumps(items))
    code, said = bench.once(source=("--stac", listed, "--asset", "vv"))
    waiting = {record["id"] for record in items if f"Item {record['id']} of {listed} waits: " in said}
    assert waiting == {"listed", "plain", "number", "untold", "oldest", "ended", "torn"}
    assert code == 1 and bench.events("good") == ["begun", "done"]
    assert bench.events("x" * 300) == ["failed"] and "name too long" in bench.ledger[0]["message"]


def test_links_that_lead_to_each_other_cost_no_other_scene(bench):
    bench.add("good_20240601.tif")
    (bench.scenes / "loop.tif").symlink_to("loop.tif")
    code, _ = bench.once()
    assert code == 0 and bench.events("good_20240601") == ["begun", "done"]
    listed = bench.folder / "items.json"
    listed.write_text(json.dumps([item("loop", "scenes/loop.tif"), item("good", str(bench.add("good.tif")))]))
    code, said = bench.once(source=("--stac", listed, "--asset", "vv"))
    assert code == 0 and "Item loop" in said and "no file" in said
    assert bench.events("good") == ["begun", "done"]


def test_a_list_that_is_nested_too_deeply_waits(bench):
    listed = bench.folder / "items.json"
    listed.write_text("[" * 100_000)
    watcher = bench.start(source=("--stac", listed, "--asset", "vv"))
    assert f"{listed} cannot be read now" in watcher.stderr.readline()
    listed.write_text(json.dumps([item("good", str(bench.add("good.tif")))]))
    until(lambda: bench.events("good") == ["begun", "done"])
    watcher.terminate()
    watcher.communicate(timeout=PATIENCE_S)


def test_of_a_list_in_pages_it_is_told_that_one_is_mapped(bench):
    listed = bench.folder / "items.json"
    near = item("near", str(bench.add("near.tif")))
    links = [{"rel": "self", "href": "a"}, {"rel": "next", "href": "b"}]
    for linked, told in ((links[:1], 0), (links, 1)):
        listed.write_text(json.dumps({"features": [near], "links": linked}))
        code, said = bench.once(source=("--stac", listed, "--asset", "vv"))
        assert code == 0 and said.count(f"{listed} is one page of several") == told


def test_a_folder_that_vanishes_is_told_of_and_waited_for(bench):
    watcher = bench.start()
    until(lambda: bench.results.exists())
    bench.scenes.rename(bench.folder / "away")
    assert f"{bench.scenes} cannot be read now" in watcher.stderr.readline()
    (bench.folder / "away").rename(bench.scenes)
    bench.add("a_20240601.tif")
    until(lambda: bench.events("a_20240601") == ["begun", "done"])
    watcher.terminate()
    watcher.communicate(timeout=PATIENCE_S)


def test_results_that_cannot_be_kept_are_a_failure(bench):
    bench.add("a_20240601.tif", "makes a folder")
    bench.add("b_20240602.tif")
    code, said = bench.once()
    assert code == 1 and "a_20240601: failed, try 1 of 3." in said
    assert bench.events("a_20240601") == ["begun", "failed"] and bench.events("b_20240602") == ["begun", "done"]


def test_the_latest_results_are_shown_as_soon_as_they_can_be(bench):
    bench.results.mkdir()
    hindrance = bench.results / "latest_map.tif"
    hindrance.mkdir()
    bench.add("a_20240601.tif")
    watcher = bench.start()
    until(lambda: bench.events("a_20240601") == ["begun", "done"])
    bench.add("b_20240602.tif", "sea")
    until(lambda: bench.events("b_20240602") == ["begun", "done"])
    hindrance.rmdir()
    until(lambda: (bench.results / "latest_run.json").exists())
    watcher.terminate()
    complained = watcher.communicate(timeout=PATIENCE_S)[1]
    assert hindrance.read_text() == "map of sea" and len(bench.calls) == 2
    assert complained.count("The latest results cannot be shown now") == 1


def test_a_ledger_that_cannot_be_written_is_waited_for(bench):
    ledger = bench.results / "ledger.jsonl"
    bench.add("a_20240601.tif")
    watcher = bench.start("--every", "0.1")
    until(lambda: bench.events("a_20240601") == ["begun", "done"])
    before = ledger.read_text()
    ledger.unlink()
    ledger.mkdir()
    bench.add("b_20240602.tif")
    assert "cannot be used now" in watcher.stderr.readline()
    ledger.rmdir()
    ledger.write_text(before)
    until(lambda: bench.events("b_20240602")[-1:] == ["done"])
    watcher.terminate()
    watcher.communicate(timeout=PATIENCE_S)
    assert sorted(path.name for path in (bench.results / "scenes").iterdir()) == ["a_20240601", "b_20240602"]
