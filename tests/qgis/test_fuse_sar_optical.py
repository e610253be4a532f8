"""Radar and optical images through QGIS's doors: what reaches the worker, and the map as a user gets it."""

from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsDateTimeRange, QgsRasterLayer
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

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
    assert (asked.sar_unit, asked.min_area_m2, asked.dates) == ("db", 500, ("", "", "", ""))
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
