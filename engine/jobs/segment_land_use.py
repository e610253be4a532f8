"""Segment land use: from an image to a class map with areas and polygons."""

from __future__ import annotations

from ..class_map import make_class_map
from ..library.card import SEGMENTATION
from ..outcome import Outcome
from ..progress import Progress
from ..requests.segment_land_use import SegmentLandUse
from ..results.workspace import Workspace
from ..scene import Scene


def run(request: SegmentLandUse, progress: Progress) -> Outcome:
    """Make the map that the request asks for."""
    with Workspace(request.outputs, request.run.sources, request.run.resume) as workspace:
        with Scene(request.run, (SEGMENTATION,), progress, asked=request) as scene:
            workspace.protect(scene.files)
            outcome = make_class_map(scene, request.targets, workspace, progress, request.generalisation)
        workspace.finish(progress)
    return outcome
