"""Classify a time series: from the images of many dates to one class map."""

from __future__ import annotations

from ..class_map import make_class_map
from ..errors import ModelError
from ..library.card import SEGMENTATION, ModelCard
from ..outcome import Outcome
from ..progress import Progress
from ..requests.classify_time_series import ClassifyTimeSeries
from ..results.workspace import Workspace
from ..scene import Scene


def run(request: ClassifyTimeSeries, progress: Progress) -> Outcome:
    """Make the map that the request asks for."""
    with Workspace(request.outputs, request.run.sources, request.run.resume) as workspace:
        with Scene(request.run, (SEGMENTATION,), progress, asked=request) as scene:
            _check_reads_series(scene.card)
            workspace.protect(scene.files)
            outcome = make_class_map(scene, request.targets, workspace, progress, request.generalisation)
        workspace.finish(progress)
    return outcome


def _check_reads_series(card: ModelCard) -> None:
    """Refuse a model of single images, which would take the dates for parts of one mosaic.

    Raises:
        ModelError: It is one.
    """
    if not card.inputs[0].is_series:
        raise ModelError(
            "{model} reads single images, not a series of dates. Choose a model that was trained on time series, or "
            "run this one with 'Apply a model'.",
            model=card.model_id,
        )
