"""Of a model of several sensors, a series is read as the one that its rasters are of, and that is told."""

import numpy as np
import pytest
import rasterio
import sensors
import toys
from event_scenes import FLOOD, detect, model_of, titled
from listening import Heard
from terraloom.engine.cards.card_in_file import copy_with_card
from terraloom.engine.cards.foreign_cards import read_card
from terraloom.engine.errors import InputError
from terraloom.engine.events.event_inputs import with_dates
from terraloom.engine.requests.assignments import parse_bands
from terraloom.engine.requests.card_fields import CardFields
from terraloom.engine.requests.fuse_sar_optical import SENSORS
from terraloom.engine.requests.network_run import NetworkRun


@pytest.mark.parametrize(
    ("described", "bands", "sensor"),
    [
        (("VV", "VH", "angle"), "", "sar"),
        (("VV", "VH"), "", "sar"),
        ((None, None), "vv=2", "sar"),
        ((None, None), "", "optical"),
        (("green", "red"), "", "optical"),
        (("VV", "red", "green"), "red=2", "optical"),
        ((None,), "", "sar"),
    ],
)
def test_a_series_is_of_the_sensor_that_is_named_else_of_that_with_the_most_bands(tmp_path, described, bands, sensor):
    model = sensors.network(tmp_path / "toy.onnx")
    dates = []
    for number in (1, 2):
        values = np.random.default_rng(number).integers(1, 255, (len(described), 16, 16), np.uint8)
        dates.append(toys.raster(tmp_path / f"x_2020010{number}.tif", values, photometric="MINISBLACK"))
        with rasterio.open(dates[-1], "r+") as dataset:
            dataset.descriptions = described
    heard = Heard()
    run = NetworkRun(tuple(dates), str(model), bands=parse_bands(bands))
    made, _ = with_dates(run, dates, read_card(model, CardFields()), heard)
    files = dict(zip(SENSORS, (made.inputs, *made.further_inputs), strict=True))
    given = {name: paths for name, paths in files.items() if paths}
    assert given == {f"{sensor}_before": (dates[0],), sensor: (dates[1],)}
    assert f"The series is read as {sensor.upper()} ({', '.join(sensors.BANDS[sensor])})." in heard.logs


def test_a_date_whose_values_cannot_be_brought_to_the_model_is_named(tmp_path):
    """Here it has fewer bands than the first one, which tells of which sensor the series is."""
    model = sensors.network(tmp_path / "toy.onnx")
    copy_with_card(model, titled(read_card(model).document, FLOOD), model)
    dates = [
        toys.raster(tmp_path / f"x_2020010{number}.tif", np.full((bands, 16, 16), 100, np.uint8))
        for number, bands in enumerate((2, 2, 1), start=1)
    ]
    with pytest.raises(InputError, match=r"for 2020-01-03 \(x.*, x_20200103.tif\) is refused. The model exp"):
        detect(tmp_path, dates, "flood", model)


def test_a_single_image_is_sent_to_the_algorithm_that_takes_one(tmp_path):
    model = sensors.network(tmp_path / "toy.onnx")
    copy_with_card(model, titled(read_card(model).document, FLOOD), model)
    one = toys.raster(tmp_path / "x_20200101.tif", np.full((1, 16, 16), 100, np.uint8))
    with pytest.raises(InputError, match="SERIES has 1. Add an image from before.* “Fuse SAR and optical”"):
        detect(tmp_path, [one], "flood", model)


@pytest.mark.parametrize(
    ("unit", "taken", "warned"),
    [("auto", "decibels", False), ("db", "decibels", False), ("linear", "powers (linear)", True)],
)
def test_the_unit_of_radar_is_what_the_user_says_on_every_date(tmp_path, unit, taken, warned):
    model = sensors.network(tmp_path / "toy.onnx")
    copy_with_card(model, titled(read_card(model).document, FLOOD), model)
    decibels = np.random.default_rng(0).normal(-12, 3, (3, 16, 16)).astype(np.float32)
    dates = [toys.raster(tmp_path / f"x_2020010{number}.tif", date) for number, date in enumerate(decibels, start=1)]
    heard = Heard()
    detect(tmp_path, dates, "flood", model, progress=heard, more={"sar_unit": unit})
    told = [text for text in heard.logs if "the values are taken for" in text]
    assert told and all(text.endswith(f"are taken for {taken}.") for text in told)
    assert any("SAR_UNIT is linear, but the values of SAR look like" in text for text in heard.warnings) == warned


@pytest.mark.parametrize("sensor", ["optical", "one image"])
def test_a_unit_of_radar_is_refused_where_none_is_read(tmp_path, sensor):
    if sensor == "optical":
        model = sensors.network(tmp_path / "toy.onnx")
        copy_with_card(model, titled(read_card(model).document, FLOOD), model)
    else:
        model = model_of(tmp_path / "toy.onnx", FLOOD)
    values = np.full((2, 16, 16), 100, np.uint8)
    dates = [toys.raster(tmp_path / f"x_2020010{number}.tif", values) for number in (1, 2)]
    with pytest.raises(InputError, match="SAR_UNIT is db, which counts for radar .* toy reads this series otherwise"):
        detect(tmp_path, dates, "flood", model, more={"sar_unit": "db"})
