"""A model that is surer than it is right learns how sure it may be, and is tested on ground it was not fitted on."""

import json
import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnx
import pytest
import toys
from calibrating import CLASSES, NAMES, SIDE_PX, TRUE, calibrated, drawn, make_chips
from onnx import TensorProto, helper
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.chips.chip_scores import run_over
from terraloom.engine.chips.chip_set import MANIFEST
from terraloom.engine.decoding import ClassDecoder
from terraloom.engine.errors import InputError, ModelError, OutputError
from terraloom.engine.jobs import calibrate_model
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.library.card import ModelOutput
from terraloom.engine.network import Network
from terraloom.engine.progress import Silent
from terraloom.engine.requests.calibrate_model import CalibrateModel
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.verification.calibration import class_errors, fit_temperature, losses, reliability
from terraloom.engine.verification.calibration_report import Calibration
from terraloom.tests.engine.environment_fakes import Recorder


@pytest.fixture
def model(tmp_path):
    return toys.bands_as_classes(tmp_path / "model.onnx", CLASSES)


# the figures


def test_the_temperature_is_found_and_confidence_means_what_it_says():
    scores, labels = drawn(np.random.default_rng(1), 60_000)
    sure = (TRUE * scores).astype(np.float32)
    temperature = fit_temperature(sure, labels)
    assert temperature == pytest.approx(TRUE, rel=0.03)
    blocks = np.arange(len(labels)) % 50
    before, after = (reliability(sure / np.float32(each), labels, blocks) for each in (1, temperature))
    assert before.error > 0.1 > 0.01 > after.error
    assert after.nll < before.nll and after.accuracy == before.accuracy
    (low, high), (least, most) = after.intervals()
    assert 0 <= low <= high < 0.03 and least < after.nll < most
    assert max(class_errors(sure / np.float32(temperature), labels)) < 0.02 < min(class_errors(sure, labels))


def test_errors_as_by_hand():
    scores = np.log(np.array([[0.9, 0.1], [0.9, 0.1], [0.3, 0.7], [0.4, 0.6]], np.float32))
    labels = np.array([0, 1, 1, 0])
    found = reliability(scores, labels, np.zeros(4, int))
    # bins of 1/15: 0.9 with one of two right; 0.7 right; 0.6 wrong
    assert found.error == pytest.approx((2 * abs(0.9 - 0.5) + abs(0.7 - 1) + abs(0.6 - 0)) / 4, abs=1e-6)
    assert found.nll == pytest.approx(-np.log([0.9, 0.1, 0.7, 0.4]).mean(), abs=1e-6)
    assert found.accuracy == 0.5 and math.isnan(found.intervals()[0][0])


def test_where_a_threshold_chooses_the_class_that_one_is_measured():
    scores = np.log(np.array([[0.2, 0.5, 0.3], [0.1, 0.7, 0.2], [0.3, 0.4, 0.3]], np.float32))
    legend = Legend(tuple(LegendEntry(value, name, "#4477AA") for value, name in zip((4, 5, 9), NAMES)))
    decoder = ClassDecoder(ModelOutput(activation="softmax", threshold=0.6), legend, (), averaged=True)
    found = reliability(scores, np.array([0, 1, 1]), np.zeros(3, int), decoder)
    assert found.accuracy == pytest.approx(2 / 3), "the first class stands where none reaches the threshold"
    assert found.mean_confidence == pytest.approx((0.2 + 0.7 + 0.3) / 3)


def test_the_calibration_error_of_a_perfect_network_may_be_0():
    """Pixels spread within bins by chance, and those that are drawn anew spread once more."""
    random, held, none = np.random.default_rng(6), 0, 0
    for seed in range(40):
        said = random.uniform(0.5, 0.94, 3000)
        scores = np.stack([np.zeros(3000), np.log(said / (1 - said))], axis=1).astype(np.float32)
        found = reliability(scores, (random.random(3000) < said).astype(int), np.arange(3000) // 100)
        (low, high), _ = found.intervals(seed=seed)
        held += low <= found.error <= high
        none += low == 0
    assert held == 40 and none > 20


def test_losses_of_large_scores_are_finite():
    assert losses(np.array([[1000.0, -1000.0]], np.float32), np.array([1])) == pytest.approx([2000])


# from the chips to the card


def test_fitted_on_validation_and_tested_on_test(tmp_path, model):
    chips = make_chips(tmp_path / "chips", ["train"] + ["validation"] * 12 + ["test"] * 12)
    outcome = calibrated(tmp_path, model, chips)
    figures = outcome.metrics
    assert figures["temperature"] == pytest.approx(TRUE, rel=0.06)
    assert figures["ece_after"] < 0.03 < 0.1 < figures["ece_before"]
    assert figures["nll_after"] < figures["nll_before"]
    card = read_card(Path(outcome.outputs["output"]))
    assert card.output.temperature == pytest.approx(figures["temperature"], abs=1e-3)
    said = card.document["properties"]["terraloom:calibrated"]
    assert (said["fitted_on"], said["tested_on"], said["chips"]) == ("validation", "test", "chips")
    labelled = 12 * (SIDE_PX - 2) * SIDE_PX
    assert said["pixels_fitted"] == said["pixels_tested"] == labelled, "not where image or label is missing"
    assert str(tmp_path) not in str(card.document), "no paths of this machine"
    assert len(said["from_sha256"]) == 64
    text = (tmp_path / "report.html").read_text()
    assert "<b>validation</b>" in text and "<b>test</b>" in text and "data:image/svg+xml" in text
    assert read_card(model).output.temperature == 1.0, "the model itself stays as it is"


def test_the_copy_is_the_same_network_and_keeps_what_else_its_file_says(tmp_path, model):
    proto = onnx.load(str(model))
    entry = proto.metadata_props.add()
    entry.key, entry.value = "producer-note", "kept"
    onnx.save(proto, str(model))
    chips = make_chips(tmp_path / "chips", ["validation"] * 4)
    calibrated(tmp_path, model, chips)
    first, second = onnx.load(str(model)), onnx.load(str(tmp_path / "better.onnx"))
    assert first.graph == second.graph
    assert {each.key: each.value for each in second.metadata_props}["producer-note"] == "kept"


def test_a_single_split_is_tested_across_its_blocks(tmp_path, model, monkeypatch):
    chips = make_chips(tmp_path / "chips", ["train"] * 3 + ["validation"] * 11)
    fits = []
    original = calibrate_model.fit_temperature
    monkeypatch.setattr(
        calibrate_model,
        "fit_temperature",
        lambda scores, labels: (fits.append(len(labels)), original(scores, labels))[1],
    )
    outcome = calibrated(tmp_path, model, chips)
    pixels = (SIDE_PX - 2) * SIDE_PX
    assert sorted(fits) == [5 * pixels, 6 * pixels, 11 * pixels], "each half for the other, all for the card"
    said = read_card(Path(outcome.outputs["output"])).document["properties"]["terraloom:calibrated"]
    assert said["fitted_on"] == said["tested_on"] == "validation" and "other half" in said["tested"]
    assert "half of the blocks" in (tmp_path / "report.html").read_text()


def surer(folder, numbers, times):
    """Make the network surer of some chips: so many times too sure are `TRUE * times` on them."""
    for number in numbers:
        path = Path(folder) / "images" / "image" / f"{number}.tif"
        toys.raster(path, times * toys.read(path).filled(np.nan), nodata=np.nan)


def loss_of(folder, numbers, temperature):
    """Mean negative log-likelihood of the labels of some chips, of scores that are divided by a temperature."""
    found = []
    for number in numbers:
        scores = toys.read(Path(folder) / "images" / "image" / f"{number}.tif").reshape(CLASSES, -1).T
        labels = toys.read(Path(folder) / "labels" / f"{number}.tif").ravel()
        known = ~np.ma.getmaskarray(scores).any(axis=1) & ~np.ma.getmaskarray(labels)
        found.append(losses(scores.data[known] / np.float32(temperature), labels.data[known].astype(int)))
    return np.concatenate(found).mean()


def test_test_chips_are_judged_by_the_temperature_of_the_validation_chips(tmp_path, model):
    """The network is twice as sure of the test chips, which a temperature that they knew of would mend."""
    chips = make_chips(tmp_path / "chips", ["validation"] * 8 + ["test"] * 8)
    surer(chips, range(8, 16), 2)
    figures = calibrated(tmp_path, model, chips).metrics
    assert figures["temperature"] == pytest.approx(TRUE, rel=0.06)
    assert figures["nll_after"] == pytest.approx(loss_of(chips, range(8, 16), TRUE), rel=0.03)
    assert figures["nll_before"] == pytest.approx(loss_of(chips, range(8, 16), 1), rel=1e-4)
    assert figures["ece_after"] > 0.08, "of the test chips it is still twice as sure as it may be"


def test_each_half_of_a_single_split_is_judged_by_the_temperature_of_the_other(tmp_path, model):
    """The network is twice as sure of the blocks of one half; a temperature of its own would be right in each."""
    chips = make_chips(tmp_path / "chips", ["validation"] * 8)
    calm, sure = range(0, 8, 2), range(1, 8, 2)
    surer(chips, sure, 2)
    figures = calibrated(tmp_path, model, chips).metrics
    across = (loss_of(chips, calm, 2 * TRUE) + loss_of(chips, sure, TRUE)) / 2
    apart = (loss_of(chips, calm, TRUE) + loss_of(chips, sure, 2 * TRUE)) / 2
    assert figures["nll_after"] == pytest.approx(across, rel=0.02)
    assert across > 1.1 * apart
    assert TRUE < figures["temperature"] < 2 * TRUE, "the card's is fitted on both"


def accuracy_of(folder, numbers, temperature, threshold):
    """Share of the labels of some chips that a map with a threshold shows."""
    right = []
    for number in numbers:
        scores = toys.read(Path(folder) / "images" / "image" / f"{number}.tif") / temperature
        labels = toys.read(Path(folder) / "labels" / f"{number}.tif")[0]
        said = np.exp(scores) / np.exp(scores).sum(axis=0)
        chosen = np.where(said.max(axis=0) < threshold, 0, said.argmax(axis=0))
        right.append((chosen == labels)[1:-1])
    return np.mean(right)


def test_of_a_model_with_a_threshold_what_its_maps_show_is_told(tmp_path):
    """It acts after the temperature, so that maps change with it."""
    document = toys.card(("b0", "b1", "b2"), CLASSES)
    document["properties"]["mlm:output"][0]["terraloom:threshold"] = 0.6
    model = toys.save(tmp_path / "m.onnx", [helper.make_node("Identity", ["image"], ["output"])], {}, 3, document)
    chips, told = make_chips(tmp_path / "chips", ["validation"] * 4 + ["test"] * 4), Recorder()
    temperature = calibrated(tmp_path, model, chips, told).metrics["temperature"]
    before, after = (accuracy_of(chips, range(4, 8), each, 0.6) for each in (1, temperature))
    assert before - after > 0.03
    words = f"{100 * before:.1f} % were right before, {100 * after:.1f} % are after"
    page = (tmp_path / "report.html").read_text()
    assert any(words in line for line in told.logs) and words in page
    assert "not changed by a temperature" not in page


def test_training_chips_alone_are_warned_of(tmp_path, model):
    told = Recorder()
    calibrated(tmp_path, model, make_chips(tmp_path / "chips", ["train"] * 4), told)
    assert any("neither validation nor test chips" in line for line in told.logs)


def test_a_second_time_changes_nothing(tmp_path, model):
    chips = make_chips(tmp_path / "chips", ["validation"] * 6 + ["test"] * 6)
    first = calibrated(tmp_path, model, chips).metrics
    better = (tmp_path / "better.onnx").rename(tmp_path / "once.onnx")
    second = calibrated(tmp_path, better, chips).metrics
    assert second["temperature"] == pytest.approx(first["temperature"], rel=1e-3)
    assert second["ece_before"] == pytest.approx(first["ece_after"], abs=1e-4)


def test_classes_and_bands_are_matched_by_name(tmp_path, model):
    turned = make_chips(tmp_path / "turned", ["validation"] * 4, ("class 2", "Class-0", "Class 1"), (4, 5, 6))
    manifest = tmp_path / "turned" / MANIFEST
    manifest.write_text(_renamed(manifest.read_text()))
    assert calibrated(tmp_path, model, turned).metrics["temperature"] == pytest.approx(TRUE, rel=0.1)


def _renamed(text):
    """The manifest with bands called after the classes that they score: b2, b0, b1."""
    for old, new in (("b0", "B-2"), ("b1", "B-0"), ("b2", "B-1")):
        text = text.replace(f'"{old}"', f'"{new}"')
    return text.replace("B-", "B")


def test_two_inputs_and_fixed_sizes(tmp_path):
    document = toys.card(("b0", "b1", "b2"), CLASSES, stride=8)
    first = document["properties"]["mlm:input"][0]
    document["properties"]["mlm:input"] = [{**first, "name": "one"}, {**first, "name": "two"}]
    shape = [1, 3, 16, 16]
    graph = helper.make_graph(
        [helper.make_node("Add", ["one", "two"], ["output"])],
        "toy",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("one", "two")],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, shape)],
    )
    proto = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(proto, {"terraloom:card": json.dumps(document)})
    onnx.save(proto, str(tmp_path / "model.onnx"))
    chips = make_chips(tmp_path / "chips", ["validation"] * 6, sources=("two", "one"), shares=(0.25, 0.75))
    assert calibrated(tmp_path, tmp_path / "model.onnx", chips).metrics["temperature"] == pytest.approx(TRUE, rel=0.1)


def test_series_go_in_date_by_date(tmp_path):
    path = toys.bands_as_classes(tmp_path / "model.onnx", 4)
    proto = onnx.load(str(path))
    document = toys.card(("b0", "b1"), 4)
    document["properties"]["mlm:input"][0]["terraloom:days"] = [0, 16]
    document["properties"]["mlm:input"][0]["input"]["shape"] = [-1, 4, -1, -1]
    del proto.metadata_props[:]
    helper.set_model_props(proto, {"terraloom:card": json.dumps(document)})
    onnx.save(proto, str(path))
    names = ("Class 0", "Class 1", "Class 2", "Class 3")
    chips = make_chips(tmp_path / "chips", ["validation"] * 6, names, days=(0, 16))
    assert calibrated(tmp_path, path, chips).metrics["temperature"] == pytest.approx(TRUE, rel=0.1)


def test_a_lone_channel_is_a_softmax_of_two(tmp_path):
    random = np.random.default_rng(5)
    document = toys.card(("b0",), 2, activation="sigmoid")
    document["properties"]["mlm:output"][0]["result"]["shape"] = [-1, 1, -1, -1]
    path = toys.save(tmp_path / "model.onnx", [helper.make_node("Identity", ["image"], ["output"])], {}, 1, document)
    folder = make_chips(tmp_path / "chips", ["validation"] * 4, ("Class 0", "Class 1"), bands=("b0",))
    for number in range(4):
        score = random.normal(0, 2, (SIDE_PX, SIDE_PX))
        labels = (random.random(score.shape) < 1 / (1 + np.exp(-score))).astype(np.uint8)
        toys.raster(tmp_path / "chips" / "images" / "image" / f"{number}.tif", (TRUE * score).astype(np.float32))
        toys.raster(tmp_path / "chips" / "labels" / f"{number}.tif", labels, nodata=255)
    assert calibrated(tmp_path, path, folder).metrics["temperature"] == pytest.approx(TRUE, rel=0.15)


def test_many_pixels_are_thinned_evenly(tmp_path, model, monkeypatch):
    chips = make_chips(tmp_path / "chips", ["validation"] * 6)
    monkeypatch.setattr(calibrate_model, "MOST_PIXELS", 900)
    outcome = calibrated(tmp_path, model, chips)
    said = read_card(Path(outcome.outputs["output"])).document["properties"]["terraloom:calibrated"]
    assert 840 <= said["pixels_fitted"] <= 906
    assert outcome.metrics["temperature"] == pytest.approx(TRUE, rel=0.3)


def test_any_size_goes_through_strides_and_fixed_tiles(tmp_path):
    network = Network(toys.random_network(tmp_path / "n.onnx", 1), CardFields(), "cpu", "auto", 1, Silent())
    image = np.random.default_rng(0).normal(size=(2, 37, 50)).astype(np.float32)
    padded = np.pad(image, ((0, 0), (0, 3), (0, 2)))
    assert np.array_equal(run_over(network, [image]), network([padded])[:, :37, :50])


# what cannot be


def refused(tmp_path, model, chips):
    with pytest.raises((InputError, ModelError)) as caught:
        calibrated(tmp_path, model, chips)
    assert not (tmp_path / "better.onnx").exists() and not (tmp_path / "report.html").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    return str(caught.value)


def test_chips_that_do_not_suit_are_refused(tmp_path, model):
    chips = make_chips(tmp_path / "a", ["validation"] * 2, ("Class 0", "Class 1", "Swamp"))
    assert "does not have: Swamp" in refused(tmp_path, model, chips)
    chips = make_chips(tmp_path / "b", ["validation"] * 2, ("Class 0", "Class 1"))
    assert "has 2 bands of 1 dates; the model reads 3 (b0, b1, b2) of 1" in refused(tmp_path, model, chips)
    chips = make_chips(tmp_path / "c", ["validation"] * 2, sources=("one", "two"))
    assert "have 2 inputs (one, two); the model reads 1" in refused(tmp_path, model, chips)
    assert "not a usable manifest" in refused(tmp_path, model, str(tmp_path))
    alone = make_chips(tmp_path / "d", ["validation"])
    assert "in one block of ground" in refused(tmp_path, model, alone)
    sized = toys.bands_as_classes(tmp_path / "sized.onnx", 3, **{"terraloom:resolution_m": 10.0})
    chips = make_chips(tmp_path / "e", ["validation"] * 2, resolution_m=30.0)
    assert "pixels of 30 m; the model works at 10 m" in refused(tmp_path, sized, chips)
    ranged = toys.bands_as_classes(tmp_path / "ranged.onnx", 3, **{"terraloom:value_range": [0, 10000]})
    assert "not what the model was trained on" in refused(tmp_path, ranged, chips)


def test_models_without_scores_are_refused(tmp_path):
    chips = make_chips(tmp_path / "chips", ["validation"] * 2)
    done = toys.bands_as_classes(tmp_path / "done.onnx", 3, activation="none")
    assert "turns its scores into probabilities" in refused(tmp_path, done, chips)
    assert "model for regression" in refused(tmp_path, toys.identity(tmp_path / "values.onnx", 3), chips)
    said = refused(tmp_path, toys.bands_as_lines(tmp_path / "lines.onnx", 2), chips)
    assert "model for line-extraction. This version calibrates segmentations only" in said


def test_the_model_is_never_written_over(tmp_path, model):
    chips = make_chips(tmp_path / "chips", ["validation"] * 2)
    with pytest.raises(OutputError, match="is an input"):
        calibrate_model.run(CalibrateModel(str(model), chips, str(model)), Silent())


def test_labels_that_follow_no_score_are_warned_of(tmp_path, model):
    chips = make_chips(tmp_path / "chips", ["validation"] * 4)
    random = np.random.default_rng(9)
    for number in range(4):
        path = tmp_path / "chips" / "labels" / f"{number}.tif"
        toys.raster(path, random.integers(0, 3, (SIDE_PX, SIDE_PX)).astype(np.uint8), nodata=255)
    told = Recorder()
    figures = calibrated(tmp_path, model, chips, told).metrics
    assert figures["temperature"] > 15 and figures["nll_after"] < figures["nll_before"], (
        "it is sure of nothing any more"
    )
    assert any("hardly go with the labels" in line for line in told.logs)


@pytest.mark.parametrize("splits", [["validation"] * 4, ["validation"] * 2 + ["test"] * 2], ids=["one split", "two"])
def test_a_network_that_is_right_on_all_pixels_keeps_its_temperature(tmp_path, splits):
    """The best temperature would make it as sure as numbers can say, on these pixels and on all others."""
    model = toys.bands_as_classes(tmp_path / "model.onnx", CLASSES, **{"terraloom:temperature": 1.7})
    chips, told = make_chips(tmp_path / "chips", splits), Recorder()
    for number in range(4):
        scores = toys.read(tmp_path / "chips" / "images" / "image" / f"{number}.tif").filled(0)
        toys.raster(tmp_path / "chips" / "labels" / f"{number}.tif", scores.argmax(axis=0).astype(np.uint8), nodata=255)
    outcome = calibrated(tmp_path, model, chips, told)
    assert outcome.metrics["temperature"] == 1.7 and outcome.metrics["nll_after"] == outcome.metrics["nll_before"]
    card = read_card(Path(outcome.outputs["output"]))
    assert card.output.temperature == 1.7 and "terraloom:calibrated" not in card.document["properties"]
    assert any("the old one is kept. The temperature is 1.7 now" in line for line in told.logs)
    assert any("is a copy of the model" in line for line in told.logs)
    assert not any("The calibrated model" in line for line in told.logs)


@pytest.mark.parametrize(
    ("names", "warns"), [(NAMES, False), (("pear", "plum", "fig"), True), (("0", "1", "2"), False)]
)
def test_classes_that_are_matched_by_number_only_are_warned_of(tmp_path, names, warns):
    chips, told = make_chips(tmp_path / "chips", ["validation"] * 4, names), Recorder()
    model = toys.bands_as_classes(tmp_path / "model.onnx")
    calibrate_model.run(CalibrateModel(str(model), str(chips), output=str(tmp_path / "made.onnx")), told)
    assert any("No class has the same name on both sides" in text for text in told.logs) == warns
    assert any("made.onnx. Give it as MODEL_FILE" in text for text in told.logs), "it is in no list of models"


@pytest.mark.parametrize(("after_nll", "warns"), [(1.3916, False), (1.4, True), (1.2, False)])
def test_only_a_temperature_that_is_really_worse_is_warned_of(after_nll, warns):
    before, after = (SimpleNamespace(nll=nll, counts=range(20)) for nll in (1.3915, after_nll))
    found = Calibration("m", "c", 1.808, 1.808, "w", ("test",), 9, before, after, (), (), (), (), (), False)
    assert any("is worse than the old one" in caution for caution in found.cautions) == warns
