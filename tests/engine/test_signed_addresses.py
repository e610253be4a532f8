"""Results and logs tell where an image lies, and never what lets whoever reads them in."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import toys
from event_scenes import FLOOD, detect, flood, model_of, series
from evidence import LAND, WATER, class_map, raster, reported
from explanations import explain, linear, point
from listening import Heard
from physics_checks import checked
from rasterio.windows import Window
from terraloom.engine.errors import InputError
from terraloom.engine.images.mosaic_reader import read_window
from terraloom.engine.images.urls import file_name
from terraloom.tests.engine.environment_fakes import Recorder
from uncertain_maps import estimate, scores_of

HIDDEN = "secret"


def signed(path):
    """A file whose name is that of a signed address."""
    path = Path(path)
    return str(path.rename(path.with_name(f"{path.name}?token={HIDDEN}")))


def written(*paths):
    """What files say: the tags of rasters, the text of others."""
    said = []
    for path in map(Path, paths):
        if path.suffix == ".tif":
            with rasterio.open(path) as dataset:
                said.append(str(dataset.tags()))
        else:
            said.append(path.read_text("utf-8"))
    return "\n".join(said)


def test_a_file_is_called_by_what_lies_there():
    assert file_name(f"/vsicurl/https://a.example/b/scene_20200101.tif?token={HIDDEN}/x") == "scene_20200101.tif"
    assert file_name("/data/a?b.tif") == "a?b.tif"


def test_damaged_images(tmp_path):
    whole = Path(toys.raster(tmp_path / "in.tif", np.random.default_rng(0).random((1, 64, 64), np.float32)))
    whole.write_bytes(whole.read_bytes()[:-5000])
    with rasterio.open(signed(whole)) as dataset, pytest.raises(InputError) as caught:
        read_window(dataset, None, [1], Window(0, 0, 64, 64))
    assert "in.tif cannot be read: " in str(caught.value) and HIDDEN not in str(caught.value)


def test_events(tmp_path):
    scenes = map(signed, series(tmp_path, flood(), flood((slice(5, 15), slice(5, 25)))))
    heard = Heard()
    made, _ = detect(tmp_path, scenes, "flood", model_of(tmp_path / "m.onnx", FLOOD), progress=heard)
    assert "scene_2020-01-01.tif" in written(made["output"])
    assert HIDDEN not in written(*made.values()) + "\n".join(heard.logs + heard.warnings)
    assert any("Date 1 of 2: 2020-01-01, scene_2020-01-01.tif." in text for text in heard.logs)


def test_residuals(tmp_path):
    prediction = signed(toys.raster(tmp_path / "values.tif", np.array([[0.0, 2.0]], np.float32)))
    _, figures = checked(tmp_path, prediction, "range", maximum=1)
    assert figures["prediction"] == "values.tif"
    assert HIDDEN not in written(tmp_path / "residual.tif", tmp_path / "figures.json")


@pytest.mark.parametrize(("now", "warns"), [("flood.tif?token=another", False), ("other.tif?token=another", True)])
def test_evidence_whose_map_is_known_again_however_it_is_signed(tmp_path, now, warns):
    prediction = signed(class_map(tmp_path / "flood.tif", [[LAND, WATER]]))
    checked(tmp_path, prediction, "waterlevel", dem=raster(tmp_path / "dem.tif", [[[1, 0]]], ("height",)), water="2")
    anew, heard = str(Path(prediction).rename(tmp_path / now)), Recorder()
    confidence = signed(raster(tmp_path / "confidence.tif", [[[0.9, 0.5]]], ("confidence",)))
    reported(tmp_path, heard, prediction=anew, residual=str(tmp_path / "residual.tif"), uncertainty=confidence)
    said = written(*(tmp_path / name for name in ("found.tif", "page.html", "figures.json"))) + "\n".join(heard.logs)
    assert now.partition("?")[0] in said and HIDDEN not in said and "another" not in said
    assert ("Make sure that they are the same map" in said) == warns


def test_explanations(tmp_path):
    model, _ = linear(tmp_path / "m.onnx")
    source = signed(toys.raster(tmp_path / "in.tif", np.ones((2, 24, 24), np.float32)))
    made, _ = explain(tmp_path, model, source, place=point(10, 10), name="occlusion")
    assert "in.tif" in written(made["output"]) and HIDDEN not in written(*made.values())


def test_uncertainty(tmp_path):
    source = signed(toys.raster(tmp_path / "in.tif", scores_of((0.5, 0.25, 0.25))))
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    made = estimate(tmp_path, model, source, wants=("output", "report")).outputs
    assert "in.tif" in written(made["output"]) and HIDDEN not in written(*made.values())
