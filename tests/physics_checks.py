"""Makes maps that may break laws of nature, and checks them."""

import json

import numpy as np
import toys
from terraloom.engine.jobs import check_physics
from terraloom.engine.legend import Legend, LegendEntry
from terraloom.engine.requests.check_physics import CheckPhysics
from terraloom.engine.results.outputs import finish_classes
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
