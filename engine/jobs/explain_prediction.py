"""Explain a prediction: from a place or an extent to what decided there, as a raster, a table and a page."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

from ..explanation.baseline import Baseline
from ..explanation.channels import band_groups, channels_of, joint_groups, marked_absent
from ..explanation.class_scores import ClassScores
from ..explanation.extent_results import explain_extent_of
from ..explanation.place_results import explain_place_of
from ..explanation.subject import TASKS, QuietScene, Subject
from ..images.sources import OF_ONE_INPUT
from ..outcome import Outcome
from ..progress import Progress
from ..requests.explain_prediction import ExplainPrediction
from ..results.workspace import Workspace
from ..sensors.common_ground import ALL_THAT_IS_SHOWN
from ..sensors.sensor_run import as_model_reads, told_by_sensor


def run(request: ExplainPrediction, progress: Progress) -> Outcome:
    """Explain what the request asks for, and write it."""
    with ExitStack() as stack, Workspace(request.outputs, request.sources) as workspace:
        progress = stack.enter_context(told_by_sensor(request.run, request.sar_unit, progress))
        asked, request = request, replace(request, run=as_model_reads(request.run, request.sar_unit, progress))
        ground = ALL_THAT_IS_SHOWN if request.sar_unit else OF_ONE_INPUT
        with QuietScene(request.run, TASKS, progress, ground=ground, asked=asked) as scene:
            workspace.protect(scene.files)
            channels = channels_of(scene.card)
            absent = {source.wants.name for source in scene.sources if not source.is_there}
            subject = Subject(
                request=request,
                scene=scene,
                reads=ClassScores(scene.card, request.question.score),
                channels=channels,
                groups=marked_absent((*band_groups(channels), *joint_groups(channels)), channels, absent),
                baseline=Baseline(request.method, scene.sources),
                tags=scene.provenance(),
            )
            explain = explain_place_of if request.question.place.is_given else explain_extent_of
            metrics = explain(subject, workspace, progress)
            scene.check_unchanged()
            scene.release()
        workspace.finish(progress)
    return Outcome(request.targets.made, metrics)
