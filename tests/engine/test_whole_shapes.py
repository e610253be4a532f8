"""Shapes of projected systems keep their pixels on rasters in degrees: where they cross 180°, and around a pole."""

import numpy as np
import pytest
import shapely
from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import transform
from terraloom.engine.grids.burning import Burner
from terraloom.engine.grids.grid import Grid
from terraloom.engine.grids.shapes_on_grid import brought_to, transformed
from terraloom.engine.grids.whole_shapes import made_whole, turn_of
from terraloom.engine.grids.wide_lines import widened

WORLD, POLAR, FIJI, ALASKA = (CRS.from_epsg(code) for code in (4326, 3413, 3460, 3338))
SQUARE = shapely.box(-2e6, -2e6, 2e6, 2e6)


def burnt(grid, shapes):
    return Burner(grid, shapes).burnt(grid.window, np.arange(len(shapes)), np.ones(len(shapes), int)).astype(bool)


def truth(grid, shape, own):
    """Pixels whose middle lies in a shape, in the shape's own system."""
    columns, rows = np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5)
    xs, ys = transform(grid.crs, own, *(each.ravel() for each in grid.transform @ (columns, rows)))
    return shapely.contains_xy(shape, xs, ys).reshape(columns.shape)


@pytest.mark.parametrize(("own", "shape", "corner", "pixel", "size"), [
    (POLAR, SQUARE, (-180, 90), (1, 0.25), (360, 120)),
    (POLAR, shapely.box(5e5, -2e6, 2e6, 2e6), (-180, 90), (1, 0.25), (360, 120)),
    (POLAR, SQUARE, (0, 90), (0.05, 0.05), (200, 200)),
    (POLAR, SQUARE, (-180, 90), (0.5, 0.5), (720, 360)),
    (POLAR, shapely.difference(SQUARE, shapely.box(-5e5, -5e5, 5e5, 5e5)), (-180, 90), (1, 0.25), (360, 120)),
    (POLAR, shapely.difference(SQUARE, shapely.box(-9e5, 8e5, -7e5, 1.1e6)), (-180, 90), (1, 0.25), (360, 120)),
    (FIJI, shapely.box(1.8e6, 3.7e6, 2.4e6, 4.2e6), (170, -10), (0.05, 0.05), (200, 200)),
    (FIJI, shapely.box(1.8e6, 3.7e6, 2.4e6, 4.2e6), (-180, -10), (0.05, 0.05), (200, 200)),
    (FIJI, shapely.box(1.8e6, 3.7e6, 2.4e6, 4.2e6), (170, -10), (0.05, 0.05), (400, 200)),
    (ALASKA, shapely.box(-2.6e6, 2e5, -5e5, 1.4e6), (-180, 60), (0.05, 0.05), (400, 240)),
    (ALASKA, shapely.box(-2.6e6, 2e5, -5e5, 1.4e6), (160, 60), (0.05, 0.05), (400, 240)),
])  # fmt: skip
def test_pixels_are_those_whose_middles_lie_in_the_shape(own, shape, corner, pixel, size):
    grid = Grid(WORLD, Affine(pixel[0], 0, corner[0], 0, -pixel[1], corner[1]), *size)
    expected = truth(grid, shape, own)
    assert expected.any(), "the toy shape must lie in the grid"
    found = burnt(grid, brought_to(np.array([shape], object), own, grid))
    assert (found != expected).sum() <= 1, "one whose middle lies on the edge may fall to either side"


HALF_M = 20037508.342789244
WEB, EQUAL, PACIFIC, UTM_60 = (CRS.from_epsg(code) for code in (3857, 6933, 3832, 32660))
ISLANDS, COAST = shapely.box(1.8e6, 3.7e6, 2.4e6, 4.2e6), shapely.box(-2.6e6, 2e5, -5e5, 1.4e6)


@pytest.mark.parametrize(("crs", "own", "shape", "corner", "pixel_m", "size"), [
    (WEB, ALASKA, COAST, (-HALF_M, 1.5e7), 5e4, (802, 300)),
    (WEB, FIJI, ISLANDS, (HALF_M - 4e5, -1.6e6), 2e3, (200, 300)),
    (WEB, FIJI, ISLANDS, (-HALF_M, -1.6e6), 2e3, (200, 300)),
    (WEB, FIJI, ISLANDS, (HALF_M - 2e5, -1.6e6), 2e3, (200, 300)),
    (WEB, UTM_60, shapely.box(5e5, 4e6, 1e6, 5e6), (-HALF_M, 7e6), 2e4, (2004, 150)),
    (WEB, POLAR, SQUARE, (-HALF_M, HALF_M), 5e4, (802, 802)),
    (WEB, POLAR, shapely.difference(SQUARE, shapely.box(-5e5, -5e5, 5e5, 5e5)), (-HALF_M, HALF_M), 5e4, (802, 802)),
    (EQUAL, POLAR, SQUARE, (-17367530.44, 7.3e6), 4e4, (868, 300)),
    (EQUAL, FIJI, ISLANDS, (-17367530.44, -1.5e6), 4e4, (868, 40)),
    (PACIFIC, UTM_60, shapely.box(5e5, 4e6, 1e6, 5e6), (-HALF_M, 7e6), 2e4, (2004, 150)),
    (PACIFIC, CRS.from_epsg(32626), shapely.box(2e5, 4e6, 1e6, 5e6), (-HALF_M, 7e6), 2e4, (2004, 150)),
    (PACIFIC, WORLD, shapely.box(-31, 30, -29, 40), (-HALF_M, 7e6), 2e4, (2004, 250)),
    (WORLD, WEB, shapely.box(HALF_M - 2e5, -2.2e6, HALF_M + 3e5, -1.7e6), (-180, 90), 0.25, (1440, 720)),
])  # fmt: skip
def test_pixels_are_the_same_where_projected_systems_begin_anew(crs, own, shape, corner, pixel_m, size):
    grid = Grid(crs, Affine(pixel_m, 0, corner[0], 0, -pixel_m, corner[1]), *size)
    expected = truth(grid, shape, own)
    if own == WEB:
        expected |= truth(grid, shapely.transform(shape, lambda points: points - (2 * HALF_M, 0)), own)
    assert expected.any(), "the toy shape must lie in the grid"
    found = burnt(grid, brought_to(np.array([shape], object), own, grid))
    assert (found != expected).sum() <= 1, "one whose middle lies on the edge may fall to either side"


@pytest.mark.parametrize(("code", "once", "middle"), [
    (4326, 360, 0), (3857, 2 * HALF_M, 0), (3832, 2 * HALF_M, 0), (6933, 34735060.89, 0), (5641, 40050767.35, 5e6)
])  # fmt: skip
def test_systems_tell_how_they_go_around_the_earth(code, once, middle):
    turn = turn_of(CRS.from_epsg(code))
    assert (turn.once, turn.middle) == (pytest.approx(once), pytest.approx(middle))
    assert turn.passes(np.array([middle + once * 0.6])) and not turn.passes(np.array([middle + once / 2, np.inf]))


@pytest.mark.parametrize("code", [3413, 3460, 3338, 32660, 27700, 8857, 4978])
def test_other_systems_do_not_go_around_along_x(code):
    assert turn_of(CRS.from_epsg(code)) is None


def test_lines_that_cross_are_not_drawn_around_the_world():
    grid = Grid(WORLD, Affine(0.001, 0, 179.8, 0, -0.001, -16), 200, 200)
    line = shapely.linestrings(np.column_stack(transform(WORLD, FIJI, [179.9, 180.1], [-16.1, -16.1])))
    columns = burnt(grid, brought_to(np.array([line], object), FIJI, grid)).any(axis=0)
    assert np.flatnonzero(columns).tolist() == list(range(100, 200))


def test_what_does_not_cross_stays_as_it_came():
    lost = shapely.LineString([(179, 5), (np.inf, np.inf)])
    shapes = np.array([shapely.box(10, 40, 11, 41), shapely.Point(179, 5), None, shapely.Polygon(), lost], object)
    assert all(made is given for made, given in zip(made_whole(shapes), shapes, strict=True))
    globe = np.array([shapely.segmentize(shapely.box(-180, -90, 180, 90), 1)], object)
    assert shapely.equals(made_whole(globe), globe).all()


def test_a_line_and_its_height_go_on_beyond_180():
    torn = np.array([shapely.from_wkt("MULTILINESTRING ((179 1, -179 2), (178 0, 179 0))")], object)
    (whole,) = made_whole(torn)
    assert shapely.equals(whole, shapely.from_wkt("MULTILINESTRING ((179 1, 181 2), (178 0, 179 0))"))
    (back,) = transformed(transformed(np.array([shapely.LineString([(179.95, -17), (180.05, -17)])], object), WORLD,
                                      FIJI), FIJI, WORLD)  # fmt: skip
    assert back.bounds == pytest.approx((179.95, -17, 180.05, -17))


@pytest.mark.parametrize("middle", [179.9, 180, 200, -160, -180])
def test_width_is_the_same_wherever_on_earth(middle):
    def found(x):
        grid = Grid(WORLD, Affine(1e-4, 0, x - 0.01, 0, -1e-4, 0.01), 200, 200)
        shapes = [shapely.LineString([(x - 0.008, 0), (x + 0.008, 0)]), shapely.Point(x, 0.006)]
        return burnt(grid, widened(np.array(shapes, object), grid, 200))

    assert found(10.0).sum() > 3000
    assert (found(middle) != found(10.0)).sum() <= 40, "the edge falls to either side by rounding"
