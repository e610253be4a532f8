"""Fronts of glaciers are lines that tell how far they have moved."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from event_scenes import GLACIER, PIXEL_M, detect, glacier, layer, model_of, series, titled
from listening import Heard
from onnx import helper
from terraloom.engine.events.event_decoding import EventDecoder
from terraloom.engine.events.fronts import moved
from terraloom.engine.library.card import ModelOutput
from terraloom.engine.library.installed import BUNDLED

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "glacier"


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
@pytest.mark.parametrize(("rows", "moved_m"), [((40, 50, 60), -300), ((60, 50, 40), 300)], ids=["retreat", "advance"])
def test_fronts_are_lines_that_tell_how_far_they_have_moved(tmp_path, turned, rows, moved_m):
    """Rows grow away from the sea, whichever way the picture is turned."""
    made, outcome = detect(
        tmp_path,
        series(tmp_path, *(glacier(row, turned=turned) for row in rows)),
        "glacierfront",
        model_of(tmp_path / "m.onnx"),
        wants=("front",),
    )
    columns, lines = layer(made["front"])
    assert columns["date"].tolist() == list(np.array(["2020-01-01", "2020-02-01", "2020-03-01"], "datetime64[D]"))
    assert columns["length_m"] == pytest.approx(60 * PIXEL_M, abs=6 * PIXEL_M)
    assert columns["moved_m"] == pytest.approx([0, moved_m, 2 * moved_m], abs=0.2 * PIXEL_M)
    assert outcome.metrics["moved_m"] == pytest.approx(2 * moved_m, abs=0.2 * PIXEL_M)
    assert columns["confidence"].min() > 0.9 and not columns["bridged"].any()
    if turned == 0:
        across = shapely.get_coordinates(lines[0])[:, 1]
        assert across == pytest.approx(5_000_000 - PIXEL_M * (rows[0] + 0.5), abs=0.2 * PIXEL_M)


def test_fronts_that_run_in_opposite_directions_tell_no_way():
    """Of one of them the sea is on the wrong side: both ways would cancel out."""
    first = np.column_stack([np.arange(101.0), np.sin(np.arange(101) / 9)])
    assert moved(first + [0, 10], first) == pytest.approx(10, abs=0.5)
    assert moved(first - [0, 10], first) == pytest.approx(-10, abs=0.5)
    assert np.isnan(moved(first + [0, 10], first[::-1]))


def test_sea_that_does_not_touch_the_front_is_no_sea(tmp_path):
    """A lake in the ice on the second date is none of the sea's; without a front nothing can be said of it."""
    lake = glacier(50)
    lake[1, 90:100, 30:50], lake[0, 90:100, 30:50] = 4, -4
    model = model_of(tmp_path / "m.onnx")
    made, outcome = detect(tmp_path, series(tmp_path, glacier(40), lake), "glacierfront", model)
    what = toys.read(made["output"])[0]
    assert what[95, 40] == 0 and what[45, 40] == 2
    assert outcome.metrics["hectares"] == pytest.approx(1000 * PIXEL_M**2 / 1e4)
    lake[2] = -4
    made, _ = detect(tmp_path, series(tmp_path, glacier(40), lake), "glacierfront", model)
    assert toys.read(made["output"])[0][95, 40] == 2


def doubtful(probability):
    """A glacier whose front the network gives a probability."""
    scene = glacier(60)
    scene[2][scene[2] > 0] = 4 + np.log(probability / (1 - probability))
    return scene


def test_how_sure_a_front_is_and_how_much_of_it_is_bridged_are_told(tmp_path):
    """On the second date it is seen along 40 of 60 columns only, and half as probable between."""
    whole, broken = doubtful(0.7), doubtful(0.7)
    broken[:, :, 45:55] = doubtful(0.35)[:, :, 45:55]
    made, _ = detect(
        tmp_path, series(tmp_path, whole, broken), "glacierfront", model_of(tmp_path / "m.onnx"), ("front",)
    )
    columns, _ = layer(made["front"])
    assert columns["confidence"] == pytest.approx([0.7, 0.7 - 0.35 * 10 / 60], abs=0.02)
    assert columns["bridged"] == pytest.approx([0, 14 / 60], abs=0.05)
    assert columns["length_m"] == pytest.approx(60 * PIXEL_M, abs=6 * PIXEL_M)


@pytest.mark.parametrize(
    ("threshold", "probability", "fronts"), [(0, 0.7, 1), (0, 0.3, 0), (0.8, 0.7, 0), (0.2, 0.3, 1)]
)
def test_a_front_is_as_probable_as_the_card_wants(tmp_path, threshold, probability, fronts):
    document = titled(toys.card(("b0", "b1", "b2"), 3), GLACIER)
    document["properties"]["mlm:output"][0]["terraloom:threshold"] = threshold
    model = toys.save(tmp_path / "m.onnx", [helper.make_node("Identity", ["image"], ["output"])], {}, 3, document)
    _, outcome = detect(tmp_path, series(tmp_path, doubtful(probability)), "glacierfront", model, ("front",))
    assert outcome.metrics["fronts"] == fronts


def test_a_date_without_a_front_is_told(tmp_path):
    told = Heard()
    ice = np.stack([np.full((120, 100), score, np.float32) for score in (4, -4, -4)])
    made, outcome = detect(
        tmp_path,
        series(tmp_path, glacier(40), ice),
        "glacierfront",
        model_of(tmp_path / "m.onnx"),
        ("front",),
        told,
    )
    assert len(layer(made["front"])[1]) == outcome.metrics["fronts"] == 1
    assert any("No front was found on 2020-02-01" in text for text in told.warnings)


def test_dates_whose_sea_is_not_held_against_a_front_are_told_once_whatever_is_asked_for(tmp_path):
    """On the second date there is no front, on the third one no sea that touches it, and on both a lake."""
    no_front, no_sea = glacier(50), glacier(50)
    for scene in (no_front, no_sea):
        scene[1, 90:100, 30:50], scene[0, 90:100, 30:50] = 4, -4
    no_front[2] = -4
    no_sea[1, :55], no_sea[0, :55] = -4, 4
    scenes, told = series(tmp_path, glacier(40), no_front, no_sea), Heard()
    detect(tmp_path, scenes, "glacierfront", model_of(tmp_path / "m.onnx"), ("output",), told)
    (warning,) = [text for text in told.warnings if "front" in text]
    assert warning.startswith("No front was found on 2020-02-01, 2020-03-01, or no sea before it, so all that looks")
    quiet = Heard()
    detect(tmp_path, scenes[:1], "glacierfront", model_of(tmp_path / "m.onnx"), ("output", "front"), quiet)
    assert not quiet.warnings


def test_a_model_of_other_pixels_and_a_map_in_degrees_give_metres_on_the_ground(tmp_path):
    """At 70° north a pixel of 0.001° x 0.0004° is 38 m wide and 45 m high; the model works at 60 m."""
    degrees = Affine(0.001, 0, -50.0, 0, -0.0004, 70.0)
    names = ("b0", "b1", "b2")
    document = titled(toys.card(names, 3, **{"terraloom:resolution_m": 60.0}), GLACIER)
    model = toys.save(tmp_path / "m.onnx", [helper.make_node("Identity", ["image"], ["output"])], {}, 3, document)
    scenes = [glacier(row, shape=(240, 200), columns=(30, 170)) for row in (100, 130)]
    made, _ = detect(
        tmp_path,
        series(tmp_path, *scenes, crs="EPSG:4326", transform=degrees),
        "glacierfront",
        model,
        ("front", "output", "date_raster"),
    )
    columns, lines = layer(made["front"])
    assert columns["moved_m"][1] == pytest.approx(-30 * 44.6, rel=0.03)
    assert columns["length_m"] == pytest.approx(140 * 38.2, rel=0.06)
    assert shapely.get_coordinates(lines[0])[:, 1].mean() == pytest.approx(70 - 0.0004 * 100.5, abs=0.0004)
    what = toys.read(made["output"])[0]
    assert what.shape == (240, 200) and [what[row, 100] for row in (50, 115, 200)] == [1, 2, 0]


@pytest.mark.skipif(not DATA.is_dir(), reason="the images of glaciers are not there")
def test_the_bundled_model_finds_the_fronts_of_its_training(tmp_path):
    """Two images of Kangerlussuaq, between which the ice went back; turned, as maps show it."""
    rasters, drawn = [], []
    for day, sensor in (("20000801", "B8"), ("20020807", "B8")):
        (image,) = (DATA / "images").glob(f"LE07_L1TP_230012_{day}_*_{sensor}_Subset.png")
        with rasterio.open(image) as pixels, rasterio.open(front_of(image)) as line:
            rasters.append(toys.raster(tmp_path / f"{day}.tif", np.rot90(pixels.read(1)), pixel=75.0))
            drawn.append(np.argwhere(np.rot90(line.read(1)) < 128)[:, ::-1] + 0.5)
    made, outcome = detect(tmp_path, rasters, "glacierfront", BUNDLED / "glacier-front" / "model.onnx", ("front",))
    columns, lines = layer(made["front"])
    assert outcome.metrics["fronts"] == 2 and columns["moved_m"][1] < -300
    for line, pixels in zip(lines, drawn, strict=True):
        places = shapely.points(pixels * (75, -75) + (500_000, 5_000_000))
        assert np.median(shapely.distance(places, line)) < 3 * 75


def front_of(image):
    """The drawn front of an image."""
    return DATA / "labels_1px" / image.name.replace("_Subset", "_Front")


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
@pytest.mark.parametrize("row", [3, 116])
def test_a_front_at_the_edge_of_the_image_is_found(tmp_path, row, turned):
    """On one side of it there is no image to ask where the sea lies."""
    made, _ = detect(
        tmp_path,
        series(tmp_path, glacier(60, turned=turned), glacier(row, turned=turned)),
        "glacierfront",
        model_of(tmp_path / "m.onnx"),
        wants=("front",),
    )
    columns, _ = layer(made["front"])
    assert columns["moved_m"] == pytest.approx([0, (60 - row) * PIXEL_M], abs=0.3 * PIXEL_M)


@pytest.mark.parametrize("first", [0, -100])
def test_what_of_a_front_lies_beyond_the_other_does_not_count(first):
    """One of them goes on for as long again at one end."""
    short = np.column_stack([np.arange(101.0), np.zeros(101)])
    long = np.column_stack([np.arange(first, first + 201.0), np.full(201, 10.0)])
    assert moved(long, short) == pytest.approx(10) and moved(short, long) == pytest.approx(-10)


def test_beside_a_front_the_more_probable_side_counts():
    measured = np.array([0.1, 0.3, 0.6], np.float32).reshape(3, 1, 1)
    decoder = EventDecoder(ModelOutput(activation="none"), (1,), front=2)
    found = decoder.layers(measured)
    assert found["seen"].item() == 1 and found["probability"].item() == pytest.approx(0.75)


def test_fronts_in_a_picture_whose_rows_go_north_are_told_alike(tmp_path):
    upwards = Affine(PIXEL_M, 0, 500_000, 0, PIXEL_M, 5_000_000)
    scenes = series(tmp_path, glacier(40), glacier(50), transform=upwards)
    made, _ = detect(tmp_path, scenes, "glacierfront", model_of(tmp_path / "m.onnx"), ("front",))
    assert layer(made["front"])[0]["moved_m"] == pytest.approx([0, -300], abs=0.2 * PIXEL_M)
