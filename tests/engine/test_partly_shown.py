"""Pixels that lack some of their bands, and have others, are told of: what the network says there is guesswork."""

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from affine import Affine
from listening import Heard
from maps import apply
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.network_run import Extent


def lacking(rows, cols, *lacks):
    """An image of two bands, 1 everywhere but where 0 stands for no value: `(band, window)` each."""
    values = np.ones((2, rows, cols), np.float32)
    for band, *window in lacks:
        values[(band, *window)] = 0
    return values


def warnings_over(tmp_path, values, **run):
    listening = Heard()
    image = toys.raster(tmp_path / "in.tif", values, nodata=0)
    apply(tmp_path, toys.identity(tmp_path / "m.onnx", bands=2), image, progress=listening, **run)
    return [told for told in listening.warnings if "lack some of their bands" in told]


@pytest.mark.parametrize("tile_size", [0, 64])
def test_pixels_that_lack_some_bands_are_told(tmp_path, tile_size):
    part = (slice(0, 80), slice(90, 100))  # 800 of 10,000 - 1,000 px
    nowhere = (slice(90, 100), slice(None))
    values = lacking(100, 100, (1, *part), (0, *nowhere), (1, *nowhere))
    (told,) = warnings_over(tmp_path, values, tile_size=tile_size)
    assert told.startswith("8.9% of the pixels lack some of their bands, and have others")
    assert "set another" in told


def test_a_few_dark_pixels_are_not_told(tmp_path):
    assert not warnings_over(tmp_path, lacking(100, 100, (1, 5, slice(0, 9))))
    assert warnings_over(tmp_path, lacking(100, 100, (1, 5, slice(0, 10))))


def test_pixels_that_lack_all_bands_are_none_of_them(tmp_path):
    gone = (slice(0, 50), slice(None))
    assert not warnings_over(tmp_path, lacking(100, 100, (0, *gone), (1, *gone)))


def test_only_what_is_of_interest_counts(tmp_path):
    values = lacking(100, 100, (1, slice(0, 50), slice(None)))
    lower = Extent(500_000, 5_000_000 - 100, 500_100, 5_000_000 - 50, toys.UTM)
    assert not warnings_over(tmp_path, values, extent=lower)
    mask = tmp_path / "mask.gpkg"
    slope = shapely.Polygon([(500_000, 5_000_000 - 50), (500_100, 5_000_000 - 52), (500_000, 5_000_000 - 100)])
    pyogrio.raw.write(mask, shapely.to_wkb([slope]), [], [], geometry_type="Polygon", crs=toys.UTM)
    assert not warnings_over(tmp_path, values, mask=str(mask))


@pytest.mark.parametrize(("pixel", "nothing"), [(2.0, -9999), (0.2, None)])
def test_what_is_said_of_nothing_is_not_mixed_into_the_ground_beside_it(tmp_path, pixel, nothing):
    """The network runs on pixels of 1 m; the results are brought back."""
    values = np.full((80, 70), 1000, np.float32)
    values[30:45, 20:40] = np.nan if nothing is None else nothing
    source = toys.raster(tmp_path / "in.tif", values, pixel=pixel, nodata=nothing)
    model = toys.identity(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0})
    made = toys.read(apply(tmp_path, model, source)["output"])[0].filled(np.nan)
    np.testing.assert_array_equal(np.isfinite(made), values == 1000)
    assert made[values == 1000] == pytest.approx(1000)


@pytest.mark.parametrize("seams", ["auto", "blend"])
def test_classes_reach_as_far_as_the_ground_and_their_confidence_is_of_it(tmp_path, seams):
    values = np.zeros((3, 80, 70), np.float32)
    values[2] = 9
    values[:, 30:45, 20:40] = -9999
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.4, nodata=-9999)
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0})
    made = apply(tmp_path, model, source, wants=("output", "confidence"), seams=seams)
    classes, sure = toys.read(made["output"])[0], toys.read(made["confidence"])[0]
    there = values[0] == 0
    np.testing.assert_array_equal(~np.ma.getmaskarray(classes), there)
    assert (classes[there] == 2).all() and sure[there].min() > 0.999


def ground_of_class_2(rows=80, columns=70):
    """What a model that takes the highest band for the class says 2 of; of nothing it says 0."""
    values = np.zeros((3, rows, columns), np.float32)
    values[2] = 9
    return values


def brought_back(tmp_path, values, resolution=1.0, run=None, **image):
    """Classes and confidence of an image that the network sees in pixels of this size, masked where nothing is."""
    source = toys.raster(tmp_path / "in.tif", values, nodata=-9999, **image)
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:resolution_m": resolution})
    made = apply(tmp_path, model, source, wants=("output", "confidence", "areas"), **run or {})
    return toys.read(made["output"])[0], toys.read(made["confidence"])[0]


@pytest.mark.parametrize("seams", ["auto", "blend"])
@pytest.mark.parametrize(("pixel", "resolution"), [(0.4, 1.0), (0.3, 1.0), (0.5, 1.65), (10.0, 8.0)])
def test_beside_nodata_off_the_models_pixels_no_class_is_of_nothing(tmp_path, seams, pixel, resolution):
    values = ground_of_class_2()
    values[:, 31:46, 21:42] = -9999
    classes, sure = brought_back(tmp_path, values, resolution, run={"seams": seams}, pixel=pixel)
    there = values[0] == 0
    np.testing.assert_array_equal(~np.ma.getmaskarray(classes), there)
    np.testing.assert_array_equal(~np.ma.getmaskarray(sure), there)
    assert (classes[there] == 2).all() and sure[there].min() > 0.999


def test_along_the_edges_of_an_image_in_degrees_no_class_is_of_nothing(tmp_path):
    side = 10 / 111_320
    place = Affine(side, 0, 8.2, 0, -side, 47.1)
    classes, sure = brought_back(tmp_path, ground_of_class_2(81, 71), 10.0, crs="EPSG:4326", transform=place)
    assert not np.ma.getmaskarray(classes).any() and not np.ma.getmaskarray(sure).any()
    assert (classes == 2).all()


def test_what_is_narrower_than_the_models_pixels_gets_no_class_of_nothing_and_is_told(tmp_path):
    values = ground_of_class_2(60, 60)
    values[:, :, 20:40] = values[:, :, 42:] = -9999  # in the 2 px lies no middle of a pixel of 4 m
    listening = Heard()
    classes, sure = brought_back(tmp_path, values, 4.0, run={"progress": listening})
    np.testing.assert_array_equal(np.ma.getmaskarray(classes), np.ma.getmaskarray(sure))
    assert (classes.compressed() == 2).all() and classes.count() < (values[0] == 0).sum()
    bare = (values[0] == 0).sum() - classes.count()
    (told,) = [told for told in listening.warnings if "hold nothing in the result" in told]
    assert told.startswith(f"{bare} pixels of the image") and "GRID = model" in told


def test_beside_nodata_what_is_unsure_stays_without_a_class(tmp_path):
    values = ground_of_class_2()
    values[:, :, 24:] = 0  # three classes alike
    values[:, 31:46, 11:42] = -9999
    card = CardFields(threshold=0.6)
    classes, sure = brought_back(tmp_path, values, run={"card": card}, pixel=0.3)
    known = values[0] != -9999
    np.testing.assert_array_equal(~np.ma.getmaskarray(sure), known)
    left, right = known.copy(), known.copy()
    left[:, 22:], right[:, :27] = False, False  # between them lies the border, of which neither is asked
    assert (classes[left] == 2).all() and not np.ma.getmaskarray(classes)[left].any()
    assert np.ma.getmaskarray(classes)[right].all()
    told, _, _, columns = pyogrio.raw.read(tmp_path / "areas.gpkg")
    pixels = dict(zip(told["fields"], columns))["pixels"]
    assert pixels.tolist() == [0, 0, classes.count(), known.sum() - classes.count()]
