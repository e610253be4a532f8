"""Makes probabilities mean what they say: one temperature for all scores, and measures of how well they do.

After Guo et al. 2017 (On calibration of modern neural networks, arXiv 1706.04599).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from ..decoding import ClassDecoder
from .draws import times_drawn

LOWEST, HIGHEST = 0.05, 20.0
"""Temperatures that are searched."""

EDGE = 1.05
"""A temperature this near to the end of what is searched is none."""

BINS = 15
DRAWS = 1000

Scores = NDArray[np.float32]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Reliability:
    """Pixels by their confidence, in equal bins, for each block of ground.

    Args:
        counts: Pixels, `(blocks, bins)`.
        confidence: Sum of their confidences, `(blocks, bins)`.
        right: How many of them are right, `(blocks, bins)`.
        loss: Sum of their negative log-likelihoods, `(blocks,)`.
    """

    counts: Values
    confidence: Values
    right: Values
    loss: Values

    @property
    def pixels(self) -> int:
        """How many pixels there are."""
        return int(self.counts.sum())

    @property
    def accuracy(self) -> float:
        """Share that is right, 0–1."""
        return float(self.right.sum() / self.counts.sum())

    @property
    def mean_confidence(self) -> float:
        """What the network takes that share for, 0–1."""
        return float(self.confidence.sum() / self.counts.sum())

    @property
    def error(self) -> float:
        """Expected calibration error, 0–1: mean distance of confidence and accuracy over bins (equation 3)."""
        return float(_error(self.counts.sum(axis=0), self.confidence.sum(axis=0), self.right.sum(axis=0)))

    @property
    def nll(self) -> float:
        """Mean negative log-likelihood of the true class, in nats."""
        return float(self.loss.sum() / self.counts.sum())

    def intervals(self, seed: int = 0) -> tuple[tuple[float, float], tuple[float, float]]:
        """95 % intervals of `error` and `nll` from drawing blocks 1,000 times; NaN with a single block.

        That of `nll` is of percentiles. Pixels that are drawn anew spread within bins, which makes their error larger
        than it is, as chance made that of the pixels themselves. So what draws differ from it is taken to the other
        side (the basic bootstrap: Davison & Hinkley 1997, Bootstrap methods and their application, section 5.2.1), no
        further than to 0; and the interval always holds the error that was found.
        """
        blocks = len(self.counts)
        if blocks < 2:
            return (math.nan, math.nan), (math.nan, math.nan)
        random = np.random.default_rng(seed)
        times = np.stack([*times_drawn(random, blocks, DRAWS)])
        drawn = [times @ table for table in (self.counts, self.confidence, self.right)]
        errors, losses = _error(*drawn), (times @ self.loss) / drawn[0].sum(axis=1)
        (low, high), (least, most) = (np.quantile(values, (0.025, 0.975)) for values in (errors, losses))
        error = self.error
        basic = max(0.0, min(error, 2 * error - float(high))), max(error, 2 * error - float(low))
        return basic, (float(least), float(most))


def fit_temperature(scores: Scores, labels: NDArray[np.integer]) -> float:
    """The temperature T that minimises the negative log-likelihood of softmax(scores / T) (section 4.2).

    It has one minimum in log T, which Brent's method finds within `LOWEST` to `HIGHEST`.

    Args:
        scores: `(pixels, classes)`, before any activation, of ground the network has not been trained on.
        labels: Place of the true class of each, `(pixels,)`.
    """

    def cost(log_temperature: float) -> float:
        return float(losses(scores / np.float32(math.exp(log_temperature)), labels).mean())

    bounds = math.log(LOWEST), math.log(HIGHEST)
    return math.exp(minimize_scalar(cost, bounds=bounds, method="bounded", options={"xatol": 1e-4}).x)


def is_at_edge(temperature: float) -> bool:
    """Whether scores and labels told no temperature: they leave no doubt, or have nothing to do with each other."""
    return leaves_no_doubt(temperature) or temperature >= HIGHEST / EDGE


def leaves_no_doubt(temperature: float) -> bool:
    """Whether none that is searched is low enough: the highest score is right on all pixels."""
    return temperature <= LOWEST * EDGE


def losses(scores: Scores, labels: NDArray[np.integer]) -> Values:
    """Negative log-likelihood of the true class of each pixel under softmax, `(pixels,)`."""
    highest = scores.max(axis=1)
    spread = np.log(np.exp(scores - highest[:, np.newaxis]).sum(axis=1, dtype=np.float64))
    return np.asarray(spread + highest - scores[np.arange(len(scores)), labels], np.float64)


def probabilities(scores: Scores) -> Scores:
    """Softmax over classes, `(pixels, classes)`."""
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float32)


def reliability(
    scores: Scores, labels: NDArray[np.integer], blocks: NDArray[np.integer], decoder: ClassDecoder | None = None
) -> Reliability:
    """How often the class that was chosen is right, by how sure the network was of it.

    Args:
        scores: `(pixels, classes)`, divided by the temperature.
        labels: Place of the true class of each, `(pixels,)`.
        blocks: Block of ground of each, `(pixels,)`.
        decoder: What chooses the class of a map from probabilities, by a threshold for one; `None`: the highest wins.
    """
    said = probabilities(scores)
    if decoder is None:
        right, sure = said.argmax(axis=1) == labels, said.max(axis=1)
    else:
        layers = decoder.layers(said.T[:, np.newaxis])
        right, sure = np.array(decoder.legend.values)[labels] == layers["classes"][0], layers["confidence"][0]
    _, places = np.unique(blocks, return_inverse=True)
    counts, confidence, hits = _binned(sure, right, places)
    lost = np.bincount(places, losses(scores, labels), len(counts)).astype(float)
    return Reliability(counts, confidence, hits, lost)


def class_errors(scores: Scores, labels: NDArray[np.integer]) -> tuple[float, ...]:
    """Calibration error of each class's probability, 0–1.

    The class-wise error of Kull et al. 2019 (Beyond temperature scaling, arXiv 1910.12656, equation 5): over bins of
    the probability of the class, mean distance to the share of pixels that are of it.
    """
    said = probabilities(scores)
    alone = np.zeros(len(labels), np.int64)
    return tuple(
        float(_error(*(table[0] for table in _binned(said[:, place], labels == place, alone))))
        for place in range(said.shape[1])
    )


def _binned(said: Scores, came_true: NDArray[np.bool_], groups: NDArray[np.integer]) -> tuple[Values, Values, Values]:
    """Pixels, sum of what was said, and how often it came true, by group and bin of what was said, `(groups, bins)`."""
    bins = np.minimum((said * BINS).astype(np.int64), BINS - 1)
    places = groups * BINS + bins
    size = (int(groups.max()) + 1) * BINS
    counts, sums, hits = (
        np.bincount(places, weights, size).astype(float).reshape(-1, BINS)
        for weights in (None, said.astype(np.float64), came_true.astype(np.float64))
    )
    return counts, sums, hits


def _error(counts: Values, said: Values, came_true: Values) -> Values:
    """Mean distance of what was said and what came true over the bins of the last axis."""
    return np.asarray(np.abs(said - came_true).sum(axis=-1) / counts.sum(axis=-1))
