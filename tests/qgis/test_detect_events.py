"""Events through QGIS's doors: dates of layers, the model of an event, refusals, and layers as a user gets them."""

import json

import pytest
from osgeo import ogr
from qgis.core import Qgis, QgsDateTimeRange, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime

pytest_plugins = ["real_worker"]

EVENTS = "terraloom:detectevents"


def install(home, name, *classes):
    """Put a model into a home: the stub's card with other classes."""
    card = json.loads((home / "models" / "stub-landuse" / "card.json").read_text())
    card["id"] = name
    card["properties"]["mlm:output"][0]["classification:classes"] = [
        {"value": value, "name": title.lower(), "title": title} for value, title in enumerate(classes)
    ]
    folder = home / "models" / name
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"not a network")
    (folder / "card.json").write_text(json.dumps(card))
    return folder / "model.onnx"


@pytest.fixture
def models(home):
    """One model of glaciers and one of floods beside that of land use."""
    glacier = install(home, "own-glacier", "Ice", "Sea", "Front")
    return {"glacierfront": glacier, "flood": install(home, "own-flood", "Dry", "Flooded")}


@pytest.fixture
def made(models, algorithm):
    return algorithm("detectevents")


@pytest.fixture
def scenes(make_raster):
    return [make_raster(f"scene_2020-0{month}-01.tif") for month in (1, 2)]


@pytest.mark.parametrize("event", ["glacierfront", "flood"])
def test_parameters_become_a_request_with_the_model_of_the_event(
    made, worker, models, scenes, make_raster, tmp_path, context, feedback, event
):
    given = {"SERIES": scenes, "EVENT": event, "ALIGN": True, "OUTPUT": str(tmp_path / "map.tif")}
    if event == "flood":
        given |= {"DEM": make_raster("dem.tif", bands=1), "SAR_UNIT": "db", "MIN_AREA": 1800.5}
    results, succeeded = made.run(given, context, feedback, catchExceptions=False)
    assert succeeded and results["OUTPUT"] == str(tmp_path / "map.tif")
    assert worker.tasks == ["detect_events"]
    asked = worker.request
    assert (asked.event, asked.align, asked.run.inputs) == (event, True, tuple(scenes))
    assert asked.run.model == str(models[event])
    assert asked.dates == ("2020-01-01", "2020-02-01")
    assert (asked.dem, asked.min_area_m2) == (given.get("DEM", ""), given.get("MIN_AREA", 0))
    assert asked.sar_unit == given.get("SAR_UNIT", "auto")


def test_only_models_of_events_are_offered(made):
    choice = made.parameterDefinition("MODEL")
    assert choice.options() == ["auto", "own-flood", "own-glacier"] and choice.defaultValue() == "auto"


def test_dates_are_what_the_user_says_else_when_the_layer_is_shown_else_its_name(
    made, worker, scenes, load_raster, context, feedback
):
    layers = [load_raster(path) for path in scenes]
    temporal = layers[0].temporalProperties()
    temporal.setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
    begin = QDateTime.fromString("2019-12-24T00:00:00", "yyyy-MM-ddTHH:mm:ss")
    temporal.setFixedTemporalRange(QgsDateTimeRange(begin, begin.addDays(1)))
    temporal.setIsActive(True)
    given = {"SERIES": [layer.id() for layer in layers], "OUTPUT": "TEMPORARY_OUTPUT"}
    made.run(given, context, feedback, catchExceptions=False)
    assert worker.request.dates == ("2019-12-24", "2020-02-01")
    made.run({**given, "DATES": "2018-05-01, 2018-06-01"}, context, feedback, catchExceptions=False)
    assert worker.request.dates == ("2018-05-01", "2018-06-01")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"EVENT": "landslide"}, "No installed model sees the event landslide. Train one with"),
        ({"EVENT": "change"}, "cuts of the images of both dates (SERIES)"),
        ({"MODEL": "stub-landuse"}, "There is no model stub-landuse for this task"),
        ({"EVENT": "glacierfront", "MODEL": "own-flood"}, "own-flood tells apart Dry, Flooded; none is glacierfront"),
        ({"EVENT": "flood", "FRONT": "TEMPORARY_OUTPUT"}, "FRONT is asked for, the line of a glacier's front"),
        ({"EVENT": "glacierfront", "MIN_AREA": 900}, "MIN_AREA is 900 m², but EVENT is glacierfront"),
        ({"DATES": "2020-01-01"}, "DATES has 1 dates, but SERIES has 2 rasters"),
        ({"DATES": "2020-01-01,soon"}, "DATES has soon, which is no date"),
        ({"DATES": "2020-02-01,2020-01-01"}, "Put the rasters in the order of time"),
        ({"OUTPUT": ""}, "No result is asked for"),
        ({"SERIES": []}, "no input raster"),
    ],
)
def test_what_cannot_work_is_refused_before_it_starts(made, worker, scenes, context, changes, words):
    given = {"SERIES": scenes, "OUTPUT": "TEMPORARY_OUTPUT", **changes}
    able, said = made.checkParameterValues(given, context)
    assert not able and words in said
    assert worker.tasks == []


def test_what_is_always_refused_is_not_offered(made):
    """A series is mapped date by date, and no date is kept unfinished."""
    definition = made.parameterDefinition("RESUME")
    assert definition.flags() & definition.Flag.FlagHidden


def test_elevations_are_for_floods(made, scenes, make_raster, context):
    given = {"SERIES": scenes, "DEM": make_raster("dem.tif", bands=1), "OUTPUT": "TEMPORARY_OUTPUT"}
    able, said = made.checkParameterValues({**given, "EVENT": "glacierfront"}, context)
    assert not able and "EVENT is glacierfront, which makes no use of it" in said
    assert made.checkParameterValues({**given, "EVENT": "flood"}, context)[0]
    assert made.checkParameterValues(given, context)[0]  # the first event in the list


def test_a_name_without_a_date_is_refused(made, make_raster, context):
    able, said = made.checkParameterValues({"SERIES": [make_raster()], "OUTPUT": "TEMPORARY_OUTPUT"}, context)
    assert not able and "The date of image.tif is not known" in said


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
def detected(front_door, samples, tmp_path_factory):
    """One run that makes every result: its folder."""
    folder = tmp_path_factory.mktemp("events")
    results = {
        "OUTPUT": folder / "map.tif",
        "DATE_RASTER": folder / "dates.tif",
        "POLYGONS": folder / "areas.gpkg",
        "PROBABILITY": folder / "probability.tif",
        "FRONT": folder / "fronts.gpkg",
    }
    scenes = [samples / f"glacier_2020-0{month}-01.tif" for month in (1, 2, 3)]
    given = {"SERIES": scenes, "EVENT": "glacierfront", "MODEL_FILE": samples / "fronts.onnx", **results}
    ended = front_door.run(EVENTS, given, ["--json"])
    assert ended.code == 0, ended.complained
    told = json.loads(ended.said)
    places = {name: str(path) for name, path in results.items()}
    figures = {"EVENT_HA": 180.0, "EVENT_AREAS": 2, "FRONTS": 3, "MOVED_M": pytest.approx(-600, abs=10)}
    assert told["results"] == {**places, **figures}
    return folder


def test_fronts_are_lines_in_the_colours_of_their_dates(qgis_app, detected, opened):
    fronts = opened(QgsVectorLayer(str(detected / "fronts.gpkg"), "fronts", "ogr"))
    fields = fronts.fields()
    assert [field.name() for field in fields][-5:] == ["date", "length_m", "moved_m", "confidence", "bridged"]
    assert fields[fields.indexFromName("date")].typeName() == "Date"
    source = ogr.Open(str(detected / "fronts.gpkg"))  # what it holds lives no longer than itself
    moved = [feature["moved_m"] for feature in source.GetLayer(0)]
    assert moved == pytest.approx([0, -300, -600], abs=10)
    renderer = fronts.renderer()
    assert [category.label() for category in renderer.categories()] == ["2020-01-01", "2020-02-01", "2020-03-01"]
    assert colours_of(renderer, fronts) == [category.symbol().color().name() for category in renderer.categories()]


def test_areas_are_polygons_in_the_colours_of_their_dates(qgis_app, detected, opened):
    areas = opened(QgsVectorLayer(str(detected / "areas.gpkg"), "areas", "ogr"))
    assert [field.name() for field in areas.fields()][-4:] == ["date", "event", "area_m2", "confidence"]
    renderer = areas.renderer()
    later = [category.symbol().color().name() for category in renderer.categories()][1:]
    assert colours_of(renderer, areas) == later


def colours_of(renderer, layer):
    """The colour in which each feature is drawn."""
    from qgis.core import QgsExpressionContextUtils, QgsRenderContext

    drawing = QgsRenderContext()
    drawing.expressionContext().appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    renderer.startRender(drawing, layer.fields())
    found = []
    for feature in layer.getFeatures():
        drawing.expressionContext().setFeature(feature)
        found.append(renderer.symbolForFeature(feature, drawing).color().name())
    renderer.stopRender(drawing)
    return found


def test_rasters_have_their_styles(qgis_app, detected, opened):
    labels = {}
    for name, kind in (("map", "paletted"), ("dates", "paletted"), ("probability", "singlebandpseudocolor")):
        layer = opened(QgsRasterLayer(str(detected / f"{name}.tif"), name))
        layer.loadNamedStyle(str(detected / f"{name}.qml"))
        assert (layer.renderer().type(), layer.width(), layer.height()) == (kind, 100, 120)
        if kind == "paletted":
            labels[name] = {int(entry.value): entry.label for entry in layer.renderer().classes()}
    assert labels["map"] == {0: "Ice and land", 1: "Sea", 2: "Became sea", 3: "Became ice"}
    assert labels["dates"] == {20200101: "2020-01-01", 20200201: "2020-02-01", 20200301: "2020-03-01"}
