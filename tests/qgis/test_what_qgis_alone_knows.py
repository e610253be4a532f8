"""What was set for a layer in QGIS reaches the worker, or is refused: selections, virtual fields, nodata values."""

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr
from qgis.core import (
    Qgis,
    QgsField,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterRange,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QUrl
from terraloom.engine.errors import CancelledError, InputError
from terraloom.processing_provider.layers import check_has_features, raster_file
from terraloom.processing_provider.vector_files import _check_copy


@pytest.fixture
def load_polygons(make_polygons):
    """A layer of the project; it lies in the file that it names."""

    def load(**options):
        layer = QgsVectorLayer(make_polygons(**options), "polygons", "ogr")
        QgsProject.instance().addMapLayer(layer, False)
        return layer

    yield load
    QgsProject.instance().clear()


def selected_of(layer):
    layer.selectAll()
    return QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)


def nodata_of(path):
    dataset = gdal.Open(path)
    return [dataset.GetRasterBand(band + 1).GetNoDataValue() for band in range(dataset.RasterCount)]


# Nodata


def test_a_nodata_value_set_in_qgis_goes_along(make_raster, load_raster):
    path = make_raster(bands=3)
    layer = load_raster(path)
    for band in (1, 2, 3):
        layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(0, 0)])
    assert nodata_of(path) == [None] * 3
    assert nodata_of(raster_file(layer)) == [0] * 3
    assert np.array_equal(gdal.Open(raster_file(layer)).ReadAsArray(), gdal.Open(path).ReadAsArray())


@pytest.fixture
def with_nodata(make_raster):
    path = make_raster(bands=2)
    dataset = gdal.Open(path, gdal.GA_Update)
    for band in (1, 2):
        dataset.GetRasterBand(band).SetNoDataValue(255)
    dataset = None
    return path


def test_a_nodata_value_switched_off_in_qgis_counts_as_measured(with_nodata, load_raster):
    layer = load_raster(with_nodata)
    assert raster_file(layer) == with_nodata
    for band in (1, 2):
        layer.dataProvider().setUseSourceNoDataValue(band, False)
    assert nodata_of(raster_file(layer)) == [None] * 2
    for band in (1, 2):
        layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(7, 7)])
    assert nodata_of(raster_file(layer)) == [7] * 2


@pytest.mark.parametrize("ranges", [[(0, 5)], [(0, 0), (9, 9)]], ids=["a range", "two values"])
def test_nodata_that_no_file_can_hold_is_refused(make_raster, load_raster, ranges):
    layer = load_raster(make_raster(bands=1))
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(*each) for each in ranges])
    with pytest.raises(InputError, match="image has nodata values that were set in QGIS.*export the layer"):
        raster_file(layer)


def test_nodata_that_differs_by_band_or_from_the_files_own_is_refused(make_raster, load_raster, with_nodata):
    layer = load_raster(make_raster("other.tif", bands=2))
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(0, 0)])
    with pytest.raises(InputError, match="the same in all bands"):
        raster_file(layer)
    beside = load_raster(with_nodata)
    for band in (1, 2):
        beside.dataProvider().setUserNoDataValue(band, [QgsRasterRange(0, 0)])
    with pytest.raises(InputError, match="own switched off"):
        raster_file(beside)


@pytest.mark.parametrize("name", ["maketrainingchips", "optimisemodel"])
def test_checks_leave_no_files_behind(
    algorithm, worker, context, make_raster, make_polygons, load_raster, tmp_path, name
):
    """QGIS checks each time the user presses Run, and what was set in it is put over a file for a run alone."""
    layer = load_raster(make_raster(bands=3))
    for band in (1, 2, 3):
        layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(0, 0)])
    given = {
        "maketrainingchips": {
            "INPUT": layer.id(),
            "LABELS": make_polygons(),
            "CLASS_FIELD": "class",
            "FOLDER": "chips",
        },
        "optimisemodel": {"MODEL": "stub-landuse", "CALIBRATION": layer.id(), "OUTPUT": "fast.onnx"},
    }
    there = set(Path(QgsProcessingUtils.tempFolder()).rglob("*.vrt"))
    accepted, said = algorithm(name).checkParameterValues(given[name], context)
    assert accepted, said
    assert set(Path(QgsProcessingUtils.tempFolder()).rglob("*.vrt")) == there


# Features


def test_fields_that_only_qgis_knows_reach_the_worker(algorithm, worker, context, feedback, make_raster, load_polygons):
    layer = load_polygons()
    field = QgsField(layer.fields().field("class"))
    field.setName("doubled")
    layer.addExpressionField('"class" * 2', field)
    given = {"INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT", "MASK": layer}
    algorithm("applymodel").run(given, context, feedback, catchExceptions=False)
    assert worker.request.run.mask != layer.source()
    copied = QgsVectorLayer(worker.request.run.mask, "copied", "ogr")
    assert "doubled" in copied.fields().names()
    del copied


def test_a_mask_of_selected_features_is_not_overwritten(algorithm, worker, context, make_raster, load_polygons):
    layer = load_polygons()
    given = {"INPUT": make_raster(), "MASK": selected_of(layer), "POLYGONS": layer.source()}
    accepted, said = algorithm("segmentlanduse").checkParameterValues(given, context)
    assert not accepted and "which is also an input" in said


@pytest.fixture
def load():
    """A layer of the project, of any source."""

    def load(source, provider):
        layer = QgsVectorLayer(source, "odd", provider)
        assert layer.isValid() and layer.featureCount()
        QgsProject.instance().addMapLayer(layer, False)
        return layer

    yield load
    QgsProject.instance().clear()


def test_delimited_text_is_not_overwritten(algorithm, worker, context, make_raster, load, tmp_path):
    text = tmp_path / "my areas.csv"
    text.write_text('wkt,n\n"POLYGON((500000 5699999,500001 5699999,500001 5700000,500000 5699999))",1\n')
    address = QUrl.fromLocalFile(str(text)).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    layer = load(f"{address}?delimiter=,&wktField=wkt&crs=EPSG:32631", "delimitedtext")
    for mask in (layer, selected_of(layer)):
        given = {"INPUT": make_raster(), "MASK": mask, "AREAS": str(text)}
        accepted, said = algorithm("segmentlanduse").checkParameterValues(given, context)
        assert not accepted and "which is also an input" in said


LAYER = '<OGRVRTLayer name="square"><SrcDataSource relativeToVRT="1">{source}</SrcDataSource></OGRVRTLayer>'


@pytest.mark.parametrize("around", ["{}", '<OGRVRTUnionLayer name="square">{}</OGRVRTUnionLayer>'])
def test_what_a_virtual_mask_names_is_not_overwritten(
    algorithm, worker, context, make_raster, make_polygons, load, tmp_path, around
):
    source = make_polygons()
    for virtual, named in (("inner.vrt", "mask.gpkg"), ("outer.vrt", "inner.vrt")):
        layers = around.format(LAYER.format(source=named))
        (tmp_path / virtual).write_text(f"<OGRVRTDataSource>{layers}</OGRVRTDataSource>")
        given = {"INPUT": make_raster(), "MASK": load(str(tmp_path / virtual), "ogr"), "POLYGONS": source}
        accepted, said = algorithm("segmentlanduse").checkParameterValues(given, context)
        assert not accepted and "which is also an input" in said


def test_regions_of_selected_features_are_not_overwritten(algorithm, worker, context, make_raster, load_polygons):
    layer = load_polygons()
    given = {
        "MAP": make_raster(),
        "REFERENCE": make_raster("reference.tif"),
        "REGIONS": selected_of(layer),
        "REGION_FIELD": "class",
        "METRICS": layer.source(),
    }
    accepted, said = algorithm("assessaccuracy").checkParameterValues(given, context)
    assert not accepted and "which is also an input" in said


def test_selected_features_can_deal_the_ground(algorithm, worker, context, make_raster, load_polygons, tmp_path):
    given = {
        "INPUT": make_raster(),
        "LABELS": load_polygons(),
        "CLASS_FIELD": "class",
        "SPLIT": "field",
        "SPLIT_FIELD": "class",
        "SPLIT_LAYER": selected_of(load_polygons(name="ground.gpkg")),
        "FOLDER": str(tmp_path / "chips"),
    }
    accepted, said = algorithm("maketrainingchips").checkParameterValues(given, context)
    assert accepted, said
    over = {**given, "FOOTPRINTS": str(tmp_path / "ground.gpkg")}
    accepted, said = algorithm("maketrainingchips").checkParameterValues(over, context)
    assert not accepted and "which is also an input" in said


def one_selected_of(layer):
    layer.selectByExpression('"class" = 1')
    return QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)


def test_a_reference_may_be_selected_features(algorithm, stand_in, context, feedback, make_raster, load_polygons):
    """As a model of the modeler hands them on."""
    asked = stand_in("assess_accuracy", {})
    given = {
        "MAP": make_raster(),
        "REFERENCE": one_selected_of(load_polygons()),
        "CLASS_FIELD": "class",
        "METRICS": "TEMPORARY_OUTPUT",
    }
    assert algorithm("assessaccuracy").checkParameterValues(given, context) == (True, "")
    _, succeeded = algorithm("assessaccuracy").run(given, context, feedback)
    assert succeeded, feedback.errors
    assert QgsVectorLayer(asked.requests[0].reference).featureCount() == 1


@pytest.mark.parametrize("in_a_list", [False, True])
def test_labels_may_be_selected_features(
    algorithm, stand_in, context, feedback, make_raster, load_polygons, tmp_path, in_a_list
):
    asked = stand_in("make_training_chips", {})
    selected = one_selected_of(load_polygons())
    given = {
        "INPUT": make_raster(),
        "LABELS": [selected] if in_a_list else selected,
        "CLASS_FIELD": "class",
        "FOLDER": str(tmp_path / "chips"),
    }
    assert algorithm("maketrainingchips").checkParameterValues(given, context) == (True, "")
    _, succeeded = algorithm("maketrainingchips").run(given, context, feedback)
    assert succeeded, feedback.errors
    assert QgsVectorLayer(asked.requests[0].features.path).featureCount() == 1


def test_the_numbers_of_features_are_no_field_to_read(algorithm, worker, context, make_raster, load_polygons):
    """They reach the worker neither out of the file nor in a copy."""
    memory = QgsVectorLayer("Polygon?crs=EPSG:32631&field=fid:integer", "drawn", "memory")
    for regions, name in ((load_polygons(), "polygons"), (memory, "drawn")):
        given = {"MAP": make_raster(), "REFERENCE": make_raster("reference.tif"), "METRICS": "TEMPORARY_OUTPUT"}
        given.update(REGIONS=regions, REGION_FIELD="fid")
        accepted, said = algorithm("assessaccuracy").checkParameterValues(given, context)
        assert not accepted and f"is fid, by which QGIS numbers the features of {name}" in said


@pytest.mark.parametrize("part", [{"selectedFeaturesOnly": True}, {"featureLimit": 1}])
def test_fields_that_the_copy_of_a_part_would_lose_are_refused(
    algorithm, worker, context, make_raster, load, numbered_squares, part
):
    layer = load(numbered_squares, "ogr")
    layer.selectAll()
    given = {"MAP": make_raster(), "REFERENCE": make_raster("reference.tif"), "METRICS": "TEMPORARY_OUTPUT"}
    given.update(REGIONS=QgsProcessingFeatureSourceDefinition(layer.id(), **part), REGION_FIELD="fid")
    accepted, said = algorithm("assessaccuracy").checkParameterValues(given, context)
    assert not accepted and "is fid, by which QGIS numbers" in said


class Uncounted:
    """A source of features that does not count them, as with a filter of its own in newer QGIS."""

    def __init__(self, features):
        self.features = features

    def featureCount(self):
        return -1

    def getFeatures(self, *_):
        return iter(self.features)


def test_a_source_that_does_not_count_its_features_is_looked_into(load_polygons):
    check_has_features("MASK", load_polygons(), Uncounted([object()]))
    with pytest.raises(InputError, match="MASK is polygons, which has no features"):
        check_has_features("MASK", load_polygons(), Uncounted([]))


@pytest.mark.skipif(Qgis.QGIS_VERSION_INT < 33200, reason="filters of sources came with QGIS 3.32")
def test_a_filter_that_leaves_nothing_is_refused(algorithm, worker, context, make_raster, load_polygons):
    given = {"INPUT": make_raster(), "OUTPUT": "TEMPORARY_OUTPUT"}
    for words, accepted in (('"class" = 1', True), ("false", False)):
        mask = QgsProcessingFeatureSourceDefinition(load_polygons().id(), filterExpression=words)
        found, said = algorithm("applymodel").checkParameterValues({**given, "MASK": mask}, context)
        assert found == accepted and ("has no features" in said) != accepted


@pytest.mark.parametrize("filtered", [False, True])
def test_fields_that_a_copy_would_lose_are_refused(algorithm, worker, context, make_raster, load, tmp_path, filtered):
    path = str(tmp_path / "areas.shp")
    written = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(path)
    layer = written.CreateLayer("areas", geom_type=ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("fid", ogr.OFTInteger))
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetField("fid", 7)
    feature.SetGeometry(ogr.CreateGeometryFromWkt("POLYGON ((0 0, 10 0, 10 10, 0 0))"))
    layer.CreateFeature(feature)
    del feature, layer, written
    regions = load(path, "ogr")
    assert not filtered or regions.setSubsetString("fid > 0")
    given = {"MAP": make_raster(), "REFERENCE": make_raster("reference.tif"), "METRICS": "TEMPORARY_OUTPUT"}
    given.update(REGIONS=regions, REGION_FIELD="fid")
    accepted, said = algorithm("assessaccuracy").checkParameterValues(given, context)
    assert accepted != filtered and ("is fid, by which QGIS numbers" in said) == filtered


@pytest.fixture
def squares_numbered_otherwise(numbered_squares, tmp_path):
    """A GeoPackage whose features are numbered in a field of another name, with a plain field called fid."""
    gdal.VectorTranslate(str(tmp_path / "own.gpkg"), numbered_squares, layerCreationOptions=["FID=ogc"])
    return str(tmp_path / "own.gpkg")


def test_the_copy_of_a_part_is_numbered_in_fid_whatever_its_source(
    algorithm, worker, context, make_raster, load, squares_numbered_otherwise
):
    layer = load(squares_numbered_otherwise, "ogr")
    layer.selectAll()
    part = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    given = {"MAP": make_raster(), "REFERENCE": make_raster("reference.tif"), "METRICS": "TEMPORARY_OUTPUT"}
    for regions, field in ((layer, "ogc"), (part, "fid")):
        asked = {**given, "REGIONS": regions, "REGION_FIELD": field}
        accepted, said = algorithm("assessaccuracy").checkParameterValues(asked, context)
        assert not accepted and f"is {field}, by which QGIS numbers" in said


@pytest.fixture
def numbered_squares(tmp_path):
    """A file of polygons with a field called fid, which is but one of many there."""
    square = '{"type": "Polygon", "coordinates": [[[3.0, 51.4], [3.1, 51.4], [3.1, 51.5], [3.0, 51.4]]]}'
    feature = f'{{"type": "Feature", "properties": {{"fid": "north"}}, "geometry": {square}}}'
    (tmp_path / "areas.geojson").write_text(f'{{"type": "FeatureCollection", "features": [{feature}]}}')
    return str(tmp_path / "areas.geojson")


def test_a_field_of_a_file_is_read_whatever_its_name(algorithm, worker, context, make_raster, load, numbered_squares):
    given = {"MAP": make_raster(), "REFERENCE": make_raster("reference.tif"), "METRICS": "TEMPORARY_OUTPUT"}
    given.update(REGIONS=load(numbered_squares, "ogr"), REGION_FIELD="fid")
    accepted, said = algorithm("assessaccuracy").checkParameterValues(given, context)
    assert accepted, said


def test_a_copy_that_a_full_disk_did_not_take_is_no_fault_of_the_layer(
    algorithm, context, feedback, load_polygons, tmp_path
):
    features = algorithm("applymodel").parameterAsSource({"MASK": load_polygons()}, "MASK", context)
    broken = tmp_path / "copy.gpkg"
    broken.write_bytes(b"SQLite format 3")
    with pytest.raises(InputError, match="has 2 features, and QGIS copied 0 of them to its folder for temporary files"):
        _check_copy(features, str(broken), "MASK", feedback)
    feedback.cancel()
    with pytest.raises(CancelledError):
        _check_copy(features, str(broken), "MASK", feedback)


# Going on with a run


def test_what_is_copied_for_each_run_cannot_be_resumed(
    algorithm, worker, context, feedback, make_raster, load_polygons, tmp_path
):
    layer = load_polygons()
    given = {"INPUT": make_raster(), "OUTPUT": str(tmp_path / "map.tif"), "RESUME": True}
    _, succeeded = algorithm("applymodel").run({**given, "MASK": layer}, context, feedback)
    assert succeeded, feedback.errors
    _, succeeded = algorithm("applymodel").run({**given, "MASK": selected_of(layer)}, context, feedback)
    assert not succeeded
    assert any("RESUME is on, but what is read of polygons is made anew" in error for error in feedback.errors)


# One raster where one is taken


def test_a_folder_of_several_rasters_is_no_map(algorithm, worker, context, make_raster, tmp_path):
    folder = tmp_path / "maps"
    folder.mkdir()
    make_raster("maps/a.tif")
    make_raster("maps/b.tif")
    given = {"MAP": str(folder), "REFERENCE": make_raster(), "METRICS": str(tmp_path / "m.json")}
    accepted, said = algorithm("assessaccuracy").checkParameterValues(given, context)
    assert not accepted and "MAP takes one raster, and 2 are given" in said
