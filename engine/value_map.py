"""Turns a scene and a regression network into a raster of values."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio

from .decoding import ValueDecoder
from .mosaic import Layer
from .outcome import Outcome
from .outputs import finish_measurements
from .prediction import bring_to_result_grid, predict
from .progress import Progress
from .scene import Scene
from .workspace import Workspace

STYLE_SAMPLE_PX = 1024
"""The style's range comes from a thinned raster of at most this many rows and columns."""


def make_value_map(scene: Scene, target: str, workspace: Workspace, progress: Progress) -> Outcome:
    """Predict and keep: everything between an open scene and a file to publish."""
    names = scene.card.output.channels
    layers = {"values": Layer(workspace.scratch(target, "values.working.tif"), names, "float32", np.nan)}
    done = predict(scene, layers, ValueDecoder(scene.card.output), progress)
    working = bring_to_result_grid(scene, layers)["values"].path
    finish_measurements(working, workspace.place(target), _usual_range(working), scene.provenance)
    return Outcome(
        {"output": target},
        {
            "model": scene.card.model_id,
            "provider": scene.network.provider,
            **done.metrics,
        },
    )


def _usual_range(path: Path) -> tuple[float, float]:
    """The 2nd and 98th percentile of a raster, for its colour ramp."""
    with rasterio.open(path) as dataset:
        shape = tuple(min(size, STYLE_SAMPLE_PX) for size in dataset.shape)
        values = dataset.read(1, out_shape=shape)
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0, 1.0
    low, high = np.percentile(known, (2, 98))
    return float(low), float(max(high, low + 1e-6))
