"""Estimate uncertainty: from an image and one model or several to a map of how unsure they are, and a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ModelError
from ..familiarity.plausibility import unfamiliar_share
from ..images.sources import OF_ONE_INPUT
from ..legend import NODATA, Legend
from ..library.card import LINES, SEGMENTATION
from ..library.dropout import has_dropout, no_dropout
from ..memory.memory_plan import MOST_MB
from ..network import Network
from ..outcome import Outcome
from ..pages.page_pictures import Shown
from ..phrases import Phrase
from ..prediction import bring_to_result_grid, predict
from ..progress import Progress
from ..requests.estimate_uncertainty import MC_DROPOUT, TTA, EstimateUncertainty
from ..results.journal import let_go
from ..results.outputs import finish_measurements
from ..results.workspace import Workspace
from ..scene import Scene
from ..sensors.common_ground import ALL_THAT_IS_SHOWN
from ..sensors.inputs import warn_of_gaps
from ..sensors.sensor_run import as_model_reads, told_by_sensor
from ..tiles.mosaic import Layer
from ..uncertainty.aurc_interval import AurcInterval
from ..uncertainty.decoder import CONFIDENCE, ENTROPY, MUTUAL_INFORMATION, UncertaintyDecoder, band_names
from ..uncertainty.map_pictures import draw_map
from ..uncertainty.members import Members, Turning, probabilities_of
from ..uncertainty.summary import Summary, sum_up
from ..uncertainty.truth import Judged, OpenTruth
from ..uncertainty.uncertainty_report import Estimate, uncertainty_page

TASKS = (SEGMENTATION, LINES)

ALL_TURNS = "rotations"
"""The turns that are members where the user names none."""

SUMMED, JUDGED, WRITTEN = 0.91, 0.93, 0.95
"""Progress when the map is summed up, judged, and written as it stays."""


def run(request: EstimateUncertainty, progress: Progress) -> Outcome:
    """Make the map and the report that the request asks for."""
    with Workspace(request.outputs, request.sources, request.run.resume) as workspace, ExitStack() as stack:
        progress = stack.enter_context(told_by_sensor(request.run, request.sar_unit, progress))
        run_as_read = as_model_reads(request.run, request.sar_unit, progress)
        network_run = replace(run_as_read, turns="none")  # members turn the tiles themselves
        ground = ALL_THAT_IS_SHOWN if request.sar_unit else OF_ONE_INPUT
        gather = partial(_gather, request, progress)
        with Scene(network_run, TASKS, progress, gather, ground=ground, asked=request) as scene:
            workspace.protect(scene.files)
            if request.sar_unit:
                warn_of_gaps(scene, progress)
            legend = scene.card.legend
            if legend is None:
                raise ValueError("a segmentation without classes")
            truth = None
            if request.truth.path:
                truth = OpenTruth(request.truth, legend, scene.result_grid, workspace, stack, progress)
            outcome = _estimate(request, scene, legend, truth, workspace, progress)
        workspace.finish(progress)
    return outcome


def _gather(request: EstimateUncertainty, progress: Progress, first: Network) -> Members:
    """Who is asked about each tile.

    Raises:
        ModelError: The models do not suit each other, or the method.
    """
    run = request.run
    if not request.several and first.card.output.class_numbers:
        raise ModelError(
            "{model} chooses the class itself and tells no probabilities, so that it always seems sure. Choose METHOD "
            "tta or ensemble, which measure how its choices disagree.",
            model=first.card.model_id,
        )
    within = Turning(run.turns)
    if request.method == MC_DROPOUT:
        from ..learning.dropout_network import DropoutNetwork  # only here: torch takes long to import

        if not has_dropout(first.card):
            raise no_dropout(first.card)
        network = DropoutNetwork(first, run.device, run.threads, request.seed)
        manner = Phrase("{samples} draws from seed {seed}", samples=request.samples, seed=request.seed)
        return Members([network], network.draws(request.samples), within, _averaged(manner, run.turns))
    if request.method == TTA:
        turning = Turning(run.turns if run.turns != "none" else ALL_TURNS, apart=True)
        return Members(
            [first], [probabilities_of(first, first.card)], turning, Phrase("{kind} as members", kind=turning.kind)
        )
    thrifty = 0 < run.max_memory_mb < MOST_MB
    networks = [first] + [
        Network(Path(path), run.card, run.device, run.precision, run.threads, progress, thrifty)
        for path in request.further_models
    ]
    _check_different(networks)
    says = [probabilities_of(network, first.card) for network in networks]
    several = Phrase("{count} of {method}", count=len(networks), method=request.method)
    return Members(networks, says, within, _averaged(several if request.several else Phrase("one model"), run.turns))


def _averaged(manner: Phrase, turns: str) -> Phrase:
    """How members come about whose turns are averaged."""
    return manner if turns == "none" else Phrase("{manner}, {turns} averaged", manner=manner, turns=turns)


def _check_different(networks: Sequence[Network]) -> None:
    """Refuse a file that is given twice under two names: it would agree with itself.

    Raises:
        ModelError: It names both.
    """
    known: dict[str, Network] = {}
    for network in networks:
        same = known.setdefault(network.sha256, network)
        if same is not network:
            raise ModelError(
                "{first} and {second} are the same model, byte for byte, which can only agree with itself. An ensemble "
                "needs different models; choose each once.",
                first=str(same.path),
                second=str(network.path),
            )


@dataclass(frozen=True)
class _Made:
    """The rasters before they are kept: the bands of measures, and where it is needed the class of each pixel."""

    values: Path
    classes: Path | None


def _estimate(
    request: EstimateUncertainty,
    scene: Scene,
    legend: Legend,
    truth: OpenTruth | None,
    workspace: Workspace,
    progress: Progress,
) -> Outcome:
    """Predict, sum up, hold against the reference, and keep."""
    bands = band_names(request.several)
    if request.several:
        progress.log("Asked about each tile: {members}.", members=scene.asks.provider)
    unfamiliar = unfamiliar_share(scene, progress)
    layers = _plan_layers(request, bands, workspace)
    done = predict(scene, layers, UncertaintyDecoder(scene.card, legend, request.several), progress)
    layers = bring_to_result_grid(scene, layers, progress)
    scene.release()
    made = _Made(layers["values"].path, layers["classes"].path if "classes" in layers else None)
    summary = sum_up(made.values, bands, made.classes, legend, lambda: progress.update(SUMMED))
    judged = _judge(truth, made, bands, progress)
    figures = _figures(summary, judged)
    _tell(summary, judged, progress)
    if request.targets.report:
        pictures = _draw(scene, legend, made, bands, progress)
        estimate = Estimate(request, scene.card, legend, summary, judged, scene.asks.provider, unfamiliar, pictures)
        workspace.place(request.targets.report).write_text(uncertainty_page(estimate), encoding="utf-8")
    progress.update(WRITTEN)
    if request.targets.output:
        finish_measurements(made.values, workspace.place(request.targets.output), (0.0, 1.0), scene.provenance())
    for path in (made.values, made.classes):
        if path is not None:
            let_go(path)
    facts = {"model": scene.card.model_id, "provider": scene.asks.provider, **done.metrics, **figures}
    return Outcome(request.targets.made, facts if unfamiliar is None else {**facts, "unfamiliar_share": unfamiliar})


def _plan_layers(request: EstimateUncertainty, bands: tuple[str, ...], workspace: Workspace) -> Mapping[str, Layer]:
    """The rasters that must be computed, in hidden places; classes only where something is told by class."""
    beside = request.outputs[0]
    layers = {"values": Layer(workspace.scratch(beside, "values.working.tif"), bands, "float32", np.nan)}
    if request.targets.report or request.truth.path:
        layers["classes"] = Layer(workspace.scratch(beside, "classes.working.tif"), ("class",), "uint8", NODATA)
    return layers


def _judge(truth: OpenTruth | None, made: _Made, bands: tuple[str, ...], progress: Progress) -> Judged | None:
    """Hold the map against what is known, where something is."""
    if truth is None or made.classes is None:
        return None

    def share_done(done: float) -> None:
        progress.update(JUDGED + done * (WRITTEN - JUDGED))

    return truth.judge(made.values, bands, made.classes, share_done)


def _draw(scene: Scene, legend: Legend, made: _Made, bands: tuple[str, ...], progress: Progress) -> tuple[Shown, ...]:
    """Draw the image and the map for the page."""
    if made.classes is None:
        raise ValueError("a page without classes")
    return draw_map(scene, legend, made.values, bands, made.classes, lambda: progress.update(WRITTEN))


def _figures(summary: Summary, judged: Judged | None) -> dict[str, Any]:
    """What a model of the modeler may branch on; what is not known is left out."""
    means = {f"mean_{name.replace(' ', '_')}": summary.mean(name) for name in summary.bands if summary.pixels}
    curve = judged.curves.get(CONFIDENCE) if judged else None
    if judged is None or curve is None:
        return means
    interval = judged.intervals[CONFIDENCE]
    ends = {"aurc_low": interval.low, "aurc_high": interval.high} if interval.is_known else {}
    found = {"excess_aurc": curve.excess, "risk": curve.random, "compared": curve.pixels, "blocks": interval.blocks}
    return {**means, "aurc": curve.aurc, **ends, **found}


def _tell(summary: Summary, judged: Judged | None, progress: Progress) -> None:
    """Say what was found, and where nothing could be."""
    if not summary.pixels:
        progress.warn("The map holds no value: the image shows nothing there, or the network gives no number.")
        return
    progress.log(
        "Mean entropy {entropy:.3f} and mean confidence {confidence:.3f} over {pixels} pixels, both from 0 to 1.",
        entropy=summary.mean(ENTROPY),
        confidence=summary.mean(CONFIDENCE),
        pixels=summary.pixels,
    )
    if MUTUAL_INFORMATION in summary.bands:
        progress.log(
            "Mean mutual information {value:.4f}: that much of the entropy is disagreement.",
            value=summary.mean(MUTUAL_INFORMATION),
        )
    curve = judged.curves.get(CONFIDENCE) if judged else None
    if judged is not None and curve is not None:
        progress.log(
            "AURC {aurc:.4f} against {random:.4f} of a random order and {best:.4f} of a perfect one, from {pixels} "
            "pixels.",
            aurc=curve.aurc,
            random=curve.random,
            best=curve.best,
            pixels=curve.pixels,
        )
        _tell_interval(judged.intervals[CONFIDENCE], progress)
    elif judged is not None:
        progress.warn(
            "The map holds nothing at any of the {count} pixels whose class {reference} tells, so that no risk could "
            "be measured. Choose a reference that lies where the map does.",
            count=judged.unmapped,
            reference=judged.name,
        )


def _tell_interval(interval: AurcInterval, progress: Progress) -> None:
    """Say how certain AURC is."""
    if interval.is_known:
        progress.log(
            "AURC lies between {low:.4f} and {high:.4f} (95 %), from drawing {blocks} blocks of {side} px anew.",
            low=interval.low,
            high=interval.high,
            blocks=interval.blocks,
            side=interval.block_px,
        )
    elif interval.blocks < 2:
        progress.log(
            "How certain AURC is cannot be told: the reference lies within one block of ground of {side} px.",
            side=interval.block_px,
        )
    else:
        progress.log("How certain AURC is cannot be told: of the reference's pixels none is wrong, or each is.")
