"""Pixels that lack some of their bands, and have others, are told of: what the network says there is guesswork."""

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from listening import Heard
from maps import apply
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
