"""Turns what several members say of the classes of a pixel into measures of how unsure they are.

A member is a network, a turn of the image, or a draw of a network with dropout. Of the predictive distributions p of M
members over K classes, with their mean p̄:

- entropy H(p̄): how unsure they are altogether;
- mutual information H(p̄) − mean H(p): the part of it that comes from their disagreement, 0 where all say the same
  (Depeweg et al. 2018, arXiv 1710.07283, equation 8; as BALD in Houlsby et al. 2011, arXiv 1112.5745);
- confidence max p̄.

Deviation: entropies are divided by log K, the largest there can be. So they lie between 0 and 1 whatever the number of
classes, and maps of different models can be held against each other; times log K they are in nats.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

ROWS = 32
"""Rows that are worked on together, so that they stay in the processor's cache."""

LEAST = np.float32(1e-30)
"""Smaller probabilities count as this: p log p is 0 there, and no logarithm infinite."""


def entropy(probability: Values) -> Values:
    """Shannon entropy over the classes, divided by the log of their number, `(rows, cols)`, 0–1.

    Args:
        probability: `(classes, rows, cols)`, of two classes or more; where it is NaN, so is the entropy.
    """
    found = np.empty(probability.shape[1:], np.float32)
    for start in range(0, probability.shape[1], ROWS):
        part = np.maximum(probability[:, start : start + ROWS], 0)
        found[start : start + ROWS] = (part * np.log(np.maximum(part, LEAST))).sum(axis=0)
    found *= np.float32(-1 / math.log(len(probability)))
    bounded: Values = np.clip(found, 0, 1, out=found)
    return bounded


def combine(members: Iterable[Values]) -> Values:
    """The mean of what members say, and how far they disagree.

    Args:
        members: The probability per class of each, `(classes, rows, cols)`. Taken one after the other; none is kept.

    Returns:
        `(classes + 1, rows, cols)`: the mean probability per class, then the mutual information, both 0–1.

    Raises:
        ValueError: There is no member.
    """
    mean: Values | None = None
    inner: Values | None = None
    count = 0
    for said in members:
        unsure = entropy(said)
        mean = said.astype(np.float32) if mean is None else np.add(mean, said, out=mean)  # a copy of the first
        inner = unsure if inner is None else np.add(inner, unsure, out=inner)
        count += 1
    if mean is None or inner is None:
        raise ValueError("no members")
    mean /= np.float32(count)
    inner /= np.float32(count)
    joint = alone(mean)
    joint[-1] += entropy(mean) - inner
    np.maximum(joint[-1], 0, out=joint[-1])  # below 0 is rounding
    return joint


def alone(said: Values) -> Values:
    """What `combine` gives for a single member, which cannot disagree, without measuring it."""
    joint = np.empty((len(said) + 1, *said.shape[1:]), np.float32)
    joint[:-1] = said
    joint[-1] = 0
    return joint
