"""Chips that cannot be learnt from are refused before any work, those that tell little are told of, none is garbled."""

import json
from dataclasses import replace

import numpy as np
import pytest
import rasterio
from terraloom.engine.chips.chip_set import IGNORE, MANIFEST
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.jobs import train_model
from terraloom.engine.learning.plan import make_plan
from terraloom.engine.progress import Silent
from terraloom.models.spec import InputSpec, NetworkSpec, PartSpec
from terraloom.tests.chips import write, write_chips, write_values
from terraloom.tests.listening import Heard
from terraloom.tests.training_runs import asked, card_in

UNET = PartSpec("unet", {"widths": (4, 8), "depths": (1, 1)})
DECODER = PartSpec("unet", {"widths": (4,)})
TWO_CLASSES = PartSpec("segmentation", {"classes": 2})
OVER_DATES = PartSpec("over_time", {"method": "attention"})


def spec_file(tmp_path, inputs, necks=(DECODER,), head=TWO_CLASSES, encoder=UNET, fusion=NetworkSpec.fusion):
    path = tmp_path / "spec.json"
    path.write_text(NetworkSpec(tuple(inputs), encoder, necks, head, fusion).to_json())
    return str(path)


def trained(tmp_path, **changes):
    """A short training; what it says and the properties of its card."""
    heard = Heard()
    request = asked(tmp_path, **{"epochs": 2, "baseline": False, "preset": "auto"} | changes)
    outcome = train_model.run(request, heard)
    return heard.text, outcome, card_in(request.output).document["properties"]


def refused(tmp_path, message, **changes):
    """The training is refused, and leaves nothing."""
    before = sorted(tmp_path.iterdir())
    with pytest.raises((InputError, ModelError), match=message):
        train_model.run(asked(tmp_path, **{"preset": "auto"} | changes), Silent())
    assert sorted(tmp_path.iterdir()) == before


@pytest.fixture
def unread(monkeypatch):
    """No chip is read: what is refused is refused before that."""

    def read(*_):
        raise AssertionError("chips are read")

    monkeypatch.setattr(train_model, "ChipStore", read)


def relabelled(chips, splits, value):
    """All labels of some splits become one value."""
    for chip in (chip for chip in chips.chips if chip.split in splits):
        with rasterio.open(chips.label_file(chip), "r+") as dataset:
            dataset.write(np.full(dataset.shape, value, dataset.dtypes[0]), 1)


# --- A composed network and the chips ------------------------------------------------------------------------------


def test_days_and_names_are_those_of_the_chips(tmp_path):
    write_chips(tmp_path / "chips", names=("series",), days=(0, 16, 48))
    spec = spec_file(tmp_path, [InputSpec(2, "image", (0, 5, 10))], (OVER_DATES, DECODER))
    said, _, properties = trained(tmp_path, spec=spec)
    assert "composed for image (2 bands on the days 0, 5, 10)" in said
    assert properties["terraloom:network_spec"]["inputs"] == [{"name": "series", "bands": 2, "days": [0, 16, 48]}]
    assert card_in(str(tmp_path / "mine.onnx")).inputs[0].days == (0, 16, 48)


def test_a_spec_for_these_chips_is_taken_as_it_is(tmp_path):
    write_chips(tmp_path / "chips", names=("optical", "sar"))
    spec = spec_file(tmp_path, [InputSpec(2, "optical"), InputSpec(2, "sar")])
    said, _, properties = trained(tmp_path, spec=spec, augment="light")
    assert "composed for" not in said
    data = properties["terraloom:training_data"]
    assert not data.get("input_drop_share"), "the preset fusion hides inputs, a network of one's own does not"


def test_a_network_of_one_s_own_gives_values_of_a_series(tmp_path):
    write_values(tmp_path / "chips", names=("series",), days=(0, 16, 48))
    head = PartSpec("regression", {"variables": 1})
    spec = spec_file(tmp_path, [InputSpec(2, "series", (0, 16, 48))], (OVER_DATES, DECODER), head)
    _, outcome, _ = trained(tmp_path, spec=spec)
    assert "r2" in outcome.metrics


@pytest.mark.parametrize(("times", "told"), [(3, False), (30, True)])
def test_variables_of_very_different_spread_are_told_of(tmp_path, times, told):
    chips = write_values(tmp_path / "chips")
    for chip in chips.chips:
        with rasterio.open(chips.label_file(chip)) as dataset:
            values = dataset.read()
        chips.label_file(chip).unlink()
        write(chips.label_file(chip), np.concatenate([values, times * values]), 0, nodata=np.nan)
    target = replace(chips.inputs[0], name="target", bands=("a", "b"), std=(40.0, times * 40.0))
    (chips.folder / MANIFEST).write_text(replace(chips, target=target).to_json())
    said, _, _ = trained(tmp_path, preset="regression", epochs=1)
    assert (f"spreads {times} times as far" in said) == told


@pytest.mark.parametrize(
    ("names", "days", "inputs", "message"),
    [
        (("optical", "sar"), (), [(2, "sar"), (2, "optical")], "reads sar, optical, .* optical, sar, in another order"),
        (("optical", "sar"), (), [(2, "optical")], r"reads optical \(2 bands\), .* sar \(2 bands\)"),
        (("image",), (), [(3, "image")], r"reads image \(3 bands\), the training chips have image \(2 bands\)"),
        (("image",), (0, 5), [(4, "image")], r"image \(4 bands\), .* image \(2 bands on the days 0, 5\)"),
        (("image",), (0, 5, 9), [(3, "image", (0, 5))], r"3 bands on the days 0, 5\), .*2 bands on the days 0, 5, 9"),
    ],
    ids=["order", "number", "bands", "image for series", "dates"],
)  # fmt: skip
def test_inputs_that_do_not_suit_the_chips(tmp_path, unread, names, days, inputs, message):
    write_chips(tmp_path / "chips", names=names, days=days)
    sources = [InputSpec(*source) for source in inputs]
    necks = (OVER_DATES, DECODER) if sources[0].days else (DECODER,)
    refused(tmp_path, message, spec=spec_file(tmp_path, sources, necks))


@pytest.mark.parametrize(
    ("write", "necks", "head", "message"),
    [
        (write_values, (DECODER,), TWO_CLASSES, "segmentation gives classes, .* values of pixels.* regression or"),
        (write_chips, (DECODER,), PartSpec("regression", {"variables": 2}), "regression gives values, .* segmentation"),
        (write_chips, (DECODER,), PartSpec("reconstruction", {"bands": 2}), "reconstruction gives values, .* classes"),
        (write_values, (DECODER,), PartSpec("line"), "line gives lines, the training chips hold values"),
        (
            write_chips,
            (PartSpec("pooled"),),
            PartSpec("classification", {"classes": 2}),
            "classification gives classes of whole images, .* hold classes of pixels",
        ),
        (write_chips, (DECODER,), PartSpec("segmentation", {"classes": 3}), "gives 3 values .* chips need 2"),
        (write_chips, (DECODER,), PartSpec("beauty"), "names the head 'beauty'"),
    ],
)  # fmt: skip
def test_heads_that_do_not_suit_the_labels(tmp_path, unread, write, necks, head, message):
    write(tmp_path / "chips")
    refused(tmp_path, message, spec=spec_file(tmp_path, [InputSpec(2)], necks, head))


@pytest.mark.parametrize(
    ("objectives", "message"),
    [
        ("l1=1", "'l1' scores values, the network gives classes"),
        ("cross_entropy=1;orientation=1", "objective 'orientation' .* lines"),
        ("moments=1", "'moments' needs a PhyCell"),
        ("beauty=1", "no objective 'beauty'"),
    ],
)
def test_objectives_that_cannot_be_served_are_refused_before_chips_are_read(tmp_path, unread, objectives, message):
    write_chips(tmp_path / "chips")
    refused(tmp_path, message, objectives=objectives)


@pytest.mark.parametrize(
    ("write", "objectives", "way", "told"),
    [
        (write_chips, "dice=1;lovasz=1", "balanced", True),
        (write_values, "l1=1", "balanced", True),
        (write_chips, "dice=1;focal=1", "balanced", False),
        (write_chips, "dice=1", "sqrt", False),
    ],
)
def test_class_weights_that_no_objective_uses_are_told_of(tmp_path, write, objectives, way, told):
    said = planned(write(tmp_path / "chips"), objectives=objectives, class_weights=way)
    assert ("CLASS_WEIGHTS is balanced, and none of the objectives" in said) == told


@pytest.mark.parametrize("objective", ["cldice", "dice"])
def test_which_class_cldice_takes_for_the_lines_is_told(tmp_path, objective):
    said = planned(write_chips(tmp_path / "chips"), objectives=f"{objective}=1")
    assert ("High is taken for the lines, Low for all that is none" in said) == (objective == "cldice")
    assert "in which direction lines run" not in said


def planned(chips, **changes):
    """What is told before a training."""
    heard = Heard()
    make_plan(asked(chips.folder.parent, preset="auto", **changes), chips, heard)
    return heard.text


# --- Size ----------------------------------------------------------------------------------------------------------


def test_chips_of_which_nothing_is_left_within_the_network_are_refused(tmp_path, unread):
    write_chips(tmp_path / "chips", side_px=8)
    deep = PartSpec("unet", {"widths": (4, 4, 4, 4), "depths": (1, 1, 1, 1)}), PartSpec("unet", {"widths": (4, 4, 4)})
    spec = spec_file(tmp_path, [InputSpec(2)], deep[1:], encoder=deep[0])
    refused(tmp_path, "Chips of 8 px, 1 in a batch, are too small .*more than 1 value", spec=spec, batch_size=1)
    write_values(tmp_path / "values", side_px=8)
    refused(tmp_path, "too small .*Kernel size", chips=str(tmp_path / "values"), objectives="l1=1;adversarial=0.1")


def test_chips_of_which_nothing_is_left_where_one_of_a_batch_has_an_input_are_refused(tmp_path, unread):
    names = ("optical", "sar")
    write_chips(tmp_path / "chips", side_px=8, names=names)
    deep = PartSpec("unet", {"widths": (4, 4, 4, 4), "depths": (1, 1, 1, 1)}), PartSpec("unet", {"widths": (4, 4, 4)})
    inputs = [InputSpec(2, name) for name in names]
    spec = spec_file(tmp_path, inputs, deep[1:], encoder=deep[0], fusion=PartSpec("available"))
    refused(tmp_path, "Chips of 8 px, 6 in a batch, are too small .*more than 1 value", spec=spec, batch_size=6)


def test_chips_that_the_disk_has_no_room_for_are_refused(tmp_path, unread, monkeypatch):
    write_chips(tmp_path / "chips")
    usage = train_model.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(train_model.shutil, "disk_usage", lambda _: usage._replace(free=10 * 16 * 16 * (2 * 4 + 1) - 1))
    refused(tmp_path, "take 0.0 GB on disk .* Make room there, or fewer chips")


def test_a_device_that_is_not_there_is_refused_before_chips_are_read(tmp_path, unread):
    write_chips(tmp_path / "chips")
    refused(tmp_path, "DEVICE is cuda:99", device="cuda:99")


# --- Labels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [write_chips, write_values])
@pytest.mark.parametrize(
    ("splits", "judge"), [(("test",), "validation"), (("validation",), "test"), (("validation", "test"), "train")]
)
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_splits_without_labels_are_told_of_and_left_out(tmp_path, write, splits, judge):
    relabelled(write(tmp_path / "chips"), splits, IGNORE if write is write_chips else np.nan)
    said, outcome, properties = trained(tmp_path, report=str(tmp_path / "page.html"))
    for split in ("train", "validation", "test"):
        assert (f"No pixel of the {split} chips is labelled" in said) == (split in splits)
    assert outcome.metrics["split"] == properties["terraloom:held_out_scores"]["split"] == judge
    assert all(np.isfinite(value) for name, value in outcome.metrics.items() if name not in ("split", "model"))
    assert ("Validation:" in said) == ("validation" not in splits)


def test_values_that_are_all_the_same_where_they_are_judged_are_scored_by_their_error(tmp_path):
    relabelled(write_values(tmp_path / "chips"), ("validation", "test"), 180.1)
    said, outcome, properties = trained(tmp_path, baseline=True, report=str(tmp_path / "page.html"))
    assert "Validation: negative RMSE -" in said and "R2" not in said
    rmse = outcome.metrics["rmse"]
    assert outcome.metrics.keys() == {"model", "split", "rmse", "forest_rmse"}
    scores = properties["terraloom:held_out_scores"]
    assert scores.keys() == {"split", "rmse", "random_forest_rmse"} and scores["rmse"] == pytest.approx(rmse)
    assert f"{rmse:.4f}" in (tmp_path / "page.html").read_text()


@pytest.mark.parametrize(("write", "value"), [(write_chips, IGNORE), (write_values, np.nan)])
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_training_chips_without_labels_are_refused(tmp_path, write, value):
    relabelled(write(tmp_path / "chips"), ("train",), value)
    refused(tmp_path, "No pixel of the training chips has a known value in band 1 of the labels")


def test_infinite_values_are_refused(tmp_path):
    relabelled(write_values(tmp_path / "chips"), ("train",), np.inf)
    refused(tmp_path, "labels.*holds infinite values")


@pytest.mark.parametrize(("write", "value"), [(write_chips, IGNORE), (write_values, np.nan)])
def test_training_chips_of_which_some_have_no_labels_are_learnt_from(tmp_path, write, value):
    chips = write(tmp_path / "chips")
    relabelled(replace(chips, chips=chips.chips[:3]), ("train",), value)
    _, outcome, _ = trained(tmp_path, batch_size=1)  # some batches have no label at all
    assert all(np.isfinite(score) for name, score in outcome.metrics.items() if name not in ("split", "model"))


def manifest_changed(folder, change):
    document = json.loads((folder / MANIFEST).read_text())
    change(document)
    (folder / MANIFEST).write_text(json.dumps(document))


def test_one_class_alone_is_refused(tmp_path, unread):
    write_chips(tmp_path / "chips")

    def forget(document):
        for chip in document["chips"]:
            chip["pixels"]["2"] = 0

    manifest_changed(tmp_path / "chips", forget)
    refused(tmp_path, r"pixels of 1 class\(es\) only")


@pytest.mark.parametrize(("validation", "warned"), [(0, False), (1, True), (2, False)])
def test_validation_in_a_single_block_is_told_of(tmp_path, validation, warned):
    write_chips(tmp_path / "chips", splits=("train",) * 6 + ("validation",) * validation + ("test",) * 2)
    said, _, _ = trained(tmp_path)
    assert ("All validation chips lie in one block" in said) == warned


def test_a_class_in_a_single_block_is_named(tmp_path):
    write_chips(tmp_path / "chips")

    def keep_one(document):
        for chip in document["chips"][1:]:
            chip["pixels"]["2"] = 0

    manifest_changed(tmp_path / "chips", keep_one)
    said, _, _ = trained(tmp_path)
    assert "All pixels of High lie in one block" in said and "All pixels of Low" not in said


# --- Images --------------------------------------------------------------------------------------------------------


def without_data(chips, band, splits):
    """A band of some splits becomes NaN throughout, on all dates."""
    for chip in (chip for chip in chips.chips if chip.split in splits):
        for source in chips.inputs:
            with rasterio.open(chips.image_file(chip, source), "r+") as dataset:
                for date in range(len(source.days) or 1):
                    dataset.write(np.full(dataset.shape, np.nan, np.float32), date * len(source.bands) + band)


@pytest.mark.parametrize("days", [(), (0, 16, 48)])
def test_a_band_without_data_in_all_training_chips_is_named(tmp_path, days):
    chips = write_chips(tmp_path / "chips", names=("optical",), days=days)
    without_data(chips, 2, ("train",))
    refused(tmp_path, "Band b of the input optical has no data in any training chip")


def test_gaps_count_as_nothing(tmp_path):
    """A band that is unknown in half of the training chips and in all others does no harm."""
    chips = write_chips(tmp_path / "chips")
    without_data(replace(chips, chips=chips.chips[3:]), 2, ("train", "validation", "test"))
    _, outcome, _ = trained(tmp_path, epochs=12, preset="fewlabels")
    assert outcome.metrics["miou"] > 0.9, "the other band tells the classes"
