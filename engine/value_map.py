"""Turns a scene and a network of values, a regression or super-resolution, into a raster of them."""

from __future__ import annotations

import numpy as np
import rasterio

from .decoding import ValueDecoder
from .familiarity.plausibility import unfamiliar_share
from .library.card import SUPER_RESOLUTION
from .outcome import Outcome
from .prediction import NETWORK_SHARE, bring_to_result_grid, predict, warn_of_nothing
from .progress import Progress
from .results.outputs import finish_picture, finish_values
from .results.workspace import Workspace
from .scene import Scene
from .tiles.mosaic import Layer
from .tiles.strips import strips_of_dataset


def make_value_map(scene: Scene, target: str, workspace: Workspace, progress: Progress) -> Outcome:
    """Predict and keep: everything between an open scene and a file to publish."""
    unfamiliar = unfamiliar_share(scene, progress)
    names = scene.card.output.channels
    layers = {"values": Layer(workspace.scratch(target, "values.working.tif"), names, "float32", np.nan)}
    done = predict(scene, layers, ValueDecoder(scene.card.output), progress)
    scene.release()
    working = bring_to_result_grid(scene, layers, progress)["values"].path
    with rasterio.open(working) as dataset:
        strips = strips_of_dataset(dataset, lambda: progress.update(NETWORK_SHARE))
        is_empty = not any(np.isfinite(strip).any() for _, strip in strips)  # the first strip tells, nearly always
    is_picture = scene.card.task == SUPER_RESOLUTION and len(names) >= 3
    finish = finish_picture if is_picture else finish_values
    finish(working, workspace.place(target), scene.provenance())
    if is_empty:
        warn_of_nothing(progress)
    return Outcome(
        {"output": target},
        {
            "model": scene.card.model_id,
            "provider": scene.network.provider,
            **done.metrics,
            **({} if unfamiliar is None else {"unfamiliar_share": unfamiliar}),
        },
    )
