"""Making training chips from QGIS: what layers and dialog say reaches the worker, and what cannot work does not."""

import json
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsDateTimeRange,
    QgsFillSymbol,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt
from qgis.PyQt.QtGui import QColor
from terraloom.engine.requests.make_training_chips import ClassStyle

pytest_plugins = ["real_worker"]

LEGENDS = Path(__file__).resolve().parents[2] / "resources" / "legends"
URBAN_GREEN, LANDSLIDES = str(LEGENDS / "urban-green.qml"), str(LEGENDS / "landslide.qml")


@pytest.fixture
def asked(stand_in):
    return stand_in("make_training_chips", {"chips": 12, "classes": 2, "train": 8, "validation": 2, "test": 2})


@pytest.fixture
def run(algorithm, context, feedback, asked):
    def start(**parameters):
        results, succeeded = algorithm("maketrainingchips").run(parameters, context, feedback, catchExceptions=False)
        assert succeeded
        return results, asked.requests[-1]

    return start


@pytest.fixture
def load_vector():
    """Opens vector layers and lets go of them at the end."""
    project = QgsProject.instance()

    def load(path, name="labels"):
        layer = QgsVectorLayer(path, name, "ogr")
        assert layer.isValid()
        project.addMapLayer(layer, False)
        return layer

    yield load
    project.clear()


def test_defaults(run, make_raster, make_polygons, tmp_path):
    image, labels = make_raster(), make_polygons()
    results, request = run(INPUT=image, LABELS=labels, CLASS_FIELD="class", FOLDER=str(tmp_path / "chips"))
    assert request.inputs == ((image,),) and request.labels == () and request.series == ()
    assert (request.features.path, request.features.field) == (labels, "class")
    assert (request.target, request.split, request.groups) == ("classes", "spatialblocks", None)
    assert (request.chip_px, request.stride_px, request.block_px, request.seed) == (0, 0, 0, 0)
    assert (request.validation_share, request.test_share, request.extent) == (0.2, 0.2, None)
    assert results["FOLDER"] == str(tmp_path / "chips") and "FOOTPRINTS" not in results
    assert (results["CHIPS"], results["CLASSES"]) == (12, 2)


def test_parameters_become_a_request(run, make_raster, tmp_path):
    images, radar, truth = [make_raster("a.tif"), make_raster("b.tif")], make_raster("sar.tif"), make_raster("t.tif")
    area = QgsReferencedRectangle(QgsRectangle(500001, 5699998, 500003, 5700000), QgsProject.instance().crs())
    _, request = run(
        INPUT=images,
        INPUT_2=radar,
        INPUT_NAMES="optical, sar",
        LABELS=[truth],
        TARGET="values",
        IGNORE="0, cloud",
        CHIP_SIZE=64,
        STRIDE=32,
        BLOCK_SIZE=256,
        VALIDATION_SHARE=0.1,
        TEST_SHARE=0.3,
        SEED=7,
        EXTENT=area,
        FOLDER=str(tmp_path / "chips"),
    )
    assert request.inputs == (tuple(images), (radar,)) and request.names == ("optical", "sar")
    assert request.labels == (truth,) and request.features is None
    assert (request.target, request.ignored, request.split) == ("values", ("0", "cloud"), "spatialblocks")
    assert (request.chip_px, request.stride_px, request.block_px, request.seed) == (64, 32, 256, 7)
    assert (request.validation_share, request.test_share) == (0.1, 0.3)
    assert (request.extent.left, request.extent.top) == (500001, 5700000)
    _, request = run(INPUT=images, LABELS=[truth], SPLIT="none", FOLDER=str(tmp_path / "others"))
    assert request.split == "none"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"CLASS_FIELD": "kind"}, "CLASS_FIELD is kind, but LABELS are rasters"),
        ({"SPLIT_FIELD": "place"}, "SPLIT is spatialblocks, which does not look at it"),
        ({"SPLIT": "none", "BLOCK_SIZE": 64}, "SPLIT is none, which makes no blocks"),
    ],
)
def test_what_would_not_be_looked_at_is_refused(algorithm, context, make_raster, tmp_path, given, words):
    asked = {"INPUT": [make_raster("a.tif")], "LABELS": [make_raster("t.tif")], "FOLDER": str(tmp_path / "chips")}
    able, said = algorithm("maketrainingchips").checkParameterValues({**asked, **given}, context)
    assert not able and words in said


def test_a_folder_stands_for_its_rasters(run, make_raster, tmp_path):
    for folder in ("images", "labels"):
        (tmp_path / folder).mkdir()
        for name in "ba":
            make_raster(f"{folder}/{name}.tif")
    _, request = run(INPUT=str(tmp_path / "images"), LABELS=str(tmp_path / "labels"), FOLDER=str(tmp_path / "chips"))
    assert [path[-12:] for path in request.inputs[0]] == ["images/a.tif", "images/b.tif"]
    assert [path[-12:] for path in request.labels] == ["labels/a.tif", "labels/b.tif"]


def test_names_and_colours_are_those_that_qgis_shows(
    run, make_raster, make_polygons, load_raster, load_vector, tmp_path
):
    truth = load_raster(make_raster("truth.tif", bands=1))
    entries = [QgsPalettedRasterRenderer.Class(1, QColor("#123456"), "Wood")]
    truth.setRenderer(QgsPalettedRasterRenderer(truth.dataProvider(), 1, entries))
    image = make_raster()
    _, request = run(INPUT=image, LABELS=[truth], FOLDER=str(tmp_path / "chips"))
    assert request.styles == (ClassStyle("1", "Wood", "#123456"),)
    labels = load_vector(make_polygons())
    symbol = QgsFillSymbol.createSimple({"color": "#abcdef"})
    categories = [QgsRendererCategory(0, symbol, "Lake"), QgsRendererCategory(None, symbol.clone(), "others")]
    labels.setRenderer(QgsCategorizedSymbolRenderer("class", categories))
    _, request = run(INPUT=image, LABELS=[labels], CLASS_FIELD="class", FOLDER=str(tmp_path / "chips"))
    assert request.styles == (ClassStyle("0", "Lake", "#abcdef"),)
    labels.setRenderer(QgsCategorizedSymbolRenderer("fid", [QgsRendererCategory(1, symbol.clone(), "one")]))
    _, request = run(INPUT=image, LABELS=[labels], CLASS_FIELD="class", FOLDER=str(tmp_path / "chips"))
    assert request.styles == ()


def test_a_legend_reaches_the_worker(run, make_raster, make_polygons, tmp_path):
    given = {"INPUT": make_raster(), "LABELS": make_polygons(), "CLASS_FIELD": "class"}
    _, request = run(**given, FOLDER=str(tmp_path / "chips"))
    assert request.legend == ""
    _, request = run(**given, LEGEND=URBAN_GREEN, FOLDER=str(tmp_path / "chips"))
    assert request.legend == URBAN_GREEN and URBAN_GREEN in request.sources


@pytest.mark.parametrize(
    ("legend", "names", "last"), [(URBAN_GREEN, 4, "High-recreational vegetation"), (LANDSLIDES, 2, "Landslide")]
)
def test_the_shipped_legends_style_rasters_and_polygons_and_list_their_names(
    make_raster, make_polygons, load_raster, load_vector, legend, names, last
):
    raster, polygons = load_raster(make_raster("truth.tif", bands=1)), load_vector(make_polygons())
    for layer in (raster, polygons):
        message, succeeded = layer.loadNamedStyle(legend)
        assert succeeded, message
    shown = {entry.value: (entry.label, entry.color.name()) for entry in raster.renderer().classes()}
    categories = polygons.renderer().categories()
    assert {int(each.value()): (each.label(), each.symbol().color().name()) for each in categories} == shown
    assert shown[names - 1][0] == last and len(shown) == names
    widget = polygons.editorWidgetSetup(polygons.fields().indexOf("class"))
    assert widget.type() == "ValueMap"
    listed = {name: int(value) for each in widget.config()["map"] for name, value in each.items()}
    assert listed == {name: value for value, (name, _) in shown.items()}


def test_background_and_width_reach_the_worker(run, make_raster, make_polygons, tmp_path):
    given = {"INPUT": make_raster(), "LABELS": make_polygons(), "CLASS_FIELD": "class"}
    _, request = run(**given, FOLDER=str(tmp_path / "chips"))
    assert (request.background, request.width_m) == ("", 0.0)
    _, request = run(**given, BACKGROUND=" all else ", WIDTH=3.5, FOLDER=str(tmp_path / "chips"))
    assert (request.background, request.width_m) == ("all else", 3.5)
    grouped = {"SPLIT": "field", "SPLIT_FIELD": "class", "SPLIT_LAYER": make_polygons("places.gpkg")}
    _, request = run(**given, **grouped, BACKGROUND="all else", FOLDER=str(tmp_path / "chips"))
    assert request.background == "all else" and request.groups.path != request.features.path


def test_dates_of_a_series_come_from_the_layers(run, make_raster, load_raster, tmp_path):
    layers = []
    for number, day in enumerate(("2021-03-01", "2021-04-01")):
        layers.append(load_raster(make_raster(f"{number}.tif"), str(number)))
        begin = QDateTime.fromString(day, Qt.DateFormat.ISODate)
        layers[-1].temporalProperties().setFixedTemporalRange(QgsDateTimeRange(begin, begin.addDays(1)))
        layers[-1].temporalProperties().setIsActive(True)
    given = {"SERIES": layers, "LABELS": make_raster("truth.tif"), "FOLDER": str(tmp_path / "chips")}
    _, request = run(**given)
    assert request.inputs == () and len(request.series) == 2
    assert request.dates == ("2021-03-01", "2021-04-01")
    _, request = run(**given, DATES="2022-01-01, 2022-01-09")
    assert request.dates == ("2022-01-01", "2022-01-09")
    layers[0].temporalProperties().setIsActive(False)
    _, request = run(**given)
    assert request.dates == ()


def test_images_may_stand_beside_a_series(run, make_raster, tmp_path):
    series = [make_raster("a_20240301.tif"), make_raster("b_20240401.tif")]
    terrain, truth = make_raster("terrain.tif", bands=1), make_raster("truth.tif", bands=1)
    _, request = run(SERIES=series, INPUT_2=terrain, LABELS=[truth], FOLDER=str(tmp_path / "chips"))
    assert (request.series, request.inputs) == (tuple(series), ((terrain,),))
    assert request.input_names == ("series", "image_2")


@pytest.mark.parametrize("name", ["sentinel-1", "logits"])
def test_names_that_no_network_could_have_are_refused(algorithm, context, asked, make_raster, tmp_path, name):
    given = {"INPUT": make_raster(), "LABELS": make_raster("truth.tif", bands=1), "FOLDER": str(tmp_path / "chips")}
    made = algorithm("maketrainingchips")
    assert made.checkParameterValues({**given, "INPUT_NAMES": "sentinel_1"}, context)[0]
    accepted, sentence = made.checkParameterValues({**given, "INPUT_NAMES": name}, context)
    assert not accepted and f"INPUT_NAMES has {name}" in sentence


def test_groups_come_from_the_labels_or_from_polygons(run, make_raster, make_polygons, tmp_path):
    image, labels, places = make_raster(), make_polygons(), make_polygons("places.gpkg")
    given = {"INPUT": image, "SPLIT": "field", "SPLIT_FIELD": "class", "FOLDER": str(tmp_path / "chips")}
    _, request = run(**given, LABELS=labels, CLASS_FIELD="class")
    assert (request.groups.path, request.groups.field) == (labels, "class")
    _, request = run(**given, LABELS=make_raster("truth.tif"), SPLIT_LAYER=places)
    assert (request.groups.path, request.groups.field) == (places, "class")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"INPUT": "none.tif"}, "cannot open as a raster"),
        ({"INPUT": None}, "There is no image"),
        ({"LABELS": "none.gpkg"}, "LABELS is none.gpkg, which QGIS cannot open"),
        ({"LABELS": None}, "0 vector layers and 0 rasters"),
        ({"CLASS_FIELD": "kind"}, "no such field. It has fid, class"),
        ({"CLASS_FIELD": ""}, "no such field. It has fid, class"),
        ({"CHIP_SIZE": 64, "BLOCK_SIZE": 32}, "less than a chip"),
        ({"VALIDATION_SHARE": 0.6, "TEST_SHARE": 0.6}, "less than 1"),
        ({"SPLIT": "field"}, "SPLIT_FIELD is -"),
        ({"SPLIT": "field", "SPLIT_FIELD": "place"}, "SPLIT_FIELD is place"),
        ({"DATES": "2021-01-01"}, "DATES has 1 dates, but SERIES has 0"),
        ({"LEGEND": "none.qml"}, "There is no file none.qml. Check LEGEND"),
        ({"LEGEND": URBAN_GREEN, "TARGET": "values"}, "values have no classes to name"),
        ({"BACKGROUND": "rest", "TARGET": "values"}, "BACKGROUND is rest, but TARGET is values"),
        ({"BACKGROUND": "rest", "SPLIT": "field", "SPLIT_FIELD": "class"}, "SPLIT_FIELD is a field of the labels"),
        ({"WIDTH": 3, "TARGET": "values"}, "WIDTH is 3 m, but only lines and points"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(
    algorithm, context, asked, make_raster, make_polygons, tmp_path, given, words
):
    parameters = {
        "INPUT": make_raster(),
        "LABELS": make_polygons(),
        "CLASS_FIELD": "class",
        "FOLDER": str(tmp_path / "chips"),
        **given,
    }
    accepted, sentence = algorithm("maketrainingchips").checkParameterValues(parameters, context)
    assert not accepted and words in sentence
    assert asked.requests == []


def test_image_and_series_exclude_each_other_and_rasters_have_no_fields(
    algorithm, context, asked, make_raster, tmp_path
):
    made, image, truth = algorithm("maketrainingchips"), make_raster(), make_raster("truth.tif")
    given = {"INPUT": image, "LABELS": truth, "FOLDER": str(tmp_path / "chips")}
    accepted, sentence = made.checkParameterValues({**given, "SERIES": [image, truth]}, context)
    assert not accepted and "INPUT and SERIES are both given" in sentence
    accepted, sentence = made.checkParameterValues({**given, "SPLIT": "field", "SPLIT_FIELD": "place"}, context)
    assert not accepted and "rasters of labels have no fields" in sentence


def test_a_full_folder_is_refused(algorithm, context, asked, make_raster, make_polygons, tmp_path):
    (tmp_path / "chips").mkdir()
    given = {
        "INPUT": make_raster(),
        "LABELS": make_polygons(),
        "CLASS_FIELD": "class",
        "FOLDER": str(tmp_path / "chips"),
    }
    assert algorithm("maketrainingchips").checkParameterValues(given, context)[0]
    (tmp_path / "chips" / "notes.txt").write_text("mine")
    accepted, sentence = algorithm("maketrainingchips").checkParameterValues(given, context)
    assert not accepted and "is not empty" in sentence


def test_a_few_polygons_and_a_background_make_chips(front_door, samples, tmp_path):
    """With the real worker: one field of 80 x 80 pixels in an image of 192 x 256."""
    given = {
        "INPUT": samples / "image.tif",
        "LABELS": samples / "mask.gpkg",
        "CLASS_FIELD": "number",
        "BACKGROUND": "background",
        "CHIP_SIZE": 32,
        "FOLDER": tmp_path / "chips",
    }
    ended = front_door.run("terraloom:maketrainingchips", given, ["--json"])
    assert ended.code == 0, ended.complained
    manifest = json.loads((tmp_path / "chips" / "chips.json").read_text())
    assert [(each["value"], each["title"]) for each in manifest["classes"]] == [(0, "background"), (1, "1")]
    pixels = {value: sum(chip["pixels"].get(value, 0) for chip in manifest["chips"]) for value in "01"}
    assert pixels == {"0": 192 * 256 - 80 * 80, "1": 80 * 80}


def test_chips_are_made_and_shown(front_door, samples, tmp_path):
    """With the real worker: an image, and its third part as labels."""
    truth = tmp_path / "truth.tif"
    source = gdal.Open(str(samples / "image.tif"))
    made = gdal.GetDriverByName("GTiff").Create(str(truth), source.RasterXSize, source.RasterYSize, 1)
    made.SetGeoTransform(source.GetGeoTransform())
    made.SetProjection(source.GetProjection())
    made.GetRasterBand(1).WriteArray(source.GetRasterBand(1).ReadAsArray() // 86)
    made = None
    given = {
        "INPUT": samples / "image.tif",
        "LABELS": truth,
        "CHIP_SIZE": 32,
        "LEGEND": URBAN_GREEN,
        "FOLDER": tmp_path / "chips",
        "FOOTPRINTS": tmp_path / "footprints.gpkg",
    }
    ended = front_door.run("terraloom:maketrainingchips", given, ["--json"])
    assert ended.code == 0, ended.complained
    results = json.loads(ended.said)["results"]
    manifest = json.loads((tmp_path / "chips" / "chips.json").read_text())
    assert results["CHIPS"] == len(manifest["chips"]) == 48 and results["CLASSES"] == 3
    assert {chip["split"] for chip in manifest["chips"]} == {"train", "validation", "test"}
    titles = [each["title"].split()[0] for each in manifest["classes"]]
    assert titles == ["Non-vegetated", "Non-recreational", "Low-recreational"]
    layer = QgsVectorLayer(results["FOOTPRINTS"], "footprints", "ogr")
    assert layer.featureCount() == 48
    shown = {category.label(): category.value() for category in layer.renderer().categories()}
    assert list(shown) == ["train", "validation", "test"]
    ended = front_door.run("terraloom:maketrainingchips", given, ["--json"])
    assert ended.code != 0 and "is not empty" in ended.complained + ended.said
