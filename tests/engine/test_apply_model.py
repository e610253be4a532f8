"""What a user is promised of a map: pixels, places, polygons, areas."""

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from listening import Heard
from maps import apply, one_hot
from rasterio.warp import transform as transform_points
from terraloom.engine import class_map
from terraloom.engine.errors import CancelledError, ModelError, OutputError
from terraloom.engine.jobs import apply_model, segment_land_use
from terraloom.engine.library.card import ModelCard
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.assignments import parse_bands, parse_scale
from terraloom.engine.requests.class_map import ClassTargets, Generalisation
from terraloom.engine.requests.network_run import Extent, NetworkRun
from terraloom.engine.requests.segment_land_use import SegmentLandUse


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (17, 33), (64, 64), (65, 64), (130, 71)])
def test_identity_gives_the_raster_back(tmp_path, shape):
    values = np.random.default_rng(0).uniform(-1, 1, shape).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    made = apply(tmp_path, toys.identity(tmp_path / "m.onnx"), source, tile_size=64)
    result = toys.read(made["output"])
    assert result.dtype == np.float32
    assert not np.ma.getmaskarray(result).any()
    np.testing.assert_array_equal(result.data[0], values)
    with rasterio.open(source) as a, rasterio.open(made["output"]) as b:
        assert (a.crs, a.transform, a.shape) == (b.crs, b.transform, b.shape)


def test_nodata_stays_nodata_and_spreads_nowhere(tmp_path):
    values = np.ones((50, 50), np.int16)
    values[10:20, 10:30] = -99
    source = toys.raster(tmp_path / "in.tif", values, nodata=-99)
    made = apply(tmp_path, toys.identity(tmp_path / "m.onnx"), source, tile_size=16)
    result = toys.read(made["output"])[0]
    np.testing.assert_array_equal(np.ma.getmaskarray(result), values == -99)
    assert (result.compressed() == 1).all()


def test_nan_is_nodata(tmp_path):
    values = np.ones((9, 9), np.float32)
    values[4, 4] = np.nan
    made = apply(tmp_path, toys.identity(tmp_path / "m.onnx"), toys.raster(tmp_path / "in.tif", values))
    assert np.argwhere(np.ma.getmaskarray(toys.read(made["output"])[0])).tolist() == [[4, 4]]


def test_alpha_is_no_band_but_a_mask(tmp_path):
    values = np.full((4, 20, 20), 7, np.uint8)
    values[3] = 255
    values[3, :5] = 0
    source = toys.raster(tmp_path / "in.tif", values, photometric="RGB", alpha="YES")
    made = apply(tmp_path, toys.identity(tmp_path / "m.onnx", bands=3), source)
    result = toys.read(made["output"])[0]
    np.testing.assert_array_equal(np.ma.getmaskarray(result), values[3] == 0)
    assert (result.compressed() == 7).all()


def test_a_block_of_pixels_becomes_a_polygon_of_their_area(tmp_path):
    classes = np.zeros((30, 40), int)
    classes[5:8, 10:14] = 1  # 4 x 3 px of 1 m
    classes[20, 20] = 2  # one pixel
    source = toys.raster(tmp_path / "in.tif", one_hot(classes))
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    made = apply(tmp_path, model, source, wants=("polygons", "areas"))
    table = pyogrio.raw.read(made["polygons"], layer="polygons")
    names, columns = table[0]["fields"].tolist(), table[3]
    row = dict(zip(names, columns))
    outlines = shapely.from_wkb(table[2])
    block = row["class"].tolist().index(1)
    assert row["area_m2"][block] == 12 and outlines[block].area == 12
    assert outlines[block].bounds == (500_010, 4_999_992, 500_014, 4_999_995)
    assert row["name"][block] == "Class 1"
    assert row["confidence"][block] == pytest.approx(1, abs=1e-3)
    dot = row["class"].tolist().index(2)
    assert row["area_m2"][dot] == outlines[dot].area == 1
    areas = pyogrio.raw.read(made["areas"])
    shares = dict(zip(areas[0]["fields"].tolist(), (column.tolist() for column in areas[3])))
    assert shares["pixels"] == [1200 - 13, 12, 1]
    assert shares["hectares"] == pytest.approx([0.1187, 0.0012, 0.0001])
    assert sum(shares["share"]) == pytest.approx(1)


def test_class_raster_carries_colours_names_nodata_and_provenance(tmp_path):
    classes = np.random.default_rng(0).integers(0, 3, (40, 40))
    source = toys.raster(tmp_path / "in.tif", one_hot(classes))
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    made = apply(tmp_path, model, source, wants=("output", "confidence", "probabilities"))
    with rasterio.open(made["output"]) as dataset:
        np.testing.assert_array_equal(dataset.read(1), classes)
        assert dataset.nodata == 255 and dataset.dtypes == ("uint8",)
        assert dataset.colormap(1)[1] == (0xEE, 0x66, 0x77, 255)
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert dataset.tags()["TERRALOOM_MODEL"] == "toy"
        assert "in.tif" in dataset.tags()["TERRALOOM_PARAMETERS"]
    assert "Class 2" in (tmp_path / "output.tif.aux.xml").read_text()
    assert 'label="Class 2"' in (tmp_path / "output.qml").read_text()
    probability = toys.read(made["probabilities"])
    np.testing.assert_allclose(probability.sum(axis=0), 1, atol=1e-6)
    np.testing.assert_array_equal(toys.read(made["confidence"])[0], probability.max(axis=0))
    with rasterio.open(made["probabilities"]) as dataset:
        assert dataset.descriptions == ("Class 0", "Class 1", "Class 2")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_extent_gives_the_same_pixels_as_the_whole(tmp_path):
    values = np.random.default_rng(1).normal(size=(2, 150, 170)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values)
    model = toys.random_network(tmp_path / "m.onnx", seed=3)
    (tmp_path / "whole").mkdir()
    (tmp_path / "part").mkdir()
    whole = apply(tmp_path / "whole", model, source, wants=("probabilities",))
    extent = Extent(500_050.2, 4_999_900.5, 500_120.9, 4_999_960.1, toys.UTM)
    part = apply(tmp_path / "part", model, source, wants=("probabilities",), extent=extent, tile_size=32)
    with rasterio.open(part["probabilities"]) as dataset:
        assert dataset.transform @ (0, 0) == (500_050, 4_999_961)
        assert dataset.shape == (61, 71)
    np.testing.assert_array_equal(
        toys.read(part["probabilities"]), toys.read(whole["probabilities"])[:, 39:100, 50:121]
    )


def test_mask_polygons_limit_the_result(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((60, 60), np.float32))
    triangle = shapely.Polygon([(500_000, 5_000_000), (500_060, 5_000_000), (500_000, 4_999_940)])
    mask = tmp_path / "mask.gpkg"
    pyogrio.raw.write(
        mask, shapely.to_wkb(np.array([triangle])), [], [], geometry_type="Polygon", crs=toys.UTM, driver="GPKG"
    )
    made = apply(tmp_path, toys.identity(tmp_path / "m.onnx"), source, mask=str(mask), tile_size=16)
    known = ~np.ma.getmaskarray(toys.read(made["output"])[0])
    np.testing.assert_array_equal(known, np.add.outer(np.arange(60), np.arange(60)) < 59 + (known[0, 59]))


def test_files_join_to_a_mosaic_where_the_earlier_one_shows(tmp_path):
    left = toys.raster(tmp_path / "left.tif", np.full((20, 30), 1, np.float32))
    shifted = Affine(1, 0, 500_020, 0, -1, 4_999_990)
    right = toys.raster(tmp_path / "right.tif", np.full((25, 30), 2, np.float32), transform=shifted)
    heard, model = Heard(), toys.identity(tmp_path / "m.onnx")
    apply(tmp_path, model, left, progress=heard)
    assert "one mosaic" not in heard.text
    made = apply(tmp_path, model, left, right, tile_size=16, progress=heard)
    assert "2 rasters are taken as one mosaic, of which one map is made" in heard.text
    result = toys.read(made["output"])[0].filled(0)
    expected = np.zeros((35, 50))
    expected[10:35, 20:50] = 2
    expected[:20, :30] = 1
    np.testing.assert_array_equal(result, expected)


def test_the_size_of_what_is_mapped_is_told(tmp_path):
    heard, image = Heard(), toys.raster(tmp_path / "in.tif", np.zeros((200, 150), np.float32))
    apply(tmp_path, toys.identity(tmp_path / "m.onnx"), image, progress=heard)
    assert "The area has 0.03 Mpx." in heard.logs


def test_bands_and_scale_are_obeyed(tmp_path):
    values = np.stack([np.full((5, 5), value, np.float32) for value in (1, 2, 3)])
    source = toys.raster(tmp_path / "in.tif", values)
    made = apply(
        tmp_path, toys.identity(tmp_path / "m.onnx"), source, bands=parse_bands("b0=3"), scale=parse_scale("b0=10,0.5")
    )
    assert (toys.read(made["output"]) == 30.5).all()


def test_geographic_raster_goes_through_metres_and_back(tmp_path):
    rows, columns = np.mgrid[0:80, 0:90]
    classes = (rows // 20 + columns // 30) % 3
    degrees = Affine(1e-5, 0, 10.0, 0, -1e-5, 60.0)  # at 60° north a degree of longitude is half as long
    source = toys.raster(tmp_path / "in.tif", one_hot(classes), crs="EPSG:4326", transform=degrees)
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:resolution_m": 0.5})
    made = apply(tmp_path, model, source, wants=("output", "areas"))
    with rasterio.open(made["output"]) as dataset:
        assert dataset.crs == "EPSG:4326" and dataset.shape == (80, 90)
        result = dataset.read(1)
    assert (result == classes).mean() > 0.95
    assert not (result == 255).any()
    hectares = pyogrio.raw.read(made["areas"])[3][3].sum()
    metres = 111_412.9 * 0.5 * 1e-5 * 90 * (111_412.2 * 1e-5 * 80)
    assert hectares == pytest.approx(metres / 1e4, rel=0.02)


@pytest.mark.parametrize(("crs", "pixel"), [(toys.UTM, 0.25), ("EPSG:4326", 0.25 / 111_320)])
def test_warping_there_and_back_loses_no_pixel_and_invents_none(tmp_path, crs, pixel):
    values = np.ones((50, 61), np.int16)
    values[10:13, 20:41] = values[30, 30] = -1
    transform = Affine(pixel, 0, 3, 0, -pixel, 45) if crs != toys.UTM else None
    source = toys.raster(tmp_path / "in.tif", values, nodata=-1, crs=crs, pixel=pixel, transform=transform)
    model = toys.identity(tmp_path / "m.onnx", **{"terraloom:resolution_m": 1.0})
    result = toys.read(apply(tmp_path, model, source)["output"])[0]
    np.testing.assert_array_equal(np.ma.getmaskarray(result), values == -1)


def test_raster_smaller_than_a_pixel_of_the_model_is_mapped(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((8, 8), np.float32), pixel=0.5)
    model = toys.identity(tmp_path / "m.onnx", **{"terraloom:resolution_m": 10.0})
    assert (toys.read(apply(tmp_path, model, source)["output"]).filled(0) == 1).all()


def test_extent_of_a_warped_run_gives_the_same_pixels_as_the_whole(tmp_path):
    values = np.random.default_rng(1).normal(size=(2, 150, 170)).astype(np.float32)
    source = toys.raster(tmp_path / "in.tif", values, pixel=0.4)
    model = toys.random_network(tmp_path / "m.onnx", seed=3, **{"terraloom:resolution_m": 1.0})
    (tmp_path / "whole").mkdir()
    (tmp_path / "part").mkdir()
    wants = ("output", "probabilities")
    whole = apply(tmp_path / "whole", model, source, wants=wants)
    extent = Extent(500_020, 4_999_960, 500_048, 4_999_984, toys.UTM)
    part = apply(tmp_path / "part", model, source, wants=wants, extent=extent, tile_size=32)
    same = np.s_[:, 40:100, 50:120]
    np.testing.assert_array_equal(toys.read(part["output"]), toys.read(whole["output"])[same])
    # GDAL's bilinear weights are rounded differently where coordinates count from another corner.
    np.testing.assert_allclose(toys.read(part["probabilities"]), toys.read(whole["probabilities"])[same], atol=1e-7)


@pytest.mark.parametrize(
    "transform",
    [
        Affine(1, 0, 500_000, 0, 1, 5_000_000),  # south-up
        Affine.translation(500_000, 5_000_000) @ Affine.rotation(30) @ Affine.scale(1, -1),
    ],
)
@pytest.mark.parametrize("resolution", [None, 1.6])
def test_rasters_that_are_turned_are_mapped_as_they_lie(tmp_path, transform, resolution):
    rows, columns = np.mgrid[0:60, 0:80]
    classes = (rows // 20 + columns // 20) % 3
    source = toys.raster(tmp_path / "in.tif", one_hot(classes), transform=transform)
    model = toys.bands_as_classes(tmp_path / "m.onnx", **({"terraloom:resolution_m": resolution} if resolution else {}))
    made = apply(tmp_path, model, source, wants=("output", "polygons"))
    with rasterio.open(made["output"]) as dataset:
        assert dataset.transform.almost_equals(transform, 1e-9)
        agreement = (dataset.read(1) == classes).mean()
    assert agreement > 0.9 if resolution else agreement == 1
    outlines = shapely.from_wkb(pyogrio.raw.read(made["polygons"], layer="polygons")[2])
    assert shapely.area(outlines).sum() == pytest.approx(4800)
    assert shapely.union_all(outlines).contains(shapely.Point(transform @ (40, 30)))


def test_pixels_that_joined_a_class_do_not_count_in_its_confidence(tmp_path):
    scores = one_hot(np.zeros((20, 20), int))
    scores[:, 5, 5] = 1, 0, 1.5  # a speck of another class, of which the network is not sure
    run = NetworkRun((toys.raster(tmp_path / "in.tif", scores),), str(toys.bands_as_classes(tmp_path / "m.onnx")))
    request = SegmentLandUse(run, ClassTargets(polygons=str(tmp_path / "p.gpkg")), Generalisation(min_area_m2=5))
    segment_land_use.run(request, Silent())
    columns = dict(
        zip(("class", "name", "area_m2", "confidence"), pyogrio.raw.read(request.targets.polygons, layer="p")[3])
    )
    assert columns["area_m2"].tolist() == [400]
    assert columns["confidence"][0] == pytest.approx(np.exp(9) / (np.exp(9) + 2), abs=1e-6)


def test_numbers_too_large_to_be_measurements_are_nodata(tmp_path):
    values = np.ones((6, 6), np.float64)
    values[2, 3] = -1.7976931348623157e308
    model = toys.identity(tmp_path / "m.onnx", **{"terraloom:value_range": [0, 2]})
    made = apply(tmp_path, model, toys.raster(tmp_path / "in.tif", values))
    assert np.argwhere(np.ma.getmaskarray(toys.read(made["output"])[0])).tolist() == [[2, 3]]


def test_pixels_without_a_number_from_the_network_are_nodata_and_told(tmp_path):
    values = np.ones((6, 6), np.float32)
    values[1, 1] = 0
    nodes = [toys.helper.make_node("Reciprocal", ["image"], ["output"])]
    document = toys.card(classes=1, task="regression", activation="none")
    heard = Heard()

    model = toys.save(tmp_path / "m.onnx", nodes, {}, 1, document)
    made = apply(tmp_path, model, toys.raster(tmp_path / "in.tif", values), progress=heard)
    assert np.argwhere(np.ma.getmaskarray(toys.read(made["output"])[0])).tolist() == [[1, 1]]
    assert heard.warnings == ["In 1 pixels the network gave no number; there the result holds nothing."]


@pytest.mark.parametrize("temperature", [1.0, 2.0])
def test_sigmoid_scores_the_second_of_two_classes(tmp_path, temperature):
    scores = np.array([[-3.0, 0.1], [2.0, -0.1]], np.float32)
    model = toys.save(
        tmp_path / "m.onnx",
        [toys.helper.make_node("Identity", ["image"], ["output"])],
        {},
        1,
        toys.card(classes=2, activation="sigmoid", **{"terraloom:temperature": temperature}),
    )
    made = apply(tmp_path, model, toys.raster(tmp_path / "in.tif", scores), wants=("output", "probabilities"))
    assert toys.read(made["output"])[0].tolist() == [[0, 1], [1, 0]]
    np.testing.assert_allclose(toys.read(made["probabilities"])[1], 1 / (1 + np.exp(-scores / temperature)), rtol=1e-6)
    with pytest.raises(ModelError, match="two"):
        ModelCard.from_document(toys.card(classes=3, activation="sigmoid"))


def test_local_coordinates_of_a_building_site_are_taken_as_they_are(tmp_path):
    site = 'LOCAL_CS["site",UNIT["metre",1]]'
    source = toys.raster(tmp_path / "in.tif", one_hot(np.zeros((4, 5), int)), crs=site)
    model = toys.bands_as_classes(tmp_path / "m.onnx", **{"terraloom:resolution_m": 0.5})
    made = apply(tmp_path, model, source, wants=("output", "areas"))
    assert pyogrio.raw.read(made["areas"])[3][2].tolist() == [20, 0, 0]


def test_mask_in_degrees_follows_its_parallels_and_may_span_the_world(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((40, 400), np.float32), pixel=1000)
    world = shapely.box(-180, 45.0, 180, 90)
    mask = tmp_path / "mask.gpkg"
    pyogrio.raw.write(
        mask, shapely.to_wkb(np.array([world])), [], [], geometry_type="Polygon", crs="EPSG:4326", driver="GPKG"
    )
    made = apply(tmp_path, toys.identity(tmp_path / "m.onnx"), source, mask=str(mask))
    known = ~np.ma.getmaskarray(toys.read(made["output"])[0])
    rows, columns = np.mgrid[0:40, 0:400]
    xs, ys = 500_000 + 1000 * (columns + 0.5), 5_000_000 - 1000 * (rows + 0.5)
    _, latitude = transform_points("EPSG:32631", "EPSG:4326", xs.ravel(), ys.ravel())
    north = np.array(latitude).reshape(40, 400) > 45
    assert north.any() and not north.all()
    assert (known == north).mean() > 0.999


def test_grid_model_keeps_the_models_grid(tmp_path):
    source = toys.raster(tmp_path / "in.tif", np.ones((40, 50), np.float32))
    model = toys.identity(tmp_path / "m.onnx", **{"terraloom:resolution_m": 2.0})
    made = apply(tmp_path, model, source, grid="model")
    with rasterio.open(made["output"]) as dataset:
        assert dataset.res == (2, 2) and dataset.shape == (20, 25)
    assert (toys.read(made["output"]) == 1).all()


def test_image_without_a_place_lies_where_qgis_shows_it(tmp_path):
    classes = np.zeros((10, 12), int)
    classes[2, 3] = 1
    with pytest.warns(rasterio.errors.NotGeoreferencedWarning):
        source = toys.raster(tmp_path / "in.tif", one_hot(classes), crs=None, transform=Affine.identity())
        made = apply(tmp_path, toys.bands_as_classes(tmp_path / "m.onnx"), source, wants=("polygons",))
    table = pyogrio.raw.read(made["polygons"], layer="polygons")
    bounds = [outline.bounds for outline in shapely.from_wkb(table[2])]
    assert (3, -3, 4, -2) in bounds


def test_small_areas_join_and_boundaries_stay_shared(tmp_path):
    rng = np.random.default_rng(5)
    classes = rng.integers(0, 3, (60, 60))
    source = toys.raster(tmp_path / "in.tif", one_hot(classes))
    run = NetworkRun((source,), str(toys.bands_as_classes(tmp_path / "m.onnx")))
    targets = ClassTargets(output=str(tmp_path / "o.tif"), polygons=str(tmp_path / "p.gpkg"))
    request = SegmentLandUse(run, targets, Generalisation(8, 2))
    segment_land_use.run(request, Silent())
    outlines = shapely.from_wkb(pyogrio.raw.read(request.targets.polygons, layer="p")[2])
    areas = pyogrio.raw.read(request.targets.polygons, layer="p")[3][2]
    assert areas.min() >= 8 and areas.sum() == 3600
    assert shapely.coverage_is_valid(outlines)
    assert shapely.area(outlines).sum() == pytest.approx(3600, abs=4)


def test_results_of_one_name_keep_their_own_styles(tmp_path):
    source = toys.raster(tmp_path / "in.tif", one_hot(np.zeros((5, 5), int)))
    run = NetworkRun((source,), str(toys.bands_as_classes(tmp_path / "m.onnx")))
    same = ApplyModel(run, ClassTargets(output=str(tmp_path / "map.tif"), polygons=str(tmp_path / "map.gpkg")))
    apply_model.run(same, Silent())
    assert "paletteEntry" in (tmp_path / "map.qml").read_text()
    styles = pyogrio.raw.read(same.targets.polygons, layer="layer_styles")
    assert "categorizedSymbol" in styles[3][styles[0]["fields"].tolist().index("styleQML")][0]
    clash = ApplyModel(run, ClassTargets(output=str(tmp_path / "map.tif"), polygons=str(tmp_path / "map.shp")))
    with pytest.raises(OutputError, match="share the style"):
        apply_model.run(clash, Silent())


def test_the_need_for_memory_is_told_where_there_are_very_many_areas(tmp_path, monkeypatch):
    monkeypatch.setattr(class_map, "TRACING_BYTES", 600_000_000)  # two areas take more than is allowed, but not one
    heard = Heard()

    classes = np.zeros((5, 5), int)
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    for number in (0, 1):
        classes[:, 3:] = number
        source = toys.raster(tmp_path / f"{number}.tif", one_hot(classes))
        apply(tmp_path, model, source, wants=("polygons",), progress=heard, max_memory_mb=1000)
        assert len(heard.warnings) == number
    assert heard.warnings[0].startswith(
        "The class map consists of 2 separate areas; joining or tracing them takes about"
    )
    apply(tmp_path, model, source, wants=("output",), progress=heard, max_memory_mb=1000)
    apply(tmp_path, model, source, wants=("polygons",), progress=heard, max_memory_mb=1500)
    assert len(heard.warnings) == 1


def test_a_job_can_be_stopped_while_polygons_are_traced(tmp_path):
    class Stopping(Silent):
        def update(self, fraction, mpx_per_s=None):
            if fraction == 0.94:
                raise CancelledError

    source = toys.raster(tmp_path / "in.tif", one_hot(np.zeros((5, 5), int)))
    model = toys.bands_as_classes(tmp_path / "m.onnx")
    with pytest.raises(CancelledError):
        apply(tmp_path, model, source, wants=("polygons",), progress=Stopping())
    assert not (tmp_path / "polygons.gpkg").exists()
