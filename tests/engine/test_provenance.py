"""Results tell what was asked for and what became of what was left open: rasters in tags, GeoPackages in metadata."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import sensors
import toys
from event_scenes import FLOOD, detect, flood, glacier, model_of, series
from explanations import explain, linear, point
from maps import apply, one_hot
from road_scenes import extract, logits
from terraloom.engine.jobs import compare_networks, fuse_sar_optical, segment_land_use
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assignments import BandChoice, parse_bands
from terraloom.engine.requests.class_map import ClassTargets, Generalisation
from terraloom.engine.requests.compare_networks import CompareNetworks
from terraloom.engine.requests.fuse_sar_optical import FuseSarOptical
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.requests.segment_land_use import SegmentLandUse
from terraloom.engine.results.tags import PARAMETERS, tags_of
from uncertain_maps import estimate

IN_OTHER_ORDER = [asdict(choice) for choice in parse_bands("b0=2;b1=3;b2=1")]


def tags_in(path):
    """The tags of a raster, or the metadata of the layer in a vector file."""
    if Path(path).suffix == ".tif":
        with rasterio.open(path) as dataset:
            return dataset.tags()
    return pyogrio.read_info(path, layer=Path(path).stem)["layer_metadata"] or {}


def told(path):
    """What a result tells of how it was made."""
    return json.loads(tags_in(path)[PARAMETERS])


def named(path, *names):
    """A raster with names of its bands."""
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = names
    return path


def shuffled(folder):
    """Three bands that are called b2, b0 and b1."""
    classes = np.random.default_rng(0).integers(0, 3, (40, 40))
    return named(toys.raster(folder / "in.tif", one_hot(classes)), "b2", "b0", "b1")


def test_a_class_map_tells_how_it_was_generalised_and_which_bands_were_read(tmp_path):
    names = {"output": "o.tif", "confidence": "c.tif", "polygons": "p.gpkg", "areas": "a.gpkg"}
    made = {name: str(tmp_path / file) for name, file in names.items()}
    run = NetworkRun((shuffled(tmp_path),), str(toys.bands_as_classes(tmp_path / "m.onnx")))
    request = SegmentLandUse(run, ClassTargets(**made), Generalisation(20.0, 1.0))
    segment_land_use.run(request, Silent())
    for path in made.values():
        parameters = told(path)
        assert parameters["generalisation"] == {"min_area_m2": 20, "smooth_m": 1}
        assert parameters["bands"] == IN_OTHER_ORDER and parameters["run"]["bands"] == []
        assert (parameters["seams"], parameters["run"]["seams"]) == ("exact", "auto")
        assert tags_in(path)["TERRALOOM_MODEL"] == "toy" and "Terraloom" in tags_in(path)["TIFFTAG_SOFTWARE"]
    assert tags_in(made["polygons"]).items() <= tags_in(made["output"]).items(), "a layer tells what a raster does"


@pytest.mark.parametrize(("name", "ending"), [("polygons", "geojson"), ("polygons", "shp"), ("areas", "csv")])
def test_a_format_that_has_no_metadata_is_written_as_before(tmp_path, name, ending):
    target = tmp_path / f"p.{ending}"
    run = NetworkRun((shuffled(tmp_path),), str(toys.bands_as_classes(tmp_path / "m.onnx")))
    segment_land_use.run(SegmentLandUse(run, ClassTargets(**{name: str(target)})), Silent())
    assert PARAMETERS not in tags_in(target)
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".xml"]


@pytest.mark.parametrize(("asked", "used"), [(0.3, 0.3), (0.0, 0.5)])
def test_roads_tell_the_threshold_that_was_asked_for_and_that_was_used(tmp_path, asked, used):
    source = toys.raster(tmp_path / "in.tif", logits([((20, 50), (180, 50))]))
    made, _ = extract(tmp_path, source, wants=("output", "nodes", "mask_raster"), rules={"threshold": asked})
    for path in made.values():
        assert told(path)["shaping"]["threshold"] == asked and told(path)["threshold"] == used


def test_a_fusion_tells_the_unit_of_radar_and_what_values_became(tmp_path):
    model = sensors.network(tmp_path / "m.onnx")
    decibels = np.random.default_rng(0).uniform(-24, -1, (1, 48, 48)).astype(np.float32)
    files = (toys.raster(tmp_path / "sar.tif", decibels),)
    request = FuseSarOptical(NetworkRun((), str(model), (files, (), ())), ClassTargets(str(tmp_path / "o.tif")), "db")
    fuse_sar_optical.run(request, Silent())
    parameters = told(tmp_path / "o.tif")
    assert parameters["sar_unit"] == "db"
    assert parameters["run"]["scale"] == [] and [each["input"] for each in parameters["scale"]] == [2]
    assert parameters["bands"] == [asdict(BandChoice(2, "vv", 1))]


def test_uncertainty_tells_which_bands_were_read_beside_what_was_asked(tmp_path):
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    made = estimate(tmp_path, model, shuffled(tmp_path), method="tta", turns="flips").outputs
    parameters = told(made["output"])
    assert parameters["method"] == "tta" and parameters["run"]["turns"] == "flips"
    assert parameters["bands"] == IN_OTHER_ORDER


def test_an_explanation_tells_which_bands_were_read_beside_what_was_asked(tmp_path):
    model, _ = linear(tmp_path / "m.onnx")
    source = named(toys.raster(tmp_path / "in.tif", np.ones((2, 24, 24), np.float32)), "nir", "red")
    made, _ = explain(tmp_path, model, source, place=point(10, 10), name="occlusion", window_px=4)
    parameters = told(made["output"])
    assert parameters["method"]["window_px"] == 4
    assert [each["raster_band"] for each in parameters["bands"]] == [2, 1]


def test_events_tell_which_bands_were_read_of_each_date(tmp_path):
    (tmp_path / "other").mkdir()
    one, other = series(tmp_path, flood(), flood((slice(5, 15), slice(5, 25)))[::-1])
    scenes = [named(one, "b0", "b1"), named(other, "b1", "b0")]
    made, _ = detect(tmp_path, scenes, "flood", model_of(tmp_path / "m.onnx", FLOOD), ("output", "polygons"))
    for path in made.values():
        parameters = told(path)
        assert parameters["event"] == "flood" and len(parameters["run"]["inputs"]) == 2
        assert [each["day"] for each in parameters["dates_read"]] == ["2020-01-01", "2020-02-01"]
        bands = [[band["raster_band"] for band in each["bands"]] for each in parameters["dates_read"]]
        assert bands == [[1, 2], [2, 1]]
        assert tags_in(path)["TERRALOOM_MODEL"] == "toy"


def test_fronts_tell_how_they_were_made(tmp_path):
    made, _ = detect(
        tmp_path, series(tmp_path, glacier(40), glacier(50)), "glacierfront", model_of(tmp_path / "m.onnx"), ("front",)
    )
    assert told(made["front"])["event"] == "glacierfront"


def test_what_two_networks_of_lines_differ_in_tells_what_was_compared(tmp_path):
    source = toys.raster(tmp_path / "in.tif", logits([((20, 50), (180, 50))]))
    lines = str(extract(tmp_path, source)[0]["output"])
    missed = str(tmp_path / "missed.gpkg")
    compare_networks.run(CompareNetworks(lines, lines, buffer_m=2.0, missed=missed), Silent())
    assert told(missed)["buffer_m"] == 2 and told(missed)["reference"] == lines


def test_a_series_tells_its_bands_once_where_all_dates_have_the_same(tmp_path):
    days = {"terraloom:days": [0, 10]}
    model = toys.save(
        tmp_path / "m.onnx", [toys.helper.make_node("Identity", ["image"], ["output"])], {}, 4, series_card(days)
    )
    pixels = np.random.default_rng(0).normal(size=(2, 20, 20)).astype(np.float32)
    dates = [toys.raster(tmp_path / f"s_2020010{day}.tif", pixels) for day in (1, 2)]
    stack = toys.raster(tmp_path / "stack.tif", np.concatenate([pixels, pixels]))
    others = [named(dates[0], "b0", "b1"), named(toys.raster(tmp_path / "s_20200103.tif", pixels), "b1", "b0")]
    for files, expected in ((dates, [1, 2]), ((stack,), [1, 2]), (others, [1, 2, 2, 1])):
        made = apply(tmp_path, model, *files)
        assert [each["raster_band"] for each in told(made["output"])["bands"]] == expected


def series_card(fields):
    """The card of a network of two bands at several dates."""
    document = toys.card(("b0", "b1"), 4)
    document["properties"]["mlm:input"][0].update(fields)
    return document


def test_no_result_tells_what_lets_whoever_reads_it_in():
    signed = "/vsicurl/https://me:word@a.example/a.tif?X-Amz-Signature=abc&b=1"
    text = tags_of(NetworkRun((signed,), "m.onnx"), inputs=[signed], threshold=0.5)[PARAMETERS]
    assert "me:word" not in text and "abc" not in text
    assert json.loads(text)["inputs"] == ["/vsicurl/https://a.example/a.tif?b=1"]
