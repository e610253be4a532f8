"""Networks of other tools give the map that they promise, from the image to the file."""

import foreign_toys
import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from foreign_detectors import detector
from foreign_maps import assert_brightest, brightest, picture
from maps import apply
from onnx import TensorProto
from scipy.ndimage import uniform_filter, zoom
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.requests.card_fields import CardFields
from terraloom.tests.engine.environment_fakes import Recorder


@pytest.mark.parametrize(
    "make", [foreign_toys.segmentor, foreign_toys.bands_last, foreign_toys.half_precision, foreign_toys.bytes_in]
)
@pytest.mark.parametrize("tile_size", [0, 50])
def test_segmentors_of_any_layout_and_type(tmp_path, make, tile_size):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    made = apply(tmp_path, make(tmp_path / "m.onnx"), source, tile_size=tile_size)
    assert_brightest(made["output"], values)
    with rasterio.open(made["output"]) as dataset:
        assert len(dataset.colormap(1)) == 256


@pytest.mark.parametrize("bands_last", [False, True])
def test_an_output_without_a_batch_has_its_channels_first_or_last(tmp_path, bands_last):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    made = apply(tmp_path, foreign_toys.without_batch(tmp_path / "m.onnx", bands_last), source)
    assert_brightest(made["output"], values)


@pytest.mark.parametrize("make", [foreign_toys.one_channel, foreign_toys.without_channels])
def test_one_channel_is_the_second_of_two_classes(tmp_path, make):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    made = apply(tmp_path, make(tmp_path / "m.onnx"), source, wants=("output", "confidence"))
    share = values.mean(axis=0) / 255 - 0.5
    clear = np.abs(share) > 1e-3
    np.testing.assert_array_equal(toys.read(made["output"])[0][clear], (share > 0)[clear])
    second = 1 / (1 + np.exp(-foreign_toys.GAIN * share))
    np.testing.assert_allclose(toys.read(made["confidence"])[0], np.maximum(second, 1 - second), atol=1e-4)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: foreign_toys.fixed_size(path, 64, batch=4),
        lambda path: foreign_toys.class_numbers(path, batch=2),
        lambda path: foreign_toys.class_numbers(path, batch=2, bands_last=True),
    ],
)
def test_a_network_that_insists_on_a_batch_gets_its_tile_several_times(tmp_path, make):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    told = Recorder()
    made = apply(tmp_path, make(tmp_path / "m.onnx"), source, progress=told)
    assert_brightest(made["output"], values)
    assert any("tiles at a time" in line for line in told.logs)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": TensorProto.INT32, "keepdims": 1},
        {"kind": TensorProto.UINT8, "keepdims": 1, "bands_last": True},
        {"kind": TensorProto.FLOAT},
        {"kind": TensorProto.FLOAT, "bands_last": True},
    ],
    ids=str,
)
@pytest.mark.parametrize("run", [{}, {"tile_size": 50}, {"tile_size": 64, "seams": "blend"}], ids=str)
def test_class_numbers_are_classes(tmp_path, form, run):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    names = ("output", "confidence", "probabilities")
    made = apply(tmp_path, foreign_toys.class_numbers(tmp_path / "m.onnx", **form), source, wants=names, **run)
    assert_brightest(made["output"], values)
    if "seams" not in run:
        found = toys.read(made["output"])[0].data
        assert (toys.read(made["confidence"]) == 1).all()
        np.testing.assert_array_equal(toys.read(made["probabilities"]).data, found == np.arange(3)[:, None, None])


def test_two_classes_chosen_by_the_network_are_two_classes(tmp_path):
    values = picture(bands=3)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    weight, bias = foreign_toys.brightness()
    fields = CardFields(classes=("dark", "bright"))
    for kind, name in ((TensorProto.BOOL, "bool"), (TensorProto.INT64, "int64"), (TensorProto.FLOAT, "float")):
        nodes = [
            foreign_toys.node("Conv", "image w b", "score"),
            foreign_toys.node("Neg", "score", "other"),
            foreign_toys.node("Concat", "other score", "scores", axis=1),
            foreign_toys.node("ArgMax", "scores", "numbers", axis=1),
            foreign_toys.node("Cast", "numbers", "bright", to=kind),
        ]
        shapes = ["batch", 3, "height", "width"], ["batch", 1, "height", "width"]
        arrays = {"image": shapes[0]}, {"bright": shapes[1]}
        model = foreign_toys.save(
            tmp_path / f"{name}.onnx", nodes, {"w": weight, "b": bias}, *arrays, types={"bright": kind}
        )
        made = apply(tmp_path, model, source, wants=("output", "confidence"), card=fields)
        share = values.mean(axis=0) / 255 - 0.5
        clear = np.abs(share) > 1e-3
        np.testing.assert_array_equal(toys.read(made["output"])[0][clear], (share > 0)[clear])
        assert (toys.read(made["confidence"]) == 1).all()


def test_what_is_assumed_of_a_network_is_told_when_it_is_run(tmp_path):
    source = toys.raster(tmp_path / "in.tif", picture(), pixel=0.5)
    told = Recorder()
    model = foreign_toys.scores_only(tmp_path / "m.onnx")
    apply(tmp_path, model, source, card=CardFields(task="semantic-segmentation"), progress=told)
    (said,) = [line for line in told.logs if line.startswith("Nobody says the following, so it is assumed.")]
    assert "Values are divided by 255." in said and "A softmax makes probabilities of its output." in said
    told.logs.clear()
    apply(tmp_path, foreign_toys.segmentor(tmp_path / "s.onnx"), source, progress=told)
    assert any(line.startswith("Note: Deepness smooths the classes") for line in told.logs)


def test_a_number_that_is_no_class_leaves_nothing(tmp_path):
    """255 is what some networks give where they know nothing; here where red, of 200, is beyond all in the trial."""
    values = np.full((3, 40, 60), 10, np.uint8)
    values[1] = 90
    values[0, :20] = 200
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    nodes = [
        foreign_toys.node("Slice", "image first second one", "red"),
        foreign_toys.node("ArgMax", "image", "number", axis=1),
        foreign_toys.node("Greater", "red most", "unknown"),
        foreign_toys.node("Where", "unknown nothing number", "classes"),
    ]
    weights = {"first": np.array([0]), "second": np.array([1]), "one": np.array([1])}
    weights |= {"most": np.float32(1.5), "nothing": np.array(255)}
    shapes = ["batch", 3, "height", "width"], ["batch", 1, "height", "width"]
    types = {"classes": TensorProto.INT64}
    model = foreign_toys.save(
        tmp_path / "m.onnx", nodes, weights, {"image": shapes[0]}, {"classes": shapes[1]}, types=types
    )
    told = Recorder()
    fields = CardFields(task="semantic-segmentation", classes=("a", "b", "c"), mean=(0,), std=(100,))
    made = apply(tmp_path, model, source, card=fields, progress=told)
    found = toys.read(made["output"])[0]
    assert np.ma.getmaskarray(found)[:20].all() and (found[20:] == 1).all()
    assert any("In 1200 pixels the network gave no number" in line for line in told.logs)


@pytest.mark.parametrize("threshold", [0.2, 0.9])
def test_a_threshold_moves_the_border(tmp_path, threshold):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    made = apply(tmp_path, foreign_toys.one_channel(tmp_path / "m.onnx", threshold=threshold), source)
    second = 1 / (1 + np.exp(-foreign_toys.GAIN * (values.mean(axis=0) / 255 - 0.5)))
    clear = np.abs(second - threshold) > 1e-3
    np.testing.assert_array_equal(toys.read(made["output"])[0][clear], (second > threshold)[clear])


@pytest.mark.parametrize("threshold", [0.2, 0.9])
@pytest.mark.parametrize("turns", ["none", "flips"])
def test_confidence_is_that_of_the_class_that_a_threshold_chose(tmp_path, threshold, turns):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    model = foreign_toys.one_channel(tmp_path / "m.onnx", threshold=threshold)
    made = apply(tmp_path, model, source, wants=("output", "confidence"), turns=turns)
    second = 1 / (1 + np.exp(-foreign_toys.GAIN * (values.mean(axis=0) / 255 - 0.5)))
    chosen = np.where(toys.read(made["output"])[0] == 1, second, 1 - second)
    assert chosen.min() < 0.3
    np.testing.assert_allclose(toys.read(made["confidence"])[0], chosen, atol=1e-4)


def test_the_head_that_is_asked_for_is_used(tmp_path):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    model = foreign_toys.two_heads(tmp_path / "m.onnx")
    made = apply(tmp_path, model, source)
    assert_brightest(made["output"], values, size=1)
    made = apply(tmp_path, model, source, card=CardFields(head="bright"))
    assert set(np.unique(toys.read(made["output"]))) == {0, 1}


def test_an_output_smaller_than_the_tile_covers_the_image(tmp_path):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    model = foreign_toys.smaller_output(tmp_path / "m.onnx")
    names = ("output", "probabilities")
    (tmp_path / "large").mkdir()
    once = apply(tmp_path / "large", model, source, wants=names)
    tiled = apply(tmp_path, model, source, wants=names, tile_size=40)
    assert not np.ma.getmaskarray(toys.read(tiled["output"])).any()
    np.testing.assert_array_equal(toys.read(tiled["probabilities"]), toys.read(once["probabilities"]))
    means = np.stack([uniform_filter(uniform_filter(band / 255.0, 5), 5) for band in values])[:, 8:-8, 8:-8]
    clear = np.ptp(np.sort(means, axis=0)[-2:], axis=0) > 0.05
    found = toys.read(tiled["output"])[0, 8:-8, 8:-8]
    np.testing.assert_array_equal(found[clear], means.argmax(axis=0)[clear])


def test_a_regression_keeps_all_its_channels_as_floats(tmp_path):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.03)
    made = apply(tmp_path, foreign_toys.regressor(tmp_path / "m.onnx", factor=100.0), source)
    red, green = (values[band] / 255 - 0.5 for band in (0, 1))
    found = toys.read(made["output"])
    assert found.dtype == np.float32
    np.testing.assert_allclose(found[0], red / 0.25 * 100, atol=1e-3)
    np.testing.assert_allclose(found[1], (red - green) / 0.25 * 100, atol=1e-3)
    with rasterio.open(made["output"]) as dataset:
        assert dataset.descriptions == ("height", "slope")


def test_super_resolution_makes_finer_pixels_in_the_same_place(tmp_path):
    values = picture()
    values[:, 10:20, 10:20] = 0
    source = toys.raster(tmp_path / "in.tif", values, pixel=1.0, nodata=0)
    made = apply(tmp_path, foreign_toys.super_resolution(tmp_path / "m.onnx"), source, tile_size=40)
    found = toys.read(made["output"])
    assert found.shape == (3, 300, 260)
    fine = values.repeat(2, axis=1).repeat(2, axis=2)
    np.testing.assert_array_equal(np.ma.getmaskarray(found)[0], (fine == 0).all(axis=0))
    known = ~np.ma.getmaskarray(found)
    np.testing.assert_allclose(found.data[known], fine[known] / 255, atol=1e-5)
    with rasterio.open(source) as before, rasterio.open(made["output"]) as after:
        assert after.bounds == before.bounds and after.res == (0.5, 0.5)


def test_super_resolution_tells_that_it_stays_on_the_models_grid(tmp_path):
    source = toys.raster(tmp_path / "in.tif", picture(), pixel=0.5)
    model, told = foreign_toys.super_resolution(tmp_path / "m.onnx"), Recorder()
    made = apply(tmp_path, model, source, card=CardFields(resolution_m=1), progress=told)
    assert "Finer results stay on the model's grid: GRID = input does not bring them back." in told.logs
    with rasterio.open(made["output"]) as dataset:
        assert dataset.res == (0.5, 0.5) and dataset.width == 130
    told.logs.clear()
    apply(tmp_path, model, source, card=CardFields(resolution_m=1), progress=told, grid="model")
    assert not any("GRID" in line for line in told.logs)


def test_two_inputs_on_different_grids(tmp_path):
    optical = picture(bands=3)
    sar = picture(75, 65, bands=2, seed=1)
    first = toys.raster(tmp_path / "optical.tif", optical, pixel=1.0)
    second = toys.raster(tmp_path / "sar.tif", sar, pixel=2.0)
    model = foreign_toys.two_inputs(tmp_path / "m.onnx")
    fields = CardFields(task="semantic-segmentation", bands=("red", "green", "blue", "vv", "vh"))
    made = apply(tmp_path, model, first, further_inputs=((second,),), card=fields, tile_size=64)
    coarse = zoom(sar[0].astype(float), 2, order=1, grid_mode=True, mode="nearest")
    scores = np.stack([optical[0], optical[1], coarse])
    ordered = np.sort(scores, axis=0)
    clear = ordered[-1] - ordered[-2] > 12
    np.testing.assert_array_equal(toys.read(made["output"])[0][clear], scores.argmax(axis=0)[clear])
    with pytest.raises(InputError, match="reads 2 inputs"):
        apply(tmp_path, model, first, card=fields)
    far = toys.raster(tmp_path / "far.tif", sar, transform=rasterio.Affine(2, 0, 600_000, 0, -2, 5_000_000))
    with pytest.raises(InputError, match="does not overlap"):
        apply(tmp_path, model, first, further_inputs=((far,),), card=fields)


def test_a_coarser_output_is_repeated(tmp_path):
    values = picture(160, 120).repeat(1, axis=1)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    made = apply(tmp_path, foreign_toys.geoai(tmp_path / "m.onnx"), source)
    means = values.reshape(3, 40, 4, 30, 4).mean(axis=(2, 4)).repeat(4, axis=1).repeat(4, axis=2)
    ordered = np.sort(means, axis=0)
    clear = ordered[-1] - ordered[-2] > 5
    np.testing.assert_array_equal(toys.read(made["output"])[0][clear], means.argmax(axis=0)[clear])


def test_classes_keep_the_values_that_an_emd_gives_them(tmp_path):
    values = picture()
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    made = apply(tmp_path, foreign_toys.esri(tmp_path / "m.onnx"), source)
    numbers, shares = brightest(values[::-1])  # the file asks for the bands from the last to the first
    clear = shares[-1] - shares[-2] > 0.02
    np.testing.assert_array_equal(toys.read(made["output"])[0][clear], np.array([10, 20, 30])[numbers][clear])


@pytest.mark.parametrize(
    "kind",
    [
        *("YOLO_v5_or_v7_default", "YOLO_v6", "YOLO_v9", "YOLO_Ultralytics"),
        *("YOLO_Ultralytics_segmentation", "YOLO_Ultralytics_obb"),
    ],
)
def test_detectors_find_each_object_once(tmp_path, kind):
    """Bright cells of 4 m, some across what would be the border of tiles of 64 px."""
    values = np.full((3, 200, 168), 20, np.uint8)
    cells = [(16, 24, 0), (56, 56, 2), (104, 40, 0), (160, 120, 2), (96, 96, 0)]
    for row, column, band in cells:
        values[:, row : row + 8, column : column + 8] = 200
        values[band, row : row + 8, column : column + 8] = 255
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.5)
    made = apply(tmp_path, detector(tmp_path / "m.onnx", kind), source, wants=("polygons",))
    _, _, geometry, fields = pyogrio.raw.read(made["polygons"], layer="polygons", columns=["name"])
    found = {
        (round((5_000_000 - shape.bounds[3]) / 0.5), round((shape.bounds[0] - 500_000) / 0.5), name)
        for shape, name in zip(shapely.from_wkb(geometry), fields[0])
    }
    assert found == {(row, column, "red" if band == 0 else "blue") for row, column, band in cells}
    with pytest.raises(ModelError, match="gives POLYGONS only"):
        apply(tmp_path, tmp_path / "m.onnx", source)
    with pytest.raises(ModelError, match="RESUME, TEST_TIME_AUGMENTATION would do nothing"):
        apply(tmp_path, tmp_path / "m.onnx", source, wants=("polygons",), resume=True, turns="flips")
