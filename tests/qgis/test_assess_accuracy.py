"""Assessing accuracy from QGIS: what the dialog says reaches the worker, and the figures come back."""

import json

import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsPalettedRasterRenderer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

pytest_plugins = ["real_worker"]

LEFT, TOP = 500000.0, 5700000.0
"""Upper left corner of the rasters."""


@pytest.fixture
def asked(stand_in):
    return stand_in("assess_accuracy", {"oa": 0.75, "miou": 0.5})


@pytest.fixture
def run(algorithm, context, feedback):
    def start(**parameters):
        results, succeeded = algorithm("assessaccuracy").run(parameters, context, feedback, catchExceptions=False)
        assert succeeded
        return results

    return start


def points(path, labels, epsg=32631):
    """Points along the diagonal of the map, with the class in `kind`."""
    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = source.CreateLayer("points", system, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("kind", ogr.OFTString))
    for number, label in enumerate(labels):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["kind"] = label
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT({LEFT + 0.25 + number} {TOP - 0.25 - number})"))
        layer.CreateFeature(feature)
    source = None
    return str(path)


def test_parameters_become_a_request_and_figures_come_back(run, asked, make_raster, make_polygons, tmp_path):
    class_map, reference = make_raster("map.tif", bands=1), points(tmp_path / "points.gpkg", ["1", "0"])
    results = run(
        MAP=class_map,
        REFERENCE=reference,
        CLASS_FIELD="kind",
        REGIONS=make_polygons("regions.gpkg"),
        REGION_FIELD="class",
        CONFIDENCE_LEVEL=0.9,
        REPORT=str(tmp_path / "r.html"),
        METRICS=str(tmp_path / "m.json"),
    )
    (request,) = asked.requests
    assert (request.map, request.reference, request.class_field) == (class_map, reference, "kind")
    assert (request.reference_is_raster, request.reference_layer) == (False, "")
    assert (request.regions, request.region_field) == (str(tmp_path / "regions.gpkg"), "class")
    assert request.confidence_level == 0.9
    assert results == {
        "REPORT": str(tmp_path / "r.html"),
        "METRICS": str(tmp_path / "m.json"),
        "OA": 0.75,
        "MIOU": 0.5,
    }


def test_one_layer_of_several_is_named(run, asked, make_raster, make_polygons, tmp_path):
    path = make_polygons("several.gpkg", names=("first", "second"))
    run(MAP=make_raster("map.tif", bands=1), REFERENCE=f"{path}|layername=second", CLASS_FIELD="class")
    assert (asked.requests[0].reference, asked.requests[0].reference_layer) == (path, "second")


def test_a_raster_is_a_reference_too(run, asked, make_raster):
    reference = make_raster("truth.tif", bands=1)
    results = run(MAP=make_raster("map.tif", bands=1), REFERENCE=reference, REPORT="TEMPORARY_OUTPUT")
    (request,) = asked.requests
    assert request.reference_is_raster and request.reference == reference and request.metrics == ""
    assert request.confidence_level == 0.95
    assert results["REPORT"].endswith(".html")


def test_classes_are_called_as_the_legend_of_the_layer_shows_them(run, asked, make_raster, load_raster):
    layer = load_raster(make_raster("map.tif", bands=1), "map")
    classes = [QgsPalettedRasterRenderer.Class(1, QColor("#113355"), "Sea")]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    run(MAP=layer, REFERENCE=make_raster("truth.tif", bands=1))
    (named,) = asked.requests[0].class_names
    assert (named.value, named.name, named.colour) == (1, "Sea", "#113355")


def test_a_layer_in_memory_is_a_reference_too(run, asked, make_raster, qgis_app):
    layer = QgsVectorLayer("Point?crs=EPSG:32631&field=kind:string", "points", "memory")
    run(MAP=make_raster("map.tif", bands=1), REFERENCE=layer, CLASS_FIELD="kind")
    assert asked.requests[0].reference.endswith(".gpkg")


def test_a_figure_that_is_none_is_left_out(run, asked, make_raster):
    asked.figures = {"oa": 0.0, "miou": float("nan")}
    results = run(MAP=make_raster("map.tif", bands=1), REFERENCE=make_raster("truth.tif", bands=1))
    assert results == {"OA": 0.0}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"MAP": "none.tif"}, "cannot open as a raster"),
        ({"REFERENCE": "none.gpkg"}, "REFERENCE is none.gpkg, which QGIS cannot open"),
        ({"CLASS_FIELD": ""}, "CLASS_FIELD is empty"),
        ({"CLASS_FIELD": "class"}, "CLASS_FIELD is class, but the layer points has no such field. It has"),
        ({"REGIONS": "{reference}", "REGION_FIELD": "place"}, "REGION_FIELD is place, but the layer points has no"),
        ({"REGION_FIELD": "class"}, "go together"),
        ({"REPORT": "{reference}"}, "is also an input"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, make_raster, tmp_path, given, words):
    reference = points(tmp_path / "points.gpkg", ["1"])
    parameters = {"MAP": make_raster("map.tif", bands=1), "REFERENCE": reference, "CLASS_FIELD": "kind", **given}
    parameters = {name: reference if value == "{reference}" else value for name, value in parameters.items()}
    accepted, sentence = algorithm("assessaccuracy").checkParameterValues(parameters, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_a_field_of_a_raster_is_refused(algorithm, context, asked, make_raster):
    raster = make_raster("map.tif", bands=1)
    parameters = {"MAP": raster, "REFERENCE": make_raster("truth.tif", bands=1), "CLASS_FIELD": "kind"}
    accepted, sentence = algorithm("assessaccuracy").checkParameterValues(parameters, context)
    assert not accepted and "Leave it empty" in sentence


def test_a_map_is_not_held_against_itself(algorithm, context, asked, make_raster, tmp_path):
    raster = make_raster("map.tif", bands=1)
    (tmp_path / "other.tif").symlink_to(raster)
    for reference in (raster, str(tmp_path / "other.tif")):
        accepted, sentence = algorithm("assessaccuracy").checkParameterValues(
            {"MAP": raster, "REFERENCE": reference}, context
        )
        assert not accepted and "MAP and REFERENCE are the same file" in sentence


def test_a_map_is_assessed(front_door, worker_python, make_raster, tmp_path):
    """With the real worker: names of the classes from the raster, points in another system."""
    class_map = make_raster("map.tif", bands=1, width=16, height=16)
    dataset = gdal.Open(class_map, gdal.GA_Update)
    dataset.GetRasterBand(1).SetCategoryNames(["Land", "Sea"])
    dataset = None
    reference = points(tmp_path / "points.gpkg", ["Sea", "sea", "Land", "Sea"])
    values = {
        "MAP": class_map,
        "REFERENCE": reference,
        "CLASS_FIELD": "kind",
        "REPORT": tmp_path / "report.html",
        "METRICS": tmp_path / "metrics.json",
    }
    ended = front_door.run("terraloom:assessaccuracy", values, ["--json"])
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    assert results["OA"] == 0.75 and results["MIOU"] == pytest.approx((0 + 3 / 4) / 2)
    told = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert [each["name"] for each in told["classes"]] == ["Land", "Sea"]
    assert told["confusion_matrix"] == [[0, 1], [0, 3]]
    assert "Confusion matrix" in (tmp_path / "report.html").read_text("utf-8")
