"""Layers of the project whose file a run replaces: shown anew, and never at the cost of what was drawn in them."""

from pathlib import Path

import pytest
from osgeo import gdal, ogr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRange,
    QgsVectorLayer,
)
from terraloom.engine.outcome import Outcome
from terraloom.engine.worker import pool
from terraloom.processing_provider.reopening import show_anew


@pytest.fixture
def project(context):
    context.setProject(QgsProject.instance())
    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture
def added(project):
    def add(layer):
        assert layer.isValid()
        return project.addMapLayer(layer)

    return add


@pytest.fixture
def value(make_raster, make_polygons, monkeypatch):
    """What the next run writes, in place of what was there, as the worker does it."""
    value = {"pixel": 1, "names": ("a", "b"), "size": 4}

    def run(python, task, request, progress, is_cancelled):
        for path in map(Path, request.targets.made.values()):
            if path.suffix != ".tif":
                continue
            made = path.with_name("made.tif")
            dataset = gdal.GetDriverByName("GTiff").Create(str(made), value["size"], value["size"])
            dataset.SetGeoTransform((500000, 1, 0, 5700000, 0, -1))
            dataset.SetSpatialRef(gdal.Open(make_raster()).GetSpatialRef())
            dataset.GetRasterBand(1).Fill(value["pixel"])
            dataset.GetRasterBand(1).SetCategoryNames(value["names"])
            dataset = None
            made.replace(path)
            Path(f"{made}.aux.xml").replace(f"{path}.aux.xml")
        return Outcome(request.targets.made, {})

    monkeypatch.setattr(pool, "run_task", run)
    return value


def value_of(layer):
    return layer.dataProvider().sample(QgsPointXY(500000.5, 5699999.5), 1)[0]


@pytest.mark.parametrize("size", [4, 8])
@pytest.mark.parametrize("is_loaded", [True, False])
def test_a_layer_shows_the_map_that_replaces_its_own(
    algorithm, context, feedback, project, load_results, added, value, make_raster, tmp_path, is_loaded, size
):
    """QGIS keeps the earlier file open, and what it knew of that one must not come to lie beside the new one."""
    map_file = str(tmp_path / "map.tif")
    given = {"INPUT": make_raster(), "OUTPUT": map_file}
    assert algorithm("segmentlanduse").run(given, context, feedback)[1], feedback.errors
    earlier = added(QgsRasterLayer(map_file, "Map", "gdal"))
    earlier.setOpacity(0.5)
    earlier.setCrs(QgsCoordinateReferenceSystem("EPSG:32632"))
    earlier.dataProvider().bandStatistics(1)
    assert value_of(earlier) == 1
    value |= {"pixel": 2, "names": ("c", "d", "e"), "size": size}
    if is_loaded:
        load_results(algorithm("segmentlanduse"), given)
    else:
        assert algorithm("segmentlanduse").run(given, context, feedback)[1], feedback.errors
    assert [value_of(layer) for layer in project.mapLayers().values()] == [2], "QGIS takes the layer that it knows"
    assert (earlier.width(), earlier.extent().width()) == (size, size)
    assert (earlier.opacity(), earlier.crs().authid()) == (0.5, "EPSG:32632")
    project.clear()
    beside = Path(f"{map_file}.aux.xml").read_text()
    assert "<Category>e</Category>" in beside and "<Category>a</Category>" not in beside


def test_a_raster_of_another_type_without_nodata_is_shown_as_it_is(added, make_raster, tmp_path):
    """QGIS remembers type, nodata and statistics of the earlier file, which lies in the same place."""
    path = make_raster("map.tif", bands=1)
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetNoDataValue(7)
    rows, columns, transform, crs = (
        dataset.RasterYSize,
        dataset.RasterXSize,
        *(dataset.GetGeoTransform(), dataset.GetSpatialRef()),
    )
    dataset = None
    layer = added(QgsRasterLayer(path, "Map", "gdal"))
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(3, 3)])
    layer.dataProvider().bandStatistics(1)
    made = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "made.tif"), columns, rows, 1, gdal.GDT_UInt16)
    made.SetGeoTransform(transform)
    made.SetSpatialRef(crs)
    made.GetRasterBand(1).Fill(700)
    made = None
    (tmp_path / "made.tif").replace(path)
    show_anew(path, QgsProject.instance())
    provider = layer.dataProvider()
    assert provider.bandStatistics(1).maximumValue == 700 and not provider.sourceHasNoDataValue(1)
    assert [each.min() for each in provider.userNoDataValues(1)] == [3]


@pytest.mark.parametrize("assigned", ["", "EPSG:3035"])
def test_areas_lie_where_their_new_file_says_unless_qgis_was_told_otherwise(added, make_polygons, tmp_path, assigned):
    areas = make_polygons("areas.gpkg")
    layer = added(QgsVectorLayer(areas, "Areas", "ogr"))
    if assigned:
        layer.setCrs(QgsCoordinateReferenceSystem(assigned))
    gdal.VectorTranslate(str(tmp_path / "made.gpkg"), areas, layerName="square", dstSRS="EPSG:32633", reproject=True)
    (tmp_path / "made.gpkg").replace(areas)
    show_anew(areas, QgsProject.instance())
    assert layer.dataProvider().crs().authid() == "EPSG:32633"
    assert layer.crs().authid() == (assigned or "EPSG:32633")


def test_a_layer_whose_file_was_lost_has_one_again(algorithm, context, feedback, project, value, make_raster, tmp_path):
    map_file = str(tmp_path / "map.tif")
    broken = project.addMapLayer(QgsRasterLayer(map_file, "Map", "gdal"))
    assert not broken.isValid()
    given = {"INPUT": make_raster(), "OUTPUT": map_file}
    assert algorithm("segmentlanduse").run(given, context, feedback)[1], feedback.errors
    assert broken.isValid() and value_of(broken) == 1


def test_lines_that_replace_those_of_a_layer_are_shown(
    algorithm, context, feedback, added, make_raster, make_polygons, monkeypatch, tmp_path
):
    areas = make_polygons("areas.gpkg")
    layer = added(QgsVectorLayer(areas, "Areas", "ogr"))
    assert layer.featureCount() == 2

    def run(python, task, request, progress, is_cancelled):
        made = make_polygons("made.gpkg")
        ogr.Open(made, 1).ExecuteSQL("DELETE FROM square WHERE fid = 1")
        Path(made).replace(request.targets.polygons)
        return Outcome(request.targets.made, {})

    monkeypatch.setattr(pool, "run_task", run)
    given = {"INPUT": make_raster(), "POLYGONS": areas}
    assert algorithm("segmentlanduse").run(given, context, feedback)[1], feedback.errors
    assert layer.featureCount() == len(list(layer.getFeatures())) == 1


def test_a_layer_that_is_being_edited_is_not_replaced(
    algorithm, context, added, value, make_raster, make_polygons, tmp_path
):
    areas = make_polygons("areas.gpkg")
    layer = added(QgsVectorLayer(areas, "Areas", "ogr"))
    given = {"INPUT": make_raster(), "OUTPUT": str(tmp_path / "map.tif"), "POLYGONS": areas}
    assert algorithm("segmentlanduse").checkParameterValues(given, context) == (True, "")
    layer.startEditing()
    accepted, sentence = algorithm("segmentlanduse").checkParameterValues(given, context)
    assert not accepted and "its layer Areas is being edited" in sentence
    layer.rollBack()


def test_a_geopackage_of_several_layers_is_not_replaced(algorithm, context, value, make_raster, make_polygons):
    areas = make_polygons("mine.gpkg", names=("fields", "houses"))
    given = {"INPUT": make_raster(), "POLYGONS": areas}
    accepted, sentence = algorithm("segmentlanduse").checkParameterValues(given, context)
    assert not accepted and "mine.gpkg is a GeoPackage that holds 2 layers" in sentence
