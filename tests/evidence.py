"""Makes maps and what is held against them."""

import json

import numpy as np
import rasterio
import toys
from affine import Affine
from physics_checks import LEGEND
from terraloom.engine.jobs import report_evidence
from terraloom.engine.legend import NODATA
from terraloom.engine.requests.report_evidence import EvidenceTargets, ReportEvidence
from terraloom.engine.results.outputs import finish_classes
from terraloom.tests.engine.environment_fakes import Recorder

LAND, WATER = 1, 2
PLACE = {"crs": "EPSG:32631", "transform": Affine(10, 0, 500000, 0, -10, 5700000)}


def raster(path, values, names, tags=(), **profile):
    """A raster of measurements with names of bands."""
    toys.raster(path, np.asarray(values, np.float32), nodata=np.nan, **{**PLACE, **profile})
    with rasterio.open(path, "r+") as dataset:
        dataset.descriptions = names
        dataset.update_tags(**dict(tags))
    return str(path)


def class_map(path, classes, tags=(), **profile):
    """A map as our map algorithms write it."""
    toys.raster(path.with_name("w.tif"), np.asarray(classes, np.uint8), nodata=NODATA, **{**PLACE, **profile})
    finish_classes(path.with_name("w.tif"), path, LEGEND, dict(tags))
    return str(path)


def reported(tmp_path, progress=None, **given):
    """The findings, the figures and the page."""
    targets = EvidenceTargets(*(str(tmp_path / name) for name in ("found.tif", "page.html", "figures.json")))
    outcome = report_evidence.run(ReportEvidence(targets=targets, **given), progress or Recorder())
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert outcome.metrics == figures and outcome.outputs == targets.made
    found = toys.read(tmp_path / "found.tif")[0].filled(NODATA)
    return found, figures, (tmp_path / "page.html").read_text("utf-8")
