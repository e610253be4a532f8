"""Fuse SAR and optical: from images of several sensors and dates, whichever there are, to one class map."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..bands import choose_bands
from ..class_map import Generalisation, make_class_map
from ..foreign_cards import read_card
from ..library.card import SEGMENTATION, ModelCard
from ..outcome import Outcome
from ..progress import Progress
from ..radar_unit import to_model
from ..rasters import Rasters
from ..requests.fuse_sar_optical import RADAR, FuseSarOptical
from ..requests.network_run import NetworkRun
from ..scene import Scene
from ..sensors import in_order_of, warn_of_days, warn_of_gaps
from ..workspace import Workspace


def run(request: FuseSarOptical, progress: Progress) -> Outcome:
    """Make the map that the request asks for."""
    generalisation = Generalisation(request.min_area_m2, request.smooth_m)
    with Workspace(request.outputs, request.run.sources, request.run.resume) as workspace:
        card = read_card(Path(request.run.model), request.run.card)
        network_run = _with_units(in_order_of(card, request), card, request.sar_unit, progress)
        warn_of_days(request, progress)
        with Scene(network_run, (SEGMENTATION,), progress) as scene:
            workspace.protect(scene.files)
            warn_of_gaps(scene, progress)
            outcome = make_class_map(scene, request.targets, workspace, progress, generalisation)
        progress.update(1.0)  # the last moment to cancel: from here on the results are the user's
        workspace.publish()
    return outcome


def _with_units(run: NetworkRun, card: ModelCard, unit: str, progress: Progress) -> NetworkRun:
    """The run with a SCALE for each radar image whose values are no model's own, unless the user gave one."""
    for number, (files, wants) in enumerate(zip((run.inputs, *run.further_inputs), card.inputs), start=1):
        if not files or wants.name not in RADAR or any(scale.input == number for scale in run.scale):
            continue
        choices = [choice for choice in run.bands if choice.input == number]
        with Rasters(files) as rasters:
            sample = rasters.sample(choose_bands(rasters, wants, choices, number))
        run = replace(run, scale=(*run.scale, *to_model(sample, unit, wants, number, progress)))
    return run
