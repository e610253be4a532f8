"""Roads through QGIS's doors: what reaches the worker, and layers as a user gets them."""

import json
from pathlib import Path

import pytest
from osgeo import ogr
from qgis.core import QgsApplication, QgsRasterLayer, QgsVectorLayer

pytest_plugins = ["real_worker"]

ROADS = "terraloom:extractroads"
MODEL = Path(__file__).resolve().parents[2] / "models" / "bundled" / "roads-aerial" / "model.onnx"


def test_parameters_become_a_request(algorithm, worker, context, feedback, make_raster, tmp_path):
    given = {
        "INPUT": make_raster(),
        "MODEL_FILE": str(MODEL),
        "THRESHOLD": 0.35,
        "MIN_LENGTH": 12,
        "MAX_GAP": 25,
        "SIMPLIFY": 2,
        "OUTPUT": str(tmp_path / "roads.gpkg"),
    }
    _, succeeded = algorithm("extractroads").run(given, context, feedback, catchExceptions=False)
    assert succeeded
    asked = worker.request
    assert worker.tasks == ["extract_roads"]
    shaping = asked.shaping
    assert (shaping.threshold, shaping.min_length_m, shaping.max_gap_m, shaping.simplify_m) == (0.35, 12, 25, 2)
    assert asked.targets.made == {"output": str(tmp_path / "roads.gpkg")}
    assert asked.run.model == str(MODEL)


def test_what_cannot_be_is_refused_before_work_starts(algorithm, worker, context, make_raster, tmp_path):
    given = {"INPUT": make_raster(), "MODEL_FILE": str(MODEL), "THRESHOLD": 1.5, "OUTPUT": str(tmp_path / "roads.gpkg")}
    made = algorithm("extractroads")
    assert not made.checkParameterValues(given, context)[0]
    assert made.checkParameterValues(given | {"THRESHOLD": 0.5}, context)[0]
    assert worker.tasks == []


def test_only_models_of_lines_are_offered(provider):
    made = QgsApplication.processingRegistry().createAlgorithmById(ROADS)
    options = made.parameterDefinition("MODEL").options()
    assert options[0] == "roads-aerial"
    assert "landuse-vhr" not in options


@pytest.fixture
def opened():
    """Opens layers and lets go of them before QGIS ends."""
    kept = []

    def keep(layer):
        assert layer.isValid()
        kept.append(layer)
        return layer

    yield keep
    kept.clear()


@pytest.fixture(scope="module")
def extracted(front_door, samples, tmp_path_factory):
    """One run that makes every result: its folder and what it told as JSON."""
    folder = tmp_path_factory.mktemp("roads")
    results = {
        "OUTPUT": folder / "roads.gpkg",
        "NODES": folder / "nodes.gpkg",
        "PROBABILITY": folder / "probability.tif",
        "ORIENTATION": folder / "orientation.tif",
        "MASK_RASTER": folder / "mask.tif",
    }
    given = {"INPUT": samples / "road.tif", "MODEL": "roads-aerial", **results}
    ended = front_door.run(ROADS, given, ["--json"])
    assert ended.code == 0, ended.complained
    told = json.loads(ended.said)
    places = {name: str(path) for name, path in results.items()}
    lines = ogr.Open(places["OUTPUT"])
    length_m = sum(line["length_m"] for line in lines.GetLayerByName("roads"))
    figures = {"LENGTH_M": pytest.approx(length_m), "LINES": lines.GetLayerByName("roads").GetFeatureCount()}
    assert figures["LINES"] > 0
    expected = {**places, **figures, "CONNECTED_PARTS": 1}
    assert told["results"] == expected, "too small to tell whether it is unlike"
    return folder


def test_lines_and_nodes_are_layers_with_their_fields_and_style(qgis_app, extracted, opened):
    lines = opened(QgsVectorLayer(str(extracted / "roads.gpkg"), "roads", "ogr"))
    nodes = opened(QgsVectorLayer(str(extracted / "nodes.gpkg"), "nodes", "ogr"))
    fields = ["start_node", "end_node", "part", "length_m", "width_m", "confidence", "bearing_deg", "bridged_m"]
    assert [field.name() for field in lines.fields()][-8:] == fields
    assert [field.name() for field in nodes.fields()][-3:] == ["node", "degree", "kind"]
    assert lines.crs().authid() == nodes.crs().authid() == "EPSG:32631"
    assert lines.renderer().symbol().symbolLayerCount() == 2
    assert nodes.renderer().symbol().symbolLayer(0).layerType() == "SimpleMarker"


def test_rasters_lie_on_the_image_and_have_their_styles(qgis_app, extracted, opened):
    for name, renderer in (
        ("probability", "singlebandpseudocolor"),
        ("orientation", "singlebandpseudocolor"),
        ("mask", "paletted"),
    ):
        layer = opened(QgsRasterLayer(str(extracted / f"{name}.tif"), name))
        assert (layer.width(), layer.height()) == (256, 192)
        layer.loadNamedStyle(str(extracted / f"{name}.qml"))
        assert layer.renderer().type() == renderer


def test_the_road_of_the_image_is_found(extracted):
    source = ogr.Open(str(extracted / "roads.gpkg"))
    length_m, bearing_deg = max((line["length_m"], line["bearing_deg"]) for line in source.GetLayer(0))
    assert length_m > 80  # of 134 m
    assert abs(bearing_deg - 106.7) < 8  # 0.3 columns to the south for each to the east
