"""LIME: a linear model of superpixels that says near the image what the network says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np
from numpy.typing import NDArray

from ..progress import Told
from ..verification.draws import times_drawn
from .evaluations import Scores, ask_without
from .features import Features
from .least_squares import summed

WIDTH = 0.25
"""Width of the exponential kernel, in cosine distance: the number of the authors' program.

That takes the root of the kernel besides, so that its samples weigh more alike than in the paper, and than here."""

RIDGE = 1e-2
"""Strength of the ridge, as a share of the mean weight of a feature: keeps what was drawn too rarely near 0."""

EVEN = 0.5
"""How probable it is that a feature is there."""

RESAMPLED = 200
"""How often the samples are drawn anew for an interval."""

Seed = Union[int, Sequence[int]]
"""Where chance begins; several numbers: of all of them together."""


@dataclass(frozen=True)
class Estimate:
    """Attributions that rest on chance.

    Args:
        values: `(features,)`.
        repeats: The same from samples drawn anew, `(repeats, features)`; none where nothing was left to chance.
        fit: Share of the variance of scores that it was not fitted to that the linear model explains (weighted R²); NaN
            where that is not known.
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
    which costs no evaluation. How well the model fits is told by models that a sample was not drawn for (out of bag,
    Breiman 1996): with three samples for each feature it follows more than a third even of mere noise.

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
    present = rng.random((samples, features.count)) < EVEN
    present[0] = True  # the image itself belongs to its neighbourhood
    found = ask_without(scores, image, baseline, features.keep, present, told)
    distance = 1 - np.sqrt(present.mean(axis=1))
    weights = np.exp(-(distance**2) / WIDTH**2)
    values, _ = _ridge(present, found, weights)
    repeats = np.empty((RESAMPLED, features.count))
    foretold, times = np.zeros((2, samples))
    for repeat, drawn in zip(repeats, times_drawn(rng, samples, RESAMPLED)):
        repeat[:], intercept = _ridge(present, found, weights * drawn)
        out = drawn == 0
        foretold[out] += intercept + np.einsum("sf,f->s", present[out], repeat)
        times[out] += 1
        told(1.0)  # many superpixels take long, and the user may want to stop
    if samples <= features.count + 1:  # so few fit any model
        return Estimate(values, repeats, np.nan)
    return Estimate(values, repeats, _fit(found, foretold / np.maximum(times, 1), np.where(times > 0, weights, 0)))


def lime_of_tile(
    scores: Scores,
    image: NDArray[np.float32],
    baseline: NDArray[np.float32],
    features: Features,
    samples: int,
    seed: Seed,
    told: Told,
) -> Estimate:
    """The same for a tile of an extent, so that what a block gets does not hang on how many blocks its tile has.

    Deviations from `lime`: Samples weigh alike, since half of a whole extent is missing from all of them, and so does
    the image itself. They are drawn together with their complements (as in Kernel SHAP, see there), which leaves much
    less to chance. There are no intervals: over an extent they come from the tiles.

    Args:
        scores: What is explained.
        image: `(channels, rows, cols)`, scaled.
        baseline: What is left where a feature is not, of the same shape.
        features: The blocks.
        samples: How often the network is asked, at most: an odd one is left out.
        seed: Where chance begins.
        told: Is told how far it is.
    """
    half = np.random.default_rng(seed).random((samples // 2, features.count)) < EVEN
    present = np.concatenate([half, ~half])
    found = ask_without(scores, image, baseline, features.keep, present, told)
    values, _ = _ridge(present, found, np.ones(len(present)))
    return Estimate(values, np.empty((0, features.count)), np.nan)


def _ridge(
    there: NDArray[np.bool_], found: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Coefficients of a weighted ridge regression, and its free intercept."""
    share = weights / weights.sum()
    said = found - share @ found
    products, along, means = summed(there, said, share)
    products -= np.outer(means, means)
    products[np.diag_indices_from(products)] += RIDGE / 4  # half of the samples hold a feature: its variance is ~ 1/4
    coefficients = np.linalg.solve(products, along)
    return np.asarray(coefficients, np.float64), float(share @ found - means @ coefficients)


def _fit(found: NDArray[np.float64], foretold: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Weighted R² of what was foretold; NaN: all scores are the same."""
    share = weights / weights.sum()
    spread = float(share @ (found - share @ found) ** 2)
    return 1 - float(share @ (found - foretold) ** 2) / spread if spread > 0 else np.nan
