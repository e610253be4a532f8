"""How unsure a map is: members that agree and disagree, tiles that join, what is resumed, and the page."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import toys
from maps import one_hot
from terraloom.engine.errors import CancelledError, OutputError
from terraloom.engine.jobs import apply_model
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import Extent, NetworkRun
from terraloom.engine.uncertainty.summary import Summary
from terraloom.tests.engine.environment_fakes import Recorder
from uncertain_maps import Stopping, bands_of, estimate, scores_of, truth_polygons

SEVERAL = ("entropy", "mutual information", "confidence")


def test_a_map_of_entropy_and_confidence(tmp_path):
    pixels = [(0.5, 0.25, 0.25), (1 / 3, 1 / 3, 1 / 3), (0.98, 0.01, 0.01)]
    source = toys.raster(tmp_path / "in.tif", scores_of(*pixels))
    outcome = estimate(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source)
    found = bands_of(outcome.outputs["output"])
    assert list(found) == ["entropy", "confidence"]
    by_hand = [-sum(p * math.log(p) for p in pixel) / math.log(3) for pixel in pixels]
    np.testing.assert_allclose(found["entropy"][0], by_hand, rtol=1e-5)
    np.testing.assert_allclose(found["confidence"][0], [0.5, 1 / 3, 0.98], rtol=1e-5)
    assert outcome.metrics["mean_entropy"] == pytest.approx(np.mean(by_hand), rel=1e-5)
    assert "mean_mutual_information" not in outcome.metrics
    with rasterio.open(outcome.outputs["output"]) as dataset:
        assert dataset.dtypes[0] == "float32" and math.isnan(dataset.nodata)
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert json.loads(dataset.tags()["TERRALOOM_PARAMETERS"])["method"] == "entropy"
    assert "singlebandpseudocolor" in (tmp_path / "u.qml").read_text()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_the_temperature_of_the_card_is_applied(tmp_path):
    source = toys.raster(tmp_path / "in.tif", scores_of((0.8, 0.1, 0.1)))
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:temperature": 2.0})
    found = bands_of(estimate(tmp_path, model, source).outputs["output"])
    roots = np.sqrt([0.8, 0.1, 0.1])
    assert found["confidence"].item() == pytest.approx((roots / roots.sum()).max(), rel=1e-5)


def test_confidence_is_that_of_the_map_job(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(1).normal(size=(2, 70, 90)).astype(np.float32))
    model = toys.random_network(tmp_path / "m.onnx", seed=3)
    found = bands_of(estimate(tmp_path, model, source, turns="flips").outputs["output"])
    targets = ClassTargets(confidence=str(tmp_path / "confidence.tif"))
    apply_model.run(ApplyModel(NetworkRun((source,), str(model), turns="flips"), targets), Silent())
    np.testing.assert_allclose(found["confidence"], toys.read(targets.confidence)[0], atol=1e-6)


def test_nodata_stays_nodata_and_does_not_count(tmp_path):
    scores = np.zeros((3, 20, 20), np.float32)
    scores[0] = 9
    scores[:, :5] = -99
    source = toys.raster(tmp_path / "in.tif", scores, nodata=-99)
    outcome = estimate(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source)
    found = toys.read(outcome.outputs["output"])
    np.testing.assert_array_equal(np.ma.getmaskarray(found), np.broadcast_to(scores[0] == -99, found.shape))
    assert outcome.metrics["mean_confidence"] == pytest.approx(float(found[1].mean()), abs=1e-6)


def test_a_lone_channel_is_the_second_of_two_classes(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.array([[0.0, 20.0]], np.float32))
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 1, toys.card(classes=2, activation="sigmoid"))
    found = bands_of(estimate(tmp_path, model, source).outputs["output"])
    np.testing.assert_allclose(found["entropy"][0], [1, 0], atol=1e-5)


def test_confidence_is_that_of_the_class_that_a_threshold_chose(tmp_path):
    """Where no class reaches the card's threshold the first one stands, however improbable it is."""
    source = toys.raster(tmp_path / "in.tif", scores_of((0.2, 0.45, 0.35), (0.1, 0.7, 0.2), (0.45, 0.3, 0.25)))
    document = toys.card(("b0", "b1", "b2"))
    document["properties"]["mlm:output"][0]["terraloom:threshold"] = 0.5
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    outcome = estimate(tmp_path, toys.save(tmp_path / "m.onnx", nodes, {}, 3, document), source)
    np.testing.assert_allclose(bands_of(outcome.outputs["output"])["confidence"], [[0.2, 0.7, 0.45]], atol=1e-5)


def test_of_a_network_of_lines_the_line_counts(tmp_path):
    scores = np.random.default_rng(2).normal(size=(19, 6, 7)).astype(np.float32)
    scores[0] = 0
    source = toys.raster(tmp_path / "in.tif", scores)
    outcome = estimate(
        tmp_path, toys.bands_as_lines(tmp_path / "m.onnx"), source, method="tta", wants=("output", "report")
    )
    found = bands_of(outcome.outputs["output"])
    assert found["entropy"].min() == pytest.approx(1)
    np.testing.assert_allclose(found["mutual information"], 0, atol=1e-6)


def test_what_an_ensemble_says_beside_nodata_is_what_its_models_say(tmp_path):
    """Nodata is 0 in the scale of each model, however they scale what is there."""
    values = np.random.default_rng(4).normal(9, 2, size=(2, 40, 30)).astype(np.float32)
    values[:, 10:20] = -99
    source, said = toys.raster(tmp_path / "in.tif", values, nodata=-99), []
    models = [
        toys.random_network(tmp_path / "1.onnx", 1, mean=8.0, std=2.0),
        toys.random_network(tmp_path / "2.onnx", 2, mean=40.0, std=4.0),
    ]
    for number, model in enumerate(models):
        target = str(tmp_path / f"p{number}.tif")
        request = ApplyModel(NetworkRun((source,), str(model)), ClassTargets(probabilities=target))
        apply_model.run(request, Silent())
        said.append(toys.read(target))
    outcome = estimate(tmp_path, models[0], source, method="ensemble", further_models=(str(models[1]),))
    found = toys.read(outcome.outputs["output"])[2]
    np.testing.assert_allclose(found, np.ma.mean(said, axis=0).max(axis=0), atol=1e-5)


def test_an_ensemble_of_two_is_what_it_is_by_hand(tmp_path):
    values = np.random.default_rng(4).normal(size=(2, 60, 50)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    models = [
        toys.random_network(tmp_path / f"{seed}.onnx", seed, **{"terraloom:temperature": temperature})
        for seed, temperature in ((1, 1.0), (2, 3.0))
    ]
    said = []
    for number, model in enumerate(models):
        target = str(tmp_path / f"p{number}.tif")
        request = ApplyModel(NetworkRun((source,), str(model)), ClassTargets(probabilities=target))
        apply_model.run(request, Silent())
        said.append(toys.read(target).data.astype(float))
    progress = Recorder()
    given = {"method": "ensemble", "further_models": (str(models[1]),), "tile_size": 32}
    outcome = estimate(tmp_path, models[0], source, progress, **given)
    assert "Asked about each tile: CPUExecutionProvider; 2 of ensemble." in progress.logs
    found = bands_of(outcome.outputs["output"])

    def normalised(p):
        return -(p * np.log(p)).sum(axis=0) / math.log(3)

    mean = (said[0] + said[1]) / 2
    assert tuple(found) == SEVERAL
    np.testing.assert_allclose(found["entropy"], normalised(mean), atol=1e-5)
    by_hand = normalised(mean) - (normalised(said[0]) + normalised(said[1])) / 2
    np.testing.assert_allclose(found["mutual information"], by_hand, atol=1e-5)
    assert found["mutual information"].max() > 0.001
    np.testing.assert_allclose(found["confidence"], mean.max(axis=0), atol=1e-5)
    assert outcome.metrics["model"] == "toy + toy"


def test_models_of_an_ensemble_may_scale_their_inputs_differently(tmp_path):
    scores = np.random.default_rng(5).normal(size=(3, 8, 9)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", 10 + 2 * scores)
    plain = toys.bands_as_classes(tmp_path / "a.onnx", mean=10, std=2)
    nodes = [
        toys.helper.make_node("Mul", ["image", "w"], ["larger"]),
        toys.helper.make_node("Sub", ["larger", "b"], ["output"]),
    ]
    weights = {"w": np.float32(2), "b": np.float32(2)}  # (x - 6) / 4 becomes (x - 10) / 2
    names = ("b0", "b1", "b2")
    other = toys.save(tmp_path / "b.onnx", nodes, weights, 3, toys.card(names, 3, mean=6, std=4))
    outcome = estimate(tmp_path, plain, source, method="ensemble", further_models=(str(other),))
    np.testing.assert_allclose(bands_of(outcome.outputs["output"])["mutual information"], 0, atol=1e-6)


@pytest.mark.parametrize("turns", ["none", "flips"])
def test_turns_of_a_network_that_does_not_mind_them_agree(tmp_path, turns):
    source = toys.raster(tmp_path / "in.tif", one_hot(np.random.default_rng(6).integers(0, 3, (33, 47))) / 9)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    found = bands_of(estimate(tmp_path, model, source, method="tta", turns=turns, tile_size=16).outputs["output"])
    np.testing.assert_allclose(found["mutual information"], 0, atol=1e-6)
    assert found["entropy"].min() > 0.5


def test_turns_of_a_network_that_minds_them_disagree(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(7).normal(size=(2, 50, 60)).astype(np.float32))
    model = toys.random_network(tmp_path / "m.onnx", seed=9)
    eight = estimate(tmp_path, model, source, method="tta", name="eight").metrics
    four = estimate(tmp_path, model, source, method="tta", turns="flips", name="four").metrics
    assert eight["mean_mutual_information"] > four["mean_mutual_information"] > 1e-4


@pytest.mark.parametrize("method", ["entropy", "tta", "ensemble"])
def test_tiles_give_the_same_as_the_whole(tmp_path, method):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(8).normal(size=(2, 150, 170)).astype(np.float32))
    model = toys.random_network(tmp_path / "a.onnx", seed=3)
    further = (str(toys.random_network(tmp_path / "b.onnx", seed=4, levels=1)),) if method == "ensemble" else ()
    whole, tiles, part = (
        toys.read(estimate(tmp_path, model, source, method=method, further_models=further, **given).outputs["output"])
        for given in (
            {"name": "whole", "tile_size": 512},
            {"name": "tiles", "tile_size": 32},
            {"name": "part", "extent": Extent(500_050, 4_999_900, 500_120, 4_999_960, toys.UTM), "tile_size": 48},
        )
    )
    np.testing.assert_array_equal(whole, tiles)
    np.testing.assert_array_equal(whole[:, 40:100, 50:120], part)


def test_blended_tiles_do_not_count_as_members(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(9).normal(size=(2, 90, 90)).astype(np.float32))
    model = toys.random_network(tmp_path / "m.onnx", seed=3, **{"terraloom:tile_px": 32})
    alike = toys.random_network(tmp_path / "alike.onnx", seed=3, **{"terraloom:tile_px": 32, "description": "Another"})
    given = {"method": "ensemble", "further_models": (str(alike),), "seams": "blend"}
    found = bands_of(estimate(tmp_path, model, source, **given).outputs["output"])
    np.testing.assert_allclose(found["mutual information"], 0, atol=1e-6)


def test_a_resumed_run_must_be_of_the_same_kind_and_goes_on_where_it_stopped(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(9).normal(size=(2, 600, 40)).astype(np.float32))
    model = toys.random_network(tmp_path / "m.onnx", seed=3)
    with pytest.raises(CancelledError):
        estimate(tmp_path, model, source, Stopping(0.4), method="tta", resume=True, tile_size=16)
    assert (tmp_path / ".u.tif.terraloom" / "journal.json").is_file()
    with pytest.raises(OutputError, match="other parameters"):
        estimate(tmp_path, model, source, method="tta", turns="flips", resume=True, tile_size=16)
    told = Recorder()
    resumed = estimate(tmp_path, model, source, told, method="tta", resume=True, tile_size=16).outputs["output"]
    assert any("2 of 3 tiles" in line for line in told.logs), told.logs
    whole = estimate(tmp_path, model, source, method="tta", name="whole").outputs["output"]
    np.testing.assert_array_equal(toys.read(resumed), toys.read(whole))


@pytest.mark.parametrize("fraction", [0.0, 0.5, 0.91, 0.94, 1.0])
def test_cancelling_leaves_nothing(tmp_path, fraction):
    source = toys.raster(tmp_path / "in.tif", one_hot(np.zeros((64, 64), int)))
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    truth = truth_polygons(tmp_path / "truth.gpkg", [(0, 0, 64, 64)], ["class 0"])
    before = sorted(tmp_path.iterdir())
    with pytest.raises(CancelledError):
        estimate(
            tmp_path, model, source, Stopping(fraction), ("output", "report"), truth=truth, method="tta", tile_size=16
        )
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("agree", [True, False])
def test_rounding_is_not_taken_for_disagreement(tmp_path, agree):
    """A network of single pixels says the same whichever way the image lies."""
    values = np.random.default_rng(4).normal(size=(3, 40, 40)).astype(np.float32)
    path = tmp_path / "m.onnx"
    model = toys.bands_as_classes(path) if agree else toys.random_network(path, seed=3, bands=3)
    source = toys.raster(tmp_path / "in.tif", values)
    truth = truth_polygons(tmp_path / "truth.gpkg", [(0, 0, 20, 40), (20, 0, 40, 40)], ["class 0", "class 1"])
    estimate(tmp_path, model, source, wants=("report",), method="tta", truth=truth)
    page = (tmp_path / "u.html").read_text("utf-8")
    assert ("By mutual information" in page) != agree and "By confidence" in page
    assert ("All that was held against each other says the same" in page) == agree
    assert ("the answer depends on how the scene lies" in page) != agree


def test_the_page_tells_spread_classes_and_settings(tmp_path):
    classes = np.zeros((20, 20), int)
    classes[:, 10:] = 1
    source = toys.raster(tmp_path / "in.tif", one_hot(classes) / 9)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    estimate(tmp_path, model, source, wants=("report",), method="tta")
    page = (tmp_path / "u.html").read_text()
    for words in ("Histogram", "By class", "Class 1", "50.0 %", "How to read it", "rotations as members", "in.tif"):
        assert words in page, words
    assert "never calibrated" in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "") and "<script" not in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "m.onnx", "u.html"]


@pytest.mark.parametrize(("method", "is_claimed"), [("entropy", True), ("tta", False)])
def test_only_what_was_calibrated_is_called_so(tmp_path, method, is_claimed):
    """A temperature is fitted to a model by itself, not to the mean of what it says of several turns."""
    source = toys.raster(tmp_path / "in.tif", scores_of((0.8, 0.1, 0.1), (0.2, 0.5, 0.3)))
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:temperature": 2.0})
    outcome = estimate(tmp_path, model, source, method=method, wants=("report",))
    page = Path(outcome.outputs["report"]).read_text("utf-8")
    assert ("about 80 % are right" in page) == is_claimed
    assert ("was not measured for the mean" in page) != is_claimed


def test_the_mean_of_turns_is_not_called_calibrated(tmp_path):
    """TEST_TIME_AUGMENTATION averages the turns of a single model too."""
    source = toys.raster(tmp_path / "in.tif", scores_of((0.8, 0.1, 0.1), (0.2, 0.5, 0.3)))
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:temperature": 2.0})
    estimate(tmp_path, model, source, turns="flips", wants=("report",))
    page = (tmp_path / "u.html").read_text("utf-8")
    assert "about 80 % are right" not in page and "was not measured for the mean of several members or turns" in page


def test_of_an_ensemble_it_is_told_which_models_were_calibrated(tmp_path):
    source = toys.raster(tmp_path / "in.tif", scores_of((0.8, 0.1, 0.1), (0.2, 0.5, 0.3)))
    fitted = toys.bands_as_classes(tmp_path / "fitted.onnx", **{"terraloom:temperature": 2.0})
    bare = toys.bands_as_classes(tmp_path / "bare.onnx")
    estimate(tmp_path, fitted, source, method="ensemble", further_models=(str(bare),), wants=("report",))
    page = (tmp_path / "u.html").read_text("utf-8")
    assert (
        "Only fitted.onnx was calibrated, bare.onnx was not: it may be surer, or less sure, than it is right." in page
    )
    assert "Of the models only fitted.onnx was calibrated, so that 80 % may mean more or less" in page
    assert "never calibrated" not in page and "It is not calibrated" not in page


def test_a_few_pixels_that_disagree_are_told_of_on_a_large_map():
    counts = np.zeros((2, 10_000), np.int64)
    counts[:, 0] = 10**8
    sums = np.zeros(2)
    quiet = Summary(("entropy", "mutual information"), counts, sums, np.zeros(0, np.int64), np.zeros((0, 2)))
    assert not quiet.reaches("mutual information")
    counts = counts.copy()
    counts[1, 1000] = 400
    assert replace(quiet, counts=counts).reaches("mutual information")
