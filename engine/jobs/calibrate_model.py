"""Calibrate a model: from training chips that it has not learnt from to a temperature in its card, tested elsewhere."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..cards.card_in_file import copy_with_card
from ..chips.chip_scores import ChipScores, score_chips
from ..chips.chip_set import MANIFEST, Chip, ChipSet
from ..classes.class_names import ClassNames
from ..decoding import ClassDecoder
from ..errors import InputError, ModelError
from ..legend import Legend
from ..library.card import SEGMENTATION, ModelCard
from ..network import Network
from ..outcome import Outcome
from ..progress import Progress
from ..requests.calibrate_model import CalibrateModel
from ..requests.card_fields import CardFields
from ..results.workspace import Workspace
from ..verification.calibration import (
    Reliability,
    class_errors,
    fit_temperature,
    is_at_edge,
    leaves_no_doubt,
    reliability,
)
from ..verification.calibration_report import ACROSS, APART, Calibration, calibration_page
from ..verification.reference import classes_of_values, tell_of_numbers

MOST_PIXELS = 500_000
"""Labelled pixels of a split that are used; more change nothing but the time."""


@dataclass(frozen=True)
class Tested:
    """A temperature, and scores before and after it on pixels that it was not fitted on.

    The old temperature is kept where the network is right on all pixels, which would make it sure of all others too.
    """

    temperature: float
    kept: bool
    before: ChipScores
    after: ChipScores
    way: str
    splits: tuple[str, ...]
    fitted_pixels: int


def run(request: CalibrateModel, progress: Progress) -> Outcome:
    """Fit the temperature, test it on other ground, and write what the request asks for."""
    model = Path(request.model)
    chips = ChipSet.from_folder(Path(request.chips))
    with Workspace(request.outputs, (request.model, str(chips.folder / MANIFEST))) as workspace:
        network = Network(model, CardFields(), "cpu", "auto", request.threads, progress)
        legend = _check(network.card, chips)
        tested = _fit(network, chips, _place_of(chips, legend, progress), progress)
        found = _measure(tested, network.card, legend, chips)
        for caution in found.cautions:
            progress.warn("{caution}", caution=caution)
        if request.output:
            document = _with_temperature(network, tested, found, chips)
            copy_with_card(model, document, workspace.place(request.output))
        if request.report:
            workspace.place(request.report).write_text(calibration_page(found), encoding="utf-8")
        workspace.finish(progress)
    progress.log(
        "Temperature {temperature:.3f}: calibration error {before:.2%} before, {after:.2%} after; negative "
        "log-likelihood {nll_before:.4f} before, {nll_after:.4f} after.",
        temperature=found.temperature,
        before=found.before.error,
        after=found.after.error,
        nll_before=found.before.nll,
        nll_after=found.after.nll,
    )
    if request.output and tested.kept:
        progress.log("The temperature is kept, so {path} is a copy of the model.", path=request.output)
    elif request.output:
        progress.log(
            "The calibrated model is a file of its own, {path}. Give it as MODEL_FILE, or put it among your models "
            "with “Import a model”.",
            path=request.output,
        )
    named = {"output": request.output, "report": request.report}
    return Outcome({name: path for name, path in named.items() if path}, found.figures)


def _check(card: ModelCard, chips: ChipSet) -> Legend:
    """Refuse what has no temperature; the classes of what has one."""
    if card.task != SEGMENTATION or card.legend is None:
        raise ModelError(
            "{model} is a model for {task}. This version calibrates segmentations only: choose one, or use the model "
            "as it is.",
            model=card.model_id,
            task=card.task,
        )
    if card.output.activation == "none":
        raise ModelError(
            "The network of {model} turns its scores into probabilities or classes itself, so no temperature can act "
            "on them. Export it without its last softmax or sigmoid, with ACTIVATION in its card.",
            model=card.model_id,
        )
    if card.output.activation == "sigmoid" and not card.output.lone:
        raise ModelError(
            "{model} scores each of its classes for itself (sigmoid). Only networks with a softmax, or with one "
            "channel under a sigmoid, can be calibrated.",
            model=card.model_id,
        )
    if chips.legend is None:
        raise InputError("The labels of {folder} are values. Choose chips of classes.", folder=str(chips.folder))
    return card.legend


def _place_of(chips: ChipSet, legend: Legend, progress: Progress) -> Callable[[int], int | None]:
    """What says which of the network's classes a class value of the chips is: by name, or by number."""
    own = ClassNames({entry.value: entry.name for entry in chips.legend.entries} if chips.legend else {}, {})
    theirs = ClassNames(dict(zip(legend.values, legend.names)), {})
    tell_of_numbers(own, theirs, progress)
    value_of = classes_of_values(own, theirs)
    places = {value: place for place, value in enumerate(legend.values)}

    def place_of(value: int) -> int | None:
        meant = value_of(value)
        return None if meant is None else places[meant]

    return place_of


def _fit(network: Network, chips: ChipSet, place_of: Callable[[int], int | None], progress: Progress) -> Tested:
    """Fit on the validation chips and test on the test chips; with one split only, on either half of its blocks."""
    old = network.card.output.temperature
    held = {split: _labelled(chips.of(split)) for split in ("validation", "test", "train")}
    if held["validation"] and held["test"]:
        progress.log("The temperature is fitted on the validation chips and tested on the test chips.")
        fitted = score_chips(network, chips, held["validation"], place_of, MOST_PIXELS, progress, (0.0, 0.5))
        other = score_chips(network, chips, held["test"], place_of, MOST_PIXELS, progress, (0.5, 0.95))
        best = fit_temperature(fitted.scores, fitted.labels)
        new = _usable(best, old)
        splits = "validation", "test"
        return Tested(
            new, leaves_no_doubt(best), _divided(other, old), _divided(other, new), APART, splits, len(fitted)
        )
    split = next((name for name, members in held.items() if members), None)
    if split is None:
        raise InputError("The chips in {folder} hold no labelled pixel.", folder=str(chips.folder))
    scores = score_chips(network, chips, held[split], place_of, MOST_PIXELS, progress, (0.0, 0.95))
    second = _halves(scores.blocks)
    if second.all() or not second.any():
        raise InputError(
            "All labelled {split} chips lie in one block of ground, so the temperature could not be tested on other "
            "ground. Make chips with smaller or more blocks.",
            split=split,
        )
    progress.log(
        "There is one split to work with ({split}): the temperature is fitted on half of its blocks and tested on the "
        "other, and the other way round.",
        split=split,
    )
    temperatures = np.empty(len(scores), np.float32)
    for half in (second, ~second):
        temperatures[half] = _usable(fit_temperature(scores.scores[~half], scores.labels[~half]), old)
    best = fit_temperature(scores.scores, scores.labels)
    return Tested(
        _usable(best, old),
        leaves_no_doubt(best),
        _divided(scores, old),
        _divided(scores, temperatures[:, np.newaxis]),
        ACROSS,
        (split,),
        len(scores),
    )


def _usable(best: float, old: float) -> float:
    """The best temperature, or the old one where it would leave no doubt at all."""
    return old if leaves_no_doubt(best) else best


def _labelled(chips: Sequence[Chip]) -> tuple[Chip, ...]:
    """The chips with labelled pixels."""
    return tuple(chip for chip in chips if sum(chip.pixels.values()))


def _halves(blocks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which pixels lie in the second half of the blocks, `(pixels,)`: whole blocks, as even in pixels as they allow."""
    numbers, counts = np.unique(blocks, return_counts=True)
    sizes = [0, 0]
    second = []
    for place in np.argsort(-counts, kind="stable"):
        half = int(sizes[1] < sizes[0])
        sizes[half] += int(counts[place])
        if half:
            second.append(numbers[place])
    return np.isin(blocks, second)


def _divided(scores: ChipScores, temperature: float | NDArray[np.float32]) -> ChipScores:
    """Scores divided by a temperature."""
    return ChipScores((scores.scores / temperature).astype(np.float32), scores.labels, scores.blocks)


def _measure(tested: Tested, card: ModelCard, legend: Legend, chips: ChipSet) -> Calibration:
    """Measure how far confidence and accuracy lie apart, before and after."""
    decoder = ClassDecoder(card.output.choosing, legend, ("classes", "confidence"), averaged=True)

    def measured(scores: ChipScores) -> Reliability:
        return reliability(scores.scores, scores.labels, scores.blocks, decoder)

    return Calibration(
        model=card.title,
        chips=chips.folder.name,
        old_temperature=card.output.temperature,
        temperature=tested.temperature,
        way=tested.way,
        splits=tested.splits,
        fitted_pixels=tested.fitted_pixels,
        before=measured(tested.before),
        after=measured(tested.after),
        names=legend.names,
        colours=tuple(entry.colour for entry in legend.entries),
        class_pixels=tuple(np.bincount(tested.before.labels, minlength=len(legend.names)).tolist()),
        class_errors_before=class_errors(tested.before.scores, tested.before.labels),
        class_errors_after=class_errors(tested.after.scores, tested.after.labels),
        at_edge=tested.kept or is_at_edge(tested.temperature),
        threshold=decoder.acting_threshold,
    )


def _with_temperature(network: Network, tested: Tested, found: Calibration, chips: ChipSet) -> dict[str, Any]:
    """The card with the temperature, if it is a new one, and what it rests on; of folders, their names only."""
    document: dict[str, Any] = copy.deepcopy(network.card.document)
    if tested.kept:
        return document
    document["properties"].update(
        {
            "terraloom:temperature": round(tested.temperature, 4),
            "terraloom:calibrated": {
                "from_sha256": network.sha256,
                "chips": chips.folder.resolve().name,
                "fitted_on": found.splits[0],
                "tested_on": found.splits[-1],
                "tested": tested.way,
                "pixels_fitted": found.fitted_pixels,
                "pixels_tested": found.after.pixels,
                **{name: round(value, 5) for name, value in found.figures.items() if not math.isnan(value)},
            },
        }
    )
    return document
