"""LIME and Kernel SHAP over an extent replace blocks on one lattice, so that their maps know no tiles."""

import re

import numpy as np
import pytest
import toys
from explanations import EAST, NORTH, bands, explain, linear
from terraloom.engine.errors import InputError
from terraloom.engine.explanation import explainer, extent_cutting
from terraloom.engine.requests.network_run import Extent

EXTENT = Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM)
METHODS = ("lime", "shap")


def curved(path):
    """A network in which neighbouring pixels matter together."""
    nodes = [
        toys.helper.make_node("Conv", ["image", "w"], ["seen"], pads=[2] * 4),
        toys.helper.make_node("Sigmoid", ["seen"], ["output"]),
    ]
    weight = np.random.default_rng(1).normal(0.1, 0.3, size=(1, 2, 5, 5)).astype(np.float32)
    document = toys.card(("red", "nir"), 1, radius=2, task="regression", activation="none")
    return toys.save(path, nodes, {"w": weight}, 2, document)


def total(tmp_path, model, values, **given):
    """The map of all bands together, and how many tiles were explained."""
    source = toys.raster(tmp_path / "in.tif", values)
    made, figures = explain(tmp_path, model, source, extent=EXTENT, wants=("output",), **given)
    return bands(made["output"])[0]["total"], figures["tiles"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("core", [16, 512])
def test_a_flat_image_gives_a_flat_map(tmp_path, method, core, monkeypatch):
    """Where all is alike, blocks differ by chance alone: a few per cent, wherever tiles end."""
    monkeypatch.setattr(extent_cutting, "CORE_PX", core)
    model, flat = curved(tmp_path / "m.onnx"), np.ones((2, 40, 50), np.float32)
    baseline = {"baseline": "value", "baseline_value": "-0.5"}
    found, tiles = total(tmp_path, model, flat, name=method, window_px=5, samples=6000, **baseline)
    inner = found[1:-1, 1:-1]  # at the image's edge the network sees less
    assert tiles == (12 if core == 16 else 1) and found.shape == (8, 10)
    assert inner.std() < 0.035 * inner.mean()
    np.testing.assert_allclose(inner, inner.mean(), rtol=0.09)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("by_band", [False, True])
def test_tiles_make_no_difference_but_for_chance(tmp_path, values, method, by_band, monkeypatch):
    model, found = curved(tmp_path / "m.onnx"), []
    for core in (16, 512):
        monkeypatch.setattr(extent_cutting, "CORE_PX", core)
        given = {"name": method, "window_px": 5, "samples": 4000, "by_band": by_band}
        found.append(total(tmp_path, model, values, **given)[0])
    assert np.corrcoef(found[0].ravel(), found[1].ravel())[0, 1] > 0.99
    assert found[0].mean() == pytest.approx(found[1].mean(), rel=0.03)


def test_lime_takes_few_samples(tmp_path, monkeypatch):
    """Weights of samples, and the image among them, would make values hang on their number and that of the blocks."""
    model, flat, found = curved(tmp_path / "m.onnx"), np.ones((2, 40, 50), np.float32), []
    for core, samples in ((16, 0), (512, 0), (512, 6000)):
        monkeypatch.setattr(extent_cutting, "CORE_PX", core)
        given = {"window_px": 5, "samples": samples, "baseline": "value", "baseline_value": "-0.5"}
        found.append(total(tmp_path, model, flat, name="lime", **given)[0][1:-1, 1:-1])
    assert found[0].std() < 0.06 * found[0].mean() and found[1].std() < 0.06 * found[1].mean()
    assert [each.mean() for each in found[:2]] == pytest.approx([found[2].mean()] * 2, rel=0.02)


@pytest.mark.parametrize("by_band", [False, True])
def test_few_blocks_are_exact_in_any_tiles(tmp_path, values, by_band, monkeypatch):
    """Shapley values of all subsets add up over tiles: those of 40 x 50 px hold six blocks, or six of each band."""
    model, found = curved(tmp_path / "m.onnx"), []
    for core, seed in ((16, 0), (512, 0), (512, 1)):
        monkeypatch.setattr(extent_cutting, "CORE_PX", core)
        given = {"name": "shap", "window_px": 20, "samples": 4096 if by_band else 64, "by_band": by_band}
        found.append(total(tmp_path, model, values, seed=seed, **given)[0])
    np.testing.assert_allclose(found[0], found[1], rtol=1e-3)
    np.testing.assert_array_equal(found[1], found[2])  # nothing is left to chance


@pytest.mark.parametrize(("method", "near"), [("lime", 0.1), ("shap", 1e-3)])
@pytest.mark.parametrize("window", [4, 10])
def test_cells_are_the_blocks_of_the_window(tmp_path, values, method, near, window, monkeypatch):
    """On a linear network each block adds what its pixels do, and each of its pixels shows it."""
    monkeypatch.setattr(extent_cutting, "CORE_PX", 16)
    model, weight = linear(tmp_path / "m.onnx", radius=0)
    source = toys.raster(tmp_path / "in.tif", values)
    given = {"name": method, "window_px": window, "by_band": True, "baseline": "value", "baseline_value": "0"}
    made, _ = explain(tmp_path, model, source, extent=EXTENT, wants=("output",), **given)
    found, transform, _ = bands(made["output"])
    assert transform.a == window
    rows, cols = np.arange(0, 40, window), np.arange(0, 50, window)
    adds = np.add.reduceat(np.add.reduceat(values * weight, rows, axis=1), cols, axis=2)
    for band, expected in zip(("red", "nir"), np.abs(adds)):
        np.testing.assert_allclose(found[band], expected, rtol=near, atol=near * expected.max())


@pytest.mark.parametrize("method", METHODS)
def test_chance_begins_at_the_seed(tmp_path, values, method, monkeypatch):
    monkeypatch.setattr(extent_cutting, "CORE_PX", 16)
    model = curved(tmp_path / "m.onnx")
    one, again, other = (total(tmp_path, model, values, name=method, seed=seed)[0] for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).max() > 0.01 * one.max()


def test_small_windows_make_small_tiles(tmp_path, values, monkeypatch):
    """What is held grows with the square of a tile's blocks, so that there are no more than a bound."""
    monkeypatch.setattr(extent_cutting, "MOST_FEATURES", 50)
    monkeypatch.setattr(extent_cutting, "LEAST_CORE_PX", 8)
    counts, kernel_shap = [], explainer.kernel_shap

    def counted(scores, image, baseline, features, *rest, **named):
        counts.append(features.count)
        return kernel_shap(scores, image, baseline, features, *rest, **named)

    monkeypatch.setattr(explainer, "kernel_shap", counted)
    model, _ = linear(tmp_path / "m.onnx")
    found, tiles = total(tmp_path, model, values, name="shap", window_px=5)
    assert tiles == len(counts) == 4 and max(counts) == 49  # of 33 x 33 px; the next larger tiles would hold all 80
    assert found.shape == (8, 10)


@pytest.mark.parametrize("method", METHODS)
def test_windows_that_are_too_small_are_refused_with_the_least(tmp_path, values, method):
    """40 x 50 px hold 2000 blocks of a pixel, and 500 of two."""
    model, _ = linear(tmp_path / "m.onnx")
    with pytest.raises(InputError, match="makes 2000 blocks .* Choose a WINDOW of at least 2"):
        total(tmp_path, model, values, name=method, window_px=1)
    with pytest.raises(InputError, match="makes up to 80 blocks .* SAMPLES must be at least 240, and it is 100"):
        total(tmp_path, model, values, name=method, window_px=5, samples=100)
    with pytest.raises(InputError, match="to tell 4 parts of the image apart, .* needs 12"):
        total(tmp_path, model, values, name=method, samples=8)
    assert not (tmp_path / "out.tif").exists()
    assert total(tmp_path, model, values, name=method, window_px=2)[0].shape == (20, 25)


@pytest.mark.parametrize(
    ("method", "said"), [("lime", "A linear model of blocks, fitted"), ("shap", "of each block in")]
)
def test_the_page_tells_of_blocks(tmp_path, values, method, said):
    model, source = curved(tmp_path / "m.onnx"), toys.raster(tmp_path / "in.tif", values)
    made, figures = explain(tmp_path, model, source, extent=EXTENT, wants=("report",), name=method)
    page = made["report"].read_text("utf-8")
    assert said in page and "Superpixels" not in page
    assert 0.5 < figures["similarity"] < 1, "a kernel whose weights are shuffled still sums up what is around"
    assert f"rank correlation {figures['similarity']:.2f} " in page and "is much the same" in page


@pytest.mark.parametrize("method", METHODS)
def test_networks_that_look_at_all_of_a_tile_are_cut_into_blocks_too(tmp_path, values, method):
    nodes = [
        toys.helper.make_node("GlobalAveragePool", ["image"], ["mean"]),
        toys.helper.make_node("Add", ["image", "mean"], ["sum"]),
        toys.helper.make_node("ReduceSum", ["sum", "axes"], ["output"], keepdims=1),
    ]
    fields = {"terraloom:global_operations": ["mean"], "terraloom:tile_px": 32}
    document = toys.card(("red", "nir"), 1, task="regression", activation="none", **fields)
    model = toys.save(tmp_path / "m.onnx", nodes, {"axes": np.array([1])}, 2, document)
    found, tiles = total(tmp_path, model, values, name=method, baseline="value", baseline_value="0")
    assert tiles == 12 and np.isfinite(found).all() and found.min() >= 0 and found.max() > 0


def test_a_small_extent_takes_no_more_than_a_large_one(tmp_path):
    """A network that sees 100 px around an extent of 12 x 12 px: 36 blocks of 2 px there would be 11,000 in all."""
    model, _ = linear(tmp_path / "m.onnx", **{"terraloom:receptive_radius_px": 100})
    values = np.random.default_rng(0).normal(size=(2, 240, 240)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    extent = Extent(EAST + 110, NORTH - 122, EAST + 122, NORTH - 110, toys.UTM)
    made, _ = explain(tmp_path, model, source, extent=extent, wants=("report", "output"), name="lime")
    asked = re.search(r"\(SAMPLES\).*?<td[^>]*>([0-9]+)<", made["report"].read_text("utf-8"), re.S)
    assert int(asked[1]) <= 3 * 256 and bands(made["output"])[1].a < 20
