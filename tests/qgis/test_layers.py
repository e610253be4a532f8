"""Layers of every kind become files that another process can open."""

import json
import math

import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from terraloom.engine.errors import CancelledError, InputError
from terraloom.engine.worker import pool
from terraloom.processing_provider import rendering
from terraloom.processing_provider.layers import is_file, raster_file

WEB_MERCATOR = QgsCoordinateReferenceSystem("EPSG:3857")
TILE_M = 2 * math.pi * 6378137 / 2**18


@pytest.fixture
def mask_of(algorithm, worker, context, feedback, make_raster):
    """The mask that reaches the worker, as (path, layer name, number of features); `None` where the run is refused."""

    def mask_of(value):
        given = {"INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT", "MASK": value}
        _, succeeded = algorithm("applymodel").run(given, context, feedback, catchExceptions=False)
        if not succeeded:
            return None
        run = worker.request.run
        layer = gdal.OpenEx(run.mask, gdal.OF_VECTOR)
        chosen = layer.GetLayerByName(run.mask_layer) if run.mask_layer else layer.GetLayer(0)
        return run.mask, chosen.GetName(), chosen.GetFeatureCount()

    return mask_of


@pytest.fixture
def load_vector():
    def load(source, provider="ogr"):
        layer = QgsVectorLayer(source, "polygons", provider)
        assert layer.isValid()
        QgsProject.instance().addMapLayer(layer, False)
        return layer

    yield load
    QgsProject.instance().clear()


def test_a_vector_file_is_used_as_it_is(mask_of, make_polygons):
    path = make_polygons()
    assert mask_of(path) == (path, "square", 2)


def test_the_layer_of_a_file_with_several_is_kept(mask_of, make_polygons, load_vector):
    path = make_polygons(names=("first", "second"))
    assert mask_of(load_vector(f"{path}|layername=second")) == (path, "second", 2)
    assert mask_of(load_vector(f"{path}|layerid=1"))[0] != path, "a number would be lost, so it is copied"


def test_filtered_and_selected_features_are_copied(mask_of, make_polygons, load_vector):
    path = make_polygons()
    layer = load_vector(path)
    layer.setSubsetString('"class" = 1')
    copied = mask_of(layer)
    assert copied[0] != path and copied[2] == 1
    layer.setSubsetString("")
    layer.selectByExpression('"class" = 0')
    copied = mask_of(QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True))
    assert copied[0] != path and copied[2] == 1


def test_memory_layers_and_unsaved_edits_are_copied(mask_of, make_polygons, load_vector):
    file = load_vector(make_polygons())
    memory = load_vector("Polygon?crs=EPSG:32631", "memory")
    memory.dataProvider().addFeatures(file.getFeatures())
    assert mask_of(memory)[2] == 2
    file.startEditing()
    file.deleteFeature(next(file.getFeatures()).id())
    assert mask_of(file)[2] == 1
    file.rollBack()


def test_a_copy_that_would_lose_features_is_refused(mask_of, load_vector, feedback):
    layer = load_vector("Polygon?crs=EPSG:32631&field=fid:integer", "memory")
    square = QgsGeometry.fromWkt("POLYGON((500000 5699997, 500004 5699997, 500004 5700000, 500000 5699997))")
    for number in (1, 1, 2):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([number])
        feature.setGeometry(square)
        assert layer.dataProvider().addFeature(feature)
    copied = mask_of(layer)
    if copied is None:
        assert any("3 features" in error and "fid" in error for error in feedback.errors)
    else:
        assert copied[2] == 3, "newer QGIS keeps all"


def test_a_layer_of_one_kind_of_shape_in_a_file_of_several_is_copied(mask_of, load_vector, tmp_path):
    path = tmp_path / "mixed.geojson"
    shapes = [
        {"type": "Point", "coordinates": [3.0, 51.4]},
        {"type": "Polygon", "coordinates": [[[3.0, 51.4], [3.1, 51.4], [3.1, 51.5], [3.0, 51.4]]]},
    ]
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    layer = load_vector(f"{path}|geometrytype=Polygon")
    assert layer.featureCount() == 1
    used, _, count = mask_of(layer)
    assert (used != str(path), count) == (True, 1)


def test_a_reference_system_assigned_in_qgis_reaches_the_worker(mask_of, make_polygons, load_vector):
    layer = load_vector(make_polygons())
    path = layer.source()
    assert mask_of(layer)[0] == path
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:3035"))
    copied, name, _ = mask_of(layer)
    assert copied != path
    assert load_vector(f"{copied}|layername={name}").crs().authid() == "EPSG:3035"


@pytest.mark.parametrize("change", ["another reference system", "a virtual field", "unsaved edits"])
def test_a_named_layer_of_a_file_is_read_with_what_qgis_alone_knows(
    mask_of, make_polygons, load_vector, feedback, change
):
    """QGIS tells the name of the layer in the file, which its copy does not have."""
    layer = load_vector(f"{make_polygons(names=('first', 'second'))}|layername=second")
    if change == "another reference system":
        layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32632"))
    elif change == "a virtual field":
        field = QgsField(layer.fields().field("class"))
        field.setName("next")
        layer.addExpressionField('"class" + 1', field)
    else:
        layer.startEditing()
        layer.changeAttributeValue(1, layer.fields().indexOf("class"), 7)
    copied = mask_of(layer)
    assert copied is not None, feedback.errors
    assert copied[0] != layer.source().partition("|")[0] and copied[2] == 2
    layer.rollBack()


@pytest.mark.parametrize("only_selected", [False, True])
def test_features_that_are_not_saved_yet_are_read(mask_of, make_polygons, load_vector, feedback, only_selected):
    layer = load_vector(make_polygons())
    layer.startEditing()
    drawn = QgsVectorLayerUtils.createFeature(layer, next(layer.getFeatures()).geometry(), {1: 1})
    assert layer.addFeature(drawn)
    layer.selectByIds(list(layer.editBuffer().addedFeatures()))
    given = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=only_selected)
    copied = mask_of(given if only_selected else layer)
    assert copied is not None, feedback.errors
    assert copied[2] == (1 if only_selected else 3)
    classes = [feature["class"] for feature in QgsVectorLayer(copied[0]).getFeatures()]
    assert classes[-1] == 1 and len(classes) == copied[2]
    layer.rollBack()


def test_a_raster_file_is_used_as_it_is(make_raster, load_raster, tmp_path, monkeypatch):
    path = make_raster()
    assert raster_file(load_raster(path)) == path
    assert raster_file(load_raster(f"{path}|option:NUM_THREADS=1")) == path
    monkeypatch.chdir(tmp_path)
    relative = QgsRasterLayer("image.tif", "image", "gdal")
    assert raster_file(relative) == path
    del relative  # before the folder changes back: GDAL writes its statistics there


def test_names_that_only_gdal_knows_pass_through(make_raster, load_raster, tmp_path):
    import zipfile

    make_raster()
    with zipfile.ZipFile(tmp_path / "images.zip", "w") as archive:
        archive.write(tmp_path / "image.tif", "image.tif")
    name = f"/vsizip/{tmp_path}/images.zip/image.tif"
    assert raster_file(load_raster(name)) == name


def test_a_raster_in_the_memory_of_qgis_is_no_file(load_raster):
    gdal.GetDriverByName("GTiff").Create("/vsimem/a.tif", 4, 4)
    assert not is_file(load_raster("/vsimem/a.tif"))
    gdal.Unlink("/vsimem/a.tif")


@pytest.mark.parametrize("name", ["INPUT", "LABELS"])
def test_what_is_no_file_is_refused_by_the_name_of_its_parameter(
    algorithm, context, make_raster, load_raster, tiles, tmp_path, name
):
    image, served = make_raster(), load_raster(tiles[0], "Aerial", "wms")
    given = {"INPUT": [image], "LABELS": [image], "FOLDER": str(tmp_path / "chips"), name: [served]}
    accepted, sentence = algorithm("maketrainingchips").checkParameterValues(given, context)
    assert not accepted and f"{name} is Aerial, which is no file (wms). Export it first." in sentence


def test_the_reference_system_that_the_user_gave_travels_along(make_raster, load_raster):
    layer = load_raster(make_raster(epsg=None))
    assert raster_file(layer).endswith("image.tif")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32631"))
    path = raster_file(layer)
    opened = gdal.Open(path)
    assert path.endswith(".vrt")
    assert opened.GetSpatialRef().GetAuthorityCode(None) == "32631"
    assert opened.GetGeoTransform() == gdal.Open(layer.source()).GetGeoTransform()
    assert opened.RasterCount == 3


@pytest.mark.parametrize(
    ("code", "x", "y", "across", "up"),
    [
        ("EPSG:32631", 500000, 5700000, 1.0, 1.0),
        ("EPSG:3857", 500000, 6800000, 0.616, 0.616),
        ("EPSG:4326", 4.5, 52, 68_700, 111_270),
        ("EPSG:2225", 6_000_000, 2_000_000, 0.3048, 0.3048),
    ],
)
def test_metres_per_unit(code, x, y, across, up):
    crs = QgsCoordinateReferenceSystem(code)
    found = rendering.metres_per_unit(crs, QgsPointXY(x, y), QgsCoordinateTransformContext())
    assert found == pytest.approx((across, up), rel=4e-3)


@pytest.fixture
def place(tiles):
    """Four tiles, two by two, as a rectangle in Web Mercator."""
    zoom, x, y = tiles[1]
    half = TILE_M * 2**zoom / 2
    return QgsRectangle(x * TILE_M - half, half - (y + 2) * TILE_M, (x + 2) * TILE_M - half, half - y * TILE_M)


def test_tiles_of_a_server_are_rendered_at_the_resolution_of_the_model(
    algorithm, worker, context, feedback, tiles, place, load_raster, tmp_path, monkeypatch
):
    layer = load_raster(tiles[0], "map", "wms")
    seen = {}

    def look(python, task, request, progress, is_cancelled):
        if task == "model_info":
            seen["said"] = request.says.task
        if task == "apply_model":
            opened = gdal.Open(request.run.inputs[0])
            seen["size"] = opened.RasterXSize, opened.RasterYSize, opened.RasterCount
            seen["pixel"] = opened.GetGeoTransform()[1]
            seen["left"], seen["right"] = (
                [opened.GetRasterBand(band).ReadRaster(x, 20, 1, 1)[0] for band in (1, 2, 3, 4)]
                for x in (20, opened.RasterXSize - 20)
            )
            seen["alpha"] = opened.GetRasterBand(4).GetColorInterpretation() == gdal.GCI_AlphaBand
            seen["crs"] = opened.GetSpatialRef().GetAuthorityCode(None)
        return worker(python, task, request, progress, is_cancelled)

    monkeypatch.setattr(pool, "run_task", look)
    extent = f"{place.xMinimum()},{place.xMaximum()},{place.yMinimum()},{place.yMaximum()} [EPSG:3857]"
    given = {"INPUT": [layer], "EXTENT": extent, "TASK": "semantic-segmentation", "OUTPUT": str(tmp_path / "map.tif")}
    _, succeeded = algorithm("applymodel").run(given, context, feedback, catchExceptions=False)
    assert succeeded
    assert seen["said"] == "semantic-segmentation", "the model may not say it itself"
    across, _ = rendering.metres_per_unit(WEB_MERCATOR, place.center(), QgsCoordinateTransformContext())
    assert seen["pixel"] == pytest.approx(0.5 / across)
    assert seen["size"][0] == math.ceil(2 * TILE_M / (0.5 / across)) and seen["size"][2] == 4
    assert seen["left"] == [30, 30, 200, 255] and seen["right"] == [200, 30, 30, 255]
    assert seen["alpha"] and seen["crs"] == "3857"
    assert not gdal.VSIStatL(worker.request.run.inputs[0]), "the temporary file is cleared away"


def test_a_server_needs_an_extent(algorithm, worker, context, feedback, tiles, load_raster):
    given = {"INPUT": [load_raster(tiles[0], "Aerial", "wms")], "OUTPUT": "TEMPORARY_OUTPUT"}
    accepted, sentence = algorithm("applymodel").checkParameterValues(given, context)
    assert not accepted
    assert "Aerial" in sentence and "EXTENT" in sentence


def test_too_large_an_extent_is_refused_with_numbers(tiles, load_raster, feedback):
    layer = load_raster(tiles[0], "Aerial", "wms")
    planned = rendering.plan(layer, QgsRectangle(0, 0, 100_000, 50_000), QgsCoordinateTransformContext())
    with pytest.raises(InputError, match=r"199999 x 99\d+ pixels"):
        rendering.write(planned, 0.5, feedback)


def test_a_server_that_does_not_answer(tiles, place, load_raster, feedback):
    layer = load_raster("type=xyz&url=file:///none/%7Bz%7D/%7Bx%7D/%7By%7D.png", "Aerial", "wms")
    planned = rendering.plan(layer, place, QgsCoordinateTransformContext())
    with pytest.raises(InputError, match="Aerial shows nothing"):
        rendering.write(planned, 0.5, feedback)


def test_tiles_that_are_missing_are_told(tiles, place, load_raster, feedback):
    wide = QgsRectangle(place.xMinimum(), place.yMinimum(), place.xMaximum() + 4 * TILE_M, place.yMaximum())
    planned = rendering.plan(load_raster(tiles[0], "Aerial", "wms"), wide, QgsCoordinateTransformContext())
    rendering.write(planned, 0.5, feedback)
    (warning,) = feedback.warnings
    assert warning.startswith("33.") and "of the picture of Aerial is empty" in warning


def test_a_model_without_resolution_cannot_be_served(tiles, place, load_raster, feedback):
    planned = rendering.plan(load_raster(tiles[0], "Aerial", "wms"), place, QgsCoordinateTransformContext())
    with pytest.raises(InputError, match="states none"):
        rendering.write(planned, None, feedback)


def test_an_extent_beside_the_layer(load_raster):
    gdal.GetDriverByName("GTiff").Create("/vsimem/b.tif", 4, 4)
    layer = load_raster("/vsimem/b.tif", "B")
    with pytest.raises(InputError, match="outside B"):
        rendering.plan(layer, QgsRectangle(1000, 1000, 1010, 1010), QgsCoordinateTransformContext())
    gdal.Unlink("/vsimem/b.tif")


def test_data_with_pixels_of_its_own_comes_as_it_is(algorithm, worker, context, feedback, make_raster, load_raster):
    gdal.GetDriverByName("GTiff").CreateCopy("/vsimem/c.tif", gdal.Open(make_raster(bands=2)))
    layer = load_raster("/vsimem/c.tif", "C")
    planned = rendering.plan(layer, None, QgsCoordinateTransformContext())
    rendering.write(planned, None, feedback)
    written, source = gdal.Open(planned.path), gdal.Open("/vsimem/c.tif")
    assert written.GetGeoTransform() == pytest.approx(source.GetGeoTransform())
    assert written.ReadRaster() == source.ReadRaster()
    gdal.Unlink("/vsimem/c.tif")


def test_a_part_of_such_data_keeps_its_pixels(make_raster, load_raster, feedback):
    gdal.GetDriverByName("GTiff").CreateCopy("/vsimem/d.tif", gdal.Open(make_raster(bands=1)))
    wanted = QgsRectangle(500000.7, 5699998.2, 500002.2, 5699999.7)
    planned = rendering.plan(load_raster("/vsimem/d.tif", "D"), wanted, QgsCoordinateTransformContext())
    rendering.write(planned, None, feedback)
    written = gdal.Open(planned.path)
    assert written.GetGeoTransform() == pytest.approx((500000.5, 0.5, 0, 5700000.0, 0, -0.5))
    assert (written.RasterXSize, written.RasterYSize) == (4, 4)
    gdal.Unlink("/vsimem/d.tif")


def test_rendering_stops_when_cancelled(tiles, place, load_raster, feedback):
    planned = rendering.plan(load_raster(tiles[0], "Aerial", "wms"), place, QgsCoordinateTransformContext())
    feedback.cancel()
    with pytest.raises(CancelledError):
        rendering.write(planned, 0.5, feedback)


def test_a_raster_of_a_server_within_processing_raises_clearly(
    algorithm, worker, context, feedback, tiles, load_raster
):
    extent = "0,100000,0,50000 [EPSG:3857]"
    given = {
        "INPUT": [load_raster(tiles[0], "Aerial", "wms")],
        "EXTENT": extent,
        "OUTPUT": "TEMPORARY_OUTPUT",
    }
    with pytest.raises(QgsProcessingException, match="smaller extent"):
        algorithm("applymodel").run(given, context, feedback, catchExceptions=False)
