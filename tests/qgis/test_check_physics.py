"""Checking maps by laws of nature from QGIS: the dialog's values reach the worker, figures and maps come back."""

import json

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsPalettedRasterRenderer, QgsProject, QgsRasterLayer
from qgis.PyQt.QtGui import QColor

pytest_plugins = ["real_worker"]

FIGURES = {"violating_share": 0.25, "mean_residual": 0.1, "weighted_term": 0.05}


@pytest.fixture
def asked(stand_in):
    return stand_in("check_physics", FIGURES)


@pytest.fixture
def run(algorithm, context, feedback):
    def start(**parameters):
        results, succeeded = algorithm("checkphysics").run(parameters, context, feedback, catchExceptions=False)
        assert succeeded, feedback.errors
        return results

    return start


def raster(path, values, pixel=10.0):
    """`(bands, rows, cols)` or `(rows, cols)` as a GeoTIFF."""
    values = np.atleast_3d(values) if np.ndim(values) == 3 else np.asarray(values)[np.newaxis]
    bands, rows, columns = values.shape
    kind = gdal.GDT_Byte if values.dtype == np.uint8 else gdal.GDT_Float32
    system = osr.SpatialReference()
    system.ImportFromEPSG(32631)
    made = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, bands, kind)
    made.SetGeoTransform((500000, pixel, 0, 5700000, 0, -pixel))
    made.SetProjection(system.ExportToWkt())
    for number, band in enumerate(values, start=1):
        made.GetRasterBand(number).WriteArray(band)
    made = None
    return str(path)


def test_parameters_of_water_levels_become_a_request_and_figures_come_back(run, asked, make_raster, tmp_path):
    prediction, dem = make_raster("map.tif", bands=1), make_raster("dem.tif", bands=1)
    places = {"OUTPUT": str(tmp_path / "residual.tif"), "METRICS": str(tmp_path / "figures.json")}
    given = {"WATER_CLASSES": " 1; Sea", "TOLERANCE": 0.5, "ALPHA": 0.25}
    results = run(PREDICTION=prediction, RULE="waterlevel", DEM=dem, **given, **places)
    (request,) = asked.requests
    assert (request.prediction, request.rule, request.dem) == (prediction, "waterlevel", dem)
    assert (request.water, request.tolerance, request.alpha) == ("1; Sea", 0.5, 0.25)
    assert request.minimum is request.maximum is request.step_minutes is None and not request.vector_field
    assert results == {**places, "VIOLATING_SHARE": 0.25, "MEAN_RESIDUAL": 0.1, "WEIGHTED_TERM": 0.05}


def test_parameters_of_ranges_and_of_advection_become_requests(run, asked, make_raster):
    prediction, field = make_raster("map.tif", bands=2), make_raster("wind.tif", bands=2)
    run(PREDICTION=prediction, RULE="range", MAXIMUM=0, OUTPUT="TEMPORARY_OUTPUT")
    run(PREDICTION=prediction, RULE="advection", VECTOR_FIELD=field, STEP_MINUTES=5, METRICS="TEMPORARY_OUTPUT")
    of_range, of_flow = asked.requests
    assert (of_range.minimum, of_range.maximum, of_range.tolerance, of_range.alpha) == (None, 0, 0, 1)
    assert of_range.output.endswith(".tif") and not of_range.metrics
    assert (of_flow.vector_field, of_flow.step_minutes, of_flow.minimum) == (field, 5, None)
    assert of_flow.metrics.endswith(".json") and not of_flow.output


def test_classes_are_called_as_the_legend_of_the_layer_shows_them(run, asked, make_raster, load_raster):
    layer = load_raster(make_raster("map.tif", bands=1), "map")
    classes = [QgsPalettedRasterRenderer.Class(1, QColor("#113355"), "Sea")]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    run(PREDICTION=layer, RULE="waterlevel", DEM=make_raster("dem.tif", bands=1), METRICS="TEMPORARY_OUTPUT")
    (named,) = asked.requests[0].class_names
    assert (named.value, named.name, named.colour) == (1, "Sea", "#113355")


def test_a_figure_that_is_none_is_left_out(run, asked, make_raster):
    asked.figures = {**FIGURES, "violating_share": None, "mean_residual": None}
    results = run(PREDICTION=make_raster("map.tif"), RULE="range", MINIMUM=0, METRICS="TEMPORARY_OUTPUT")
    assert results.keys() == {"METRICS", "WEIGHTED_TERM"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PREDICTION": "none.tif"}, "PREDICTION is none.tif, which QGIS cannot open"),
        ({"DEM": "none.tif"}, "DEM is none.tif, which QGIS cannot open"),
        ({"DEM": None}, "needs DEM"),
        ({"RULE": "range", "MINIMUM": 1}, "DEM is given, which is for the rule waterlevel; RULE is range"),
        ({"RULE": "range", "DEM": None}, "needs MINIMUM, MAXIMUM or both"),
        ({"RULE": "advection", "DEM": None, "VECTOR_FIELD": "{dem}"}, "needs STEP_MINUTES"),
        ({"MAXIMUM": 3}, "MAXIMUM is given, which is for the rule range; RULE is waterlevel"),
        ({"TOLERANCE": -1}, "TOLERANCE is -1"),
        ({"OUTPUT": None}, "No result is asked for"),
        ({"OUTPUT": "{dem}"}, "is also an input"),
        ({"OUTPUT": "residual.png"}, "cannot be written as"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, make_raster, given, words):
    dem = make_raster("dem.tif", bands=1)
    parameters = {"PREDICTION": make_raster("map.tif", bands=1), "RULE": "waterlevel", "DEM": dem}
    parameters = {**parameters, "OUTPUT": "TEMPORARY_OUTPUT", **given}
    parameters = {name: dem if value == "{dem}" else value for name, value in parameters.items()}
    accepted, sentence = algorithm("checkphysics").checkParameterValues(parameters, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_a_map_of_a_server_is_refused(algorithm, context, asked, load_raster, make_raster, tiles):
    source, _ = tiles
    parameters = {"PREDICTION": load_raster(source, "tiles", "wms"), "RULE": "range", "MINIMUM": 0}
    accepted, sentence = algorithm("checkphysics").checkParameterValues({**parameters, "METRICS": "m.json"}, context)
    assert not accepted and "which is no file (wms). Export it first." in sentence


def test_a_flood_is_checked(front_door, worker_python, tmp_path):
    """With the real worker: a flood that fills a valley, and one pixel of water on its slope."""
    elevation_m = np.abs(np.arange(41, dtype=np.float32) - 20)[np.newaxis].repeat(30, axis=0)
    classes = (elevation_m <= 5).astype(np.uint8)
    classes[10, 30] = 1  # 10 m up; one metre above its lower neighbour
    values = {
        "PREDICTION": raster(tmp_path / "flood.tif", classes),
        "RULE": "waterlevel",
        "DEM": raster(tmp_path / "dem.tif", elevation_m),
        "WATER_CLASSES": 1,
        "OUTPUT": tmp_path / "residual.tif",
        "METRICS": tmp_path / "figures.json",
    }
    ended = front_door.run("terraloom:checkphysics", values, ["--json"])
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    assert results["VIOLATING_SHARE"] == pytest.approx(1 / 61) and results["MEAN_RESIDUAL"] == pytest.approx(1 / 61)
    residual = gdal.Open(results["OUTPUT"]).ReadAsArray()
    assert residual[10, 30] == 1 and np.nansum(residual) == 1 and np.isnan(residual[classes == 0]).all()
    told = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert told["violating"] == 1 and told["judged"] == 61 and told["wet_ha"] == pytest.approx(0.01 * classes.sum())


def test_rasters_that_do_not_fit_are_refused_by_the_worker(front_door, worker_python, tmp_path):
    flat = raster(tmp_path / "flat.tif", np.ones((9, 9), np.float32))
    values = {"PREDICTION": flat, "RULE": "advection", "VECTOR_FIELD": flat, "STEP_MINUTES": 5}
    ended = front_door.run("terraloom:checkphysics", {**values, "METRICS": tmp_path / "m.json"})
    assert ended.code != 0 and "has 1 band; advection compares successive bands" in ended.said + ended.complained
    assert not (tmp_path / "m.json").exists()


def test_residuals_appear_in_their_style(in_qgis, load_results, tmp_path):
    """Coloured from 0 to what is usual, named after the map."""
    values = np.linspace(0, 20, 900, dtype=np.float32).reshape(30, 30)
    parameters = {"PREDICTION": raster(tmp_path / "heights.tif", values), "RULE": "range", "MAXIMUM": 10}
    load_results("terraloom:checkphysics", {**parameters, "OUTPUT": str(tmp_path / "residual.tif")})
    (layer,) = QgsProject.instance().mapLayers().values()
    assert isinstance(layer, QgsRasterLayer) and layer.name() == "Residuals: heights"
    renderer = layer.renderer()
    assert renderer.type() == "singlebandpseudocolor" and renderer.classificationMin() == 0
    assert renderer.classificationMax() == pytest.approx(9.6, abs=0.05)
