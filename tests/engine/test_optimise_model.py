"""A faster variant of a network is as good as it on the user's images, or is refused and leaves nothing."""

import json
from dataclasses import replace
from pathlib import Path

import chips
import numpy as np
import onnx
import pytest
import rasterio
import toys
from scipy.ndimage import gaussian_filter
from terraloom.engine.agreement import Confusion, compare_maps, relative_rmse
from terraloom.engine.backends import openvino_backend
from terraloom.engine.backends.onnxruntime_backend import CPU, OnnxruntimeBackend
from terraloom.engine.backends.openvino_backend import OpenvinoBackend
from terraloom.engine.chip_tiles import _halves, chip_tiles
from terraloom.engine.decoding import ClassDecoder
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.foreign_cards import read_card
from terraloom.engine.inference import Network
from terraloom.engine.jobs import optimise_model
from terraloom.engine.legend import Legend
from terraloom.engine.progress import Silent
from terraloom.engine.quantisation import sparings
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.optimise_model import OptimiseModel
from terraloom.engine.sample_tiles import SampleTile, sample_tiles
from terraloom.tests.engine.environment_fakes import Recorder
from terraloom.tests.engine.test_backends import BUNDLED, assert_exact, needs_openvino

pytestmark = pytest.mark.any_backend
FIELDS = {"mean": 60.0, "std": 20.0}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))


@pytest.fixture
def without_openvino(monkeypatch):
    monkeypatch.setattr(openvino_backend, "is_installed", lambda: False)


@pytest.fixture
def needs_bf16():
    needs_openvino()
    if "BF16" not in openvino_backend.abilities():
        pytest.skip("the processor has no bf16")


def image(path, bands=2, rows=300, columns=340, seed=0, **options):
    """A raster with patches of different brightness."""
    noise = np.random.default_rng(seed).standard_normal((bands, rows, columns))
    smooth = gaussian_filter(noise, (0, 6, 6)) * 400 + noise * 4 + 60
    values = smooth.clip(1, 255).astype(np.uint8)
    if options:
        values[:, :150] = 0
    return toys.raster(path, values, **options)


def optimised(folder, model, precision="int8", **more):
    images = more.pop("images", None) or (image(folder / "image.tif"),)
    request = OptimiseModel(str(model), precision, images, str(folder / "fast.onnx"), threads=1, **more)
    return optimise_model.run(request, more.get("progress") or Silent())


def facts(path):
    return read_card(Path(path)).document["properties"]


# int8


def test_a_quantised_network_agrees_with_its_original_and_says_so(tmp_path, without_openvino):
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    told = Recorder()
    request = OptimiseModel(str(model), "int8", (image(tmp_path / "image.tif"),), str(tmp_path / "fast.onnx"), (), 15.0)
    outcome = optimise_model.run(request, told)
    assert outcome.outputs == {"output": request.output}
    assert 0 < outcome.metrics["loss"] < 15 and outcome.metrics["speedup"] > 0
    card = read_card(Path(request.output))
    assert card.precision == "int8" and card.title == "Toy"
    said = card.document["properties"]["terraloom:optimised"]
    assert said["calibration"] == ["image.tif"], "no paths of this machine"
    assert said["loss"] == pytest.approx(outcome.metrics["loss"], abs=1e-3)
    assert said["loss"] < 100 - said["agreement"], "what it was unsure of counts less"
    assert "by the probabilities of the fp32 network" in said["loss_measure"]
    graph = onnx.load(request.output).graph
    assert [node.op_type for node in graph.node if "output" in node.output] == ["Conv"], "what comes out is not rounded"
    kinds = [node.op_type for node in graph.node]
    assert "QuantizeLinear" in kinds and kinds.count("DequantizeLinear") > kinds.count("Conv")
    assert any("layers left at fp32: loss" in line for line in told.logs)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_one_that_loses_too_much_is_refused_and_nothing_is_left(tmp_path, without_openvino):
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    told = Recorder()
    request = OptimiseModel(str(model), "int8", (image(tmp_path / "i.tif"),), str(tmp_path / "fast.onnx"), (), 0.0)
    with pytest.raises(ModelError, match=r"more than MAX_LOSS = 0. Nothing was written.*with LABELS"):
        optimise_model.run(request, told)
    tried = [line.split(" layers")[0] for line in told.logs if "left at fp32" in line]
    assert tried == ["0", "1", "2"], "the last layer is spared before it is given up, then the first as well"
    assert {path.name for path in tmp_path.iterdir()} <= {"m.onnx", "i.tif", "home"}


def test_both_libraries_compute_the_same_from_a_quantised_file(tmp_path):
    needs_openvino()
    model = toys.random_network(tmp_path / "m.onnx", 3, bands=2, **FIELDS)
    optimised(tmp_path, model, max_loss=100)
    tile = np.random.default_rng(0).standard_normal((1, 2, 128, 128)).astype(np.float32)
    (first,) = OnnxruntimeBackend(tmp_path / "fast.onnx", [CPU], 1, "int8").run({"image": tile})
    (second,) = OpenvinoBackend(tmp_path / "fast.onnx", 1, "int8").run({"image": tile})
    (exact,) = OnnxruntimeBackend(model, [CPU], 1).run({"image": tile})
    spread = exact.std()
    assert np.abs(first - second).mean() < 0.02 * spread
    assert np.abs(first - exact).mean() < 0.1 * spread


def test_true_loss_is_told_where_there_are_labels(tmp_path, without_openvino):
    model = toys.bands_as_classes(tmp_path / "m.onnx", 2)
    add_convolution(model)
    picture = image(tmp_path / "image.tif")
    truth = toys.raster(tmp_path / "truth.tif", toys.read(picture).data.argmax(axis=0).astype(np.uint8))
    outcome = optimised(tmp_path, model, images=(picture,), labels=(truth,), max_loss=20)
    said = facts(tmp_path / "fast.onnx")["terraloom:optimised"]
    assert said["loss_measure"] == "points of mean IoU against the labels" and said["labels"] == ["truth.tif"]
    assert outcome.metrics["loss"] == pytest.approx(100 - said["agreement"], abs=0.01), "the original makes no mistake"


def add_convolution(path):
    """Put a convolution that changes nothing in front of the output."""
    model = onnx.load(str(path))
    weight = np.eye(2, dtype=np.float32)[:, :, np.newaxis, np.newaxis]
    model.graph.initializer.append(toys.numpy_helper.from_array(weight, "w"))
    del model.graph.node[:]
    model.graph.node.append(toys.helper.make_node("Conv", ["image", "w"], ["output"]))
    onnx.save(model, str(path))


def test_values_are_compared_by_their_spread(tmp_path, without_openvino):
    model = toys.identity(tmp_path / "m.onnx", 2, **FIELDS)
    outcome = optimised(tmp_path, model, max_loss=3)
    assert 0 < outcome.metrics["loss"] < 3
    assert facts(tmp_path / "fast.onnx")["terraloom:optimised"]["loss_measure"] == "% relative RMSE"


def test_a_network_that_insists_on_a_batch_is_quantised(tmp_path, without_openvino):
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    fixed = onnx.load(str(model))
    fixed.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 2
    onnx.save(fixed, str(model))
    assert 0 < optimised(tmp_path, model, max_loss=15).metrics["loss"] < 15


def test_layers_to_spare_are_named_once(tmp_path):
    assert sparings(toys.identity(tmp_path / "m.onnx")) == ((), ("",))


# bf16


def test_a_bf16_variant_has_the_same_weights(tmp_path, needs_bf16):
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    outcome = optimised(tmp_path, model, "bf16", max_loss=5)
    assert 0 <= outcome.metrics["loss"] < 5
    made = onnx.load(str(tmp_path / "fast.onnx"))
    assert made.graph == onnx.load(str(model)).graph
    assert facts(tmp_path / "fast.onnx")["terraloom:precision"] == "bf16"
    assert facts(tmp_path / "fast.onnx")["terraloom:optimised"]["library"].startswith("OpenVINO 20")


def test_bf16_without_openvino_is_refused(tmp_path, without_openvino):
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    with pytest.raises(ModelError, match="EXTRAS = openvino"):
        optimised(tmp_path, model, "bf16")
    assert not (tmp_path / "fast.onnx").exists()


# What is refused


def test_what_cannot_be_optimised_is_refused_before_work(tmp_path, without_openvino):
    again = toys.random_network(tmp_path / "int8.onnx", 0, **{"terraloom:precision": "bf16"})
    with pytest.raises(ModelError, match="optimised already"):
        optimised(tmp_path, again)
    plain = toys.bands_as_classes(tmp_path / "plain.onnx", 2)
    with pytest.raises(ModelError, match="no layer that 8-bit integers would make faster"):
        optimised(tmp_path, plain)
    with pytest.raises(
        ModelError, match="model for line-extraction and reads 1 image.* segmentation and regression of"
    ):
        optimised(tmp_path, toys.bands_as_lines(tmp_path / "lines.onnx", 2))
    with pytest.raises(InputError, match="expects 3 bands"):
        optimised(tmp_path, toys.random_network(tmp_path / "three.onnx", 0, bands=3, **FIELDS))


def test_a_request_checks_itself():
    with pytest.raises(InputError, match="int8 or bf16"):
        OptimiseModel("m.onnx", "fp16", ("a.tif",), "o.onnx")
    with pytest.raises(InputError, match="no image to calibrate with"):
        OptimiseModel("m.onnx", "int8", (), "o.onnx")
    with pytest.raises(InputError, match="2 rasters of labels for 3 images"):
        OptimiseModel("m.onnx", "int8", ("a", "b", "c"), "o.onnx", ("d", "e"))
    with pytest.raises(InputError, match="beside which CALIBRATION, LABELS would do nothing"):
        OptimiseModel("m.onnx", "int8", ("a",), "o.onnx", ("b",), chips="folder")
    with pytest.raises(InputError, match="cannot be negative"):
        OptimiseModel("m.onnx", "int8", ("a",), "o.onnx", max_loss=-1)


# Training chips


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


def test_validation_chips_are_taken_before_test_and_training_chips(tmp_path):
    splits = ("train",) * 4 + ("validation",) * 4 + ("test",) * 4
    network = Network(high_or_low(tmp_path / "m.onnx"), CardFields(), "cpu", "fp32", 1, Silent())
    for left_out, expected in (((), "validation"), (("validation",), "test"), (("validation", "test"), "train")):
        folder = tmp_path / expected
        kept = tuple(split for split in splits if split not in left_out)
        chip_set = chips.write_chips(folder, kept)
        spoil_labels(chip_set, {*kept} - {expected})
        found = chip_tiles(chip_set, network, 32)
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
    (tile,) = chip_tiles(chip_set, network, 32).testing
    assert tile.values.shape == (2, 20, 20)
    network.card = replace(network.card, stride_px=8)
    (tile,) = chip_tiles(chip_set, network, 32).testing
    assert tile.values.shape == (2, 16, 16) and tile.labels.shape == tile.known.shape == (16, 16)
    network.card = replace(network.card, stride_px=32)
    (tile,) = chip_tiles(chip_set, network, 32).testing
    assert tile.values.shape == (2, 32, 32)
    assert tile.known.sum() == 400 and np.ma.getmaskarray(tile.labels)[20:].all()


# Tiles


def wants(**fields):
    return read_card_of(toys.card(("b0", "b1"), 3, **{**FIELDS, **fields})).inputs[0]


def read_card_of(document):
    from terraloom.engine.library.card import ModelCard

    return ModelCard.from_document(document)


def test_tiles_lie_apart_hold_data_and_are_scaled(tmp_path):
    picture = image(tmp_path / "image.tif", nodata=0)
    tiles = sample_tiles((picture,), (), wants(), 16, ((), ()), 4)
    assert {tile.values.shape for tile in tiles} == {(2, 64, 64)} and len(tiles) == 4
    assert all(tile.known.mean() >= 0.5 for tile in tiles)
    raw = (toys.read(picture).data.astype(np.float32) - 60) / 20
    windows = np.lib.stride_tricks.sliding_window_view(raw, (64, 64), axis=(1, 2))[0, ::64, ::64].reshape(-1, 64, 64)
    places = {int(np.abs(windows - np.where(tile.known, tile.values[0], -3)).sum((1, 2)).argmin()) for tile in tiles}
    assert len(places) == 4


def test_labels_on_another_grid_are_the_nearest(tmp_path):
    coarse = np.arange(30 * 34).reshape(30, 34) % 3
    truth = toys.raster(tmp_path / "truth.tif", coarse.astype(np.uint8), pixel=10.0)
    picture = image(tmp_path / "image.tif")
    fine = coarse.repeat(10, 0).repeat(10, 1)
    blocks = fine[:256, :256].reshape(2, 128, 2, 128).swapaxes(1, 2).reshape(-1, 128, 128)
    for tile in sample_tiles((picture,), (truth,), wants(), 16, ((), ()), 4):
        assert (np.asarray(tile.labels) == blocks).all((1, 2)).any()


def test_images_that_hold_too_little_are_refused(tmp_path):
    with pytest.raises(InputError, match="too little data"):
        sample_tiles((image(tmp_path / "i.tif", rows=70, columns=70),), (), wants(), 16, ((), ()), 8)


# Figures


def test_mean_iou_counts_the_classes_that_the_truth_has():
    legend = Legend.from_document(toys.card(classes=3)["properties"]["mlm:output"][0]["classification:classes"])
    counted = Confusion(legend)
    truth, said = np.array([[0, 0, 1, 1, 9]]), np.array([[0, 1, 1, 1, 2]], np.uint8)
    counted.add(truth, said, np.array([[True, True, True, True, True]]))
    assert counted.pixels == 4, "9 is no class"
    assert counted.mean_iou == pytest.approx((1 / 2 + 2 / 3) / 2)


def loss_without_labels(first, second):
    """Loss where an original and its variant give class 1 these numbers for a row of pixels, and class 0 the rest."""
    card = read_card_of(toys.card(classes=2, activation="none"))
    pair = tuple(np.array([[1 - np.array(shares)], [shares]], np.float32) for shares in (first, second))
    tile = SampleTile(np.zeros((1, 1, 4), np.float32), np.ones((1, 4), bool), None)
    return compare_maps([pair], [tile], ClassDecoder(card.output, card.legend, {"classes"}), 1.0).loss


def lost(pixels):
    """Loss where so much of one of two pixels of a class becomes the other class, of which there are two as well."""
    return 100 * (1 - ((2 - pixels) / 2 + 2 / (2 + pixels)) / 2)


def test_without_labels_a_change_costs_as_much_as_the_original_was_sure():
    assert loss_without_labels([0, 0, 1, 1], [0, 0, 1, 0.4]) == pytest.approx(lost(1))
    assert loss_without_labels([0, 0, 1, 0.6], [0, 0, 1, 0.4]) == pytest.approx(lost(0.2), abs=1e-4)
    assert loss_without_labels([0, 0, 1, 0.6], [0, 0, 1, 1]) == 0, "it changes no class"


def test_numbers_that_are_no_probabilities_are_taken_for_sure():
    assert loss_without_labels([-2, -2, 3, 0.6], [-2, -2, 3, 0.4]) == pytest.approx(lost(1))


def test_relative_rmse_is_that_of_known_numbers():
    values = np.array([[[0.0, 2.0, 4.0, np.nan]]], np.float32)
    tile = SampleTile(values, np.ones((1, 4), bool), None)
    assert relative_rmse([(values, values)], [tile]) == 0
    assert relative_rmse([(values, values + 1)], [tile]) == pytest.approx(1 / np.std([0, 2, 4]))


# Exact seams


def test_tiles_of_a_quantised_network_equal_the_whole(tmp_path):
    needs_openvino()
    picture = toys.raster(tmp_path / "image.tif", toys.read(image(tmp_path / "i.tif", 3, 320, 320)), pixel=0.5)
    request = OptimiseModel(str(BUNDLED), "int8", (picture,), str(tmp_path / "fast.onnx"), max_loss=100, threads=2)
    optimise_model.run(request, Silent())
    assert_exact(OpenvinoBackend(tmp_path / "fast.onnx", 2, "int8"), seed=1)
    assert_exact(OnnxruntimeBackend(tmp_path / "fast.onnx", [CPU], 2, "int8"), seed=2)
    said = json.loads(json.dumps(facts(tmp_path / "fast.onnx")))
    assert said["terraloom:held_out_scores"] == facts(BUNDLED)["terraloom:held_out_scores"]
