"""Results keep the reference system of the images; a format that cannot is refused before the work is done."""

import event_scenes
import numpy as np
import pyogrio
import pytest
import rasterio
import road_scenes
import shapely
import toys
from chip_making import noise, quilt, raster
from foreign_detectors import detector
from maps import apply, one_hot
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from rasterio.enums import WktVersion
from terraloom.engine.classes.class_names import class_names
from terraloom.engine.errors import OutputError
from terraloom.engine.grids.ground import apart_m
from terraloom.engine.jobs import (
    apply_model,
    compare_networks,
    detect_events,
    extract_roads,
    make_training_chips,
    segment_land_use,
)
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.compare_networks import CompareNetworks
from terraloom.engine.requests.detect_events import DetectEvents, EventTargets
from terraloom.engine.requests.extract_roads import ExtractRoads, LineShaping, LineTargets
from terraloom.engine.requests.make_training_chips import MakeTrainingChips
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.requests.segment_land_use import SegmentLandUse
from terraloom.engine.results.vectors import refuse_losing_crs, write_table
from terraloom.tests.engine.environment_fakes import Recorder

OWN = "+proj=laea +lat_0=45 +lon_0=3 +x_0=500000 +y_0=5000000 +datum=WGS84 +units=m"
"""A system of somebody's own, which has no code."""

SHIFTED = CRS.from_epsg(31467).to_wkt().replace("],PRIMEM", ",TOWGS84[598,74,418,0.2,0.05,-2.5,6.7]],PRIMEM", 1)
OF_ESRI = CRS.from_epsg(32631).to_wkt(version=WktVersion.WKT1_ESRI)
SITE = 'LOCAL_CS["site",UNIT["metre",1]]'
UNKNOWN = CRS.from_string(OWN).to_wkt(version=WktVersion.WKT1_GDAL)[:-1] + ',AUTHORITY["MYCO","12"]]'
RT90 = "+proj=tmerc +lon_0=15.80827777777778 +x_0=1500000 +ellps=bessel +units=m"
SHIFT = "+towgs84=414.1,41.3,603.1,-0.855,2.141,-7.023,0"
ELSEWHERE = f"{RT90} {SHIFT}"
"""RT90 without its code: it looks like RT38 of GDAL's codes, which lies elsewhere."""

ED50 = "+proj=utm +zone=30 +ellps=intl +towgs84=-131,-100.3,-163.4,-1.244,-0.02,-1.144,9.39"
IN_SWEDEN, IN_SPAIN = BoundingBox(1_500_000, 6_600_000, 1_500_100, 6_600_100), BoundingBox(5e5, 44e5, 501e3, 4401e3)
ROTATED = "+proj=ob_tran +o_proj=longlat +o_lon_p=-162 +o_lat_p=39.25 +lon_0=180 +datum=WGS84 +no_defs"
SQUARE = shapely.to_wkb(np.array([shapely.box(1, 2, 3, 4)], object))


def of_run(tmp_path, values, model):
    return NetworkRun((str(toys.raster(tmp_path / "in.tif", values, crs=OWN)),), str(model))


def land_use(tmp_path, target):
    run = of_run(tmp_path, np.ones((3, 20, 20), np.float32), toys.bands_as_classes(tmp_path / "m.onnx"))
    return segment_land_use, SegmentLandUse(run, ClassTargets(polygons=target))


def objects(tmp_path, target):
    run = of_run(tmp_path, np.ones((3, 64, 64), np.uint8), detector(tmp_path / "m.onnx", "YOLO_Ultralytics"))
    return apply_model, ApplyModel(run, ClassTargets(polygons=target))


def roads(tmp_path, target):
    said = road_scenes.logits([((20, 50), (180, 50))])
    run = of_run(tmp_path, said, toys.bands_as_lines(tmp_path / "m.onnx"))
    return extract_roads, ExtractRoads(run, LineTargets(output=target), LineShaping())


def nodes(tmp_path, target):
    job, request = roads(tmp_path, "")[0], roads(tmp_path, str(tmp_path / "o.gpkg"))[1]
    return job, ExtractRoads(request.run, LineTargets(nodes=target), LineShaping())


def events(tmp_path, target):
    scenes = event_scenes.series(tmp_path, event_scenes.flood(), event_scenes.flood(), crs=OWN)
    run = NetworkRun(tuple(map(str, scenes)), str(event_scenes.model_of(tmp_path / "m.onnx", event_scenes.FLOOD)))
    return detect_events, DetectEvents(run, EventTargets(polygons=target), "flood")


def fronts(tmp_path, target):
    scenes = event_scenes.series(tmp_path, event_scenes.glacier(50), event_scenes.glacier(60), crs=OWN)
    run = NetworkRun(tuple(map(str, scenes)), str(event_scenes.model_of(tmp_path / "m.onnx")))
    return detect_events, DetectEvents(run, EventTargets(front=target), "glacierfront")


def differences(tmp_path, target):
    line, path = shapely.linestrings([[0, 0], [300, 0]]), str(tmp_path / "lines.gpkg")
    shapes = {"geometry": shapely.to_wkb(np.array([line], object)), "geometry_type": "LineString"}
    pyogrio.raw.write(path, field_data=[np.array([1])], fields=["number"], crs=CRS.from_string(OWN).to_wkt(), **shapes)
    return compare_networks, CompareNetworks(path, path, missed=target)


def footprints(tmp_path, target):
    images = (raster(tmp_path / "image.tif", noise(3, 90, 100), crs=OWN),)
    labels = (raster(tmp_path / "truth.tif", quilt(90, 100), crs=OWN),)
    given = dict(inputs=(images,), labels=labels, chip_px=32, footprints=target)
    return make_training_chips, MakeTrainingChips(str(tmp_path / "chips"), **given)


@pytest.mark.parametrize("asked", [land_use, objects, roads, nodes, events, fronts, differences, footprints])
def test_a_layer_that_would_lose_its_reference_system_is_refused_before_the_work(tmp_path, asked):
    job, request = asked(tmp_path, str(tmp_path / "layer.GeoJSON"))
    before, progress = sorted(tmp_path.rglob("*")), Recorder()
    with pytest.raises(OutputError, match="layer.GeoJSON would lose its coordinate reference system.*ends in .gpkg"):
        job.run(request, progress)
    assert sorted(tmp_path.rglob("*")) == before
    assert max(progress.fractions, default=0) == 0 or asked is footprints, "labels are counted first"


@pytest.mark.parametrize("system", [OWN, SITE, UNKNOWN, "+proj=sinu +R=6371007.181", "+proj=longlat +ellps=GRS80"])
def test_geojson_is_not_written_where_the_reference_system_has_no_code(tmp_path, system):
    path = tmp_path / "a.geojson"
    with pytest.raises(OutputError, match="a.geojson would lose"):
        write_table(path, {"class": np.array([1])}, SQUARE, CRS.from_string(system))
    assert not path.exists()


@pytest.mark.parametrize(
    "system",
    ["EPSG:32631", "EPSG:4258", "EPSG:4326", "EPSG:25832+5783", "EPSG:7415", "EPSG:5800", "ESRI:54009", SHIFTED]
    + [OF_ESRI, "OGC:CRS84"]
    + ["+proj=longlat +datum=WGS84", CRS.from_epsg(4326).to_wkt(version=WktVersion.WKT1_ESRI)],
)
def test_geojson_keeps_what_has_a_code_and_wgs_84(tmp_path, system):
    path, crs = tmp_path / "a.geojson", CRS.from_string(system)
    write_table(path, {"class": np.array([1])}, SQUARE, crs)
    found = CRS.from_user_input(pyogrio.read_info(path)["crs"])
    assert found == crs or found.to_authority() == crs.to_authority() is not None


@pytest.mark.parametrize("asked", [land_use, objects, roads, nodes, events, fronts, differences, footprints])
def test_a_layer_that_would_lie_elsewhere_is_refused_before_the_work(tmp_path, monkeypatch, asked):
    monkeypatch.setattr(f"{__name__}.OWN", ELSEWHERE)
    job, request = asked(tmp_path, str(tmp_path / "layer.shp"))
    before, progress = sorted(tmp_path.rglob("*")), Recorder()
    with pytest.raises(OutputError, match="layer.shp would lie .* m off.*ends in .gpkg"):
        job.run(request, progress)
    assert sorted(tmp_path.rglob("*")) == before
    assert max(progress.fractions, default=0) == 0 or asked is footprints, "labels are counted first"


def test_shapes_without_a_reference_system_have_none_to_lose(tmp_path):
    write_table(tmp_path / "a.geojson", {"class": np.array([1])}, SQUARE, None)


def test_class_rasters_keep_systems_that_no_geotiff_holds_until_others_replace_them(tmp_path):
    model = toys.bands_as_classes(tmp_path / "m.onnx", 2)
    turned = "+proj=ob_tran +o_proj=moll +o_lon_p=40 +o_lat_p=50 +R=6371000"
    for system in (ROTATED, "+proj=eqearth +datum=WGS84", turned, toys.UTM):
        source = toys.raster(tmp_path / "in.tif", one_hot(np.eye(9), 2), crs=system, pixel=1e-4)
        made = apply(tmp_path, model, source, wants=("output", "confidence"))
        for path in made.values():
            with rasterio.open(source) as image, rasterio.open(path) as result:
                assert result.crs == image.crs is not None and result.transform == image.transform
        assert class_names(str(made["output"])).names == {0: "Class 0", 1: "Class 1"}
        tmp_path.joinpath("in.tif.aux.xml").unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("system", "bounds", "refused"),
    [
        (ELSEWHERE, IN_SWEDEN, {"geojson": "lie 18. m off", "shp": "lie 18. m off"}),
        (ED50, IN_SPAIN, {"shp": "lie 17. m off"}),  # GeoJSON has the code of ED50, which has the same shift
        (SHIFTED, BoundingBox(3_500_000, 5_500_000, 3_500_100, 5_500_100), {}),
        (ROTATED, BoundingBox(-5, -5, 5, 5), {"geojson": "has none", "shp": "cannot hold"}),
        (OWN, BoundingBox(5e5, 5e6, 6e5, 51e5), {"geojson": "has none"}),
        ("EPSG:31467", BoundingBox(3_500_000, 5_500_000, 3_500_100, 5_500_100), {}),
        ("EPSG:4220", BoundingBox(15, -10, 16, -9), {}),
        (SITE, BoundingBox(0, 0, 9, 9), {"geojson": "has none"}),
    ],
)
def test_layers_that_would_lie_elsewhere_are_refused(tmp_path, system, bounds, refused):
    """Only GeoPackages and FlatGeobufs hold how systems without a code are brought to WGS 84."""
    crs = CRS.from_string(system)
    for path in (tmp_path / f"a.{ending}" for ending in ("gpkg", "fgb", "geojson", "shp")):
        if words := refused.get(path.suffix[1:]):
            with pytest.raises(OutputError, match=f"{path.name} would.*{words}"):
                refuse_losing_crs(crs, bounds, "", path)
            continue
        refuse_losing_crs(crs, bounds, path)
        write_table(path, {"class": np.array([1])}, SQUARE, crs)
        assert apart_m(crs, CRS.from_user_input(pyogrio.read_info(path)["crs"]), bounds) < 1
