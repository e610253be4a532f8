"""Whole extents are explained tile by tile as if they were one."""

import numpy as np
import pytest
import toys
from explanations import EAST, NORTH, bands, explain, linear, point, rows
from terraloom.engine.explanation import extent_cutting
from terraloom.engine.requests.network_run import Extent


@pytest.fixture
def values():
    return np.random.default_rng(2).uniform(-3, 3, (2, 40, 50)).astype(np.float32)


@pytest.mark.parametrize("core", [16, 24, 512])
def test_an_extent_is_explained_without_seams(tmp_path, values, core, monkeypatch):
    """Tiles add up to what the network makes of the whole extent, whatever their size."""
    monkeypatch.setattr(extent_cutting, "CORE_PX", core)
    monkeypatch.setattr(extent_cutting, "LEAST_CORE_PX", 8)
    model, weight = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values)
    extent = Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM)
    made, figures = explain(tmp_path, model, source, extent=extent, name="inputxgradient", window_px=4)
    found, transform, _ = bands(made["output"])
    inside = np.zeros((2, 42, 52), np.float32)
    for row in range(40):
        for col in range(50):
            inside[:, row : row + 3, col : col + 3] += weight
    each = np.abs(inside[:, 1:-1, 1:-1] * values)
    padded = np.full((2, 40, 52), np.nan)
    padded[:, :, :50] = each
    expected = np.nanmean(padded.reshape(2, 10, 4, 13, 4), axis=(2, 4))
    np.testing.assert_allclose(found["red"], expected[0], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(found["total"], expected.sum(axis=0), rtol=1e-4, atol=1e-5)
    assert transform.a == 4 and figures["tiles"] == -(-40 // core) * -(-50 // core)
    told = rows(made["table"])
    assert (told[0]["share_low"] != "") == (figures["tiles"] > 1)


@pytest.mark.parametrize("method", ["occlusion", "featureablation"])
def test_windows_over_an_extent_lie_on_one_lattice(tmp_path, values, method, monkeypatch):
    model, _ = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values)
    extent, found = Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM), []
    for core in (16, 512):
        monkeypatch.setattr(extent_cutting, "CORE_PX", core)
        made, _ = explain(tmp_path, model, source, extent=extent, name=method, window_px=5, wants=("output",))
        found.append(bands(made["output"])[0])
    assert list(found[0]) == (["total"] if method == "occlusion" else ["red", "nir", "total"])
    for name in found[0]:
        np.testing.assert_allclose(found[0][name], found[1][name], rtol=1e-4, atol=1e-4)


def test_networks_that_look_at_all_of_a_tile_are_explained_in_one(tmp_path):
    """The mean of the tile counts: each pixel adds the same."""
    nodes = [
        toys.helper.make_node("GlobalAveragePool", ["image"], ["mean"]),
        toys.helper.make_node("Add", ["image", "mean"], ["output"]),
    ]
    fields = {"terraloom:global_operations": ["mean"], "terraloom:tile_px": 32}
    document = toys.card(("red",), 1, task="regression", activation="none", **fields)
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 1, document)
    source = toys.raster(tmp_path / "in.tif", np.random.default_rng(0).normal(size=(1, 80, 90)).astype(np.float32))
    made, _ = explain(tmp_path, model, source, place=point(40, 40), name="saliency", wants=("output",))
    total = bands(made["output"])[0]["total"]
    assert total.shape == (32, 32)
    assert np.sort(total.ravel())[:-1] == pytest.approx(1 / 1024) and total.max() == pytest.approx(1 + 1 / 1024)


def test_draws_of_gradient_shap_leave_no_seams(tmp_path, values, monkeypatch):
    """Tiles share one set of draws: what they find adds up as if the extent were one."""
    nodes = [
        toys.helper.make_node("Conv", ["image", "w"], ["seen"], pads=[1] * 4),
        toys.helper.make_node("Sigmoid", ["seen"], ["output"]),
    ]
    weight = np.random.default_rng(1).normal(size=(1, 2, 3, 3)).astype(np.float32)
    document = toys.card(("red", "nir"), 1, radius=1, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 2, document)
    source = toys.raster(tmp_path / "in.tif", values)
    extent, found = Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM), []
    for core, seed in ((16, 0), (512, 0), (512, 1)):
        monkeypatch.setattr(extent_cutting, "CORE_PX", core)
        given = {"name": "gradientshap", "samples": 6, "seed": seed}
        made, _ = explain(tmp_path, model, source, extent=extent, wants=("output",), **given)
        found.append(bands(made["output"])[0]["total"])
    np.testing.assert_allclose(found[0], found[1], rtol=1e-3, atol=1e-5)
    assert np.abs(found[1] - found[2]).max() > 1e-3
