"""Runs the job of `applymodel` as tests want it, and holds refusals to their promise."""

from pathlib import Path

import numpy as np
import pytest
from terraloom.engine.jobs import apply_model
from terraloom.engine.progress import Silent
from terraloom.engine.requests.apply_model import ApplyModel
from terraloom.engine.requests.class_map import ClassTargets
from terraloom.engine.requests.network_run import NetworkRun


def apply(tmp_path, model, *inputs, wants=("output",), progress=None, **run):
    """Run the job; the outputs lie in `tmp_path`, polygons and areas as GeoPackage."""
    endings = {"polygons": "gpkg", "areas": "gpkg"}
    targets = {name: str(tmp_path / f"{name}.{endings.get(name, 'tif')}") for name in wants}
    request = ApplyModel(NetworkRun(tuple(map(str, inputs)), str(model), **run), ClassTargets(**targets))
    outcome = apply_model.run(request, progress or Silent())
    assert outcome.outputs == targets
    return {name: Path(target) for name, target in targets.items()}


def one_hot(classes, count=3):
    """Bands that make `bands_as_classes` say these classes."""
    return (np.arange(count)[:, None, None] == classes).astype(np.float32) * 9


def refused(tmp_path, kind, words, model, *inputs, **run):
    """The job ends with a sentence of this kind and leaves nothing."""
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(kind, match=words):
        apply(tmp_path, model, *inputs, **run)
    assert sorted(tmp_path.rglob("*")) == before
