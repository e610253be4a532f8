"""Networks of other tools that take tiles of one size, or see more than a tile, have the seams they promise."""

import foreign_toys
import numpy as np
import onnxruntime
import pytest
import toys
from foreign_maps import assert_brightest, picture
from maps import apply
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.requests.card_fields import CardFields
from terraloom.tests.engine.environment_fakes import Recorder


def test_a_network_of_one_fixed_size_has_exact_seams(tmp_path):
    values = picture(200, 170)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    names = ("probabilities",)
    (tmp_path / "free").mkdir()
    free = apply(tmp_path / "free", foreign_toys.segmentor(tmp_path / "f.onnx"), source, wants=names, seams="exact")
    for side in (64, 96):
        (tmp_path / str(side)).mkdir()
        model = foreign_toys.fixed_size(tmp_path / f"{side}.onnx", side)
        fixed = apply(tmp_path / str(side), model, source, wants=names, seams="exact")
        np.testing.assert_array_equal(toys.read(fixed["probabilities"]), toys.read(free["probabilities"]))


def test_detectors_of_tiles_that_are_not_square_are_refused(tmp_path):
    nodes = [foreign_toys.node("MaxPool", "image", "cells", kernel_shape=[8, 8], strides=[8, 8])]
    nodes.append(foreign_toys.node("Reshape", "cells shape", "objects"))
    shapes = {"image": [1, 3, 64, 32]}, {"objects": [1, 12, 8]}
    model = foreign_toys.save(tmp_path / "m.onnx", nodes, {"shape": np.array([1, 12, 8])}, *shapes)
    source = toys.raster(tmp_path / "in.tif", picture(), pixel=0.5)
    with pytest.raises(ModelError, match="takes tiles of 64 x 32 px. Detectors run here on square tiles only"):
        apply(tmp_path, model, source, wants=("polygons",), card=CardFields(task="object-detection"))


@pytest.mark.parametrize("size", [(96, 64), (64, 160)], ids=str)
def test_tiles_of_one_size_need_not_be_square(tmp_path, size):
    values = picture(200, 170)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    for seams in ("exact", "blend"):
        (tmp_path / seams).mkdir()
        model = foreign_toys.fixed_size(tmp_path / "m.onnx", size[0], columns_px=size[1])
        told = Recorder()
        made = apply(tmp_path / seams, model, source, wants=("output", "probabilities"), seams=seams, progress=told)
        assert_brightest(made["output"], values)
    assert any(f"Tiles of {size[1]} x {size[0]} px" in line for line in told.logs)
    (tmp_path / "free").mkdir()
    model = foreign_toys.segmentor(tmp_path / "f.onnx")
    free = apply(tmp_path / "free", model, source, wants=("probabilities",), seams="exact")
    exact = tmp_path / "exact" / "probabilities.tif"
    np.testing.assert_array_equal(toys.read(exact), toys.read(free["probabilities"]))


@pytest.mark.parametrize(("rows", "columns"), [(150, 130), (152, 132)])
def test_without_padding_a_network_of_one_size_has_exact_seams_too(tmp_path, rows, columns):
    values = picture(rows, columns)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    free = onnxruntime.InferenceSession(foreign_toys.without_padding(tmp_path / "free.onnx"))
    tall, wide = ((side + 16) // 4 * 4 + 2 for side in (rows, columns))  # a size that it takes without a remainder
    padded = np.pad(values / np.float32(255), ((0, 0), (4, 16), (4, 16)))[:, :tall, :wide]
    (whole,) = free.run(None, {"image": padded[np.newaxis].astype(np.float32)})
    model = foreign_toys.without_padding(tmp_path / "m.onnx", 62)
    made = apply(tmp_path, model, source, wants=("probabilities",), seams="exact")
    found = toys.read(made["probabilities"]).filled(np.nan)
    np.testing.assert_allclose(found, whole[0, :, 1 : rows + 1, 1 : columns + 1], atol=1e-5)


def test_a_fixed_size_that_the_stride_does_not_divide_leaves_nothing_out(tmp_path):
    """The image plus its mean over blocks of 4 x 4 px, on tiles of 50 px."""
    values = np.random.default_rng(0).uniform(0, 9, (120, 160)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    pool = {"kernel_shape": [4, 4], "strides": [4, 4], "ceil_mode": 1}
    nearest = {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
    nodes = [
        foreign_toys.node("AveragePool", "image", "means", **pool),
        toys.helper.make_node("Resize", ["means", "", "", "size"], ["blocks"], **nearest),
        foreign_toys.node("Add", "blocks image", "output"),
    ]
    shape = [1, 1, 50, 50]
    card = toys.card(task="regression", activation="none", stride=4, radius=4)
    model = foreign_toys.save(
        tmp_path / "m.onnx",
        nodes,
        {"size": np.array(shape)},
        {"image": shape},
        {"output": shape},
        {"terraloom:card": card},
    )
    made = apply(tmp_path, model, source, seams="blend")
    assert np.isfinite(toys.read(made["output"])[0].filled(np.nan)).all()


@pytest.mark.parametrize("side", [90, 108])
def test_an_output_brought_to_a_size_that_the_strides_do_not_divide_is_taken(tmp_path, side):
    """Four halvings and back to the tile: a size that the graph cannot foretell from its strides, as DeepLab's 513."""
    values = picture(130, 150)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    nodes = [
        foreign_toys.node("Conv", "image half", "by2", strides=[2, 2], pads=[1] * 4),
        foreign_toys.node("Conv", "by2 half", "by4", strides=[2, 2], pads=[1] * 4),
        foreign_toys.node("Conv", "by4 half", "by8", strides=[2, 2], pads=[1] * 4),
        foreign_toys.node("Conv", "by8 half", "by16", strides=[2, 2], pads=[1] * 4),
        toys.helper.make_node("Resize", ["by16", "", "", "size"], ["output"], mode="linear"),
    ]
    half = np.eye(3, dtype=np.float32)[:, :, np.newaxis, np.newaxis] * np.full((3, 3), 1 / 9, np.float32)
    shape = [1, 3, side, side]
    weights = {"half": half, "size": np.array(shape)}
    model = foreign_toys.save(tmp_path / "m.onnx", nodes, weights, {"image": shape}, {"output": shape})
    fields = CardFields(task="semantic-segmentation", classes=("a", "b", "c"), activation="softmax")
    made = apply(tmp_path, model, source, card=fields)
    assert (toys.read(made["output"])[0].filled(255) < 3).all()


def test_sizes_between_the_multiples_of_the_stride_are_refused(tmp_path):
    source = toys.raster(tmp_path / "in.tif", picture(), pixel=0.5)
    with pytest.raises(ModelError, match="a multiple of 4 px plus 2, since it does not pad. Export it"):
        apply(tmp_path, foreign_toys.without_padding(tmp_path / "m.onnx"), source)


def test_a_size_that_the_network_does_not_take_is_refused(tmp_path):
    source = toys.raster(tmp_path / "in.tif", picture(), pixel=0.5)
    with pytest.raises(ModelError, match="tiles of one size, where TILE_SIZE would do nothing"):
        apply(tmp_path, foreign_toys.fixed_size(tmp_path / "m.onnx", 64), source, tile_size=50)


@pytest.mark.any_backend
@pytest.mark.usefixtures("own_home")
@pytest.mark.parametrize("memory_mb", [0, 1500])
@pytest.mark.parametrize("size", [(150, 130), (40, 30)], ids=str)
def test_a_size_that_is_baked_in_is_that_of_all_tiles(tmp_path, memory_mb, size):
    values = picture(*size)
    source, told = toys.raster(tmp_path / "in.tif", values, pixel=0.5), Recorder()
    model = foreign_toys.baked_in(tmp_path / "m.onnx")
    made = apply(tmp_path, model, source, max_memory_mb=memory_mb, progress=told)
    assert_brightest(made["output"], values)
    assert any("Tiles of 64 x 64 px" in line for line in told.logs)


def test_a_tile_size_is_refused_where_another_is_baked_in(tmp_path):
    source = toys.raster(tmp_path / "in.tif", picture(), pixel=0.5)
    model = foreign_toys.baked_in(tmp_path / "m.onnx")
    with pytest.raises(ModelError, match="with tiles of one size, where TILE_SIZE would do nothing"):
        apply(tmp_path, model, source, tile_size=128)
    apply(tmp_path, model, source, tile_size=64)


def test_tiles_that_are_not_square_are_not_turned_by_a_quarter(tmp_path):
    source = toys.raster(tmp_path / "in.tif", picture(), pixel=0.5)
    model = foreign_toys.fixed_size(tmp_path / "m.onnx", 96, columns_px=64)
    with pytest.raises(ModelError, match="m takes tiles of 96 x 64 px only, .* Set TEST_TIME_AUGMENTATION to flips"):
        apply(tmp_path, model, source, turns="rotations")
    apply(tmp_path, model, source, turns="flips")


def test_an_overlap_is_refused_where_seams_are_exact(tmp_path):
    source = toys.raster(tmp_path / "in.tif", picture(), pixel=0.5)
    model = foreign_toys.segmentor(tmp_path / "m.onnx")
    with pytest.raises(ModelError, match="OVERLAP is 0.5, but the tiles of m have exact seams.*set SEAMS to blend"):
        apply(tmp_path, model, source, card=CardFields(overlap=0.5))
    apply(tmp_path, model, source, card=CardFields(overlap=0.5), seams="blend", tile_size=64)


def test_a_network_whose_card_hides_its_mean_is_blended(tmp_path):
    """The image less its mean: tiles of a slope would differ by half a tile's rise at each seam if they were joined."""
    slope = np.linspace(0, 255, 256, dtype=np.float32)[np.newaxis, np.newaxis].repeat(64, axis=1)
    source = toys.raster(tmp_path / "in.tif", slope, pixel=0.5)
    nodes = [
        toys.helper.make_node("ReduceMean", ["image"], ["mean"], axes=[2, 3], keepdims=1),
        toys.helper.make_node("Sub", ["image", "mean"], ["output"]),
    ]
    model = toys.save(tmp_path / "m.onnx", nodes, {}, 1, toys.card(task="regression", activation="none"))
    told = Recorder()
    made = apply(tmp_path, model, source, tile_size=64, progress=told)
    assert any("blended seams" in line for line in told.logs)
    steps = np.abs(np.diff(toys.read(made["output"])[0, 32]))
    assert steps.max() < 10
    with pytest.raises(ModelError, match=r"depends on its whole tile \(statistics over the image \(ReduceMean\)\)"):
        apply(tmp_path, model, source, tile_size=64, seams="exact")


def test_values_bound_to_places_are_tried(tmp_path):
    """A gradient as large as the tile is laid over the image: it moves with the tile, so a silent card is overruled."""
    source = toys.raster(tmp_path / "in.tif", np.ones((1, 64, 96), np.float32), pixel=0.5)
    nodes = [
        toys.helper.make_node("Shape", ["image"], ["shape"]),
        toys.helper.make_node("ConstantOfShape", ["shape"], ["ones"], value=toys.numpy_helper.from_array(np.ones(1))),
        toys.helper.make_node("CumSum", ["ones", "axis"], ["numbers"]),
        toys.helper.make_node("Cast", ["numbers"], ["gradient"], to=1),
    ]
    weights = {"axis": np.array(3), "none": np.float32(0)}
    document = toys.card(task="regression", activation="none")
    added = toys.helper.make_node("Add", ["image", "gradient"], ["output"])
    nothing = [
        toys.helper.make_node("Mul", ["gradient", "none"], ["flat"]),
        toys.helper.make_node("Add", ["image", "flat"], ["output"]),
    ]
    moving = toys.save(tmp_path / "moving.onnx", [*nodes, added], weights, 1, document)
    still = toys.save(tmp_path / "still.onnx", [*nodes, *nothing], weights, 1, document)
    with pytest.raises(ModelError, match=r"depends on its whole tile \(values bound to places \(Add\)\)"):
        apply(tmp_path, moving, source, seams="exact")
    made = apply(tmp_path, still, source, seams="exact", tile_size=32)
    assert (toys.read(made["output"]) == 1).all()


def test_a_tile_size_does_not_break_the_promise_of_memory(tmp_path):
    source = toys.raster(tmp_path / "in.tif", picture(), pixel=0.5)
    model = foreign_toys.segmentor(tmp_path / "m.onnx")
    with pytest.raises(InputError, match="Tiles of 20000 px take about .* MAX_MEMORY_MB leaves"):
        apply(tmp_path, model, source, tile_size=20_000, max_memory_mb=2000)
    apply(tmp_path, model, source, tile_size=50, max_memory_mb=2000)


def test_blended_tiles_that_are_too_large_for_the_memory_should_be_smaller(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((64, 64), np.float32))
    fields = {"terraloom:global_operations": ["attention"], "terraloom:tile_px": 20_000, "radius": 9000}
    model = toys.identity(tmp_path / "m.onnx", **fields)
    with pytest.raises(InputError, match="Tiles of 20000 px .* Raise it, or choose a smaller TILE_SIZE"):
        apply(tmp_path, model, source, max_memory_mb=2000)
    apply(tmp_path, model, source, tile_size=64, max_memory_mb=2000)  # what it sees beyond its tile takes nothing


def test_an_image_smaller_than_the_fixed_size_is_padded(tmp_path):
    values = picture(40, 30)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    made = apply(tmp_path, foreign_toys.fixed_size(tmp_path / "m.onnx", 512), source)
    assert toys.read(made["output"]).shape == (1, 40, 30)
