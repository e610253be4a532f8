"""What cannot be explained is refused, and leaves nothing behind."""

from pathlib import Path

import numpy as np
import pytest
import toys
from explanations import EAST, NORTH, explain, point
from terraloom.engine.errors import InputError, ModelError, OutputError
from terraloom.engine.explanation import window_memory
from terraloom.engine.requests.explain_prediction import (
    Place,
)
from terraloom.engine.requests.network_run import Extent


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "guess"}, "METHOD is guess; it must be one of occlusion"),
        ({"baseline": "value"}, "Give a value if BASELINE is value"),
        ({"baseline_value": "3"}, "BASELINE is mean, and BASELINE_VALUE is 3"),
        ({"baseline": "value", "baseline_value": "a"}, "BASELINE_VALUE is a; it must be a number"),
        ({"baseline": "value", "baseline_value": "1;2;3"}, "holds 3 values; give one for all bands, or 2"),
        ({"samples": -1}, "SAMPLES is -1"),
        ({"seed": -1}, "SEED is -1; it must be 0 or more"),
        ({"name": "saliency", "baseline": "blur"}, "METHOD is saliency, for which BASELINE would do nothing"),
        (
            {"name": "inputxgradient", "baseline": "value", "baseline_value": "3"},
            "METHOD is inputxgradient, for which BASELINE would do nothing",
        ),
        ({"samples": 30, "window_px": 8}, "WINDOW says how often the network is asked"),
        ({"name": "saliency", "samples": 30}, "METHOD is saliency, for which SAMPLES would do nothing"),
        ({"name": "gradcam", "window_px": 3}, "for which WINDOW would do nothing"),
        ({"name": "saliency", "by_band": True}, "for which BY_BAND would do nothing"),
        ({"layer": "a"}, "for which LAYER would do nothing"),
        ({"name": "shap", "samples": 20, "window_px": 3}, "SAMPLES must be at least"),
        ({"name": "shap", "samples": 8}, "to tell 4 parts of the image apart, which is the least, shap needs 12"),
        ({"name": "lime", "samples": 23, "by_band": True}, "to tell 8 parts of the image apart, .* lime needs 24"),
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
    monkeypatch.setattr(window_memory, "budget_mb", lambda asked: window_memory.resident_mb() + 0.05)
    with pytest.raises(InputError, match="needs more memory than there is"):
        explain(tmp_path, model, source, place=point(20, 25), name=method)


@pytest.mark.parametrize("method", ["lime", "shap"])
def test_superpixels_that_memory_has_no_room_for_are_refused_with_the_least_window(
    tmp_path, values, method, monkeypatch
):
    """Weighing them against each other takes memory that grows with the square of their number."""
    model, source = toys.random_network(tmp_path / "m.onnx", 4), toys.raster(tmp_path / "in.tif", values)
    monkeypatch.setattr(window_memory, "budget_mb", lambda asked: window_memory.resident_mb() + 200)
    given = {"place": point(20, 25), "name": method, "wants": ("output",)}
    with pytest.raises(InputError, match="some [0-9]+ superpixels.* Choose a WINDOW of at least 2") as found:
        explain(tmp_path, model, source, window_px=1, **given)
    assert found.value.values["features"] > 1000
    assert explain(tmp_path, model, source, window_px=found.value.values["least"], **given)


def test_a_network_of_single_pixels_has_no_feature_maps_for_gradcam(tmp_path, values):
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["a"]), toys.helper.make_node("Relu", ["a"], ["output"])]
    document = toys.card(("red", "nir"), 1, radius=0, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": np.ones((1, 2, 1, 1), np.float32)}, 2, document)
    source = toys.raster(tmp_path / "in.tif", values)
    with pytest.raises(InputError, match="gives none of more than one pixel here"):
        explain(tmp_path, model, source, place=point(20, 25), name="gradcam")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "m.onnx"]


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
    with pytest.raises(OutputError, match="is an input"):
        explain(tmp_path, model, source, place=point(20, 25))
    assert source.read_bytes() == before


def test_what_is_no_number_is_not_explained(tmp_path, values):
    nodes = [toys.helper.make_node("Sqrt", ["image"], ["root"]), toys.helper.make_node("Log", ["root"], ["output"])]
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 2, toys.card(("red", "nir"), 2))
    source = toys.raster(tmp_path / "in.tif", -1 - np.abs(values))
    with pytest.raises(ModelError, match="of this place is no number"):
        explain(tmp_path, model, source, place=point(20, 25), name="occlusion")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "m.onnx"]
