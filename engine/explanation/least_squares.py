"""Sums up weighted least squares of features that are there or not, a few samples at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 1024
"""Samples that are numbers, rather than bits, at one time."""

COPIES = 4
"""How often samples are held while they are drawn and put together, a byte for each feature of each."""

MATRICES = 4
"""How many matrices of features are held while one system is solved."""

VECTORS = 256
"""About how many numbers are held for each feature: its repeats above all."""


def summed(
    there: NDArray[np.bool_], said: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """What the normal equations are made of.

    Args:
        there: Which features are there in each sample, `(samples, features)`.
        said: What the network says of each, `(samples,)`.
        weights: What each counts, `(samples,)`.

    Returns:
        Weighted sums of the products of features, `(features, features)`, of features times what is said,
        `(features,)`, and of features, `(features,)`.
    """
    count = there.shape[1]
    products, along, sums = np.zeros((count, count)), np.zeros(count), np.zeros(count)
    for start in range(0, len(there), AT_ONCE):
        part = np.s_[start : start + AT_ONCE]
        rows = there[part].astype(float)
        weighted = rows * weights[part, np.newaxis]
        products += weighted.T @ rows
        along += weighted.T @ said[part]
        sums += weighted.sum(axis=0)
    return products, along, sums


def bytes_of(samples: int, features: int) -> int:
    """About what telling so many features apart by so many samples holds in memory."""
    numbers = MATRICES * features**2 + (2 * AT_ONCE + VECTORS) * features
    return COPIES * samples * features + 8 * numbers
