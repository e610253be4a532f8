"""Apply a model: from an image to what the model says of it: classes, values, a finer image, or objects."""

from __future__ import annotations

from ..class_map import make_class_map
from ..detection.detection_map import make_detections
from ..library.card import DETECTION, SEGMENTATION
from ..outcome import Outcome
from ..progress import Progress
from ..requests.apply_model import GIVES, ApplyModel
from ..results.workspace import Workspace
from ..scene import Scene
from ..value_map import make_value_map


def run(request: ApplyModel, progress: Progress) -> Outcome:
    """Make the map that the request asks for."""
    with Workspace(request.outputs, request.run.sources, request.run.resume) as workspace:
        with Scene(request.run, (SEGMENTATION, *GIVES), progress, asked=request) as scene:
            workspace.protect(scene.files)
            targets = request.targets_of(scene.card)
            if targets.output != request.targets.output:
                progress.log("A detector makes no map: OUTPUT, which nobody named, is left out.")
            if scene.card.task == SEGMENTATION:
                outcome = make_class_map(scene, targets, workspace, progress, request.generalisation)
            elif scene.card.task == DETECTION:
                outcome = make_detections(scene, targets.polygons, workspace, progress, targets.areas)
            else:
                outcome = make_value_map(scene, targets.output, workspace, progress)
        workspace.finish(progress)
    return outcome
