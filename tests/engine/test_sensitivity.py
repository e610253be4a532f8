"""Layers that suffer most from 8-bit integers are found, and left as they are where nothing else helps."""

import numpy as np
import onnx
import toys
from onnx import helper
from terraloom.engine.progress import Silent
from terraloom.engine.speed import sensitivity
from terraloom.engine.speed.quantisation import find_ranges, prepare
from terraloom.engine.speed.sensitivity import finer_sparings, most_sensitive_first


def chain_of(path, kernels):
    """1 × 1 convolutions in a row, named after their order."""
    weights = {f"w{number}": np.array(each, np.float32)[:, :, None, None] for number, each in enumerate(kernels)}
    names = ["image", *(f"x{number}" for number in range(1, len(kernels))), "output"]
    nodes = [
        helper.make_node("Conv", [names[number], f"w{number}"], [names[number + 1]], name=f"layer {number}")
        for number in range(len(kernels))
    ]
    return toys.save(path, nodes, weights, 2, toys.card(("a", "b"), 2))


def prepared_for(tmp_path, kernels):
    model, prepared = chain_of(tmp_path / "m.onnx", kernels), tmp_path / "prepared.onnx"
    prepare(model, prepared, str(model))
    tiles = [np.random.default_rng(seed).uniform(0, 1, (1, 2, 32, 32)).astype(np.float32) for seed in range(3)]
    return prepared, find_ranges(prepared, tiles, Silent()), tiles


MIXING = [[0.6, 0.4], [0.4, 0.6]]


def test_layers_about_values_of_unlike_sizes_come_first(tmp_path):
    """Between layers 3 and 4 one channel is a thousand times the other: of 256 steps hardly any are left for that."""
    kernels = [MIXING, MIXING, MIXING, [[1000, 0], [0, 1]], [[0.001, 0], [0, 1]], MIXING]
    found = most_sensitive_first(*prepared_for(tmp_path, kernels), Silent())
    assert set(found[:2]) == {"layer 3", "layer 4"} and len(found) == 6


def test_at_most_a_third_of_the_layers_is_spared(tmp_path):
    sparings = list(finer_sparings(*prepared_for(tmp_path, [MIXING] * 13), Silent()))
    assert [len(spared) for spared in sparings] == [2, 4]
    assert sparings[1][:2] == sparings[0], "those that suffer most first"
    names = {node.name for node in onnx.load(str(tmp_path / "m.onnx")).graph.node}
    assert set(sparings[1]) < names


def test_of_few_layers_none_can_be_spared_and_none_is_tried(tmp_path, monkeypatch):
    monkeypatch.setattr(sensitivity, "quantise", None)
    assert list(finer_sparings(*prepared_for(tmp_path, [MIXING] * 5), Silent())) == []
