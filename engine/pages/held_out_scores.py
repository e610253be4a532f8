"""Reads from a model card how good the model is on what it had not seen, in each form in which cards tell it.

Bundled models are scored place by place; models that a user trained, on one split of their training chips. A card comes
from outside, so whatever is missing or makes no sense is read as not told.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..verification.accuracy import Figure

MEAN = "mean"
"""Where `compared` holds the mean over all places."""

SPLITS = {
    "test": ("Test chips", "Scored on the test chips, which the network had never met."),
    "validation": (
        "Validation chips",
        "Scored on the validation chips, by which the best weights were chosen: the figures are rather too good.",
    ),
    "train": (
        "Training chips",
        "Scored on the chips that the network learnt from: the figures tell nothing about other places.",
    ),
}
"""What a split is called, and how far figures that were measured on it go."""

FOREST = "random forest on single pixels"
FOREST_KEY = "random_forest_"


@dataclass(frozen=True)
class Scores:
    """Figures of one place, or of several together; NaN where the card says nothing.

    Args:
        pixels: How many labelled pixels they rest on.
        overall_accuracy: Share that is right.
        mean_iou: Mean over the classes that the place has.
        iou: By class.
    """

    pixels: float
    overall_accuracy: Figure
    mean_iou: Figure
    iou: Mapping[str, Figure]


@dataclass(frozen=True)
class HeldOutScores:
    """How good a model is.

    Args:
        method: How it was scored, as a sentence.
        interval: What the intervals are.
        places: Figures by place.
        pooled: Figures of the pixels of all places together; `None`: not told.
        mean_over_places: Mean of the places' mean IoU.
        compared: Mean IoU of other methods, by place and under `MEAN`.
        error_before: Calibration error before the temperature was fitted.
        error_after: Likewise after.
        error_by_place: Likewise after, by place.
        values: Figures of a model of values, by name.
        forest_values: Those of a random forest on the same pixels.
    """

    method: str = ""
    interval: str = ""
    places: Mapping[str, Scores] = field(default_factory=dict)
    pooled: Scores | None = None
    mean_over_places: float = math.nan
    compared: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    error_before: float = math.nan
    error_after: float = math.nan
    error_by_place: Mapping[str, float] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    forest_values: Mapping[str, float] = field(default_factory=dict)

    @property
    def overall(self) -> Scores | None:
        """The figures that stand for the whole: all pixels pooled, or those of the only place."""
        return self.pooled or (next(iter(self.places.values())) if len(self.places) == 1 else None)

    @property
    def classes(self) -> tuple[str, ...]:
        """All classes that some place has figures of, in the order they come."""
        rows = (*self.places.values(), *([self.pooled] if self.pooled else []))
        return tuple(dict.fromkeys(name for row in rows for name in row.iou))


def scores_of(properties: Mapping[str, Any]) -> HeldOutScores:
    """Read the scores among the properties of a card; empty where it has none."""
    document = _mapping(properties.get("terraloom:held_out_scores"))
    if "split" in document:
        return _of_split(document)
    error = _mapping(document.get("calibration_error"))
    pooled = _mapping(document.get("all_places_pooled"))
    places = {_place(name): _scores(_mapping(row)) for name, row in _mapping(document.get("places")).items()}
    told = _number(_mapping(document.get("mean_of_places")).get("mean_iou"))
    known = [row.mean_iou.value for row in places.values() if not math.isnan(row.mean_iou.value)]
    return HeldOutScores(
        method=_text(document.get("method")),
        interval=_text(document.get("interval")),
        places=places,
        pooled=_scores(pooled) if pooled else None,
        mean_over_places=sum(known) / len(known) if known and math.isnan(told) else told,
        compared={
            str(method): _numbers(figures) for method, figures in _mapping(document.get("compared")).items() if figures
        },
        error_before=_number(error.get("before")),
        error_after=_number(error.get("after")),
        error_by_place=_numbers(error.get("by_place_after")),
    )


def _of_split(document: Mapping[str, Any]) -> HeldOutScores:
    """The form of models that a user trained."""
    split = _text(document["split"])
    name, method = SPLITS.get(split, (split, ""))
    if "mean_iou" not in document:
        figures = {key: _number(value) for key, value in document.items() if key not in ("split", "blocks", "pixels")}
        own = {key: value for key, value in figures.items() if not key.startswith(FOREST_KEY)}
        theirs = {key[len(FOREST_KEY) :]: value for key, value in figures.items() if key.startswith(FOREST_KEY)}
        return HeldOutScores(method=method, values=own, forest_values=theirs)
    forest = _figure(document.get("random_forest_mean_iou")).value
    return HeldOutScores(
        method=method,
        interval="95 %, from 1,000 draws of whole blocks of ground",
        places={name: _scores(document)},
        compared={} if math.isnan(forest) else {FOREST: {name: forest}},
    )


def _scores(row: Mapping[str, Any]) -> Scores:
    """The figures of one place."""
    ends = _mapping(row.get("iou_interval"))
    return Scores(
        pixels=_number(row.get("pixels")),
        overall_accuracy=_figure(row.get("overall_accuracy"), row.get("overall_accuracy_interval")),
        mean_iou=_figure(row.get("mean_iou"), row.get("mean_iou_interval")),
        iou={str(name): _figure(value, ends.get(name)) for name, value in _mapping(row.get("iou")).items()},
    )


def _figure(value: Any, ends: Any = None) -> Figure:
    """A number with its two ends, or a figure as `Figure.to_document` writes it."""
    if isinstance(value, Mapping):
        return Figure(*(_number(value.get(key)) for key in ("value", "low", "high")))
    if isinstance(ends, (list, tuple)) and len(ends) == 2:
        return Figure(_number(value), _number(ends[0]), _number(ends[1]))
    return Figure(_number(value))


def _place(name: Any) -> str:
    """The name of a place; older cards have numbers."""
    return f"Place {name}" if str(name).isdigit() else str(name)


def _numbers(value: Any) -> dict[str, float]:
    """Numbers by the name of a place."""
    return {_place(name): _number(number) for name, number in _mapping(value).items()}


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
