"""A series of images becomes one class map; a model of single images is refused before anything is made."""

import numpy as np
import pytest
import toys
from maps import one_hot
from onnx import helper
from terraloom.engine.errors import ModelError
from terraloom.engine.jobs import classify_time_series
from terraloom.engine.progress import Silent
from terraloom.engine.requests.class_map import ClassTargets
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
