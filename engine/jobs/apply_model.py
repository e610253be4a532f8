"""Apply a model: from an image to what the model says of it: classes, values, a finer image, or objects."""

from __future__ import annotations

from ..class_map import make_class_map
from ..detection.detection_map import make_detections
from ..errors import ModelError
from ..library.card import DETECTION, REGRESSION, SEGMENTATION, SUPER_RESOLUTION
from ..outcome import Outcome
from ..progress import Progress
from ..requests.apply_model import ApplyModel
from ..results.workspace import Workspace
from ..scene import Scene
from ..value_map import make_value_map

GIVES = {REGRESSION: "output", SUPER_RESOLUTION: "output", DETECTION: "polygons"}
"""The one result of models that make no class map."""


def run(request: ApplyModel, progress: Progress) -> Outcome:
    """Make the map that the request asks for."""
    with Workspace(request.outputs, request.run.sources, request.run.resume) as workspace:
        with Scene(request.run, (SEGMENTATION, *GIVES), progress, asked=request) as scene:
            workspace.protect(scene.files)
            request.generalisation.check_task(scene.card)
            gives = GIVES.get(scene.card.task)
            if gives and request.targets.made.keys() != {gives}:
                raise ModelError(
                    "{model} is a model for {task}: it gives {result} only. Ask for that and leave the other outputs "
                    "empty.",
                    model=scene.card.model_id,
                    task=scene.card.task,
                    result=gives.upper(),
                )
            if scene.card.task == SEGMENTATION:
                outcome = make_class_map(scene, request.targets, workspace, progress, request.generalisation)
            elif scene.card.task == DETECTION:
                outcome = make_detections(scene, request.targets.polygons, workspace, progress)
            else:
                outcome = make_value_map(scene, request.targets.output, workspace, progress)
        workspace.finish(progress)
    return outcome
