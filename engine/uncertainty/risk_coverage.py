"""Tells whether a network is unsure where it errs: the risk that is left when only the surest pixels are kept.

After Geifman and El-Yaniv 2017 (Selective classification for deep neural networks, arXiv 1705.08500): the pixels are
sorted by how unsure the network is; *coverage* is the share that is kept, the surest first, and *risk* the share of
errors among them. AURC is the mean risk over all coverages, and the excess AURC what it lies above that of a perfect
order, all errors last (Geifman, Uziel and El-Yaniv 2019, arXiv 1805.08206, section 4). A random order has the same risk
at every coverage, so that its AURC is the share of errors of the whole map.

Deviation: pixels are counted in steps, not kept, so that memory does not grow with them. Within a step the order is
chance: risk is what it is on average then.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

STEPS = 2**18
"""Steps of how unsure the network is, by the fourth root: where it is sure, which is where most pixels are, they are as
fine as its numbers, elsewhere one part of 65,536 or less."""

POINTS = 200
"""Coverages of a curve that is drawn."""

Counts = NDArray[np.float64]


@dataclass(frozen=True)
class RiskCoverage:
    """How risk falls with coverage.

    Args:
        coverage: Shares that are kept, rising to 1, `(POINTS,)`.
        risk: Share of errors among them, 0–1, `(POINTS,)`.
        aurc: Mean risk over all coverages, 0–1.
        best: That of a perfect order.
        pixels: How many pixels there are.
        errors: How many of them are wrong.
    """

    coverage: Counts
    risk: Counts
    aurc: float
    best: float
    pixels: int
    errors: int

    @property
    def excess(self) -> float:
        """What AURC lies above that of a perfect order."""
        return self.aurc - self.best

    @property
    def random(self) -> float:
        """AURC of a random order: the risk at full coverage."""
        return self.errors / self.pixels

    @property
    def halving(self) -> float:
        """The largest share that can be kept for half the risk of the whole; NaN where none is small enough."""
        small = self.coverage[self.risk <= self.random / 2]
        return float(small.max()) if small.size else math.nan

    def risk_at(self, coverage: float) -> float:
        """Risk where that share is kept."""
        return float(np.interp(coverage, self.coverage, self.risk))


class RankedErrors:
    """Pixels and errors by how unsure the network is."""

    def __init__(self) -> None:
        self._pixels = np.zeros(STEPS)
        self._errors = np.zeros(STEPS)

    def add(self, unsure: NDArray[np.floating], wrong: NDArray[np.bool_]) -> None:
        """Count some pixels.

        Args:
            unsure: How unsure the network is, 0–1, `(pixels,)`.
            wrong: Whether the class that it chose is wrong, `(pixels,)`.
        """
        steps = np.clip(np.sqrt(np.sqrt(np.clip(unsure, 0, 1))) * STEPS, 0, STEPS - 1).astype(np.int64)
        self._pixels += np.bincount(steps, minlength=STEPS)
        self._errors += np.bincount(steps[wrong], minlength=STEPS)

    def curve(self) -> RiskCoverage | None:
        """What was counted; `None` where nothing was."""
        filled = self._pixels > 0
        pixels, errors = self._pixels[filled], self._errors[filled]
        if not pixels.size:
            return None
        total, wrong = float(pixels.sum()), float(errors.sum())
        before, errors_before = (np.cumsum(counts) - counts for counts in (pixels, errors))
        share = errors / pixels
        coverage = np.arange(1, POINTS + 1) / POINTS
        kept = coverage * total
        step = np.searchsorted(before, kept, side="left") - 1  # the step in which the last pixel lies that is kept
        risk = (errors_before[step] + share[step] * (kept - before[step])) / kept
        return RiskCoverage(
            coverage,
            np.clip(risk, 0, 1),
            float(mean_risk(pixels, errors)),
            _best_aurc(total, wrong),
            int(total),
            int(wrong),
        )


def mean_risk(pixels: Counts, errors: Counts) -> Counts:
    """AURC, the mean risk over all coverages: of each step, the sum of (E + s j) / (N + j) over its pixels j = 1 … n.

    With N pixels and E errors before it and a share s of errors in it, that is s n + (E − s N) (h(N + n) − h(N)), where
    h is the harmonic number.

    Args:
        pixels: Pixels of each step, the surest first, `(…, steps)`.
        errors: How many of them are wrong.

    Returns:
        `(…,)`.
    """
    before, errors_before = (np.cumsum(counts, axis=-1) - counts for counts in (pixels, errors))
    share = errors / np.maximum(pixels, 1)
    sums = share * pixels + (errors_before - share * before) * _harmonic(before, before + pixels)
    return np.asarray(sums.sum(axis=-1) / pixels.sum(axis=-1))


def _best_aurc(total: float, wrong: float) -> float:
    """AURC where all errors come last: the sum of 1 − right / j over the last pixels j, by their number."""
    right = total - wrong
    return (wrong - right * float(_harmonic(np.array(right), np.array(total)))) / total


def _harmonic(first: Counts, last: Counts) -> Counts:
    """1 / (first + 1) + … + 1 / last."""
    return np.asarray(digamma(last + 1) - digamma(first + 1), np.float64)
