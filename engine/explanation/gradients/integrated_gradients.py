"""Integrated gradients: gradients gathered on the way from a baseline to the image."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch
from captum.attr import IntegratedGradients
from numpy.typing import NDArray
from torch import Tensor

from .asked import Asked, at_once

EVEN = 0.25
"""Share of the steps that are spread evenly; the others go where the score changes."""

POINTS = 2
"""Steps in each stretch of the way."""


def integrated_gradients(asked: Asked, image: Tensor, baseline: Tensor, steps: int) -> tuple[Tensor, float]:
    """Integrate the gradient along the straight way from the baseline, times the way.

    Sundararajan, Taly and Yan 2017 (arXiv 1703.01365, section 3). Attributions add up to the difference of the score
    between image and baseline (completeness); what they miss it by is the convergence delta, which shrinks with the
    number of steps. Deviation: a probability changes on a short stretch of the way, which even steps pass over. So the
    way is cut into stretches over which the score changes about as much, and each is integrated by itself, with captum
    and the Gauss–Legendre rule; the integral is the sum.

    Args:
        asked: What is explained.
        image: `(1, channels, rows, cols)`, scaled.
        baseline: Of the same shape.
        steps: Number of steps.

    Returns:
        `(1, channels, rows, cols)`, in the score's unit; and the convergence delta, their sum less the difference.
    """
    looks = places_looked_at(steps)
    with torch.no_grad():
        found = np.array([float(asked(_between(baseline, image, share))) for share in np.linspace(0, 1, looks)])
    made = torch.zeros_like(image)
    method = IntegratedGradients(asked)
    for start, end in pairwise(stretches(found, max(1, steps // POINTS))):
        here, there = (_between(baseline, image, share) for share in (start, end))
        made += method.attribute(there, here, n_steps=POINTS, internal_batch_size=at_once(image))
    return made, float(made.sum(dtype=torch.float64)) - float(found[-1] - found[0])


def places_looked_at(steps: int) -> int:
    """At how many places of the way the score is looked up first, to see where it changes."""
    return max(3, steps // 2 + 1)


def stretches(found: NDArray[np.float64], count: int) -> list[float]:
    """Where so many stretches begin and end, 0–1, given the score at even places of the way."""
    change = np.abs(np.diff(found))
    even = np.full(len(change), 1 / len(change))
    share = EVEN * even + (1 - EVEN) * (change / change.sum() if change.sum() > 0 else even)
    gathered = np.concatenate([[0], np.cumsum(share)])
    places = np.interp(np.linspace(0, gathered[-1], count + 1), gathered, np.linspace(0, 1, len(found)))
    return [0.0, *places[1:-1].tolist(), 1.0]


def _between(start: Tensor, end: Tensor, share: float) -> Tensor:
    """A place on the way."""
    return start.detach() + share * (end.detach() - start.detach())
