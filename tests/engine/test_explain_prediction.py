"""What a user is promised of an explanation: its place, its bands, its table, its page, and its refusals."""

import csv
import re
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from terraloom.engine.errors import CancelledError, InputError, ModelError
from terraloom.engine.explanation import over_extent, room
from terraloom.engine.jobs import explain_prediction
from terraloom.engine.progress import Silent
from terraloom.engine.requests.explain_prediction import (
    BASELINES,
    METHODS,
    ExplainPrediction,
    ExplanationTargets,
    Method,
    Place,
    Question,
)
from terraloom.engine.requests.network_run import Extent, NetworkRun

EAST, NORTH = 500_000, 5_000_000


class Listening(Silent):
    """Remembers what was said, and how often it was asked whether to stop."""

    def __init__(self, stop_after=None):
        self.warnings, self.asked, self.stop_after = [], 0, stop_after

    def update(self, fraction, mpx_per_s=None):
        assert -1e-9 <= fraction <= 1 + 1e-9
        self.asked += 1
        if self.asked == self.stop_after:
            raise CancelledError()

    def warn(self, template, **values):
        self.warnings.append(template.format(**values))


def point(row, col, pixel=1.0):
    """The middle of a pixel of `toys.raster`."""
    return Place(point=(EAST + (col + 0.5) * pixel, NORTH - (row + 0.5) * pixel), crs=toys.UTM)


def explain(tmp_path, model, *inputs, place=None, question=None, progress=None, further=(), wants=None, **method):
    """Run the job; gives the paths by name and the figures."""
    targets = {"output": "out.tif", "table": "table.csv", "report": "page.html"}
    paths = {name: tmp_path / file for name, file in targets.items() if name in (wants or targets)}
    extent, sar_unit = method.pop("extent", None), method.pop("sar_unit", "")
    request = ExplainPrediction(
        NetworkRun(tuple(map(str, inputs)), str(model), further_inputs=further, extent=extent, device="cpu"),
        ExplanationTargets(**{name: str(path) for name, path in paths.items()}),
        Question(place=place or Place(), **(question or {})),
        Method(**method),
        sar_unit,
    )
    outcome = explain_prediction.run(request, progress or Silent())
    assert outcome.outputs == {name: str(path) for name, path in paths.items()}
    assert sorted(path.name for path in tmp_path.glob(".*")) == []
    return paths, outcome.metrics


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def bands(path):
    with rasterio.open(path) as dataset:
        return dict(zip(dataset.descriptions, dataset.read(), strict=True)), dataset.transform, dataset.crs


def linear(path, radius=1, names=("red", "nir"), **fields):
    """A regression by one convolution that sees `radius` pixels around; gives its weights too."""
    side = 2 * radius + 1
    weight = np.random.default_rng(1).normal(size=(1, len(names), side, side)).astype(np.float32)
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[radius] * 4)]
    document = toys.card(names, 1, radius=radius, task="regression", activation="none", **fields)
    return toys.save(path, nodes, {"w": weight}, len(names), document), weight[0]


@pytest.fixture
def values():
    return np.random.default_rng(2).uniform(-3, 3, (2, 40, 50)).astype(np.float32)


def test_gradients_of_a_linear_network_lie_where_its_weights_do(tmp_path, values):
    model, weight = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values, pixel=2.0)
    made, figures = explain(tmp_path, model, source, place=point(20, 30, 2.0), name="inputxgradient")
    found, transform, crs = bands(made["output"])
    assert list(found) == ["red", "nir", "total"] and crs == toys.UTM
    left, top = ~transform @ (EAST + 30.5 * 2, NORTH - 20.5 * 2)
    row, col = int(top), int(left)
    for number, name in enumerate(("red", "nir")):
        expected = np.zeros_like(found[name])
        expected[row - 1 : row + 2, col - 1 : col + 2] = (weight * values[:, 19:22, 29:32])[number]
        np.testing.assert_allclose(found[name], expected, atol=1e-5)
    np.testing.assert_allclose(found["total"], found["red"] + found["nir"], atol=1e-5)
    assert figures["explained_score"] == pytest.approx((weight * values[:, 19:22, 29:32]).sum(), rel=1e-4)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_planted_band_and_object(tmp_path, method):
    """The network looks at the second band alone, up to 4 px away: what counts is there and nowhere else."""
    weight = np.zeros((1, 2, 9, 9), np.float32)
    weight[0, 1] = 1
    nodes = [
        toys.helper.make_node("Conv", ["image", "w"], ["seen"], pads=[4] * 4, name="seen"),
        toys.helper.make_node("Relu", ["seen"], ["output"]),
    ]
    document = toys.card(("red", "nir"), 1, radius=4, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 2, document)
    values = np.random.default_rng(0).uniform(-1, 1, (2, 80, 80)).astype(np.float32)
    values[:, 36:45, 36:45] = 4
    source = toys.raster(tmp_path / "in.tif", values)
    more = {"window_px": 3} if method in ("occlusion", "featureablation", "lime", "shap") else {}
    samples = {"samples": 60} if method in ("lime", "shap") else {}
    made, figures = explain(tmp_path, model, source, place=point(40, 40), name=method, **more, **samples)
    total = bands(made["output"])[0]["total"]
    rows_, cols = np.nonzero(np.abs(total) > 1e-4 * np.abs(total).max())
    if method not in ("gradcam", "lime"):  # features are as wide as they are; the linear model of lime only comes close
        assert np.ptp(rows_) <= 9 + 4 and np.ptp(cols) <= 9 + 4
    assert figures["first_band"] == "nir" and figures["first_share"] > 0.999
    told = {row["name"]: row for row in rows(made["table"])}
    assert float(told["nir"]["share"]) > 0.999 and float(told["red"]["share"]) < 0.001
    assert told["nir"]["basis"] == ("ablation" if list(bands(made["output"])[0]) == ["total"] else "attribution")


def test_occlusion_of_a_linear_network_is_its_loss(tmp_path, values):
    model, weight = linear(tmp_path / "m.onnx", radius=4)
    source = toys.raster(tmp_path / "in.tif", values)
    options = {"baseline": "value", "baseline_value": "1;2", "window_px": 1}
    made, figures = explain(tmp_path, model, source, place=point(20, 25), name="occlusion", by_band=True, **options)
    found, _, _ = bands(made["output"])
    lost = weight * (values[:, 16:25, 21:30] - np.float32([1, 2])[:, None, None])
    np.testing.assert_allclose(found["red"], lost[0], atol=1e-4)
    np.testing.assert_allclose(found["nir"], lost[1], atol=1e-4)
    assert figures["baseline_score"] == pytest.approx(weight[0].sum() + 2 * weight[1].sum(), rel=1e-4)
    told = rows(made["table"])
    assert float(told[0]["signed_sum"]) == pytest.approx(lost[0].sum(), rel=1e-4)
    assert float(told[0]["mean_abs"]) == pytest.approx(np.abs(lost[0]).mean(), rel=1e-4)


def test_the_mean_of_a_band_is_that_of_the_image_in_its_own_numbers(tmp_path, values):
    model, weight = linear(tmp_path / "m.onnx", mean=3.0, std=2.0)
    source = toys.raster(tmp_path / "in.tif", values)
    _, figures = explain(tmp_path, model, source, place=point(20, 25), name="occlusion")
    mean = (values.reshape(2, -1).mean(axis=1) - 3) / 2
    assert figures["baseline_score"] == pytest.approx(float((weight.sum(axis=(1, 2)) * mean).sum()), rel=1e-3)


def test_probabilities_of_the_predicted_class_at_a_point(tmp_path):
    classes = np.zeros((30, 30), int)
    classes[8:20, 10:25] = 2
    scores = (np.arange(3)[:, None, None] == classes).astype(np.float32) * 2
    model, source = toys.bands_as_classes(tmp_path / "m.onnx"), toys.raster(tmp_path / "in.tif", scores)
    _, figures = explain(tmp_path, model, source, place=point(10, 12), name="saliency")
    assert figures["explained_class"] == "Class 2"
    assert figures["explained_score"] == pytest.approx(np.exp(2) / (np.exp(2) + 2), rel=1e-4)
    _, figures = explain(
        tmp_path,
        model,
        source,
        place=point(10, 12),
        question={"target_class": "class 0", "score": "logit"},
        name="saliency",
    )
    assert (figures["explained_class"], figures["explained_score"]) == ("Class 0", 0)


def test_the_predicted_region_is_explained_as_a_whole(tmp_path):
    classes = np.zeros((40, 40), int)
    classes[8:20, 10:25] = 2
    classes[30:35, 30:35] = 2
    scores = (np.arange(3)[:, None, None] == classes).astype(np.float32) * 4
    model, source = toys.bands_as_classes(tmp_path / "m.onnx"), toys.raster(tmp_path / "in.tif", scores)
    made, _ = explain(
        tmp_path,
        model,
        source,
        place=point(10, 12),
        question={"region": "predicted", "score": "logit"},
        name="saliency",
    )
    found, transform, _ = bands(made["output"])
    assert (transform.c, transform.f) == (EAST + 10, NORTH - 8)
    assert found["b2"].shape == (12, 15) and (found["b2"] == 1).all() and (found["b0"] == 0).all()
    with pytest.raises(InputError, match="no pixel of the place is predicted as Class 1"):
        question = {"region": "predicted", "target_class": "1"}
        explain(tmp_path, model, source, place=point(10, 12), question=question, name="saliency")


def shapes(path, geometries, crs="EPSG:32631"):
    pyogrio.raw.write(
        path,
        geometry=np.array([each.wkb for each in geometries], object),
        field_data=[np.arange(len(geometries))],
        fields=["number"],
        geometry_type="Unknown",
        crs=crs,
    )
    return Place(layer=str(path))


def test_polygons_and_points_of_a_layer_are_summed_over(tmp_path, values):
    model, weight = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values)
    box = shapely.box(EAST + 10, NORTH - 20, EAST + 14, NORTH - 17)  # rows 17–19, cols 10–13
    made, _ = explain(tmp_path, model, source, place=shapes(tmp_path / "a.gpkg", [box]), name="saliency")
    found, _, _ = bands(made["output"])
    expected = np.zeros((2, 5, 6), np.float32)
    for row in range(3):
        for col in range(4):
            expected[:, row : row + 3, col : col + 3] += weight
    np.testing.assert_allclose(found["red"], np.abs(expected[0]), atol=1e-5)
    tiny = shapely.box(EAST + 10.1, NORTH - 20.3, EAST + 10.2, NORTH - 20.2)
    place = shapes(tmp_path / "b.gpkg", [tiny, shapely.Point(EAST + 12.5, NORTH - 20.5)])
    made, _ = explain(tmp_path, model, source, place=place, name="saliency", wants=("output",))
    expected = np.zeros((2, 3, 5), np.float32)
    expected[:, :, :3] += weight
    expected[:, :, 2:] += weight
    np.testing.assert_allclose(bands(made["output"])[0]["nir"], np.abs(expected[1]), atol=1e-5)


def test_a_place_in_another_reference_system_is_found(tmp_path, values):
    model, _ = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values)
    east, north = rasterio.warp.transform(toys.UTM, "EPSG:4326", [EAST + 20.5], [NORTH - 10.5])
    here = Place(point=(east[0], north[0]), crs="EPSG:4326")
    made, _ = explain(tmp_path, model, source, place=here, name="saliency", wants=("output",))
    assert bands(made["output"])[1] @ (0, 0) == (EAST + 19, NORTH - 9)


def test_on_an_image_in_degrees_a_place_counts_in_degrees_and_the_map_in_metres(tmp_path):
    model, _ = linear(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0})
    values = np.random.default_rng(0).uniform(-1, 1, (2, 60, 60)).astype(np.float32)
    degrees = toys.Affine(1e-5, 0, 3.0, 0, -1e-5, 45.0)
    source = toys.raster(tmp_path / "in.tif", values, crs="EPSG:4326", transform=degrees)
    found = []
    for crs in ("", "EPSG:4326"):
        here = Place(point=(3.0003, 44.9997), crs=crs)
        made, _ = explain(tmp_path, model, source, place=here, name="saliency", wants=("output",))
        found.append(bands(made["output"]))
    (first, transform, crs), (second, _, _) = found
    np.testing.assert_array_equal(first["total"], second["total"])
    assert crs == toys.UTM and transform.a == pytest.approx(1, rel=0.05)
    rows_, cols = first["total"].shape
    ((x, y),) = [transform @ (cols / 2, rows_ / 2)]
    (east,), (north,) = rasterio.warp.transform(crs, "EPSG:4326", [x], [y])
    assert (east, north) == pytest.approx((3.0003, 44.9997), abs=3e-5)


@pytest.mark.parametrize("core", [16, 24, 512])
def test_an_extent_is_explained_without_seams(tmp_path, values, core, monkeypatch):
    """Tiles add up to what the network makes of the whole extent, whatever their size."""
    monkeypatch.setattr(over_extent, "CORE_PX", core)
    monkeypatch.setattr(over_extent, "LEAST_CORE_PX", 8)
    model, weight = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values)
    extent = Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM)
    made, figures = explain(tmp_path, model, source, extent=extent, name="inputxgradient", window_px=4)
    found, transform, _ = bands(made["output"])
    inside = np.zeros((2, 42, 52), np.float32)
    for row in range(40):
        for col in range(50):
            inside[:, row : row + 3, col : col + 3] += weight
    each = np.abs(inside[:, 1:-1, 1:-1] * values)
    padded = np.full((2, 40, 52), np.nan)
    padded[:, :, :50] = each
    expected = np.nanmean(padded.reshape(2, 10, 4, 13, 4), axis=(2, 4))
    np.testing.assert_allclose(found["red"], expected[0], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(found["total"], expected.sum(axis=0), rtol=1e-4, atol=1e-5)
    assert transform.a == 4 and figures["tiles"] == -(-40 // core) * -(-50 // core)
    told = rows(made["table"])
    assert (told[0]["share_low"] != "") == (figures["tiles"] > 1)


@pytest.mark.parametrize("method", ["occlusion", "featureablation"])
def test_windows_over_an_extent_lie_on_one_lattice(tmp_path, values, method, monkeypatch):
    model, _ = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values)
    extent, found = Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM), []
    for core in (16, 512):
        monkeypatch.setattr(over_extent, "CORE_PX", core)
        made, _ = explain(tmp_path, model, source, extent=extent, name=method, window_px=5, wants=("output",))
        found.append(bands(made["output"])[0])
    assert list(found[0]) == (["total"] if method == "occlusion" else ["red", "nir", "total"])
    for name in found[0]:
        np.testing.assert_allclose(found[0][name], found[1][name], rtol=1e-4, atol=1e-4)


def test_nodata_stays_nodata_and_is_no_place(tmp_path, values):
    values[:, :10] = -99
    model, _ = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values, nodata=-99)
    made, _ = explain(tmp_path, model, source, place=point(10, 25), name="saliency")
    total = bands(made["output"])[0]["total"]
    assert np.isnan(total[0]).all() and np.isfinite(total[1:]).all()
    with pytest.raises(InputError, match="holds no data"):
        explain(tmp_path, model, source, place=point(3, 25), name="saliency")
    with pytest.raises(InputError, match="outside the image"):
        explain(tmp_path, model, source, place=point(300, 25), name="saliency")


def two_sensors(path, radar="radar"):
    """A network over an optical and a radar image: the radar counts three times as much."""
    document = toys.card(("red", "nir"), 1, task="regression", activation="none")
    (first,) = document["properties"]["mlm:input"]
    first["name"] = "optical"
    second = {**first, "name": radar, "bands": ["vv"], "value_scaling": first["value_scaling"][:1]}
    second["input"] = {**first["input"], "shape": [-1, 1, -1, -1]}
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


def test_the_page_needs_nothing_else_and_says_what_was_done(tmp_path, values):
    model = toys.random_network(tmp_path / "m.onnx", 3)
    source = toys.raster(tmp_path / "in.tif", values)
    made, figures = explain(tmp_path, model, source, place=point(20, 20), name="integratedgradients", samples=40)
    page = made["report"].read_text("utf-8")
    assert not re.search(r'(src|href)="(?!data:)', page) and "http" not in page.replace("http://www.w3.org", "")
    for words in ("Integrated gradients", "Completeness", "Changes with the weights", "How to read it", "SEED", "40"):
        assert words in page
    assert page.count("data:image/png") == 3
    assert 0 <= figures["similarity"] <= 1 and abs(figures["delta"]) < 0.05


def test_a_map_that_does_not_change_is_marked(tmp_path, values):
    """Of a network without learnt weights the shuffled copy is the same network."""
    nodes = [toys.helper.make_node("ReduceSum", ["image", "axes"], ["output"], keepdims=1)]
    document = toys.card(("red", "nir"), 1, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"axes": np.array([1])}, 2, document)
    source, heard = toys.raster(tmp_path / "in.tif", values), Listening()
    place = shapes(tmp_path / "a.gpkg", [shapely.box(EAST + 5, NORTH - 35, EAST + 35, NORTH - 5)])
    made, figures = explain(tmp_path, model, source, place=place, name="inputxgradient", progress=heard)
    assert figures["similarity"] == pytest.approx(1)
    assert any("Changes with the weights failed" in warning for warning in heard.warnings)
    assert "<b>failed</b>" in made["report"].read_text("utf-8")


def test_the_layer_comes_with_a_diverging_style_that_is_clear_at_zero(tmp_path, values):
    model, _ = linear(tmp_path / "m.onnx")
    made, _ = explain(
        tmp_path, model, toys.raster(tmp_path / "in.tif", values), place=point(9, 9), name="inputxgradient"
    )
    style = made["output"].with_suffix(".qml").read_text("utf-8")
    assert 'band="3"' in style and re.search(r'<item value="0.0" .*alpha="0"', style)
    low, high = (float(re.search(rf'classification{end}="(.*?)"', style)[1]) for end in ("Min", "Max"))
    assert low == -high < 0


@pytest.mark.parametrize("baseline", BASELINES)
@pytest.mark.parametrize("method", ["lime", "shap"])
def test_chance_begins_at_the_seed_and_leaves_intervals(tmp_path, values, method, baseline):
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    found = []
    for seed in (1, 1, 2):
        options = {"baseline_value": "1"} if baseline == "value" else {}
        made, _ = explain(
            tmp_path, model, source, place=point(20, 25), name=method, baseline=baseline, samples=130, window_px=8,
            by_band=True, seed=seed, wants=("output", "table"), **options,
        )  # fmt: skip
        found.append((bands(made["output"])[0]["b1"], rows(made["table"])))
    np.testing.assert_array_equal(found[0][0], found[1][0])
    assert np.abs(found[0][0] - found[2][0]).max() > 0
    for row in found[0][1]:
        assert float(row["share_low"]) <= float(row["share"]) + 0.05 and float(row["share_low"]) < float(
            row["share_high"]
        )


def test_cancelling_leaves_nothing(tmp_path, values):
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    for after in (1, 3):
        with pytest.raises(CancelledError):
            explain(tmp_path, model, source, place=point(20, 25), progress=Listening(after))
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "m.onnx"]


def test_networks_that_look_at_all_of_a_tile_are_explained_in_one(tmp_path):
    """The mean of the tile counts: each pixel adds the same."""
    nodes = [
        toys.helper.make_node("GlobalAveragePool", ["image"], ["mean"]),
        toys.helper.make_node("Add", ["image", "mean"], ["output"]),
    ]
    fields = {"terraloom:global_operations": ["mean"], "terraloom:tile_px": 32}
    document = toys.card(("red",), 1, task="regression", activation="none", **fields)
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 1, document)
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(0).normal(size=(1, 80, 90)).astype(np.float32))
    made, _ = explain(tmp_path, model, source, place=point(40, 40), name="saliency", wants=("output",))
    total = bands(made["output"])[0]["total"]
    assert total.shape == (32, 32)
    assert np.sort(total.ravel())[:-1] == pytest.approx(1 / 1024) and total.max() == pytest.approx(1 + 1 / 1024)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "guess"}, "METHOD is guess; it must be one of occlusion"),
        ({"baseline": "value"}, "Give a value if BASELINE is value"),
        ({"baseline_value": "3"}, "BASELINE is mean, and BASELINE_VALUE is 3"),
        ({"baseline": "value", "baseline_value": "a"}, "BASELINE_VALUE is a; it must be a number"),
        ({"baseline": "value", "baseline_value": "1;2;3"}, "holds 3 values; give one for all bands, or 2"),
        ({"samples": -1}, "SAMPLES is -1"),
        ({"samples": 30, "window_px": 8}, "WINDOW says how often the network is asked"),
        ({"name": "saliency", "samples": 30}, "METHOD is saliency, for which SAMPLES would do nothing"),
        ({"name": "gradcam", "window_px": 3}, "for which WINDOW would do nothing"),
        ({"name": "saliency", "by_band": True}, "for which BY_BAND would do nothing"),
        ({"layer": "a"}, "for which LAYER would do nothing"),
        ({"name": "shap", "samples": 20, "window_px": 3}, "SAMPLES must be at least"),
        ({"question": {"target_class": "Lake"}}, "TARGET_CLASS is Lake; the model has Class 0 .0., Class 1"),
        ({"question": {"score": "odds"}}, "SCORE is odds"),
        ({"question": {"region": "all"}}, "REGION is all"),
        ({"place": Place()}, "Give a place to be explained"),
        ({"extent": Extent(EAST, NORTH - 9, EAST + 9, NORTH, "")}, "one of them, and not both"),
        ({"wants": ("none",)}, "No result is asked for"),
        ({"place": Place(point=(0, 0), crs="EPSG:0")}, "coordinate system of the point"),
        ({"place": Place(layer="nowhere.gpkg")}, "cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused(tmp_path, values, given, words):
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    with pytest.raises(InputError, match=words):
        explain(tmp_path, model, source, **{"place": point(20, 25), **given})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "m.onnx"]


def test_an_extent_refuses_what_makes_no_sense_there(tmp_path, values):
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    extent = Extent(EAST, NORTH - 9, EAST + 9, NORTH, "")
    with pytest.raises(InputError, match="METHOD is gradcam"):
        explain(tmp_path, model, source, extent=extent, name="gradcam")
    with pytest.raises(InputError, match="REGION is predicted"):
        explain(tmp_path, model, source, extent=extent, question={"region": "predicted"})


@pytest.mark.parametrize("method", ["occlusion", "saliency"])
def test_a_place_that_memory_has_no_room_for_is_refused(tmp_path, values, method, monkeypatch):
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    monkeypatch.setattr(room, "budget_mb", lambda asked: room.resident_mb() + 0.05)
    with pytest.raises(InputError, match="needs more memory than there is"):
        explain(tmp_path, model, source, place=point(20, 25), name=method)


def test_detectors_are_refused(tmp_path, values):
    document = toys.card(("red", "nir"), 3)
    document["properties"]["mlm:tasks"] = ["object-detection"]
    model = toys.save(tmp_path / "m.onnx", [toys.helper.make_node("Identity", ["image"], ["output"])], {}, 2, document)
    document["properties"]["mlm:output"][0]["classification:classes"] = toys.card(classes=2)["properties"][
        "mlm:output"
    ][0]["classification:classes"]
    model = toys.save(tmp_path / "m.onnx", [toys.helper.make_node("Identity", ["image"], ["output"])], {}, 2, document)
    with pytest.raises(ModelError, match="model for object-detection"):
        explain(tmp_path, model, toys.raster(tmp_path / "in.tif", values), place=point(20, 25))


def test_results_do_not_replace_what_is_read(tmp_path, values):
    model, source = toys.random_network(tmp_path / "m.onnx", 4), Path(toys.raster(tmp_path / "out.tif", values))
    before = source.read_bytes()
    with pytest.raises(Exception, match="is an input"):
        explain(tmp_path, model, source, place=point(20, 25))
    assert source.read_bytes() == before
