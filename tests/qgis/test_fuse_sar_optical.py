"""Radar and optical images through QGIS's doors: what reaches the worker, and the map as a user gets it."""

import json
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsApplication, QgsDateTimeRange, QgsRasterLayer
from qgis.PyQt.QtCore import QDate, QDateTime, QTime
from radar_scenes import SIDE_PX, radar

pytest_plugins = ["real_worker"]

FLOOD = Path(__file__).resolve().parents[2] / "models" / "bundled" / "flood-s1s2" / "model.onnx"


def test_sensors_become_a_request_in_their_order(algorithm, worker, context, feedback, make_raster, tmp_path):
    optical, sar_before = make_raster("optical.tif"), make_raster("sar_before.tif")
    given = {
        "OPTICAL": optical,
        "SAR_BEFORE": [sar_before],
        "SAR_UNIT": "db",
        "MODEL_FILE": str(FLOOD),
        "MIN_AREA": 500,
        "OUTPUT": str(tmp_path / "flood.tif"),
    }
    _, succeeded = algorithm("fusesaroptical").run(given, context, feedback, catchExceptions=False)
    assert succeeded
    asked = worker.request
    assert worker.tasks == ["fuse_sar_optical"]
    assert asked.files == ((optical,), (), (), (sar_before,))
    assert (asked.sar_unit, asked.generalisation.min_area_m2, asked.dates) == ("db", 500, ("", "", "", ""))
    assert asked.targets.made == {"output": str(tmp_path / "flood.tif")}


def test_the_day_of_a_layer_reaches_the_worker(algorithm, worker, context, feedback, make_raster, tmp_path):
    layer = QgsRasterLayer(make_raster("sar.tif"), "sar")
    midnight = QTime(0, 0)
    properties = layer.temporalProperties()
    properties.setIsActive(True)
    properties.setFixedTemporalRange(
        QgsDateTimeRange(QDateTime(QDate(2024, 6, 5), midnight), QDateTime(QDate(2024, 6, 6), midnight))
    )
    given = {"SAR": layer, "MODEL_FILE": str(FLOOD), "OUTPUT": str(tmp_path / "flood.tif")}
    algorithm("fusesaroptical").run(given, context, feedback, catchExceptions=False)
    assert worker.request.dates == ("", "2024-06-05", "", "")


def test_without_an_image_nothing_starts(algorithm, worker, context, tmp_path):
    given = {"MODEL_FILE": str(FLOOD), "OUTPUT": str(tmp_path / "flood.tif")}
    able, why = algorithm("fusesaroptical").checkParameterValues(given, context)
    assert not able and "No image is given" in why
    assert worker.tasks == []


@pytest.mark.parametrize(("name", "offered"), [("fusesaroptical", True), ("segmentlanduse", False)])
def test_models_of_several_sensors_are_offered_here_alone(provider, name, offered):
    made = QgsApplication.processingRegistry().createAlgorithmById(f"terraloom:{name}")
    assert ("flood-s1s2" in made.parameterDefinition("MODEL").options()) == offered


def test_a_flood_in_decibels_becomes_a_styled_map(qgis_app, front_door, tmp_path):
    """The river of 32 columns was there before; 64 more are flooded."""
    flood, areas = tmp_path / "flood.tif", tmp_path / "areas.csv"
    given = {
        "SAR": radar(tmp_path / "S1_20240605.tif", 96),
        "SAR_BEFORE": radar(tmp_path / "S1_20240524.tif", 32),
        "OUTPUT": flood,
        "AREAS": areas,
    }
    ended = front_door.run("terraloom:fusesaroptical", given, ["--json"])
    assert ended.code == 0, ended.complained
    assert json.loads(ended.said)["results"]["OUTPUT"] == str(flood)
    layer = QgsRasterLayer(str(flood), "flood")
    assert (layer.width(), layer.height()) == (SIDE_PX, SIDE_PX)
    layer.loadNamedStyle(str(flood.with_suffix(".qml")))
    assert [entry.label for entry in layer.renderer().classes()] == ["Not flooded", "Flooded"]
    classes = gdal.Open(str(flood)).ReadAsArray()
    assert (classes[:, 120:] == 0).mean() > 0.95
    assert (classes[:, 40:88] == 1).mean() > 0.6 and (classes[:, :24] == 1).mean() < 0.1
