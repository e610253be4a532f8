"""MIN_AREA and SMOOTH count on the ground, in square metres and metres, in maps of one sensor and of several."""

import numpy as np
import pyogrio
import pytest
import sensors
import shapely
import toys
from affine import Affine
from listening import Heard
from maps import apply, one_hot
from terraloom.engine.errors import InputError, ModelError
from terraloom.engine.jobs import apply_model, fuse_sar_optical, segment_land_use
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets, Generalisation
from terraloom.engine.requests.fuse_sar_optical import FuseSarOptical
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.requests.segment_land_use import SegmentLandUse

PIXEL_M = 10.0


def targets_in(folder):
    return ClassTargets(output=str(folder / "map.tif"), polygons=str(folder / "map.gpkg"))


def polygons(targets):
    return shapely.from_wkb(pyogrio.raw.read(targets.polygons, layer="map")[2])


def mapped(folder, classes, place=None, **generalisation):
    """Classes and polygons of a map of them."""
    source = toys.raster(folder / "in.tif", one_hot(classes), **(place or {"pixel": PIXEL_M}))
    run = NetworkRun((source,), str(toys.bands_as_classes(folder / "m.onnx")))
    request = SegmentLandUse(run, targets_in(folder), Generalisation(**generalisation))
    segment_land_use.run(request, Silent())
    return toys.read(request.targets.output)[0], polygons(request.targets)


def above(shapes):
    """The polygon that touches the upper edge."""
    (upper,) = (shape for shape in shapes if shape.bounds[3] == 5_000_000)
    return upper


@pytest.mark.parametrize(("smallest_m2", "left"), [(0, {2, 3, 5}), (250, {3, 5}), (300, {3, 5}), (310, {5})])
def test_areas_below_min_area_join_their_neighbour(tmp_path, smallest_m2, left):
    """They have 2, 3 and 5 pixels of 100 m²."""
    classes = np.zeros((20, 20), int)
    for length, row in ((2, 3), (3, 9), (5, 15)):
        classes[row, 4 : 4 + length] = 1
    found, _ = mapped(tmp_path, classes, min_area_m2=smallest_m2)
    assert set((found == 1).sum(axis=1).tolist()) - {0} == left


def test_maps_of_any_model_are_generalised_and_values_are_not(tmp_path):
    classes = np.zeros((20, 20), np.uint8)
    classes[5:7, 5:7] = 1
    source = toys.raster(tmp_path / "in.tif", one_hot(classes), pixel=PIXEL_M)
    run = NetworkRun((source,), str(toys.bands_as_classes(tmp_path / "m.onnx")))
    tidy = Generalisation(min_area_m2=500)
    apply_model.run(ApplyModel(run, targets_in(tmp_path), tidy), Silent())
    assert not toys.read(tmp_path / "map.tif").any()
    with pytest.raises(InputError, match="no POLYGONS are asked for"):
        ApplyModel(run, ClassTargets(output=str(tmp_path / "map.tif")), Generalisation(smooth_m=20))
    values = NetworkRun((source,), str(toys.identity(tmp_path / "values.onnx", 3)))
    with pytest.raises(ModelError, match="regression, where MIN_AREA would do nothing"):
        apply_model.run(ApplyModel(values, ClassTargets(output=str(tmp_path / "v.tif")), tidy), Silent())


def test_areas_in_degrees_are_those_on_the_ground(tmp_path):
    """Specks of two pixels of 1°: of 13,200 km² at 57° north, of 24,600 at 2°."""
    classes = np.zeros((60, 20), int)
    classes[[2, 57], 4:6] = 1
    degrees = {"crs": "EPSG:4326", "transform": Affine(1, 0, 0, 0, -1, 60)}
    for smallest_km2, left in ((13_000, {2, 57}), (14_000, {57}), (24_000, {57}), (25_000, set())):
        found, _ = mapped(tmp_path, classes, degrees, min_area_m2=smallest_km2 * 1e6)
        assert set(np.nonzero(found == 1)[0].tolist()) == left


def test_details_up_to_smooth_are_cut_off_boundaries(tmp_path):
    """A boundary with teeth of 10 m and three bays of 60 m."""
    classes = np.zeros((30, 60), int)
    classes[15:] = 1
    classes[14, ::2] = 1
    bays = (10, 27, 44)
    for bay in bays:
        classes[14:21, bay : bay + 6] = 0
    corners, whole = [], []
    for smooth_m in (0, 20, 200):
        _, shapes = mapped(tmp_path, classes, smooth_m=smooth_m)
        upper = above(shapes)
        corners.append(len(upper.exterior.coords))
        ends = shapely.points([(500_000 + PIXEL_M * (bay + 3), 5_000_000 - PIXEL_M * 19.5) for bay in bays])
        whole.append(int(upper.contains(ends).sum()))
    assert corners[0] > 90 and corners[1] < 25 and whole == [3, 3, 0]


def test_maps_of_several_sensors_are_generalised_too(tmp_path):
    """A boundary with teeth of 10 m, and a speck of two pixels."""
    wet = np.zeros((30, 60), bool)
    wet[15:] = True
    wet[14, ::2] = wet[5, 5:7] = True
    optical = np.where(wet, 250, 5).astype(np.uint8)[np.newaxis].repeat(2, axis=0)
    files = [toys.raster(tmp_path / f"{n}.tif", bands, pixel=PIXEL_M) for n, bands in enumerate((optical, optical[:1]))]
    model = str(sensors.network(tmp_path / "m.onnx", ("optical", "sar")))
    found = {}
    for smallest_m2, smooth_m in ((0, 0), (300, 20)):
        run, targets = NetworkRun((files[0],), model, ((files[1],), (), ())), targets_in(tmp_path)
        generalisation = Generalisation(smallest_m2, smooth_m)
        fuse_sar_optical.run(FuseSarOptical(run, targets, "scaled", generalisation=generalisation), Silent())
        shapes = polygons(targets)
        found[smooth_m] = len(shapes), len(above(shapes).exterior.coords), int(toys.read(targets.output)[0].sum())
    assert found[0][0] == 3 and found[0][1] > 60 and found[0][2] == wet.sum()
    assert found[20][0] == 2 and found[20][1] < 20 and found[20][2] == wet.sum() - 2


@pytest.mark.parametrize("nothing", [np.nan, -9.0])
def test_a_map_of_nothing_is_warned_of(tmp_path, nothing):
    source = toys.raster(tmp_path / "in.tif", np.full((3, 20, 20), nothing, np.float32), nodata=-9.0)
    heard = Heard()
    apply(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source, progress=heard)
    assert "Not a single pixel was mapped" in heard.text


@pytest.mark.parametrize("channels", [1, 3])
def test_values_of_nothing_are_warned_of(tmp_path, channels):
    nothing = toys.raster(tmp_path / "in.tif", np.full((channels, 20, 20), np.nan, np.float32))
    some = toys.raster(tmp_path / "some.tif", np.eye(20, dtype=np.float32)[np.newaxis].repeat(channels, axis=0))
    model = toys.identity(tmp_path / "m.onnx", channels)
    for source, expected in ((nothing, True), (some, False)):
        heard = Heard()
        apply(tmp_path, model, source, progress=heard)
        assert ("Not a single pixel was mapped" in heard.text) == expected


def test_the_area_of_what_is_more_than_the_rest_is_told(tmp_path):
    document = toys.card(("b0", "b1", "b2"))
    document["properties"]["mlm:output"][0]["classification:classes"][0]["title"] = "Background"
    same = toys.helper.make_node("Identity", ["image"], ["output"])
    model = toys.save(tmp_path / "m.onnx", [same], {}, 3, document)
    classes = np.repeat([0, 0, 0, 1, 1, 2], 8).reshape(6, 8)
    source = toys.raster(tmp_path / "in.tif", one_hot(classes))
    request = SegmentLandUse(NetworkRun((source,), str(model)), ClassTargets(output=str(tmp_path / "map.tif")))
    metrics = segment_land_use.run(request, Silent()).metrics
    assert metrics["mapped_hectares"] == pytest.approx(24 / 1e4, rel=1e-3)
    assert sum(metrics["hectares"].values()) == pytest.approx(48 / 1e4, rel=1e-3)


def test_areas_of_a_map_in_degrees_are_those_of_their_rows(tmp_path):
    """Between 60° and 49° north, where pixels are 0.62 to 0.81 km² large: the table's are those of the polygons."""
    classes = np.zeros((1100, 12), int)
    classes[1000:] = 1
    source = toys.raster(
        tmp_path / "in.tif", one_hot(classes), crs="EPSG:4326", transform=Affine(0.01, 0, 11, 0, -0.01, 60)
    )
    made = apply(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source, wants=("areas", "polygons"))
    hectares = pyogrio.raw.read(made["areas"], columns=["hectares"])[3][0]
    areas_m2 = pyogrio.raw.read(made["polygons"], layer="polygons", columns=["area_m2"])[3][0]
    assert hectares[:2] == pytest.approx(areas_m2 / 1e4)
    assert hectares[1] > 1200 * 79
