"""Explaining from QGIS: the dialog's values reach the worker, and rasters, tables, pages and figures come back."""

import json

import pytest
from osgeo import gdal, ogr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsProperty,
    QgsRasterLayer,
    QgsReferencedPointXY,
    QgsVectorLayer,
)
from terraloom.engine.environment import lock, state

pytest_plugins = ["real_worker"]

FIGURES = {
    "explained_class": "Water",
    "explained_score": 0.75,
    "similarity": 0.25,
    "first_band": "red",
    "first_share": 0.5,
}
UTM = "EPSG:32631"


@pytest.fixture
def asked(stand_in):
    return stand_in("explain_prediction", FIGURES)


@pytest.fixture
def run(algorithm, context, feedback):
    def start(**given):
        parameters = {"OUTPUT": "TEMPORARY_OUTPUT", **given}
        made = algorithm("explainprediction")
        accepted, sentence = made.checkParameterValues(parameters, context)
        assert accepted, sentence
        results, succeeded = made.run(parameters, context, feedback, catchExceptions=False)
        assert succeeded, feedback.errors
        return results

    return start


@pytest.fixture
def refused(algorithm, context, asked):
    def check(words, **given):
        parameters = {"OUTPUT": "TEMPORARY_OUTPUT", **given}
        accepted, sentence = algorithm("explainprediction").checkParameterValues(parameters, context)
        assert not accepted and words in sentence, sentence
        assert asked.requests == []

    return check


@pytest.fixture
def points():
    """A layer of two points in memory, of which the first can be selected."""
    layer = QgsVectorLayer(f"Point?crs={UTM}", "points", "memory")
    for x in (500001, 500003):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, 5699998)))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer, False)
    yield layer
    QgsProject.instance().clear()


def test_parameters_become_a_request_and_figures_come_back(run, asked, make_raster, tmp_path):
    source = make_raster()
    places = {"OUTPUT": str(tmp_path / "a.tif"), "TABLE": str(tmp_path / "a.csv"), "REPORT": str(tmp_path / "a.html")}
    results = run(
        INPUT=[source],
        POINT=f"500001,5699998 [{UTM}]",
        TARGET_CLASS=" Water ",
        REGION="predicted",
        SCORE="logit",
        METHOD="shap",
        BASELINE="value",
        BASELINE_VALUE="90;80;70",
        SAMPLES=128,
        WINDOW=12,
        BY_BAND=True,
        SEED=7,
        BANDS="red=3",
        SCALE="*=2",
        THREADS=1,
        **places,
    )
    (request,) = asked.requests
    assert request.run.inputs == (source,) and request.run.extent is None and request.run.threads == 1
    assert request.run.model.endswith("model.onnx") and request.run.bands and request.run.scale
    place, question, method = request.question.place, request.question, request.method
    assert (place.point, place.crs, place.layer) == ((500001, 5699998), UTM, "")
    assert (question.target_class, question.region, question.score) == ("Water", "predicted", "logit")
    assert (method.name, method.baseline, method.baseline_value) == ("shap", "value", "90;80;70")
    assert (method.samples, method.window_px, method.by_band, method.seed) == (128, 12, True, 7)
    assert request.targets.made == {name.lower(): path for name, path in places.items()}
    figures = {name.upper(): value for name, value in FIGURES.items()}
    assert results == {**places, **figures}


@pytest.mark.parametrize(
    "given",
    [
        {"POINT": "500001,5699998"},
        {"LOCATION": "500001,5699998"},
        {"LOCATION": f"500001.0,5699998.0 [{UTM}]"},
        {"POINT": QgsReferencedPointXY(QgsPointXY(500001, 5699998), QgsCoordinateReferenceSystem(UTM))},
    ],
)
def test_a_point_may_be_clicked_or_written(run, asked, make_raster, given):
    run(INPUT=[make_raster()], **given)
    place = asked.requests[0].question.place
    assert place.point == (500001, 5699998) and not place.layer
    assert place.crs == ("" if given in ({"POINT": "500001,5699998"}, {"LOCATION": "500001,5699998"}) else UTM)


@pytest.mark.parametrize(
    ("point", "crs"),
    [
        (QgsPointXY(500001, 5699998), ""),
        (QgsGeometry.fromPointXY(QgsPointXY(500001, 5699998)), ""),
        (QgsProperty.fromExpression("make_point(500001, 5699998)"), ""),
        (QgsProperty.fromExpression("'500001,5699998'"), ""),
        (QgsProperty.fromExpression(f"'500001,5699998 [{UTM}]'"), UTM),
    ],
)
def test_a_point_without_reference_system_is_in_that_of_the_image(run, asked, make_raster, point, crs):
    """QGIS would take that of the project, and knows points of expressions as text only."""
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    try:
        run(INPUT=[make_raster()], POINT=point)
    finally:
        QgsProject.instance().clear()
    place = asked.requests[0].question.place
    assert (place.point, place.crs) == ((500001, 5699998), crs)


@pytest.mark.parametrize(
    "point",
    [
        QgsProperty.fromExpression("'abc'"),
        QgsProperty.fromExpression("3"),
        "POINT(3 4)",
        "3;4",
        QgsGeometry(),
        QgsGeometry.fromWkt("POINT EMPTY"),
        QgsReferencedPointXY(QgsPointXY(), QgsCoordinateReferenceSystem(UTM)),
    ],
    ids=str,
)
def test_what_is_no_point_is_refused(algorithm, context, feedback, make_raster, point):
    """QGIS takes it for the point 0, 0, in models without asking."""
    asked = {"INPUT": [make_raster()], "POINT": point, "METHOD": "occlusion", "OUTPUT": "TEMPORARY_OUTPUT"}
    _, succeeded = algorithm("explainprediction").run(asked, context, feedback)
    assert not succeeded and "which is no point. Give it as x,y" in feedback.errors[0]


def test_a_click_in_a_project_whose_reference_system_has_no_code_is_in_that(run, asked, make_raster, context):
    """QGIS puts the code of the project's system in brackets, be there one or not."""
    own = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=51 +lon_0=3 +datum=WGS84 +units=m")
    context.project().setCrs(own)
    try:
        run(INPUT=[make_raster()], POINT="12,34 []")
    finally:
        context.project().clear()
    place = asked.requests[0].question.place
    assert place.point == (12, 34) and not own.authid()
    assert 'PARAMETER["latitude_of_center",51]' in place.crs


@pytest.mark.parametrize(
    "place",
    [
        {"POINT": "500001,5699998 [nonsense]"},
        {"POINT": "500001,5699998 []"},
        {"LOCATION": "500001,5699998 [EPSG:99999]"},
        {"POINT": QgsReferencedPointXY(QgsPointXY(500001, 5699998), QgsCoordinateReferenceSystem())},
    ],
    ids=str,
)
def test_a_point_in_a_reference_system_that_is_none_is_refused(algorithm, context, feedback, make_raster, place):
    """QGIS would take that of the project in its place."""
    context.project().setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    asked = {"INPUT": [make_raster()], **place, "METHOD": "occlusion", "OUTPUT": "TEMPORARY_OUTPUT"}
    try:
        _, succeeded = algorithm("explainprediction").run(asked, context, feedback)
    finally:
        context.project().clear()
    (name,), (told,) = place, feedback.errors
    assert not succeeded and told.startswith(f"{name} is ")
    assert "whose coordinate reference system QGIS does not know" in told


def test_layers_reach_the_worker_as_files_with_what_is_selected(run, asked, make_raster, make_polygons, points):
    run(INPUT=[make_raster()], LOCATION=make_polygons())
    run(INPUT=[make_raster()], LOCATION=points)
    points.selectByIds([1])
    run(INPUT=[make_raster()], LOCATION=QgsProcessingFeatureSourceDefinition(points.id(), True))
    counts = []
    for request in asked.requests:
        place = request.question.place
        assert place.point is None
        layer = ogr.Open(place.layer)
        counts.append(
            (layer.GetLayerByName(place.layer_name) if place.layer_name else layer.GetLayer(0)).GetFeatureCount()
        )
    assert counts == [2, 2, 1]


def test_an_extent_and_further_inputs_are_handed_on(run, asked, make_raster):
    first, second = make_raster("a.tif"), make_raster("b.tif")
    run(INPUT=[first], INPUT_2=[second], EXTENT=f"500000,500002,5699998,5700000 [{UTM}]", METHOD="occlusion")
    (request,) = asked.requests
    assert request.run.further_inputs == ((second,),)
    assert (request.run.extent.left, request.run.extent.top) == (500000, 5700000)
    assert not request.question.place.is_given


def test_images_of_sensors_are_handed_on_in_their_order(run, asked, make_raster):
    radar, before = make_raster("sar.tif"), make_raster("before.tif")
    run(SAR=[radar], OPTICAL_BEFORE=[before], SAR_UNIT="db", POINT=f"500001,5699998 [{UTM}]")
    run(INPUT=[radar], POINT=f"500001,5699998 [{UTM}]")
    fused, plain = asked.requests
    assert (fused.run.inputs, fused.run.further_inputs) == ((), ((radar,), (before,), ()))
    assert (fused.sar_unit, plain.sar_unit) == ("db", "")


def test_what_cannot_work_is_refused_before_it_starts(refused, make_raster, make_polygons, load_raster, tiles):
    source, point = make_raster(), f"500001,5699998 [{UTM}]"
    refused("Give a place to be explained", INPUT=[source])
    refused("There is no input raster", POINT=point)
    refused("INPUT and SAR are both given", INPUT=[source], SAR=[source], POINT=point)
    refused("INPUT_2 and SAR are both given", INPUT_2=[source], SAR=[source], POINT=point)
    refused("SAR_UNIT is db, which is read for SAR", INPUT=[source], SAR_UNIT="db", POINT=point)
    refused("and not both", INPUT=[source], POINT=point, EXTENT=f"500000,500002,5699998,5700000 [{UTM}]")
    refused("LOCATION and POINT are both given", INPUT=[source], POINT=point, LOCATION=make_polygons())
    refused("LOCATION and POINT are both given", INPUT=[source], POINT=point, LOCATION=point)
    refused("can open neither as a layer", INPUT=[source], LOCATION="nowhere")
    refused("BASELINE is value", INPUT=[source], POINT=point, BASELINE="value")
    refused("BASELINE would do nothing", INPUT=[source], POINT=point, METHOD="saliency", BASELINE="blur")
    refused("SAMPLES would do nothing", INPUT=[source], POINT=point, METHOD="featureablation", SAMPLES=9)
    refused("which needs the packages for learning", INPUT=[source], POINT=point, METHOD="saliency")
    refused("is also an input", INPUT=[source], POINT=point, OUTPUT=source)
    refused("DEVICE is gpu", INPUT=[source], POINT=point, DEVICE="gpu")
    served = load_raster(tiles[0], "tiles", "wms")
    refused("which is no file", INPUT=[served], POINT=point)


def test_gradients_run_where_the_packages_for_learning_are(run, asked, make_raster, home):
    known = state.read()
    state.write(state.State(known.python, known.python_version, "learn", lock.digest("learn")))
    run(INPUT=[make_raster()], POINT=f"500001,5699998 [{UTM}]", METHOD="integratedgradients")
    assert asked.requests[0].method.differentiates


MODEL = "landuse-vhr"


@pytest.fixture(scope="module")
def by_occlusion(front_door, samples, tmp_path_factory):
    """One run of the default method with the bundled model, which makes every result."""
    folder = tmp_path_factory.mktemp("explained")
    results = {"OUTPUT": folder / "a.tif", "TABLE": folder / "a.gpkg", "REPORT": folder / "a.html"}
    values = {"INPUT": samples / "image.tif", "MODEL": MODEL, "LOCATION": "500090,4999980 [EPSG:32631]", **results}
    ended = front_door.run("terraloom:explainprediction", values, ["--json"])
    assert ended.code == 0, ended.complained
    return folder, json.loads(ended.said)


def test_a_point_is_explained(by_occlusion):
    """With the real worker: a roof of the made-up landscape."""
    folder, told = by_occlusion
    results = told["results"]
    assert results["EXPLAINED_CLASS"] and 0 < results["EXPLAINED_SCORE"] <= 1
    raster = gdal.Open(str(folder / "a.tif"))
    assert raster.RasterCount == 1 and raster.GetRasterBand(1).DataType == gdal.GDT_Float32
    assert raster.GetProjection() and raster.GetGeoTransform()[1] == 0.5
    source = ogr.Open(str(folder / "a.gpkg"))  # its layers live as long as it does
    shares = {feature["name"]: feature["share"] for feature in source.GetLayer(0)}
    assert set(shares) == {"red", "green", "blue"} and sum(shares.values()) == pytest.approx(1)
    page = (folder / "a.html").read_text("utf-8")
    assert "Changes with the weights" in page and results["EXPLAINED_CLASS"] in page
    assert (folder / "a.qml").is_file()


def test_gradients_are_computed_by_the_real_worker(front_door, samples, own_library, tmp_path):
    values = {
        "INPUT": samples / "image.tif",
        "MODEL": MODEL,
        "EXTENT": "500000,500128,4999904,5000000 [EPSG:32631]",
        "METHOD": "saliency",
        "OUTPUT": tmp_path / "a.tif",
        "TABLE": tmp_path / "a.csv",
    }
    ended = front_door.run("terraloom:explainprediction", values, ["--json"], own_library)
    assert ended.code == 0, ended.complained
    raster = gdal.Open(str(tmp_path / "a.tif"))
    assert [raster.GetRasterBand(band).GetDescription() for band in (1, 2, 3, 4)] == ["red", "green", "blue", "total"]
    assert raster.GetGeoTransform()[1] == 8 and (raster.RasterXSize, raster.RasterYSize) == (16, 12)


def test_attributions_appear_in_their_style(in_qgis, load_results, samples, tmp_path):
    """Red and blue around nothing, named after the image."""
    parameters = {"INPUT": [str(samples / "image.tif")], "MODEL": MODEL, "LOCATION": "500090,4999980 [EPSG:32631]"}
    load_results("terraloom:explainprediction", {**parameters, "OUTPUT": str(tmp_path / "a.tif")})
    (layer,) = QgsProject.instance().mapLayers().values()
    assert isinstance(layer, QgsRasterLayer) and layer.name() == "Attribution: image"
    renderer = layer.renderer()
    assert renderer.type() == "singlebandpseudocolor"
    assert renderer.classificationMin() == pytest.approx(-renderer.classificationMax())
    items = renderer.shader().rasterShaderFunction().colorRampItemList()
    middle = items[len(items) // 2]
    assert middle.value == 0 and middle.color.alpha() == 0
    assert items[-1].color.red() > items[-1].color.blue() and items[0].color.blue() > items[0].color.red()
