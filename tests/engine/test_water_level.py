"""Water on a map is held against its shore as a person would by hand, and as the loss of a training does."""

import numpy as np
import pytest
import torch
import toys
from affine import Affine
from physics_checks import LAND, NOTHING, WATER, checked, class_map, lake_on_a_slope
from rasterio.warp import transform_bounds
from terraloom.engine.errors import InputError
from terraloom.engine.requests.named_value import NamedValue
from terraloom.models.losses import water_level
from terraloom.tests.engine.environment_fakes import Recorder


def test_a_lake_on_a_slope_stands_above_its_lower_shore_only(tmp_path):
    classes, elevation_m = lake_on_a_slope()
    residual, found = checked(
        tmp_path,
        class_map(tmp_path / "map.tif", classes),
        "waterlevel",
        dem=toys.raster(tmp_path / "dem.tif", elevation_m),
        alpha=0.5,
    )
    assert residual.dtype == np.float32
    assert (residual.mask[0] == (classes == LAND)).all()
    expected = np.zeros((10, 20))
    expected[:, -1] = 0.5
    assert residual[0, 10:20, 20:40].data == pytest.approx(expected)
    assert (found["wet_pixels"], found["judged"], found["violating"]) == (200, 56, 10)
    assert found["wet_ha"] == pytest.approx(200 / 10_000) and found["violating_ha"] == pytest.approx(10 / 10_000)
    assert found["violating_share"] == pytest.approx(10 / 56) and found["mean_residual"] == pytest.approx(5 / 56)
    assert found["p95_residual"] == found["max_residual"] == 0.5
    assert found["physics_term"] == pytest.approx(5 / (40 * 59 + 39 * 60))
    assert found["weighted_term"] == found["physics_term"] / 2
    assert found["water_classes"] == ["Flooded land"]


def test_a_planted_pixel_stands_above_all_dry_neighbours(tmp_path):
    classes, elevation_m = np.full((9, 9), LAND), np.full((9, 9), 10.0, np.float32)
    classes[4, 4] = classes[4, 5] = WATER
    elevation_m[4, 4] = 13
    elevation_m[3, 4], elevation_m[5, 4], elevation_m[4, 3], elevation_m[4, 5] = 11, 12.5, 14, 9
    elevation_m[3, 3] = 0  # touches it at a corner only
    dem = toys.raster(tmp_path / "dem.tif", elevation_m)
    residual, found = checked(tmp_path, class_map(tmp_path / "map.tif", classes), "waterlevel", dem=dem)
    assert residual[0, 4, 4] == 2 + 0.5 and residual[0, 4, 5] == 0
    assert (found["judged"], found["violating"], found["max_residual"]) == (2, 1, 2.5)


def test_a_tolerance_excuses_but_does_not_hide(tmp_path):
    classes, elevation_m = lake_on_a_slope()
    given = {"dem": toys.raster(tmp_path / "dem.tif", elevation_m)}
    prediction = class_map(tmp_path / "map.tif", classes)
    residual, found = checked(tmp_path, prediction, "waterlevel", tolerance=0.5, **given)
    assert residual.max() == 0.5 and found["violating"] == 0 and found["violating_ha"] == 0
    _, found = checked(tmp_path, prediction, "waterlevel", tolerance=0.49, **given)
    assert found["violating"] == 10


@pytest.mark.parametrize(("tolerance", "warns"), [(0.0, True), (0.3, False)])
def test_it_is_told_that_no_elevation_model_is_exact(tmp_path, tolerance, warns):
    classes, elevation_m = lake_on_a_slope()
    progress = Recorder()
    dem = toys.raster(tmp_path / "dem.tif", elevation_m)
    prediction = class_map(tmp_path / "map.tif", classes)
    checked(tmp_path, prediction, "waterlevel", progress, dem=dem, tolerance=tolerance)
    assert any("Set TOLERANCE to the vertical error of DEM" in text for text in progress.logs) == warns


def test_pixels_without_class_or_elevation_do_not_count(tmp_path):
    classes, elevation_m = np.full((5, 7), LAND), np.full((5, 7), 1.0, np.float32)
    classes[2, 2:5] = WATER
    elevation_m[2, 2:5] = 5
    classes[1, 2] = NOTHING  # not known to be dry
    elevation_m[3, 2] = elevation_m[2, 4] = -9999
    dem = toys.raster(tmp_path / "dem.tif", elevation_m, nodata=-9999)
    progress = Recorder()
    residual, found = checked(tmp_path, class_map(tmp_path / "map.tif", classes), "waterlevel", progress, dem=dem)
    assert residual[0, 2, 2] == 4 and residual[0, 2, 3] == 8 and residual.mask[0, 2, 4]
    assert found["wet_pixels"] == 3 and found["wet_pixels_without_elevation"] == 1 and found["judged"] == 2
    assert any("no elevation at 1 of 3 pixels" in text for text in progress.logs)


@pytest.mark.parametrize("seed", range(3))
def test_the_water_level_is_that_of_the_loss(tmp_path, seed):
    random = np.random.default_rng(seed)
    classes = random.choice([LAND, WATER], (23, 31))
    elevation_m = random.normal(50, 4, (23, 31)).astype(np.float32)
    elevation_m[random.random((23, 31)) < 0.1] = np.nan
    dem = toys.raster(tmp_path / "dem.tif", elevation_m, nodata=np.nan)
    _, found = checked(tmp_path, class_map(tmp_path / "map.tif", classes), "waterlevel", dem=dem)
    wet = torch.from_numpy((classes == WATER).astype(np.float64))[None, None]
    loss = water_level.water_level_residual(wet, torch.from_numpy(elevation_m.astype(np.float64))[None, None])
    assert found["physics_term"] == pytest.approx(float(loss), rel=1e-6) and float(loss) > 0.5


def test_elevation_of_other_pixels_and_systems_is_brought_to_the_map(tmp_path):
    """Whole metres in degrees, coarser than the map: between them the slope is even, not a stair."""
    classes = np.full((60, 60), LAND)
    classes[20:40, 20:40] = WATER
    prediction = class_map(tmp_path / "map.tif", classes, pixel=10.0)
    west, south, east, north = transform_bounds(toys.UTM, "EPSG:4326", 499_500, 4_998_900, 501_100, 5_000_500)
    side = 48  # pixels of about 33 m, each a metre lower than the one in its west
    metres = np.tile(np.arange(side, 0, -1, dtype=np.int16), (side, 1))
    placed = Affine((east - west) / side, 0, west, 0, (south - north) / side, north)
    dem = toys.raster(tmp_path / "dem.tif", metres, crs="EPSG:4326", transform=placed, nodata=-1)
    residual, found = checked(tmp_path, prediction, "waterlevel", dem=dem)
    shore = residual[0, 21:39, 39].filled(np.nan)
    assert shore == pytest.approx(np.full(18, side / 160), rel=0.06)
    assert residual[0, 21:39, 20:39].max() == 0
    assert found["wet_ha"] == pytest.approx(4)


def test_areas_of_maps_in_degrees_are_true(tmp_path):
    classes, elevation_m = lake_on_a_slope()
    placed = {"crs": "EPSG:4326", "transform": Affine(1e-4, 0, 10, 0, -1e-4, 60)}
    dem = toys.raster(tmp_path / "dem.tif", elevation_m, **placed)
    _, found = checked(tmp_path, class_map(tmp_path / "map.tif", classes, **placed), "waterlevel", dem=dem)
    pixel_m2 = 11.14 * 5.58  # a ten-thousandth of a degree at 60° north
    assert found["wet_ha"] == pytest.approx(200 * pixel_m2 / 10_000, rel=2e-3)
    assert found["violating_ha"] == pytest.approx(10 * pixel_m2 / 10_000, rel=2e-3)


def test_classes_are_called_as_the_user_sees_them_or_by_their_values(tmp_path):
    classes, elevation_m = lake_on_a_slope()
    bare = toys.raster(tmp_path / "bare.tif", classes)
    dem = toys.raster(tmp_path / "dem.tif", elevation_m)
    shown = (NamedValue(1, "Dry"), NamedValue(2, "Lake"))
    for given in ({"water": "2"}, {"water": "lake", "class_names": shown}, {"water": "Lake; 7", "class_names": shown}):
        assert checked(tmp_path, bare, "waterlevel", dem=dem, **given)[1]["wet_pixels"] == 200
    for given, words in (
        ({}, "an empty text does not name any. The classes are: not named by the file"),
        ({"class_names": shown}, "The classes are: 1 Dry, 2 Lake"),
        ({"water": "sea;lake", "class_names": shown}, "sea does not name any"),
    ):
        with pytest.raises(InputError, match=words):
            checked(tmp_path, bare, "waterlevel", dem=dem, **given)


def test_what_is_not_flooded_is_no_water(tmp_path):
    classes, elevation_m = lake_on_a_slope()
    bare = toys.raster(tmp_path / "bare.tif", classes)
    dem = toys.raster(tmp_path / "dem.tif", elevation_m)
    shown = (NamedValue(1, "Not flooded"), NamedValue(2, "Flooded"))
    _, found = checked(tmp_path, bare, "waterlevel", dem=dem, class_names=shown)
    assert found["water_classes"] == ["Flooded"] and found["wet_pixels"] == 200


@pytest.mark.parametrize("name", ["Lake/water", "Flooded, shallow", "Water(deep)", "open_water", "Flooding"])
def test_words_for_water_are_parted_by_whatever_is_no_letter_and_told(tmp_path, name):
    classes, elevation_m = lake_on_a_slope()
    classes[0, 0] = 3
    bare = toys.raster(tmp_path / "bare.tif", classes)
    dem = toys.raster(tmp_path / "dem.tif", elevation_m)
    shown = (NamedValue(1, "Dry"), NamedValue(2, name), NamedValue(3, "Water"))
    told = Recorder()
    _, found = checked(tmp_path, bare, "waterlevel", told, dem=dem, class_names=shown)
    assert found["wet_pixels"] == 201 and f"Counts as water: {name}, Water." in told.logs


def test_a_map_without_water_is_told_and_has_no_figures(tmp_path):
    classes, elevation_m = lake_on_a_slope()
    dem, progress = toys.raster(tmp_path / "dem.tif", elevation_m), Recorder()
    prediction = class_map(tmp_path / "map.tif", np.full_like(classes, LAND))
    residual, found = checked(tmp_path, prediction, "waterlevel", progress, dem=dem)
    assert residual.mask.all() and found["wet_pixels"] == found["judged"] == 0
    assert found["violating_share"] is found["p95_residual"] is None and found["physics_term"] == 0
    assert any("Not a single pixel of map.tif could be judged" in text for text in progress.logs)


@pytest.mark.parametrize(
    ("names", "water", "warns"),
    [
        (("Not flooded", "Flooded", "Bare"), "", True),
        (("Not flooded", "Flooded", "Permanent water"), "", False),
        (("Not flooded", "Flooded", "Permanent water"), "Flooded", True),
        (("Dry", "Flood water", "Bare"), "", False),
        (("Dry", "Lake", "Bare"), "Lake", False),
    ],
)
def test_it_is_told_that_rivers_count_as_dry_where_floods_alone_are_water(tmp_path, names, water, warns):
    classes, elevation_m = lake_on_a_slope()
    bare, dem = toys.raster(tmp_path / "bare.tif", classes), toys.raster(tmp_path / "dem.tif", elevation_m)
    shown, told = tuple(NamedValue(value, name) for value, name in enumerate(names, start=1)), Recorder()
    checked(tmp_path, bare, "waterlevel", told, dem=dem, class_names=shown, water=water)
    assert any("rivers and lakes are dry ground to the rule" in text for text in told.logs) == warns


@pytest.mark.parametrize(("elevation", "impossible"), [(-32768, True), (9999, True), (-430, False), (8849, False)])
def test_elevations_that_no_land_has_are_told(tmp_path, elevation, impossible):
    classes, elevation_m = lake_on_a_slope(columns=1100)  # several windows, which overlap by a frame
    elevation_m[:, 1020:1030] = elevation
    told = Recorder()
    dem = toys.raster(tmp_path / "dem.tif", elevation_m)
    _, found = checked(tmp_path, class_map(tmp_path / "map.tif", classes), "waterlevel", told, dem=dem)
    assert found["pixels_of_impossible_elevation"] == impossible * 400
    assert any("At 400 pixels of the map DEM lies below -500 or above 9000 m" in t for t in told.logs) == impossible
