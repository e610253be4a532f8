"""Sensors and dates are told apart, in whatever order they come."""

import numpy as np
import pytest
import sensors
import shapely
import toys
from explanations import EAST, NORTH, explain, point, rows, shapes
from terraloom.engine.errors import InputError
from terraloom.engine.requests.network_run import Extent


def two_sensors(path, radar="radar", optional=False):
    """A network over an optical and a radar image: the radar counts three times as much."""
    document = toys.card(("red", "nir"), 1, task="regression", activation="none")
    (first,) = document["properties"]["mlm:input"]
    first["name"] = "optical"
    second = {**first, "name": radar, "bands": ["vv"], "value_scaling": first["value_scaling"][:1]}
    second["input"] = {**first["input"], "shape": [-1, 1, -1, -1]}
    if optional:
        first["terraloom:optional"] = second["terraloom:optional"] = True
    document["properties"]["mlm:input"] = [first, second]
    helper = toys.helper
    graph = helper.make_graph(
        [
            helper.make_node("Concat", ["optical", radar], ["all"], axis=1),
            helper.make_node("Conv", ["all", "w"], ["output"]),
        ],
        "two",
        [
            helper.make_tensor_value_info("optical", toys.TensorProto.FLOAT, ["n", 2, "h", "w"]),
            helper.make_tensor_value_info(radar, toys.TensorProto.FLOAT, ["n", 1, "h", "w"]),
        ],
        [helper.make_tensor_value_info("output", toys.TensorProto.FLOAT, None)],
        [toys.numpy_helper.from_array(np.float32([1, 1, 6]).reshape(1, 3, 1, 1), "w")],
    )
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(model, {"terraloom:card": toys.json.dumps(document)})
    toys.onnx.save(model, str(path))
    return path


def test_images_of_sensors_come_in_the_order_of_the_model(tmp_path):
    """Given as optical and radar, read as the model reads them; clouds stay clouds when an image is taken away."""
    model = two_sensors(tmp_path / "m.onnx", "sar")
    cloudy = np.ones((2, 20, 20), np.float32)
    cloudy[:, :, 12:] = -99
    optical = toys.raster(tmp_path / "optical.tif", cloudy, nodata=-99)
    radar = toys.raster(tmp_path / "radar.tif", np.ones((20, 20), np.float32))
    place = shapes(tmp_path / "a.gpkg", [shapely.box(EAST + 2, NORTH - 18, EAST + 18, NORTH - 2)])
    options = {"baseline": "value", "baseline_value": "5;5;0", "sar_unit": "scaled"}
    made, _ = explain(tmp_path, model, optical, place=place, further=((radar,), (), ()), name="occlusion", **options)
    told = {(row["kind"], row["name"]): float(row["signed_sum"]) for row in rows(made["table"])}
    assert told[("input", "sar")] == pytest.approx(6 * 16 * 10)  # where both show something
    assert told[("input", "optical")] == pytest.approx(2 * (1 - 5) * 16 * 10)


def test_a_place_that_the_finest_image_does_not_show_is_explained_by_the_others(tmp_path):
    model = two_sensors(tmp_path / "m.onnx", "sar", optional=True)
    optical = toys.raster(tmp_path / "optical.tif", np.ones((2, 20, 20), np.float32))
    radar = toys.raster(tmp_path / "sar.tif", np.arange(400, dtype=np.float32).reshape(1, 20, 20) / 100, pixel=2)
    given = {"further": ((radar,), (), ()), "sar_unit": "scaled", "name": "occlusion"}
    made, _ = explain(tmp_path, model, optical, place=point(30, 30), wants=("table",), **given)
    told = {(row["kind"], row["name"]): float(row["signed_sum"]) for row in rows(made["table"])}
    assert told[("input", "sar")] and not told[("input", "optical")]


@pytest.mark.parametrize("extent", [None, Extent(EAST, NORTH - 20, EAST + 20, NORTH, "")])
@pytest.mark.parametrize("method", ["occlusion", "featureablation", "saliency"])
def test_a_sensor_that_is_left_out_has_no_row_and_no_share(tmp_path, method, extent):
    """The network can do without radar, though it would look at it most."""
    model = two_sensors(tmp_path / "m.onnx", optional=True)
    optical = toys.raster(tmp_path / "optical.tif", np.ones((2, 20, 20), np.float32))
    options = {"name": method, "place": None if extent else point(9, 9), "extent": extent}
    if method != "saliency":
        options |= {"baseline": "value", "baseline_value": "0"}
    made, figures = explain(tmp_path, model, optical, further=((),), **options)
    told = {(row["kind"], row["name"]): float(row["share"]) for row in rows(made["table"])}
    assert told == {
        ("band", "optical: red"): pytest.approx(0.5),
        ("band", "optical: nir"): pytest.approx(0.5),
        ("input", "optical"): pytest.approx(1),
    }
    assert figures["first_band"].startswith("optical") and "radar: vv" not in made["report"].read_text("utf-8")


@pytest.mark.parametrize("method", ["occlusion", "inputxgradient"])
def test_sensors_are_told_apart(tmp_path, values, method):
    model = two_sensors(tmp_path / "m.onnx")
    optical = toys.raster(tmp_path / "optical.tif", np.ones((2, 20, 20), np.float32))
    radar = toys.raster(tmp_path / "radar.tif", np.ones((20, 20), np.float32))
    options = {} if method == "inputxgradient" else {"baseline": "value", "baseline_value": "0"}
    made, figures = explain(tmp_path, model, optical, place=point(9, 9), further=((radar,),), name=method, **options)
    told = {(row["kind"], row["name"]): float(row["share"]) for row in rows(made["table"])}
    assert told[("input", "optical")] == pytest.approx(0.25) and told[("input", "radar")] == pytest.approx(0.75)
    assert told[("band", "radar: vv")] == pytest.approx(0.75) and ("band", "optical: nir") in told
    page = made["report"].read_text("utf-8")
    assert "<h3>Inputs</h3>" in page and figures["first_band"] == "radar: vv"


def test_dates_are_told_apart(tmp_path):
    document = toys.card(("ndvi",), 1, task="regression", activation="none")
    (entry,) = document["properties"]["mlm:input"]
    entry["terraloom:days"], entry["terraloom:dates"] = [0, 10, 40], ["2020-04-01", "2020-04-11", "2020-05-11"]
    entry["input"]["shape"] = [-1, 3, -1, -1]
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"])]
    weight = np.float32([1, 4, 0]).reshape(1, 3, 1, 1)
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 3, document)
    source = toys.raster(tmp_path / "in.tif", np.ones((3, 12, 12), np.float32))
    made, _ = explain(tmp_path, model, source, place=point(5, 5), name="inputxgradient")
    told = {(row["kind"], row["name"]): float(row["share"]) for row in rows(made["table"])}
    assert told[("date", "2020-04-11")] == pytest.approx(0.8) and told[("date", "2020-05-11")] == 0
    assert "<h3>Dates</h3>" in made["report"].read_text("utf-8")


def test_a_model_that_fuses_no_sensors_is_told_to_be_given_its_images_otherwise(tmp_path, values):
    """What runs such a model is no answer to who wants it explained."""
    model, source = two_sensors(tmp_path / "m.onnx"), toys.raster(tmp_path / "in.tif", values)
    with pytest.raises(InputError, match="reads radar, which is none of OPTICAL, SAR, .* Give its images as INPUT"):
        explain(tmp_path, model, source, place=point(9, 9), further=((source,), (), ()), sar_unit="auto")


def test_bands_of_a_sensor_are_advised_under_its_name(tmp_path):
    """The first input of the model is SAR, whose number in BANDS is 2."""
    model = sensors.network(tmp_path / "m.onnx", ("sar", "sar_before"))
    one = str(toys.raster(tmp_path / "one.tif", np.ones((1, 20, 20), np.uint8)))
    both = str(toys.raster(tmp_path / "both.tif", np.ones((2, 20, 20), np.uint8)))
    with pytest.raises(InputError, match=r"for example BANDS = sar\.vv=1"):
        explain(tmp_path, model, place=point(9, 9), further=((both,), (), (one,)), sar_unit="scaled")
