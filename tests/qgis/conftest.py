"""A provider in QGIS without a worker: a stub answers in its place, and remembers what it was asked."""

import json
import shutil
import struct
import sys
import zlib
from pathlib import Path

import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsLayerTreeModel,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.gui import QgsLayerTreeView
from terraloom.engine.errors import CancelledError
from terraloom.engine.library.installed import installed_models
from terraloom.engine.outcome import Outcome
from terraloom.engine.requests import documents

gdal.UseExceptions()

CARD = {
    "id": "stub-landuse",
    "properties": {
        "title": "Stub",
        "mlm:tasks": ["semantic-segmentation"],
        "mlm:input": [{"name": "image", "bands": ["red", "green", "blue"], "terraloom:resolution_m": 0.5}],
        "mlm:output": [
            {
                "classification:classes": [
                    {"value": 0, "name": "water", "color_hint": "2266CC"},
                    {"value": 1, "name": "land", "color_hint": "88AA44"},
                ],
                "post_processing_function": {"expression": "softmax"},
            }
        ],
        "terraloom:stride_px": 1,
        "terraloom:receptive_radius_px": 0,
    },
}

CLASSES_QML = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories"><pipe>
<rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1"><colorPalette>
<paletteEntry value="0" color="#2266cc" alpha="255" label="water"/>
<paletteEntry value="1" color="#88aa44" alpha="255" label="land"/>
</colorPalette></rasterrenderer></pipe><blendMode>0</blendMode></qgis>
"""


class StubWorker:
    """Stands in for the worker: copies a raster where a map is wanted, and keeps the requests."""

    def __init__(self):
        self.tasks = []
        self.requests = []
        self.error = None
        self.polygon_style = ""

    @property
    def request(self):
        return self.requests[-1]

    def __call__(self, python, task, request, progress, is_cancelled):
        documents.to_document(request)
        self.tasks.append(task)
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        progress.log("The stub does {task}.", task=task)
        progress.update(0.5, 1.25)
        if is_cancelled():
            raise CancelledError()
        outputs = {}
        for field in ("output", "confidence", "probabilities", "polygons", "areas", "report", "card"):
            path = getattr(getattr(request, "targets", request), field, "")
            if path:
                self._write(field, path, request)
                outputs[field] = path
        return Outcome(outputs, {"rows": [{"template": "onnxruntime {version}", "values": {"version": "1"}}]})

    def _write(self, field, path, request):
        if field == "card":
            Path(path).write_text(json.dumps(CARD))
        elif field == "report":
            Path(path).write_text("<html></html>")
        elif field in ("polygons", "areas"):
            _square(path)
            if self.polygon_style:
                _keep_style(path, self.polygon_style)
        else:
            _raster(path)
            Path(path).with_suffix(".qml").write_text(CLASSES_QML)


class AnsweringWorker:
    """Stands in for the worker where only its answer counts: writes nothing, and keeps the requests.

    Args:
        task: The only task that it does.
        figures: What it tells beside the files that it is asked for.
    """

    FILES = ("output", "report", "metrics", "checkpoint", "folder", "footprints", "missed", "spurious")

    def __init__(self, task, figures):
        self.task, self.figures = task, figures
        self.requests, self.error = [], None

    def __call__(self, python, task, request, progress, is_cancelled):
        assert task == self.task
        self.requests.append(request)
        if self.error is not None:
            raise self.error
        if is_cancelled():
            raise CancelledError()
        targets = getattr(request, "targets", None)
        files = targets.made if targets else {name: getattr(request, name, "") for name in self.FILES}
        return Outcome({name: path for name, path in files.items() if path}, self.figures)


def _raster(path, bands=1, epsg=32631, width=8, height=6, left=500000.0, top=5700000.0, pixel=0.5):
    data = gdal.GetDriverByName("GTiff").Create(str(path), width, height, bands)
    data.SetGeoTransform((left, pixel, 0, top, 0, -pixel))
    if epsg:
        system = osr.SpatialReference()
        system.ImportFromEPSG(epsg)
        data.SetProjection(system.ExportToWkt())
    for band in range(1, bands + 1):
        data.GetRasterBand(band).Fill(band % 2)
    data = None
    return str(path)


def _square(path, names=("square",)):
    from osgeo import ogr

    system = osr.SpatialReference()
    system.ImportFromEPSG(32631)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    for name in names:
        layer = source.CreateLayer(name, system, ogr.wkbPolygon)
        layer.CreateField(ogr.FieldDefn("class", ogr.OFTInteger))
        for number in range(2):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature["class"] = number
            left = 500000 + number
            east = left + 1
            corners = f"{left} 5699999,{east} 5699999,{east} 5700000,{left} 5700000,{left} 5699999"
            feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({corners}))"))
            layer.CreateFeature(feature)
    source = None
    return str(path)


def _keep_style(path, field):
    layer = QgsVectorLayer(path, "polygons", "ogr")
    category = QgsRendererCategory(0, QgsSymbol.defaultSymbol(layer.geometryType()), "water")
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, [category]))
    layer.saveStyleToDatabase("own", "", True, "")


def png(red, green, blue, side=256):
    """A plain square as PNG, written by hand so that no image library is needed."""
    rows = (b"\x00" + bytes((red, green, blue)) * side) * side

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def make_raster(tmp_path):
    return lambda name="image.tif", **options: _raster(tmp_path / name, **{"bands": 3, **options})


@pytest.fixture
def make_polygons(tmp_path):
    return lambda name="mask.gpkg", **options: _square(tmp_path / name, **options)


@pytest.fixture
def spec(tmp_path):
    """The file of a network's spec; the worker that would read it is a stub."""
    path = tmp_path / "spec.json"
    path.write_text(json.dumps({"network": {"encoder": {"name": "unet"}}, "objectives": {}}))
    return str(path)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with one model and a record of an environment that is never started."""
    from terraloom.engine.environment import lock, state
    from terraloom.engine.library import installed

    folder = tmp_path / "home"
    model = folder / "models" / "stub-landuse"
    model.mkdir(parents=True)
    (model / "model.onnx").write_bytes(b"not a network")
    (model / "card.json").write_text(json.dumps(CARD))
    monkeypatch.setenv("TERRALOOM_HOME", str(folder))
    monkeypatch.setattr(installed, "BUNDLED", tmp_path / "none bundled")
    (folder / "environment").mkdir()
    state.write(state.State(sys.executable, "3.11", "run", lock.digest("run")))
    assert [entry.card.model_id for entry in installed_models()] == ["stub-landuse"]
    return folder


@pytest.fixture
def empty_home(tmp_path, monkeypatch):
    """A home in which nothing was set up."""
    folder = tmp_path / "empty home"
    monkeypatch.setenv("TERRALOOM_HOME", str(folder))
    return folder


@pytest.fixture
def worker(monkeypatch, home):
    from terraloom.engine.worker import pool

    stub = StubWorker()
    monkeypatch.setattr(pool, "run_task", stub)
    return stub


@pytest.fixture
def stand_in(monkeypatch, home):
    """Puts in the worker's place what answers one task with figures, in an environment of the tier that is named."""
    from terraloom.engine.environment import lock, state
    from terraloom.engine.worker import pool

    def put(task, figures, tier="run"):
        state.write(state.State(sys.executable, "3.11", tier, lock.digest(tier)))
        stub = AnsweringWorker(task, figures)
        monkeypatch.setattr(pool, "run_task", stub)
        return stub

    return put


@pytest.fixture
def provider(qgis_app, qgis_processing):
    """The provider, registered for as long as a test runs."""
    from terraloom.processing_provider.provider import TerraloomProvider

    registry = QgsApplication.processingRegistry()
    made = TerraloomProvider()
    registry.addProvider(made)
    yield made
    registry.removeProvider(made)


@pytest.fixture
def algorithm(provider, home):
    """Makes an algorithm by its name, with the models of the test's home."""
    kept = []  # its parameters live only as long as it does

    def make(name):
        kept.append(QgsApplication.processingRegistry().createAlgorithmById(f"terraloom:{name}"))
        return kept[-1]

    return make


@pytest.fixture
def context():
    """Lets go of the layers that it has opened: those alive when QGIS exits make it crash."""
    made = QgsProcessingContext()
    made.setProject(QgsProject.instance())
    yield made
    made.temporaryLayerStore().removeAllMapLayers()


@pytest.fixture(params=[True, False], ids=["dialog", "command line"])
def has_dialog(request, monkeypatch):
    """Whether QGIS has a window: once it has, once it has none."""
    monkeypatch.setattr("qgis.utils.iface", object() if request.param else None)
    return request.param


@pytest.fixture
def without_window(monkeypatch):
    """QGIS as the command line has it."""
    monkeypatch.setattr("qgis.utils.iface", None)


class Listener(QgsProcessingFeedback):
    """Keeps what is said."""

    def __init__(self):
        super().__init__(False)
        self.infos, self.warnings, self.texts, self.errors = [], [], [], []

    def pushInfo(self, info):
        self.infos.append(info)

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def reportError(self, error, fatalError=False):
        self.errors.append(error)

    def setProgressText(self, text):
        self.texts.append(text)


@pytest.fixture
def feedback():
    return Listener()


@pytest.fixture
def load_raster():
    """Opens raster layers and lets go of them at the end: layers alive when QGIS exits make it crash."""
    project = QgsProject.instance()

    def load(path, name="image", provider="gdal"):
        layer = QgsRasterLayer(path, name, provider)
        assert layer.isValid(), path
        project.addMapLayer(layer, False)
        return layer

    yield load
    project.clear()


@pytest.fixture
def layer_tree(qgis_iface, monkeypatch):
    """A true layer tree in the window, which newer QGIS wants when it loads results."""
    tree = QgsLayerTreeView()
    tree.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), tree))
    monkeypatch.setattr(qgis_iface, "layerTreeView", lambda: tree, raising=False)
    return tree


@pytest.fixture
def load_results(layer_tree, qgis_processing):
    """Runs an algorithm and loads its results as the toolbox does."""
    from processing import runAndLoadResults

    yield runAndLoadResults
    QgsProject.instance().clear()


@pytest.fixture
def tiles(tmp_path):
    """Folder of XYZ tiles in two colours around a place in the Netherlands, as a layer's source."""
    folder = tmp_path / "tiles"
    zoom, x, y = 18, 134500, 86500
    for column in range(x - 2, x + 4):
        place = folder / str(zoom) / str(column)
        place.mkdir(parents=True)
        for row in range(y - 2, y + 4):
            (place / f"{row}.png").write_bytes(png(200, 30, 30) if column % 2 else png(30, 30, 200))
    yield f"type=xyz&zmin=18&zmax=18&url=file://{folder}/%7Bz%7D/%7Bx%7D/%7By%7D.png", (zoom, x, y)
    shutil.rmtree(folder)
