"""Explanations of models that fuse sensors are judged as all others: in the model's order, and with images missing."""

import json

import numpy as np
import pyogrio
import pytest
import sensors
import shapely
import toys
from terraloom.engine.errors import InputError
from terraloom.engine.explanation_quality import judging
from terraloom.engine.jobs import explanation_quality
from terraloom.engine.progress import Silent
from terraloom.engine.requests.explain_prediction import Place, Question
from terraloom.engine.requests.explanation_quality import ExplanationQuality, QualityTargets, methods_of
from terraloom.engine.requests.fuse_sar_optical import SENSORS
from terraloom.engine.requests.network_run import NetworkRun

MEASURES = ("maxsensitivity", "infidelity", "deletion", "insertion")


@pytest.fixture
def files(tmp_path):
    return sensors.images(tmp_path)[1]


@pytest.fixture
def place(tmp_path):
    """Two squares, each of them a place."""
    path = tmp_path / "p.gpkg"
    east, north = 500_000, 5_000_000
    squares = [
        shapely.box(east + left, north - top - 16, east + left + 16, north - top) for left, top in ((4, 4), (25, 20))
    ]
    pyogrio.raw.write(
        path,
        geometry=np.array([each.wkb for each in squares], object),
        field_data=[np.arange(2)],
        fields=["number"],
        geometry_type="Polygon",
        crs=toys.UTM,
    )
    return Place(layer=str(path))


def judge(tmp_path, model, place, given, sar_unit="", measures=MEASURES):
    """Run the job on the files of each input; gives the figures of the one method, and the whole document."""
    first, *further = given
    request = ExplanationQuality(
        NetworkRun(first, str(model), further_inputs=tuple(further), device="cpu"),
        QualityTargets(metrics=str(tmp_path / "q.json"), report=str(tmp_path / "q.html")),
        Question(place=place, target_class="Class 1", score="logit"),
        methods_of(("occlusion",), samples=0, window_px=0, by_band=True, layer=""),
        measures,
        sar_unit,
    )
    explanation_quality.run(request, Silent())
    document = json.loads((tmp_path / "q.json").read_text("utf-8"))
    return document["methods"][0], document


def test_images_of_sensors_are_judged_as_the_model_reads_them(tmp_path, files, place):
    """A model that reads the sensors the other way round: the same figures as when its inputs are given one by one."""
    model = sensors.network(tmp_path / "m.onnx", tuple(reversed(SENSORS)))
    fused, told = judge(tmp_path, model, place, [(files[name],) for name in SENSORS], "scaled")
    plain, _ = judge(tmp_path, model, place, [(files[name],) for name in reversed(SENSORS)])
    assert fused == plain and len(fused["places"]) == 2
    assert fused["infidelity_share"]["mean"] < 0.5 and fused["deletion_gain"]["mean"] > 0
    assert told["image"] == [f"{name}.tif" for name in reversed(SENSORS)]
    assert "sar_before.tif, optical_before.tif" in (tmp_path / "q.html").read_text("utf-8")


def test_a_sensor_that_is_missing_stays_missing(tmp_path, files, place, monkeypatch):
    """To move its numbers would make an image of it, and a network that is told by them what is there see one."""
    moved, measure = [], judging.max_sensitivity

    def keep(explain, image, where, *rest):
        moved.append((image, where))
        return measure(explain, image, where, *rest)

    monkeypatch.setattr(judging, "max_sensitivity", keep)
    model = sensors.network(tmp_path / "m.onnx")
    given = [(files["optical"],), (files["sar"],), (), ()]
    found, told = judge(tmp_path, model, place, given, "scaled")
    assert told["image"] == ["optical.tif", "sar.tif"] and found["deletion_gain"]["mean"] > 0
    assert len(moved) == 2, "once a place"
    for image, where in moved:
        where = np.broadcast_to(where, image.shape)
        assert where[:3].any(axis=(1, 2)).all() and not where[3:].any() and (image[3:] == 0).all()


def test_what_the_model_does_not_read_is_refused(tmp_path, files, place):
    model = sensors.network(tmp_path / "m.onnx", ("optical", "sar"))
    with pytest.raises(InputError, match="does not read SAR_BEFORE, only OPTICAL, SAR"):
        judge(tmp_path, model, place, [(files[name],) for name in SENSORS[:2]] + [(), (files["sar_before"],)], "scaled")
    assert not (tmp_path / "q.json").exists()


def test_bands_of_a_sensor_are_advised_under_its_name(tmp_path, files, place):
    model = sensors.network(tmp_path / "m.onnx", ("sar", "sar_before"))
    both = str(toys.raster(tmp_path / "both.tif", np.ones((2, 48, 48), np.uint8)))
    with pytest.raises(InputError, match=r"for example BANDS = sar_before\.vv=1"):
        judge(tmp_path, model, place, ((), (files["sar"],), (), (both,)), "scaled")
