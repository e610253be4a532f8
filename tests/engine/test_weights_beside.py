"""Weights that lie beside an ONNX file belong to it: a model whose weights were changed is another one."""

import os
import shutil

import numpy as np
import onnx
import pytest
import toys
from listening import Heard
from terraloom.engine.backends import trials
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.jobs import import_model
from terraloom.engine.learning.resumption import weights_mark
from terraloom.engine.network import Network
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.import_model import ImportModel


@pytest.fixture
def model(tmp_path):
    """A network whose weights lie beside it."""
    whole = onnx.load(str(toys.random_network(tmp_path / "m.onnx", 3, levels=0)))
    onnx.save_model(whole, str(tmp_path / "m.onnx"), save_as_external_data=True, location="w.bin", size_threshold=0)
    return tmp_path / "m.onnx"


def change(weights):
    """Other weights of the same size, a second later."""
    values = np.fromfile(weights, np.float32)
    (values * 2).tofile(weights)
    os.utime(weights, (0, os.stat(weights).st_mtime + 1))


def test_weights_that_change_under_an_open_network_are_noticed(model):
    network = Network(model, CardFields(), "cpu", "auto", 1, Heard())
    network.at_fp32()
    change(model.with_name("w.bin"))
    with pytest.raises(InputError, match="w.bin was changed or deleted while it was being read"):
        network.at_fp32()


def test_another_trial_and_another_training_are_of_other_weights(model, tmp_path):
    before = trials.key(model, 1), weights_mark(model)
    assert before == (trials.key(model, 1), weights_mark(model))
    change(model.with_name("w.bin"))
    assert not {*before} & {trials.key(model, 1), weights_mark(model)}
    checkpoint = tmp_path / "encoder.safetensors"
    checkpoint.write_bytes(b"no network")
    assert weights_mark(checkpoint) == weights_mark(shutil.copy(checkpoint, tmp_path / "copy.safetensors"))


def test_a_model_of_other_weights_does_not_replace_the_one_of_that_name(model, tmp_path, monkeypatch):
    monkeypatch.setenv("TERRALOOM_HOME", str(tmp_path / "home"))
    request = ImportModel(str(model), str(tmp_path / "home" / "models"))
    import_model.run(request, Heard())
    import_model.run(request, Heard())
    change(model.with_name("w.bin"))
    with pytest.raises(ModelError, match="There is a model m already"):
        import_model.run(request, Heard())


def test_whether_tiles_join_is_tried_again_with_other_weights(tmp_path):
    """In one row of all pixels, a kernel that weights its middle alone mixes no rows."""
    nodes = [
        toys.helper.make_node("Shape", ["image"], ["sizes"]),
        toys.helper.make_node("Reshape", ["image", "flat"], ["row"]),
        toys.helper.make_node("Conv", ["row", "kernel"], ["seen"], pads=[0, 1, 0, 1]),
        toys.helper.make_node("Reshape", ["seen", "sizes"], ["output"]),
    ]
    middle = np.array([0, 1, 0], np.float32).reshape(1, 1, 1, 3)
    document = toys.card(task="regression", activation="none", radius=1)
    path = toys.save(tmp_path / "m.onnx", nodes, {"flat": np.array([1, 1, 1, -1]), "kernel": middle}, 1, document)
    whole, weights = onnx.load(str(path)), tmp_path / "w.bin"
    onnx.external_data_helper.set_external_data(whole.graph.initializer[1], weights.name)
    onnx.save_model(whole, str(path))
    assert not read_card(path).global_operations
    np.ones(3, np.float32).tofile(weights)
    os.utime(weights, (0, os.stat(weights).st_mtime + 1))
    assert read_card(path).global_operations
