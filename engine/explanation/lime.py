"""LIME: a linear model of superpixels that says near the image what the network says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .evaluations import Scores, Told, evaluate
from .features import Features

WIDTH = 0.25
"""Width of the exponential kernel, in cosine distance; that of the authors' program."""

RIDGE = 1e-2
"""Strength of the ridge, as a share of the mean weight of a feature: keeps what was drawn too rarely near 0."""

RESAMPLED = 200
"""How often the samples are drawn anew for an interval."""


@dataclass(frozen=True)
class Estimate:
    """Attributions that rest on chance.

    Args:
        values: `(features,)`.
        repeats: The same from samples drawn anew, `(repeats, features)`; none where nothing was left to chance.
        fit: Share of the scores' variance that the linear model explains (weighted R²); NaN where none was fitted.
    """

    values: NDArray[np.float64]
    repeats: NDArray[np.float64]
    fit: float


def lime(
    scores: Scores,
    image: NDArray[np.float32],
    baseline: NDArray[np.float32],
    features: Features,
    samples: int,
    seed: int,
    told: Told,
) -> Estimate:
    """Fit a weighted ridge regression to what the network says of images with some features left out.

    Ribeiro, Singh and Guestrin 2016 (arXiv 1602.04938, section 3.4). Features are left out with a probability of ½; a
    sample weighs exp(-D² / width²) with D the cosine distance to the whole image. Deviation: no features are selected
    beforehand, the ridge does for that. Intervals come from samples drawn anew from those that there are (bootstrap),
    which costs no evaluation.

    Args:
        scores: What is explained.
        image: `(channels, rows, cols)`, scaled.
        baseline: What is left where a feature is not, of the same shape.
        features: The superpixels.
        samples: How often the network is asked.
        seed: Where chance begins.
        told: Is told how far it is.

    Returns:
        What the presence of each feature adds to the score.
    """
    rng = np.random.default_rng(seed)
    present = rng.random((samples, features.count)) < 0.5
    present[0] = True  # the image itself belongs to its neighbourhood

    def fill(number: int, into: NDArray[np.float32]) -> None:
        features.keep(present[number], image, baseline, into)

    found = evaluate(scores, samples, image.shape, fill, told)
    distance = 1 - np.sqrt(present.mean(axis=1))
    weights = np.exp(-(distance**2) / WIDTH**2)
    values, fit = _ridge(present.astype(float), found, weights)
    draws = rng.integers(0, samples, (RESAMPLED, samples))
    repeats = np.stack([_ridge(present[draw].astype(float), found[draw], weights[draw])[0] for draw in draws])
    return Estimate(values, repeats, fit)


def _ridge(
    there: NDArray[np.float64], found: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Coefficients of a weighted ridge regression with a free intercept, and its weighted R²; NaN: not known."""
    share = weights / weights.sum()
    centred, said = there - share @ there, found - share @ found
    weighted = centred * share[:, np.newaxis]
    # half of the samples hold a feature: its variance is about 1/4
    coefficients = np.linalg.solve(weighted.T @ centred + RIDGE / 4 * np.eye(there.shape[1]), weighted.T @ said)
    left = said - centred @ coefficients
    spread = float(share @ said**2)
    tells = spread > 0 and len(found) > there.shape[1] + 1  # fewer samples fit any model
    return coefficients, 1 - float(share @ left**2) / spread if tells else np.nan
