"""Training chips calibrate a network and judge what its variant loses, on other chips than those."""

from dataclasses import replace

import chips
import numpy as np
import pytest
import rasterio
import toys
from optimising import facts, tiles_used
from terraloom.engine.chips.chip_tiles import _halves, chip_tiles
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.jobs import optimise_model
from terraloom.engine.network import Network
from terraloom.engine.progress import Silent
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.optimise_model import OptimiseModel
from terraloom.tests.engine.environment_fakes import Recorder

pytestmark = [pytest.mark.any_backend, pytest.mark.usefixtures("own_home")]


def high_or_low(path, names=("Low", "High")):
    """A segmentation of the chips of `chips.py`: `High` where the first of two bands is above its mean; three layers.

    Its classes have the names of the chips' classes, not their values.
    """
    weight = np.zeros((2, 2, 1, 1), np.float32)
    weight[0, 0], weight[1, 0] = -1, 1
    same = np.eye(2, dtype=np.float32)[:, :, np.newaxis, np.newaxis]
    document = toys.card(("a", "b"), 2, mean=100.0, std=20.0)
    for entry, name in zip(document["properties"]["mlm:output"][0]["classification:classes"], names):
        entry.update(name=name, title=name)
    steps = ("image", "v", "first"), ("first", "v", "second"), ("second", "w", "output")
    nodes = [toys.helper.make_node("Conv", [source, by], [target]) for source, by, target in steps]
    return toys.save(path, nodes, {"v": same, "w": weight}, 2, document)


def optimised_with_chips(folder, model, chips, progress=None, **more):
    request = OptimiseModel(str(model), "int8", (), str(folder / "fast.onnx"), threads=1, chips=str(chips), **more)
    return optimise_model.run(request, progress or Silent())


def spoil_labels(chip_set, splits):
    """Turn the labels of some splits round, Low for High."""
    for chip in (chip for split in splits for chip in chip_set.of(split)):
        with rasterio.open(chip_set.label_file(chip), "r+") as dataset:
            values = dataset.read(1)
            dataset.write(np.where(values == 1, 2, np.where(values == 2, 1, values)), 1)


def test_labels_of_chips_judge_the_loss(tmp_path, without_openvino):
    folder = tmp_path / "chips"
    chips.write_chips(folder, side_px=32)
    told = Recorder()
    outcome = optimised_with_chips(tmp_path, high_or_low(tmp_path / "m.onnx"), folder, told)
    assert outcome.metrics["loss"] == 0, "the classes lie far apart"
    said = facts(tmp_path / "fast.onnx")["terraloom:optimised"]
    assert said["loss_measure"] == "points of mean IoU against the labels"
    assert (said["chips"], said["calibration"], said["labels"]) == ("chips", [], [])
    assert "1 chips of the split validation set ranges, 1 others test." in told.logs


def test_no_chip_that_sets_ranges_tests_them(tmp_path, without_openvino, monkeypatch):
    chips.write_chips(tmp_path / "chips", ("validation",) * 8, side_px=32)
    ranging, testing = tiles_used(monkeypatch)
    optimised_with_chips(tmp_path, high_or_low(tmp_path / "m.onnx"), tmp_path / "chips")
    assert len(ranging) == len(testing) == len(set(ranging) | set(testing)) / 2 == 4


def test_validation_chips_are_taken_before_test_and_training_chips(tmp_path):
    splits = ("train",) * 4 + ("validation",) * 4 + ("test",) * 4
    network = Network(high_or_low(tmp_path / "m.onnx"), CardFields(), "cpu", "fp32", 1, Silent())
    for left_out, expected in (((), "validation"), (("validation",), "test"), (("validation", "test"), "train")):
        folder = tmp_path / expected
        kept = tuple(split for split in splits if split not in left_out)
        chip_set = chips.write_chips(folder, kept)
        spoil_labels(chip_set, {*kept} - {expected})
        found = chip_tiles(chip_set, network, 32, Silent())
        assert (found.split, len(found.ranging), len(found.testing)) == (expected, 2, 2)
        for tile in (*found.ranging, *found.testing):
            truth = np.ma.MaskedArray(tile.values[0] > 0, np.ma.getmaskarray(tile.labels))
            assert np.ma.getmaskarray(tile.labels).sum() == 4, "the corner without labels"
            assert (truth == tile.labels).all(), "labels are in the model's own values, 0 and 1"


def test_chips_of_one_block_of_ground_do_not_test_what_they_calibrate(tmp_path):
    chip_set = chips.write_chips(tmp_path, ("validation",) * 6)
    parts = [replace(chip, block="ab"[number % 2]) for number, chip in enumerate(chip_set.chips)]
    first, second = _halves(parts)
    assert {chip.block for chip in first} != {chip.block for chip in second}
    assert len({chip.block for chip in first}) == len({chip.block for chip in second}) == 1
    first, second = _halves([replace(chip, block="a") for chip in chip_set.chips])
    assert len(first) == len(second) == 3 and not {chip.name for chip in first} & {chip.name for chip in second}


def test_a_loss_on_the_labels_of_chips_is_refused(tmp_path, without_openvino):
    """Of the first band 8 bits leave nothing, beside a second that is large and counts nothing."""
    folder = tmp_path / "chips"
    chip_set = chips.write_chips(folder, side_px=32)
    for chip in chip_set.chips:
        with rasterio.open(chip_set.image_file(chip, chip_set.inputs[0]), "r+") as dataset:
            values = dataset.read()
            values[0] = 100 + (values[0] - 100) / 1000
            dataset.write(values)
    model = high_or_low(tmp_path / "m.onnx")
    with pytest.raises(ModelError, match=r"loses [0-9.]+ points of mean IoU against the labels, more than MAX_LOSS"):
        optimised_with_chips(tmp_path, model, folder)
    assert not (tmp_path / "fast.onnx").exists()


def test_only_training_chips_are_warned_of(tmp_path, without_openvino):
    folder, told = tmp_path / "chips", Recorder()
    chips.write_chips(folder, ("train",) * 4, side_px=32)
    optimised_with_chips(tmp_path, high_or_low(tmp_path / "m.onnx"), folder, told)
    assert any("no validation or test chips" in line for line in told.logs)


def test_classes_that_go_by_their_numbers_are_warned_of(tmp_path, without_openvino):
    folder, told = tmp_path / "chips", Recorder()
    chip_set = chips.write_chips(folder, side_px=32)
    network = Network(high_or_low(tmp_path / "m.onnx", ("Dark", "Bright")), CardFields(), "cpu", "fp32", 1, Silent())
    values = tuple(replace(each, value=each.value + 1) for each in network.card.legend.entries)
    network.card = replace(network.card, legend=replace(network.card.legend, entries=values))
    chip_tiles(chip_set, network, 32, told)
    assert any("has the same name on both sides (Low, High against Dark, Bright)" in each for each in told.logs)
    quiet = Recorder()
    chip_tiles(chip_set, Network(high_or_low(tmp_path / "n.onnx"), CardFields(), "cpu", "fp32", 1, Silent()), 32, quiet)
    assert not any("No class" in each for each in quiet.logs)


def test_values_of_chips_calibrate_models_of_values(tmp_path, without_openvino):
    chips.write_values(tmp_path / "chips", 32)
    model = toys.identity(tmp_path / "m.onnx", 2, mean=100.0, std=20.0)
    outcome = optimised_with_chips(tmp_path, model, tmp_path / "chips", max_loss=3)
    assert 0 <= outcome.metrics["loss"] < 3
    with pytest.raises(InputError, match="are values. Choose chips of classes"):
        optimised_with_chips(tmp_path, high_or_low(tmp_path / "n.onnx"), tmp_path / "chips")


def test_chips_that_do_not_suit_are_refused(tmp_path, without_openvino):
    folder = tmp_path / "chips"
    chips.write_chips(folder, ("validation",))
    model = high_or_low(tmp_path / "m.onnx")
    with pytest.raises(InputError, match="1 labelled chips of the split validation; at least two"):
        optimised_with_chips(tmp_path, model, folder)
    chips.write_chips(tmp_path / "more")
    other = high_or_low(tmp_path / "other.onnx", ("Low", "Water"))
    with pytest.raises(InputError, match="hold classes that the model does not have: High"):
        optimised_with_chips(tmp_path, other, tmp_path / "more")


def test_chips_of_any_side_become_what_the_network_takes(tmp_path):
    chip_set = chips.write_chips(tmp_path / "chips", ("validation",) * 2, side_px=20)
    network = Network(high_or_low(tmp_path / "m.onnx"), CardFields(), "cpu", "fp32", 1, Silent())
    (tile,) = chip_tiles(chip_set, network, 32, Silent()).testing
    assert tile.values.shape == (2, 20, 20)
    network.card = replace(network.card, stride_px=8)
    (tile,) = chip_tiles(chip_set, network, 32, Silent()).testing
    assert tile.values.shape == (2, 16, 16) and tile.labels.shape == tile.known.shape == (16, 16)
    network.card = replace(network.card, stride_px=32)
    (tile,) = chip_tiles(chip_set, network, 32, Silent()).testing
    assert tile.values.shape == (2, 32, 32)
    assert tile.known.sum() == 400 and np.ma.getmaskarray(tile.labels)[20:].all()
