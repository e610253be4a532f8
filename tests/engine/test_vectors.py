"""Polygons trace pixel edges and share their boundaries; small areas are absorbed; neither depends on the strips."""

import numpy as np
import pyogrio
import pytest
import shapely
import whole_raster
from affine import Affine
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from rasterio.crs import CRS
from terraloom.engine.legend import NODATA, Legend, LegendEntry
from terraloom.engine.polygons import smoothing, tracing
from terraloom.engine.polygons.generalise import absorb_small_areas
from terraloom.engine.polygons.regions import find_regions
from terraloom.engine.polygons.tracing import ClassAreas, trace
from terraloom.engine.results import vectors
from terraloom.engine.results.workspace import Workspace
from terraloom.engine.tiles.strips import Strips, strip_rows

CLASSES = arrays(
    np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.sampled_from([0, 1, 2, NODATA])
)
CASES = settings(max_examples=150, deadline=None, derandomize=True)
PLACE = Affine(2, 0, 10, 0, -2, 50)
SQUARE = shapely.to_wkb(np.array([shapely.box(0, 0, 3, 4)]))
WHOLE = 64
COLUMNS = "polygons", "values", "areas_m2", "confidences"


def confidence_of(classes):
    confidence = np.random.default_rng(classes.size).random(classes.shape, np.float32)
    return np.where(confidence < 0.1, np.float32(np.nan), confidence)


def strips_of_array(values, rows):
    height, width = values.shape
    return Strips(lambda start, stop: values[start:stop], height, width, rows)


def batches(classes, confidence=None, rows=WHOLE, smooth_px=0.0, pixel_areas=None):
    confidence = confidence_of(classes) if confidence is None else confidence
    pixel_areas = np.full(len(classes), 4.0) if pixel_areas is None else pixel_areas
    regions = find_regions(strips_of_array(classes, rows))
    return trace(regions, strips_of_array(confidence, rows), PLACE, pixel_areas, smooth_px)


def traced(classes, *options, **more):
    """All areas at once."""
    none = ClassAreas(*(np.zeros(0, kind) for kind in (object, np.int32, float, float)))
    made = [none, *batches(classes, *options, **more)]
    return ClassAreas(*(np.concatenate([getattr(batch, name) for batch in made]) for name in COLUMNS))


def absorbed(classes, smallest, rows=WHOLE, row_sizes=None):
    regions = find_regions(strips_of_array(classes, rows), row_sizes)
    strips = absorb_small_areas(regions, smallest, 1 if row_sizes is None else row_sizes.min())
    return np.concatenate([strip for _, strip in strips])


def noise(side, seed=0, cell=4):
    """Blobs of three classes, with specks and nodata."""
    rng = np.random.default_rng(seed)
    blobs = np.kron(rng.integers(0, 3, (side // cell + 1,) * 2), np.ones((cell, cell), int))[:side, :side]
    specks = rng.random((side, side)) < 0.1
    classes = np.where(specks, rng.integers(0, 3, (side, side)), blobs).astype(np.uint8)
    classes[rng.random((side, side)) < 0.02] = NODATA
    return classes


def comb(teeth_up):
    """An area whose teeth are joined in the last row, or in the first, and one between them."""
    classes = np.zeros((20, 21), np.uint8)
    classes[:, ::2] = 1
    classes[-1 if teeth_up else 0] = 1
    return classes


def same(one, other):
    np.testing.assert_array_equal(shapely.to_wkb(one.polygons), shapely.to_wkb(other.polygons))
    for name in COLUMNS[1:]:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@CASES
@given(CLASSES)
@example(comb(True))
@example(comb(False))
@example(noise(40))
def test_areas_are_those_of_the_whole_raster(classes):
    confidence, pixel_areas = confidence_of(classes), np.linspace(3, 5, len(classes))
    areas = traced(classes, confidence, 5, pixel_areas=pixel_areas)
    plain = whole_raster.trace(classes, confidence, PLACE, pixel_areas)
    assert len(areas.polygons) == len(plain)
    found = {shapely.normalize(shapely.simplify(outline, 0)).wkb: k for k, outline in enumerate(areas.polygons)}
    for outline, value, area_m2, mean in plain:
        k = found.pop(shapely.normalize(shapely.simplify(outline, 0)).wkb)
        assert areas.values[k] == value
        np.testing.assert_allclose(areas.areas_m2[k], area_m2, rtol=1e-8)
        np.testing.assert_allclose(areas.confidences[k], mean, atol=1e-6)


@CASES
@given(CLASSES, st.sampled_from([0, 1, 3]))
@example(comb(True), 1)
@example(comb(False), 1)
def test_strips_do_not_show(classes, smooth_px):
    whole = traced(classes, smooth_px=smooth_px)
    for rows in (1, 2, 7):
        same(traced(classes, rows=rows, smooth_px=smooth_px), whole)
        np.testing.assert_array_equal(absorbed(classes, 5, rows), absorbed(classes, 5))


def test_strips_do_not_show_where_pixels_are_of_several_sizes():
    classes, row_sizes = noise(60), np.linspace(700, 1500, 60).astype(np.int64)
    whole = absorbed(classes, 9000, 60, row_sizes)
    assert (whole != classes).any() and (whole != absorbed(classes, 9)).any()
    for rows in (1, 7):
        np.testing.assert_array_equal(absorbed(classes, 9000, rows, row_sizes), whole)


@pytest.mark.parametrize("smooth_px", [0, 2])
def test_strips_and_batches_do_not_show_in_a_busy_map(monkeypatch, smooth_px):
    classes = noise(150)
    whole = traced(classes, rows=150, smooth_px=smooth_px)
    assert len(whole.polygons) > 1000
    monkeypatch.setattr(tracing, "BATCH_VERTICES", 100)
    monkeypatch.setattr(smoothing, "ARC_VERTICES", 30)
    monkeypatch.setattr(smoothing, "LOOKUPS", 20)
    for rows in (1, 7, 64):
        same(traced(classes, rows=rows, smooth_px=smooth_px), whole)


@CASES
@given(CLASSES)
@example(noise(40))
def test_polygons_are_a_coverage_of_the_known_pixels(classes):
    areas = traced(classes, rows=4)
    assert shapely.is_valid(areas.polygons).all()
    assert shapely.coverage_is_valid(areas.polygons)
    np.testing.assert_array_equal(shapely.area(areas.polygons), areas.areas_m2)
    assert areas.areas_m2.sum() == 4 * (classes != NODATA).sum()


@CASES
@given(CLASSES, st.sampled_from([0.8, 1, 2, 3, 6, 50]))
@example(noise(50, seed=1), 1)
@example(noise(50, seed=2, cell=7), 2)
@example(noise(50, seed=3, cell=10), 5)
@example(noise(50, seed=4, cell=12), 100)
def test_smoothed_polygons_stay_a_coverage(classes, smooth_px):
    areas, smooth = traced(classes), traced(classes, smooth_px=smooth_px)
    assert shapely.is_valid(smooth.polygons).all()
    assert shapely.coverage_is_valid(smooth.polygons)
    assert (shapely.area(smooth.polygons) > 0).all()
    np.testing.assert_array_equal(smooth.areas_m2, areas.areas_m2)
    counts = shapely.get_num_coordinates(areas.polygons), shapely.get_num_coordinates(smooth.polygons)
    assert (counts[1] <= counts[0]).all()
    united = shapely.union_all(smooth.polygons)  # boundaries with nodata are smoothed too; nothing else may open
    assert abs(united.area - shapely.area(smooth.polygons).sum()) < 1e-6


def test_a_staircase_becomes_a_line():
    classes = np.tri(40, dtype=np.uint8)
    (upper, lower) = traced(classes, smooth_px=2).polygons
    assert len(upper.exterior.coords) < 15 and len(lower.exterior.coords) < 15
    assert shapely.coverage_is_valid([upper, lower])


def test_three_areas_meet_in_one_vertex():
    classes = np.array([[0, 0, 0, 0], [1, 1, 2, 2]], np.uint8)
    areas = traced(classes)
    top = areas.polygons[areas.values.tolist().index(0)]
    assert (14, 48) in top.exterior.coords


def test_a_hole_that_touches_the_outside_at_a_corner_is_a_hole():
    classes = np.ones((4, 4), np.uint8)
    classes[0, 0] = classes[1, 1] = 0
    (around,) = (area for area, value in zip(traced(classes).polygons, traced(classes).values) if value == 1)
    assert len(around.interiors) == 1 and shapely.is_valid(around)


def test_areas_come_in_the_order_in_which_they_end():
    classes = np.zeros((6, 9), np.uint8)
    classes[2, 1] = classes[1:4, 3] = classes[2, 5] = classes[1:3, 7] = 1
    tops = [(area.bounds[0] - 10) / 2 for area in traced(classes).polygons]
    assert tops == [7, 1, 5, 3, 0]


def test_all_nodata_gives_no_polygon():
    assert list(batches(np.full((4, 5), NODATA, np.uint8), rows=2)) == []


@pytest.mark.parametrize("smooth_px", [0, 1])
def test_more_areas_that_end_together_than_fit_a_batch(monkeypatch, smooth_px):
    monkeypatch.setattr(tracing, "BATCH_VERTICES", 10)
    stripes = np.arange(30, dtype=np.uint8)[np.newaxis].repeat(20, axis=0) % 3
    made = list(batches(stripes, rows=4, smooth_px=smooth_px))
    assert len(made) > 5 and sum(len(batch.values) for batch in made) == 30


@CASES
@given(CLASSES, st.integers(1, 9))
@example(noise(30), 6)
@example(noise(30, seed=1), 30)
def test_small_areas_are_absorbed_and_nodata_stays(classes, smallest_px):
    result = absorbed(classes, smallest_px, rows=3)
    np.testing.assert_array_equal(result, whole_raster.absorb(classes, smallest_px))
    np.testing.assert_array_equal(result == NODATA, classes == NODATA)
    assert set(np.unique(result)) <= set(np.unique(classes))
    after = traced(result)
    for polygon, area in zip(after.polygons, after.areas_m2):
        if area / 4 < smallest_px:  # it has no neighbour to join: nodata or the raster's edge all around
            others = after.polygons[after.polygons != polygon]
            assert (shapely.length(shapely.intersection(polygon, others)) == 0).all()


def test_a_speck_joins_its_largest_neighbour():
    classes = np.zeros((6, 6), np.uint8)
    classes[:, 4:] = 1
    classes[2, 3] = 2
    assert (absorbed(classes, 2)[:, :4] == 0).all()
    specks = np.random.default_rng(0).integers(0, 3, (40, 40)).astype(np.uint8)
    assert traced(absorbed(specks, 50)).areas_m2.min() / 4 >= 50


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson", "fgb"])
def test_every_format_takes_areas_in_batches(tmp_path, monkeypatch, ending):
    monkeypatch.setattr(tracing, "BATCH_VERTICES", 100)
    classes = noise(30)
    legend = Legend(tuple(LegendEntry(value, f"Class {value}", "#4477AA") for value in range(3)))
    path = tmp_path / f"areas.{ending}"
    vectors.write_polygons(path, batches(classes, rows=8), legend, CRS.from_epsg(32631))
    meta, _, outlines, columns = pyogrio.raw.read(path)
    assert meta["fields"].tolist() == ["class", "name", "area_m2", "confidence"]
    areas = traced(classes)
    assert shapely.normalize(shapely.union_all(shapely.from_wkb(outlines))).equals(
        shapely.normalize(shapely.union_all(areas.polygons))
    )
    found, expected = columns, [areas.values, None, areas.areas_m2, areas.confidences]
    if ending == "fgb":  # has an order of its own, for its spatial index
        found, expected = (
            [value if value is None else value[np.lexsort((table[0], table[2], table[3]))] for value in table]
            for table in (found, expected)
        )
    for k in (0, 2, 3):
        np.testing.assert_allclose(found[k], expected[k])


def test_a_map_without_areas_is_an_empty_layer(tmp_path):
    for ending in ("gpkg", "fgb"):
        path = tmp_path / f"none.{ending}"
        vectors.write_polygons(path, [], Legend((LegendEntry(0, "Nothing", "#000000"),)), None)
        assert pyogrio.read_info(path, force_feature_count=True)["features"] == 0


@pytest.mark.parametrize(
    ("file", "layer"),
    [
        ("my map", "my map"),
        ("-map", "map"),
        ("(1) map", "1) map"),
        ("gpkg map", "layer_gpkg map"),
        ("SQLite_map", "layer_SQLite_map"),
        ("rtree_map", "rtree_map"),
        ("layer_styles", "layer_layer_styles"),
        ("ogr_empty_table", "layer_ogr_empty_table"),
        ("+", "layer_"),
    ],
)
def test_names_that_a_geopackage_keeps_or_takes_no_layer_by(tmp_path, file, layer):
    path = tmp_path / f"{file}.gpkg"
    legend = Legend(tuple(LegendEntry(value, f"Class {value}", "#4477AA") for value in range(3)))
    vectors.write_polygons(path, batches(noise(10)), legend, None)
    vectors.keep_style(path, "<qgis/>")
    assert pyogrio.list_layers(path)[0, 0] == layer
    assert pyogrio.raw.read(path, layer="layer_styles", columns=["f_table_name"])[3][0].tolist() == [layer]
    vectors.write_table(path.with_name(f"{file} 2.gpkg"), {"class": np.array([1])})


def test_columns_of_a_csv_keep_their_types(tmp_path):
    path = tmp_path / "Areas.CSV"
    for earlier in (path, path.with_suffix(".csvt")):
        earlier.write_text("String,String,String,String")
    columns = {
        "class": np.array([1, 2], np.int32),
        "objects": np.array([5, 2**40]),
        "area_m2": np.array([1.5, np.nan]),
        "name": np.array(["7", "b"], object),
    }
    with Workspace([str(path)]) as workspace:
        vectors.write_table(workspace.place(str(path)), columns)
        workspace.publish()
    assert pyogrio.read_info(path)["dtypes"].tolist() == ["int32", "int64", "float64", "object"]
    assert sorted(tmp_path.iterdir()) == [path, path.with_suffix(".csvt")]


def test_names_in_a_shapefile_are_cut_between_signs_and_each_is_another(tmp_path):
    names = ["px_vegetation_low", "px_vegetation_high", "PX_VEGETATION", "px_veget_1", "px_übermäßig", "px_草草草", "a"]
    path = tmp_path / "a.shp"
    vectors.write_table(path, {name: np.array([k]) for k, name in enumerate(names)}, SQUARE)
    meta, _, _, columns = pyogrio.raw.read(path)
    cut = ["px_vegetat", "px_veget_1", "PX_VEGET_2", "px_veget_3", "px_überm", "px_草草", "a"]
    assert meta["fields"].tolist() == cut and np.concatenate(columns).tolist() == list(range(7))


def test_lines_are_a_layer_of_lines(tmp_path):
    path, line = tmp_path / "lines.gpkg", shapely.LineString([(0, 0), (3, 4)])
    crs = CRS.from_epsg(32631)
    vectors.write_table(path, {"length_m": np.array([5.0])}, shapely.to_wkb(np.array([line])), crs, "LineString")
    meta, _, lines, (lengths,) = pyogrio.raw.read(path)
    assert (meta["geometry_type"], meta["crs"]) == ("LineString", "EPSG:32631")
    assert shapely.from_wkb(lines).tolist() == [line] and lengths.tolist() == [5]


def test_rows_that_did_not_arrive_are_noticed(tmp_path, monkeypatch):
    legend = Legend(tuple(LegendEntry(value, f"Class {value}", "#4477AA") for value in range(3)))
    store = vectors._store

    def losing(path, columns, outlines, crs, append, **more):
        if not append:
            store(path, columns, outlines, crs, append, **more)

    monkeypatch.setattr(vectors, "_store", losing)
    with pytest.raises(vectors.OutputError, match="only a part of it was stored"):
        vectors.write_polygons(tmp_path / "a.gpkg", batches(noise(10)), legend, None)


def test_a_reference_system_that_did_not_arrive_is_noticed(tmp_path, monkeypatch):
    store = vectors._store
    monkeypatch.setattr(
        vectors, "_store", lambda path, columns, outlines, crs, **more: store(path, columns, outlines, None, **more)
    )
    box, crs = shapely.to_wkb(np.array([shapely.box(0, 0, 3, 4)])), CRS.from_epsg(32631)
    with pytest.raises(vectors.OutputError, match="only a part of it was stored. Is"):
        vectors.write_table(tmp_path / "a.gpkg", {"area_m2": np.array([12.0])}, box, crs)
    vectors.write_table(tmp_path / "b.gpkg", {"area_m2": np.array([12.0])}, box, None)


@pytest.mark.parametrize("text", ['LOCAL_CS["site",UNIT["metre",1]]', "+proj=ortho +lat_0=50 +lon_0=8", "EPSG:3857"])
def test_shapes_in_any_reference_system_are_kept(tmp_path, text):
    box = shapely.to_wkb(np.array([shapely.box(0, 0, 3, 4)]))
    vectors.write_table(tmp_path / "a.gpkg", {"area_m2": np.array([12.0])}, box, CRS.from_string(text))


def test_a_strip_has_so_many_rows_that_it_fits():
    assert [strip_rows(width) for width in (100, 8192, 16384, 60_000, 10**7)] == [512, 512, 256, 64, 1]
