"""Whole extents are explained tile by tile as if they were one."""

import gc
import re
import tracemalloc

import numpy as np
import onnxruntime
import pytest
import rasterio
import toys
from affine import Affine
from explanations import EAST, NORTH, Listening, bands, explain, linear, point, rows
from terraloom.engine.explanation import extent_cutting
from terraloom.engine.explanation.tile_sum import TileSum, write_cells
from terraloom.engine.grids.grid import Grid
from terraloom.engine.progress import Silent
from terraloom.engine.requests.network_run import Extent
from terraloom.engine.tiles.mosaic import Layer


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


def test_saliency_has_no_sign_over_an_extent_either(tmp_path, values):
    model, _ = linear(tmp_path / "m.onnx")
    source, extent = toys.raster(tmp_path / "in.tif", values), Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM)
    made, _ = explain(tmp_path, model, source, extent=extent, name="saliency", wants=("table",))
    for row in rows(made["table"]):
        assert float(row["signed_sum"]) == pytest.approx(float(row["mean_abs"]) * 40 * 50, rel=1e-4)


@pytest.mark.parametrize(
    ("method", "where"),
    [
        ("inputxgradient", {"extent": Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM)}),
        ("saliency", {"place": point(20, 25)}),
    ],
)
def test_what_has_no_sign_is_told_in_the_colours_above_zero_only(tmp_path, values, method, where):
    model, _ = linear(tmp_path / "m.onnx")
    source = toys.raster(tmp_path / "in.tif", values)
    made, _ = explain(tmp_path, model, source, name=method, wants=("output",), **where)
    style = made["output"].with_suffix(".qml").read_text("utf-8")
    assert 'classificationMin="0.0"' in style and 'alpha="0"' in style and 'value="-' not in style


@pytest.mark.parametrize("method", ["inputxgradient", "occlusion"])
def test_a_sliver_at_the_edge_counts_by_its_pixels(tmp_path, method, monkeypatch):
    """Shares are those of the extent as a whole, however it is cut: the second band is bright in slivers only."""
    values = np.zeros((2, 72, 72), np.float32)
    values[0], values[1, 64:], values[1, :, 64:] = 1, 10, 10
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"])]
    document = toys.card(("red", "nir"), 1, task="regression", activation="none")
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": np.ones((1, 2, 1, 1), np.float32)}, 2, document)
    source, extent = toys.raster(tmp_path / "in.tif", values), Extent(EAST, NORTH - 72, EAST + 72, NORTH, toys.UTM)
    monkeypatch.setattr(extent_cutting, "CORE_PX", 64)
    given = {"name": method, "window_px": 8, "baseline": "value", "baseline_value": "0"}
    given = given if method == "occlusion" else {"name": method}
    made, figures = explain(tmp_path, model, source, extent=extent, wants=("table",), **given)
    each = values.mean(axis=(1, 2))
    assert figures["tiles"] == 4
    assert [float(row["share"]) for row in rows(made["table"])] == pytest.approx(each / each.sum(), rel=1e-3)
    assert [float(row["mean_abs"]) for row in rows(made["table"])] == pytest.approx(each, rel=1e-3)
    for row in rows(made["table"]):
        assert float(row["share_low"]) <= float(row["share"]) <= float(row["share_high"])


def test_of_several_values_it_is_named_which_is_explained(tmp_path, values):
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"])]
    document = toys.card(("red", "nir"), 2, task="regression", activation="none")
    document["properties"]["mlm:output"][0]["terraloom:channels"] = ["height", "slope"]
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": np.eye(2, dtype=np.float32)[..., None, None]}, 2, document)
    source, extent = toys.raster(tmp_path / "in.tif", values), Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM)
    made, figures = explain(tmp_path, model, source, extent=extent, name="inputxgradient")
    page = made["report"].read_text("utf-8")
    assert figures["explained_class"] == "height" and figures["first_share"] == 1
    assert "counts in every pixel" in page and "what is predicted" not in page and "own class" not in page


def test_an_extent_on_the_grid_of_the_model_is_no_larger_than_asked(tmp_path):
    model, _ = linear(tmp_path / "m.onnx", **{"terraloom:resolution_m": 2.0})
    values = np.random.default_rng(0).normal(size=(2, 120, 120)).astype(np.float32)
    extent = Extent(EAST + 40, NORTH - 80, EAST + 80, NORTH - 40, toys.UTM)
    given = {"extent": extent, "name": "inputxgradient", "window_px": 1, "wants": ("output",)}
    made, _ = explain(tmp_path, model, toys.raster(tmp_path / "in.tif", values), **given)
    with rasterio.open(made["output"]) as dataset:
        assert (*dataset.bounds, *dataset.res) == (EAST + 40, NORTH - 80, EAST + 80, NORTH - 40, 2, 2)


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


def steep(path):
    """A network that changes on so short a stretch of the way that few steps miss it."""
    nodes = [
        toys.helper.make_node("Conv", ["image", "w"], ["seen"], pads=[1] * 4),
        toys.helper.make_node("Sigmoid", ["seen"], ["output"]),
    ]
    weight = 3 * np.random.default_rng(1).normal(size=(1, 2, 3, 3)).astype(np.float32)
    return toys.save(
        path,
        nodes,
        {"w": weight},
        2,
        toys.card(("red", "nir"), 1, radius=1, task="regression", activation="none"),
    )


@pytest.mark.parametrize("method", ["integratedgradients", "gradientshap"])
def test_what_tiles_miss_of_adding_up_is_told(tmp_path, values, method, monkeypatch):
    """The signed sums of the table less the difference is what the one tile misses; more tiles cannot hide it."""
    model, source = steep(tmp_path / "m.onnx"), toys.raster(tmp_path / "in.tif", values)
    extent, heard = Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM), Listening()
    given = {"extent": extent, "name": method, "samples": 3, "baseline": "value", "baseline_value": "0"}
    made, figures = explain(tmp_path, model, source, progress=heard, **given)
    page = made["report"].read_text("utf-8")
    told = re.search(r"Completeness \(all tiles\).*?convergence delta (\S+) of (\S+) \((\S+) %\)", page, re.S)
    missed, differences, share = map(float, told.groups())
    assert missed == pytest.approx(figures["delta"], rel=0.01)
    assert share == pytest.approx(100 * missed / differences, rel=0.1) and share > 5
    assert "Completeness (all tiles)" in heard.warnings[0] and "raise SAMPLES" in heard.warnings[0]
    if method == "integratedgradients":
        session = onnxruntime.InferenceSession(model)
        one, nothing = (session.run(None, {"image": each[None]})[0].sum() for each in (values, 0 * values))
        added = sum(float(row["signed_sum"]) for row in rows(made["table"]) if row["kind"] == "band")
        assert differences == pytest.approx(abs(one - nothing), rel=0.01)
        assert missed == pytest.approx(abs(added - (one - nothing)), rel=0.02)
    monkeypatch.setattr(extent_cutting, "CORE_PX", 16)
    monkeypatch.setattr(extent_cutting, "LEAST_CORE_PX", 8)
    assert explain(tmp_path, model, source, **given)[1]["delta"] >= 0.99 * figures["delta"]


@pytest.mark.parametrize("method", ["integratedgradients", "gradientshap", "saliency"])
def test_what_adds_up_is_not_warned_of(tmp_path, values, method):
    model, _ = linear(tmp_path / "m.onnx")
    source, heard = toys.raster(tmp_path / "in.tif", values), Listening()
    extent = Extent(EAST, NORTH - 40, EAST + 50, NORTH, toys.UTM)
    _, figures = explain(tmp_path, model, source, progress=heard, extent=extent, wants=("output",), name=method)
    assert heard.warnings == [] and ("delta" in figures) == (method != "saliency")
    assert figures.get("delta", 0) < 0.01


class Weighing(Silent):
    """Looks how much memory is held when a fifth and when three fifths of the work are done."""

    def __init__(self):
        self.held = []

    def update(self, fraction, mpx_per_s=None):
        if len(self.held) < 2 and fraction >= (0.2, 0.6)[len(self.held)]:
            gc.collect()
            self.held.append(tracemalloc.get_traced_memory()[0])


@pytest.mark.parametrize("method", ["occlusion", "shap"])
def test_memory_does_not_grow_with_the_extent(tmp_path, method, monkeypatch):
    """Of each tile is held what bands count in it, and none of its pixels: an image of 34 x 34 px takes 9 kB."""
    monkeypatch.setattr(extent_cutting, "CORE_PX", 32)
    model, _ = linear(tmp_path / "m.onnx")
    values = np.random.default_rng(0).normal(size=(2, 2048, 64)).astype(np.float32)
    source, heard = toys.raster(tmp_path / "in.tif", values), Weighing()
    extent = Extent(EAST, NORTH - 2048, EAST + 64, NORTH, toys.UTM)
    given = {"extent": extent, "name": method, "window_px": 16, "wants": ("output",)}
    tracemalloc.start()
    _, figures = explain(tmp_path, model, source, progress=heard, **given)
    tracemalloc.stop()
    tiles = figures["tiles"]
    assert tiles == 128
    assert heard.held[1] - heard.held[0] < tiles / 2 * 1000


def test_memory_does_not_grow_with_rows_of_cells(tmp_path):
    """Cells may be large and rows of them wide: this one holds 34 MB."""
    grid = Grid(None, Affine(1, 0, 0, 0, -1, 0), 4096, 256)
    tiles, layer = (
        TileSum(tmp_path / "s.tif", grid, (0, 0), 8),
        Layer(tmp_path / "c.tif", tuple("abcdefghi"), "float32", np.nan),
    )
    values = np.random.default_rng(0).normal(size=(8, 256, 4096)).astype(np.float32)
    values[:, :, 300:700] = np.nan
    with rasterio.open(tmp_path / "s.tif", "r+") as dataset:
        dataset.write(values)
    tracemalloc.start()
    write_cells(tiles, grid, 200, layer, joint=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30e6
    expected = np.abs(values[:, :200, :200]).mean(axis=(1, 2))
    with rasterio.open(tmp_path / "c.tif") as dataset:
        found = dataset.read()
    assert found.shape == (9, 2, 21) and np.isnan(found[:, :, 2]).all()
    np.testing.assert_allclose(found[:8, 0, 0], expected, rtol=1e-5)
    np.testing.assert_allclose(found[:8, 1, 20], np.abs(values[:, 200:, 4000:]).mean(axis=(1, 2)), rtol=1e-5)
    np.testing.assert_allclose(found[:8, 0, 3], np.abs(values[:, :200, 700:800]).mean(axis=(1, 2)), rtol=1e-5)
