"""Makes probabilities mean what they say: one temperature for all logits.

After Guo et al. 2017 (On calibration of modern neural networks, arXiv 1706.04599, section 4.2).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature T that minimises the negative log-likelihood of softmax(logits / T).

    The likelihood has one minimum in log T, so narrowing a bracket by the golden section finds it.

    Args:
        logits: `(pixels, classes)` of data the network has not been trained on.
        labels: `(pixels,)`.
    """
    ratio = (math.sqrt(5) - 1) / 2
    low, high = math.log(0.05), math.log(20.0)
    while high - low > 1e-4:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if _cost(logits, labels, left) < _cost(logits, labels, right):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def expected_calibration_error(logits: Tensor, labels: Tensor, bins: int = 15) -> float:
    """Mean distance between confidence and accuracy over equal bins of confidence, 0–1 (equation 3).

    Args:
        logits: `(pixels, classes)`.
        labels: `(pixels,)`.
        bins: Number of bins.
    """
    confidence, predicted = logits.float().softmax(dim=1).max(dim=1)
    right = (predicted == labels).float()
    index = (confidence * bins).long().clamp_max(bins - 1)
    surplus = torch.zeros(bins).index_add(0, index, confidence - right)
    return float(surplus.abs().sum()) / len(labels)


def _cost(logits: Tensor, labels: Tensor, log_temperature: float) -> float:
    return float(functional.cross_entropy(logits.float() / math.exp(log_temperature), labels))
