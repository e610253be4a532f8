"""A map is held against points, polygons and rasters as a person would do it by hand, and no odd input is a crash."""

import json

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
import toys
from affine import Affine
from rasterio.warp import transform
from terraloom.engine.classes.class_names import class_names
from terraloom.engine.errors import InputError, OutputError
from terraloom.engine.jobs import assess_accuracy
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assess_accuracy import AssessAccuracy
from terraloom.engine.requests.named_value import NamedValue
from terraloom.engine.results.outputs import finish_classes
from terraloom.engine.verification import comparison, reference
from terraloom.tests.engine.environment_fakes import Recorder

EAST, NORTH = 500_000, 5_000_000
LEGEND = Legend((LegendEntry(1, "Forest", "#4E9A47"), LegendEntry(2, "Open water", "#2F7FC1")))


def checkered(rows=60, columns=80):
    """Forest in the west, water in the east, a column of nodata between."""
    values = np.ones((rows, columns), np.uint8)
    values[:, columns // 2 :] = 2
    values[:, columns // 2 - 1] = 255
    return values


@pytest.fixture
def class_map(tmp_path):
    """A map as our map algorithms write it, 60 x 80 px of 1 m."""
    working = toys.raster(tmp_path / "working.tif", checkered(), nodata=255)
    finish_classes(tmp_path.joinpath(working), tmp_path / "map.tif", LEGEND, {})
    return str(tmp_path / "map.tif")


def vector(path, shapes, column, crs="EPSG:32631", kind="Polygon", field="kind"):
    values = np.array(column) if not any(isinstance(each, (str, type(None))) for each in column) else column
    pyogrio.raw.write(
        path,
        geometry=np.array([None if shape is None else shape.wkb for shape in shapes], object),
        field_data=[np.array(values, object) if isinstance(values, list) else values],
        fields=[field],
        geometry_type=kind,
        crs=crs,
    )
    return str(path)


def box(left, top, right, bottom):
    """A rectangle in columns and rows of the map."""
    return shapely.box(EAST + left, NORTH - bottom, EAST + right, NORTH - top)


def point(column, row):
    return shapely.Point(EAST + column, NORTH - row)


def assessed(tmp_path, class_map, progress=None, **given):
    """The figures, and the page."""
    request = AssessAccuracy(
        map=class_map, report=str(tmp_path / "report.html"), metrics=str(tmp_path / "metrics.json"), **given
    )
    outcome = assess_accuracy.run(request, progress or Silent())
    found = json.loads((tmp_path / "metrics.json").read_text())
    found["page"] = (tmp_path / "report.html").read_text()
    assert outcome.metrics["oa"] == pytest.approx(found["overall_accuracy"]["value"], abs=1e-6)
    return found


def matrix(found):
    """The confusion matrix by names: (true, mapped) to count, those that are not 0."""
    names = [each["name"] for each in found["classes"]]
    return {
        (names[row], names[column]): count
        for row, counts in enumerate(found["confusion_matrix"])
        for column, count in enumerate(counts)
        if count
    }


# what is counted


def test_polygons_count_pixels_whose_centre_they_hold(tmp_path, class_map):
    shapes = [box(0, 0, 10, 10), box(30, 0, 50, 10), box(60, 20.6, 70, 30)]
    found = assessed(
        tmp_path,
        class_map,
        reference=vector(tmp_path / "r.gpkg", shapes, ["forest", "Forest ", "open_water"]),
        class_field="kind",
    )
    assert matrix(found) == {
        ("Forest", "Forest"): 100 + 90,
        ("Forest", "Open water"): 100,
        ("Open water", "Open water"): 90,
    }
    assert found["not_mapped"] == {"Forest": 10, "Open water": 0}
    assert found["overall_accuracy"]["value"] == pytest.approx(280 / 380, abs=1e-6)
    assert found["per_class"]["Forest"]["iou"]["value"] == pytest.approx(190 / 290, abs=1e-6)
    assert found["groups"] == 3 and any("only 3 polygons" in caution for caution in found["cautions"])
    assert any("10 pixels" in caution and "2.6 %" in caution for caution in found["cautions"])


def test_points_in_another_system_are_transformed(tmp_path, class_map):
    places = [(10.5, 10.5), (20.5, 50.5), (60.5, 5.5), (39.5, 5.5), (500, 5), (-3, 5)]
    xs, ys = transform(
        "EPSG:32631", "EPSG:4326", [EAST + column for column, _ in places], [NORTH - row for _, row in places]
    )
    shapes = [shapely.Point(x, y) for x, y in zip(xs, ys)]
    path = vector(tmp_path / "p.gpkg", shapes, [1, 2, 2, 1, 2, 2], crs="EPSG:4326", kind="Point")
    found = assessed(tmp_path, class_map, reference=path, class_field="kind")
    assert matrix(found) == {("Forest", "Forest"): 1, ("Open water", "Forest"): 1, ("Open water", "Open water"): 1}
    assert found["not_mapped"]["Forest"] == 1
    assert found["outside_the_map"]["Open water"] == 2
    assert found["reference_kind"] == "points"


def test_polygons_in_another_system_are_the_same_pixels(tmp_path, class_map):
    shape = box(5, 5, 35, 55)
    turned = shapely.transform(
        shapely.segmentize(shape, 1),
        lambda corners: np.column_stack(transform("EPSG:32631", "EPSG:3035", corners[:, 0], corners[:, 1])),
    )
    path = vector(tmp_path / "r.gpkg", [turned, shapely.Point(0, 0).buffer(9)], [1, 2], crs="EPSG:3035")
    found = assessed(tmp_path, class_map, reference=path, class_field="kind")
    assert matrix(found) == {("Forest", "Forest"): 30 * 50}
    assert found["outside_the_map"] == {"Forest": 0, "Open water": 1}
    assert found["only_where_nothing_is_mapped"] == ["Open water"] and not found["absent_from_reference"]
    assert "Only outside the map, or where it has no data, the reference has: Open water." in found["page"]


def test_raster_on_other_pixels_counts_by_the_nearest(tmp_path, class_map):
    truth = np.full((20, 20), 2, np.uint8)
    truth[:, :10] = 1  # 3 m pixels: the border lies at column 30
    truth[0] = 0
    path = toys.raster(tmp_path / "t.tif", truth, pixel=3.0, nodata=0)
    found = assessed(tmp_path, class_map, reference=path, reference_is_raster=True)
    assert matrix(found) == {
        ("Forest", "Forest"): 57 * 30,
        ("Open water", "Forest"): 57 * 9,
        ("Open water", "Open water"): 57 * 20,
    }
    assert found["not_mapped"]["Open water"] == 57
    assert "blocks of 16 × 16 pixels" in found["page"]


def test_raster_with_names_of_its_own_counts_by_name(tmp_path, class_map):
    truth = np.full((60, 80), 7, np.uint8)
    truth[:, :40] = 2
    working = toys.raster(tmp_path / "own_working.tif", truth, nodata=255)
    own = Legend((LegendEntry(2, "forest", "#111111"), LegendEntry(7, "open water", "#222222")))
    finish_classes(tmp_path.joinpath(working), tmp_path / "own.tif", own, {})
    found = assessed(tmp_path, class_map, reference=str(tmp_path / "own.tif"), reference_is_raster=True)
    assert matrix(found) == {("Forest", "Forest"): 39 * 60, ("Open water", "Open water"): 40 * 60}
    assert found["overall_accuracy"] == {"value": 1.0, "low": found["overall_accuracy"]["low"], "high": 1.0}
    assert 0.8 < found["overall_accuracy"]["low"] < 1


def test_windows_change_nothing(tmp_path, class_map, monkeypatch):
    shapes = [box(3, 3, 77, 20), box(5, 30, 30, 57), point(20, 25).buffer(4)]
    given = {"reference": vector(tmp_path / "r.gpkg", shapes, [1, 2, 2]), "class_field": "kind"}
    points = vector(tmp_path / "p.gpkg", [point(3 * n + 0.5, 2 * n + 0.5) for n in range(25)], [1] * 25, kind="Point")
    truth = toys.raster(tmp_path / "t.tif", checkered()[:, ::-1].copy(), nodata=255)
    kinds = (given, {"reference": points, "class_field": "kind"}, {"reference": truth, "reference_is_raster": True})
    whole = [assessed(tmp_path, class_map, **each) for each in kinds]
    monkeypatch.setattr(reference, "WINDOW_PX", 7)
    assert [assessed(tmp_path, class_map, **each) for each in kinds] == whole


def test_polygons_that_contradict_each_other_do_not_count(tmp_path, class_map):
    shapes = [box(0, 0, 20, 10), box(10, 0, 30, 10), box(0, 0, 5, 10), None, box(4, 4, 4.3, 4.3)]
    path = vector(tmp_path / "r.gpkg", shapes, [1, 2, 1, 1, 1])
    found = assessed(tmp_path, class_map, reference=path, class_field="kind")
    assert matrix(found) == {("Forest", "Forest"): 100, ("Open water", "Forest"): 100}
    told = " ".join(found["cautions"])
    assert "100 of the pixels, which lie in polygons of different classes" in told
    assert (
        "1 of the features, which have no usable geometry" in told and "1 of the polygons, which are so small" in told
    )


def test_rotated_map(tmp_path):
    turned = Affine.translation(EAST, NORTH) @ Affine.rotation(30) @ Affine.scale(1, -1)
    values = checkered()
    path = toys.raster(tmp_path / "m.tif", values, transform=turned, nodata=255)
    places = [turned @ (column + 0.5, row + 0.5) for column, row in ((3, 3), (70, 50), (10, 40))]
    points = vector(tmp_path / "p.gpkg", [shapely.Point(place) for place in places], [1, 2, 1], kind="Point")
    found = assessed(tmp_path, path, reference=points, class_field="kind")
    assert matrix(found) == {("1", "1"): 2, ("2", "2"): 1}


@pytest.mark.parametrize(("level", "z"), [(0.8, 1.281552), (0.95, 1.959964)])
def test_intervals_are_of_the_level_that_is_asked_for_and_wilsons_for_points(tmp_path, class_map, level, z):
    share, count = 10 / 24, 24
    points = [point(20.5 if n < 10 else 60.5, 2 * n + 0.5) for n in range(count)]
    given = {"reference": vector(tmp_path / "p.gpkg", points, [1] * count, kind="Point"), "class_field": "kind"}
    found = assessed(tmp_path, class_map, **given, confidence_level=level)["overall_accuracy"]
    middle, half = share + z**2 / 2 / count, z * np.sqrt(share * (1 - share) / count + z**2 / 4 / count**2)
    assert [found["low"], found["high"]] == pytest.approx(
        (middle + np.array([-half, half])) / (1 + z**2 / count), abs=1e-6
    )
    given["reference"] = vector(tmp_path / "r.gpkg", [place.buffer(1.2) for place in points], [1] * count)
    found = assessed(tmp_path, class_map, **given, confidence_level=level)["overall_accuracy"]
    assert found["high"] - found["low"] == pytest.approx(2 * z * np.sqrt(share * (1 - share) / count), rel=0.15)


# regions


def test_regions_are_told_apart_and_the_worst_is_named(tmp_path, class_map):
    truth = checkered()
    truth[:30, :20] = 2  # wrong in the north-west
    regions = vector(
        tmp_path / "regions.gpkg",
        [box(0, 0, 80, 30), box(0, 30, 40, 60), box(40, 30, 80, 60), box(300, 0, 310, 10)],
        ["north", "south", "south", "far"],
        field="place",
    )
    found = assessed(
        tmp_path,
        class_map,
        reference=toys.raster(tmp_path / "t.tif", truth, nodata=255),
        reference_is_raster=True,
        regions=regions,
        region_field="place",
    )
    assert found["worst_region"] == "north" and "worst in <b>north</b>" in found["page"]
    assert found["regions"]["far"] is None and "nothing to compare" in found["page"]
    assert found["regions"]["south"]["overall_accuracy"]["value"] == 1
    assert found["regions"]["north"]["count"] == 79 * 30
    assert found["regions"]["north"]["overall_accuracy"]["value"] == pytest.approx(1 - 600 / (79 * 30), abs=1e-6)


def test_too_many_groups_are_joined_and_nothing_is_lost(tmp_path, class_map, monkeypatch):
    shapes = [box(column, row, column + 2, row + 2) for row in range(0, 60, 4) for column in range(0, 36, 4)]
    path = vector(tmp_path / "r.gpkg", shapes, [1, 2, 1] * 45)
    alone = assessed(tmp_path, class_map, reference=path, class_field="kind")
    monkeypatch.setattr(comparison, "MOST_COUNTS", 4 * 40)
    joined = assessed(tmp_path, class_map, reference=path, class_field="kind")
    assert (alone["groups"], joined["groups"]) == (135, 40)
    assert matrix(joined) == matrix(alone)


# names


def test_names_come_from_what_lies_beside_a_map(tmp_path):
    path = toys.raster(tmp_path / "m.tif", checkered())
    (tmp_path / "m.qml").write_text(
        '<qgis><pipe><rasterrenderer type="paletted"><colorPalette>'
        '<paletteEntry value="1" label="Wood" color="#00aa00"/><paletteEntry value="2" label="2" color="#0000aa"/>'
        "</colorPalette></rasterrenderer></pipe></qgis>"
    )
    assert class_names(path).names == {1: "Wood"} and class_names(path).colours[2] == "#0000aa"
    (tmp_path / "m.tif.aux.xml").write_text(
        '<PAMDataset><PAMRasterBand band="1"><GDALRasterAttributeTable>'
        "<FieldDefn><Name>V</Name><Usage>5</Usage></FieldDefn><FieldDefn><Name>N</Name><Usage>2</Usage></FieldDefn>"
        "<FieldDefn><Name>Count</Name><Usage>1</Usage></FieldDefn><FieldDefn><Name>x</Name><Usage>0</Usage></FieldDefn>"
        "<FieldDefn><Name>y</Name><Usage>0</Usage></FieldDefn>"
        "<Row><F>1</F><F>Trees</F><F>9</F><F>a</F><F>b</F></Row>"
        "<Row><F>2</F><F>Lake</F><F>9</F><F>a</F><F>b</F></Row>"
        "</GDALRasterAttributeTable></PAMRasterBand></PAMDataset>"
    )
    assert class_names(path).names == {1: "Trees", 2: "Lake"}
    assert class_names(path, (NamedValue(2, "Pond"),)).names == {1: "Trees", 2: "Pond"}, "what is shown counts most"


def test_a_side_file_that_grows_when_read_is_refused(tmp_path):
    path = toys.raster(tmp_path / "m.tif", checkered())
    (tmp_path / "m.qml").write_text('<!DOCTYPE q [<!ENTITY a "aaaa">]><qgis>&a;</qgis>')
    with pytest.raises(InputError, match=r"m\.qml cannot be read: it defines entities"):
        class_names(path)


# what cannot be


def refused(tmp_path, class_map, **given):
    with pytest.raises((InputError, OutputError)) as caught:
        assessed(tmp_path, class_map, **given)
    assert not (tmp_path / "report.html").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    return str(caught.value)


def test_values_that_the_map_does_not_know_are_named(tmp_path, class_map):
    shapes = [box(0, 0, 5, 5)] * 3
    text = vector(tmp_path / "a.gpkg", shapes, ["Forest", "Swamp", "Rock"])
    said = refused(tmp_path, class_map, reference=text, class_field="kind")
    assert "no class of the map: Rock, Swamp" in said and "1 (Forest), 2 (Open water)" in said
    truth = toys.raster(tmp_path / "t.tif", np.array([[1, 2], [9, 0]], np.uint8), pixel=10.0)
    assert "does not know: 0, 9" in refused(tmp_path, class_map, reference=truth, reference_is_raster=True)


def test_what_does_not_fit_is_said(tmp_path, class_map):
    far = vector(tmp_path / "far.gpkg", [box(900, 0, 950, 10)], [1])
    assert "do not overlap" in refused(tmp_path, class_map, reference=far, class_field="kind")
    hole = vector(tmp_path / "hole.gpkg", [box(39, 0, 40, 10)], [1])
    assert "no data at any of the 10 places" in refused(tmp_path, class_map, reference=hole, class_field="kind")
    nobody = vector(tmp_path / "nobody.gpkg", [box(0, 0, 5, 5)], [None])
    assert "without class: 1" in refused(tmp_path, class_map, reference=nobody, class_field="kind")
    assert "Its fields are: kind" in refused(tmp_path, class_map, reference=far, class_field="label")
    line = vector(tmp_path / "l.gpkg", [shapely.LineString([(0, 0), (1, 1)])], [1], kind="LineString")
    assert "holds no points and no polygons" in refused(tmp_path, class_map, reference=line, class_field="kind")
    half = vector(tmp_path / "half.gpkg", [box(0, 0, 5, 5)], np.array([1.5]))
    assert "holds 1.5" in refused(tmp_path, class_map, reference=half, class_field="kind")
    lost = vector(tmp_path / "lost.gpkg", [box(0, 0, 5, 5)], [1], crs=None)
    assert "coordinate reference system" in refused(tmp_path, class_map, reference=lost, class_field="kind")
    apart = toys.raster(tmp_path / "apart.tif", checkered(), transform=Affine(1, 0, 0, 0, -1, 0))
    assert "do not overlap" in refused(tmp_path, class_map, reference=apart, reference_is_raster=True)


def test_maps_that_are_none_are_refused(tmp_path):
    reference_file = vector(tmp_path / "r.gpkg", [box(0, 0, 30, 30)], [1])
    rgb = toys.raster(tmp_path / "rgb.tif", np.zeros((3, 40, 40), np.uint8))
    assert "has 3 bands" in refused(tmp_path, rgb, reference=reference_file, class_field="kind")
    height = toys.raster(tmp_path / "height.tif", np.linspace(0, 9, 1600, dtype=np.float32).reshape(40, 40))
    assert "which is no class" in refused(tmp_path, height, reference=reference_file, class_field="kind")
    numbers = toys.raster(tmp_path / "numbers.tif", np.arange(1600, dtype=np.int32).reshape(40, 40))
    assert "more than 256" in refused(tmp_path, numbers, reference=reference_file, class_field="kind")


def test_single_class_and_single_polygon_give_figures_without_intervals(tmp_path):
    path = toys.raster(tmp_path / "m.tif", np.full((30, 30), 4.0, np.float32))
    found = assessed(
        tmp_path, path, reference=vector(tmp_path / "r.gpkg", [box(0, 0, 9, 9)], ["4"]), class_field="kind"
    )
    assert found["overall_accuracy"] == {"value": 1.0, "low": None, "high": None}
    assert found["kappa"]["value"] is None and "single group" in " ".join(found["cautions"])


def test_no_result_may_replace_an_input(tmp_path, class_map):
    path = vector(tmp_path / "r.gpkg", [box(0, 0, 9, 9)], [1])
    request = AssessAccuracy(map=class_map, reference=path, class_field="kind", report=path)
    with pytest.raises(OutputError, match="is an input"):
        assess_accuracy.run(request, Silent())


def test_request_checks_itself():
    for given, words in (
        ({"reference_is_raster": True, "class_field": "a"}, "Leave it empty"),
        ({}, "CLASS_FIELD is empty"),
        ({"class_field": "a", "regions": "r"}, "go together"),
        ({"class_field": "a", "confidence_level": 95}, "CONFIDENCE_LEVEL is 95"),
    ):
        with pytest.raises(InputError, match=words):
            AssessAccuracy("m.tif", "r", **given)


def test_a_warning_for_what_the_reader_must_know(tmp_path, class_map):
    told = Recorder()
    path = vector(tmp_path / "p.gpkg", [point(5.5, 5.5), point(60.5, 5.5)], [1, 1], kind="Point")
    found = assessed(tmp_path, class_map, told, reference=path, class_field="kind")
    assert found["absent_from_reference"] == ["Open water"]
    assert found["mean_iou"]["value"] == 0.5, "means leave out what the reference lacks"
    assert any("The reference has none of: Open water" in line for line in told.logs)


def test_memory_is_that_of_a_window(tmp_path, monkeypatch):
    """A map far larger than a window is read in windows, and only where the reference lies."""
    sparse = {"tiled": True, "compress": "deflate", "sparse_ok": True, "blockxsize": 512, "blockysize": 512}
    with rasterio.open(
        tmp_path / "large.tif",
        "w",
        driver="GTiff",
        width=100_000,
        height=100_000,
        count=1,
        dtype="uint8",
        crs="EPSG:32631",
        transform=Affine(1, 0, EAST, 0, -1, NORTH),
        **sparse,
    ) as dataset:
        dataset.write(np.ones((1, 512, 512), np.uint8), window=rasterio.windows.Window(51_200, 51_200, 512, 512))
    read = []
    monkeypatch.setattr(
        comparison.ClassReader,
        "read",
        lambda self, window, original=comparison.ClassReader.read: (
            read.append((window.width, window.height)),
            original(self, window),
        )[1],
    )
    shapes = [box(51_210, 51_210, 51_220, 51_220), box(10, 10, 20, 20)]
    found = assessed(
        tmp_path,
        str(tmp_path / "large.tif"),
        reference=vector(tmp_path / "r.gpkg", shapes, [1, 1]),
        class_field="kind",
    )
    assert matrix(found) == {("1", "1"): 100, ("1", "0"): 100}
    assert len(read) == 2 and max(max(each) for each in read) <= 1024
