"""Weights points by the areas that their mapped classes have: figures that also hold for points drawn by class.

After Olofsson et al. 2014 (Good practices for estimating area and assessing accuracy of land change, doi
10.1016/j.rse.2014.02.015). Where few points lie on a large class, each of them stands for much of the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from ..classes.class_raster import ClassReader
from ..grids.grid import Grid
from ..progress import Progress
from .accuracy import Counts, Figure, Values
from .reference import windows

DRAWS = 5000
"""Samples of simple random points that the points are held against."""

HARDLY_EVER = 0.001
"""Share of such samples up to which points that lie on the classes so oddly were not drawn at random."""

MOST_IN_TABLE = 2**16
"""Values that span more are searched for one by one, which takes several times as long."""


@dataclass(frozen=True)
class Weighted(Figure):
    """A figure, its interval, and its standard error, NaN where a class has a single point."""

    standard_error: float = np.nan


@dataclass(frozen=True)
class ByArea:
    """Figures of points of which each stands for its part of the map.

    Args:
        shares: Of each class in the area of the map, 0–1, `(classes,)`.
        overall_accuracy: Share of the map that is right.
        producers_accuracy: Per class, of what is of it the share that is mapped as it.
        without_points: Share of the map that is of classes on which no point lies, and of which nothing is told, 0–1.
        unlike_random: Whether simple random points would hardly ever lie on the classes as these do.
    """

    shares: tuple[float, ...]
    overall_accuracy: Weighted
    producers_accuracy: tuple[Weighted, ...]
    without_points: float
    unlike_random: bool

    def to_document(self, names: Sequence[str]) -> dict[str, Any]:
        """In JSON's terms, to 6 digits, by the names of the classes."""
        return {
            "overall_accuracy": self.overall_accuracy.to_document(),
            "per_class": {
                name: {"share_of_the_map": round(share, 6), "producers_accuracy": figure.to_document()}
                for name, share, figure in zip(names, self.shares, self.producers_accuracy)
            },
            "share_without_points": round(self.without_points, 6),
            "unlike_random_points": self.unlike_random,
        }


def class_areas(reader: ClassReader, grid: Grid, classes: tuple[int, ...], progress: Progress) -> tuple[Values, float]:
    """Ground area of some classes of a map, `(classes,)`, and of the whole of it, in square metres.

    Args:
        reader: The map.
        grid: Its grid.
        classes: Their values, in order.
        progress: Is told how far it is.
    """
    of_rows, numbers = grid.row_areas_m2, np.array(classes)
    areas = np.zeros(len(classes) + 1)  # the last: all others
    for done, window in windows(grid, grid.window):
        values, known = reader.read(window)
        first = len(areas) * np.arange(len(values))[:, np.newaxis]  # each row counts by itself
        cells = (first + _places(values, numbers))[known]
        counts = np.bincount(cells, minlength=len(areas) * len(values)).reshape(len(values), len(areas))
        areas += of_rows[int(window.row_off) :][: len(counts)] @ counts
        progress.update(done)
    return areas[:-1], float(areas.sum())


def _places(values: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each value stands among some numbers in order; behind the last: nowhere."""
    low, high = int(values.min()), int(values.max())
    if high - low < MOST_IN_TABLE:
        table = np.full(high - low + 1, len(numbers))
        there = (numbers >= low) & (numbers <= high)
        table[numbers[there] - low] = np.flatnonzero(there)
        return np.asarray(table[values - low])
    places = np.searchsorted(numbers, values).clip(max=len(numbers) - 1)
    places[numbers[places] != values] = len(numbers)
    return np.asarray(places)


def weigh(counts: Counts, areas: Values, whole: float, level: float) -> ByArea:
    """Figures of points by the areas of the classes that they lie on (equations 1, 3, 4, 5 and 7).

    They hold for simple random points and for points drawn at random within each mapped class. Intervals are those of
    the normal law; where no point of any class, or each, is right, and where a class has a single point, there are
    none. Classes of the map without a point are left out of its area.

    Args:
        counts: Points, `(true classes, mapped classes)`, at least one.
        areas: Area of each class in the map, `(classes,)`.
        whole: Area of the map, other classes included.
        level: How often the intervals should hold the true figure, 0–1.
    """
    table = np.asarray(counts, float).T  # mapped classes in rows, as in the paper
    points = table.sum(axis=1)
    sampled = points > 0
    weights = np.where(sampled, areas, 0.0) / areas[sampled].sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(sampled[:, np.newaxis], table / points[:, np.newaxis], 0.0)
        spread = np.where(shares * (1 - shares) > 0, shares * (1 - shares) / (points[:, np.newaxis] - 1), 0.0)
        spread[points == 1] = np.nan
        proportions = weights[:, np.newaxis] * shares
        true = proportions.sum(axis=0)
        producers = np.diagonal(proportions) / true
        variances = weights[:, np.newaxis] ** 2 * spread
        own = np.diagonal(variances).copy()
        np.fill_diagonal(variances, 0.0)
        errors = np.sqrt((1 - producers) ** 2 * own + producers**2 * variances.sum(axis=0)) / true
    overall_error = float(np.sqrt(own.sum()))
    return ByArea(
        tuple((areas / whole).tolist()),
        _figure(float(np.trace(proportions)), overall_error, level),
        tuple(_figure(float(value), float(error), level) for value, error in zip(producers, errors)),
        1 - float(areas[sampled].sum()) / whole,
        _unlike_random(points, areas, whole),
    )


def _figure(value: float, error: float, level: float) -> Weighted:
    """A share with its interval; none where the points leave no doubt, or nobody knows how much."""
    if np.isnan(value):
        return Weighted(value)
    if not error > 0:
        return Weighted(value, standard_error=error)
    half = float(norm.ppf(0.5 + level / 2)) * error
    return Weighted(value, max(0.0, value - half), min(1.0, value + half), error)


def _unlike_random(points: NDArray[np.float64], areas: Values, whole: float) -> bool:
    """Pearson's chi-square of the points on each class, against that of samples drawn by the areas.

    Its usual law does not hold for the rare classes that points are drawn for.
    """
    shares = np.append(areas, max(0.0, whole - areas.sum())) / whole
    there = shares > 0
    shares = shares[there] / shares[there].sum()
    expected = points.sum() * shares
    drawn = np.random.default_rng(0).multinomial(int(points.sum()), shares, size=DRAWS)
    odd, usual = (((each - expected) ** 2 / expected).sum(axis=-1) for each in (np.append(points, 0.0)[there], drawn))
    return bool((usual >= odd * (1 - 1e-9)).mean() < HARDLY_EVER)
