"""A list of STAC items is mapped in the order of time, each item once."""

import json
import os
import select
import time
from itertools import count

from watch_bench import PATIENCE_S, until


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
    assert select.select([watcher.stderr], [], [], PATIENCE_S)[0]
    said = os.read(watcher.stderr.fileno(), 4096).decode()
    time.sleep(0.3)  # it looks again and again
    assert watcher.poll() is None
    listed.write_text(json.dumps([item("a", "2024-06-03T00:00:00Z", str(bench.add("a.tif")))]))
    until(lambda: bench.events("a") == ["begun", "done"])
    watcher.terminate()
    said += watcher.communicate(timeout=PATIENCE_S)[1]
    assert said.count("cannot be read now") == 1


def test_a_list_that_is_being_written_during_a_run_costs_no_scene_its_series(bench):
    listed = bench.folder / "items.json"
    found = {name: str(bench.add(f"{name}.tif")) for name in "abc"}
    items = [item(name, f"2024-06-0{day}T00:00:00Z", path) for day, (name, path) in enumerate(found.items(), 1)]
    listed.write_text(json.dumps(items))
    bench.hang()
    options = ("--once", "--series", "3", "--at-least", "2")
    watcher = bench.start(*options, source=("--stac", listed, "--asset", "vv"))
    until(lambda: bench.events("b") == ["begun"])
    listed.write_text("[")
    bench.hang(False)
    assert watcher.wait(PATIENCE_S) == 0
    assert [bench.events(name) for name in "abc"] == [["held"], ["begun", "done"], ["begun", "done"]]
    assert ["".join(path[-5] for path in call["SCENE"]) for call in bench.calls] == ["ab", "abc"]


def test_a_new_signature_makes_no_new_scene_and_is_not_written_down(bench):
    listed = bench.folder / "items.json"
    address = "https://example.org/x.tif?id=7"
    for signature in ("S3CRET", "OTHER"):
        listed.write_text(json.dumps([item("a", "2024-06-01T00:00:00Z", f"{address}&se=2024&sig={signature}")]))
        assert bench.once(source=("--stac", listed, "--asset", "vv"))[0] == 0
    assert bench.events("a") == ["begun", "done"]
    made = bench.results / "scenes" / "a"
    assert (made / "map.tif").read_text() == f"map of /vsicurl/{address}&se=2024&sig=S3CRET"
    for written in (bench.results / "ledger.jsonl", made / "run.json"):
        assert "S3CRET" not in written.read_text() and f"/vsicurl/{address}" in written.read_text()


def test_the_query_of_an_address_is_no_part_of_the_name_by_which_the_algorithm_knows_a_scene(bench):
    """It may hold dates of its own, dots, and more than a file's name may."""
    listed = bench.folder / "items.json"
    address = f"https://example.org/s_20240605.tif?token=a.b{'c' * 300}&signed=2024-07-01/x.y"
    listed.write_text(json.dumps([item(None, "2024-06-05T00:00:00Z", address)]))
    assert bench.once(source=("--stac", listed, "--asset", "vv"))[0] == 0
    assert bench.mapped == ["s_20240605.vrt"]
    assert [path.name for path in (bench.results / "scenes").iterdir()] == ["s_20240605"]


def test_what_gdal_and_the_algorithm_say_of_a_signed_address_is_written_without_what_lets_one_in(bench):
    listed = bench.folder / "items.json"
    address = "https://example.org/{}.tif?id=7&se=2024&sig=S3CRET"
    items = [item(name, "2024-06-01T00:00:00Z", address.format(name)) for name in ("sound", "broken")]
    items.append(item("ftp", "2024-06-01T00:00:00Z", "ftp" + address.format("x")[5:]))
    listed.write_text(json.dumps(items))
    code, said = bench.once(source=("--stac", listed, "--asset", "vv"))
    assert code == 1 and "/vsicurl/https://example.org/broken.tif?id=7' is broken" in said
    assert bench.events("sound") == ["begun", "done"] and bench.events("broken") == ["begun", "failed"]
    told = (bench.results / "scenes" / "sound" / "run.json").read_text()
    assert "Read: /vsicurl/https://example.org/sound.tif?id=7" in told
    for written in (said, (bench.results / "ledger.jsonl").read_text(), told):
        assert "S3CRET" not in written


def test_a_remote_item_that_was_updated_is_mapped_again(bench):
    listed = bench.folder / "items.json"
    for updated in ("2024-06-01T01:00:00Z", "2024-06-01T01:00:00Z", "2024-06-02T01:00:00Z"):
        scene = item("a", "2024-06-01T00:00:00Z", "https://example.org/x.tif", updated=updated)
        listed.write_text(json.dumps([scene]))
        assert bench.once(source=("--stac", listed, "--asset", "vv"))[0] == 0
    assert bench.events("a") == ["begun", "done"] * 2
    assert sorted(path.name for path in (bench.results / "scenes").iterdir()) == ["a", "a_2"]


def test_of_two_items_of_one_scene_the_one_that_was_updated_last_counts_wherever_it_stands(bench):
    listed = bench.folder / "items.json"
    times = "2024-06-01T01:00:00Z", "2024-06-02T03:00:00+05:00", "2024-06-01T23:00:00Z", None
    address = "https://example.org/x.tif"
    items = [item(f"{number}", "2024-06-01T00:00:00Z", address, updated=time) for number, time in enumerate(times)]
    listed.write_text(json.dumps(items))
    assert bench.once(source=("--stac", listed, "--asset", "vv"))[0] == 0
    assert [record["name"] for record in bench.ledger] == ["2", "2"]


def test_a_scene_of_a_span_is_of_its_end(bench):
    """Only then all of it had been seen."""
    listed, near = bench.folder / "items.json", bench.add("near.tif")
    span = {"start_datetime": "2024-06-01T00:00:00Z", "end_datetime": "2024-06-03T00:00:00Z"}
    items = [item("begun", None, str(near), **span), item("within", "2024-06-02T00:00:00Z", str(bench.add("in.tif")))]
    listed.write_text(json.dumps(items))
    assert bench.once(source=("--stac", listed, "--asset", "vv"))[0] == 0
    done = [(record["name"], record["when"]) for record in bench.ledger if record["event"] == "done"]
    assert done == [("within", "2024-06-02T00:00:00+00:00"), ("begun", "2024-06-03T00:00:00+00:00")]


def test_a_list_that_is_signed_anew_at_every_moment_is_mapped_all_the_same(bench):
    listed = bench.folder / "items.json"

    def sign(number):
        address = f"https://example.org/x.tif?se=2024&sig={number}"
        whole = listed.with_suffix(".new")
        whole.write_text(json.dumps([item("a", "2024-06-01T00:00:00Z", address)]))
        whole.replace(listed)

    sign(0)
    watcher = bench.start("--once", "--settle", "1", source=("--stac", listed, "--asset", "vv"))
    numbers = count(1)

    def ended():
        sign(next(numbers))
        return watcher.poll() is not None

    until(ended)
    assert watcher.returncode == 0 and bench.events("a") == ["begun", "done"]
