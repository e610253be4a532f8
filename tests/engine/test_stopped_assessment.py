"""An assessment can be stopped before the figures of each region, too: drawing many groups takes a while."""

import numpy as np
import pytest
import toys
from terraloom.engine.errors import CancelledError
from terraloom.engine.jobs import assess_accuracy
from terraloom.engine.progress import Silent
from terraloom.engine.requests.assess_accuracy import AssessAccuracy
from uncertain_maps import truth_polygons


class Impatient(Silent):
    """Progress of a user who stops when the figures of one region are there."""

    def __init__(self):
        self.assessed, self.told = 0, 0.0

    def update(self, fraction, mpx_per_s=None):
        self.told = fraction
        if self.assessed > 1:
            raise CancelledError


def test_figures_of_regions_can_be_stopped(tmp_path, monkeypatch):
    values = np.ones((40, 40), np.uint8)
    path, truth = (toys.raster(tmp_path / name, values) for name in ("map.tif", "truth.tif"))
    boxes = [(0, 10 * row, 40, 10 * row + 10) for row in range(4)]
    regions = truth_polygons(tmp_path / "regions.gpkg", boxes, [*"abcd"])
    user, assess = Impatient(), assess_accuracy.assess

    def assessing(*given):
        assert user.told < 1, "at 1 nothing but handing over is left, and the worker waits for a cancel"
        user.assessed += 1
        return assess(*given)

    monkeypatch.setattr(assess_accuracy, "assess", assessing)
    asked = {"map": path, "reference": truth, "reference_is_raster": True, "report": str(tmp_path / "report.html")}
    with pytest.raises(CancelledError):
        assess_accuracy.run(AssessAccuracy(**asked, regions=regions.path, region_field="kind"), user)
    assert user.assessed == 2 and not (tmp_path / "report.html").exists()  # of the whole and of one region
