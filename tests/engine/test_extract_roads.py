"""What a user is promised of a network of roads: places, measures, connections, rasters, refusals."""

import signal
import subprocess
import sys
import weakref

import conftest
import numpy as np
import onnxruntime
import pyogrio
import pytest
import rasterio
import road_scenes
import shapely
import toys
from affine import Affine
from listening import Heard
from road_scenes import extract, layer, logits
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.lines import extraction
from terraloom.engine.requests.extract_roads import LineShaping


def test_lines_lie_where_the_roads_are_and_are_measured_on_the_ground(tmp_path):
    source = toys.raster(tmp_path / "in.tif", logits([((20, 50), (180, 50))]), pixel=2.0)
    made, outcome = extract(tmp_path, source)
    columns, (line,) = layer(made["output"])
    assert columns["length_m"] == pytest.approx(320, abs=15)
    assert columns["width_m"] == pytest.approx(14, abs=2)
    assert columns["confidence"] == pytest.approx(1, abs=0.02)
    assert columns["bearing_deg"] == pytest.approx(90, abs=1)
    assert columns["bridged_m"] == 0
    assert np.unique(shapely.get_coordinates(line)[:, 1]) == pytest.approx(5_000_000 - 2 * 50.5)
    assert line.bounds[0] == pytest.approx(500_000 + 2 * 20.5, abs=8)
    assert outcome.metrics["length_m"] == pytest.approx(float(columns["length_m"][0]))
    assert pyogrio.read_info(made["output"], layer="output")["crs"] == toys.UTM


@pytest.mark.parametrize(("end", "bearing"), [((180, 20), 45), ((100, 20), 0), ((20, 20), 135)], ids=str)
def test_bearings_are_clockwise_from_north(tmp_path, end, bearing):
    source = toys.raster(tmp_path / "in.tif", logits([((100, 100), end)]))
    made, _ = extract(tmp_path, source, wants=("output", "orientation"))
    columns, _ = layer(made["output"])
    assert (columns["bearing_deg"] + 5) % 180 == pytest.approx(bearing + 5, abs=2)
    found = toys.read(made["orientation"])[0]
    middle = found[60, 100 + (end[0] - 100) // 2]
    assert (middle + 5) % 180 == pytest.approx(bearing + 5, abs=6)  # bins are 10° wide
    assert found.mask[0, 0]


def test_degrees_on_a_map_are_metres_on_the_ground(tmp_path):
    degree = Affine(1e-5, 0, 11.0, 0, -1e-5, 60.0)  # 0.56 m x 1.11 m
    source = toys.raster(tmp_path / "in.tif", logits([((20, 100), (180, 100))]), crs="EPSG:4326", transform=degree)
    made, _ = extract(tmp_path, source, toys.bands_as_lines(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0}))
    columns, (line,) = layer(made["output"])
    assert columns["length_m"].sum() == pytest.approx(160 * 0.558, rel=0.08)
    assert shapely.get_coordinates(line)[:, 1] == pytest.approx(60 - 100.5e-5, abs=1e-5)


@pytest.mark.parametrize(
    ("end", "length", "width", "bearing"),
    [
        ((180, 20), 160 * np.hypot(1.116, 2.228), 7 * 2**0.5 / np.hypot(1 / 1.116, 1 / 2.228), 26.6),
        ((180, 180), 160 * 1.116, 7 * 2.228, 90),
        ((20, 20), 160 * 2.228, 7 * 1.116, 0),
    ],
    ids=["slanted", "east", "north"],
)
def test_pixels_in_degrees_are_measured_on_the_ground(tmp_path, end, length, width, bearing):
    """At 60° north a pixel of 2e-5° is 1.116 m wide and 2.228 m high; the model takes pixels as they are."""
    degrees = Affine(2e-5, 0, 11.0, 0, -2e-5, 60.0)
    source = toys.raster(tmp_path / "in.tif", logits([((20, 180), end)]), crs="EPSG:4326", transform=degrees)
    made, _ = extract(tmp_path, source, wants=("output", "orientation"))
    columns, _ = layer(made["output"])
    assert columns["length_m"] == pytest.approx(length, rel=0.06)
    assert columns["width_m"] == pytest.approx(width, rel=0.15)
    assert (columns["bearing_deg"] + 5) % 180 == pytest.approx(bearing + 5, abs=1.5)
    middle = toys.read(made["orientation"])[0][(180 + end[1]) // 2, (20 + end[0]) // 2]
    assert (middle + 6) % 180 == pytest.approx(bearing + 6, abs=5)  # bins are 10° wide on the grid


def test_an_image_in_degrees_and_one_in_metres_have_the_same_bearings(tmp_path):
    """What the model sees in metres is told from the north of the layer: here the true one."""
    said = logits([((20, 180), (180, 20))])
    degrees = Affine(2e-5, 0, 11.0, 0, -1e-5, 60.0)  # square on the ground
    source = toys.raster(tmp_path / "in.tif", said, crs="EPSG:4326", transform=degrees)
    model = toys.bands_as_lines(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0})
    made, _ = extract(tmp_path, source, model, wants=("output", "orientation"))
    columns, _ = layer(made["output"])
    expected = np.degrees(np.arctan2(2 * 55_800, 111_412))
    assert columns["bearing_deg"] == pytest.approx(expected, abs=1.5)
    assert toys.read(made["orientation"])[0][100, 100] == pytest.approx(expected, abs=7)


def test_bearings_are_those_of_their_row(tmp_path):
    """A road of 50° on the grid, where pixels of a degree's hundredth are 0.5 wide at the top and 0.6 further down."""
    degrees = Affine(0.01, 0, 11.0, 0, -0.01, 60.0)
    said = np.full((1 + road_scenes.BINS, 700, 40), -20, np.float32)
    said[0, 600:, :] = said[6, 600:, :] = 20
    source = toys.raster(tmp_path / "in.tif", said, crs="EPSG:4326", transform=degrees)
    made, _ = extract(tmp_path, source, wants=("orientation",))
    right, up = np.cos(np.radians(50)) * np.cos(np.radians(60 - 6.505)), np.sin(np.radians(50))
    assert toys.read(made["orientation"])[0][650, 20] == pytest.approx(np.degrees(np.arctan2(right, up)), abs=0.5)


def test_tiles_leave_no_trace(tmp_path):
    lines = [((10, 40), (290, 260)), ((20, 270), (280, 30)), ((5, 150), (295, 150))]
    source = toys.raster(tmp_path / "in.tif", logits(lines, (300, 300)))
    found = [layer(extract(tmp_path, source, tile_size=size)[0]["output"])[1] for size in (64, 512)]
    assert len(found[0]) == len(found[1]) > 5
    assert all(one.equals_exact(other, 0) for one, other in zip(*found, strict=True))


def test_the_network_is_gone_before_lines_are_made(tmp_path, monkeypatch):
    """Its memory is the most of a run; what lines take is not added to it."""
    opened, closed = [], []
    session = onnxruntime.InferenceSession

    def open_session(*arguments, **options):
        made = session(*arguments, **options)
        opened.append(weakref.ref(made))
        return made

    def begin_lines(field, rules):
        closed.extend(each() is None for each in opened)
        return extraction_extract(field, rules)

    extraction_extract = extraction.extract
    monkeypatch.setattr(onnxruntime, "InferenceSession", open_session)
    monkeypatch.setattr(extraction, "extract", begin_lines)
    source = toys.raster(tmp_path / "in.tif", logits([((20, 50), (180, 50))]))
    made, _ = extract(tmp_path, source, device="cpu")
    assert closed and all(closed)
    assert len(layer(made["output"])[1]) == 1


def test_a_gap_is_bridged_up_to_the_longest(tmp_path):
    said = logits([((20, 100), (180, 100))])
    said[0, :, 90:110] = np.minimum(said[0, :, 90:110], -1)
    source = toys.raster(tmp_path / "in.tif", said)
    columns, lines = layer(extract(tmp_path, source, rules={"max_gap_m": 40})[0]["output"])
    assert len(lines) == 1
    assert columns["bridged_m"] == pytest.approx(24, abs=6)
    apart, lines = layer(extract(tmp_path, source, rules={"max_gap_m": 0})[0]["output"])
    assert len(lines) == 2
    gap = columns["length_m"] - apart["length_m"].sum()
    assert columns["bridged_m"] == pytest.approx(gap, abs=0.01)


def test_nodes_have_degrees(tmp_path):
    source = toys.raster(tmp_path / "in.tif", logits([((20, 100), (180, 100)), ((100, 100), (100, 180))]))
    made, outcome = extract(tmp_path, source, wants=("nodes",))
    assert outcome.metrics["length_m"] == pytest.approx(240, abs=15), "though no lines were asked for"
    assert outcome.metrics["connected_parts"] == 1
    columns, points = layer(made["nodes"])
    assert sorted(zip(columns["degree"].tolist(), columns["kind"], strict=True)) == [(1, "end")] * 3 + [(3, "junction")]
    junction = points[columns["degree"] == 3][0]
    assert junction.distance(shapely.Point(500_100.5, 5_000_000 - 100.5)) < 4


def test_lines_name_their_nodes_and_their_connected_part(tmp_path):
    """A short line apart, a fork of three ways, and a ring."""
    ring = [((40, 150), (80, 150)), ((80, 150), (80, 190)), ((80, 190), (40, 190)), ((40, 190), (40, 150))]
    fork = [((20, 60), (230, 60)), ((120, 60), (120, 190))]
    source = toys.raster(tmp_path / "in.tif", logits([((20, 20), (100, 20)), *ring, *fork], (250, 250)))
    made, outcome = extract(tmp_path, source, wants=("output", "nodes"))
    (lines, shapes), (nodes, points) = layer(made["output"]), layer(made["nodes"])
    assert sorted(nodes["node"]) == list(range(1, len(points) + 1)) and len(points) == 7
    at = dict(zip(nodes["node"].tolist(), points, strict=True))
    for start, end, shape in zip(lines["start_node"].tolist(), lines["end_node"].tolist(), shapes, strict=True):
        assert shapely.Point(shape.coords[0]).equals(at[start])
        assert shapely.Point(shape.coords[-1]).equals(at[end])
    ends = np.concatenate([lines["start_node"], lines["end_node"]])
    assert np.bincount(ends)[nodes["node"]].tolist() == nodes["degree"].tolist()
    assert sorted(lines["part"].tolist()) == [1, 1, 1, 2, 3] and outcome.metrics["connected_parts"] == 3
    totals = [lines["length_m"][lines["part"] == part].sum() for part in (1, 2, 3)]
    assert totals == sorted(totals, reverse=True)


def test_rasters_say_what_the_network_says(tmp_path):
    said = logits([((20, 100), (180, 100))])
    said[:, :20] = -99
    source = toys.raster(tmp_path / "in.tif", said, nodata=-99)
    made, _ = extract(tmp_path, source, wants=("probability", "mask_raster"), rules={"threshold": 0.7})
    probability, mask = toys.read(made["probability"])[0], toys.read(made["mask_raster"])[0]
    np.testing.assert_allclose(probability[20:], 1 / (1 + np.exp(-said[0, 20:])), rtol=1e-5)
    assert (mask[20:] == (probability[20:] >= 0.7)).all()
    assert mask[20:].sum() > 500
    assert np.ma.getmaskarray(mask)[:20].all()
    assert np.ma.getmaskarray(probability)[:20].all()
    with rasterio.open(made["mask_raster"]) as dataset:
        assert dataset.colormap(1)[1][:3] == (0xEE, 0x66, 0x77)


def test_a_class_called_road_becomes_lines(tmp_path):
    said = logits([((20, 100), (180, 100))])[:1]
    model = toys.bands_as_classes(tmp_path / "classes.onnx", 2)
    source = toys.raster(tmp_path / "in.tif", np.concatenate([-said, said]))
    with pytest.raises(ModelError, match="tells apart Class 0, Class 1; one of them, and no more, must be called road"):
        extract(tmp_path, source, model)
    named = toys.card(("b0", "b1"), 2)
    named["properties"]["mlm:output"][0]["classification:classes"][1]["title"] = "Paved road"
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    model = toys.save(tmp_path / "named.onnx", nodes, {}, 2, named)
    _, (line,) = layer(extract(tmp_path, source, model)[0]["output"])
    assert line.length == pytest.approx(160, abs=8)
    with pytest.raises(ModelError, match="tells no directions of lines. Leave ORIENTATION empty"):
        extract(tmp_path, source, model, wants=("orientation",))


def test_nothing_found_gives_an_empty_layer_and_a_warning(tmp_path):
    source = toys.raster(tmp_path / "in.tif", logits([]))
    told = Heard()
    made, outcome = extract(tmp_path, source, wants=("output", "nodes"), progress=told)
    assert len(layer(made["output"])[1]) == len(layer(made["nodes"])[1]) == 0
    assert outcome.metrics["lines"] == outcome.metrics["connected_parts"] == 0
    assert "No line was found" in " ".join(told.warnings)


def test_what_is_too_wide_for_a_line_is_told(tmp_path):
    source = toys.raster(tmp_path / "in.tif", logits([((20, 100), (180, 100))], width=110))
    told = Heard()
    extract(tmp_path, source, progress=told)
    assert "Areas more than 96 m wide (96 pixels) were found" in " ".join(told.warnings)


@pytest.mark.parametrize("turns", ["flips", "rotations"])
def test_directions_turn_with_the_image(tmp_path, turns):
    """The network says the same of a turned image, so that averaging over turns must change nothing."""
    source = toys.raster(tmp_path / "in.tif", logits([((30, 170), (170, 100))])[:1])
    wants, found = ("output", "orientation", "probability"), {}
    for kind in ("none", turns):
        (tmp_path / kind).mkdir()
        made, _ = extract(tmp_path / kind, source, road_scenes.along_ridges(tmp_path / "m.onnx"), wants, turns=kind)
        found[kind] = made
    plain, turned = found["none"], found[turns]
    assert layer(turned["output"])[0]["bearing_deg"] == pytest.approx(layer(plain["output"])[0]["bearing_deg"], abs=0.5)
    there = toys.read(plain["probability"])[0] > 0.5
    difference = (toys.read(turned["orientation"])[0] - toys.read(plain["orientation"])[0])[there]
    assert there.sum() > 500 and np.abs((difference + 90) % 180 - 90).max() < 1
    assert np.abs(toys.read(plain["orientation"])[0][there] - 63.4).mean() < 15, (
        "as the road runs, clockwise from north"
    )


def test_other_models_are_refused(tmp_path):
    with pytest.raises(ModelError, match="is a model for regression; here run models for line-extraction or"):
        extract(tmp_path, toys.raster(tmp_path / "in.tif", logits([])[:1]), toys.identity(tmp_path / "m.onnx"))


@pytest.mark.parametrize("rules", [{"threshold": 1.0}, {"threshold": -0.1}, {"min_length_m": -1}, {"max_gap_m": -1}])
def test_what_cannot_be_is_refused(rules):
    with pytest.raises(InputError):
        LineShaping(**rules)


# Interrupted

KILLED = """
import os, signal, sys
sys.path.insert(0, {tests!r})
import conftest
import road_scenes
from pathlib import Path
from terraloom.engine.lines import line_map
from terraloom.engine.lines import tables
from terraloom.engine.progress import Silent

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

class Counting(Silent):
    tiles = 0

    def update(self, fraction, mpx_per_s=None):
        self.tiles += fraction > 0
        if self.tiles == 5 and {moment!r} == "predicting":
            die()

if {moment!r} == "writing nodes":
    tables.node_style = die
if {moment!r} == "keeping rasters":
    line_map.finish_classes = die
road_scenes.extract(
    Path({folder!r}), {source!r}, {model!r}, wants={wants!r}, resume=True, tile_size=256, progress=Counting()
)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
@pytest.mark.parametrize("moment", ["predicting", "writing nodes", "keeping rasters"])
def test_a_run_that_is_killed_goes_on_to_the_same_results(tmp_path, moment):
    lines = [((10, 40), (590, 560)), ((20, 570), (580, 30)), ((5, 250), (595, 250))]
    source = toys.raster(tmp_path / "in.tif", logits(lines, (600, 600)))
    model = toys.bands_as_lines(tmp_path / "m.onnx")
    wants, folders = ("output", "nodes", "orientation", "mask_raster"), [tmp_path / "once", tmp_path / "twice"]
    for folder in folders:
        folder.mkdir()
    once, outcome = extract(folders[0], source, model, wants)
    code = KILLED.format(
        tests=str(conftest.ROOT / "tests"),
        moment=moment,
        folder=str(folders[1]),
        source=str(source),
        model=str(model),
        wants=wants,
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert not [path for path in folders[1].iterdir() if not path.name.startswith(".")]
    told = Heard()
    twice, again = extract(folders[1], source, model, wants, progress=told, resume=True, tile_size=256)
    assert any("Resumed" in each for each in told.logs)
    assert {path.name for path in folders[1].iterdir()} == {path.name for path in folders[0].iterdir()}
    for name in ("output", "nodes"):
        (columns, shapes), (others, again_shapes) = layer(once[name]), layer(twice[name])
        assert all(one.equals_exact(other, 0) for one, other in zip(shapes, again_shapes, strict=True))
        assert all((columns[each] == others[each]).all() for each in columns)
        assert pyogrio.read_info(twice[name], layer="layer_styles")["features"] == 1
    for name in ("orientation", "mask_raster"):
        np.testing.assert_array_equal(toys.read(twice[name]).filled(), toys.read(once[name]).filled())
    assert again.metrics["length_m"] == outcome.metrics["length_m"]


@pytest.mark.parametrize(("ending", "told"), [("shp", ["bearing_deg is called bearing_de"]), ("gpkg", [])])
def test_names_of_fields_that_a_shapefile_cuts_are_told(tmp_path, monkeypatch, ending, told):
    monkeypatch.setitem(road_scenes.ENDINGS, "output", ending)
    source, heard = toys.raster(tmp_path / "in.tif", logits([((20, 50), (180, 50))])), Heard()
    made, _ = extract(tmp_path, source, progress=heard)
    assert ("bearing_de" in pyogrio.read_info(made["output"])["fields"]) == bool(told)
    said = [text for text in heard.logs if " is called " in text]
    assert len(said) == len(told) and all(part in text for part, text in zip(told, said, strict=True))
