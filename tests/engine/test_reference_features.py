"""Points and polygons of a reference: one that is none costs no more than itself, and is counted."""

import struct

import numpy as np
import pyogrio
import pytest
import shapely
from affine import Affine
from rasterio.crs import CRS
from terraloom.engine.errors import InputError
from terraloom.engine.grids.grid import Grid
from terraloom.engine.verification import reference
from terraloom.engine.verification.features import POINT, POLYGON, read_features
from terraloom.engine.verification.reference import PointReference, PolygonReference

EAST, NORTH = 500_000, 5_000_000
GRID = Grid(CRS.from_epsg(32631), Affine(1, 0, EAST, 0, -1, NORTH), 100, 100)
SQUARE = shapely.box(EAST + 10, NORTH - 50, EAST + 40, NORTH - 20).wkb
NAN = float("nan")


def ring(*places):
    """A polygon of one ring as a file may hold it, whether that is one or not; metres from the grid's corner."""
    points = b"".join(struct.pack("<dd", EAST + x, NORTH - y) for x, y in places)
    return struct.pack("<BIII", 1, 3, 1, len(places)) + points


def read(path, geometries, kind, crs="EPSG:32631", grid=GRID):
    labels = np.arange(len(geometries))
    data = {"geometry": np.array(geometries, object), "field_data": [labels], "fields": ["kind"]}
    pyogrio.raw.write(path, **data, geometry_type=kind, crs=crs)
    return read_features(str(path), "", "kind", (POINT, POLYGON), grid)


@pytest.mark.parametrize(
    "odd",
    [
        ring((1, 1), (5, 1), (5, 5), (1, 4)),
        ring((1, 1), (5, 1), (1, 1)),
        ring((1, 1), (5, 1), (9, 1), (1, 1)),
        ring((NAN, 1), (5, 1), (9, 5), (NAN, 1)),
    ],
    ids=["open", "two places", "no area", "no number"],
)
def test_a_polygon_that_is_none_is_left_out_and_counted(tmp_path, odd):
    found = read(tmp_path / "a.gpkg", [odd, SQUARE], "Polygon")
    assert found.labels == (1,) and found.without_shape == 1
    assert shapely.area(found.shapes).tolist() == [900]


def test_of_a_torn_polygon_its_areas_stay(tmp_path):
    """A spike on it would be burnt as a line."""
    spiked = ring((10, 20), (40, 20), (40, 20), (90, 20), (40, 20), (40, 50), (10, 50), (10, 20))
    crossed = ring((60, 60), (80, 80), (80, 60), (60, 80), (60, 60))
    found = read(tmp_path / "a.gpkg", [spiked, crossed], "Polygon")
    assert shapely.get_type_id(found.shapes).tolist() == [6, 6] and found.without_shape == 0
    assert shapely.area(found.shapes).tolist() == [900, 200]


def test_points_without_a_place_are_left_out_and_counted(tmp_path):
    points = [shapely.Point(EAST + 3, NORTH - 3).wkb, shapely.Point(float("inf"), NAN).wkb]
    found = read(tmp_path / "a.gpkg", points, "Point")
    assert found.labels == (0,) and found.without_shape == 1


def test_points_elsewhere_on_earth_cost_no_other_point(tmp_path):
    """UTM has no place for some, and -9999 stands for none in many tables."""
    points = [shapely.Point(*place).wkb for place in ((3, 45.15), (-9999, -9999), (93, 0), (145, -35))]
    found = read(tmp_path / "a.gpkg", points, "Point", "EPSG:4326")
    assert len(found.shapes) == 4 and found.without_shape == 0
    assert np.isfinite(shapely.get_coordinates(found.shapes)).all(axis=1).tolist() == [True, False, False, True]


def test_points_of_a_map_past_180_are_found_on_it(tmp_path):
    past = Grid(CRS.from_epsg(4326), Affine(0.01, 0, 179, 0, -0.01, -16), 200, 100)
    found = read(tmp_path / "a.gpkg", [shapely.Point(-179.5, -16.5).wkb], "Point", "EPSG:4326", past)
    reference = PointReference(found, (1,), past)
    (batch,) = reference.batches()
    assert batch.truth.tolist() == [1] and not reference.outside


def test_a_polygon_that_others_hide_is_not_small(tmp_path, monkeypatch):
    """The second lies between two others, in two windows; the last holds no pixel's centre."""
    monkeypatch.setattr(reference, "WINDOW_PX", 32)
    tiny = shapely.box(EAST + 60.6, NORTH - 60.9, EAST + 60.9, NORTH - 60.6).wkb
    elsewhere = shapely.box(EAST + 20, NORTH - 200, EAST + 30, NORTH - 190).wkb
    found = read(tmp_path / "a.gpkg", [SQUARE, SQUARE, SQUARE, tiny, elsewhere], "Polygon")
    polygons = PolygonReference(found, (1,) * 5, GRID)
    assert sum(len(batch.truth) for batch in polygons.batches()) == 900
    assert polygons.notes == {"without a pixel": 1} and polygons.outside == {1: 1}


def test_what_is_missing_broken_and_of_another_kind_is_told_apart(tmp_path):
    empty, point, flat = shapely.from_wkt("POLYGON EMPTY").wkb, shapely.Point(EAST, NORTH).wkb, [(1, 1), (5, 1), (1, 1)]
    odd = [None, empty, None, ring(*flat), ring(*flat[:2]), point]
    found = read(tmp_path / "a.gpkg", [*odd, SQUARE, SQUARE], "Unknown")
    assert (found.left_out.missing, found.left_out.broken, found.left_out.other) == (3, 2, 1)
    notes = {"without class": 1, "without geometry": 3, "with a broken geometry": 2, "of another kind": 1}
    polygons = PolygonReference(found, (1, None), GRID)
    assert sum(len(batch.truth) for batch in polygons.batches()) == 900 and polygons.notes == notes


def test_a_layer_of_broken_geometries_is_refused_as_such(tmp_path):
    with pytest.raises(InputError, match="no points and no polygons that can be used: 2 of its features have a broken"):
        read(tmp_path / "a.gpkg", [ring((1, 1), (5, 1)), None, ring((1, 1), (5, 1), (1, 1))], "Polygon")
    with pytest.raises(InputError, match="holds no points and no polygons. Choose another layer"):
        read(tmp_path / "b.gpkg", [None, None], "Polygon")
