"""Apply a model: from an image to what the model says of it, classes or values."""

from __future__ import annotations

from ..class_map import Generalisation, make_class_map
from ..errors import ModelError
from ..library.card import REGRESSION, SEGMENTATION
from ..outcome import Outcome
from ..progress import Progress
from ..requests.apply_model import ApplyModel
from ..scene import Scene
from ..value_map import make_value_map
from ..workspace import Workspace


def run(request: ApplyModel, progress: Progress) -> Outcome:
    """Make the map that the request asks for."""
    with Workspace(request.outputs, request.run.sources) as workspace:
        with Scene(request.run, (SEGMENTATION, REGRESSION), progress) as scene:
            workspace.protect(scene.rasters.files)
            if scene.card.task == SEGMENTATION:
                outcome = make_class_map(scene, request.targets, workspace, progress, Generalisation())
            elif request.targets.made.keys() == {"output"}:
                outcome = make_value_map(scene, request.targets.output, workspace, progress)
            else:
                raise ModelError(
                    "{model} computes values, not classes: it gives OUTPUT only. Leave the other outputs empty.",
                    model=scene.card.model_id,
                )
        progress.update(1.0)  # the last moment to cancel: from here on the results are the user's
        workspace.publish()
    return outcome
