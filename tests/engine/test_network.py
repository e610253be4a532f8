"""A network is held against its card before work, and what it gives is checked while it runs."""

import os

import numpy as np
import onnx
import pytest
import toys
from foreign_detectors import detector
from terraloom.engine import network as network_module
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.memory.memory_footprint import bytes_per_px
from terraloom.engine.network import USUAL_FACTOR, Network, open_backend
from terraloom.engine.progress import Silent
from terraloom.engine.requests.card_fields import CardFields
from terraloom.tests.engine.environment_fakes import Recorder


def opened(path):
    return Network(path, CardFields(), "cpu", "auto", 1, Silent())


def reshaped(path, dims):
    """Give the input of a network fixed sizes along some axes."""
    model = toys.onnx.load(str(path))
    for axis, size in dims.items():
        model.graph.input[0].type.tensor_type.shape.dim[axis].dim_value = size
    toys.onnx.save(model, str(path))
    return path


def test_a_tile_goes_in_and_its_channels_come_out(tmp_path):
    network = opened(toys.identity(tmp_path / "m.onnx", bands=2))
    values = np.random.default_rng(0).normal(size=(2, 5, 7)).astype(np.float32)
    np.testing.assert_array_equal(network([values]), values[:1])
    assert (network.provider, network.precision, network.channels) == ("CPUExecutionProvider", "fp32", 1)
    assert network.fixed_px is None
    assert opened(reshaped(tmp_path / "m.onnx", {2: 64, 3: 32})).fixed_px == (64, 32)


@pytest.mark.parametrize("fixed", [{}, {0: 1}, {0: 2}])
def test_several_tiles_at_once_are_what_they_are_one_by_one(tmp_path, fixed):
    path = toys.random_network(tmp_path / "m.onnx", 1)
    network = opened(reshaped(path, fixed) if fixed else path)
    assert network.takes_several == (not fixed)
    tiles = np.random.default_rng(0).normal(size=(3, 2, 16, 24)).astype(np.float32)
    found = network.several([tiles])
    assert len(found) == 3
    for tile, said in zip(tiles, found, strict=True):
        np.testing.assert_allclose(said, network([tile]), atol=1e-6)


def test_a_network_is_not_run_with_the_card_of_one_that_it_took_the_place_of(tmp_path, monkeypatch):
    path, newer = toys.random_network(tmp_path / "m.onnx", 1), toys.random_network(tmp_path / "newer.onnx", 2)
    os.utime(path, (1, 1))
    kept = opened(path)

    def replaced_before(*given):
        os.replace(newer, path)
        return open_backend(*given)

    monkeypatch.setattr(network_module, "open_backend", replaced_before)
    with pytest.raises(InputError, match="m.onnx was changed or deleted while it was being read"):
        opened(path)
    with pytest.raises(InputError, match="m.onnx was changed"):
        kept.at_fp32()


def test_memory_that_is_given_back_is_written_to_again(tmp_path):
    network = opened(toys.random_network(tmp_path / "m.onnx", 0))
    rng = np.random.default_rng(0)
    tiles = [rng.normal(size=(2, *size)).astype(np.float32) for size in ((32, 32), (32, 32), (16, 48), (32, 32))]
    kept = [network([tile]) for tile in tiles]
    assert not any(np.may_share_memory(one, other) for one in kept for other in kept if one is not other)
    again = opened(tmp_path / "m.onnx")
    places = set()
    for tile, expected in zip(tiles, kept):
        found = again([tile])
        np.testing.assert_array_equal(found, expected)
        places.add(found.base.ctypes.data)
        again.give_back(found[:, 4:-4, 4:-4])
    assert len(places) == 1


def test_what_is_given_back_is_no_input(tmp_path):
    """A library may hand an input through as its output."""
    network = opened(toys.bands_as_classes(tmp_path / "m.onnx", 2))
    values = np.random.default_rng(0).normal(size=(2, 8, 8)).astype(np.float32)
    for _ in range(3):
        assert not np.may_share_memory(network([values]), values)


def test_a_tile_fills_the_batch_that_a_network_insists_on(tmp_path):
    values = np.random.default_rng(0).normal(size=(1, 8, 8)).astype(np.float32)
    told = Recorder()
    path = reshaped(toys.identity(tmp_path / "m.onnx"), {0: 4})
    network = Network(path, CardFields(), "cpu", "fp32", 1, told)
    for _ in range(3):
        np.testing.assert_array_equal(network([values]), values)
    assert any("takes 4 tiles at a time" in line for line in told.logs)


def test_batches_of_detectors_are_refused(tmp_path):
    path = reshaped(detector(tmp_path / "m.onnx"), {0: 4})
    model = toys.onnx.load(str(path))
    for shape in (output.type.tensor_type.shape for output in model.graph.output):
        shape.dim[0].dim_value = 4
    for weight in model.graph.initializer:
        if weight.name in ("boxes", "one_row", "two_rows"):
            array = toys.numpy_helper.to_array(weight)
            more = array.repeat(4, axis=0) if weight.name == "boxes" else np.array([4, *array[1:]])
            weight.CopyFrom(toys.numpy_helper.from_array(more, weight.name))
    toys.onnx.save(model, str(path))
    with pytest.raises(ModelError, match="one at a time.*batch of 1"):
        opened(path)


def test_a_card_of_another_network_is_noticed(tmp_path):
    nodes = [toys.helper.make_node("Identity", ["image"], ["output"])]
    with pytest.raises(ModelError, match="reads 3 bands, its card says 2"):
        opened(toys.save(tmp_path / "bands.onnx", nodes, {}, 3, toys.card(("a", "b"))))
    network = opened(toys.save(tmp_path / "classes.onnx", nodes, {}, 2, toys.card(("a", "b"), classes=4)))
    with pytest.raises(ModelError, match=r"\(2, 8, 8\); its card promises 4 channels of 8 x 8 px"):
        network([np.zeros((2, 8, 8), np.float32)])


def test_a_class_that_the_network_chose_itself_counts(tmp_path):
    nodes = [toys.helper.make_node("ArgMax", ["image"], ["output"], axis=1, keepdims=1)]
    path = toys.save(tmp_path / "m.onnx", nodes, {}, 3, toys.card(("a", "b", "c"), activation="none"))
    model = toys.onnx.load(str(path))
    model.graph.output[0].type.tensor_type.elem_type = toys.TensorProto.INT64
    toys.onnx.save(model, str(path))
    values = np.random.default_rng(0).normal(size=(3, 4, 4)).astype(np.float32)
    found = opened(path)([values])
    np.testing.assert_array_equal(found.argmax(axis=0), values.argmax(axis=0))
    np.testing.assert_array_equal(found.sum(axis=0), 1)


@pytest.mark.parametrize(("room_mb", "stride_px"), [(256, 16), (2, 16), (0.001, 16)])
def test_a_trial_takes_no_more_memory_than_is_meant_for_it(tmp_path, monkeypatch, room_mb, stride_px):
    tried = []

    def noting(*asked):
        tried.extend(asked[5])
        return open_backend(*asked)

    monkeypatch.setattr("terraloom.engine.network.open_backend", noting)
    monkeypatch.setattr("terraloom.engine.network.TRIAL_MB", room_mb)
    path = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:stride_px": stride_px})
    network = Network(path, CardFields(), "cpu", "auto", 1, Silent())
    ((_, _, rows, columns),) = tried
    needed_mb = USUAL_FACTOR * rows * columns * bytes_per_px(onnx.load(path), "NCHW", rows) / 1e6
    assert rows == columns and rows % network.card.stride_px == 0
    assert needed_mb <= room_mb or rows == network.card.stride_px
    assert rows == 512 or room_mb < 256


def test_weights_in_a_file_of_their_own_tell_one_model_from_another(tmp_path):
    marks = []
    for name, seed in (("one", 3), ("other", 4), ("again", 3)):
        (tmp_path / name).mkdir()
        whole = onnx.load(str(toys.random_network(tmp_path / f"{name}.onnx", seed, levels=0)))
        apart = {"save_as_external_data": True, "location": "weights", "size_threshold": 0}
        onnx.save_model(whole, str(tmp_path / name / "m.onnx"), **apart)
        marks.append(opened(tmp_path / name / "m.onnx").sha256)
    assert marks[0] == marks[2] != marks[1]
