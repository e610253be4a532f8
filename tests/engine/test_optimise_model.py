"""A faster variant of a network is as good as it on the user's images, or is refused and leaves nothing."""

import json
import re
from dataclasses import replace
from pathlib import Path

import foreign_toys
import numpy as np
import onnx
import pytest
import toys
from backend_cases import OF_ONE_IMAGE, assert_exact, bundled, needs_openvino
from onnx import version_converter
from optimising import FIELDS, facts, image, tiles_used
from terraloom.engine.backends import openvino_backend
from terraloom.engine.backends.onnxruntime_backend import CPU, OnnxruntimeBackend
from terraloom.engine.backends.openvino_backend import OpenvinoBackend
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.jobs import import_model, optimise_model
from terraloom.engine.library.installed import installed_models
from terraloom.engine.library.rules import LineRules
from terraloom.engine.lines.line_decoding import LineDecoder
from terraloom.engine.progress import Silent
from terraloom.engine.requests.import_model import ImportModel
from terraloom.engine.requests.optimise_model import OptimiseModel, suits
from terraloom.engine.speed import quantisation
from terraloom.engine.speed.agreement import mean_turn_deg
from terraloom.engine.speed.quantisation import sparings
from terraloom.engine.tiles.sample_tiles import SampleTile
from terraloom.tests.engine.environment_fakes import Recorder

pytestmark = [pytest.mark.any_backend, pytest.mark.usefixtures("own_home")]


@pytest.fixture
def needs_bf16():
    needs_openvino()
    if "BF16" not in openvino_backend.abilities():
        pytest.skip("the processor has no bf16")


def optimised(folder, model, precision="int8", **more):
    images = more.pop("images", None) or (image(folder / "image.tif"),)
    request = OptimiseModel(str(model), precision, images, str(folder / "fast.onnx"), threads=1, **more)
    return optimise_model.run(request, more.get("progress") or Silent())


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
    assert any("fast.onnx. Give it as MODEL_FILE" in line for line in told.logs), "it is in no list of models"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(("speedup", "is_told"), [(0.87, True), (1.09, True), (1.2, False)])
def test_one_that_is_no_faster_here_is_told(tmp_path, without_openvino, monkeypatch, speedup, is_told):
    compare = optimise_model.compare
    monkeypatch.setattr(optimise_model, "compare", lambda *pair: replace(compare(*pair), speedup=speedup))
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    told = Recorder()
    request = OptimiseModel(str(model), "int8", (image(tmp_path / "i.tif"),), str(tmp_path / "fast.onnx"), (), 15.0)
    optimise_model.run(request, told)
    here = [line for line in told.logs if "on this computer" in line]
    assert [f"{speedup:.2f} times as fast" in line and "int8" in line for line in here] == [True] * is_told


def test_one_that_loses_too_much_is_refused_and_nothing_is_left(tmp_path, without_openvino):
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    told = Recorder()
    request = OptimiseModel(str(model), "int8", (image(tmp_path / "i.tif"),), str(tmp_path / "fast.onnx"), (), 0.0)
    with pytest.raises(ModelError, match=r"more than MAX_LOSS = 0. Nothing was written.*with LABELS"):
        optimise_model.run(request, told)
    tried = [line.split(" layers")[0] for line in told.logs if "left at fp32" in line]
    assert tried == ["0", "1", "2", "2"], "the last layer is spared, the first as well, then the two that suffer most"
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


def test_progress_never_goes_back_however_many_variants_are_tried(tmp_path, without_openvino, monkeypatch):
    compare, seen, tried = optimise_model.compare, [], []

    def poor(*words):
        tried.append(compare(*words))
        return replace(tried[-1], loss=50.0)

    class Watching(Silent):
        def update(self, fraction, mpx_per_s=None):
            seen.append(fraction)

    monkeypatch.setattr(optimise_model, "compare", poor)
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    request = OptimiseModel(str(model), "int8", (image(tmp_path / "image.tif"),), str(tmp_path / "fast.onnx"))
    with pytest.raises(ModelError, match="Nothing was written"):
        optimise_model.run(request, Watching())
    assert len(tried) > 3, "layers were left as they are for how much they suffer"
    assert seen == sorted(seen) and 0.9 < seen[-1] < 1


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


def test_no_tile_that_sets_ranges_tests_them(tmp_path, without_openvino, monkeypatch):
    """What is measured on tiles that the ranges were made for says nothing of others."""
    ranging, testing = tiles_used(monkeypatch)
    optimised(tmp_path, toys.random_network(tmp_path / "m.onnx", 3, **FIELDS), max_loss=100)
    assert len(ranging) == len(testing) == len(set(ranging) | set(testing)) / 2 == 10, "20 tiles of 64 px fit"


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


def test_weights_in_a_file_beside_the_network_come_along(tmp_path, without_openvino):
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    outside = onnx.load(str(model))
    onnx.save(outside, str(model), save_as_external_data=True, location="weights.bin", size_threshold=100)
    assert 0 < optimised(tmp_path, model, max_loss=15).metrics["loss"] < 15
    (tmp_path / "weights.bin").unlink()
    assert OnnxruntimeBackend(tmp_path / "fast.onnx", [CPU], 1, "int8").outputs


@pytest.mark.parametrize(("opset", "ir_version"), [(9, 3), (11, 6), (12, 7)])
def test_a_network_of_older_form_is_quantised(tmp_path, without_openvino, opset, ir_version):
    """Before opset 13 there are no scales per channel; before IR 4 weights stand among the inputs too."""
    model = toys.bands_as_classes(tmp_path / "m.onnx", 2)
    add_convolution(model)
    older = onnx.load(str(model))
    older.ir_version = ir_version
    older.opset_import[0].version = opset
    if ir_version < 4:
        older.graph.input.append(toys.helper.make_tensor_value_info("w", onnx.TensorProto.FLOAT, [2, 2, 1, 1]))
    onnx.save(older, str(model))
    optimised(tmp_path, model, max_loss=100)
    assert any(node.op_type == "QuantizeLinear" for node in onnx.load(str(tmp_path / "fast.onnx")).graph.node)


@pytest.mark.parametrize("kind", [RuntimeError, version_converter.ConvertError])
def test_one_that_cannot_be_brought_to_newer_operators_is_refused_in_words(tmp_path, monkeypatch, kind):
    def fails(model, opset):
        raise kind("No Adapter From Version $9 for Upsample.")

    monkeypatch.setattr(quantisation.version_converter, "convert_version", fails)
    model = toys.bands_as_classes(tmp_path / "m.onnx", 2)
    add_convolution(model)
    older = onnx.load(str(model))
    older.opset_import[0].version = 11
    onnx.save(older, str(model))
    with pytest.raises(ModelError, match="in opset 11 of ONNX, .* to 13, .* for Upsample. Export it with opset 13"):
        quantisation.prepare(model, tmp_path / "prepared.onnx", str(model))


def test_one_of_the_oldest_form_whose_inputs_lack_the_weights_is_refused_in_words(tmp_path):
    model = toys.bands_as_classes(tmp_path / "m.onnx", 2)
    add_convolution(model)
    older = onnx.load(str(model))
    older.ir_version, older.opset_import[0].version = 3, 7
    onnx.save(older, str(model))
    with pytest.raises(ModelError, match="m.onnx cannot be quantised: Input w is undefined"):
        quantisation.prepare(model, tmp_path / "prepared.onnx", str(model))


def test_what_cannot_be_quantised_is_named_by_the_file_that_the_user_chose(tmp_path, without_openvino):
    model = toys.bands_as_classes(tmp_path / "m.onnx", 2)
    with pytest.raises(ModelError, match=re.escape(f"{model} has no layer that 8-bit integers would make faster")):
        optimised(tmp_path, model)


def test_ranges_of_few_values_leave_none_out(tmp_path):
    """Nine values, of which every seventh would be two."""
    model = toys.bands_as_classes(tmp_path / "m.onnx", 2)
    add_convolution(model)
    tile = np.arange(18, dtype=np.float32).reshape(1, 2, 3, 3)
    ranges = quantisation.find_ranges(model, [tile], Silent())
    assert ranges["output"] == pytest.approx((0, 17), abs=0.01)


def test_a_network_of_one_size_is_calibrated_with_tiles_of_it(tmp_path, without_openvino):
    model = toys.random_network(tmp_path / "m.onnx", 3, **FIELDS)
    fixed = onnx.load(str(model))
    for place, side_px in ((2, 96), (3, 80)):
        fixed.graph.input[0].type.tensor_type.shape.dim[place].dim_value = side_px
    onnx.save(fixed, str(model))
    assert 0 < optimised(tmp_path, model, max_loss=15).metrics["loss"] < 15


def test_a_size_that_is_baked_in_is_that_of_the_tiles(tmp_path, without_openvino):
    model = foreign_toys.baked_in(tmp_path / "m.onnx", 128)
    library = ImportModel(str(model), str(tmp_path / "library"))
    imported = import_model.run(library, Silent()).outputs["model_file"]
    assert optimised(tmp_path, imported, images=(image(tmp_path / "i.tif", 3),), max_loss=100).metrics["loss"] < 50


def test_ranges_of_tiles_that_the_network_does_not_take_are_refused_in_words(tmp_path):
    model = foreign_toys.baked_in(tmp_path / "m.onnx")
    with pytest.raises(ModelError, match="cannot be run on arrays of 1 x 3 x 32 x 32"):
        quantisation.find_ranges(model, [np.zeros((1, 3, 32, 32), np.float32)], Silent())


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


# Lines


def test_of_lines_the_mask_is_judged_and_the_turn_of_directions_told():
    rules = LineRules(18, -5.0)
    decoder = LineDecoder(read_card(bundled("roads-aerial")).output, rules)
    tile = SampleTile(np.zeros((1, 4, 4), np.float32), np.ones((4, 4), bool), None)
    first = np.full((19, 4, 4), -20, np.float32)
    first[0, :2] = 20  # two rows of road
    first[1] = 20  # along the rows
    second = first.copy()
    second[1, 0], second[18, 0] = -20, 20  # the first row turned by one bin, the long way round
    assert mean_turn_deg([(first, second)], [tile], decoder) == pytest.approx(5, abs=1e-3), "10 degrees in half of it"
    assert np.isnan(mean_turn_deg([(np.full_like(first, -20), second)], [tile], decoder))


def test_a_network_of_lines_is_quantised(tmp_path, without_openvino):
    lines = {"terraloom:lines": {"bins": 18, "first_deg": -5.0}}
    model = toys.random_network(tmp_path / "m.onnx", 3, classes=19, activation="sigmoid", **lines, **FIELDS)
    told = Recorder()
    request = OptimiseModel(str(model), "int8", (image(tmp_path / "image.tif"),), str(tmp_path / "fast.onnx"), (), 15.0)
    outcome = optimise_model.run(request, told)
    assert read_card(tmp_path / "fast.onnx").lines == read_card(model).lines
    assert 0 < outcome.metrics["loss"] < 15
    (turned,) = [line for line in told.logs if line.startswith("Directions of lines differ by")]
    assert 0 < float(turned.split()[5]) < 45


# What is refused


def test_what_cannot_be_optimised_is_refused_before_work(tmp_path, without_openvino):
    again = toys.random_network(tmp_path / "int8.onnx", 0, **{"terraloom:precision": "bf16"})
    with pytest.raises(ModelError, match="optimised already"):
        optimised(tmp_path, again)
    int8 = toys.random_network(tmp_path / "int8.onnx", 0, **{"terraloom:precision": "int8"})
    with pytest.raises(ModelError, match=r"optimised already \(int8\). Use the file it was made from"):
        optimised(tmp_path, int8)
    plain = toys.bands_as_classes(tmp_path / "plain.onnx", 2)
    with pytest.raises(ModelError, match="no layer that 8-bit integers would make faster"):
        optimised(tmp_path, plain)
    with pytest.raises(ModelError, match="model for semantic-segmentation and reads 4 image.* of one image only"):
        optimised(tmp_path, bundled("flood-s1s2"))
    with pytest.raises(InputError, match="expects 3 bands"):
        optimised(tmp_path, toys.random_network(tmp_path / "three.onnx", 0, bands=3, **FIELDS))


def test_a_network_that_was_quantised_elsewhere_is_refused_before_work(tmp_path, without_openvino):
    optimised(tmp_path, toys.random_network(tmp_path / "m.onnx", 3, **FIELDS), max_loss=100)
    elsewhere = onnx.load(str(tmp_path / "fast.onnx"))
    onnx.helper.set_model_props(elsewhere, {"terraloom:card": json.dumps(toys.card(("b0", "b1"), 3, **FIELDS))})
    onnx.save(elsewhere, str(tmp_path / "q.onnx"))
    with pytest.raises(ModelError, match=r"q.onnx is optimised already \(int8\). Use the file it was made from"):
        optimised(tmp_path, tmp_path / "q.onnx")


def test_a_network_that_gives_no_numbers_is_refused(tmp_path, without_openvino):
    model = toys.bands_as_classes(tmp_path / "m.onnx", 2)
    add_convolution(model)
    empty = onnx.load(str(model))
    empty.graph.initializer[0].CopyFrom(toys.numpy_helper.from_array(np.full((2, 2, 1, 1), np.nan, np.float32), "w"))
    onnx.save(empty, str(model))
    with pytest.raises(ModelError, match="what is no number .* which 8-bit integers cannot hold"):
        optimised(tmp_path, model)


def test_the_models_that_are_offered_are_those_that_it_takes(tmp_path):
    assert tuple(model.card.model_id for model in installed_models((), suits)) == OF_ONE_IMAGE
    assert not suits(read_card(toys.identity(tmp_path / "int8.onnx", **{"terraloom:precision": "int8"})))


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


# Exact seams


@pytest.mark.parametrize("name", OF_ONE_IMAGE)
def test_tiles_of_a_quantised_network_equal_the_whole(tmp_path, name):
    needs_openvino()
    model = bundled(name)
    wants = read_card(model).inputs[0]
    values = toys.read(image(tmp_path / "i.tif", wants.channels, 320, 320))
    picture = toys.raster(tmp_path / "image.tif", values, pixel=wants.resolution_m)
    request = OptimiseModel(str(model), "int8", (picture,), str(tmp_path / "fast.onnx"), max_loss=100, threads=2)
    optimise_model.run(request, Silent())
    assert_exact(OpenvinoBackend(tmp_path / "fast.onnx", 2, "int8"), seed=1, model=model)
    assert_exact(OnnxruntimeBackend(tmp_path / "fast.onnx", [CPU], 2, "int8"), seed=2, model=model)
    said = json.loads(json.dumps(facts(tmp_path / "fast.onnx")))
    assert said["terraloom:held_out_scores"] == facts(model)["terraloom:held_out_scores"]
