"""Overlapping tiles are averaged everywhere, up to the image's edge, whatever is worked off together."""

import numpy as np
import pytest
import toys
from hypothesis import given, settings
from hypothesis import strategies as st
from maps import apply
from rasterio.windows import Window
from scipy.ndimage import uniform_filter
from terraloom.engine.tiles.blending import Blender, weights
from terraloom.engine.tiles.tiling import BlendedTiling, Reach, Tile


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    width=st.integers(1, 150),
    height=st.integers(1, 150),
    stride=st.sampled_from([1, 4, 16]),
    tiles=st.integers(1, 4),
    overlap=st.sampled_from([0.0, 0.25, 0.5, 0.9]),
    block_px=st.integers(1, 200),
    data=st.data(),
)
def test_strips_cover_the_area_once_and_tiles_all_of_it(width, height, stride, tiles, overlap, block_px, data):
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    area = Window(left, top, data.draw(st.integers(1, width - left)), data.draw(st.integers(1, height - top)))
    side = stride * tiles
    block_px = max(block_px, int(area.width) // 6 + 1)
    tiling = BlendedTiling(width, height, area, Reach(stride, 0), (side, side), overlap, block_px)
    finished, seen = np.zeros((height, width), int), np.zeros((height, width), int)
    for strip in tiling:
        for tile in strip.tiles:
            assert tile.read.col_off % stride == 0 and tile.read.row_off % stride == 0
            assert tile.read.width % stride == 0 and tile.read.height % stride == 0
            assert not finished[tile.write.toslices()][-1, 0], "a tile comes after its rows were finished"
            seen[tile.write.toslices()] += 1
        finished[strip.write.toslices()] += 1
        assert (seen[strip.write.toslices()] > 0).all()
    expected = np.zeros_like(finished)
    expected[area.toslices()] = 1
    np.testing.assert_array_equal(finished, expected)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    width=st.integers(1, 200),
    stride=st.sampled_from([1, 4, 16, 48]),
    side=st.integers(1, 90),
    margin=st.integers(0, 12),
    fixed=st.booleans(),
    overlap=st.sampled_from([0.0, 0.25, 0.9]),
    data=st.data(),
)
def test_outputs_cover_the_area_whatever_sizes_a_network_takes_and_gives(
    width, stride, side, margin, fixed, overlap, data
):
    left = data.draw(st.integers(0, width - 1))
    area = Window(left, 0, data.draw(st.integers(1, width - left)), 1)
    side = side + 2 * margin if fixed else -(-(side + 2 * margin) // stride) * stride
    reach = Reach(stride, 0, margin, (side, side) if fixed else None)
    seen = np.zeros(width, int)
    for strip in BlendedTiling(width, 1, area, reach, (side, side), overlap, width):
        for tile in strip.tiles:
            assert tile.write.width > 0
            first, last = tile.read.col_off + margin, tile.read.col_off + tile.read.width - margin
            seen[max(0, first) : max(0, last)] += 1
    assert seen[left : left + int(area.width)].all()


@pytest.mark.parametrize("tile_size", [0, 64, 30])
def test_a_network_without_padding_is_blended_up_to_the_edge(tmp_path, tile_size):
    """A mean over 17 x 17 px, of a tile less 8 px on each side."""
    document = toys.card(task="regression", activation="none", radius=8)
    document["properties"]["mlm:output"][0]["terraloom:margin_px"] = 8
    weight = np.full((1, 1, 17, 17), 1 / 289, np.float32)
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"])]
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 1, document)
    values = np.random.default_rng(0).uniform(-5, 5, (70, 90)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    made = apply(tmp_path, model, source, seams="blend", tile_size=tile_size)
    expected = uniform_filter(values, 17, mode="constant")
    np.testing.assert_allclose(toys.read(made["output"])[0].filled(np.nan), expected, atol=1e-5)


def test_weights_are_above_zero_at_the_edge():
    tile = Tile(Window(0, 0, 64, 48), Window(0, 0, 64, 48))
    found = weights(tile, 0.25)
    assert found.shape == (48, 64) and found.min() > 0 and found.max() == 1
    np.testing.assert_array_equal(found, found[::-1, ::-1])


def test_averages_are_weighted():
    blender = Blender(0.5)
    first, second = (Tile(Window(at, 0, 4, 2), Window(at, 0, 4, 2)) for at in (0, 2))
    known = np.ones((2, 4), bool)
    blender.add(first, np.full((1, 2, 4), 1, np.float32), known)
    blender.add(second, np.full((1, 2, 4), 3, np.float32), known)
    found, there = blender.take(Window(0, 0, 6, 2))
    assert there.all()
    one, other = weights(first, 0.5)[0, 2], weights(second, 0.5)[0, 0]
    np.testing.assert_allclose(found[0, 0, [0, 2, 5]], [1, (one + 3 * other) / (one + other), 3], rtol=1e-6)


@pytest.mark.parametrize("turns", ["none", "flips", "rotations"])
@pytest.mark.parametrize("seams", ["exact", "blend"])
def test_an_identity_gives_the_image_back(tmp_path, seams, turns):
    values = np.random.default_rng(0).uniform(-5, 5, (90, 70)).astype(np.float32)
    values[30:40, 5:60] = -9999
    source = toys.raster(tmp_path / "in.tif", values, nodata=-9999)
    model = toys.identity(tmp_path / "m.onnx")
    made = apply(tmp_path, model, source, seams=seams, turns=turns, tile_size=32)
    found = toys.read(made["output"])[0]
    np.testing.assert_array_equal(np.ma.getmaskarray(found), values == -9999)
    np.testing.assert_allclose(found.data[values != -9999], values[values != -9999], rtol=1e-6)


def test_turns_average_what_a_network_says_of_each(tmp_path):
    """A network that looks one pixel to the right says the mean of both neighbours when flips are averaged."""
    weight = np.zeros((1, 1, 1, 3), np.float32)
    weight[0, 0, 0, 2] = 1
    nodes = [toys.helper.make_node("Conv", ["image", "w"], ["output"], pads=[0, 1, 0, 1])]
    document = toys.card(task="regression", activation="none", radius=1)
    model = toys.save(tmp_path / "m.onnx", nodes, {"w": weight}, 1, document)
    values = np.random.default_rng(0).uniform(-5, 5, (40, 50)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    padded = np.pad(values, 1)
    made = apply(tmp_path, model, source, turns="flips", tile_size=16)
    sides = (padded[1:-1, 2:] + padded[1:-1, :-2]) / 2
    np.testing.assert_allclose(toys.read(made["output"])[0], sides, rtol=1e-5, atol=1e-6)
    made = apply(tmp_path, model, source, turns="rotations", tile_size=16)
    all_four = (sides + (padded[2:, 1:-1] + padded[:-2, 1:-1]) / 2) / 2
    np.testing.assert_allclose(toys.read(made["output"])[0], all_four, rtol=1e-5, atol=1e-6)


def test_a_network_that_sees_its_whole_tile_is_blended(tmp_path, monkeypatch):
    """Each tile minus its own mean: blended, the map has no jump, and blocks of columns change nothing."""
    nodes = [
        toys.helper.make_node("ReduceMean", ["image"], ["mean"], axes=[2, 3], keepdims=1),
        toys.helper.make_node("Sub", ["image", "mean"], ["output"]),
    ]
    document = toys.card(task="regression", activation="none", **{"terraloom:global_operations": ["mean"]})
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 1, document)
    ramp = np.linspace(0, 100, 300, dtype=np.float32) * np.ones((90, 1), np.float32)
    source = toys.raster(tmp_path / "in.tif", ramp)
    made = apply(tmp_path, model, source, tile_size=64)
    found = toys.read(made["output"])[0]
    assert np.abs(np.diff(found, axis=1)).max() < 2  # tiles side by side would jump by 16
    monkeypatch.setattr("terraloom.engine.memory.memory_plan.BLENDED_ROOM", 1e-9)
    (tmp_path / "narrow").mkdir()
    again = apply(tmp_path / "narrow", model, source, tile_size=64)
    np.testing.assert_array_equal(toys.read(again["output"])[0], found)
