"""A model may read a series of images as one input: a raster for each date, or all dates in one raster."""

import numpy as np
import pytest
import toys
from affine import Affine
from event_scenes import titled
from listening import Heard
from maps import apply, refused
from onnx import helper
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError
from terraloom.engine.images.dates import date_in_name, moment_in_name
from terraloom.engine.images.series import Series
from terraloom.engine.library.card import ModelCard
from terraloom.engine.requests.assignments import parse_bands, parse_scale
from terraloom.engine.requests.network_run import Extent

DAYS = (0, 10, 40)
MEAN, STD = (10.0, 20.0), (2.0, 4.0)


def series_model(path, dates=(), **fields):
    """A regression of two bands on three dates that gives all six channels back, as the network gets them."""
    names = [f"{band} {date}" for date in range(len(DAYS)) for band in ("red", "nir")]
    document = toys.card(("red", "nir"), 6, task="regression", activation="none", **fields)
    (entry,) = document["properties"]["mlm:input"]
    entry["terraloom:days"] = list(DAYS)
    entry["terraloom:dates"] = list(dates)
    entry["input"]["shape"] = [-1, 6, -1, -1]
    entry["value_scaling"] = [{"type": "z-score", "mean": m, "stddev": s} for m, s in zip(MEAN, STD)]
    document["properties"]["mlm:output"][0]["terraloom:channels"] = names
    return toys.save(path, [helper.make_node("Identity", ["image"], ["output"])], {}, 6, document)


def scaled(values):
    """What the network gets of `(dates, bands, rows, cols)`, as one image."""
    mean, std = (np.array(each, np.float32).reshape(1, 2, 1, 1) for each in (MEAN, STD))
    return ((values - mean) / std).reshape(-1, *values.shape[2:])


@pytest.fixture
def values():
    return np.random.default_rng(0).uniform(0, 40, (3, 2, 37, 53)).astype(np.float32)


@pytest.fixture
def model(tmp_path):
    return series_model(tmp_path / "model.onnx")


def one_each(folder, values, **profile):
    return [toys.raster(folder / f"date{number}.tif", date, **profile) for number, date in enumerate(values)]


def test_a_raster_for_each_date_and_one_of_all_dates_say_the_same(tmp_path, model, values):
    made = apply(tmp_path, model, *one_each(tmp_path, values), tile_size=16)
    apart = toys.read(made["output"])
    np.testing.assert_allclose(apart, scaled(values), atol=1e-5)
    stacked = toys.raster(tmp_path / "all.tif", values.reshape(6, 37, 53))
    np.testing.assert_array_equal(toys.read(apply(tmp_path, model, stacked)["output"]), apart)


def test_dates_on_other_grids_are_brought_to_the_first(tmp_path, model):
    """Planes stay planes under bilinear resampling: the second date has pixels of 2 m, shifted."""

    def plane(transform, rows, cols):
        column, row = np.meshgrid(np.arange(cols) + 0.5, np.arange(rows) + 0.5)
        x, y = transform @ (column, row)
        return np.stack([(x - 500_000) / 10, (5_000_000 - y) / 10]).astype(np.float32)

    fine = Affine(1, 0, 500_000, 0, -1, 5_000_000)
    coarse = Affine(2, 0, 499_989, 0, -2, 5_000_011)
    sources = [
        toys.raster(tmp_path / "a.tif", plane(fine, 40, 50), transform=fine),
        toys.raster(tmp_path / "b.tif", plane(coarse, 40, 50), transform=coarse),
        toys.raster(tmp_path / "c.tif", plane(fine, 40, 50), transform=fine),
    ]
    result = toys.read(apply(tmp_path, model, *sources)["output"])
    assert result.shape == (6, 40, 50)
    np.testing.assert_allclose(result[2:4], result[:2], atol=1e-4)
    np.testing.assert_array_equal(result[4:], result[:2])


def test_what_one_date_lacks_is_its_mean_and_only_what_all_lack_is_nodata(tmp_path, model, values):
    values[0, :, :10] = -99
    values[:, :, :, :5] = -99
    result = toys.read(apply(tmp_path, model, *one_each(tmp_path, values, nodata=-99))["output"])
    np.testing.assert_array_equal(np.ma.getmaskarray(result[0])[:, :5], True)
    assert not np.ma.getmaskarray(result)[:, :, 5:].any()
    assert (result[:2, :10, 5:] == 0).all()
    np.testing.assert_allclose(result[2:, :10, 5:], scaled(values)[2:, :10, 5:], atol=1e-5)


def test_bands_and_scale_count_for_every_date(tmp_path, model, values):
    extra = np.concatenate([np.full((3, 1, 37, 53), 7, np.float32), values[:, ::-1] / 10], axis=1)  # other, nir, red
    choices = {"bands": parse_bands("red=3;nir=2"), "scale": parse_scale("*=10")}
    result = toys.read(apply(tmp_path, model, *one_each(tmp_path, extra), **choices)["output"])
    np.testing.assert_allclose(result, scaled(values), atol=1e-5)
    stacked = toys.raster(tmp_path / "all.tif", extra.reshape(9, 37, 53))
    np.testing.assert_array_equal(toys.read(apply(tmp_path, model, stacked, **choices)["output"]), result)


@pytest.mark.parametrize("stacked", [False, True])
def test_the_bands_that_are_advised_are_those_of_the_input(tmp_path, stacked):
    wants = read_card(series_model(tmp_path / "model.onnx")).inputs[0]
    values = np.ones((3, 3, 8, 8), np.float32)
    paths = one_each(tmp_path, values)
    if stacked:
        paths = [toys.raster(tmp_path / "all.tif", values.reshape(9, 8, 8))]
    with Series(paths, wants) as series, pytest.raises(InputError, match="BANDS = 2.red=1;2.nir=2"):
        series.choose((), 2)


def test_a_series_is_brought_to_the_models_grid_and_back(tmp_path, values):
    model = series_model(tmp_path / "model.onnx", **{"terraloom:resolution_m": 2.0})
    values[:] = np.array([10, 30], np.float32).reshape(1, 2, 1, 1)
    values[:, :, :9] = -99
    result = toys.read(apply(tmp_path, model, *one_each(tmp_path, values, nodata=-99))["output"])
    assert result.shape == (6, 37, 53)
    np.testing.assert_array_equal(np.ma.getmaskarray(result[0]).all(axis=1), np.arange(37) < 9)
    np.testing.assert_allclose(result[:, 12:].filled(np.nan), scaled(values)[:, 12:], atol=1e-5)


@pytest.mark.parametrize("count", [2, 4])
def test_a_wrong_number_of_rasters_is_refused_with_both_numbers(tmp_path, model, values, count):
    sources = [toys.raster(tmp_path / f"{number}.tif", values[0]) for number in range(count)]
    refused(tmp_path, InputError, f"series of 3 dates .*{count} rasters", model, *sources)


@pytest.mark.parametrize("bands", [2, 5, 7])
def test_a_single_raster_with_too_few_bands_is_refused_with_both_numbers(tmp_path, model, bands):
    source = toys.raster(tmp_path / "all.tif", np.zeros((bands, 20, 20), np.float32))
    refused(tmp_path, InputError, f"holds {bands} bands; .* 3 dates of 2 bands", model, source)


def test_rasters_whose_names_are_out_of_order_are_refused(tmp_path, model, values):
    names = ("s_20200301.tif", "s_20200201.tif", "s_20200401.tif")
    sources = [toys.raster(tmp_path / name, date) for name, date in zip(names, values)]
    refused(tmp_path, InputError, "20200201.*comes after.*20200301", model, *sources)
    apply(tmp_path, model, sources[1], sources[0], sources[2])


def test_the_order_of_the_dates_that_are_known_is_checked_and_that_others_have_none_is_told(tmp_path, model, values):
    names = ("s_20200301.tif", "s.tif", "s_20200201.tif", "t_20200301.tif")
    first, undated, earlier, same = (toys.raster(tmp_path / name, values[0]) for name in names)
    refused(tmp_path, InputError, "20200201.*comes after.*20200301", model, first, undated, earlier)
    refused(tmp_path, InputError, "20200201.*comes after.*20200301", model, first, same, earlier)
    heard, silent = Heard(), Heard()
    apply(tmp_path, model, earlier, undated, first, progress=heard)
    assert any("Not each file of the series has a date in its name: s.tif." in text for text in heard.warnings)
    apply(tmp_path, model, earlier, first, same, progress=silent)
    apply(tmp_path, model, undated, undated, undated, progress=silent)
    assert not [text for text in silent.warnings if "Not each file" in text]


def test_names_that_share_a_date_say_nothing_of_the_order(tmp_path, model, values):
    sources = [toys.raster(tmp_path / f"{name}_20200301.tif", date) for name, date in zip("cab", values)]
    np.testing.assert_allclose(toys.read(apply(tmp_path, model, *sources)["output"]), scaled(values), atol=1e-5)


@pytest.mark.parametrize(
    ("months", "trained", "warns"),
    [
        ((("01", "01"), ("01", "11"), ("02", "10")), (), False),
        ((("01", "01"), ("06", "11"), ("08", "10")), (), True),
        ((("01", "01"), ("01", "11"), ("02", "10")), ("2018-01-03", "2018-01-13", "2018-02-12"), False),
        ((("07", "01"), ("07", "11"), ("08", "10")), ("2018-01-03", "2018-01-13", "2018-02-12"), True),
    ],
)
def test_other_dates_than_those_of_the_training_are_told(tmp_path, values, months, trained, warns):
    model = series_model(tmp_path / "model.onnx", trained)
    sources = [toys.raster(tmp_path / f"s_2020-{m}-{d}.tif", date) for (m, d), date in zip(months, values)]
    heard = Heard()
    apply(tmp_path, model, *sources, progress=heard)
    assert any("Do not expect much" in text for text in heard.warnings) == warns


@pytest.mark.parametrize(("end", "warns"), [("07-13", False), ("12-20", True)])
@pytest.mark.parametrize("title", ["Landslide", "Maize"])
def test_what_sees_an_event_is_asked_for_the_time_between_dates_not_for_their_season(tmp_path, title, end, warns):
    document = titled(toys.card(("b0",), 2), ("Other", title))
    (entry,) = document["properties"]["mlm:input"]
    entry |= {"terraloom:days": [0, 12], "terraloom:dates": ["2024-05-01", "2024-05-13"]}
    model = toys.save(tmp_path / "m.onnx", [helper.make_node("Identity", ["image"], ["output"])], {}, 2, document)
    values = np.random.default_rng(0).uniform(0, 1, (20, 20)).astype(np.float32)
    sources = [toys.raster(tmp_path / f"s_2020-{day}.tif", values) for day in ("07-01", end)]
    heard = Heard()
    apply(tmp_path, model, *sources, progress=heard)
    assert any("Do not expect much" in text for text in heard.warnings) == (warns or title == "Maize")


def test_a_class_of_flooded_land_among_others_has_a_season(tmp_path):
    document = titled(toys.card(("b0",), 3), ("Rice", "Maize", "Flooded vegetation"))
    (entry,) = document["properties"]["mlm:input"]
    entry |= {"terraloom:days": [0, 12], "terraloom:dates": ["2024-05-01", "2024-05-13"]}
    weights = {"w": np.ones((3, 2, 1, 1), np.float32)}
    model = toys.save(tmp_path / "m.onnx", [helper.make_node("Conv", ["image", "w"], ["output"])], weights, 2, document)
    values = np.random.default_rng(0).uniform(0, 1, (20, 20)).astype(np.float32)
    sources = [toys.raster(tmp_path / f"s_2020-{day}.tif", values) for day in ("07-01", "07-13")]
    heard = Heard()
    apply(tmp_path, model, *sources, progress=heard)
    assert any("Do not expect much" in text for text in heard.warnings)


def test_a_date_from_elsewhere_is_refused_and_one_beside_the_extent_told(tmp_path, model, values):
    sources = one_each(tmp_path, values)
    away = toys.raster(tmp_path / "away.tif", values[0], transform=Affine(1, 0, 600_000, 0, -1, 5_000_000))
    refused(tmp_path, InputError, "Date 2 .*away.tif.* does not overlap", model, sources[0], away, sources[2])
    aside = toys.raster(tmp_path / "aside.tif", values[1], transform=Affine(1, 0, 500_030, 0, -1, 5_000_000))
    heard = Heard()
    extent = Extent(500_000, 4_999_980, 500_020, 5_000_000, toys.UTM)
    result = toys.read(apply(tmp_path, model, sources[0], aside, sources[2], extent=extent, progress=heard)["output"])
    assert any("Date 2" in text and "nothing of the extent" in text for text in heard.warnings)
    assert (result[2:4] == 0).all() and not np.ma.getmaskarray(result).any()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("S2A_MSIL2A_20200301T103021_N0214_20200302T120000.tif", "2020-03-01"),
        ("ndvi-2019-12-31.tif", "2019-12-31"),
        ("/2001/MOD13Q1.A2020061.h18v04.tif", "2020-03-01"),
        ("2020_03_01.tif", "2020-03-01"),
        ("tile_20209999.tif", None),
        ("tile_2012345_20200301.tif", "2020-03-01"),
        ("x_2020.03.01", "2020-03-01"),
        ("20200301103021.tif", "2020-03-01"),
        ("tile_123456789.tif", None),
        ("IMG_PHR1A_PMS_202007151045123_ORT.tif", "2020-07-15"),
        ("202007151045123456.tif", None),
        ("LE72270122006173EDC00_B4.tif", "2006-06-22"),
        ("scenes_lt50450301986012xxx03.tif", "1986-01-12"),
        ("LE72270122006473EDC00.tif", None),
        ("LX72270122006173EDC00.tif", None),
        ("/vsicurl/https://a.org/2020/B04.tif?st=2026-11-29T00%3A00%3A00Z&sig=a/20200101", None),
        ("/vsicurl/https://a.org/B04_20200301.tif?st=2026-11-29T00%3A00%3A00Z&sig=a", "2020-03-01"),
        ("/vsicurl?max_retry=2&url=https://a.org/B04_20200301.tif?se=2026-11-29&sig=a", "2020-03-01"),
        ("Really? 2020-03-01", "2020-03-01"),
        ("AST_L1T_00305042003110129_20150409135350_1234.hdf", "2003-05-04"),
        ("AST_07XT_00305042003110129_20150409135350_1234.hdf", "2003-05-04"),
        ("S2A_OPER_PRD_MSIL1C_PDMC_20160102T013101_R065_V20151231T102332_20151231T102332.SAFE", "2015-12-31"),
        ("LAST_L1T_00305042003110129_20150409.tif", "2015-04-09"),
    ],
)
def test_dates_are_read_from_names(name, found):
    day = date_in_name(name)
    assert (day.isoformat() if day else None) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("S1A_IW_20240601T170005_x.tif", "2024-06-01T17:00:05+00:00"),
        ("x_2024-06-01_17-00-05.tif", "2024-06-01T17:00:05+00:00"),
        ("20240601170005.tif", "2024-06-01T17:00:05+00:00"),
        ("s1a-iw-grd-vv-20240601t170005-20240601t170030-037252-046386-001.tiff", "2024-06-01T17:00:05+00:00"),
        ("hls.s30.t32unu.2024153t170005.v2.0.b04.tif", "2024-06-01T17:00:05+00:00"),
        ("HLS.S30.T32UNU.2024153T170005.v2.0.B04.tif", "2024-06-01T17:00:05+00:00"),
        ("MOD09GA.A2024153.h18v04.061.2024153170005.tif", "2024-06-01"),  # when it was made
        ("IMG_PHR1A_PMS_202406011700053_ORT.tif", "2024-06-01T17:00:05+00:00"),
        ("AST_L1T_00306012024170005_20240601235350_1234.hdf", "2024-06-01T17:00:05+00:00"),
        ("S2A_OPER_PRD_MSIL1C_PDMC_20240601T230000_R065_V20240601T170005_20240601T170005", "2024-06-01T17:00:05+00:00"),
        ("x_20240601_123456789.tif", "2024-06-01"),
        ("x_20240601_990000.tif", "2024-06-01"),
        ("x_2024-06-01.tif", "2024-06-01"),
        ("x_2024-06-01.tif?st=2024-06-01T17:00:05Z", "2024-06-01"),
        ("x.tif", ""),
    ],
)
def test_times_of_day_are_read_where_they_follow_the_date(name, found):
    assert moment_in_name(name) == found


def test_a_card_says_what_a_series_is(tmp_path, model):
    wants = ModelCard.from_json(toys.onnx.load(model).metadata_props[0].value).inputs[0]
    assert (wants.days, wants.band_names, wants.times, wants.channels) == (DAYS, ("red", "nir"), 3, 6)
