"""Judge an explanation: whether the maps of a method can be trusted, at one place or over many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import InputError
from .explain_prediction import (
    CUT,
    GRAD_CAM,
    JOINT,
    MEAN,
    OCCLUSION,
    SAMPLED,
    WITHOUT_BASELINE,
    Method,
    Question,
)
from .targets import NetworkRequest, Targets
from .words import refuse_idle

RANDOMISATION, MAX_SENSITIVITY, INFIDELITY, DELETION, INSERTION = MEASURES = (
    "randomisation",
    "maxsensitivity",
    "infidelity",
    "deletion",
    "insertion",
)

OF_MAPS = (RANDOMISATION, MAX_SENSITIVITY)
"""Measures that compare maps; the others put BASELINE into the image."""


@dataclass(frozen=True)
class QualityTargets(Targets):
    """The files of a judgement; those with an empty path are not made.

    Args:
        metrics: The figures, in JSON.
        report: The page.
    """

    metrics: str = ""
    report: str = ""


@dataclass(frozen=True)
class ExplanationQuality(NetworkRequest):
    """What is asked of `explanationquality`.

    Args:
        run: The network and its rasters.
        targets: What is made.
        question: What is explained; every point or polygon of a layer is a place of its own.
        methods: The methods that are judged.
        measures: How they are judged, of `MEASURES`.
        sar_unit: As of `ExplainPrediction`: not empty, the run's rasters are those of sensors.
    """

    targets: QualityTargets
    question: Question
    methods: tuple[Method, ...] = (Method(),)
    measures: tuple[str, ...] = MEASURES
    sar_unit: str = ""

    def __post_init__(self) -> None:
        place = self.question.place
        if not place.is_given or self.run.extent is not None:
            raise InputError("Explanations are judged at places. Give LOCATION or POINT, and no EXTENT.")
        if place.point is not None and place.layer:
            raise InputError("LOCATION and POINT are both given. Leave one of them empty.")
        if not self.methods:
            raise InputError("METHOD is empty. Choose at least one method to be judged.")
        unknown = [word for word in self.measures if word not in MEASURES]
        if unknown or not self.measures:
            raise InputError(
                "MEASURES holds {found}; choose one or several of {known}.",
                found=", ".join(unknown) or "nothing",
                known=", ".join(MEASURES),
            )
        self._check_baseline()
        if not self.targets.made:
            raise InputError("No result is asked for. Choose METRICS, REPORT or both.")

    def _check_baseline(self) -> None:
        """Refuse a baseline that neither a method nor a measure would read."""
        names = [method.name for method in self.methods]
        is_read = bool({*names} - {*WITHOUT_BASELINE, GRAD_CAM}) or bool({*self.measures} - {*OF_MAPS})
        words = f"{', '.join(names)} and MEASURES {', '.join(self.measures)}"
        refuse_idle({"BASELINE": self.methods[0].baseline != MEAN and not is_read}, words)

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        layer = self.question.place.layer
        return (*self.run.sources, *((layer,) if layer else ()))


def methods_of(
    names: Sequence[str], samples: int, window_px: int, by_band: bool, layer: str, **rest: Any
) -> tuple[Method, ...]:
    """Several methods with one set of settings, of which each gets those that it reads.

    Args:
        names: What they are called; a name that stands twice counts once.
        samples: As of `Method`.
        window_px: As of `Method`.
        by_band: As of `Method`.
        layer: As of `Method`.
        rest: What every method reads, or may be given: baseline, baseline_value and seed.

    Raises:
        InputError: One is given that none of them reads, or a value is not allowed.
    """
    names = tuple(dict.fromkeys(names))
    idle = {
        "SAMPLES": samples > 0 and not set(names) & set(SAMPLED),
        "WINDOW": window_px > 0 and not set(names) & set(CUT),
        "BY_BAND": by_band and not set(names) & set(JOINT),
        "LAYER": bool(layer) and GRAD_CAM not in names,
    }
    refuse_idle(idle, ", ".join(names))
    alone = len(names) == 1
    return tuple(
        Method(
            name=name,
            samples=samples if name in SAMPLED and (alone or name != OCCLUSION or not window_px) else 0,
            window_px=window_px if name in CUT else 0,
            by_band=by_band and name in JOINT,
            layer=layer if name == GRAD_CAM else "",
            **rest,
        )
        for name in names
    )
