"""Residuals of a map do not depend on windows, are kept as other maps are, and nonsense is refused."""

import json
import math
import os

import numpy as np
import pytest
import rasterio
import toys
from affine import Affine
from physics_checks import LAND, NOTHING, WATER, checked, class_map, lake_on_a_slope
from terraloom.engine.errors import CancelledError, InputError, OutputError
from terraloom.engine.jobs import check_physics
from terraloom.engine.physics import physical_rules
from terraloom.engine.physics.magnitudes import Magnitudes
from terraloom.engine.physics.residuals import range_residual
from terraloom.engine.requests.check_physics import CheckPhysics
from terraloom.engine.tiles import windows
from terraloom.tests.engine.environment_fakes import Recorder

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


def test_bands_are_called_what_was_said_of_them(tmp_path):
    prediction = toys.raster(tmp_path / "values.tif", np.ones((3, 1, 2), np.float32))
    with rasterio.open(prediction, "r+") as data:
        data.set_band_description(2, "NDVI")
    _, found = checked(tmp_path, prediction, "range", maximum=10)
    assert [band["name"] for band in found["bands"]] == ["band 1", "band 2 (ndvi)", "band 3"]


def test_a_value_on_a_bound_lies_within_however_few_digits_the_raster_has(tmp_path):
    prediction = toys.raster(tmp_path / "values.tif", np.array([[0.1, 0.5, 0.9, 0.91]], np.float32))
    residual, found = checked(tmp_path, prediction, "range", minimum=0.1, maximum=0.9)
    assert residual[0, 0, :3].tolist() == [0, 0, 0] and (found["below"], found["above"]) == (0, 1)
    assert found["violating"] == 1


def test_infinite_values_are_told(tmp_path):
    values = np.array([[np.inf, 3.0, -np.inf, np.nan]], np.float32)
    prediction, told = toys.raster(tmp_path / "values.tif", values), Recorder()
    metrics = tmp_path / "m.json"
    request = CheckPhysics(prediction, "range", maximum=10, metrics=str(metrics))
    check_physics.run(request, told)
    found = json.loads(metrics.read_text())
    assert (found["judged"], found["violating"], found["infinite"]) == (1, 0, 2)
    assert any("2 values are infinite" in text for text in told.logs)
    toys.raster(prediction, values, nodata=-np.inf)
    check_physics.run(request, told)
    assert json.loads(metrics.read_text())["infinite"] == 1, "the other is declared to be none"


def test_an_unbounded_side_excuses_all_but_what_is_unknown():
    found = range_residual(np.array([-1e20, np.nan, 3.0]), None, 2.0)
    assert found.tolist()[0] == 0 and math.isnan(found[1]) and found[2] == 1


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
    monkeypatch.setattr(windows, "HELD_NUMBERS", 150 * 16)
    small = list(windows.windows_of(physical_rules.Grid(None, Affine.identity(), 71, 53), 16))
    assert len(small) > 30
    parts, again = checked(tmp_path, prediction, rule, **given)
    assert whole.mask.any() and not whole.mask.all() and whole.max() > 0
    assert np.array_equal(whole.filled(np.nan), parts.filled(np.nan), equal_nan=True)
    assert _numbers(again) == pytest.approx(_numbers(figures), rel=1e-9)


def _numbers(figures):
    return {name: value for name, value in figures.items() if isinstance(value, (int, float))}


def test_windows_cover_a_grid_once_and_keep_to_the_memory():
    seen = np.zeros((1300, 5000), int)
    for window in windows.windows_of(physical_rules.Grid(None, Affine.identity(), 5000, 1300), 70):
        seen[window.toslices()] += 1
        assert window.width * window.height * 70 <= windows.HELD_NUMBERS
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
        ({"rule": "waterlevel", "dem": "packed"}, "multiplied by 0.1 and moved by -5 first"),
        ({"rule": "range", "minimum": 1, "prediction": "packed"}, "packed.tif holds values .* -unscale"),
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
        "packed": toys.raster(tmp_path / "packed.tif", ones[0].astype(np.int16)),
    }
    with rasterio.open(made["packed"], "r+") as dataset:
        dataset.scales, dataset.offsets = (0.1,), (-5.0,)
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


@pytest.mark.parametrize("name", ["map", "dem"])
def test_a_raster_that_changes_while_it_is_judged_ends_the_job(tmp_path, monkeypatch, name):
    classes, elevation_m = lake_on_a_slope()
    prediction, dem = class_map(tmp_path / "map.tif", classes), toys.raster(tmp_path / "dem.tif", elevation_m)
    asked = CheckPhysics(prediction, "waterlevel", dem=dem, water=str(WATER), metrics=str(tmp_path / "m.json"))
    judge = check_physics.judge_map

    def judged(*words):
        os.utime({"map": prediction, "dem": dem}[name], (1, 1))
        return judge(*words)

    monkeypatch.setattr(check_physics, "judge_map", judged)
    with pytest.raises(InputError, match="was changed or deleted while it was being read"):
        check_physics.run(asked, Recorder())


def test_inputs_are_not_overwritten(tmp_path):
    prediction = toys.raster(tmp_path / "u.tif", np.ones((4, 4), np.float32))
    with pytest.raises(OutputError, match="is an input"):
        check_physics.run(CheckPhysics(prediction, "range", minimum=2, output=prediction), Recorder())
