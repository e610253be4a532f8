"""Objects are written with their class and their size on the ground, whatever the map."""

import numpy as np
import pyogrio
import pytest
import shapely
from affine import Affine
from detection_cases import objects_at, quads
from rasterio.crs import CRS
from terraloom.engine.detection.detection_outputs import FAMILIES, no_detections
from terraloom.engine.detection.detection_table import write_counts, write_objects
from terraloom.engine.detection.detections import Objects
from terraloom.engine.errors import OutputError
from terraloom.engine.grids.grid import Grid
from terraloom.engine.legend import Legend, LegendEntry

LEGEND = Legend((LegendEntry(0, "car", "#ee6677"), LegendEntry(7, "ship", "#4477aa")))
UTM, DEGREES, MERCATOR = (CRS.from_epsg(code) for code in (32631, 4326, 3857))


def written(path, objects, grid, crs=None):
    write_objects(path, objects, grid, LEGEND, crs or grid.crs)
    info, _, shapes, columns = pyogrio.raw.read(path, layer=path.stem)
    return shapely.from_wkb(shapes), dict(zip(info["fields"], columns)), info


def test_boxes_are_written_in_map_units_with_their_class(tmp_path):
    grid = Grid(UTM, Affine(0.5, 0, 500_000, 0, -0.5, 5_700_000), 200, 100)
    objects = objects_at([(10, 20, 30, 24), (0, 0, 2, 2)], [0.75, 0.5], [1, 0])
    shapes, columns, info = written(tmp_path / "found.gpkg", objects, grid)
    assert info["geometry_type"] == "Polygon" and all(shape.exterior.is_ccw for shape in shapes)
    assert [shape.bounds for shape in shapes] == [
        (500_005, 5_699_988, 500_015, 5_699_990),
        (5e5, 5_699_999, 500_001, 5.7e6),
    ]
    assert columns["class"].tolist() == [7, 0] and columns["name"].tolist() == ["ship", "car"]
    assert columns["score"].tolist() == [0.75, 0.5] and columns["area_m2"] == pytest.approx([20, 1])
    assert set(columns) == {"class", "name", "score", "area_m2"}
    assert "format_number" in str(pyogrio.raw.read(tmp_path / "found.gpkg", layer="layer_styles")[3])


@pytest.mark.parametrize("bearing", [0, 30, 90, 135, 179])
def test_oriented_boxes_are_measured(tmp_path, bearing):
    along = np.array([np.sin(np.radians(bearing)), -np.cos(np.radians(bearing))])  # rows run south
    across = np.array([-along[1], along[0]])
    corners = [[50, 50] + x * along + y * across for x, y in ((-20, -5), (-20, 5), (20, 5), (20, -5))]
    objects = objects_at(np.array([corners]), oriented=True)
    grid = Grid(UTM, Affine(0.5, 0, 500_000, 0, -0.5, 5_700_000), 200, 100)
    _, columns, _ = written(tmp_path / "found.gpkg", objects, grid)
    assert (columns["angle_deg"][0] - bearing + 90) % 180 == pytest.approx(90), "0 and 180 are one"
    assert columns["angle_deg"][0] < 180
    assert (columns["length_m"][0], columns["width_m"][0]) == pytest.approx((20, 5))
    assert columns["area_m2"][0] == pytest.approx(100)


@pytest.mark.parametrize("target", [DEGREES, MERCATOR, UTM])
def test_sizes_are_those_on_the_ground_whatever_the_map(tmp_path, target):
    """A ship of 40 m by 10 m that heads north-east, at 60° north, where degrees and Web Mercator lie most."""
    home = Grid(CRS.from_epsg(32631), Affine(1, 0, 500_000, 0, -1, 6_651_900), 100, 100)
    heading = np.array([np.sin(np.pi / 4), -np.cos(np.pi / 4)])
    beam = np.array([-heading[1], heading[0]])
    corners = [[50, 50] + x * heading + y * beam for x, y in ((-20, -5), (20, -5), (20, 5), (-20, 5))]
    _, columns, info = written(tmp_path / "found.gpkg", objects_at(np.array([corners]), oriented=True), home, target)
    assert CRS.from_user_input(info["crs"]) == target
    assert columns["angle_deg"] == pytest.approx(45, abs=0.5)
    assert (columns["length_m"][0], columns["width_m"][0]) == pytest.approx((40, 10), rel=5e-3)


def test_degrees_are_measured_row_by_row(tmp_path):
    grid = Grid(DEGREES, Affine(1e-4, 0, 5, 0, -0.5, 60), 10, 120)  # from 60° north to the equator
    boxes = quads([(2, 0, 4, 0.0001), (2, 119.9998, 4, 119.9999)])
    _, columns, _ = written(tmp_path / "found.gpkg", objects_at(boxes, oriented=True), grid)
    assert columns["length_m"] == pytest.approx([2e-4 * 55_800, 2e-4 * 111_320], rel=2e-3)


def test_no_objects_make_an_empty_table_of_all_columns(tmp_path):
    grid = Grid(UTM, Affine(0.5, 0, 500_000, 0, -0.5, 5_700_000), 200, 100)
    for kind in FAMILIES:
        shapes, columns, _ = written(tmp_path / f"{kind}.gpkg", no_detections(kind), grid)
        assert len(shapes) == 0 and {"class", "name", "score", "area_m2"} <= set(columns)
        assert ("angle_deg" in columns) == (kind == "YOLO_Ultralytics_obb")


def test_outlines_are_written_where_there_are_some_and_without_a_place_on_earth(tmp_path):
    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    objects = objects_at([(0, 0, 10, 10)])
    objects = Objects(objects.boxes, objects.scores, objects.classes, objects.cut, np.array([ring], object))
    shapes, columns, _ = written(tmp_path / "o.geojson", objects, Grid(None, Affine(2, 0, 0, 0, -2, 0), 10, 10))
    assert shapes[0].area == columns["area_m2"][0] == 4 * 96
    assert "LIKE" not in (tmp_path / "o.qml").read_text()
    with pytest.raises(OutputError, match="ending"):
        write_objects(tmp_path / "o.doc", objects, Grid(None, Affine.identity(), 10, 10), LEGEND, None)


def test_objects_are_counted_by_class(tmp_path):
    grid = Grid(UTM, Affine(0.5, 0, 500_000, 0, -0.5, 5_700_000), 200, 100)
    objects = objects_at([(10, 20, 30, 24), (0, 0, 2, 2), (40, 40, 44, 44)], [0.75, 0.5, 1.0], [1, 1, 1])
    write_counts(tmp_path / "counts.gpkg", objects, grid, LEGEND)
    info, _, _, found = pyogrio.raw.read(tmp_path / "counts.gpkg", layer="counts")
    columns = dict(zip(info["fields"], (column.tolist() for column in found)))
    assert columns["class"] == [0, 7] and columns["name"] == ["car", "ship"] and columns["objects"] == [0, 3]
    assert columns["area_m2"] == pytest.approx([0, 25])
    assert columns["mean_score"] == pytest.approx([np.nan, 0.75], nan_ok=True)
    assert list(columns) == ["class", "name", "objects", "area_m2", "mean_score"]
