"""What deletion and insertion share: an image that loses its regions step by step, in one order or another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..explanation.evaluations import Scores, ask_without
from ..explanation.features import Features
from ..progress import Told

REGIONS = 64
"""About so many square regions the part that matters is cut into."""

STEPS = 12
"""In so many steps they are taken away."""

DRAWS = 5
"""How many random orders a method's is held against."""

LEAST = 4
"""Of fewer regions no order can be told from another."""


@dataclass(frozen=True)
class Removal:
    """An image and what is taken away from it.

    Args:
        scores: What is explained.
        image: `(channels, rows, cols)`, scaled.
        baseline: What is left where a region is not, of the same shape.
        regions: The regions, of all bands together.
        pixels: How many pixels the score is summed over: curves are means over them.
    """

    scores: Scores
    image: NDArray[np.float32]
    baseline: NDArray[np.float32]
    regions: Features
    pixels: int

    def curve(self, present: NDArray[np.bool_], told: Told) -> NDArray[np.float64]:
        """The mean score while only some regions are there, `(steps,)` of `(steps, regions)`."""
        return ask_without(self.scores, self.image, self.baseline, self.regions.keep, present, told) / self.pixels


def order_of(
    values: NDArray[np.float32], known: NDArray[np.bool_], regions: Features, seed: list[int]
) -> NDArray[np.int64]:
    """The regions from the one that a map names most important to the least; equal ones in random order.

    Args:
        values: What each pixel adds, `(rows, cols)`.
        known: Where the image shows something: only that counts.
        regions: The regions.
        seed: Where chance begins.
    """
    numbers = regions.regions[known]
    sums = np.bincount(numbers, values[known].astype(np.float64), regions.of_group)
    means = sums / np.maximum(np.bincount(numbers, minlength=regions.of_group), 1)
    shuffled = np.random.default_rng(seed).permutation(regions.of_group)
    return np.asarray(shuffled[np.argsort(-means[shuffled], kind="stable")])


def without_first(order: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which regions are there when the first ones of an order are taken away, step by step, `(steps, regions)`."""
    counts = taken(len(order))
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return np.asarray(places[np.newaxis] >= counts[:, np.newaxis])


def with_first(order: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which regions are there when only the first ones of an order are, step by step, `(steps, regions)`."""
    return ~without_first(order)


def taken(regions: int) -> NDArray[np.int64]:
    """How many regions are taken away after each step, from none to all."""
    return np.unique(np.linspace(0, regions, STEPS + 1).round().astype(np.int64))


def area_under(curve: NDArray[np.float64], regions: int) -> float:
    """Area under a curve over the share of regions, 0–1: the mean score on the way."""
    shares = taken(regions) / regions
    return float(np.sum((curve[1:] + curve[:-1]) / 2 * np.diff(shares)))
