"""Comparing networks from QGIS: what the dialog says reaches the worker, and figures and layers come back."""

import json
from pathlib import Path

import pytest
from osgeo import ogr, osr
from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProject, QgsVectorLayer
from terraloom.engine.outcome import Outcome

pytest_plugins = ["real_worker"]

FIGURES = {
    **{"apls": 0.8, "topo_f1": 0.7, "precision": 0.9, "recall": 0.6, "f1": 0.72},
    **{"length_ratio": 0.75, "components_ratio": 2.0},
}
TOWN = ["0 0, 400 0", "0 0, 0 200", "0 200, 400 200", "400 200, 400 0"]


@pytest.fixture
def asked(stand_in):
    return stand_in("compare_networks", FIGURES)


@pytest.fixture
def run(algorithm, context, feedback):
    def start(**parameters):
        results, succeeded = algorithm("comparenetworks").run(parameters, context, feedback, catchExceptions=False)
        assert succeeded, feedback.errors
        return results

    return start


def network(path, lines, kind=ogr.wkbLineString, east=500000, north=5700000, layer="roads"):
    """A layer of lines, given in metres from a corner."""
    system = osr.SpatialReference()
    system.ImportFromEPSG(32631)
    driver = ogr.GetDriverByName("GPKG")
    source = driver.Open(str(path), 1) if Path(path).exists() else driver.CreateDataSource(str(path))
    made = source.CreateLayer(layer, system, kind)
    for line in lines:
        places = [tuple(map(float, place.split())) for place in line.split(",")]
        words = ", ".join(f"{east + x} {north + y}" for x, y in places)
        feature = ogr.Feature(made.GetLayerDefn())
        name = "LINESTRING" if kind == ogr.wkbLineString else "POINT"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"{name} ({words})"))
        made.CreateFeature(feature)
    source = made = None
    return str(path)


def test_parameters_become_a_request_and_figures_come_back(run, asked, tmp_path):
    prediction, reference = network(tmp_path / "p.gpkg", TOWN[:3]), network(tmp_path / "r.gpkg", TOWN)
    places = {"REPORT": "r.html", "METRICS": "m.json", "MISSED": "missed.gpkg", "SPURIOUS": "spurious.shp"}
    places = {name: str(tmp_path / file) for name, file in places.items()}
    results = run(PREDICTION=prediction, REFERENCE=reference, BUFFER=5, SNAP=6, SPACING=20, **places)
    (request,) = asked.requests
    assert (request.prediction, request.reference) == (prediction, reference)
    assert (request.prediction_name, request.reference_name) == ("p", "r")
    assert (request.buffer_m, request.snap_m, request.spacing_m) == (5, 6, 20)
    assert results == {**places, **{name.upper(): value for name, value in FIGURES.items()}}


def test_defaults_are_those_of_the_figures_in_use(run, asked, tmp_path):
    both = network(tmp_path / "p.gpkg", TOWN)
    results = run(PREDICTION=both, REFERENCE=both, REPORT="TEMPORARY_OUTPUT")
    (request,) = asked.requests
    assert (request.buffer_m, request.snap_m, request.spacing_m) == (3, 4, 50)
    assert results["REPORT"].endswith(".html") and not request.metrics and not request.missed


def test_a_figure_that_is_none_is_left_out(run, asked, tmp_path):
    asked.figures = {**FIGURES, "apls": float("nan")}
    both = network(tmp_path / "p.gpkg", TOWN)
    assert "APLS" not in run(PREDICTION=both, REFERENCE=both, METRICS=str(tmp_path / "m.json"))


def test_layers_in_memory_selections_and_named_layers_reach_the_worker(run, asked, tmp_path):
    network(tmp_path / "several.gpkg", TOWN, layer="first")
    reference = network(tmp_path / "several.gpkg", TOWN, layer="second") + "|layername=second"
    memory = QgsVectorLayer("LineString?crs=EPSG:32631", "drawn", "memory")
    feature = next(QgsVectorLayer(reference, "second", "ogr").getFeatures())
    memory.dataProvider().addFeatures([feature, feature])
    memory.selectByIds([1])
    QgsProject.instance().addMapLayer(memory)
    try:
        selected = QgsProcessingFeatureSourceDefinition(memory.id(), True)
        run(PREDICTION=selected, REFERENCE=reference, REPORT="TEMPORARY_OUTPUT")
    finally:
        QgsProject.instance().clear()
    (request,) = asked.requests
    assert request.prediction.endswith(".gpkg") and request.prediction_name == "drawn"
    assert request.reference_layer == "second"
    assert len(list(QgsVectorLayer(request.prediction, "copy", "ogr").getFeatures())) == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PREDICTION": "none.gpkg"}, "PREDICTION is none.gpkg, which QGIS cannot open"),
        ({"REFERENCE": "{points}"}, "which holds no lines (geometry: Point)"),
        ({"PREDICTION": "{empty}"}, "which has no features"),
        ({"REPORT": None}, "No result is asked for"),
        ({"BUFFER": -1}, "BUFFER is -1 m; it must be more than 0"),
        ({"SPACING": 0}, "SPACING is 0 m; it must be more than 0"),
        ({"BUFFER": 1e300}, "and no more than 1e+06"),
        ({"MISSED": "{lines}"}, "is also an input"),
        ({"SPURIOUS": "spurious.kml"}, "cannot be written as"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(algorithm, context, asked, tmp_path, given, words):
    made = {
        "{lines}": network(tmp_path / "lines.gpkg", TOWN),
        "{points}": network(tmp_path / "points.gpkg", ["0 0"], ogr.wkbPoint),
        "{empty}": network(tmp_path / "empty.gpkg", []),
    }
    parameters = {"PREDICTION": "{lines}", "REFERENCE": "{lines}", "REPORT": "TEMPORARY_OUTPUT", **given}
    parameters = {name: made.get(value, value) for name, value in parameters.items()}
    accepted, sentence = algorithm("comparenetworks").checkParameterValues(parameters, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_networks_are_compared(front_door, worker_python, tmp_path):
    """With the real worker: one side of a block is missing, and a road was made up."""
    prediction = network(tmp_path / "found.gpkg", [*TOWN[:3], "200 200, 200 350"])
    values = {
        "PREDICTION": prediction,
        "REFERENCE": network(tmp_path / "truth.gpkg", TOWN),
        "REPORT": tmp_path / "report.html",
        "METRICS": tmp_path / "metrics.json",
        "MISSED": tmp_path / "missed.gpkg",
        "SPURIOUS": tmp_path / "spurious.geojson",
    }
    ended = front_door.run("terraloom:comparenetworks", values, ["--json"])
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    assert results["RECALL"] == pytest.approx((1200 - 194) / 1200, abs=1e-4)
    assert results["PRECISION"] == pytest.approx((1150 - 147) / 1150, abs=1e-4)
    assert results["LENGTH_RATIO"] == pytest.approx(1150 / 1200) and results["COMPONENTS_RATIO"] == 1
    assert 0.3 < results["APLS"] < 0.9 and 0.5 < results["TOPO_F1"] < 1
    told = json.loads((tmp_path / "metrics.json").read_text("utf-8"))
    assert told["apls"]["total"] == pytest.approx(results["APLS"], abs=1e-6) and told["reference"] == "truth"
    assert "found compared with truth" in (tmp_path / "report.html").read_text("utf-8")
    (missed,) = QgsVectorLayer(results["MISSED"], "missed", "ogr").getFeatures()
    (spurious,) = QgsVectorLayer(results["SPURIOUS"], "spurious", "ogr").getFeatures()
    assert missed["length_m"] == pytest.approx(194, abs=0.01) and spurious["length_m"] == pytest.approx(147, abs=0.01)


def test_differences_appear_red_and_orange(algorithm, load_results, worker, tmp_path, monkeypatch):
    """Layers appear with the style that the worker keeps with them."""
    from terraloom.engine.results.qml import MISSED_COLOUR, SPURIOUS_COLOUR, difference_style
    from terraloom.engine.worker import pool

    def made(python, task, request, progress, is_cancelled):
        for path, colour in ((request.missed, MISSED_COLOUR), (request.spurious, SPURIOUS_COLOUR)):
            network(path, TOWN, layer=Path(path).stem)
            layer = QgsVectorLayer(path, "made", "ogr")
            own = tmp_path / "own.qml"
            own.write_text(difference_style(colour), "utf-8")
            assert layer.loadNamedStyle(str(own))[1]
            layer.saveStyleToDatabase("own", "", True, "")
        return Outcome({"missed": request.missed, "spurious": request.spurious}, FIGURES)

    monkeypatch.setattr(pool, "run_task", made)
    both = network(tmp_path / "p.gpkg", TOWN)
    places = {"MISSED": str(tmp_path / "missed.gpkg"), "SPURIOUS": str(tmp_path / "spurious.gpkg")}
    load_results(algorithm("comparenetworks"), {"PREDICTION": both, "REFERENCE": both, **places})
    shown = {layer.name(): layer.renderer().symbol() for layer in QgsProject.instance().mapLayers().values()}
    colours = {name: symbol.symbolLayer(1).color().name() for name, symbol in shown.items()}
    assert colours == {"Missed lines: p": MISSED_COLOUR.lower(), "Spurious lines: p": SPURIOUS_COLOUR.lower()}
