"""A real image becomes a styled map through every door: qgis_process, a model, batch, the dialog."""

import csv
import json
import re
import sys
from pathlib import Path

import pytest
from front_door import until
from osgeo import gdal, ogr
from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterExtent,
    QgsProcessingParameterRasterLayer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from terraloom.engine.environment.locations import environment_folder

pytest_plugins = ["real_worker"]

LAND_USE = "terraloom:segmentlanduse"
MODEL = "landuse-vhr"
WIDTH, HEIGHT, PIXEL_M = 256, 192, 0.5
AREA_M2 = WIDTH * HEIGHT * PIXEL_M**2
LEFT, TOP = 500_000, 5_000_000
MASK = (10, 20, 50, 60)
"""Left, top, right, bottom of the mask, metres from the image's upper left corner."""


@pytest.fixture(scope="module")
def card():
    """The bundled model's card."""
    from terraloom.engine.library.installed import installed_models

    for model in installed_models():
        if model.card.model_id == MODEL:
            return model.card
    pytest.skip(f"{MODEL} is not there")


@pytest.fixture(scope="module")
def names(card):
    """Its classes."""
    return list(card.legend.names)


@pytest.fixture(scope="module")
def mapped(front_door, samples, card, tmp_path_factory):
    """One run that makes every result: its folder and what it told as JSON."""
    folder = tmp_path_factory.mktemp("mapped")
    results = {
        "OUTPUT": folder / "landuse.tif",
        "POLYGONS": folder / "polygons.gpkg",
        "AREAS": folder / "areas.csv",
        "CONFIDENCE": folder / "confidence.tif",
        "PROBABILITIES": folder / "probabilities.tif",
    }
    ended = front_door.run(LAND_USE, {"INPUT": samples / "image.tif", "MODEL": MODEL, **results}, ["--json"])
    assert ended.code == 0, ended.complained
    told = json.loads(ended.said)
    places = {name: str(path) for name, path in results.items()}
    assert told["results"] == {**places, "AREA_HA": pytest.approx(AREA_M2 / 10_000), "UNFAMILIAR_SHARE": 0.0}
    return folder, told


@pytest.fixture
def keep_layers():
    """Opens layers and lets go of them before QGIS ends."""
    kept = []

    def keep(layer):
        assert layer.isValid()
        kept.append(layer)
        return layer

    yield keep
    kept.clear()


def pixels(path):
    """Shape and values of a raster's first band."""
    data = gdal.Open(str(path))
    band = data.GetRasterBand(1)
    return (data.RasterXSize, data.RasterYSize), band.ReadRaster(0, 0, data.RasterXSize, data.RasterYSize)


def areas_of(path):
    """Class and area of each feature of a polygon file, in m²."""
    source = ogr.Open(str(path))
    layer = source.GetLayer(0)
    return [(feature["class"], feature.GetGeometryRef().GetArea()) for feature in layer]


def test_the_log_says_what_ran(mapped):
    log = " ".join(mapped[1]["log"]["info"])
    assert MODEL in log and "Mpx/s" in log and "MB" in log
    assert re.search(r"runs on (CPUExecutionProvider|OpenVINO CPU) at fp32 with \d+ threads?", log)  # the faster one


def test_the_class_raster_lies_on_the_image_and_knows_its_classes(mapped, card, names):
    data = gdal.Open(str(mapped[0] / "landuse.tif"))
    assert (data.RasterXSize, data.RasterYSize) == (WIDTH, HEIGHT)
    assert data.GetGeoTransform() == (LEFT, PIXEL_M, 0, TOP, 0, -PIXEL_M)
    band = data.GetRasterBand(1)
    assert set(band.ReadRaster()) <= set(card.legend.values)
    categories = band.GetCategoryNames()
    assert [categories[entry.value] for entry in card.legend.entries] == names
    colours = band.GetColorTable()
    assert [colours.GetColorEntry(entry.value)[:3] for entry in card.legend.entries] == [
        tuple(entry.rgb) for entry in card.legend.entries
    ]
    assert data.GetMetadataItem("TERRALOOM_MODEL") == MODEL


def test_layers_load_with_the_names_and_colours_of_the_classes(mapped, card, names, keep_layers, qgis_app):
    raster = keep_layers(QgsRasterLayer(str(mapped[0] / "landuse.tif"), "classes"))
    _, loaded = raster.loadNamedStyle(str(mapped[0] / "landuse.qml"))
    assert loaded
    shown = [(entry.label, entry.color.getRgb()[:3]) for entry in raster.renderer().classes()]
    assert shown == [(entry.name, tuple(entry.rgb)) for entry in card.legend.entries]
    polygons = keep_layers(QgsVectorLayer(str(mapped[0] / "polygons.gpkg"), "polygons", "ogr"))
    assert polygons.renderer().type() == "categorizedSymbol"
    assert {category.label() for category in polygons.renderer().categories()} >= set(names)
    assert {"class", "name", "area_m2", "confidence"} <= set(polygons.fields().names())


def test_polygons_table_and_raster_agree(mapped, names):
    _, classes = pixels(mapped[0] / "landuse.tif")
    covered = dict.fromkeys(sorted(set(classes)), 0.0)
    for value, area_m2 in areas_of(mapped[0] / "polygons.gpkg"):
        covered[value] += area_m2
    assert covered == {value: pytest.approx(classes.count(value) * PIXEL_M**2) for value in covered}
    with open(mapped[0] / "areas.csv", newline="") as file:
        rows = {row["name"]: float(row["hectares"]) for row in csv.DictReader(file)}
    assert list(rows) == names
    assert sum(rows.values()) == pytest.approx(AREA_M2 / 10_000)


def test_confidence_and_probabilities_fit(mapped, names):
    probabilities = gdal.Open(str(mapped[0] / "probabilities.tif"))
    assert [probabilities.GetRasterBand(band).GetDescription() for band in range(1, len(names) + 1)] == names
    confidence = gdal.Open(str(mapped[0] / "confidence.tif"))
    low, high = confidence.GetRasterBand(1).ComputeRasterMinMax(False)
    assert 1 / len(names) - 1e-6 <= low <= high <= 1
    assert abs(confidence.ReadAsArray() - probabilities.ReadAsArray().max(axis=0)).max() < 1e-6


def test_extent_mask_grid_tile_size_and_device_are_heeded(front_door, samples, card, mapped, tmp_path):
    output = tmp_path / "part.tif"
    extent = f"{LEFT + 8},{LEFT + 104},{TOP - 88},{TOP - 8} [EPSG:32631]"
    given = {
        "INPUT": [samples / "west.tif", samples / "east.tif"],
        "MODEL": MODEL,
        "EXTENT": extent,
        "MASK": samples / "mask.gpkg",
        "GRID": "model",
        "TILE_SIZE": 64,
        "DEVICE": "cpu",
        "THREADS": 1,
        "OUTPUT": output,
    }
    ended = front_door.run(LAND_USE, given)
    assert ended.code == 0, ended.complained
    assert "1 threads" in ended.said
    size, part = pixels(output)
    assert size == (192, 160)
    _, whole = pixels(mapped[0] / "landuse.tif")
    nodata = 255
    left, top, right, bottom = (round(metres / PIXEL_M) for metres in MASK)
    for row in range(size[1]):
        for column in range(size[0]):
            x, y = column + 16, row + 16
            inside = left <= x < right and top <= y < bottom
            assert part[row * size[0] + column] == (whole[y * WIDTH + x] if inside else nodata), (x, y)


def test_results_lie_on_the_grid_of_the_image_or_of_the_model(in_qgis, samples, card):
    import processing

    finer = 2 / card.inputs[0].resolution_m
    assert finer > 1
    for grid, size in (("input", (64, 48)), ("model", (64 * finer, 48 * finer))):
        given = {"INPUT": str(samples / "coarse.tif"), "MODEL": MODEL, "GRID": grid, "OUTPUT": "TEMPORARY_OUTPUT"}
        made = processing.run(LAND_USE, given)["OUTPUT"]
        assert pixels(made)[0] == pytest.approx(size, abs=1)


def test_temporary_results_of_a_script(in_qgis, samples, card, mapped):
    import processing

    given = {"INPUT": str(samples / "image.tif"), "MODEL": MODEL}
    made = processing.run(
        LAND_USE, {**given, "OUTPUT": "TEMPORARY_OUTPUT", "POLYGONS": "TEMPORARY_OUTPUT", "AREAS": "TEMPORARY_OUTPUT"}
    )
    assert pixels(made["OUTPUT"]) == pixels(mapped[0] / "landuse.tif")
    assert areas_of(made["POLYGONS"]) == areas_of(mapped[0] / "polygons.gpkg")
    assert Path(made["AREAS"]).is_file()


def test_a_run_brings_nothing_heavy_into_qgis(in_qgis, samples, card):
    import processing

    processing.run(LAND_USE, {"INPUT": str(samples / "west.tif"), "MODEL": MODEL, "OUTPUT": "TEMPORARY_OUTPUT"})
    assert not {"torch", "onnx", "onnxruntime", "rasterio", "pyogrio", "shapely"} & set(sys.modules)
    numpy = sys.modules.get("numpy")
    assert numpy is None or not Path(numpy.__file__).is_relative_to(environment_folder())


def chain():
    """A model of the modeler: clip, segment, dissolve."""
    source = QgsProcessingModelChildParameterSource
    model = QgsProcessingModelAlgorithm("chain", "test")
    model.addModelParameter(QgsProcessingParameterRasterLayer("IMAGE"), QgsProcessingModelParameter("IMAGE"))
    model.addModelParameter(QgsProcessingParameterExtent("PLACE"), QgsProcessingModelParameter("PLACE"))

    def child(identifier, algorithm, outputs, **parameters):
        made = QgsProcessingModelChildAlgorithm(algorithm)
        made.setChildId(identifier)
        for name, value in parameters.items():
            made.addParameterSources(name, [value])
        shown = {}
        for label, name in outputs.items():
            shown[label] = QgsProcessingModelOutput(label, label)
            shown[label].setChildId(identifier)
            shown[label].setChildOutputName(name)
        made.setModelOutputs(shown)
        model.addChildAlgorithm(made)

    child(
        "clip",
        "gdal:cliprasterbyextent",
        {},
        INPUT=source.fromModelParameter("IMAGE"),
        PROJWIN=source.fromModelParameter("PLACE"),
    )
    child(
        "segment",
        LAND_USE,
        {"LANDUSE": "OUTPUT", "SHAPES": "POLYGONS"},
        INPUT=source.fromChildOutput("clip", "OUTPUT"),
        MODEL=source.fromStaticValue(MODEL),
    )
    child(
        "dissolve",
        "native:dissolve",
        {"DISSOLVED": "OUTPUT"},
        INPUT=source.fromChildOutput("segment", "POLYGONS"),
        FIELD=source.fromStaticValue("class"),
    )
    model.updateDestinationParameters()
    return model


def test_a_model3_file_clips_segments_and_dissolves(in_qgis, front_door, samples, card, tmp_path):
    saved = tmp_path / "chain.model3"
    model = chain()
    assert model.toFile(str(saved))
    destinations = {
        definition.description(): definition.name() for definition in model.destinationParameterDefinitions()
    }
    given = {
        "IMAGE": samples / "image.tif",
        "PLACE": f"{LEFT + 4},{LEFT + 100},{TOP - 84},{TOP - 4} [EPSG:32631]",
        destinations["LANDUSE"]: tmp_path / "landuse.tif",
        destinations["SHAPES"]: tmp_path / "shapes.gpkg",
        destinations["DISSOLVED"]: tmp_path / "dissolved.gpkg",
    }
    ended = front_door.run(saved, given)
    assert ended.code == 0, ended.complained
    size, classes = pixels(tmp_path / "landuse.tif")
    assert size == (192, 160)
    dissolved = dict(areas_of(tmp_path / "dissolved.gpkg"))
    assert len(areas_of(tmp_path / "dissolved.gpkg")) == len(dissolved)
    assert dissolved == {value: pytest.approx(classes.count(value) * PIXEL_M**2) for value in set(classes)}


@pytest.fixture
def open_dialog(in_qgis, qgis_iface, layer_tree, monkeypatch):
    """Opens one of Processing's dialogs for an algorithm."""
    from qgis.gui import QgsBrowserGuiModel

    monkeypatch.setattr(qgis_iface, "browserModel", lambda: QgsBrowserGuiModel(), raising=False)
    opened = []

    def open_dialog(kind):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(LAND_USE)
        opened.append(kind(algorithm, parent=qgis_iface.mainWindow()))
        return opened[-1]

    yield open_dialog
    for dialog in opened:
        dialog.close()
        dialog.deleteLater()
    QgsProject.instance().clear()


def test_the_dialog_runs_and_loads_styled_layers(open_dialog, samples, names, mapped, tmp_path):
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    project = QgsProject.instance()
    image = QgsRasterLayer(str(samples / "image.tif"), "Town")
    project.addMapLayer(image, False)
    dialog = open_dialog(AlgorithmDialog)
    dialog.setParameters({"INPUT": [image.id()], "MODEL": MODEL, "POLYGONS": str(tmp_path / "shapes.gpkg")})
    dialog.show()
    dialog.runButton().click()

    def loaded():
        QgsApplication.processEvents()
        return len(project.mapLayers()) == 3

    until(loaded, 60, "The loading of the results")
    (raster,) = project.mapLayersByName("Land use: Town")
    (shapes,) = project.mapLayersByName("Land-use polygons: Town")
    assert [entry.label for entry in raster.renderer().classes()] == names
    assert shapes.renderer().type() == "categorizedSymbol"
    assert pixels(raster.source()) == pixels(mapped[0] / "landuse.tif")


def test_batch_maps_one_image_after_another(open_dialog, samples, card, tmp_path):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    dialog = open_dialog(BatchAlgorithmDialog)
    panel = dialog.mainWidget()
    rows = [
        {"INPUT": [str(samples / f"{name}.tif")], "MODEL": MODEL, "OUTPUT": str(tmp_path / f"{name}_map.tif")}
        for name in ("west", "east")
    ]
    panel.addRow(len(rows) - panel.batchRowCount())
    asked = iter([(row, True) for row in rows])
    panel.parametersForRow = lambda *_, **__: next(asked)
    panel.checkLoadLayersOnCompletion.setChecked(False)
    dialog.show()  # one that is closed, newer QGIS deletes at the end
    dialog.runAlgorithm()

    def done():  # newer QGIS runs a batch in the background
        QgsApplication.processEvents()
        return dialog.runButton().isEnabled() and all(Path(row["OUTPUT"]).exists() for row in rows)

    until(done, 60, "The end of the batch")
    assert [pixels(row["OUTPUT"])[0] for row in rows] == [(128, 192), (128, 192)]


def test_model_information(front_door, card, names, tmp_path):
    report, document = tmp_path / "report.html", tmp_path / "card.json"
    ended = front_door.run("terraloom:modelinfo", {"MODEL": MODEL, "REPORT": report, "CARD": document})
    assert ended.code == 0, ended.complained
    assert all(name in report.read_text() for name in names)
    assert json.loads(document.read_text())["properties"]["mlm:name"] == MODEL


def test_the_environment_checks_out(front_door, tmp_path):
    report = tmp_path / "report.html"
    ended = front_door.run("terraloom:checkenvironment", {"REPORT": report}, ["--json"])
    assert ended.code == 0, ended.complained
    assert json.loads(ended.said)["results"]["PROBLEMS"] == 0
    assert "onnxruntime" in report.read_text()
