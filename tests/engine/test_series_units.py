"""The dates of one series are brought to a model's values in one way, so those of different units are told of."""

import numpy as np
import pytest
import rasterio
import toys
from event_scenes import detect, titled
from listening import Heard
from maps import apply, refused
from onnx import helper
from terraloom.engine.errors import InputError
from terraloom.engine.requests.assignments import parse_scale

SHAPE = 60, 80
MIDDLE = np.array((400, 900, 2600)).reshape(3, 1, 1)
SUMMER, WINTER = np.array((1, 1, 1)).reshape(3, 1, 1), np.array((1.5, 1.2, 0.5)).reshape(3, 1, 1)
SNOW = np.array((20, 9, 1.5)).reshape(3, 1, 1)


def season_model(path, value_range=(0, 10_000), titles=("Other", "Landslide"), times=3, bands=("blue", "red", "nir")):
    """A segmentation of some dates of three bands, whose classes are told apart by blue and infrared of the last."""
    document = titled(toys.card(bands, 2, **{"terraloom:value_range": value_range}), titles)
    (entry,) = document["properties"]["mlm:input"]
    entry["terraloom:days"] = [30 * time for time in range(times)]
    entry["input"]["shape"] = [-1, len(bands) * times, -1, -1]
    weights = np.zeros((2, len(bands) * times, 1, 1), np.float32)
    weights[0, -1], weights[1, -len(bands)] = 1, 1
    nodes = [helper.make_node("Conv", ["image", "weights"], ["output"])]
    return toys.save(path, nodes, {"weights": weights}, len(bands) * times, document)


def images(seasons=(SUMMER,) * 3):
    """Reflectance x 10000 on some dates, of land with a little water."""
    rng = np.random.default_rng(0)
    light = rng.normal(1, 0.2, (len(seasons), 1, *SHAPE)).clip(0.4, 1.6)
    light[:, :, :6] *= 0.1
    return [(MIDDLE * season * of_date).round().astype(np.float32) for season, of_date in zip(seasons, light)]


def rasters(folder, dates, **profile):
    names = [f"s_2020-{month:02}-01.tif" for month in range(1, len(dates) + 1)]
    return [toys.raster(folder / name, date, **profile) for name, date in zip(names, dates)]


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("factor", [1e-4, 255 / 10_000])
def test_a_date_in_another_unit_is_refused_by_its_name(tmp_path, which, factor):
    dates = images()
    dates[which] *= factor
    model, sources = season_model(tmp_path / "m.onnx"), rasters(tmp_path, dates)
    refused(tmp_path, InputError, rf"values of s_2020-0{which + 1}-01.tif reach .* set SCALE to \*=1", model, *sources)
    stacked = toys.raster(tmp_path / "all.tif", np.concatenate(dates))
    refused(tmp_path, InputError, rf"values of all.tif \({which + 1}/3\) reach .* different units", model, stacked)


@pytest.mark.parametrize("times", [1, 0.0001])
def test_whoever_gives_a_scale_is_warned_and_gets_the_map(tmp_path, times):
    dates = images()
    dates[1] /= 10_000
    model, heard = season_model(tmp_path / "m.onnx", (0, 10_000 * times)), Heard()
    apply(tmp_path, model, *rasters(tmp_path, dates), scale=parse_scale(f"*={times:g}"), progress=heard)
    (told,) = (text for text in heard.warnings if "different units" in text)
    assert "s_2020-02-01.tif reach" in told and "in one way" in told


@pytest.mark.parametrize("value_range", [(0, 10_000), (0, 1)])
def test_an_offset_that_some_dates_have_is_told(tmp_path, value_range):
    model, heard, silent = season_model(tmp_path / "m.onnx", value_range), Heard(), Heard()
    run = {} if value_range[1] > 1 else {"scale": parse_scale("*=0.0001")}
    apply(tmp_path, model, *rasters(tmp_path, images()), progress=silent, **run)
    assert silent.warnings == []
    dates = images()
    dates[2] += 1000
    apply(tmp_path, model, *rasters(tmp_path, dates), progress=heard, **run)
    (told,) = (text for text in heard.warnings if "1000 is added" in text)
    assert told.startswith("The values of s_2020-03-01.tif begin at about 10")


def haze(date, most=900):
    """As seen through haze, which is brighter in blue."""
    lit = most * np.array((1, 0.5, 0.1)).reshape(3, 1, 1)
    return date + lit * (1 - date / 10_000)


def decibels(middle):
    return np.random.default_rng(1).normal(middle, 3, (3, *SHAPE)).astype(np.float32)


@pytest.mark.parametrize(
    ("dates", "value_range"),
    [
        (images((SUMMER, WINTER, SUMMER)), (0, 10_000)),
        (images((SUMMER, SNOW, WINTER)), (0, 10_000)),
        ([haze(date) if number == 1 else date for number, date in enumerate(images())], (0, 10_000)),
        (images((SUMMER, SNOW / 2, 0 * SUMMER)), (0, 10_000)),  # nothing was seen on the last date
        ([decibels(-15), decibels(-8), decibels(-1)], (-30, 10)),
    ],
)
def test_seasons_snow_haze_and_decibels_are_no_other_unit(tmp_path, dates, value_range):
    heard = Heard()
    apply(tmp_path, season_model(tmp_path / "m.onnx", value_range), *rasters(tmp_path, dates), progress=heard)
    assert not [text for text in heard.warnings if "unit" in text or "1000 is added" in text]


def test_what_says_nothing_of_its_unit_is_left_to_other_checks(tmp_path):
    model = season_model(tmp_path / "m.onnx")
    partly = images()
    partly[1][:, :, 20:] = 0
    partly[1] /= 100  # faint, but next to nothing is seen
    apply(tmp_path, model, *rasters(tmp_path, partly))
    far = images()
    far[1][:, 20:] = 1e6
    refused(tmp_path, InputError, "are exactly 1e\\+06", model, *rasters(tmp_path, far))
    below = [decibels(-15), decibels(-8), decibels(-1)]
    refused(tmp_path, InputError, "the model expects 0 to 10000", model, *rasters(tmp_path, below))


def test_rain_that_begins_is_no_other_unit(tmp_path):
    model = season_model(tmp_path / "m.onnx", (0, 100), bands=("rain",))
    rain = np.zeros((3, 1, *SHAPE), np.float32)
    rain[1, :, :10], rain[2, :, :50] = np.linspace(0.1, 0.5, SHAPE[1]), np.linspace(1, 60, SHAPE[1])
    apply(tmp_path, model, *rasters(tmp_path, rain))


def test_events_of_a_series_in_two_units_are_refused_before_the_network_runs(tmp_path):
    dates = images()
    dates[2] /= 10_000
    model = season_model(tmp_path / "m.onnx", times=2)
    heard = Heard()
    with pytest.raises(InputError, match="What is to be read for 2020-03-01") as refusal:
        detect(tmp_path, rasters(tmp_path, dates), "landslide", model, progress=heard)
    assert "s_2020-03-01.tif reach" in str(refusal.value.reason)
    assert not [text for text in heard.logs if text.startswith("Date ")]


def test_an_offset_of_the_later_date_is_told_with_its_events(tmp_path):
    dates, heard = images()[:2], Heard()
    dates[1] += 1000
    detect(tmp_path, rasters(tmp_path, dates), "landslide", season_model(tmp_path / "m.onnx", times=2), progress=heard)
    assert any("s_2020-02-01.tif begin" in text and "1000 is added" in text for text in heard.warnings)


@pytest.mark.parametrize("which", [(), (1,), (0, 2)])
@pytest.mark.parametrize("stacked", [False, True])
def test_a_scale_that_some_dates_are_told_to_have_is_warned_of(tmp_path, which, stacked):
    sources = rasters(tmp_path, images())
    if stacked:
        sources = [toys.raster(tmp_path / "all.tif", np.concatenate(images()))]
    for date in which:
        with rasterio.open(sources[0 if stacked else date], "r+") as dataset:
            scales = np.array(dataset.scales)
            scales[slice(3 * date, 3 * date + 3) if stacked else slice(None)] = 0.5
            dataset.scales = tuple(scales)
    heard = Heard()
    apply(tmp_path, season_model(tmp_path / "m.onnx"), *sources, progress=heard)
    assert len([text for text in heard.warnings if "set SCALE = *=0.5;" in text]) == bool(which)


def test_clear_water_beside_cloud_is_warned_of_and_mapped(tmp_path):
    dates = images()
    for date, level in zip(dates, (480, 8100, 7800)):
        date[:] = level
        date[:, ::7] *= 1.01
    heard = Heard()
    apply(tmp_path, season_model(tmp_path / "m.onnx"), *rasters(tmp_path, dates), progress=heard)
    assert any("as if they were of different units" in text for text in heard.warnings)


def test_a_date_in_decibels_among_powers_is_told_of_where_all_become_decibels(tmp_path):
    dates = [10 ** (decibels(-12)[:1] / 10), decibels(-12)[:1], 10 ** (decibels(-10)[:1] / 10)]
    model, heard = season_model(tmp_path / "m.onnx", (0, 255), bands=("vv",)), Heard()
    scale = parse_scale("*=db,7.727,255")
    apply(tmp_path, model, *rasters(tmp_path, dates), scale=scale, progress=heard)
    (told,) = (text for text in heard.warnings if "look like powers" in text)
    assert "s_2020-02-01.tif" in told and "s_2020-01-01.tif" not in told


def test_a_mild_difference_does_not_hide_one_that_no_nature_makes(tmp_path):
    dates = [date * factor for date, factor in zip(images(), (7e-6, 1e-4, 1))]
    model = season_model(tmp_path / "m.onnx", (0, 1))
    told = "s_2020-02-01.tif reach .* s_2020-03-01.tif about .* one series are of different units"
    refused(tmp_path, InputError, told, model, *rasters(tmp_path, dates))
