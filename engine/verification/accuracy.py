"""Turns counts of true and mapped classes into figures of accuracy, each with its interval of confidence.

A neighbouring pixel tells little new, so intervals from pixels come from resampling whole groups of them (reference
polygons, or blocks of ground). Points of a simple random sample are independent; theirs come from the binomial law.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import norm

from ..errors import InputError
from .draws import times_drawn

REPLICATES = 1000
"""How many times groups are drawn."""

BATCH_VALUES = 4_000_000
"""Draws of groups held at a time, which bounds memory."""

Counts = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Confusion:
    """Counts of pixels or points, `(..., true classes, mapped classes)`; all figures are 0–1 and NaN where undefined.

    Leading axes are tables of their own. A class without any true pixel has no producer's accuracy, F1 or IoU and is
    left out of means, however often it is mapped; its user's accuracy is then 0.

    Overall, user's and producer's accuracy and kappa as in Congalton & Green 2019 (Assessing the accuracy of remotely
    sensed data, 3rd ed., chapters 5 and 8); IoU and its mean as in Everingham et al. 2015 (doi 10.1007/s11263-014-
    0733-5, section 4.1).
    """

    counts: NDArray[np.float64] | Counts

    def __post_init__(self) -> None:
        if self.counts.ndim < 2 or self.counts.shape[-1] != self.counts.shape[-2] or not self.counts.shape[-1]:
            raise ValueError(f"counts must be (..., classes, classes), not {self.counts.shape}")

    @classmethod
    def measure(cls, truth: NDArray[np.integer], mapped: NDArray[np.integer], classes: int) -> Confusion:
        """Count pairs of class indices of the same shape, all of them 0 to `classes` - 1."""
        pairs = truth.astype(np.int64).ravel() * classes + mapped.ravel()
        return cls(np.bincount(pairs, minlength=classes**2).reshape(classes, classes))

    @property
    def total(self) -> Values:
        """All pixels or points, `(...)`."""
        return np.asarray(self.counts.sum(axis=(-2, -1)), float)

    @property
    def true(self) -> Values:
        """Those that truly are of each class, `(..., classes)`."""
        return np.asarray(self.counts.sum(axis=-1), float)

    @property
    def mapped(self) -> Values:
        """Those that are mapped as each class, `(..., classes)`."""
        return np.asarray(self.counts.sum(axis=-2), float)

    @property
    def right(self) -> Values:
        """Those of each class that are mapped as it, `(..., classes)`."""
        return np.asarray(np.diagonal(self.counts, axis1=-2, axis2=-1), float)

    @property
    def present(self) -> NDArray[np.bool_]:
        """Classes that the reference has, `(..., classes)`."""
        return np.asarray(self.true > 0)

    @property
    def overall_accuracy(self) -> Values:
        """Share that is right, `(...)`."""
        return _share(self.right.sum(axis=-1), self.total)

    @property
    def users_accuracy(self) -> Values:
        """Of what is mapped as a class, the share that is one (precision), `(..., classes)`."""
        return _share(self.right, self.mapped)

    @property
    def producers_accuracy(self) -> Values:
        """Of what is of a class, the share that is mapped as it (recall), `(..., classes)`."""
        return _share(self.right, self.true)

    @property
    def iou(self) -> Values:
        """Intersection over union, `(..., classes)`."""
        return _share(self.right, np.where(self.present, self.true + self.mapped - self.right, 0.0))

    @property
    def f1(self) -> Values:
        """Harmonic mean of user's and producer's accuracy (Dice), `(..., classes)`."""
        return f1_of_iou(self.iou)

    @property
    def mean_iou(self) -> Values:
        """Mean IoU of the classes that the reference has, `(...)`."""
        return _mean(self.iou)

    @property
    def macro_f1(self) -> Values:
        """Mean F1 of the classes that the reference has, `(...)`."""
        return _mean(self.f1)

    @property
    def kappa(self) -> Values:
        """Agreement beyond chance, -1–1, `(...)`; undefined where both sides are one and the same class throughout."""
        chance = _share((self.true * self.mapped).sum(axis=-1), self.total**2)
        return _share(self.overall_accuracy - chance, 1 - chance)


@dataclass(frozen=True)
class Figure:
    """A figure and its interval, NaN where undefined."""

    value: float
    low: float = np.nan
    high: float = np.nan

    def to_document(self) -> dict[str, float | None]:
        """In JSON's terms, to 6 digits."""
        return {name: None if np.isnan(each) else round(float(each), 6) for name, each in vars(self).items()}


@dataclass(frozen=True)
class Accuracy:
    """The figures of one comparison.

    Args:
        confusion: All counts, `(true classes, mapped classes)`.
        level: How often the intervals hold the true figure, 0–1.
        groups: How many independent groups (or points) they rest on; with one alone there are no intervals.
        overall_accuracy: Share that is right.
        kappa: Agreement beyond chance.
        mean_iou: Mean IoU of the classes in the reference.
        macro_f1: Mean F1 of the classes in the reference.
        users_accuracy: Per class, precision.
        producers_accuracy: Per class, recall.
        f1: Per class.
        iou: Per class.
    """

    confusion: Confusion
    level: float
    groups: int
    overall_accuracy: Figure
    kappa: Figure
    mean_iou: Figure
    macro_f1: Figure
    users_accuracy: tuple[Figure, ...]
    producers_accuracy: tuple[Figure, ...]
    f1: tuple[Figure, ...]
    iou: tuple[Figure, ...]

    @property
    def absent(self) -> tuple[int, ...]:
        """Indices of the classes that the reference does not have: they are left out of means."""
        return tuple(int(index) for index in np.flatnonzero(~self.confusion.present))


OVERALL = ("overall_accuracy", "kappa", "mean_iou", "macro_f1")
PER_CLASS = ("users_accuracy", "producers_accuracy", "f1", "iou")


def assess(counts_by_group: Counts, level: float = 0.95, seed: int = 0) -> Accuracy:
    """Figures over all groups, with percentile intervals from drawing whole groups with replacement.

    The cluster bootstrap (Davison & Hinkley 1997, Bootstrap methods and their application, sections 3.8 and 5.3.1):
    1,000 times as many groups as there are are drawn, and the figures computed of what was drawn. Where a draw lacks a
    class, that draw says nothing of it and its means leave it out, as those of the data do. With few groups (less than
    about 20) such intervals are rather too narrow. Two things draws cannot tell: how a figure varies that rests on the
    pixels of a single group, which has no interval; and how far a share of exactly 0 or 1 may be from the truth, which
    gets Wilson's interval (see `assess_points`) with the groups that it rests on in place of points; kappa and means
    have none where all draws agree.

    Args:
        counts_by_group: Pixels of each group, `(groups, true classes, mapped classes)`; groups without any are left
            out.
        level: How often the intervals should hold the true figure, between 0 and 1.
        seed: The same one gives the same intervals.

    Raises:
        InputError: There is nothing to count, or the level is none.
    """
    counts = np.asarray(counts_by_group, np.int64)
    some = counts.sum(axis=(1, 2)) > 0
    counts = counts if some.all() else counts[some]
    _check(int(counts.sum()), level)
    confusion, groups = Confusion(counts.sum(axis=0)), len(counts)
    if groups == 1:
        return _accuracy(confusion, level, groups, {})

    by_group = csr_array(counts.reshape(groups, -1))  # a group has few of the classes

    def draw(random: np.random.Generator, draws: int) -> Values:
        times = np.stack([*times_drawn(random, groups, draws)])
        drawn: Values = np.ascontiguousarray(times @ by_group, float)
        return drawn.reshape(-1, *confusion.counts.shape)

    intervals = _intervals(draw, max(groups, confusion.counts.size), level, seed)
    true, mapped = (counts.sum(axis=axis) > 0 for axis in (2, 1))
    resting = {
        "overall_accuracy": np.array(groups),
        "users_accuracy": mapped.sum(axis=0),
        "producers_accuracy": true.sum(axis=0),
        "iou": true.sum(axis=0),
    }
    for name, of_groups in resting.items():
        intervals[name] = _where_draws_are_blind(intervals[name], getattr(confusion, name), of_groups, level)
    intervals["f1"] = f1_of_iou(intervals["iou"])  # one rises with the other
    return _accuracy(confusion, level, groups, intervals)


def assess_points(counts: Counts, level: float = 0.95, seed: int = 0) -> Accuracy:
    """Figures of a simple random sample of points.

    Shares (overall, user's and producer's accuracy, IoU) have Wilson's score intervals, which hold what they promise
    for small samples and for shares of 0 and 1 too (Wilson 1927, doi 10.2307/2276774, recommended by Brown, Cai &
    DasGupta 2001, doi 10.1214/ss/1009213286): the sample of a class's accuracy is the points mapped as it, truly it, or
    either. F1 rises with IoU, so its interval is that of IoU turned into F1. Kappa and means are no shares; theirs come
    from 1,000 draws of the points with replacement, and they have none where all draws agree.

    Args:
        counts: Points, `(true classes, mapped classes)`.
        level: How often the intervals should hold the true figure, between 0 and 1.
        seed: The same one gives the same intervals.

    Raises:
        InputError: There is nothing to count, or the level is none.
    """
    table = np.asarray(counts, np.int64)
    points = int(table.sum())
    _check(points, level)
    confusion = Confusion(table)

    def draw(random: np.random.Generator, draws: int) -> Values:
        drawn = random.multinomial(points, table.ravel() / points, size=draws)
        return drawn.reshape(-1, *table.shape).astype(float)

    union = np.where(confusion.present, confusion.true + confusion.mapped - confusion.right, 0.0)
    iou = wilson(confusion.right, union, level)
    shares = {
        "overall_accuracy": wilson(confusion.right.sum(), confusion.total, level),
        "users_accuracy": wilson(confusion.right, confusion.mapped, level),
        "producers_accuracy": wilson(confusion.right, confusion.true, level),
        "iou": iou,
        "f1": f1_of_iou(iou),
    }
    return _accuracy(confusion, level, points, {**_intervals(draw, table.size, level, seed), **shares})


def wilson(successes: Values, trials: Values, level: float) -> Values:
    """Wilson's score interval of shares, `(2, ...)`: low, high; NaN where nothing was tried."""
    z = float(norm.ppf(0.5 + level / 2))
    share = _share(np.asarray(successes, float), np.asarray(trials, float))
    n = np.where(np.asarray(trials) > 0, trials, 1.0)
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.clip(np.stack([centre - half, centre + half]), 0.0, 1.0)


def f1_of_iou(iou: Values) -> Values:
    """F1 = 2 IoU / (1 + IoU)."""
    return 2 * iou / (1 + iou)


def _intervals(
    draw: Callable[[np.random.Generator, int], Values], size: int, level: float, seed: int
) -> dict[str, Values]:
    """Percentile intervals of every figure over draws of tables, `(2, ...)` each; a draw costs `size` numbers."""
    random = np.random.default_rng(seed)
    found: dict[str, list[Values]] = {name: [] for name in (*OVERALL, *PER_CLASS)}
    for draws in _batches(max(1, BATCH_VALUES // size)):
        confusion = Confusion(draw(random, draws))
        for name, values in found.items():
            values.append(getattr(confusion, name))
    ends = (0.5 - level / 2, 0.5 + level / 2)
    return {name: _quantiles(np.concatenate(values), ends) for name, values in found.items()}


def _where_draws_are_blind(ends: Values, share: Values, groups: NDArray[np.integer], level: float) -> Values:
    """Intervals of shares, `(2, ...)`, mended where all groups say 0 or 1, and none where there is a single group.

    Args:
        ends: The intervals from drawing groups.
        share: The shares, `(...)`.
        groups: How many groups each rests on, `(...)`.
        level: How often the intervals should hold the true figure.
    """
    extreme = (share == 0) | (share == 1)
    mended = np.where(extreme, wilson(np.where(extreme, share, 0.0) * groups, np.asarray(groups, float), level), ends)
    return np.asarray(np.where(groups > 1, mended, np.nan))


def _batches(largest: int) -> Iterator[int]:
    """How many draws are made at a time."""
    for start in range(0, REPLICATES, largest):
        yield min(largest, REPLICATES - start)


def _quantiles(values: Values, ends: tuple[float, float]) -> Values:
    """Quantiles over the first axis, of the draws that say something; NaN where none does."""
    flat = values.reshape(len(values), -1)
    known = [column[~np.isnan(column)] for column in flat.T]
    found = np.array([np.quantile(column, ends) if len(column) else (np.nan, np.nan) for column in known])
    return found.T.reshape(2, *values.shape[1:])


def _accuracy(confusion: Confusion, level: float, groups: int, intervals: dict[str, Values]) -> Accuracy:
    """Join figures and intervals."""

    def figure(name: str) -> Figure:
        value, ends = float(getattr(confusion, name)), intervals.get(name, (np.nan, np.nan))
        if np.isnan(value) or ends[0] == ends[1]:  # draws that all agree tell nothing
            return Figure(value)
        return Figure(value, float(ends[0]), float(ends[1]))

    def figures(name: str) -> tuple[Figure, ...]:
        values = getattr(confusion, name)
        low, high = intervals.get(name, np.full((2, len(values)), np.nan))
        return tuple(  # a class without a figure has no interval either, though some draws may suggest one
            Figure(float(value)) if np.isnan(value) else Figure(float(value), float(below), float(above))
            for value, below, above in zip(values, low, high)
        )

    return Accuracy(
        confusion,
        level,
        groups,
        overall_accuracy=figure("overall_accuracy"),
        kappa=figure("kappa"),
        mean_iou=figure("mean_iou"),
        macro_f1=figure("macro_f1"),
        users_accuracy=figures("users_accuracy"),
        producers_accuracy=figures("producers_accuracy"),
        f1=figures("f1"),
        iou=figures("iou"),
    )


def _check(pixels: int, level: float) -> None:
    """Refuse what has no figures."""
    if not 0 < level < 1:
        raise InputError("The level of confidence is {level:g}; it must lie between 0 and 1, as 0.95.", level=level)
    if not pixels:
        raise InputError("There is nothing to assess: no pixel has both a true and a mapped class.")


def _share(part: Values, whole: Values) -> Values:
    """A quotient, NaN where the whole is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(whole == 0, np.nan, part / whole))


def _mean(values: Values) -> Values:
    """Mean over the last axis of what is not NaN; NaN where all is."""
    known = ~np.isnan(values)
    return _share(np.where(known, values, 0.0).sum(axis=-1), known.sum(axis=-1).astype(float))
