"""Evidence from QGIS: values of the dialog reach the worker, findings come back as classes, and a chain leads to it."""

import json

import numpy as np
import pytest
from front_door import RUN_S, wait
from osgeo import gdal, osr
from qgis.core import QgsPalettedRasterRenderer, QgsProject

pytest_plugins = ["real_worker"]

FIGURES = {
    "unsure_share": 0.25,
    "impossible_share": None,
    "contradicted_share": 0.0,
    "attribution_on_unsure": 0.5,
}
FLOODED = np.s_[20:52, 16:56]


@pytest.fixture
def asked(stand_in):
    return stand_in("report_evidence", FIGURES)


def raster(path, values, names=()):
    """`(bands, rows, cols)` as a GeoTIFF whose bands have names."""
    bands, rows, columns = values.shape
    kind = gdal.GDT_Byte if values.dtype == np.uint8 else gdal.GDT_Float32
    system = osr.SpatialReference()
    system.ImportFromEPSG(32631)
    made = gdal.GetDriverByName("GTiff").Create(str(path), columns, rows, bands, kind)
    made.SetGeoTransform((500000, 10, 0, 5700000, 0, -10))
    made.SetProjection(system.ExportToWkt())
    for number, band in enumerate(values, start=1):
        made.GetRasterBand(number).WriteArray(band)
        if names:
            made.GetRasterBand(number).SetDescription(names[number - 1])
    made = None
    return str(path)


def test_the_dialogs_values_become_a_request_and_figures_come_back(
    algorithm, context, feedback, asked, make_raster, tmp_path
):
    places = {"OUTPUT": str(tmp_path / "found.tif"), "REPORT": str(tmp_path / "page.html")}
    layers = {name: make_raster(f"{name}.tif") for name in ("PREDICTION", "ATTRIBUTION", "UNCERTAINTY", "RESIDUAL")}
    images = [make_raster("first.tif"), make_raster("second.tif")]
    given = {**layers, "IMAGE": images, "SURE_FROM": 0.7, "TOLERANCE": 0.5, **places}
    given["EXTENT"] = "500000,500050,5699950,5700000 [EPSG:32631]"
    results, succeeded = algorithm("reportevidence").run(given, context, feedback, catchExceptions=False)
    assert succeeded, feedback.errors
    (request,) = asked.requests
    assert {name: getattr(request, name.lower()) for name in layers} == layers
    assert request.image == tuple(images) and (request.sure_from, request.tolerance) == (0.7, 0.5)
    assert (request.extent.left, request.extent.top) == (500000, 5700000)
    numbers = {"UNSURE_SHARE": 0.25, "CONTRADICTED_SHARE": 0.0, "ATTRIBUTION_ON_UNSURE": 0.5}
    assert results == {**places, **numbers}  # what is not known is left out


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PREDICTION": "none.tif"}, "PREDICTION is none.tif, which QGIS cannot open"),
        ({"UNCERTAINTY": None}, "nothing to hold PREDICTION against"),
        ({"IMAGE": ["none.tif"]}, "IMAGE is none.tif, which QGIS cannot open"),
        ({"SURE_FROM": 0}, "SURE_FROM is 0"),
        ({"TOLERANCE": 1}, "no RESIDUAL"),
        ({"OUTPUT": None}, "No result is asked for"),
        ({"OUTPUT": "{map}"}, "is also an input"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, make_raster, given, words):
    map_file = make_raster("map.tif", bands=1)
    parameters = {"PREDICTION": map_file, "UNCERTAINTY": make_raster("c.tif", bands=1)}
    parameters = {**parameters, "OUTPUT": "TEMPORARY_OUTPUT", **given}
    parameters = {name: map_file if value == "{map}" else value for name, value in parameters.items()}
    accepted, sentence = algorithm("reportevidence").checkParameterValues(parameters, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_findings_appear_as_classes(in_qgis, load_results, tmp_path):
    """With the real worker: a map that is unsure on its right half."""
    classes = np.ones((1, 20, 30), np.uint8)
    confidence = np.full((1, 20, 30), 0.9, np.float32)
    confidence[..., 15:] = 0.3
    given = {
        "PREDICTION": raster(tmp_path / "map.tif", classes),
        "UNCERTAINTY": raster(tmp_path / "c.tif", confidence, ["confidence"]),
        "OUTPUT": str(tmp_path / "found.tif"),
    }
    load_results("terraloom:reportevidence", given)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.name() == "Findings: map" and isinstance(layer.renderer(), QgsPalettedRasterRenderer)
    assert [entry.label for entry in layer.renderer().classes()] == ["Nothing against it", "Unsure"]
    found = gdal.Open(str(tmp_path / "found.tif")).ReadAsArray()
    assert (found[:, :15] == 1).all() and (found[:, 15:] == 2).all()


def flood(folder):
    """What two sensors see of a field before and after it is flooded, and ground that falls to the south."""
    rng = np.random.default_rng(0)
    files = {}
    for name, dry, wet in (("OPTICAL", (90, 130, 80), (30, 45, 60)), ("SAR", (140,), (25,))):
        for when, level in (("_BEFORE", dry), ("", wet)):
            values = np.array(dry, float)[:, np.newaxis, np.newaxis] + rng.normal(0, 8, (len(dry), 72, 72))
            values[:, FLOODED[0], FLOODED[1]] += (
                np.array(level)[:, np.newaxis, np.newaxis] - np.array(dry)[:, np.newaxis, np.newaxis]
            )
            values = values.clip(1, 254).astype(np.uint8)
            files[name + when] = raster(folder / f"{name}{when}.tif", values)
    elevation_m = np.linspace(72, 1, 72, dtype=np.float32)[np.newaxis, :, np.newaxis].repeat(72, axis=2)
    return {**files, "DEM": raster(folder / "dem.tif", elevation_m)}


def test_a_flood_is_mapped_with_its_evidence_in_one_go(front_door, worker_python, tmp_path):
    """With the real worker: its lower shore stands above dry ground."""
    results = {
        "flood:MAP": tmp_path / "flood.tif",
        "flood:AREAS": tmp_path / "areas.gpkg",
        "flood:CONFIDENCE": tmp_path / "confidence.tif",
        "explain:EXPLANATION": tmp_path / "why.tif",
        "physics:RESIDUALS": tmp_path / "residuals.tif",
        "report:FINDINGS": tmp_path / "found.tif",
        "report:REPORT": tmp_path / "page.html",
    }
    given = {**flood(tmp_path), "TOLERANCE": 0.5, **results}
    ended = wait(front_door.start("terraloom:floodevidence", given, ["--json"]), 3 * RUN_S)
    assert ended.code == 0, ended.complained
    assert json.loads(ended.said)["results"].keys() >= results.keys()
    mapped, found = (gdal.Open(str(results[name])).ReadAsArray() for name in ("flood:MAP", "report:FINDINGS"))
    wet = mapped == 1
    assert wet[FLOODED].mean() > 0.8 and wet.mean() < 0.4
    above_dry = wet & ~np.roll(wet, -1, axis=0)
    above_dry[-1] = False
    assert above_dry.any() and np.isin(found[above_dry], (5, 6)).all() and not np.isin(found[~above_dry], (5, 6)).any()
    page = (tmp_path / "page.html").read_text("utf-8")
    for picture in ("The image", "The map", "Attribution", "Confidence", "Residual", "Where they disagree"):
        assert f'alt="{picture}' in page
    assert "water stands above dry ground" in page
