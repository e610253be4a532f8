"""Polygons that are torn mask their area, and nothing beside it."""

import struct

import numpy as np
import pyogrio
import pytest
import shapely
import toys
from affine import Affine
from rasterio.crs import CRS
from rasterio.windows import Window
from terraloom.engine.errors import InputError
from terraloom.engine.grids.area_of_interest import AreaOfInterest
from terraloom.engine.grids.grid import Grid

GRID = Grid(CRS.from_string(toys.UTM), Affine(1, 0, 500_000, 0, -1, 5_000_000), 20, 10)


def masked(tmp_path, *rings):
    """Which pixels the polygons mask; corners in columns and rows."""
    shapes = [shapely.Polygon([(500_000 + x, 5_000_000 - y) for x, y in ring]) for ring in rings]
    path = str(tmp_path / "mask.gpkg")
    pyogrio.raw.write(path, shapely.to_wkb(shapes), [], [], geometry_type="Polygon", crs=toys.UTM)
    return AreaOfInterest(GRID, path, "", Window(0, 0, 20, 10)).inside(Window(0, 0, 20, 10))


def test_a_spike_masks_nothing(tmp_path):
    spiked = [(2, 2), (6, 2), (6, 4), (18, 4), (6, 4), (6, 8), (2, 8), (2, 2)]
    expected = np.zeros((10, 20), bool)
    expected[2:8, 2:6] = True
    assert np.array_equal(masked(tmp_path, spiked), expected)


def test_a_bow_tie_masks_both_halves(tmp_path):
    found = masked(tmp_path, [(2, 2), (10, 8), (10, 2), (2, 8), (2, 2)])
    assert found[5, 2] and found[5, 9] and not found[2, 6] and not found[7, 6]


@pytest.mark.parametrize("nowhere", [np.inf, -np.inf, np.nan])
def test_a_corner_without_a_place_is_refused(tmp_path, nowhere):
    with pytest.raises(InputError, match="holds a polygon with a corner at infinity or nowhere"):
        masked(tmp_path, [(2, 2), (nowhere, 2), (6, 8), (2, 2)])


@pytest.mark.parametrize("corners", [[(4, 4), (9, 4), (9, 8)], [(4, 4), (9, 4)]], ids=["open", "two places"])
def test_a_ring_that_is_none_is_refused(tmp_path, corners):
    """As a corner without a place is: what is left of the mask would not be what was asked for."""
    points = b"".join(struct.pack("<dd", 500_000 + x, 5_000_000 - y) for x, y in corners)
    odd, path = struct.pack("<BIII", 1, 3, 1, len(corners)) + points, str(tmp_path / "mask.gpkg")
    square = shapely.box(500_002, 4_999_992, 500_006, 4_999_998).wkb
    shapes = np.array([square, odd, None], object)
    pyogrio.raw.write(path, shapes, [], [], geometry_type="Polygon", crs=toys.UTM)
    with pytest.raises(InputError, match="mask.gpkg holds a geometry that is none"):
        AreaOfInterest(GRID, path, "", GRID.window)
    pyogrio.raw.write(path, shapes[[0, 2]], [], [], geometry_type="Polygon", crs=toys.UTM)
    assert AreaOfInterest(GRID, path, "", GRID.window).inside(GRID.window).sum() == 24


def test_a_table_without_geometry_holds_no_polygon(tmp_path):
    path = str(tmp_path / "table.csv")
    (tmp_path / "table.csv").write_text("name,number\na,1\n")
    with pytest.raises(InputError, match="holds no polygon"):
        AreaOfInterest(GRID, path, "", Window(0, 0, 20, 10))


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4258"])
def test_degrees_beyond_180_are_masked_however_they_are_told(tmp_path, crs):
    grid = Grid(CRS.from_epsg(4326), Affine(0.01, 0, 179.9, 0, -0.01, -16), 20, 10)
    path = str(tmp_path / "mask.gpkg")
    boxes = [shapely.box(179.95, -16.1, 180, -16), shapely.box(-180, -16.1, -179.95, -16)]
    pyogrio.raw.write(path, shapely.to_wkb(boxes), [], [], geometry_type="Polygon", crs=crs)
    inside = AreaOfInterest(grid, path, "", grid.window).inside(grid.window)
    expected = np.zeros((10, 20), bool)
    expected[:, 5:15] = True
    assert np.array_equal(inside, expected)
