"""Gathers what single objectives need beside images and labels, out of the request and the chips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...models.build import Network
from ...models.turn import DirectionBins
from ..chips.chip_set import ChipSet
from ..errors import InputError
from ..physics.water_classes import water_classes
from ..progress import Progress
from ..requests.train_model import TrainModel
from .elevation import Elevation, find_elevation
from .teacher import Teacher, open_teacher

ASKED_BY = {
    "LABEL_SMOOTHING": "cross_entropy",
    "TEACHER": "distillation",
    "ELEVATION": "waterlevel",
    "WATER_CLASSES": "waterlevel",
}
"""Which objective a parameter is for."""


@dataclass(frozen=True)
class Supplies:
    """What single objectives need.

    Attributes:
        label_smoothing: Share of the target that cross entropy spreads over all classes.
        teacher: Network to learn from.
        elevation: Where the elevation is among the bands.
        wet_classes: Numbers of the classes that are water.
        directions: What the bins of direction stand for that the network learns from.
    """

    label_smoothing: float = 0.0
    teacher: Teacher | None = None
    elevation: Elevation | None = None
    wet_classes: tuple[int, ...] = ()
    directions: DirectionBins | None = None

    def to_setting(self) -> dict[str, Any]:
        """The fields of `ObjectiveSetting` that these are."""
        return {
            "label_smoothing": self.label_smoothing,
            "teacher": self.teacher,
            "extras": frozenset(name for name, given in self._extras.items() if given),
            "wet_classes": self.wet_classes,
        }

    @property
    def _extras(self) -> dict[str, object]:
        """What batches hold beside, by the name of the extra; `None`: they do not."""
        return {"elevation_m": self.elevation, "orientation": self.directions}

    def facts(self, chips: ChipSet) -> dict[str, Any]:
        """What the card tells of them."""
        found: dict[str, Any] = {}
        if self.label_smoothing:
            found["label_smoothing"] = self.label_smoothing
        if self.teacher:
            found["teacher"] = self.teacher.name
        if self.elevation and chips.legend:
            found["elevation"] = self.elevation.name
            found["water"] = [chips.legend.names[number] for number in self.wet_classes]
        return found


def gather_supplies(
    request: TrainModel, chips: ChipSet, objectives: Mapping[str, float], learner: Network, progress: Progress
) -> Supplies:
    """What the objectives need.

    Args:
        request: What is asked for.
        chips: The training chips.
        objectives: Weight of each objective by name.
        learner: The network that is trained.
        progress: Is told what is taken where the user does not say.

    Raises:
        InputError: An objective lacks something, or something is given that no objective asks for.
        ModelError: The teacher cannot be learnt from.
    """
    _check_asked(request, objectives)
    teacher: Teacher | None = None
    elevation: Elevation | None = None
    wet_classes: tuple[int, ...] = ()
    if "distillation" in objectives:
        if not request.teacher:
            raise InputError(
                "The objective 'distillation' needs TEACHER, a model that Terraloom trained on the same bands and "
                "classes. Give one, or leave the objective out."
            )
        teacher = open_teacher(Path(request.teacher), chips, learner)
    if "waterlevel" in objectives and chips.legend:
        elevation = find_elevation(chips, request.elevation)
        wet_classes = _water(chips, request.water)
        progress.log(
            "The objective waterlevel takes {band} for elevation in metres and {classes} for water.",
            band=elevation.name,
            classes=", ".join(chips.legend.names[number] for number in wet_classes),
        )
    directions = DirectionBins.of_lines(learner.gives.channels - 1) if "orientation" in objectives else None
    return Supplies(request.label_smoothing, teacher, elevation, wet_classes, directions)


def _check_asked(request: TrainModel, objectives: Mapping[str, float]) -> None:
    """Refuse a parameter whose objective is not among those of the training."""
    given = {
        "LABEL_SMOOTHING": request.label_smoothing,
        "TEACHER": request.teacher,
        "ELEVATION": request.elevation,
        "WATER_CLASSES": request.water,
    }
    for parameter, objective in ASKED_BY.items():
        if given[parameter] and objective not in objectives:
            raise InputError(
                "{parameter} is given, which is for the objective {objective}; the objectives are {found}. Add the "
                "objective to OBJECTIVES, or leave {parameter} out.",
                parameter=parameter,
                objective=objective,
                found=", ".join(objectives),
            )


def _water(chips: ChipSet, wanted: str) -> tuple[int, ...]:
    """Numbers of the classes that are water."""
    entries = chips.legend.entries if chips.legend else ()
    values = water_classes({each.value: each.name for each in entries}, wanted)
    return tuple(number for number, each in enumerate(entries) if each.value in values)
