"""Bearings are those on the ground, seen from the north of the map: degrees and odd projections do not bend them."""

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import transform
from terraloom.engine.grids.bearings import bearings_deg, map_steps_m
from terraloom.engine.grids.grid import Grid

DEGREES, MERCATOR, UTM, EQUAL_AREA = (CRS.from_epsg(code) for code in (4326, 3857, 32631, 6933))


def bearing(grid, crs, right=1.0, down=-1.0):
    """Of the line from the grid's middle some pixels to the right and down."""
    across_m, down_m = map_steps_m(grid, crs, np.array([[grid.width / 2, grid.height / 2]]))
    return float(bearings_deg(*(right * across_m + down * down_m))[0])


def grid_at(crs, longitude, latitude, pixel, turn=0.0):
    (x,), (y,) = transform(DEGREES, crs, [longitude], [latitude])
    return Grid(crs, Affine.translation(x, y) @ Affine.rotation(turn) @ Affine.scale(pixel, -pixel), 10, 10)


@pytest.mark.parametrize(
    ("crs", "pixel", "expected"),
    [(DEGREES, 1e-5, np.degrees(np.arctan2(55_800, 111_412))), (MERCATOR, 2.0, 45), (UTM, 2.0, 45)],
    ids=["degrees", "Web Mercator", "UTM"],
)
def test_a_diagonal_at_60_north(crs, pixel, expected):
    found = bearing(grid_at(crs, 3.0, 60.0, pixel), crs)
    assert found == pytest.approx(expected, abs=0.06)  # Web Mercator keeps the angles of a sphere


def test_where_a_map_is_stretched_bearings_are_not():
    """In the cylindrical equal-area projection a pixel at 60° is (cos 30° / cos 60°)² times as high as wide."""
    grid = grid_at(EQUAL_AREA, 3.0, 60.0, 10.0)
    east_m, north_m = (float(np.hypot(*step[:, 0])) for step in map_steps_m(grid, EQUAL_AREA, np.array([[5.0, 5.0]])))
    assert north_m / east_m == pytest.approx(3, abs=0.02)
    assert bearing(grid, EQUAL_AREA) == pytest.approx(np.degrees(np.arctan2(1, 3)), abs=0.2)


def test_the_north_is_that_of_the_map():
    """Beside its middle meridian the north of a UTM zone points elsewhere than the true one."""
    grid = grid_at(UTM, 5.9, 60.0, 2.0)
    convergence = np.degrees(np.arctan(np.tan(np.radians(2.9)) * np.sin(np.radians(60))))
    assert bearing(grid, UTM) == pytest.approx(45, abs=1e-4)
    assert bearing(grid, DEGREES) == pytest.approx(45 + convergence, abs=0.01)
    assert bearing(grid_at(UTM, 5.9, 60.0, 2.0, turn=10), UTM) == pytest.approx(35, abs=1e-4)


def test_bearings_lie_below_180():
    assert bearings_deg(np.array([-1e-20, 0.0, 1.0]), np.array([1.0, -1.0, -1.0])).tolist() == [0, 0, 135]


@pytest.mark.parametrize("crs", [None, CRS.from_wkt('LOCAL_CS["building site",UNIT["metre",1]]')], ids=str)
def test_without_a_place_on_earth_the_map_is_the_ground(crs):
    assert bearing(Grid(crs, Affine(2, 0, 0, 0, -1, 0), 10, 10), crs) == pytest.approx(np.degrees(np.arctan2(2, 1)))
