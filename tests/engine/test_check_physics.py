"""A map is held against laws of nature as a person would by hand, and as the losses of a training do."""

import json
import math

import numpy as np
import pytest
import rasterio
import torch
import toys
from affine import Affine
from rasterio.warp import transform_bounds
from terraloom.engine import physical_rules, residual_map
from terraloom.engine.errors import CancelledError, InputError, OutputError
from terraloom.engine.jobs import check_physics
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.magnitudes import Magnitudes
from terraloom.engine.outputs import finish_classes
from terraloom.engine.requests.assess_accuracy import NamedValue
from terraloom.engine.requests.check_physics import CheckPhysics
from terraloom.engine.residuals import advection_residual, range_residual
from terraloom.models.losses import transport, water_level
from terraloom.tests.engine.environment_fakes import Recorder

LEGEND = Legend((LegendEntry(1, "Land", "#4E9A47"), LegendEntry(2, "Flooded land", "#2F7FC1")))
LAND, WATER, NOTHING = 1, 2, 255


def checked(tmp_path, prediction, rule, progress=None, **given):
    """The residuals, masked, and the figures."""
    request = CheckPhysics(
        prediction,
        rule,
        **{"output": str(tmp_path / "residual.tif"), "metrics": str(tmp_path / "figures.json"), **given},
    )
    outcome = check_physics.run(request, progress or Recorder())
    found = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert outcome.metrics == found
    return toys.read(tmp_path / "residual.tif"), found


def class_map(path, classes, **profile):
    """A map as our map algorithms write it."""
    working = toys.raster(path.with_name("working.tif"), np.asarray(classes, np.uint8), nodata=NOTHING, **profile)
    finish_classes(path.with_name("working.tif"), path, LEGEND, {})
    assert working
    return str(path)


def lake_on_a_slope(rows=40, columns=60):
    """Ground that falls by half a metre a column to the east, and a lake on it."""
    elevation_m = np.tile(100 - 0.5 * np.arange(columns, dtype=np.float32), (rows, 1))
    classes = np.full((rows, columns), LAND, np.uint8)
    classes[10:20, 20:40] = WATER
    return classes, elevation_m


# water level


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


def test_a_map_without_water_is_told_and_has_no_figures(tmp_path):
    classes, elevation_m = lake_on_a_slope()
    dem, progress = toys.raster(tmp_path / "dem.tif", elevation_m), Recorder()
    prediction = class_map(tmp_path / "map.tif", np.full_like(classes, LAND))
    residual, found = checked(tmp_path, prediction, "waterlevel", progress, dem=dem)
    assert residual.mask.all() and found["wet_pixels"] == found["judged"] == 0
    assert found["violating_share"] is found["p95_residual"] is None and found["physics_term"] == 0
    assert any("Not a single pixel of map.tif could be judged" in text for text in progress.logs)


# range


def test_values_outside_a_range_are_measured_band_by_band(tmp_path):
    values = np.array([[[-2, 0, 5, 10, 12, -9999]], [[1, 1, 1, 1, 30, 1]]], np.float32)
    prediction = toys.raster(tmp_path / "values.tif", values, nodata=-9999)
    residual, found = checked(tmp_path, prediction, "range", minimum=0, maximum=10)
    assert residual.filled(-1).tolist() == [[[2, 0, 0, 0, 2, -1]], [[0, 0, 0, 0, 20, 0]]]
    assert (found["judged"], found["violating"], found["below"], found["above"]) == (11, 3, 1, 2)
    assert found["violating_ha"] == pytest.approx(2 / 10_000)  # of two bands, but of two pixels
    assert found["mean_residual"] == found["physics_term"] == pytest.approx(24 / 11)
    assert [band["violating"] for band in found["bands"]] == [2, 1]
    assert found["bands"][1]["max_residual"] == 20
    residual, found = checked(tmp_path, prediction, "range", maximum=10)
    assert residual.filled(-1)[0].tolist() == [[0, 0, 0, 0, 2, -1]] and found["below"] == 0


def test_an_unbounded_side_excuses_all_but_what_is_unknown():
    found = range_residual(np.array([-1e20, np.nan, 3.0]), None, 2.0)
    assert found.tolist()[0] == 0 and math.isnan(found[1]) and found[2] == 1


# advection


def blob(times, pixel, speed_px, rows=40, columns=50):
    """A smooth hill that moves by columns and rows each step, `(times, rows, cols)`."""
    row, column = np.mgrid[:rows, :columns].astype(float)
    return np.stack(
        [
            np.exp(-((column - 18 - speed_px[0] * time) ** 2 + (row - 15 - speed_px[1] * time) ** 2) / 60)
            for time in range(times)
        ]
    )


def winds(path, shape, east, north, **profile):
    return toys.raster(path, np.stack([np.full(shape, east), np.full(shape, north)]).astype(np.float32), **profile)


def test_what_flows_with_its_velocity_has_hardly_a_residual(tmp_path):
    """Half a pixel to the east and a quarter to the south in five minutes; pixels of 100 m."""
    fields = toys.raster(tmp_path / "rain.tif", blob(4, 100, (0.5, 0.25)), pixel=100)
    right = winds(tmp_path / "right.tif", (40, 50), 50 / 300, -25 / 300, pixel=100)
    wrong = winds(tmp_path / "wrong.tif", (40, 50), 50 / 300, 25 / 300, pixel=100)
    progress = Recorder()
    residual, found = checked(tmp_path, fields, "advection", progress, vector_field=right, step_minutes=5)
    assert residual.shape == (3, 40, 50) and residual.mask[:, 0].all() and residual.mask[:, :, -1].all()
    assert not residual.mask[:, 1:-1, 1:-1].any()
    assert any("TOLERANCE is 0" in text for text in progress.logs)
    away = checked(tmp_path, fields, "advection", vector_field=wrong, step_minutes=5)[1]
    assert found["max_residual"] < 0.05 * away["max_residual"]
    calm = checked(tmp_path, fields, "advection", vector_field=right, step_minutes=5, tolerance=2e-5)[1]
    assert calm["violating"] < 10 < found["violating"]


def test_advection_is_that_of_the_loss(tmp_path):
    random = np.random.default_rng(3)
    fields, velocity = random.normal(0, 1, (3, 12, 14)), random.normal(0, 5, (2, 12, 14))
    loss = transport.advection_residual(
        torch.from_numpy(fields)[None], torch.from_numpy(velocity)[None], spacing_m=30, step_s=600
    )[0].numpy()
    inner = velocity[:, 1:-1, 1:-1] / 30
    ours = np.stack([advection_residual(fields[time], fields[time + 1], inner, 600) for time in range(2)])
    assert ours == pytest.approx(np.abs(loss), rel=1e-4, abs=1e-6)
    # … and as a whole job: rows run southwards, velocities northwards; UTM is shorter than the ground by 0.04 %
    prediction = toys.raster(tmp_path / "u.tif", fields, pixel=30)
    field = toys.raster(tmp_path / "v.tif", velocity * [[[1]], [[-1]]], pixel=30)
    residual, found = checked(tmp_path, prediction, "advection", vector_field=field, step_minutes=10)
    assert residual[:, 1:-1, 1:-1].filled(np.nan) == pytest.approx(np.abs(loss), rel=5e-3, abs=1e-3)
    assert found["physics_term"] == pytest.approx(float(np.square(loss).mean()), rel=5e-3)


@pytest.mark.parametrize(
    ("crs", "transform", "pixel_m"),
    [
        ("EPSG:4326", Affine(1e-3, 0, 10, 0, -1e-3, 60), (55.8, 111.4)),
        ("EPSG:3857", Affine(200, 0, 1_113_195, 0, -200, 8_399_738), (100.2, 100.0)),
        (None, Affine(50, 0, 0, 0, -25, 0), (50, 25)),
        ("EPSG:32631", Affine(0, 100, 500_000, 100, 0, 5_000_000), None),
    ],
    ids=["degrees", "Web Mercator", "nowhere", "turned"],
)
def test_pixels_are_measured_on_the_ground(tmp_path, crs, transform, pixel_m):
    """A hill that moves half a pixel along columns each step, on grids of many kinds."""
    fields = toys.raster(tmp_path / "u.tif", blob(2, 0, (0.5, 0)), crs=crs, transform=transform)
    # of the grid that is turned, columns run to the north
    east, north = (0, 50 / 60) if pixel_m is None else (pixel_m[0] / 2 / 60, 0)
    right = winds(tmp_path / "v.tif", (40, 50), east, north, crs=crs, transform=transform)
    still = winds(tmp_path / "0.tif", (40, 50), 0, 0, crs=crs, transform=transform)
    found = [
        checked(tmp_path, fields, "advection", vector_field=field, step_minutes=1)[1]["max_residual"]
        for field in (right, still)
    ]
    assert found[0] < 0.06 * found[1]


def test_times_that_are_not_known_spread_to_their_neighbours_only(tmp_path):
    fields = np.ones((3, 9, 9), np.float32)
    fields[0, 4, 4] = np.nan
    prediction = toys.raster(tmp_path / "u.tif", fields, nodata=np.nan)
    field = winds(tmp_path / "v.tif", (9, 9), 1, 1)
    residual, found = checked(tmp_path, prediction, "advection", vector_field=field, step_minutes=1)
    unknown = residual.mask[:, 1:-1, 1:-1]
    # the pixel itself, and those that it lies beside
    assert unknown[0].sum() == 5 and unknown[0, 3, 2:5].all() and unknown[0, 2:5, 3].all()
    assert not unknown[1].any() and found["max_residual"] == 0


# windows, and what is written


@pytest.mark.parametrize("rule", ["waterlevel", "range", "advection"])
def test_windows_do_not_matter(tmp_path, monkeypatch, rule):
    random = np.random.default_rng(7)
    classes = random.choice([LAND, WATER, NOTHING], (53, 71), p=[0.6, 0.35, 0.05])
    turned = {"crs": "EPSG:4326", "transform": Affine(1e-3, 2e-4, 10, -2e-4, -1e-3, 50)}
    coarse = {"crs": "EPSG:4326", "transform": Affine(5e-3, 0, 9.99, 0, -5e-3, 50.01)}
    fields = random.normal(0, 1, (3, 53, 71)).astype(np.float32)
    fields[random.random(fields.shape) < 0.02] = np.nan
    prediction = toys.raster(tmp_path / "u.tif", fields, nodata=np.nan, **turned)
    given = {
        "waterlevel": {"dem": toys.raster(tmp_path / "z.tif", random.integers(0, 30, (20, 20), np.int16), **coarse)},
        "range": {"minimum": -1, "maximum": 1.5},
        "advection": {
            "vector_field": toys.raster(tmp_path / "v.tif", random.normal(0, 9, (2, 20, 20)), **coarse),
            "step_minutes": 2,
        },
    }[rule]
    if rule == "waterlevel":
        prediction = class_map(tmp_path / "map.tif", classes, **turned)
    whole, figures = checked(tmp_path, prediction, rule, **given)
    monkeypatch.setattr(residual_map, "HELD_NUMBERS", 150 * 16)
    small = list(residual_map.windows_of(physical_rules.Grid(None, Affine.identity(), 71, 53), 16))
    assert len(small) > 30
    parts, again = checked(tmp_path, prediction, rule, **given)
    assert whole.mask.any() and not whole.mask.all() and whole.max() > 0
    assert np.array_equal(whole.filled(np.nan), parts.filled(np.nan), equal_nan=True)
    assert _numbers(again) == pytest.approx(_numbers(figures), rel=1e-9)


def _numbers(figures):
    return {name: value for name, value in figures.items() if isinstance(value, (int, float))}


def test_windows_cover_a_grid_once_and_keep_to_the_memory():
    seen = np.zeros((1300, 5000), int)
    for window in residual_map.windows_of(physical_rules.Grid(None, Affine.identity(), 5000, 1300), 70):
        seen[window.toslices()] += 1
        assert window.width * window.height * 70 <= residual_map.HELD_NUMBERS
    assert (seen == 1).all()


def test_residuals_are_kept_as_other_maps_are(tmp_path):
    classes, elevation_m = lake_on_a_slope()
    dem = toys.raster(tmp_path / "dem.tif", elevation_m)
    prediction = class_map(tmp_path / "map.tif", classes)
    progress = Recorder()
    checked(tmp_path, prediction, "waterlevel", progress, dem=dem)
    with rasterio.open(tmp_path / "residual.tif") as made, rasterio.open(prediction) as of:
        assert (made.crs, made.transform, made.shape) == (of.crs, of.transform, of.shape)
        assert made.dtypes == ("float32",) and math.isnan(made.nodata)
        assert made.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert json.loads(made.tags()["TERRALOOM_PARAMETERS"])["rule"] == "waterlevel"
        assert made.descriptions == ("height above dry neighbours in m",)
    style = (tmp_path / "residual.qml").read_text("utf-8")
    assert 'classificationMin="0.0" classificationMax="0.5"' in style
    assert progress.fractions == sorted(progress.fractions) and progress.fractions[-1] == 1
    left = {path.name for path in tmp_path.iterdir() if path.name.startswith(".")}
    assert not left


def test_a_run_that_is_stopped_leaves_nothing(tmp_path):
    class Stopped(Recorder):
        def update(self, fraction, mpx_per_s=None):
            raise CancelledError

    prediction = toys.raster(tmp_path / "u.tif", np.ones((4, 4), np.float32))
    with pytest.raises(CancelledError):
        checked(tmp_path, prediction, "range", Stopped(), minimum=2)
    assert [path.name for path in tmp_path.iterdir()] == ["u.tif"]


def test_only_what_is_asked_for_is_made(tmp_path):
    prediction = toys.raster(tmp_path / "u.tif", np.ones((4, 4), np.float32))
    request = CheckPhysics(prediction, "range", minimum=2, metrics=str(tmp_path / "figures.json"))
    assert check_physics.run(request, Recorder()).outputs == {"metrics": str(tmp_path / "figures.json")}
    assert {path.name for path in tmp_path.iterdir()} == {"u.tif", "figures.json"}


def test_percentiles_are_those_of_all_numbers():
    random = np.random.default_rng(1)
    numbers = np.concatenate([np.zeros(300), random.lognormal(0, 3, 9000)]).astype(np.float32)
    figures, other = Magnitudes(1.0), Magnitudes(1.0)
    figures.feed(numbers[:4000])
    other.feed(numbers[4000:])
    figures.add(other)
    assert figures.count == 9300 and figures.largest == numbers.max() and figures.violating == (numbers > 1).sum()
    for percent in (1, 50, 95, 100):
        exact = np.percentile(numbers, percent, method="inverted_cdf")
        assert figures.percentile(percent) == pytest.approx(exact, rel=3e-4)
    assert math.isnan(Magnitudes(0).percentile(95)) and math.isnan(Magnitudes(0).mean)


# what is refused


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"rule": "heat"}, "RULE is heat; it must be one of: waterlevel, range, advection"),
        ({"rule": "waterlevel"}, "needs DEM"),
        ({"rule": "range"}, "needs MINIMUM, MAXIMUM or both"),
        ({"rule": "range", "minimum": 3, "maximum": 2}, "MINIMUM is 3 and MAXIMUM is 2"),
        ({"rule": "range", "minimum": math.nan}, "MINIMUM is nan"),
        ({"rule": "range", "minimum": 1, "dem": "d"}, "DEM is given, which is for the rule waterlevel; RULE is range"),
        ({"rule": "waterlevel", "dem": "d", "minimum": 0}, "MINIMUM is given, which is for the rule range"),
        ({"rule": "range", "minimum": 1, "water": "sea"}, "WATER_CLASSES is given"),
        ({"rule": "range", "minimum": 1, "step_minutes": 5}, "STEP_MINUTES is given"),
        ({"rule": "range", "minimum": 1, "vector_field": "v"}, "VECTOR_FIELD is given"),
        ({"rule": "advection", "step_minutes": 5}, "needs VECTOR_FIELD"),
        ({"rule": "advection", "vector_field": "v"}, "needs STEP_MINUTES, .* found is nothing"),
        ({"rule": "advection", "vector_field": "v", "step_minutes": 0}, "found is 0"),
        ({"rule": "range", "minimum": 1, "tolerance": -1}, "TOLERANCE is -1"),
        ({"rule": "range", "minimum": 1, "alpha": math.nan}, "ALPHA is nan"),
        ({"rule": "range", "minimum": 1, "output": ""}, "No result is asked for"),
    ],
)
def test_requests_that_cannot_work_are_refused(given, words):
    with pytest.raises(InputError, match=words):
        CheckPhysics(**{"prediction": "map.tif", "output": "r.tif", **given})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"rule": "waterlevel", "dem": "two"}, "DEM is .*two.tif, which has 2 bands; 1 expected"),
        ({"rule": "waterlevel", "dem": "far"}, "DEM is .*far.tif, which does not overlap PREDICTION"),
        ({"rule": "waterlevel", "dem": "nowhere"}, "one has a coordinate reference system, the other has none"),
        ({"rule": "waterlevel", "dem": "one", "prediction": "two"}, "has 2 bands .* A class map has one"),
        ({"rule": "waterlevel", "dem": "one", "prediction": "half"}, "0.5, which is no class"),
        ({"rule": "advection", "vector_field": "two", "prediction": "one"}, "has 1 band; advection compares"),
        ({"rule": "advection", "vector_field": "one", "prediction": "two"}, "VECTOR_FIELD .* 1 bands; 2 expected"),
        ({"rule": "advection", "vector_field": "two", "prediction": "narrow"}, "2 x 9 px; advection needs 3 x 3 px"),
        ({"rule": "range", "minimum": 1, "prediction": "none"}, "cannot be opened"),
    ],
)
def test_rasters_that_do_not_fit_are_refused(tmp_path, given, words):
    ones = np.ones((2, 9, 9), np.float32)
    far = {"transform": Affine(1, 0, 700_000, 0, -1, 5_000_000)}
    made = {
        "one": toys.raster(tmp_path / "one.tif", ones[0]),
        "two": toys.raster(tmp_path / "two.tif", ones),
        "half": toys.raster(tmp_path / "half.tif", ones[0] / 2),
        "far": toys.raster(tmp_path / "far.tif", ones[0], **far),
        "nowhere": toys.raster(tmp_path / "nowhere.tif", ones[0], crs=None),
        "narrow": toys.raster(tmp_path / "narrow.tif", ones[:, :, :2]),
    }
    before = sorted(tmp_path.iterdir())
    asked = {"prediction": "one", **given}
    if asked["rule"] == "waterlevel":
        asked["water"] = "1"
    asked = {name: made.get(value, value) for name, value in asked.items()}
    if given.get("step_minutes") is None and asked["rule"] == "advection":
        asked["step_minutes"] = 5
    with pytest.raises(InputError, match=words):
        check_physics.run(CheckPhysics(**asked, output=str(tmp_path / "r.tif")), Recorder())
    assert sorted(tmp_path.iterdir()) == before


def test_inputs_are_not_overwritten(tmp_path):
    prediction = toys.raster(tmp_path / "u.tif", np.ones((4, 4), np.float32))
    with pytest.raises(OutputError, match="is an input"):
        check_physics.run(CheckPhysics(prediction, "range", minimum=2, output=prediction), Recorder())
