"""Counts what is found, window by window: pixels, areas, and how much of the attribution lies there."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .findings import Bounds, Flags, Floats, Judged, Layers, judge


@dataclass
class Count:
    """What is counted of some pixels.

    Args:
        pixels: How many there are.
        square_metres: Their area.
        attributed: Pixels of which an attribution is known.
        attribution: Sum of its magnitudes, in which what a superpixel adds counts once.
        told: Pixels of which a confidence is known.
        confidence: Sum of it.
        unsure: How many are not sure.
        with_residual: Pixels of which a residual is known.
        impossible: How many contradict the law of nature.
        lowering: How many have the explained class, though they lower its score.
    """

    pixels: int = 0
    square_metres: float = 0.0
    attributed: int = 0
    attribution: float = 0.0
    told: int = 0
    confidence: float = 0.0
    unsure: int = 0
    with_residual: int = 0
    impossible: int = 0
    lowering: int = 0

    @property
    def mean_confidence(self) -> float:
        """NaN where none is known."""
        return share(self.confidence, self.told)

    @property
    def unsure_share(self) -> float:
        """Of the pixels with a confidence, 0–1."""
        return share(self.unsure, self.told)

    @property
    def impossible_share(self) -> float:
        """Of the pixels with a residual, 0–1."""
        return share(self.impossible, self.with_residual)


@dataclass
class Tally:
    """What is found in a place.

    Args:
        bounds: From where on something counts.
        whole: Of all pixels with a class.
        by_finding: By what is found of them.
        by_class: By the map's class.
        on_unsure: Of those that are unsure.
        on_impossible: Of those that are impossible.
        both: Pixels with a confidence and a residual, by whether they are unsure, and whether impossible.
    """

    bounds: Bounds
    whole: Count = field(default_factory=Count)
    by_finding: dict[int, Count] = field(default_factory=lambda: defaultdict(Count))
    by_class: dict[int, Count] = field(default_factory=lambda: defaultdict(Count))
    on_unsure: Count = field(default_factory=Count)
    on_impossible: Count = field(default_factory=Count)
    both: dict[tuple[bool, bool], int] = field(default_factory=lambda: defaultdict(int))

    def add(self, layers: Layers, areas_m2: NDArray[np.float64]) -> Judged:
        """Count a window, of whose rows a pixel has these areas, and give what is said of it."""
        said = judge(layers, self.bounds)
        known = layers.known
        numbers = _numbers(layers, said, areas_m2)
        for count, where in ((self.whole, known), (self.on_unsure, said.unsure), (self.on_impossible, said.impossible)):
            _add(count, {name: float(each[where[known]].sum()) for name, each in numbers.items()})
        for counts, labels in ((self.by_finding, said.found[known]), (self.by_class, layers.classes[known])):
            values, places = np.unique(labels, return_inverse=True)
            sums = {name: np.bincount(places, each, len(values)) for name, each in numbers.items()}
            for number, value in enumerate(values.tolist()):
                _add(counts[value], {name: float(each[number]) for name, each in sums.items()})
        if layers.residual is not None:
            with_residual = np.isfinite(layers.residual)
            for is_unsure, where in ((True, said.unsure), (False, said.sure)):
                wrong = int(np.count_nonzero(where & said.impossible))
                self.both[is_unsure, True] += wrong
                self.both[is_unsure, False] += int(np.count_nonzero(where & with_residual)) - wrong
        return said

    @property
    def foresight(self) -> float:
        """How many times as often unsure pixels are impossible as sure ones are; NaN where that cannot be told."""
        both = self.both
        among_unsure = share(both[True, True], both[True, True] + both[True, False])
        among_sure = share(both[False, True], both[False, True] + both[False, False])
        if among_sure == 0:
            return math.inf if among_unsure > 0 else math.nan
        return among_unsure / among_sure

    def concentration(self, part: Count) -> float:
        """How many times as much attribution lies on a pixel of a part as on one of the place; NaN: not known."""
        return share(share(part.attribution, part.attributed), share(self.whole.attribution, self.whole.attributed))


def share(part: float, whole: float) -> float:
    """A part of a whole; NaN of nothing."""
    return part / whole if whole > 0 else math.nan


def _numbers(layers: Layers, said: Judged, areas_m2: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """What each pixel with a class adds to a count, by name."""
    known = layers.known
    rows = np.nonzero(known)[0]
    own = 1.0 if layers.counts is None else layers.counts[known]
    return {
        "pixels": np.ones(len(rows)),
        "square_metres": areas_m2[rows],
        "attributed": _is_there(layers.attribution, known),
        "attribution": np.abs(_value(layers.attribution, known)) * own,
        "told": _is_there(layers.confidence, known),
        "confidence": _value(layers.confidence, known),
        "unsure": said.unsure[known].astype(np.float64),
        "with_residual": _is_there(layers.residual, known),
        "impossible": said.impossible[known].astype(np.float64),
        "lowering": said.lowering[known].astype(np.float64),
    }


def _is_there(values: Floats | None, known: Flags) -> NDArray[np.float64]:
    """1 where a layer says something."""
    return np.zeros(np.count_nonzero(known)) if values is None else np.isfinite(values[known]).astype(np.float64)


def _value(values: Floats | None, known: Flags) -> NDArray[np.float64]:
    """What a layer says, 0 where it says nothing."""
    if values is None:
        return np.zeros(np.count_nonzero(known))
    return np.where(np.isfinite(values[known]), values[known], 0).astype(np.float64)


def _add(count: Count, sums: Mapping[str, float]) -> None:
    """Add sums to those of a count, by name; numbers of pixels stay whole."""
    for name, summed in sums.items():
        before = getattr(count, name)
        setattr(count, name, before + type(before)(summed))
