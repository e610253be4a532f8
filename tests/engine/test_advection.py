"""What flows is held against its velocity as a person would by hand, and as the loss of a training does."""

import numpy as np
import pytest
import torch
import toys
from affine import Affine
from physics_checks import checked
from terraloom.engine.physics.residuals import advection_residual
from terraloom.models.losses import transport
from terraloom.tests.engine.environment_fakes import Recorder


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
