"""Elevations and velocities whose file tells another unit are refused by that unit; those that tell none are taken."""

import numpy as np
import pytest
import rasterio
import toys
from event_scenes import FLOOD, PIXEL_M, detect, flood, model_of, series
from physics_checks import checked, class_map, lake_on_a_slope
from terraloom.engine.errors import InputError


def told(path, unit):
    """The file, which says that its bands are in a unit."""
    with rasterio.open(path, "r+") as dataset:
        dataset.units = (unit,) * dataset.count
    return str(path)


@pytest.mark.parametrize("unit", ["", "m", "Metre", "metres", "METER", "meters", "m above sea level", "unknown"])
def test_elevations_in_metres_are_taken(tmp_path, unit):
    classes, elevation_m = lake_on_a_slope()
    prediction = class_map(tmp_path / "map.tif", classes)
    dem = told(toys.raster(tmp_path / "dem.tif", elevation_m), unit)
    checked(tmp_path, prediction, "waterlevel", dem=dem, water="Flooded land")


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("ft", "in ft, as the file says; m is needed. Multiply them by 0.3048 first"),
        ("Feet", "in Feet,.* by 0.3048 first"),
        ("US survey foot", ".*by 0.304801 first"),
        ("cm", ".*by 0.01 first"),
        ("kilometres", ".*by 1000 first"),
        ("m/s", "in m/s, .* write them out"),
        ("fathom", "in fathom, .* write them out"),
    ],
)
def test_elevations_in_another_unit_are_refused(tmp_path, unit, words):
    classes, elevation_m = lake_on_a_slope()
    prediction = class_map(tmp_path / "map.tif", classes)
    dem = told(toys.raster(tmp_path / "dem.tif", elevation_m), unit)
    with pytest.raises(InputError, match=f"DEM is .*dem.tif, whose values are {words}"):
        checked(tmp_path, prediction, "waterlevel", dem=dem, water="Flooded land")


def test_events_are_not_held_against_feet(tmp_path):
    wet = flood((slice(10, 20), slice(10, 30)))
    dem = toys.raster(tmp_path / "dem.tif", np.zeros(wet.shape[1:], np.float32), pixel=PIXEL_M)
    rasters, model = series(tmp_path, wet), model_of(tmp_path / "m.onnx", FLOOD)
    detect(tmp_path, rasters, "flood", model, more={"dem": told(dem, "m")})
    with pytest.raises(InputError, match=r"DEM is .*dem.tif, whose values are in ft.* Multiply them by 0.3048"):
        detect(tmp_path, rasters, "flood", model, more={"dem": told(dem, "ft")})


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("", None),
        ("m/s", None),
        ("m s-1", None),
        ("m s**-1", None),
        ("m.s-1", None),
        ("m s⁻¹", None),
        ("ms-1", None),
        ("metres per second", None),
        ("km/h", "0.277778"),
        ("kmh-1", "0.277778"),
        ("m/day", "1.15741e-05"),
        ("m d-1", "1.15741e-05"),
        ("m a-1", "3.16881e-08"),
        ("knots", "0.514444"),
        ("cm s-1", "0.01"),
    ],
)
def test_velocities_are_metres_per_second(tmp_path, unit, factor):
    fields = np.random.default_rng(0).uniform(0, 1, (3, 12, 12)).astype(np.float32)
    prediction = toys.raster(tmp_path / "fields.tif", fields)
    velocity = told(toys.raster(tmp_path / "velocity.tif", np.ones((2, 12, 12), np.float32)), unit)
    given = {"vector_field": velocity, "step_minutes": 5}
    if factor is None:
        checked(tmp_path, prediction, "advection", **given)
        return
    with pytest.raises(InputError, match=f"VECTOR_FIELD is .* m/s is needed. Multiply them by {factor} first"):
        checked(tmp_path, prediction, "advection", **given)


def test_each_band_of_a_velocity_has_a_unit_of_its_own(tmp_path):
    fields = np.random.default_rng(0).uniform(0, 1, (3, 12, 12)).astype(np.float32)
    prediction = toys.raster(tmp_path / "fields.tif", fields)
    velocity = toys.raster(tmp_path / "velocity.tif", np.ones((2, 12, 12), np.float32))
    with rasterio.open(velocity, "r+") as dataset:
        dataset.units = ("m/s", "km/h")
    with pytest.raises(InputError, match="whose values are in km/h, as the file says; m/s is needed"):
        checked(tmp_path, prediction, "advection", vector_field=velocity, step_minutes=5)
