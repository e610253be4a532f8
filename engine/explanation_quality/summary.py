"""Sums judgements up over places: means with intervals over places, and whether a method can be trusted."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..explanation.intervals import half_width
from .judging import Judgement
from .randomisation import SHARES, fails

LEAST = 2
"""Fewer places have no interval."""


@dataclass(frozen=True)
class Mean:
    """A mean over places.

    Args:
        value: The mean; NaN: not known anywhere.
        low: Lower end of its 95 % interval; NaN with a single place.
        high: Its upper end.
        places: How many places it is the mean of.
    """

    value: float
    low: float
    high: float
    places: int

    @property
    def document(self) -> dict[str, Any]:
        """The same in JSON's terms."""
        return {
            "mean": known(self.value),
            "low": known(self.low),
            "high": known(self.high),
            "places": self.places,
        }


MEASURED: Mapping[str, Callable[[Judgement], float]] = {
    "deletion_auc": lambda each: each.deletion_auc,
    "deletion_gain": lambda each: each.deletion_gain,
    "insertion_auc": lambda each: each.insertion_auc,
    "insertion_gain": lambda each: each.insertion_gain,
    "random_auc": lambda each: each.random_auc,
    "randomisation": lambda each: each.randomisation,
    "max_sensitivity": lambda each: each.sensitivity,
    "infidelity": lambda each: each.infidelity,
    "infidelity_share": lambda each: each.infidelity_share,
}
"""Figures of a judgement, by the names that they have in JSON."""

POSSIBLE: Mapping[str, tuple[float, float]] = {
    "randomisation": (0.0, 1.0),
    "max_sensitivity": (0.0, math.inf),
    "infidelity": (0.0, math.inf),
    "infidelity_share": (0.0, 1.0),
}
"""Least and most that a figure can be; the others follow the score, which may be anything."""


class Summary:
    """What was found of one method.

    Args:
        method: Its name.
        places: What was found at each place.
    """

    def __init__(self, method: str, places: Sequence[Judgement]) -> None:
        self.method = method
        self.places = places
        self.means = {
            name: mean_of([measure(each) for each in places], *POSSIBLE.get(name, ()))
            for name, measure in MEASURED.items()
        }
        self.cascade = [
            mean_of([each.correlations[number] for each in places if each.correlations], 0.0, 1.0)
            for number in range(len(SHARES))
        ]

    @property
    def fails(self) -> bool:
        """Whether its maps change too little when the network forgets what it has learnt."""
        return fails(self.means["randomisation"].value)

    @property
    def document(self) -> dict[str, Any]:
        """The same in JSON's terms, without what was not asked for."""
        found = {name: mean.document for name, mean in self.means.items() if mean.places}
        random = {}
        if self.means["randomisation"].places:
            random = {
                "randomisation_passed": not self.fails,
                "cascade": [
                    {"share_of_layers": share, "rank_correlation": mean.document}
                    for share, mean in zip(SHARES, self.cascade)
                ],
            }
        return {"method": self.method, **found, **random, "places": [place_document(each) for each in self.places]}

    def curve(self, of: Callable[[Judgement], NDArray[np.float64]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """A curve's mean over places, at even shares of the regions; empty where there is none."""
        curves = [found for found in (of(each) for each in self.places) if len(found)]
        if not curves:
            return np.empty(0), np.empty(0)
        shares = np.linspace(0, 1, max(len(found) for found in curves))
        drawn = [np.interp(shares, np.linspace(0, 1, len(found)), found) for found in curves]
        return shares, np.asarray(np.mean(drawn, axis=0))


def mean_of(values: Sequence[float], least: float = -math.inf, most: float = math.inf) -> Mean:
    """The mean of what is known, with its interval over places (Student's t, which holds for few places, too).

    Args:
        values: What was found at each place; NaN: not known.
        least: No value can be smaller, and so the interval does not reach below it.
        most: Nor larger.
    """
    found = np.array([value for value in values if math.isfinite(value)])
    if len(found) < LEAST:
        return Mean(float(found.mean()) if len(found) else math.nan, math.nan, math.nan, len(found))
    mean, half = float(found.mean()), float(half_width(found))
    return Mean(mean, max(least, mean - half), min(most, mean + half), len(found))


def place_document(place: Judgement) -> dict[str, Any]:
    """What was found at a place, in JSON's terms."""
    figures = {name: measure(place) for name, measure in MEASURED.items()}
    return {
        "place": place.number,
        "class": place.name,
        "score": place.score,
        **{name: value for name, value in figures.items() if math.isfinite(value)},
    }


def known(value: float) -> float | None:
    """A number, or nothing: JSON has no NaN."""
    return value if math.isfinite(value) else None
