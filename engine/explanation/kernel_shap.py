"""Kernel SHAP: what each superpixel adds to the score on average over all orders in which they may come."""

from __future__ import annotations

from itertools import combinations
from math import comb, sqrt

import numpy as np
from numpy.typing import NDArray

from ..progress import Told
from ..verification.draws import times_drawn
from .evaluations import Scores, ask_without
from .features import Features
from .least_squares import summed
from .lime import RESAMPLED, Estimate, Seed
from .near import AndTheRest

STEADY = 1e-9
"""Keeps the regression solvable where too few samples were drawn, as a share of the largest diagonal element."""


def kernel_shap(
    scores: Scores,
    image: NDArray[np.float32],
    baseline: NDArray[np.float32],
    features: Features | AndTheRest,
    samples: int,
    seed: Seed,
    told: Told,
    resampled: int = RESAMPLED,
) -> Estimate:
    """Shapley values of features: exact where all subsets can be asked for, else by weighted regression.

    Lundberg and Lee 2017 (arXiv 1705.07874, theorem 2). Where 2ⁿ is no more than `samples`, every subset of the n
    features is asked for, and the values are Shapley's own. Otherwise subsets are enumerated size by size from the
    outside as far as that goes, as in the authors' program, the rest is drawn together with its complements (Covert and
    Lee 2021, arXiv 2012.01536), and the regression is solved under the condition that the values add up to the
    difference between the image and the baseline. Intervals come from samples drawn anew (bootstrap); as regressions
    follow part of the noise, these lie too near the values, and farther by what degrees of freedom say.

    Args:
        scores: What is explained.
        image: `(channels, rows, cols)`, scaled.
        baseline: What is left where a feature is not, of the same shape.
        features: The superpixels, and behind them the rest where there is one.
        samples: How often the network is asked, at most.
        seed: Where chance begins.
        told: Is told how far it is.
        resampled: How often samples are drawn anew for an interval.

    Returns:
        The share of each feature in `f(image) - f(baseline)`.
    """
    count = features.count
    if count < 2 or 2**count <= samples:
        subsets = (np.arange(2**count)[:, np.newaxis] >> np.arange(count)) & 1
        found = ask_without(scores, image, baseline, features.keep, subsets.astype(bool), told)
        return Estimate(_shapley(found), np.empty((0, count)), np.nan)
    rng = np.random.default_rng(seed)
    enumerated, drawn, mass = _subsets(count, samples - 2, rng)
    ends = np.array([[False] * count, [True] * count])
    present = np.concatenate([ends, enumerated[0], drawn])
    found = ask_without(scores, image, baseline, features.keep, present, told)
    nothing, whole = found[0], found[1]
    there, said = present[2:], found[2:] - nothing
    fixed, pairs = len(enumerated[0]), len(drawn) // 2
    weights = np.concatenate([enumerated[1], np.full(len(drawn), mass / max(1, len(drawn)))])
    values = _constrained(there, said, weights, whole - nothing)
    repeats = np.empty((resampled if pairs else 0, count))
    equations, unknown = len(there) // 2, count - 1  # a sample tells of the values what its complement does
    farther = sqrt(equations / max(1, equations - unknown))
    for repeat, times in zip(repeats, times_drawn(rng, pairs, len(repeats))):
        taken = np.concatenate([weights[:fixed], weights[fixed:] * times.repeat(2)])
        repeat[:] = values + farther * (_constrained(there, said, taken, whole - nothing) - values)
        told(1.0)  # many superpixels take long, and the user may want to stop
    return Estimate(values, repeats, np.nan)


def _shapley(found: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shapley values from the scores of all subsets, `(2 ** features,)`, whose bits say which features are there."""
    count = len(found).bit_length() - 1
    numbers = np.arange(len(found))
    sizes = np.array([int(number).bit_count() for number in numbers])
    values = np.empty(count)
    for feature in range(count):
        without = numbers[(numbers >> feature) & 1 == 0]
        gain = found[without | 1 << feature] - found[without]
        values[feature] = (gain / np.array([comb(count - 1, size) for size in sizes[without]])).sum() / count
    return values


def _subsets(
    count: int, budget: int, rng: np.random.Generator
) -> tuple[tuple[NDArray[np.bool_], NDArray[np.float64]], NDArray[np.bool_], float]:
    """Which subsets are asked for: those enumerated with their weights, those drawn in pairs, and what these weigh."""
    enumerated: list[NDArray[np.bool_]] = []
    weights: list[float] = []
    sizes = list(range(1, count // 2 + 1))
    while sizes:
        size = sizes[0]
        both = _classes(count, size)
        if both * comb(count, size) > budget:
            break
        for chosen in combinations(range(count), size):
            one = np.zeros(count, bool)
            one[list(chosen)] = True
            for subset in (one, ~one)[:both]:
                enumerated.append(subset)
                weights.append(_mass(count, size) / both / comb(count, size))
        budget -= both * comb(count, size)
        sizes.pop(0)
    masses = np.array([_mass(count, size) for size in sizes])
    drawn: list[NDArray[np.bool_]] = []
    if sizes and budget >= 2:
        for size in rng.choice(sizes, budget // 2, p=masses / masses.sum()):
            one = np.zeros(count, bool)
            one[rng.permutation(count)[:size]] = True
            drawn += [one, ~one]
    shape = (-1, count)
    return (
        (np.array(enumerated, bool).reshape(shape), np.array(weights)),
        np.array(drawn, bool).reshape(shape),
        float(masses.sum()) if drawn else 0.0,
    )


def _classes(count: int, size: int) -> int:
    """How many sizes subsets of a size and their complements have: one where that is half of all features."""
    return 1 if 2 * size == count else 2


def _mass(count: int, size: int) -> float:
    """The Shapley kernel of all subsets of a size, and of all their complements."""
    return _classes(count, size) * (count - 1) / (size * (count - size))


def _constrained(
    there: NDArray[np.bool_], said: NDArray[np.float64], weights: NDArray[np.float64], total: float
) -> NDArray[np.float64]:
    """Weighted least squares under the condition that the values add up to `total`: Lagrange's way."""
    matrix, right, _ = summed(there, said, weights)
    diagonal = np.diag_indices_from(matrix)
    matrix[diagonal] += STEADY * matrix[diagonal].max()
    ones = np.ones(len(matrix))
    plain, along = np.linalg.solve(matrix, np.column_stack([right, ones])).T
    return np.asarray(plain + along * (total - ones @ plain) / (ones @ along))
