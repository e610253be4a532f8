"""Integrated gradients: gradients gathered on the way from a baseline to the image."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isclose

import numpy as np
import torch
from captum.attr import Saliency
from torch import Tensor

from .asked import BATCH_PX, Asked, at_once

EVEN = 0.25
"""At most this share of the steps lies evenly on the way; the others go where the score is told worst."""

TRAPEZOID = (1 / 2, 1 / 2)
TRAPEZOIDS = (1 / 4, 1 / 2, 1 / 4)
SIMPSON = (1 / 6, 4 / 6, 1 / 6)

HELD_BYTES = 100e6
"""About so many bytes of gradients are held at once, twice that at most."""

LEAST_HELD = 6
"""Steps of a part of the way, if one image takes more than that."""


@dataclass(frozen=True)
class Step:
    """What is known at a place of the way.

    Args:
        share: Where it lies, 0 (baseline) – 1 (image).
        score: What the network says there.
        slope: How steeply the score changes along the way.
        gradient: `(1, channels, rows, cols)`.
    """

    share: float
    score: float
    slope: float
    gradient: Tensor


def integrated_gradients(
    asked: Asked, image: Tensor, baseline: Tensor, steps: int, most_px: float = BATCH_PX
) -> tuple[Tensor, float]:
    """Integrate the gradient along the straight way from the baseline, times the way.

    Sundararajan, Taly and Yan 2017 (arXiv 1703.01365, section 3). Attributions add up to the difference of the score
    between image and baseline (completeness); what they miss it by is the convergence delta, which shrinks with the
    number of steps. Gradients are captum's. Deviation: where the steps lie. A probability leaps on a short stretch of
    the way, which even steps pass over. So some of the steps lie evenly; each other one halves the stretch whose
    trapezoid misses the change of the score between its two ends by most. That change is known: a step tells the score
    and its gradient at once, and no step is made in vain. Two halves are integrated by Simpson's rule where that misses
    less, else by trapezoids. Nothing is scaled to fit; what is missed in the end is told.

    Args:
        asked: What is explained.
        image: `(1, channels, rows, cols)`, scaled.
        baseline: Of the same shape.
        steps: How many gradients are computed, 2 or more.
        most_px: Pixels that there is memory for.

    Returns:
        `(1, channels, rows, cols)`, in the score's unit; and the convergence delta, their sum less the difference.
    """
    way = Way(asked, image, baseline, most_px)
    made = torch.zeros_like(way.length)
    counts = parts_of(steps, made)
    bounds = np.linspace(0, 1, len(counts) + 1)
    scores: list[float] = []
    last: Step | None = None
    for start, end, count in zip(bounds, bounds[1:], counts):
        found = _steps_between(way, float(start), float(end), count, last)
        made += _integral(found)
        scores += [found[0].score, found[-1].score]
        last = found[-1]
    made *= way.length
    return made, float(made.sum(dtype=torch.float64)) - (scores[-1] - scores[0])


class Way:
    """The straight way from a baseline to an image.

    Args:
        asked: What is explained.
        image: `(1, channels, rows, cols)`, scaled.
        baseline: Of the same shape.
        most_px: Pixels that there is memory for.
    """

    def __init__(self, asked: Asked, image: Tensor, baseline: Tensor, most_px: float = BATCH_PX) -> None:
        self.baseline = baseline.detach()
        self.length = image.detach() - self.baseline
        self.at_once = at_once(image)
        self._asked = asked
        self._most_px = most_px
        self._scores: list[float] = []
        self._gradient = Saliency(self._listen)

    def steps(self, shares: Sequence[float]) -> list[Step]:
        """Score and gradient at places of the way, as many at once as there is memory for."""
        count = at_once(self.length, self._most_px)
        return [step for first in range(0, len(shares), count) for step in self._steps(shares[first : first + count])]

    def _steps(self, shares: Sequence[float]) -> list[Step]:
        """The same, all at once."""
        along = torch.tensor(shares, dtype=self.length.dtype, device=self.length.device)[:, None, None, None]
        places = (self.baseline + along * self.length).requires_grad_()
        gradients = self._gradient.attribute(places, abs=False).detach()
        slopes = (gradients * self.length).sum((1, 2, 3), dtype=torch.float64).tolist()
        # cloned, so that those that are let go do not stay for the sake of others of the batch
        return [
            Step(share, score, slope, gradient[None].clone())
            for share, score, slope, gradient in zip(shares, self._scores, slopes, gradients)
        ]

    def _listen(self, places: Tensor) -> Tensor:
        """Ask, and keep the scores that captum throws away."""
        scores: Tensor = self._asked(places)
        self._scores = scores.detach().double().tolist()
        return scores


def parts_of(steps: int, image: Tensor) -> list[int]:
    """How many steps are made in each part of the way: more than one part where gradients would take much memory."""
    held = max(LEAST_HELD, int(HELD_BYTES / (image.numel() * image.element_size())))
    parts = max(1, steps // held)
    return [steps // parts + (number < steps % parts) for number in range(parts)]


def gradient_passes(steps: int, image: Tensor, most_px: float = BATCH_PX) -> int:
    """How often the network runs, whatever number of gradients it computes at once."""
    return sum(
        -(-batch // at_once(image, most_px))
        for number, count in enumerate(parts_of(steps, image))
        for batch in (_evenly(count, number > 0), *_batches(count, number > 0, at_once(image)))
    )


def _evenly(count: int, is_begun: bool) -> int:
    """How many of the steps of a part lie evenly, without the first where that is known from the part before.

    They cut it into 2, 4, 8 … stretches, so that steps that are more hold those that are fewer.
    """
    stretches = 1 << max(1, int(EVEN * count).bit_length() - 1)
    return min(count, stretches + 1 - is_begun)


def _batches(count: int, is_begun: bool, at_once: int) -> Iterable[int]:
    """How many stretches are halved together: the fewer there are, the more does a next one hang on the last."""
    made = _evenly(count, is_begun)
    while made < count:
        stretches = made + is_begun - 1
        batch = min(count - made, at_once, max(1, stretches // 4))
        yield batch
        made += batch


def _steps_between(way: Way, start: float, end: float, count: int, begun: Step | None) -> list[Step]:
    """So many steps of a part of the way, in their order, after the one it begins with where that is known."""
    is_begun = begun is not None
    even = np.linspace(start, end, _evenly(count, is_begun) + is_begun).tolist()[is_begun:]
    found = [begun] if begun is not None else []
    for first in range(0, len(even), way.at_once):
        found += way.steps(even[first : first + way.at_once])
    for batch in _batches(count, is_begun, way.at_once):
        worst = sorted(pairwise(found), key=lambda stretch: _missed(stretch, TRAPEZOID))[-batch:]
        found += way.steps([(before.share + after.share) / 2 for before, after in worst])
        found.sort(key=lambda step: step.share)
    return found


def _integral(found: Sequence[Step]) -> Tensor:
    """The integral of the gradient over a part of the way."""
    total, at = torch.zeros_like(found[0].gradient), 0
    while at < len(found) - 1:
        piece, weights = _piece(found[at : at + 3])
        length = piece[-1].share - piece[0].share
        for step, weight in zip(piece, weights):
            total += step.gradient * (length * weight)
        at += len(piece) - 1
    return total


def _piece(three: Sequence[Step]) -> tuple[Sequence[Step], Sequence[float]]:
    """Those of the next steps that are integrated together, and their weights: Simpson's where that misses less."""
    if len(three) == 3 and isclose(three[1].share - three[0].share, three[2].share - three[1].share, rel_tol=1e-6):
        if _missed(three, SIMPSON) < _missed(three, TRAPEZOIDS):
            return three, SIMPSON
    return three[:2], TRAPEZOID


def _missed(piece: Sequence[Step], weights: Sequence[float]) -> float:
    """By how much a rule misses the change of the score over a piece of the way."""
    first, last = piece[0], piece[-1]
    told = (last.share - first.share) * sum(weight * step.slope for step, weight in zip(piece, weights))
    return abs(told - (last.score - first.score))
