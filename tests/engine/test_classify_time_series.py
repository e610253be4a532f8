"""A series of images becomes one class map; a model of single images is refused before anything is made."""

import numpy as np
import pyogrio
import pytest
import toys
from maps import one_hot
from onnx import helper
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.jobs import classify_time_series
from terraloom.engine.progress import Silent
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.class_map import ClassTargets, Generalisation
from terraloom.engine.requests.classify_time_series import ClassifyTimeSeries
from terraloom.engine.requests.network_run import NetworkRun


def sum_of_dates(path, dates):
    """A segmentation of three bands on so many dates: the class whose band is brightest in the sum of the dates."""
    document = toys.card(("a", "b", "c"), 3)
    if dates > 1:
        (entry,) = document["properties"]["mlm:input"]
        entry["terraloom:days"] = [10 * date for date in range(dates)]
        entry["input"]["shape"] = [-1, 3 * dates, -1, -1]
    weights = np.tile(np.eye(3, dtype=np.float32), dates)[:, :, None, None]
    nodes = [helper.make_node("Conv", ["image", "weights"], ["output"])]
    return toys.save(path, nodes, {"weights": weights}, 3 * dates, document)


def classify(tmp_path, model, images):
    target = tmp_path / "classes.tif"
    run = NetworkRun(tuple(map(str, images)), str(model))
    outcome = classify_time_series.run(ClassifyTimeSeries(run, ClassTargets(output=str(target))), Silent())
    assert outcome.outputs == {"output": str(target)}
    return toys.read(target)[0]


@pytest.fixture
def dates(tmp_path):
    """Three images; on the second, which is bright, all of the ground is of class 2."""
    seen = np.random.default_rng(0).integers(0, 3, (20, 30))
    return [
        toys.raster(tmp_path / f"date{number}.tif", factor * one_hot(classes))
        for number, (factor, classes) in enumerate([(1, seen), (9, np.full_like(seen, 2)), (1, seen)])
    ]


def test_the_classes_are_those_of_all_dates_together(tmp_path, dates):
    model = sum_of_dates(tmp_path / "model.onnx", 3)
    assert (classify(tmp_path, model, dates) == 2).all(), "the bright date decides"
    seen = toys.read(dates[0]).argmax(axis=0)
    np.testing.assert_array_equal(classify(tmp_path, model, [dates[0], dates[2], dates[0]]), seen)


def test_a_model_of_single_images_is_refused(tmp_path, dates):
    model = sum_of_dates(tmp_path / "model.onnx", 1)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ModelError, match="reads single images, not a series of dates. Choose a model"):
        classify(tmp_path, model, dates)
    assert sorted(tmp_path.rglob("*")) == before


def test_fields_have_polygons_and_areas_and_no_speck(tmp_path):
    """A field of 40 pixels of 100 m² and a speck of 2 on ground of another class; SMOOTH is for polygons alone."""
    classes = np.zeros((20, 30), int)
    classes[4:8, 5:15] = 1
    classes[15, 3:5] = 2
    dates = [toys.raster(tmp_path / f"date{number}.tif", 5 * one_hot(classes), pixel=10.0) for number in range(3)]
    run = NetworkRun(tuple(dates), str(sum_of_dates(tmp_path / "model.onnx", 3)))
    targets = ClassTargets(**{name: str(tmp_path / f"{name}.gpkg") for name in ("polygons", "areas")})
    for smallest_m2, sizes_m2, pixels in ((0, [200, 4000, 55_800], [558, 40, 2]), (300, [4000, 56_000], [560, 40, 0])):
        request = ClassifyTimeSeries(run, targets, Generalisation(min_area_m2=smallest_m2))
        classify_time_series.run(request, Silent())
        table = pyogrio.raw.read(targets.polygons, layer="polygons")
        assert sorted(table[3][list(table[0]["fields"]).index("area_m2")]) == pytest.approx(sizes_m2, rel=2e-3)
        assert pyogrio.raw.read(targets.areas)[3][2].tolist() == pixels
    with pytest.raises(InputError, match="SMOOTH is 5 m, but no POLYGONS are asked for"):
        ClassifyTimeSeries(run, ClassTargets(areas=targets.areas), Generalisation(smooth_m=5))


def test_pixels_whose_dates_disagree_fall_below_the_threshold(tmp_path):
    before, after = np.zeros((20, 30), int), np.zeros((20, 30), int)
    after[:, 20:] = 1
    dates = [toys.raster(tmp_path / f"date{at}.tif", 5 * one_hot(seen)) for at, seen in enumerate((before, after))]
    areas = str(tmp_path / "areas.gpkg")
    model = str(sum_of_dates(tmp_path / "model.onnx", 2))
    for threshold, pixels in ((None, [600, 0, 0]), (0.6, [400, 0, 0, 200])):
        run = NetworkRun(tuple(dates), model, card=CardFields(threshold=threshold))
        classify_time_series.run(ClassifyTimeSeries(run, ClassTargets(areas=areas)), Silent())
        assert pyogrio.raw.read(areas)[3][2].tolist() == pixels
