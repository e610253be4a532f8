"""Pixels are measured on the ground, not in map units."""

import numpy as np
import pytest
from affine import Affine
from rasterio.coords import BoundingBox
from rasterio.crs import CRS
from terraloom.engine.errors import InputError
from terraloom.engine.grids import ground
from terraloom.engine.grids.grid import Grid, model_grid, mosaic_grid
from terraloom.engine.grids.ground import local_metric_crs, pixel_areas_m2, pixel_size_m, row_steps_m
from terraloom.engine.library.model_input import Band, ModelInput

DEGREES, MERCATOR, UTM = (CRS.from_epsg(code) for code in (4326, 3857, 32631))
EAST_60, NORTH_60 = 55_800.0, 111_412.0  # metres in a degree at 60° north (WGS 84)


def wants(resolution, *allowed):
    return ModelInput("image", (Band("b", 0, 1),), None, resolution, allowed or None)


def test_degrees_shrink_towards_the_pole():
    across, down = pixel_size_m(DEGREES, Affine(1e-5, 0, 5, 0, -1e-5, 60), 10, 10)
    assert across == pytest.approx(EAST_60 * 1e-5, rel=1e-3)
    assert down == pytest.approx(NORTH_60 * 1e-5, rel=1e-3)


def test_web_mercator_metres_are_no_metres():
    transform = Affine(1, 0, 0, 0, -1, 8_399_738)  # 60° north, where the map is twice too large
    assert pixel_size_m(MERCATOR, transform, 2, 2) == pytest.approx((0.5, 0.5), rel=0.01)
    assert Grid(MERCATOR, transform, 2, 2).pixel_m == pixel_size_m(MERCATOR, transform, 2, 2)
    site = CRS.from_wkt('LOCAL_CS["site",UNIT["metre",1]]')
    assert Grid(None, transform, 2, 2).pixel_m is None is Grid(site, transform, 2, 2).pixel_m
    assert pixel_areas_m2(MERCATOR, transform, 2, 2) == pytest.approx([0.25, 0.25], rel=0.01)


def test_web_mercator_is_measured_row_by_row():
    half = 8_400_000
    areas = pixel_areas_m2(MERCATOR, Affine(half / 5, 0, 0, 0, -half / 5, half), 1, 10)
    assert areas[0] < areas[5] / 2
    assert areas[4] == pytest.approx(areas[5])


def test_utm_is_taken_at_its_word():
    transform = Affine(2, 0, 500_000, 0, -2, 5_000_000)
    assert pixel_size_m(UTM, transform, 9, 9) == (2, 2)
    assert pixel_areas_m2(UTM, transform, 9, 3).tolist() == [4, 4, 4]


def test_steps_are_those_on_the_ground_row_by_row():
    across, down = row_steps_m(DEGREES, Affine(1, 0, 0, 0, -60, 90), 1, 3)  # rows at 60°, 0° and 60°
    assert np.hypot(*across) == pytest.approx([EAST_60, 111_320, EAST_60], rel=1e-3)
    assert down[0] == pytest.approx(0, abs=1e-6) and (down[1] < -6e6).all()
    across, down = row_steps_m(UTM, Affine(2, 0, 500_000, 0, -3, 5_000_000), 9, 2)
    assert np.hypot(*across).tolist() == [2, 2] and np.hypot(*down).tolist() == [3, 3]
    across, _ = row_steps_m(CRS.from_epsg(2263), Affine(10, 0, 1_000_000, 0, -10, 200_000), 5, 2)
    assert np.hypot(*across) == pytest.approx([3.048006096] * 2)


def test_feet_are_turned_into_metres():
    feet = CRS.from_epsg(2263)  # New York, US survey feet
    areas = pixel_areas_m2(feet, Affine(10, 0, 1_000_000, 0, -10, 200_000), 5, 2)
    assert areas == pytest.approx([(10 * 0.3048006096) ** 2] * 2)


def test_a_quarter_of_the_meridian_zone_has_its_true_area():
    rows = 900  # one degree of longitude from the equator to the pole, in rows of a tenth of a degree
    areas = pixel_areas_m2(DEGREES, Affine(1, 0, 0, 0, -0.1, 90), 1, rows)
    assert areas.sum() * 360 == pytest.approx(510_065_622e6 / 2, rel=1e-4)  # half of the Earth's surface


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [
        (185, 10, 32601),
        (2, 48, 32631),
        (-115, 36, 32611),
        (151, -33, 32756),
        (179.9, 0.1, 32660),
        (10, 89, 5041),
        (10, -89, 5042),
    ],
)
def test_local_metric_crs_is_the_utm_zone(longitude, latitude, code):
    bounds = BoundingBox(longitude - 0.01, latitude - 0.01, longitude + 0.01, latitude + 0.01)
    assert local_metric_crs(DEGREES, bounds).to_epsg() == code


def test_model_grid_leaves_what_suits_and_warps_what_does_not():
    raster = Grid(UTM, Affine(0.6, 0, 500_000, 0, -0.6, 5_000_000), 100, 80)
    assert model_grid(raster, wants(0.5, 0.3, 1.0)) is raster
    assert model_grid(raster, wants(None)) is raster
    coarser = model_grid(raster, wants(2.0))
    assert (coarser.crs, coarser.transform.a, coarser.width, coarser.height) == (UTM, 2.0, 30, 24)
    assert (coarser.transform.c, coarser.transform.f) == (500_000, 5_000_000)
    degrees = Grid(DEGREES, Affine(1e-5, 0, 10, 0, -1e-5, 60), 100, 80)
    local = model_grid(degrees, wants(0.5))
    assert local.crs.to_epsg() == 32632 and local.transform.a == 0.5
    assert local.width * local.height == pytest.approx(100 * 80 * 0.558 * 1.114 / 0.25, rel=0.1)


@pytest.mark.parametrize(
    ("left", "right", "bottom", "top"), [(-180, 180, -90, 90), (0, 360, -60, 84), (-90, 90, -9, 9)]
)
def test_a_raster_that_no_flat_map_holds_is_refused(left, right, bottom, top):
    raster = Grid(DEGREES, Affine((right - left) / 160, 0, left, 0, (bottom - top) / 120, top), 160, 120)
    with pytest.raises(InputError, match="no flat map in metres"):
        model_grid(raster, wants(100_000))
    assert model_grid(raster, wants(None)) is raster


@pytest.mark.parametrize(
    ("left", "right", "bottom", "top"), [(-180, 180, 60, 90), (-180, 180, -90, -60), (-60, 60, 0, 60)]
)
def test_a_ring_around_a_pole_and_a_continent_are_not(left, right, bottom, top):
    raster = Grid(DEGREES, Affine((right - left) / 160, 0, left, 0, (bottom - top) / 120, top), 160, 120)
    assert model_grid(raster, wants(100_000)).crs.is_projected


def test_offset_knows_grids_that_fall_together():
    grid = Grid(UTM, Affine(0.5, 0, 100, 0, -0.5, 200), 50, 50)
    shifted = Grid(UTM, Affine(0.5, 0, 105, 0, -0.5, 198), 50, 50)
    assert grid.offset(shifted) == (10, 4)
    assert grid.offset(Grid(UTM, Affine(0.5, 0, 105.2, 0, -0.5, 198), 50, 50)) is None
    assert grid.offset(Grid(UTM, Affine(0.51, 0, 105, 0, -0.5, 198), 50, 50)) is None
    assert grid.offset(Grid(MERCATOR, shifted.transform, 50, 50)) is None
    nearly = Grid(UTM, Affine(0.5 + 1e-9, 0, 105, 0, -0.5, 198), 50, 50)
    assert grid.offset(nearly) == (10, 4)
    assert np.isfinite(grid.bounds).all()


def test_anisotropic_pixels_come_out_square_and_of_the_models_size():
    raster = Grid(DEGREES, Affine(4e-6, 0, 10, 0, -3e-4, 45), 900, 40)
    local = model_grid(raster, wants(0.5, 0.3, 1.0))
    assert local.transform.a == -local.transform.e == 0.5


def test_inputs_at_both_ends_of_the_world_make_no_mosaic():
    grids = [Grid(DEGREES, Affine(1e-5, 0, left, 0, -1e-5, 10), 10, 10) for left in (-179.9, 179.8)]
    with pytest.raises(InputError, match="far apart"):
        mosaic_grid(grids)


@pytest.mark.parametrize(
    ("code", "transform", "width", "height"),
    [
        (3413, Affine(25_000, 0, -3_850_000, 0, -25_000, 5_850_000), 304, 448),  # the whole Arctic
        (3034, Affine(20_000, 0, 2_500_000, 0, -20_000, 4_500_000), 200, 170),  # Europe, conformal
        (4326, Affine(0.05, 0.05, 5, -0.05, 0.05, 50), 200, 200),  # turned by 45 degrees
        (4326, Affine(0, 0.05, 5, 0.1, 0, 50), 200, 40),  # rows go north
        (4326, Affine(0.05, 0.02, 5, 0, -0.05, 50), 200, 200),  # slanted, rows go east
    ],
)
def test_rows_that_are_stretched_unevenly_count_as_a_whole(code, transform, width, height):
    crs = CRS.from_epsg(code)
    areas = pixel_areas_m2(crs, transform, width, height)
    every = [  # the middle of every four columns, each a grid of its own
        pixel_areas_m2(crs, transform @ Affine.translation(column + 1.5, 0), 1, height) for column in range(0, width, 4)
    ]
    assert areas.sum() == pytest.approx(np.mean(every, axis=0).sum(), rel=2e-3)
    assert areas == pytest.approx(np.mean(every, axis=0), rel=5e-3)


def test_many_rows_are_measured_in_little_memory_and_once(monkeypatch):
    """A table of places, which reprojecting takes hundreds of bytes for each of, grows with a raster's height."""
    asked, real = [], ground.transform

    def noted(source, target, xs, ys):
        asked.append(len(xs))
        return real(source, target, xs, ys)

    monkeypatch.setattr(ground, "transform", noted)
    whole = MERCATOR, Affine(10, 0, 0, 0, -10, 8_400_000), 7
    areas = pixel_areas_m2(*whole, 3000)
    assert max(asked) <= 4 * ground.PLACES * 1024 and len(asked) < 6
    assert pixel_areas_m2(*whole, 3000) is areas and not areas.flags.writeable and len(asked) < 6
    below = pixel_areas_m2(MERCATOR, whole[1] @ Affine.translation(0, 1500), 7, 1500)
    np.testing.assert_allclose(areas[1500:], below, rtol=1e-12)


EARTH_M2 = 5.1e14


@pytest.mark.parametrize(
    ("crs", "across_m", "down_m", "share"),
    [
        ("+proj=geos +h=35785831 +lon_0=0 +sweep=y +datum=WGS84 +units=m", 11_136_000, 11_136_000, (0.35, 0.43)),
        ("ESRI:54030", 34_010_000, 17_250_000, (0.95, 1.02)),  # Robinson
        ("ESRI:54009", 36_080_000, 18_040_000, (0.95, 1.02)),  # Mollweide
    ],
)
def test_rasters_whose_corners_lie_off_the_earth_are_measured(crs, across_m, down_m, share):
    """The disk that a geostationary satellite sees, and maps of the world."""
    crs, width, height = CRS.from_user_input(crs), 200, 100
    here = Affine(across_m / width, 0, -across_m / 2, 0, -down_m / height, down_m / 2)
    areas = pixel_areas_m2(crs, here, width, height)
    columns, rows = (axis.ravel() for axis in np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5))
    placed = np.isfinite(ground.steps_m(crs, here, columns, rows)).all(axis=(0, 1))
    assert placed[(rows == 50.5) & (columns == 100.5)].all() and not placed[0] and not placed[-1]
    assert share[0] < areas[rows[placed].astype(int)].sum() / EARTH_M2 < share[1]
    assert np.isfinite(row_steps_m(crs, here, width, height)).all()
    assert np.isfinite(pixel_size_m(crs, here, width, height)).all()
