"""Counts what is found, window by window: pixels, areas, and how much of the attribution lies there."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .findings import Bounds, Layers, against, findings, impossible, unsure


@dataclass
class Count:
    """What is counted of some pixels.

    Args:
        pixels: How many there are.
        square_metres: Their area.
        attributed: Pixels of which an attribution is known.
        attribution: Sum of its magnitudes.
        told: Pixels of which a confidence is known.
        confidence: Sum of it.
        unsure: How many are not sure.
        with_residual: Pixels of which a residual is known.
        impossible: How many contradict the law of nature.
        against: How many speak against their class.
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
    against: int = 0

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
        both: Of those with a confidence and a residual, by whether they are unsure, and whether impossible.
        on_unsure: Those that are unsure.
        on_impossible: Those that are impossible.
    """

    bounds: Bounds
    whole: Count = field(default_factory=Count)
    by_finding: dict[int, Count] = field(default_factory=lambda: defaultdict(Count))
    by_class: dict[int, Count] = field(default_factory=lambda: defaultdict(Count))
    both: dict[tuple[bool, bool], int] = field(default_factory=lambda: defaultdict(int))
    on_unsure: Count = field(default_factory=Count)
    on_impossible: Count = field(default_factory=Count)

    def add(self, layers: Layers, areas_m2: NDArray[np.float64]) -> NDArray[np.uint8]:
        """Count a window, of whose rows a pixel has these areas, and give what is found in it, `(rows, cols)`."""
        found = findings(layers, self.bounds)
        doubt, wrong = unsure(layers, self.bounds), impossible(layers, self.bounds)
        speaks_against = against(layers, self.bounds)

        def add(count: Count, where: NDArray[np.bool_]) -> None:
            _add(count, layers, where, areas_m2)
            count.unsure += int(np.count_nonzero(where & doubt))
            count.impossible += int(np.count_nonzero(where & wrong))
            count.against += int(np.count_nonzero(where & speaks_against))

        add(self.whole, layers.known)
        add(self.on_unsure, doubt)
        add(self.on_impossible, wrong)
        for value in np.unique(found[layers.known]):
            add(self.by_finding[int(value)], layers.known & (found == value))
        for value in np.unique(layers.classes[layers.known]):
            add(self.by_class[int(value)], layers.known & (layers.classes == value))
        if layers.confidence is not None and layers.residual is not None:
            told = layers.known & np.isfinite(layers.confidence) & np.isfinite(layers.residual)
            for is_unsure in (False, True):
                for is_wrong in (False, True):
                    alike = told & (doubt == is_unsure) & (wrong == is_wrong)
                    self.both[is_unsure, is_wrong] += int(np.count_nonzero(alike))
        return found

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


def _add(count: Count, layers: Layers, where: NDArray[np.bool_], areas_m2: NDArray[np.float64]) -> None:
    """Add the pixels of a window that lie where it is asked for."""
    count.pixels += int(np.count_nonzero(where))
    count.square_metres += float(where.sum(axis=1) @ areas_m2)
    if layers.attribution is not None:
        magnitudes = np.abs(layers.attribution[where & np.isfinite(layers.attribution)])
        count.attributed += magnitudes.size
        count.attribution += float(magnitudes.sum(dtype=np.float64))
    if layers.confidence is not None:
        told = layers.confidence[where & np.isfinite(layers.confidence)]
        count.told += told.size
        count.confidence += float(told.sum(dtype=np.float64))
    if layers.residual is not None:
        count.with_residual += int(np.count_nonzero(where & np.isfinite(layers.residual)))
