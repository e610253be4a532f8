"""Explains a place and writes what was found: raster, table and page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..pages.page_pictures import Shown, colours_of, picture
from ..phrases import Phrase
from ..progress import Progress, Told, part_of
from ..requests.explain_prediction import (
    ABLATION,
    CUT,
    GRAD_CAM,
    GRADIENT_SHAP,
    LIME,
    OCCLUSION,
    SALIENCY,
    SHAP,
    Method,
)
from ..results.outputs import finish_attributions
from ..results.tags import EXPLAINED_CLASS, FEATURES
from ..results.workspace import Workspace
from ..tiles.mosaic import Layer, create
from . import checks
from .attribution import Attribution
from .checks import Check
from .explainer import Explainer
from .importance import BLOCK_PX, Importance, drawn_anew, from_losses, from_maps, write_importance
from .location import Location, find_location, tell_of_left_out
from .near import TOLERANCE, Near, find_near, whole_of
from .pictures import focus, overlaid, shown_channels
from .prediction import Prediction, check_question, predict_at
from .randomised_check import check_randomised
from .report import Told as Page
from .report import explanation_page
from .settings import Effort, effort_of, effort_of_check, is_checked_as_it_is
from .subject import Subject, known_figures, tell_checks
from .tile_sum import names_of, usual_largest

FOUND, EXPLAINED, COUNTED, CHECKED = 0.05, 0.6, 0.7, 0.95
"""Where the progress bar stands when it is known what is explained, when it is, when bands are counted, and checked."""

LITTLE = 0.1
"""Where the score changes by less than this share of itself, there is little to explain."""

SQUARES = {OCCLUSION: "windows", ABLATION: "blocks"}
"""What a map consists of, as it is drawn anew; of other methods squares of pixels."""

AS_A_WHOLE = "each band was replaced once, as a whole, which leaves nothing to chance"
NONE_DRAWN = "no combination of superpixels was drawn by chance"
DRAWN_ONCE = "samples are drawn once for all bands: another SEED shows what chance does"
"""Why there are no intervals of bands, or what they do not hold."""


@dataclass(frozen=True)
class _Found:
    """What was found at a place."""

    prediction: Prediction
    attribution: Attribution
    near: Near
    effort: Effort
    rows: list[Importance]
    checks: list[Check]
    nothing_score: float
    similarity: float
    location: Location

    @property
    def hardly_differs(self) -> bool:
        """Whether the score is much the same without what is seen, so that there is little to explain."""
        return abs(self.prediction.score - self.nothing_score) < LITTLE * abs(self.prediction.score)

    @property
    def caution_of_little(self) -> Phrase:
        """What that means for the attribution."""
        values = {
            "name": self.prediction.name,
            "without": _digits(self.nothing_score),
            "score": _digits(self.prediction.score),
        }
        if self.nothing_score > self.prediction.score:
            return Phrase(
                "With all that is seen replaced, {name} even has {without} instead of {score}. The attribution tells "
                "how so small a difference is shared out; another BASELINE may tell more.",
                **values,
            )
        return Phrase(
            "With all that is seen replaced, {name} still has {without} of {score}. The attribution tells how so small "
            "a difference is shared out; another BASELINE may tell more.",
            **values,
        )


def explain_place_of(subject: Subject, workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Explain the place of a request and write what it asks for; gives the figures."""
    request, scene = subject.request, subject.scene
    check_question(request.question, scene.card)
    location = find_location(request.question.place, scene.grid, scene.result_grid.crs)
    tell_of_left_out(location, progress)
    prediction = predict_at(scene, request.question, request.methods, location, subject.reads, progress)
    progress.log(
        "{name} is explained, {score} on average over {count} pixels; the network sees {rows} x {cols} px of them.",
        name=prediction.name,
        score=_digits(prediction.score),
        count=len(prediction.target),
        rows=prediction.view.image.shape[1],
        cols=prediction.view.image.shape[2],
    )
    if prediction.predicted < len(prediction.target):
        progress.log(
            "{count} of {all} pixels are predicted as {name}; its score is summed over all of them.",
            count=prediction.predicted,
            all=len(prediction.target),
            name=prediction.name,
        )
    found = _explain(subject, prediction, location, workspace, progress)
    tell_checks(found.checks, progress)
    if found.hardly_differs:
        progress.warn("{caution}", caution=found.caution_of_little)
    targets = request.targets
    if targets.output:
        _write_raster(subject, found, workspace)
    if targets.table:
        write_importance(workspace.place(targets.table), found.rows, subject.tags)
    if targets.report:
        workspace.place(targets.report).write_text(explanation_page(_page(subject, found)), encoding="utf-8")
    best = max(found.rows[: len(subject.channels)], key=lambda row: row.share)
    return known_figures(
        {
            "explained_class": prediction.name,
            "explained_score": prediction.score,
            "baseline_score": found.nothing_score,
            "delta": found.attribution.delta,
            "similarity": found.similarity,
            "first_band": best.group.name,
            "first_share": best.share,
        }
    )


def _explain(
    subject: Subject, prediction: Prediction, location: Location, workspace: Workspace, progress: Progress
) -> _Found:
    """Explain, count the bands, and check."""
    request, view, target = subject.request, prediction.view, prediction.target
    method, image = request.method, prediction.view.image
    explainer = subject.explainer(subject.scene.network)
    nothing, told = view.without(subject.baseline), progress.update

    near = whole_of(prediction.region)
    if method.name in CUT and not method.window_px:
        near = find_near(explainer.scores(target), image, nothing, prediction.region, part_of(told, 0, FOUND))
    effort = effort_of(method, *near.shape, len(image))
    attribution = explainer.explain(image, nothing, target, near, effort, part_of(told, FOUND, EXPLAINED))
    shown = explainer.magnitudes(attribution)
    rows = _count(subject, explainer, prediction, shown, effort, nothing, part_of(told, EXPLAINED, COUNTED))
    whole, without = (explainer.score(each, target) for each in (image, np.ascontiguousarray(nothing)))
    found = [checks.completeness(attribution, whole - without), checks.fit(attribution)]
    alike = float("nan")
    if request.targets.report:
        checked = effort_of_check(method, effort, *near.shape)
        alike = check_randomised(
            explainer,
            request.run,
            workspace.scratch(request.targets.report, "shuffled.onnx"),
            (image, nothing, target, view.known),
            near,
            checked,
            method.seed,
            part_of(told, COUNTED, CHECKED),
            own=attribution if is_checked_as_it_is(method, effort, checked) else None,
        )
        found.append(checks.randomisation(alike))
    told_checks = [check for check in found if check is not None]
    return _Found(prediction, shown, near, effort, rows, told_checks, without / len(target), alike, location)


def _count(
    subject: Subject,
    explainer: Explainer,
    prediction: Prediction,
    shown: Attribution,
    effort: Effort,
    nothing: NDArray[np.float32],
    told: Told,
) -> list[Importance]:
    """How much each band, input and date counts."""
    view, method = prediction.view, subject.request.method
    if shown.bands is not None:
        repeats = shown.repeats
        if method.name not in (LIME, SHAP):  # these draw their samples anew
            repeats = drawn_anew(shown, view.known, effort.window_px or BLOCK_PX, method.seed)
        return from_maps(shown, view.known, subject.groups, repeats)
    channels = tuple(group.channels for group in subject.groups)
    return from_losses(explainer.ablate(view.image, nothing, prediction.target, channels, told), subject.groups)


def _write_raster(subject: Subject, found: _Found, workspace: Workspace) -> None:
    """Write the maps of the bands and their total, where the image shows something."""
    view, shown, target = found.prediction.view, found.attribution, subject.request.targets.output
    joint = shown.bands is None
    maps = shown.total[np.newaxis] if shown.bands is None else np.concatenate([shown.bands, shown.total[np.newaxis]])
    names = names_of([group.name for group in subject.groups[: len(subject.channels)]], joint)
    working = workspace.scratch(target, "attribution.working.tif")
    grid = subject.scene.grid.part(view.on_image)
    values = np.where(view.known, maps, np.nan)[:, view.place[0], view.place[1]].astype(np.float32)
    with create(Layer(working, names, "float32", np.nan), grid) as dataset:
        dataset.write(values)
    tags = {**subject.tags, EXPLAINED_CLASS: found.prediction.name}
    if shown.parts is not None and (shown.parts < 1).any():
        tags[FEATURES] = _counting(values[-1], shown.parts[view.place])
    is_signed, high = subject.request.method.name != SALIENCY, usual_largest(values[-1])
    finish_attributions(working, workspace.place(target), len(names), high, tags, is_signed)


def _counting(total: NDArray[np.float32], parts: NDArray[np.float32]) -> str:
    """By how much pixels of a value count, as a tag; features of the same value count alike.

    Of values in order that count alike only the last is told: each counts as the first that is told and not below it.
    """
    is_some = np.isfinite(total) & (total != 0)
    values, places = np.unique(total[is_some], return_inverse=True)
    weights = np.bincount(places, parts[is_some]) / np.bincount(places)
    told = [float(f"{weight:.6g}") for weight in weights]
    return json.dumps({str(value): own for value, own, after in zip(values, told, [*told[1:], None]) if own != after})


def _page(subject: Subject, found: _Found) -> Page:
    """What the page tells."""
    prediction, shown, method = found.prediction, found.attribution, subject.request.method
    view = prediction.view
    high = usual_largest(np.where(view.known, shown.total, np.nan))
    rows, cols = focus(np.where(view.known, shown.total, 0), prediction.region)
    bands = list(shown_channels(subject.channels))
    photograph = colours_of(view.image[bands][:, rows, cols], view.known[rows, cols])
    region = prediction.region[rows, cols]
    attribution = np.where(view.known, shown.total, 0)[rows, cols]
    alone = overlaid(np.full_like(photograph, 255), attribution, high)
    width_m, height_m = _pixel_m(subject)
    extent = f"{rows.stop - rows.start} x {cols.stop - cols.start} px"
    if width_m:
        extent += f" ({(rows.stop - rows.start) * height_m:.0f} x {(cols.stop - cols.start) * width_m:.0f} m)"
    pictures = [
        Shown(picture(photograph, region, "The image"), f"The image, {extent}; outlined: what is explained"),
        Shown(picture(overlaid(photograph, attribution, high), region, "Attribution over the image"), subject.title),
        Shown(picture(alone, None, "Attribution"), "The same without the image"),
    ]
    others = sorted(enumerate(prediction.scores), key=lambda pair: -pair[1])[:3]
    second = ", ".join(f"{subject.reads.names[number]} {_digits(score)}" for number, score in others)
    facts = dict(shown.facts)
    if found.near.beyond or found.near.shape != view.image.shape[1:]:
        facts["Looked at"] = (
            f"{found.near.shape[0]} x {found.near.shape[1]} px; what lies farther changes the score by "
            f"{100 * found.near.beyond:.1f} % of what the whole image does, as long as these are there"
        )
        if method.name == SHAP:
            facts["What lies farther"] = f"adds {shown.rest:.3g} to the score, which no picture shows"
    over, not_drawn = _intervals(method, found)
    outlined = "outlined in the picture"
    if prediction.predicted < len(prediction.target):
        outlined += f"; {prediction.predicted:,} of them are predicted as {prediction.name}"
    return Page(
        title=f"Why {prediction.name}?",
        method=method.name,
        figures=[
            (prediction.name, _digits(prediction.score), f"{subject.reads.called}; {second}"),
            ("Baseline", _digits(found.nothing_score), "what is left when all is replaced"),
            ("Pixels explained", f"{len(prediction.target):,}", outlined),
        ],
        cautions=_cautions(method, found),
        pictures=pictures,
        rows=found.rows,
        checks=found.checks,
        settings=subject.settings(found.effort, facts, f"{shown.asked}" if shown.asked else ""),
        over=over,
        not_drawn=not_drawn,
    )


def _cautions(method: Method, found: _Found) -> list[str]:
    """What a reader should know first."""
    said, shown = [], found.attribution
    if np.isfinite(shown.spread):
        each = "pixels" if shown.parts is None else "superpixels"
        said.append(f"Attributions of {each} are known to ± {shown.spread:.2g} (95 %, mean over them).")
    if method.name == GRAD_CAM:
        said.append("Grad-CAM says where features of a layer are; it is coarse by nature.")
    if found.hardly_differs:
        said.append(found.caution_of_little)
    difference = (found.prediction.score - found.nothing_score) * len(found.prediction.target)
    if abs(shown.rest) > TOLERANCE * abs(difference):
        said.append(
            f"What lies farther than what was looked at adds {shown.rest:.3g} of {difference:.3g}, which no picture "
            "shows. With a WINDOW all that the network sees is looked at."
        )
    if found.location.outside:
        said.append(f"Places left out, since they lie outside the image: {found.location.outside}.")
    if found.location.shapeless:
        said.append(
            f"Places left out, since they hold neither points nor polygons: {found.location.shapeless} (without a "
            f"geometry: {found.location.unusable.missing}, with a broken one: {found.location.unusable.broken})."
        )
    return said


def _intervals(method: Method, found: _Found) -> tuple[str, str]:
    """What intervals of bands are drawn over; or, where that is empty, why there are none."""
    if found.attribution.bands is None:
        return "", AS_A_WHOLE
    if method.name in (LIME, SHAP):
        return ("samples drawn anew", "") if found.attribution.repeats.size else ("", NONE_DRAWN)
    squares = SQUARES.get(method.name, f"squares of {BLOCK_PX} px")
    if not any(np.isfinite(row.low) for row in found.rows):
        return "", f"what counts lies in too few {squares}"
    more = f"; {DRAWN_ONCE}" if method.name == GRADIENT_SHAP else ""
    return f"{squares} of this place, drawn anew: they tell how much shares hang on single {squares}{more}", ""


def _pixel_m(subject: Subject) -> tuple[float, float]:
    """Width and height of a pixel on the ground; 0 where there is no ground."""
    return subject.scene.grid.pixel_m or (0.0, 0.0)


def _digits(score: float) -> str:
    """A score by three digits that tell something, since values of a regression may have any size."""
    return f"{score:.3g}" if abs(score) < 1000 else f"{score:,.0f}"
