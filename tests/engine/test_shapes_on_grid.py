"""Shapes come to a grid's system wherever else they reach, and are not bent on the way."""

import numpy as np
import pytest
import shapely
from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import transform, transform_bounds
from terraloom.engine.errors import InputError
from terraloom.engine.grids.grid import Grid
from terraloom.engine.grids.shapes_on_grid import brought_to

WORLD = CRS.from_epsg(4326)
GRID = Grid(CRS.from_epsg(32633), Affine(10, 0, 500000, 0, -10, 5000000), 256, 256)
IMAGE = shapely.box(*GRID.bounds)


@pytest.mark.parametrize("corners", [(-180, -90, 180, 90), (-30, 30, 60, 89), (0, 0, 30, 90), (-20, 35, 60, 75)])
def test_a_shape_that_reaches_beyond_the_system_covers_the_grid(corners):
    (shape,) = brought_to(np.array([shapely.box(*corners)], object), WORLD, GRID)
    assert shapely.contains(shape, IMAGE)
    assert shapely.area(shape) < 3 * shapely.area(IMAGE)


def test_straight_edges_of_one_system_are_the_curves_of_the_other():
    corners = np.array([(15.0, 45.135), (15.0, 45.16), (15.03, 45.16), (15.03, 45.135)])
    (shape,) = brought_to(np.array([shapely.Polygon(corners)], object), WORLD, GRID)
    along = np.column_stack([np.linspace(15.0, 15.03, 50), np.full(50, 45.145)])
    xs, ys = transform(WORLD, GRID.crs, *along.T)
    within = shapely.points(xs[1:-1], ys[1:-1])
    shown = shapely.intersects(IMAGE, within)
    assert shown.any() and shapely.contains(shape, within[shown]).all()
    edge = shapely.points(*transform(WORLD, GRID.crs, np.linspace(15.001, 15.029, 99), np.full(99, 45.135)))
    shown = shapely.intersects(IMAGE, edge)
    assert shown.any() and shapely.distance(edge[shown], shape.boundary).max() < 0.01


def test_what_lies_elsewhere_is_empty_and_points_are_kept():
    shapes = np.array([shapely.box(-70, -40, -69, -39), shapely.Point(15.01, 45.15)], object)
    far, point = brought_to(shapes, WORLD, GRID)
    assert far.is_empty
    assert (point.x, point.y) == pytest.approx([each[0] for each in transform(WORLD, GRID.crs, [15.01], [45.15])])


def test_a_grid_without_a_place_in_the_shapes_system_has_none_of_them():
    """Transverse Mercator knows no place on the other side of the earth."""
    other = Grid(WORLD, Affine(0.001, 0, -75, 0, -0.001, 0.05), 100, 100)
    (shape,) = brought_to(np.array([shapely.box(400000, 0, 600000, 9000000)], object), GRID.crs, other)
    assert shape.is_empty or not shapely.intersects(shape, shapely.box(*other.bounds))


def test_in_one_system_or_none_shapes_stay():
    shapes = np.array([shapely.box(0, 0, 1, 1)], object)
    assert brought_to(shapes, GRID.crs, GRID)[0] is shapes[0]
    assert brought_to(shapes, None, GRID)[0] is shapes[0]


def test_a_grid_on_the_antimeridian_has_shapes_on_both_sides_of_it():
    """There degrees jump from 180 to -180."""
    across = Grid(CRS.from_epsg(32760), Affine(10, 0, 812000, 0, -10, 8000000), 1200, 1200)
    left, bottom, right, top = transform_bounds(across.crs, WORLD, *across.bounds)
    assert left > 179 and right < -179, "the toy grid must lie across"
    middle = (bottom + top) / 2
    shapes = np.array([shapely.box(*corners) for corners in (
        (179.97, middle - 0.01, 179.99, middle + 0.01), (-179.99, middle - 0.01, -179.97, middle + 0.01),
        (0, middle - 0.01, 1, middle + 0.01),
    )], object)  # fmt: skip
    east, west, elsewhere = brought_to(shapes, WORLD, across)
    image = shapely.box(*across.bounds)
    for shape in (east, west):
        assert shapely.area(shapely.intersection(shape, image)) == pytest.approx(4.65e6, rel=0.03)
    assert elsewhere.is_empty


@pytest.mark.parametrize(("zone", "left_m"), [(60, 812_000), (60, 500_000), (10, 500_000)])
def test_degrees_may_be_told_from_0_to_360(zone, left_m):
    grid = Grid(CRS.from_epsg(32700 + zone), Affine(10, 0, left_m, 0, -10, 8000000), 1200, 1200)
    corners = transform(grid.crs, WORLD, [left_m + 2000, left_m + 10_000], [7_990_000, 7_998_000])
    (left, right), (bottom, top) = ([each % 360 for each in corners[0]], corners[1])
    there, moved = (shapely.box(left + by, bottom, right + by, top) for by in (0, -360))
    whole, same = brought_to(np.array([there, moved], object), WORLD, grid)
    assert shapely.area(whole) == pytest.approx(64e6, rel=0.03)
    assert shapely.area(shapely.symmetric_difference(whole, same)) < 1


BEYOND = Grid(WORLD, Affine(0.01, 0, 179, 0, -0.01, -16), 200, 100)
"""Runs past 180°, to 181°."""


@pytest.mark.parametrize("own", [WORLD, CRS.from_epsg(4258), None])
def test_on_a_grid_past_180_shapes_are_where_it_shows_them(own):
    points = [shapely.Point(x, -16.5) for x in (179.5, 180.5, -179.5, -178.5, 10)]
    found = brought_to(np.array(points, object), own, BEYOND)
    assert shapely.get_x(found) == pytest.approx([179.5, 180.5, 180.5, -178.5, 10])
    halves = [shapely.box(179.7, -16.6, 180, -16.4), shapely.box(-180, -16.6, -179.7, -16.4)]
    (whole, east) = brought_to(np.array([shapely.MultiPolygon(halves), halves[1]], object), own, BEYOND)
    image = shapely.box(*BEYOND.bounds)
    shown = [shapely.intersection(shape, image).bounds for shape in (whole, east)]
    assert shown == [pytest.approx((179.7, -16.6, 180.3, -16.4)), pytest.approx((180, -16.6, 180.3, -16.4))]


def test_a_grid_to_the_west_of_minus_180_has_shapes_too():
    west = Grid(WORLD, Affine(0.01, 0, -181, 0, -0.01, -16), 200, 100)
    (found,) = brought_to(np.array([shapely.Point(179.5, -16.5)], object), WORLD, west)
    assert found.x == pytest.approx(-180.5)


def test_a_system_that_nothing_leads_from_is_named():
    """That of a building site, for example."""
    site = CRS.from_wkt('LOCAL_CS["site",UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]')
    with pytest.raises(InputError, match="nothing is known that leads from it"):
        brought_to(np.array([shapely.Point(0, 0)], object), site, GRID)
