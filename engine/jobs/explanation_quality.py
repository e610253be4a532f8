"""Judge an explanation: from places and methods to figures and a page that say how far the maps can be trusted."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import numpy as np

from .. import VERSION
from ..errors import InputError
from ..explanation.baseline import Baseline, called
from ..explanation.class_scores import ClassScores
from ..explanation.explainer import Explainer
from ..explanation.location import Location, find_location, tell_of_left_out
from ..explanation.prediction import check_question
from ..explanation.report import TITLES
from ..explanation.subject import TASKS, QuietScene, known_figures, what_was_asked
from ..explanation_quality.case import Maps, settle
from ..explanation_quality.judging import Judgement, judge, random_curve
from ..explanation_quality.randomisation import shuffled_copies
from ..explanation_quality.report import quality_page
from ..explanation_quality.summary import Summary
from ..images.sources import OF_ONE_INPUT
from ..images.urls import file_name
from ..network import Network
from ..outcome import Outcome
from ..progress import Progress, part_of
from ..requests.explain_prediction import Method
from ..requests.explanation_quality import DELETION, INSERTION, RANDOMISATION, ExplanationQuality
from ..results.workspace import Workspace
from ..scene import Scene
from ..sensors.common_ground import ALL_THAT_IS_SHOWN
from ..sensors.sensor_run import as_model_reads, told_by_sensor

WRITTEN = 0.98
"""Where the progress bar stands when all is judged."""


def run(request: ExplanationQuality, progress: Progress) -> Outcome:
    """Judge what the request asks for, and write it."""
    with ExitStack() as stack, Workspace(request.outputs, request.sources) as workspace:
        progress = stack.enter_context(told_by_sensor(request.run, request.sar_unit, progress))
        request = replace(request, run=as_model_reads(request.run, request.sar_unit, progress))
        ground = ALL_THAT_IS_SHOWN if request.sar_unit else OF_ONE_INPUT
        with QuietScene(request.run, TASKS, progress, ground=ground) as scene:
            workspace.protect(scene.files)
            check_question(request.question, scene.card)
            location = find_location(request.question.place, scene.grid, scene.result_grid.crs)
            places = location.each()
            tell_of_left_out(location, progress)
            found = _judge_all(request, scene, places, workspace, progress)
            scene.check_unchanged()
            scene.release()
            settings = _settings(request, scene)
        summaries = [Summary(method.name, each) for method, each in zip(request.methods, found)]
        _tell(summaries, progress)
        left_out = location.left_out + len(places) - len(found[0])
        if request.targets.metrics:
            text = json.dumps(_document(request, scene, summaries, left_out), indent=2, ensure_ascii=False) + "\n"
            workspace.place(request.targets.metrics).write_text(text, encoding="utf-8")
        if request.targets.report:
            html = quality_page(summaries, request.measures, settings, left_out)
            workspace.place(request.targets.report).write_text(html, encoding="utf-8")
        workspace.finish(progress)
    means = summaries[0].means
    figures = {name: mean.value for name, mean in means.items()}
    return Outcome(request.targets.made, {"places": len(found[0]), **known_figures(figures)})


def _judge_all(
    request: ExplanationQuality, scene: Scene, places: tuple[Location, ...], workspace: Workspace, progress: Progress
) -> list[list[Judgement]]:
    """What is found of each method at each place where there is something to explain.

    Raises:
        InputError: There is none.
    """
    scratch = workspace.scratch(request.outputs[0], "shuffled.onnx")
    reads = ClassScores(scene.card, request.question.score)
    baseline = Baseline(request.methods[0], scene.sources)
    explainers = [_explainer(request, scene.network, reads, method) for method in request.methods]
    found: list[list[Judgement]] = [[] for _ in request.methods]
    refusals: list[InputError] = []
    seed = request.methods[0].seed
    is_ordered = bool({DELETION, INSERTION} & set(request.measures))
    with ExitStack() as stack:
        copies: list[Network] = []
        if RANDOMISATION in request.measures:
            copies = stack.enter_context(shuffled_copies(scene.network, request.run, scratch, seed))
        unordered = 0
        for turn, location in enumerate(places):
            told = part_of(progress.update, WRITTEN * turn / len(places), WRITTEN * (turn + 1) / len(places))
            number = int(location.numbers[0])
            try:
                readings = reads, baseline, explainers[0]
                case = settle(scene, request.question, request.methods, number, location, readings, progress)
                maps = [Maps(case, explainer, method) for method, explainer in zip(request.methods, explainers)]
            except InputError as error:  # one place of many without data, without the class, or too large
                refusals.append(error)
                continue
            random = random_curve(case, seed, part_of(told, 0, 0.1)) if is_ordered else np.empty(0)
            unordered += is_ordered and not len(random)
            for place, of_method in enumerate(maps):
                share = part_of(told, 0.1 + 0.9 * place / len(maps), 0.1 + 0.9 * (place + 1) / len(maps))
                found[place].append(judge(of_method, request.measures, copies, random, seed, share))
    if not found[0]:
        raise refusals[0]
    if unordered:
        progress.warn(
            "What was asked for of {measures} cannot be told at {count} of {all} places: so little of the image "
            "matters there that it cannot be taken away piece by piece.",
            measures=" and ".join(each for each in (DELETION, INSERTION) if each in request.measures),
            count=unordered,
            all=len(places),
        )
    if refusals:
        progress.warn(
            "Left out, since they cannot be explained: {count} of {all} places. The first: {reason}",
            count=len(refusals),
            all=len(places),
            reason=str(refusals[0]),
        )
    return found


def _explainer(request: ExplanationQuality, network: Network, reads: ClassScores, method: Method) -> Explainer:
    return Explainer(network, reads, method, request.run.device, request.run.threads)


def _tell(summaries: list[Summary], progress: Progress) -> None:
    """Say of each method how it came out."""
    for each in summaries:
        means = each.means
        if each.fails:
            progress.warn(
                "{method} fails: with random weights in the network its maps are much the same (randomisation "
                "{score:.2f}, fails at 0.5 or less). They show the image or the network's build rather than what the "
                "network has learnt.",
                method=TITLES[each.method],
                score=means["randomisation"].value,
            )
        for measure in (DELETION, INSERTION):
            area, gain = means[f"{measure}_auc"], means[f"{measure}_gain"]
            if area.places:
                progress.log(
                    "{method}: {measure} {area:.3f}, better than random orders by {gain:.3f} (places: {count}).",
                    method=TITLES[each.method],
                    measure=measure,
                    area=area.value,
                    gain=gain.value,
                    count=area.places,
                )


def _document(request: ExplanationQuality, scene: Scene, summaries: list[Summary], left_out: int) -> dict[str, Any]:
    """The figures, in JSON's terms."""
    method = request.methods[0]
    return {
        "software": f"Terraloom {VERSION}",
        "model": scene.card.model_id,
        "model_sha256": scene.network.sha256,
        "image": _images(request),
        "score": request.question.score,
        "baseline": method.baseline,
        "baseline_value": method.baseline_value,
        "seed": method.seed,
        "measures": list(request.measures),
        "places_left_out": left_out,
        "methods": [each.document for each in summaries],
    }


def _images(request: ExplanationQuality) -> list[str]:
    """Names of the files of all inputs."""
    run = request.run
    return [file_name(file) for given in (run.inputs, *run.further_inputs) for file in given]


def _settings(request: ExplanationQuality, scene: Scene) -> list[tuple[str, str]]:
    """What the result depends on, for the page."""
    method, card = request.methods[0], scene.card
    asked = [each.samples for each in request.methods if each.samples]
    windows = [each.window_px for each in request.methods if each.window_px]
    return [
        ("Model", f"{card.title} ({card.model_id})"),
        ("Image", ", ".join(_images(request))),
        ("Methods (METHOD)", ", ".join(TITLES[each.name] for each in request.methods)),
        *what_was_asked(request.question, ClassScores(card, request.question.score), request.methods, request.sar_unit),
        ("Baseline (BASELINE)", called(method)),
        ("Evaluations or steps (SAMPLES)", str(asked[0]) if asked else "automatic"),
        ("Windows (WINDOW)", f"{windows[0]} px" if windows else "automatic"),
        ("Chance (SEED)", str(method.seed)),
        ("Network", f"{scene.network.provider}, {scene.network.precision}"),
    ]
