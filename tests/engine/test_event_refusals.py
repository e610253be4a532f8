"""What cannot be detected is refused before work starts, and what is stopped leaves nothing."""

import os
from datetime import date

import numpy as np
import pytest
import rasterio
import toys
from affine import Affine
from event_scenes import FLOOD, GLACIER, PIXEL_M, detect, flood, glacier, model_of, series, titled
from listening import Heard
from onnx import helper
from terraloom.engine.errors import CancelledError, InputError, ModelError, from_document, to_document
from terraloom.engine.events import event_series
from terraloom.engine.images.rasters import Rasters
from terraloom.engine.jobs import detect_events
from terraloom.engine.library.card import ModelCard
from terraloom.engine.library.event_models import dates_read, event_classes
from terraloom.engine.requests.detect_events import DetectEvents, EventTargets
from terraloom.engine.requests.network_run import Extent, NetworkRun


@pytest.mark.parametrize(
    ("event", "titles", "words"),
    [
        ("flood", GLACIER, "none is flood"),
        ("glacierfront", ("Ice", "Sea"), "none is glacierfront"),
        ("change", ("No change", "Unchanged"), "none is change"),
        ("landslide", FLOOD, "none is landslide"),
    ],
)
def test_a_model_of_something_else_is_refused(tmp_path, event, titles, words):
    scene = np.zeros((len(titles), 20, 20), np.float32)
    with pytest.raises(ModelError, match=words):
        detect(tmp_path, series(tmp_path, scene), event, model_of(tmp_path / "m.onnx", titles))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"event": "earthquake"}, "EVENT is earthquake; it must be one of: flood, landslide, glacierfront, change"),
        ({"dem": "dem.tif", "event": "change"}, "EVENT is change, which makes no use of it"),
        ({"min_area_m2": 900, "event": "glacierfront"}, "MIN_AREA is 900 m², but EVENT is glacierfront, of which noth"),
        ({"sar_unit": "watts"}, "SAR_UNIT is watts; it must be one of auto, db, linear, scaled"),
        ({"min_area_m2": -1}, "MIN_AREA cannot be negative"),
        ({"targets": EventTargets(front="f.gpkg")}, "FRONT is asked for, the line of a glacier's front"),
        ({"targets": EventTargets()}, "No result is asked for"),
        ({"dates": ("2020-01-01",)}, "DATES has 1 dates, but SERIES has 2 rasters"),
        ({"dates": ("2020-01-01", "March")}, "DATES has March, which is no date"),
        ({"dates": ("2020-02-01", "2020-01-01")}, r"b.tif \(2020-01-01\) comes after a.tif \(2020-02-01\)"),
        ({"dates": ()}, "The date of a.tif is not known"),
        ({"run": NetworkRun(("a.tif",), "m.onnx", resume=True), "dates": ("2020-01-01",)}, "RESUME is on"),
    ],
)
def test_what_cannot_be_is_refused_before_work_starts(changes, words):
    asked = {
        "run": NetworkRun(("a.tif", "b.tif"), "m.onnx"),
        "targets": EventTargets(output="o.tif"),
        "event": "flood",
        "dates": ("2020-01-01", "2020-02-01"),
    }
    with pytest.raises(InputError, match=words):
        DetectEvents(**{**asked, **changes})


def test_a_date_from_elsewhere_is_refused(tmp_path):
    here = toys.raster(tmp_path / "a_20200101.tif", flood(), pixel=PIXEL_M)
    there = toys.raster(tmp_path / "b_20200201.tif", flood(), transform=Affine(30, 0, 900_000, 0, -30, 5_000_000))
    with pytest.raises(InputError, match="Date 2 of the series .* does not overlap the first"):
        detect(tmp_path, [here, there], "flood", model_of(tmp_path / "m.onnx", FLOOD))


def test_a_date_that_shows_nothing_of_the_extent_is_named(tmp_path):
    first = toys.raster(tmp_path / "a_20200101.tif", flood(), pixel=PIXEL_M)
    second = toys.raster(tmp_path / "b_20200201.tif", flood()[:, :, :40], pixel=PIXEL_M)
    right = Extent(500_000 + 60 * PIXEL_M, 5_000_000 - 60 * PIXEL_M, 500_000 + 80 * PIXEL_M, 5_000_000, toys.UTM)
    with pytest.raises(InputError, match=r"Date 2 of the series \(.*b_20200201.tif\) shows nothing of EXTENT"):
        detect(tmp_path, [first, second], "flood", model_of(tmp_path / "m.onnx", FLOOD), extent=right)


@pytest.mark.parametrize(
    ("last", "card", "words"),
    [
        (
            flood()[:1],
            {},
            r"What is to be read for 2020-03-01 \(scene_2020-03-01.tif\) is refused. .* 2 bands .* has 1",
        ),
        (
            np.linspace(-1000, 1000, 9600, dtype="float32").reshape(2, 60, 80),
            {"terraloom:value_range": [-3, 3]},
            "2020-03-01.* is refused. The values of input image lie between",
        ),
    ],
)
def test_an_unfit_date_is_named_before_the_network_runs_on_those_before_it(tmp_path, monkeypatch, last, card, words):
    monkeypatch.setattr(event_series, "predict", lambda *_: pytest.fail("the network ran"))
    rasters = series(tmp_path, flood(), flood((slice(5, 15), slice(5, 25))), last)
    document = titled(toys.card(("b0", "b1"), 2, **card), FLOOD)
    model = toys.save(tmp_path / "m.onnx", [helper.make_node("Identity", ["image"], ["output"])], {}, 2, document)
    with pytest.raises(InputError, match=words) as refusal:
        detect(tmp_path, rasters, "flood", model)
    assert refusal.value.template == "What is to be read for {day} ({names}) is refused."
    assert "{" in refusal.value.reason.template, "to be worded in the user's language"
    assert str(from_document(to_document(refusal.value))) == str(refusal.value)


def a_series(tmp_path, days, *rasters, **card):
    """The readings of a network that takes so many dates as one input, and its card."""
    document = titled(toys.card(("b0", "b1"), 2, **card), FLOOD)
    document["properties"]["mlm:input"][0]["terraloom:days"] = days
    card = ModelCard.from_document(document)
    taken = [date(2020, month, 1) for month in range(1, len(rasters) + 1)]
    return event_series.plan_readings(rasters, taken, card, "flood"), card


def test_the_values_of_a_date_that_many_readings_share_are_read_once(tmp_path, monkeypatch):
    """Of all but the last dates, which are those of a reading of their own."""
    rasters = series(tmp_path, *[flood()] * 8)
    readings, card = a_series(tmp_path, [0, 30, 60], *map(str, rasters))
    read, told, sample = [], Heard(), Rasters.sample
    monkeypatch.setattr(Rasters, "sample", lambda self, bands: read.extend(self.files) or sample(self, bands))
    event_series.check_readings(NetworkRun(readings[0].rasters, "m.onnx"), readings, card, told)
    assert sorted(map(str, read)) == sorted(map(str, (*rasters, rasters[5])))
    assert told.logs == ["Bands and values of all dates are looked at before the network runs."]


def test_the_pixels_of_every_date_that_a_reading_begins_with_are_looked_at(tmp_path):
    rasters = series(tmp_path, *[flood()] * 4, flood())
    rasters[1] = toys.raster(tmp_path / "coarse.tif", flood(), pixel=40 * PIXEL_M)
    readings, card = a_series(tmp_path, [0, 30, 60], *map(str, rasters), **{"terraloom:resolution_m": PIXEL_M})
    with pytest.raises(InputError, match="2020-04-01 .coarse.tif.* is refused"):
        event_series.check_readings(NetworkRun(readings[0].rasters, "m.onnx"), readings, card, Heard())


def test_elevations_of_elsewhere_are_refused(tmp_path):
    there = Affine(30, 0, 900_000, 0, -30, 5_000_000)
    dem = toys.raster(tmp_path / "dem.tif", np.zeros((60, 80), np.float32), transform=there)
    with pytest.raises(InputError, match="does not overlap SERIES"):
        detect(tmp_path, series(tmp_path, flood()), "flood", model_of(tmp_path / "m.onnx", FLOOD), more={"dem": dem})


def test_elevations_on_other_pixels_without_a_place_on_earth_are_refused(tmp_path):
    dem = toys.raster(tmp_path / "dem.tif", np.zeros((30, 40), np.float32), crs=None, pixel=2 * PIXEL_M)
    rasters = series(tmp_path, flood(), crs=None)
    with pytest.raises(InputError, match="dem.tif has other pixels than the map, and neither has a coordinate ref"):
        detect(tmp_path, rasters, "flood", model_of(tmp_path / "m.onnx", FLOOD), more={"dem": dem})


def test_elevations_that_change_while_they_are_read_end_the_job(tmp_path, monkeypatch):
    dem = toys.raster(tmp_path / "dem.tif", np.zeros((60, 80), np.float32), pixel=PIXEL_M)
    judge = detect_events.judge_map

    def judged(*words):
        os.utime(dem, (1, 1))
        return judge(*words)

    monkeypatch.setattr(detect_events, "judge_map", judged)
    with pytest.raises(InputError, match="dem.tif was changed or deleted"):
        detect(tmp_path, series(tmp_path, flood()), "flood", model_of(tmp_path / "m.onnx", FLOOD), more={"dem": dem})


@pytest.mark.parametrize(("scale", "offset"), [(0.1, 0), (1, -500)])
def test_elevations_that_are_packed_are_refused(tmp_path, scale, offset):
    dem = toys.raster(tmp_path / "dem.tif", np.zeros((60, 80), np.int16), pixel=PIXEL_M)
    with rasterio.open(dem, "r+") as dataset:
        dataset.scales, dataset.offsets = (scale,), (offset,)
    with pytest.raises(InputError, match=f"multiplied by {scale:g} and moved by {offset:g} first"):
        detect(tmp_path, series(tmp_path, flood()), "flood", model_of(tmp_path / "m.onnx", FLOOD), more={"dem": dem})


def test_a_run_that_is_stopped_leaves_nothing(tmp_path):
    """On the second date, when the first was mapped."""

    class Stop(Heard):
        def update(self, fraction, mpx_per_s=None):
            if any("Date 2" in text for text in self.logs):
                raise CancelledError()

    rasters = series(tmp_path, glacier(40), glacier(50))
    model = model_of(tmp_path / "m.onnx")
    there = sorted(tmp_path.rglob("*"))
    with pytest.raises(CancelledError):
        detect(tmp_path, rasters, "glacierfront", model, ("output", "front"), Stop(), {"align": True})
    assert sorted(tmp_path.rglob("*")) == there


@pytest.mark.parametrize("dry", ["Not flooded", "Never flooded", "Dry, no flood"])
def test_a_class_that_denies_the_event_is_none_of_it(dry):
    document = titled(toys.card(("b0", "b1"), 2), (dry, "Flooded"))
    assert event_classes(ModelCard.from_document(document), "flood") == (1,)


@pytest.mark.parametrize(
    ("dry", "flooded"),
    [
        ("not_flooded", "flooded_area"),
        ("no-flood", "flood/water"),
        ("background", "flood2024"),
        ("Überflood", "Flood."),
    ],
)
def test_words_in_the_names_of_classes_are_parted_by_whatever_is_no_letter(dry, flooded):
    document = titled(toys.card(("b0", "b1"), 2), (dry, flooded))
    assert event_classes(ModelCard.from_document(document), "flood") == (1,)


def test_a_model_that_needs_images_of_two_sensors_reads_no_series_of_one():
    inputs = ("optical", "sar", "optical_before", "sar_before")
    document = toys.card(("b0",), 2)
    first = document["properties"]["mlm:input"][0]

    def read_by(needed):
        document["properties"]["mlm:input"] = [
            {**first, "name": name, "bands": [name[:3]], "terraloom:optional": name not in needed} for name in inputs
        ]
        return dates_read(ModelCard.from_document(document))

    assert read_by(inputs) is None and read_by(("optical", "sar")) is None
    assert read_by(()) == read_by(("optical",)) == read_by(("sar", "sar_before")) == 2
