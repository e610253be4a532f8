"""Fuse SAR and optical: from images of several sensors and dates, whichever there are, to one class map."""

from __future__ import annotations

from pathlib import Path

from ..cards.foreign_cards import read_card
from ..class_map import make_class_map
from ..library.card import SEGMENTATION
from ..outcome import Outcome
from ..progress import Progress
from ..requests.fuse_sar_optical import SENSORS, FuseSarOptical
from ..results.workspace import Workspace
from ..scene import Scene
from ..sensors.advised import advised, as_sensors
from ..sensors.common_ground import ALL_THAT_IS_SHOWN
from ..sensors.inputs import in_order_of, warn_of_days, warn_of_gaps, warn_of_no_before
from ..sensors.sensor_values import with_values


def run(request: FuseSarOptical, progress: Progress) -> Outcome:
    """Make the map that the request asks for."""
    with Workspace(request.outputs, request.run.sources, request.run.resume) as workspace:
        card = read_card(Path(request.run.model), request.run.card)
        with advised(as_sensors(card), progress, SENSORS) as telling:
            network_run = with_values(in_order_of(card, request), card, request.sar_unit, telling)
            warn_of_days(request, telling)
            with Scene(network_run, (SEGMENTATION,), telling, ground=ALL_THAT_IS_SHOWN, asked=request) as scene:
                workspace.protect(scene.files)
                warn_of_gaps(scene, telling)
                warn_of_no_before(scene, telling)
                outcome = make_class_map(scene, request.targets, workspace, telling, request.generalisation)
        workspace.finish(progress)
    return outcome
