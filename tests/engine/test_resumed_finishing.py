"""An interruption while results are finished costs none of what the network said: the next run finishes them."""

from dataclasses import replace

import numpy as np
import pytest
import toys
from terraloom.engine import class_map, value_map
from terraloom.engine.errors import CancelledError
from terraloom.engine.jobs import apply_model, estimate_uncertainty, extract_roads, segment_land_use
from terraloom.engine.lines import line_map
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets, Generalisation
from terraloom.engine.requests.estimate_uncertainty import EstimateUncertainty, UncertaintyTargets
from terraloom.engine.requests.extract_roads import ExtractRoads, LineTargets
from terraloom.engine.requests.network_run import NetworkRun
from terraloom.engine.requests.segment_land_use import SegmentLandUse


class Listening(Silent):
    """Remembers how many tiles were there already, of how many."""

    resumed = None

    def log(self, template, **values):
        if template.startswith("Resumed"):
            self.resumed = values["done"], values["total"]


def run_resumed(job, request, begun):
    """Run a job, and make sure that all of its tiles were there already, or none."""
    listening = Listening()
    try:
        job.run(request, listening)
    finally:
        done, total = listening.resumed or (0, 1)
        assert done == (total if begun else 0)


def interrupted_after(monkeypatch, module, step):
    """Let a run be cancelled as soon as a step is done."""
    real = getattr(module, step)

    def then_cancelled(*given, **options):
        real(*given, **options)
        raise CancelledError()

    monkeypatch.setattr(module, step, then_cancelled)


def class_maps(run, folder):
    names = {"polygons": "p.gpkg", "areas": "a.csv"}
    names |= {name: f"{name}.tif" for name in ("output", "confidence", "probabilities")}
    targets = ClassTargets(**{name: str(folder / file) for name, file in names.items()})
    return segment_land_use, SegmentLandUse(run, targets, Generalisation(150.0))


def values(run, folder):
    return apply_model, ApplyModel(run, ClassTargets(str(folder / "values.tif")))


def roads(run, folder):
    names = {"output": "lines.gpkg", "mask_raster": "m.tif", "orientation": "o.tif", "probability": "p.tif"}
    return extract_roads, ExtractRoads(run, LineTargets(**{name: str(folder / file) for name, file in names.items()}))


def uncertainty(run, folder):
    targets = UncertaintyTargets(str(folder / "u.tif"), str(folder / "u.html"))
    return estimate_uncertainty, EstimateUncertainty(run, targets)


WARPING = "bring_to_result_grid"


@pytest.mark.parametrize(
    ("asked", "network", "bands", "module", "steps"),
    [
        (class_maps, toys.bands_as_classes, 3, class_map, ("_generalise", "finish_classes", "finish_measurements")),
        (class_maps, toys.bands_as_classes, 3, class_map, (WARPING, "_write_polygons", "_finish_rasters")),
        (values, toys.identity, 1, value_map, ("finish_values",)),
        (values, toys.identity, 1, value_map, (WARPING, "finish_values")),
        (roads, toys.bands_as_lines, 19, line_map, ("finish_classes", "finish_measurements", "_keep_rasters")),
        (roads, toys.bands_as_lines, 19, line_map, (WARPING, "finish_directions")),
        (uncertainty, toys.bands_as_classes, 3, estimate_uncertainty, ("sum_up", "_draw", "finish_measurements")),
        (uncertainty, toys.bands_as_classes, 3, estimate_uncertainty, (WARPING, "finish_measurements")),
    ],
)
def test_whatever_step_an_interruption_follows_the_tiles_are_there_already(
    tmp_path, monkeypatch, asked, network, bands, module, steps
):
    """Each run takes up what the one before left and is cancelled one step later, the last one not at all."""
    pixels = np.random.default_rng(5).normal(0, 3, (bands, 27, 4)).repeat(10, axis=1).repeat(10, axis=2)
    source = toys.raster(tmp_path / "in.tif", pixels.astype(np.float32))
    finer = {"terraloom:resolution_m": 2.0} if WARPING in steps else {}
    model = network(tmp_path / "m.onnx", *(() if asked is roads else (bands,)), **finer)
    run = NetworkRun((source,), str(model), tile_size=256, resume=True)
    interrupted, once = tmp_path / "interrupted", tmp_path / "once"
    interrupted.mkdir(), once.mkdir()
    for number, step in enumerate(steps):
        with monkeypatch.context() as patching, pytest.raises(CancelledError):
            interrupted_after(patching, module, step)
            run_resumed(*asked(run, interrupted), begun=number > 0)
        assert not any(path.is_file() for path in interrupted.iterdir())
    run_resumed(*asked(run, interrupted), begun=True)
    run_resumed(*asked(replace(run, resume=False), once), begun=False)
    names = sorted(path.name for path in once.iterdir())
    assert sorted(path.name for path in interrupted.iterdir()) == names
    for made in once.glob("*.tif"):
        np.testing.assert_array_equal(toys.read(interrupted / made.name).filled(), toys.read(made).filled())
