"""What a map shows from afar: in each pixel what most of the pixels below it show."""

from datetime import date

import numpy as np
import pytest
import rasterio
import toys
from affine import Affine
from rasterio.crs import CRS
from terraloom.engine.errors import OutputError
from terraloom.engine.grids.grid import Grid
from terraloom.engine.legend import NODATA, Legend, LegendEntry
from terraloom.engine.results import outputs
from terraloom.engine.results import overviews as overview_stage
from terraloom.engine.results.overviews import THINNED, average, largest, most_frequent, overviews
from terraloom.engine.tiles.mosaic import Layer, create

LEGEND = Legend(tuple(LegendEntry(value, f"Class {value}", f"#0{value}0000") for value in range(4)))


def working_raster(path, values, nodata):
    """Write bands as a run does; `(bands, rows, cols)`."""
    names = tuple(f"band {number}" for number in range(len(values)))
    grid = Grid(CRS.from_string(toys.UTM), Affine(2, 0, 500_000, 0, -2, 5_000_000), *values.shape[:0:-1])
    with create(Layer(path, names, values.dtype.name, nodata), grid) as dataset:
        dataset.write(values)
    return path


def levels(path):
    """The values of each overview of the first band, from fine to coarse."""
    with rasterio.open(path) as dataset:
        count = len(dataset.overviews(1))
    for level in range(count):
        with rasterio.open(path, overview_level=level) as dataset:
            yield dataset.read(1)


def thinned_slowly(values, of_known, nodata):
    """One value for each 2 x 2, from the list of what is known there, line by line."""
    rows, columns = (-(-size // 2) for size in values.shape)
    result = np.full((rows, columns), nodata, values.dtype)
    for row in range(rows):
        for column in range(columns):
            block = values[2 * row : 2 * row + 2, 2 * column : 2 * column + 2].ravel()
            known = [value for value in block.tolist() if value != nodata and value == value]
            if known:
                result[row, column] = of_known(known)
    return result


def first_of_most(known):
    return max(known, key=known.count)  # the first of those that are equally frequent


def mean(known):
    return sum(known) / len(known)


def speckled(shape, seed=0):
    """Classes with single pixels and whole areas of nodata."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 4, shape).astype(np.uint8)
    values[rng.random(shape) < 0.3] = NODATA
    values[: shape[0] // 3, : shape[1] // 2] = NODATA
    return values


def test_every_arrangement_of_two_by_two_gives_its_most_frequent_class():
    kinds = np.array([0, 1, 7, 254, NODATA], np.uint8)
    blocks = kinds[np.indices((5, 5, 5, 5)).reshape(4, -1)]
    values = np.empty((2, 2 * blocks.shape[1]), np.uint8)
    values[0, ::2], values[0, 1::2], values[1, ::2], values[1, 1::2] = blocks
    np.testing.assert_array_equal(most_frequent(values, NODATA), thinned_slowly(values, first_of_most, NODATA))


def test_a_mean_is_that_of_what_is_known():
    values = np.random.default_rng(1).random((40, 60)).astype(np.float32)
    values[values < 0.4] = np.nan
    expected = thinned_slowly(values, mean, np.nan)
    assert np.isnan(expected).any()
    np.testing.assert_allclose(average(values, np.nan), expected, rtol=1e-6)


def test_the_largest_is_that_of_what_is_known():
    values = np.random.default_rng(1).normal(0, 1, (40, 60)).astype(np.float32)
    values[values < -0.3] = np.nan
    values[values > 1] = -9999
    for nodata in (np.nan, -9999):
        expected = thinned_slowly(values, max, nodata)
        assert (np.isnan(expected) | (expected == nodata)).any()
        np.testing.assert_array_equal(largest(values, nodata), expected)


def test_residuals_are_cogs_in_which_a_single_pixel_is_seen_from_afar(tmp_path):
    values = np.zeros((1, 1200, 1300), np.float32)
    values[0, 501, 777], values[0, :300] = 3, np.nan
    working = working_raster(tmp_path / "working.tif", values, np.nan)
    outputs.finish_residuals(working, tmp_path / "residual.tif", 3.0, {"ORIGIN": "test"})
    *_, coarsest = levels(tmp_path / "residual.tif")
    assert np.argwhere(coarsest == 3).tolist() == [[501 // 4, 777 // 4]] and np.isnan(coarsest[:75]).all()
    with rasterio.open(tmp_path / "residual.tif") as dataset:
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG" and dataset.tags()["ORIGIN"] == "test"


def test_overviews_are_found_however_gdal_is_set_to_look_for_files(tmp_path, monkeypatch):
    """What is set for rasters in the cloud keeps GDAL from looking beside a file, and it makes none of the largest."""
    monkeypatch.setenv("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR")
    values = np.zeros((1, 600, 520), np.float32)
    values[0, 501, 77] = 3
    working = working_raster(tmp_path / "working.tif", values, np.nan)
    with rasterio.Env():  # else rasterio leaves it set for other tests
        outputs.finish_residuals(working, tmp_path / "residual.tif", 3.0, {})
    (coarser,) = levels(tmp_path / "residual.tif")
    assert np.argwhere(coarser == 3).tolist() == [[250, 38]]


@pytest.mark.parametrize("at_once", [1, overview_stage.AT_ONCE_BYTES])
@pytest.mark.parametrize("shape", [(513, 1), (3, 1030), (1025, 70), (515, 530)])
def test_class_rasters_are_cogs_whose_overviews_show_what_is_most_frequent(tmp_path, monkeypatch, shape, at_once):
    monkeypatch.setattr(overview_stage, "AT_ONCE_BYTES", at_once)
    finer = speckled(shape)
    working = working_raster(tmp_path / "working.tif", finer[np.newaxis], NODATA)
    outputs.finish_classes(working, tmp_path / "classes.tif", LEGEND, {"ORIGIN": "test"})
    with rasterio.open(tmp_path / "classes.tif") as dataset:
        np.testing.assert_array_equal(dataset.read(1), finer)
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert dataset.tags()["ORIGIN"] == "test" and dataset.descriptions == ("band 0",)
        assert dataset.nodata == NODATA and dataset.colormap(1)[3] == (3, 0, 0, 255)
        assert dataset.transform == Affine(2, 0, 500_000, 0, -2, 5_000_000)
    made = list(levels(tmp_path / "classes.tif"))
    assert made and max(made[-1].shape) <= 512
    for coarser in made:
        finer = thinned_slowly(finer, first_of_most, NODATA)
        np.testing.assert_array_equal(coarser, finer)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["classes.qml", "classes.tif", "classes.tif.aux.xml"]


def test_measurements_are_cogs_whose_overviews_are_means(tmp_path):
    values = np.random.default_rng(2).random((2, 515, 130)).astype(np.float32)
    values[:, 100:301, :33] = np.nan
    working = working_raster(tmp_path / "working.tif", values, np.nan)
    outputs.finish_measurements(working, tmp_path / "sure.tif", (0, 1), {})
    with rasterio.open(tmp_path / "sure.tif") as dataset:
        np.testing.assert_array_equal(dataset.read(), values)
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG" and np.isnan(dataset.nodata)
        assert dataset.descriptions == ("band 0", "band 1")
    with rasterio.open(tmp_path / "sure.tif", overview_level=0) as dataset:
        for band, fine in zip(dataset.read(), values):
            np.testing.assert_allclose(band, thinned_slowly(fine, mean, np.nan), rtol=1e-6)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sure.qml", "sure.tif"]


@pytest.mark.parametrize("kind", ["directions", "dates"])
def test_overviews_of_directions_and_dates_show_such_as_there_are(tmp_path, kind):
    """The mean of 1° and 179° is 90°, and that of two dates may be no date at all."""
    days = date(2020, 1, 31), date(2020, 12, 1)
    said = [1, 179] if kind == "directions" else [int(day.strftime("%Y%m%d")) for day in days]
    dtype, nodata = (np.float32, np.nan) if kind == "directions" else (np.int32, 0)
    values = np.random.default_rng(0).choice(said, (1, 600, 520)).astype(dtype)
    working, made = working_raster(tmp_path / "working.tif", values, nodata), tmp_path / "made.tif"
    if kind == "directions":
        outputs.finish_directions(working, made, {})
    else:
        outputs.finish_dates(working, made, days, {})
    (coarser,) = levels(made)
    assert sorted(np.unique(coarser).tolist()) == said


def test_what_fits_in_one_block_has_no_overviews(tmp_path):
    working = working_raster(tmp_path / "working.tif", speckled((512, 512))[np.newaxis], NODATA)
    outputs.finish_classes(working, tmp_path / "classes.tif", LEGEND, {})
    assert list(levels(tmp_path / "classes.tif")) == []


def test_overviews_are_gone_when_they_have_served_and_when_something_fails(tmp_path):
    working = working_raster(tmp_path / "working.tif", speckled((2100, 40))[np.newaxis], NODATA)
    with pytest.raises(RuntimeError, match="disk"), overviews(working, "MODE"):
        assert len(list(tmp_path.iterdir())) == 4  # 2100, 1050, 525 and 263 rows
        raise RuntimeError("disk")
    assert list(tmp_path.iterdir()) == [working]


def test_an_overview_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path, monkeypatch):
    def on_a_full_disk(values, nodata):
        raise OSError(28, "No space left on device")

    working = working_raster(tmp_path / "working.tif", speckled((1300, 40))[np.newaxis], NODATA)
    monkeypatch.setitem(THINNED, "MODE", on_a_full_disk)
    with pytest.raises(OutputError, match="classes.tif could not be written.*No space left"):
        outputs.finish_classes(working, tmp_path / "classes.tif", LEGEND, {})
    assert list(tmp_path.iterdir()) == [working]


def test_a_list_of_blocks_that_did_not_arrive_is_noticed_and_a_map_of_nothing_is_kept(tmp_path, monkeypatch):
    """GDAL reads blocks that are not listed as nodata, without a word."""
    nothing = np.full((1, 1300, 40), NODATA, np.uint8)
    outputs.finish_classes(working_raster(tmp_path / "working.tif", nothing, NODATA), tmp_path / "kept.tif", LEGEND, {})
    copy = rasterio.shutil.copy
    monkeypatch.setattr(
        rasterio.shutil, "copy", lambda *paths, **options: copy(*paths, driver="GTiff", tiled=True, sparse_ok=True)
    )
    with pytest.raises(OutputError, match="lost.tif could not be written: only a part of it was stored"):
        outputs.finish_classes(
            working_raster(tmp_path / "working.tif", nothing, NODATA), tmp_path / "lost.tif", LEGEND, {}
        )
