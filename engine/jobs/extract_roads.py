"""Extract roads: from an image to a network of centrelines that connect, with what was measured of each."""

from __future__ import annotations

from ..library.card import LINES, SEGMENTATION
from ..lines.line_map import make_line_map
from ..outcome import Outcome
from ..progress import Progress
from ..requests.extract_roads import ExtractRoads
from ..results.workspace import Workspace
from ..scene import Scene


def run(request: ExtractRoads, progress: Progress) -> Outcome:
    """Make the lines that the request asks for."""
    with Workspace(request.outputs, request.run.sources, request.run.resume) as workspace:
        with Scene(request.run, (LINES, SEGMENTATION), progress, asked=request) as scene:
            workspace.protect(scene.files)
            outcome = make_line_map(scene, request.targets, request.shaping, workspace, progress)
        workspace.finish(progress)
    return outcome
