"""Training chips show what images and labels show there, whatever the images are."""

import re

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from affine import Affine
from chip_making import (
    EAST,
    NORTH,
    PIXEL,
    box,
    features,
    make,
    noise,
    put_together,
    quilt,
    quilted,
    raster,
    read,
    window_of,
)
from listening import Heard
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.engine.requests.make_training_chips import VectorSource
from terraloom.engine.requests.network_run import Extent


@pytest.fixture
def scene(tmp_path):
    return quilted(tmp_path)


def test_every_labelled_pixel_comes_once_and_images_are_cut_where_labels_are(scene, tmp_path):
    image, truth, values, classes = scene
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=32)
    labels, often = put_together(chips, classes.shape)
    assert (labels == classes).all() and (often == 1).all()
    for chip in chips.chips:
        column, row = window_of(chips, chip)
        cut = read(chips.image_file(chip, chips.inputs[0]))
        assert cut.dtype == values.dtype and cut.shape == (3, 32, 32)
        assert (cut.data == values[:, row : row + 32, column : column + 32]).all()
    assert sum(sum(chip.pixels.values()) for chip in chips.chips) == classes.size
    assert chips.resolution_m == pytest.approx(PIXEL, rel=1e-3)
    assert chips.inputs[0].bands == ("b1", "b2", "b3")


def test_statistics_are_those_of_training_pixels(tmp_path):
    values = noise(2, 96, 96, "float32")
    values[0, 10:20, 10:20] = np.nan
    values[1, 40:50, :] = -9999
    image = raster(tmp_path / "image.tif", values, nodata=-9999)
    truth = raster(tmp_path / "truth.tif", quilt(96, 96))
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=16)
    images = [read(chips.image_file(chip, chips.inputs[0])) for chip in chips.of("train")]
    source = chips.inputs[0]
    for band in range(2):
        known = np.concatenate([np.ma.masked_invalid(cut[band]).compressed() for cut in images]).astype(float)
        figures = source.mean[band], source.std[band], source.lowest[band], source.highest[band]
        assert figures == pytest.approx((known.mean(), known.std(), known.min(), known.max()), rel=1e-9)
    labels, often = put_together(chips, (96, 96))
    unknown = np.isnan(values[0]) | (values[1] == -9999)
    assert (labels[unknown] == IGNORE).all() and (often[~unknown] == 1).all()


def test_further_inputs_lie_on_the_grid_of_the_first(tmp_path):
    optical = raster(tmp_path / "optical.tif", noise(3, 64, 64, "uint8"))
    radar = np.kron(noise(1, 32, 24, "float32")[0], np.ones((2, 2), np.float32))
    sar = raster(tmp_path / "sar.tif", radar, nodata=0)
    truth = raster(tmp_path / "truth.tif", quilt(64, 64))
    told = Heard()
    chips = make(tmp_path, told, inputs=((optical,), (sar,)), labels=(truth,), names=("optical", "sar"), chip_px=16)
    assert [source.name for source in chips.inputs] == ["optical", "sar"]
    labels, _ = put_together(chips, (64, 64))
    assert (labels[:, 48:] == IGNORE).all() and (labels[:, :48] == quilt(64, 64)[:, :48]).all()
    assert any("1024 labelled pixels (25.0 %) do not count" in line for line in told.logs)
    for chip in chips.chips:
        column, row = window_of(chips, chip)
        cut = read(chips.image_file(chip, chips.inputs[1]))[0]
        known = min(16, 48 - column)
        assert (cut[:, :known] == radar[row : row + 16, column : column + known]).all()


def test_a_series_is_cut_date_by_date(tmp_path):
    dates = ["2020-01-01", "2020-01-17", "2020-03-01"]
    values = [noise(2, 64, 64, "int16", seed) for seed in range(3)]
    values[1][:, :8, :8] = -1
    values[0][:, :4, :4] = values[2][:, :4, :4] = -1
    series = tuple(raster(tmp_path / f"ndvi_{date}.tif", each, nodata=-1) for date, each in zip(dates, values))
    truth = raster(tmp_path / "truth.tif", quilt(64, 64))
    chips = make(tmp_path, series=series, labels=(truth,), chip_px=16)
    (source,) = chips.inputs
    assert (source.name, source.bands, source.days) == ("series", ("b1", "b2"), (0, 16, 60))
    assert source.dates == tuple(dates)
    chip = next(chip for chip in chips.chips if window_of(chips, chip) == (0, 0))
    cut = read(chips.image_file(chip, source))
    assert (cut.filled(-1) == np.concatenate(values)[:, :16, :16]).all()
    labels, _ = put_together(chips, (64, 64))
    assert (labels[:4, :4] == IGNORE).all()  # no date knows it
    assert (labels[4:8, 4:8] == quilt(64, 64)[4:8, 4:8]).all()  # one date does not
    (tmp_path / "given").mkdir()
    given = ("2021-05-01", "2021-05-02", "2021-05-04")
    chips = make(tmp_path / "given", series=series, labels=(truth,), chip_px=16, dates=given)
    assert (chips.inputs[0].days, chips.inputs[0].dates) == ((0, 1, 3), given)


def test_a_series_of_which_one_date_is_lacking_is_told_of(tmp_path):
    series = tuple(raster(tmp_path / f"{name}.tif", noise(1, 32, 32)) for name in ("a_20240101", "b_20240401", "c"))
    truth = raster(tmp_path / "truth.tif", quilt(32, 32))
    told = Heard()
    chips = make(tmp_path, told, series=series, labels=(truth,), chip_px=16)
    assert chips.inputs[0].days == (0, 1, 2)
    assert any("give DATES" in line and "c.tif" in line for line in told.warnings)


def test_a_series_without_dates_counts_them(tmp_path):
    series = tuple(raster(tmp_path / f"{name}.tif", noise(1, 32, 32)) for name in "abc")
    truth = raster(tmp_path / "truth.tif", quilt(32, 32))
    chips = make(tmp_path, series=series, labels=(truth,), chip_px=16)
    assert (chips.inputs[0].days, chips.inputs[0].dates) == ((0, 1, 2), ())


@pytest.mark.parametrize(("pixel_m", "labelled", "warned"), [(12, True, False), (30, True, True), (30, False, False)])
def test_images_of_other_pixel_sizes_are_told_of_where_they_are_cut(tmp_path, pixel_m, labelled, warned):
    images = [
        raster(tmp_path / f"{number}.tif", noise(1, 64, 64, seed=number), offset=(900 * number, 0), pixel=pixel)
        for number, pixel in enumerate((10, pixel_m))
    ]
    truth = [
        raster(tmp_path / f"truth{number}.tif", quilt(64, 64), offset=(900 * number, 0), pixel=pixel)
        for number, pixel in enumerate((10, pixel_m)[: 1 + labelled])
    ]
    told = Heard()
    chips = make(tmp_path, told, inputs=(tuple(images),), labels=tuple(truth), chip_px=16)
    assert any("pixels of 10 to 30 m on the ground" in line for line in told.warnings) == warned
    assert chips.resolution_m == pytest.approx(10, rel=1e-2)


@pytest.mark.parametrize(
    ("crs", "place", "warned"),
    [
        ("EPSG:4326", Affine(1e-4, 0, 10, 0, -1e-4, 52), True),
        ("EPSG:4326", Affine(1e-4, 0, 10, 0, -0.617e-4, 52), False),
        (toys.UTM, Affine(10, 0, EAST, 0, -20, NORTH), True),
        (toys.UTM, Affine(10, 0, EAST, 0, -10, NORTH), False),
    ],
)
def test_pixels_that_are_not_square_on_the_ground_are_told_of(tmp_path, crs, place, warned):
    """At 52 degrees north a degree across is .617 of one down; a model sees such an image in square pixels."""
    image = toys.raster(tmp_path / "image.tif", noise(1, 64, 64), crs=crs, transform=place)
    truth = toys.raster(tmp_path / "truth.tif", quilt(64, 64), crs=crs, transform=place)
    told = Heard()
    make(tmp_path, told, inputs=((image,),), labels=(truth,), chip_px=16)
    assert any("m on the ground, and chips" in line and "square pixels" in line for line in told.warnings) == warned


def test_ground_that_two_grids_show_counts_once(tmp_path):
    first = raster(tmp_path / "first.tif", noise(1, 64, 64))
    second = raster(tmp_path / "second.tif", noise(1, 64, 64), offset=(32.5, 0))
    source = features(tmp_path / "f.gpkg", [box(0, 0, 200, 64)], code=[1])
    chips = make(tmp_path, inputs=((first, second),), features=VectorSource(source, "", "code"), chip_px=16)
    assert sum(sum(chip.pixels.values()) for chip in chips.chips) == 64 * 64 + 64 * 32


def test_an_extent_bounds_the_chips(scene, tmp_path):
    image, truth, *_ = scene
    part = Extent(EAST + 200, NORTH - 800, EAST + 800, NORTH - 200, toys.UTM)
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=16, extent=part)
    _, often = put_together(chips, (150, 170))
    assert often.sum() == 60 * 60 and often[20:80, 20:80].all()


def test_footprints_tell_split_and_classes(scene, tmp_path):
    image, truth, *_ = scene
    path = tmp_path / "footprints.gpkg"
    chips = make(tmp_path, inputs=((image,),), labels=(truth,), chip_px=32, footprints=str(path))
    meta, _, outlines, columns = pyogrio.raw.read(path, layer="footprints")
    table = dict(zip(meta["fields"], columns))
    assert list(table["split"]) == [chip.split for chip in chips.chips]
    assert list(table["px_2"]) == [chip.pixels.get("2", 0) for chip in chips.chips]
    for chip, outline in zip(chips.chips, shapely.from_wkb(outlines)):
        assert outline.equals(box(*window_of(chips, chip), 32, 32)) and outline.exterior.is_ccw
    assert "validation" in pyogrio.raw.read(path, layer="layer_styles")[3][5][0]


def test_footprints_tell_how_a_shapefile_cuts_the_names_of_classes(tmp_path):
    heard = Heard()
    image, labels = raster(tmp_path / "image.tif", noise(3, 64, 64)), str(tmp_path / "labels.gpkg")
    kinds = ["vegetation low", "vegetation high", "übermäßig naß", "water"]
    features(labels, [box(32 * (k % 2), 32 * (k // 2), 32, 32) for k in range(4)], kind=kinds)
    path = tmp_path / "f.shp"
    given = dict(features=VectorSource(labels, "", "kind"), chip_px=32, split="none", footprints=str(path))
    make(tmp_path, heard, inputs=((image,),), **given)
    fields = pyogrio.read_info(path)["fields"].tolist()
    told = dict(re.findall("The field (px_.+) is called (.+) in a Shapefile", heard.text))
    assert told == {
        "px_vegetation_high": "px_vegetat",
        "px_vegetation_low": "px_veget_1",
        "px_übermäßig_naß": "px_überm",
    }
    assert set(told.values()) < set(fields) and "px_water" in fields
