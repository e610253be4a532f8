"""What a user is promised of events in a series: where, when, on which grid and within which area."""

import json

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from event_scenes import FLOOD, PIXEL_M, detect, flood, glacier, layer, model_of, series, titled
from listening import Heard
from onnx import helper
from terraloom.engine.cards.card_in_file import copy_with_card
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.decoding import ClassDecoder
from terraloom.engine.errors import InputError
from terraloom.engine.events.event_decoding import EventDecoder
from terraloom.engine.familiarity.familiarity import CARD_KEY, fit_familiarity
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.library.card import ModelOutput
from terraloom.engine.requests.assignments import parse_scale
from terraloom.engine.requests.network_run import Extent


def test_the_map_tells_what_became_sea_and_when(tmp_path):
    rasters = series(tmp_path, glacier(40), glacier(50), glacier(50), glacier(60))
    made, outcome = detect(
        tmp_path,
        rasters,
        "glacierfront",
        model_of(tmp_path / "m.onnx"),
        ("output", "date_raster", "polygons", "probability"),
    )
    what, when = toys.read(made["output"])[0], toys.read(made["date_raster"])[0]
    assert [what[row, 50] for row in (20, 45, 55, 80)] == [1, 2, 2, 0]
    assert [when[row, 5] for row in (20, 45, 55)] == [20200101, 20200201, 20200401]
    assert when.mask[80:].all()
    columns, shapes = layer(made["polygons"])
    assert columns["date"].tolist() == list(np.array(["2020-02-01", "2020-04-01"], "datetime64[D]"))
    assert columns["area_m2"] == pytest.approx(1000 * PIXEL_M**2)
    assert set(columns["event"]) == {"glacierfront"} and columns["confidence"].min() > 0.9
    assert shapely.area(shapes) == pytest.approx(1000 * PIXEL_M**2)
    assert outcome.metrics["new_hectares"] == pytest.approx(
        {"2020-01-01": 0, "2020-02-01": 90, "2020-03-01": 0, "2020-04-01": 90}
    )
    with rasterio.open(made["probability"]) as dataset:
        assert dataset.descriptions == ("2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01")
        assert dataset.read()[:, 55, 5] == pytest.approx([0, 0, 0, 1], abs=0.01)


def test_ice_that_comes_is_told_apart(tmp_path):
    made, _ = detect(
        tmp_path, series(tmp_path, glacier(60), glacier(40)), "glacierfront", model_of(tmp_path / "m.onnx")
    )
    assert [toys.read(made["output"])[0][row, 50] for row in (20, 50, 80)] == [1, 3, 0]


def test_a_flood_is_dated_by_the_first_image_that_shows_it(tmp_path):
    early, late = (slice(5, 15), slice(5, 25)), (slice(30, 50), slice(40, 60))
    scenes = [flood(early), flood(early, late), flood()]
    scenes[0][:, 55:] = scenes[1][:, 55:] = scenes[2][:, 55:] = -9999
    scenes[0][:, 30:40, 40:60] = -9999  # clouds hide where the flood may have been before
    made, outcome = detect(
        tmp_path,
        series(tmp_path, *scenes, nodata=-9999),
        "flood",
        model_of(tmp_path / "m.onnx", FLOOD),
        ("output", "date_raster", "polygons"),
    )
    what, when = toys.read(made["output"])[0], toys.read(made["date_raster"])[0]
    assert (what[early] == 1).all() and (what[late] == 1).all() and what[20, 30] == 0
    assert (when[early] == 20200101).all() and (when[late] == 20200201).all()
    assert what.mask[55:].all() and when.mask[20, 30]
    assert outcome.metrics["hectares"] == pytest.approx((200 + 400) * PIXEL_M**2 / 1e4)
    assert sorted(layer(made["polygons"])[0]["area_m2"]) == pytest.approx([200 * PIXEL_M**2, 400 * PIXEL_M**2])


def test_areas_are_as_sure_as_the_network_was_when_it_first_saw_them(tmp_path):
    """The larger one is seen on all dates, the surer the later; the smaller one on the second only."""
    large, small = (slice(5, 25), slice(5, 25)), (slice(40, 50), slice(40, 50))
    scenes = [flood() for _ in range(3)]
    for date, (rows, columns), probability in ((0, large, 0.7), (1, large, 0.8), (2, large, 0.95), (1, small, 0.6)):
        scenes[date][:, rows, columns] = np.reshape([0, np.log(probability / (1 - probability))], (2, 1, 1))
    made, _ = detect(tmp_path, series(tmp_path, *scenes), "flood", model_of(tmp_path / "m.onnx", FLOOD), ("polygons",))
    columns, _ = layer(made["polygons"])
    first, second = np.argsort(-columns["area_m2"])
    assert columns["confidence"][[first, second]] == pytest.approx([0.7, 0.6], abs=1e-3)


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.6])
@pytest.mark.parametrize(("channels", "event"), [(1, (1,)), (2, (1,)), (3, (1,)), (3, (0, 2)), (4, (2, 3))])
def test_an_event_is_seen_where_a_class_map_would_show_it(threshold, channels, event):
    scores = np.random.default_rng(channels).normal(size=(channels, 20, 30)).astype(np.float32)
    output = ModelOutput(activation="softmax" if channels > 1 else "sigmoid", threshold=threshold, lone=channels == 1)
    names = ("Dry", "Flooded", "Bank", "Sea")[: max(2, channels)]
    legend = Legend(tuple(LegendEntry(value, name, "#4477aa") for value, name in enumerate(names)))
    shown = ClassDecoder(output, legend, {"classes"}).layers(scores)["classes"]
    decoder = EventDecoder(output, event)
    seen = decoder.layers(decoder.measure(scores))["seen"]
    np.testing.assert_array_equal(seen == 1, np.isin(shown, event))
    assert 0 < seen.mean() < 1


def test_two_dates_at_once_are_dated_by_the_later(tmp_path):
    """What the second date has more of than the first is the change."""
    calm, up = np.zeros((40, 40), np.float32), np.zeros((40, 40), np.float32)
    up[10:20, 10:20] = 5
    model = model_of(tmp_path / "m.onnx", ("No change", "Change"), dates=2)
    made, outcome = detect(tmp_path, series(tmp_path, calm - 1, calm - 1.5, up - 1.5, up - 2), "change", model)
    when = toys.read(made["date_raster"])[0]
    assert (when[10:20, 10:20] == 20200301).all()
    assert when.mask[0, 0] and outcome.metrics["dates"] == ["2020-02-01", "2020-03-01", "2020-04-01"]
    with pytest.raises(InputError, match="reads 2 dates at once; SERIES has 1"):
        detect(tmp_path, series(tmp_path, calm), "change", model)


@pytest.mark.parametrize("inputs", [("before", "after"), ("optical", "optical_before"), ("sar_before", "sar")])
def test_inputs_before_and_after_are_dates_too(tmp_path, inputs):
    """In the order of time, or told by their names, whatever their order."""
    document = titled(toys.card(("b0",), 2), ("No landslide", "Landslide"))
    first = document["properties"]["mlm:input"][0]
    document["properties"]["mlm:input"] = [{**first, "name": name} for name in inputs]
    path = tmp_path / "m.onnx"
    two_inputs(path, document, inputs)
    before, after = np.zeros((20, 20), np.float32), np.full((20, 20), -1, np.float32)
    after[5:9, 5:9] = 1
    made, _ = detect(tmp_path, series(tmp_path, before, after), "landslide", path, ("output",))
    assert toys.read(made["output"])[0].sum() == 16


def two_inputs(path, document, inputs):
    """A network that puts two inputs of one band side by side, that from before first."""
    import onnx

    ports = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", 1, "h", "w"]) for name in inputs]
    in_time = sorted(inputs, key=lambda name: "before" not in name)
    graph = helper.make_graph(
        [helper.make_node("Concat", in_time, ["output"], axis=1)],
        "toy",
        ports,
        [helper.make_tensor_value_info("output", onnx.TensorProto.FLOAT, None)],
    )
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(model, {"terraloom:card": json.dumps(document)})
    onnx.save(model, str(path))


@pytest.mark.parametrize("bands", [1, 2])
def test_a_model_of_several_sensors_reads_the_one_that_there_is_now_and_before(tmp_path, bands):
    """Radar has one band and optical two; what is not given is nothing at all."""
    document = titled(toys.card(("b0",), 2), ("Not flooded", "Flooded"))
    first = document["properties"]["mlm:input"][0]
    scaling = first["value_scaling"]
    document["properties"]["mlm:input"] = [
        {**first, "name": name, "bands": names, "value_scaling": scaling * len(names), "terraloom:optional": True}
        for name, names in (
            ("optical", ["b0", "b1"]),
            ("sar", ["vv"]),
            ("optical_before", ["b0", "b1"]),
            ("sar_before", ["vv"]),
        )
    ]
    path = four_inputs(tmp_path / "m.onnx", document)
    before, after = (np.full((bands, 20, 20), value, np.float32) for value in (2, 1))
    after[:, 5:9, 5:9] = 3
    made, outcome = detect(tmp_path, series(tmp_path, before, after), "flood", path, ("output", "date_raster"))
    assert toys.read(made["output"])[0].sum() == 16
    assert (toys.read(made["date_raster"])[0][5:9, 5:9] == 20200201).all()
    with pytest.raises(InputError, match="here they count for every date"):
        detect(tmp_path, series(tmp_path, before, after), "flood", path, scale=parse_scale("2.*=3"))


def four_inputs(path, document):
    """A network that adds up the first bands of both sensors, before and now, as scores of dry and flooded."""
    import onnx

    channels = {"optical": 2, "sar": 1, "optical_before": 2, "sar_before": 1}
    ports = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", count, "h", "w"])
        for name, count in channels.items()
    ]
    nodes = []
    for when in ("_before", ""):
        nodes.append(helper.make_node("ReduceMax", [f"optical{when}"], [f"o{when}"], axes=[1], keepdims=1))
        nodes.append(helper.make_node("Add", [f"o{when}", f"sar{when}"], [f"sum{when}"]))
    nodes.append(helper.make_node("Concat", ["sum_before", "sum"], ["output"], axis=1))
    output = helper.make_tensor_value_info("output", onnx.TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "toy", ports, [output])
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(model, {"terraloom:card": json.dumps(document)})
    onnx.save(model, str(path))
    return path


@pytest.mark.parametrize(
    ("names", "days", "warns"),
    [
        (("a_20220101", "b_20200101"), ("2020-01-01", "2020-01-11"), False),
        (("a_20200101", "b_20200111"), ("2020-01-01", "2023-01-11"), True),
        (("a", "b"), ("2020-01-01", "2023-01-11"), True),
    ],
)
def test_dates_that_are_given_are_held_against_the_model_whatever_the_names_say(tmp_path, names, days, warns):
    model, told = model_of(tmp_path / "m.onnx", ("No change", "Change"), dates=2), Heard()
    rasters = [toys.raster(tmp_path / f"{name}.tif", np.zeros((20, 20), np.float32)) for name in names]
    detect(tmp_path, rasters, "change", model, progress=told, more={"dates": days})
    assert any("from those that the model was trained on" in text for text in told.warnings) == warns


@pytest.mark.parametrize("pixels", [1, 2], ids=["same grid", "coarser"])
@pytest.mark.parametrize("inputs", [(), ("before", "after"), ("optical", "optical_before")], ids=str)
def test_a_date_is_known_only_where_its_own_image_shows_something(tmp_path, inputs, pixels):
    """Of a series, of a date for each input, and of now and before, all of which go on with what is there."""
    path = tmp_path / "m.onnx"
    if inputs:
        document = titled(toys.card(("b0",), 2), ("No change", "Change"))
        first = document["properties"]["mlm:input"][0]
        document["properties"]["mlm:input"] = [{**first, "name": name, "terraloom:optional": True} for name in inputs]
        two_inputs(path, document, inputs)
    else:
        model_of(path, ("No change", "Change"), dates=2)
    calm, cloudy, after = (np.full((40, 40), value, np.float32) for value in (-1, -2, -2))
    cloudy[10:20, 10:20] = -9999
    rasters = [
        toys.raster(tmp_path / f"scene_2020-{month:02}-01.tif", values, pixel=pixel, nodata=-9999)
        for month, values, pixel in (
            (1, np.kron(calm, np.ones((pixels, pixels))), 30 / pixels),
            (2, cloudy, 30),
            (3, after, 30),
        )
    ]
    made, _ = detect(tmp_path, rasters, "change", path, ("output", "probability"))
    probability = toys.read(made["probability"])
    hole = np.zeros((40, 40), bool)
    hole[10:20, 10:20] = True
    hole = np.kron(hole, np.ones((pixels, pixels))) > 0
    assert np.array_equal(np.isnan(probability[0].data), hole) and np.isfinite(probability[1].data).all()
    made, _ = detect(tmp_path, rasters[:2], "change", path, ("output",))
    assert np.array_equal(np.ma.getmaskarray(toys.read(made["output"])[0]), hole)


def test_every_date_is_held_against_what_the_model_was_trained_on(tmp_path):
    path = toys.random_network(tmp_path / "m.onnx", seed=3, classes=2)
    rng = np.random.default_rng(1)
    tiles = [(rng.normal(0, 1, (2, 1, 1)) / 5 + rng.normal(0, 1, (2, 192, 192))).astype(np.float32) for _ in range(10)]
    document = titled(read_card(path).document, FLOOD)
    document["properties"][CARD_KEY] = fit_familiarity(path, tiles[:8], [n // 2 for n in range(8)]).to_document()
    copy_with_card(path, document, path)
    told = Heard()
    rasters = series(tmp_path, *tiles[8:], tiles[9] + 9, pixel=1.0)
    detect(tmp_path, rasters, "flood", path, progress=told)
    (warning,) = [text for text in told.warnings if "unlike all that" in text]
    assert warning.startswith("1 of 1 tiles that were looked at on 2020-03-01 (scene_2020-03-01.tif)")


def test_dates_on_other_grids_come_to_that_of_the_first(tmp_path):
    model = model_of(tmp_path / "m.onnx", FLOOD)
    window = (slice(20, 40), slice(20, 50))
    first = toys.raster(tmp_path / "a_20200101.tif", flood(), pixel=PIXEL_M)
    fine = np.kron(flood(window), np.ones((1, 3, 3), np.float32))
    wider = np.pad(fine, ((0, 0), (30, 30), (45, 45)), mode="edge")
    place = Affine(10, 0, 500_000 - 450, 0, -10, 5_000_000 + 300)
    second = toys.raster(tmp_path / "b_20200201.tif", wider, transform=place)
    made, _ = detect(tmp_path, [first, second], "flood", model, ("output", "date_raster"))
    with rasterio.open(first) as image, rasterio.open(made["output"]) as found:
        assert (found.transform, found.shape, found.crs) == (image.transform, image.shape, image.crs)
        values = found.read(1)
    expected = np.zeros((60, 80), bool)
    expected[window] = True
    assert ((values == 1) == expected).all()


def test_an_extent_counts_for_every_date(tmp_path):
    extent = Extent(500_000, 5_000_000 - 30 * PIXEL_M, 500_000 + 40 * PIXEL_M, 5_000_000, toys.UTM)
    window = (slice(20, 40), slice(20, 50))
    made, outcome = detect(
        tmp_path,
        series(tmp_path, flood(), flood(window)),
        "flood",
        model_of(tmp_path / "m.onnx", FLOOD),
        extent=extent,
    )
    assert toys.read(made["output"]).shape == (1, 30, 40)
    assert outcome.metrics["hectares"] == pytest.approx(10 * 20 * PIXEL_M**2 / 1e4)


def test_a_flood_uphill_is_told(tmp_path):
    """A slope to the east: a flood on its foot may be; half of one on its middle stands above dry ground."""
    slope = np.tile(np.arange(80, dtype=np.float32), (60, 1))
    dem = toys.raster(tmp_path / "dem.tif", slope, pixel=PIXEL_M)
    model = model_of(tmp_path / "m.onnx", FLOOD)
    shares = {}
    for name, columns in (("foot", slice(0, 10)), ("middle", slice(30, 40))):
        told = Heard()
        rasters = series(tmp_path, flood(), flood((slice(0, 60), columns)))
        _, outcome = detect(tmp_path, rasters, "flood", model, progress=told, more={"dem": dem})
        shares[name] = outcome.metrics["violating_share"]
        assert any("lie above it" in text for text in (told.warnings if shares[name] else told.logs))
    assert shares == {"foot": 0.0, "middle": pytest.approx(0.5)}


def test_heights_above_a_shore_are_told_as_they_are_added_up(tmp_path):
    """A lone pixel a metre above each of its four neighbours."""
    hill = np.zeros((60, 80), np.float32)
    hill[20, 20] = 1
    dem, told = toys.raster(tmp_path / "dem.tif", hill, pixel=PIXEL_M), Heard()
    rasters = series(tmp_path, flood(), flood((slice(20, 21), slice(20, 21))))
    detect(tmp_path, rasters, "flood", model_of(tmp_path / "m.onnx", FLOOD), progress=told, more={"dem": dem})
    (said,) = [text for text in told.warnings if "lie above it" in text]
    assert said.startswith("100.0 % of the 1 flooded pixels beside dry ground lie above it. The heights")
    assert "of which each has up to four, add up to 4.00 m" in said
    assert "no elevation model is that exact" in said


@pytest.mark.parametrize("known_rows", [14, 40])
def test_a_flood_without_elevation_is_told(tmp_path, known_rows):
    """Loudly where it is most of the flood."""
    ground = np.full((60, 80), -9999, np.float32)
    ground[:known_rows] = 0
    dem, told = toys.raster(tmp_path / "dem.tif", ground, pixel=PIXEL_M, nodata=-9999), Heard()
    rasters = series(tmp_path, flood(), flood((slice(10, 50), slice(10, 60))))
    detect(tmp_path, rasters, "flood", model_of(tmp_path / "m.onnx", FLOOD), progress=told, more={"dem": dem})
    missing = (50 - known_rows) * 50
    said = f"DEM tells no elevation at {missing} of 2000 flooded pixels, which are left out."
    assert said in (told.warnings if missing > 1000 else told.logs)


@pytest.mark.parametrize("titles", [FLOOD, ("Land", "Water")])
def test_what_spoils_a_flood_beside_elevations_is_told(tmp_path, titles):
    """Rivers count as dry ground where the model tells floods from them, and voids of DEM as heights."""
    ground = np.zeros((60, 80), np.float32)
    ground[:, 70:72] = -32768
    dem, told = toys.raster(tmp_path / "dem.tif", ground, pixel=PIXEL_M), Heard()
    rasters = series(tmp_path, flood(), flood((slice(10, 50), slice(10, 60))))
    detect(tmp_path, rasters, "flood", model_of(tmp_path / "m.onnx", titles), progress=told, more={"dem": dem})
    assert any("rivers and lakes are dry ground to the rule" in text for text in told.warnings) == (titles == FLOOD)
    assert any("At 120 pixels of the map DEM lies below -500" in text for text in told.warnings)


def test_water_will_do_for_a_flood_and_is_told(tmp_path):
    told = Heard()
    model = model_of(tmp_path / "m.onnx", ("Land", "Water"))
    made, _ = detect(tmp_path, series(tmp_path, flood((slice(0, 9), slice(0, 9)))), "flood", model, progress=told)
    assert toys.read(made["output"])[0].sum() == 81
    assert any("knows water, not floods" in text for text in told.warnings)


def left_part(path):
    """A mask of the first 30 columns."""
    box = shapely.box(500_000, 5_000_000 - 60 * PIXEL_M, 500_000 + 30 * PIXEL_M, 5_000_000)
    pyogrio.raw.write(
        path,
        geometry=np.array([box.wkb], object),
        field_data=[np.array([1])],
        fields=["n"],
        geometry_type="Polygon",
        crs=toys.UTM,
    )
    return str(path)


@pytest.mark.parametrize("masked", [False, True])
def test_a_date_that_the_model_wants_on_the_first_ones_grid_keeps_its_gaps(tmp_path, masked):
    """Coarse pixels of the second date are warped to the model's, which are those of the first."""
    fields = {"terraloom:resolution_m": PIXEL_M, "terraloom:resolution_range_m": [PIXEL_M, PIXEL_M]}
    document = titled(toys.card(("b0", "b1"), 2, **fields), FLOOD)
    model = toys.save(tmp_path / "m.onnx", [helper.make_node("Identity", ["image"], ["output"])], {}, 2, document)
    everywhere = (slice(None), slice(None))
    flooded = flood(everywhere, shape=(30, 40))
    if not masked:
        flooded[:, :, 15:] = -9999
    first = toys.raster(tmp_path / "a_20200101.tif", flood(), pixel=PIXEL_M, nodata=-9999)
    second = toys.raster(tmp_path / "b_20200201.tif", flooded, pixel=2 * PIXEL_M, nodata=-9999)
    run = {"mask": left_part(tmp_path / "mask.gpkg")} if masked else {}
    made, _ = detect(tmp_path, [first, second], "flood", model, ("date_raster", "probability"), **run)
    when, probability = toys.read(made["date_raster"])[0], toys.read(made["probability"])
    assert (when[:, :30] == 20200201).all() and when.mask[:, 30:].all()
    assert np.isfinite(probability[1, :, :30].data).all() and np.isnan(probability[1, :, 30:].data).all()


def test_a_mask_counts_for_every_date(tmp_path):
    """On the grid of the first date and on another one."""
    mask = left_part(tmp_path / "mask.gpkg")
    first = toys.raster(tmp_path / "a_20200101.tif", flood((slice(0, 60), slice(0, 10))), pixel=PIXEL_M)
    fine = np.kron(flood((slice(0, 60), slice(0, 60))), np.ones((1, 2, 2), np.float32))
    second = toys.raster(tmp_path / "b_20200201.tif", fine, pixel=PIXEL_M / 2)
    made, outcome = detect(tmp_path, [first, second], "flood", model_of(tmp_path / "m.onnx", FLOOD), mask=mask)
    when = toys.read(made["date_raster"])[0]
    assert (when[:, :10] == 20200101).all() and (when[:, 10:30] == 20200201).all() and when.mask[:, 30:].all()
    assert toys.read(made["output"])[0].mask[:, 30:].all()
