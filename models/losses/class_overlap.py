"""Turns logits and labels into predicted, true and common area per class, what all losses of overlap are made of.

A lone logit `(B, 1, ...)` is that of a mask: its sigmoid is the probability of label 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from ..errors import MisfitError


@dataclass(frozen=True)
class ClassOverlap:
    """Soft areas of each class over the labelled pixels of a batch, each `(classes,)`, in pixels.

    Attributes:
        common: Σ p g, where p is the probability and g is 1 where the class is true.
        predicted: Σ p.
        true: Σ g.
    """

    common: Tensor
    predicted: Tensor
    true: Tensor

    @classmethod
    def measure(cls, logits: Tensor, labels: Tensor, ignore_label: int) -> ClassOverlap:
        """Compare logits `(B, classes, ...)` with labels `(B, ...)`."""
        probability, truth = probability_and_truth(logits, labels, ignore_label)
        over_pixels = (0, *range(2, logits.ndim))
        common = (probability * truth).sum(over_pixels)
        return cls(common, probability.sum(over_pixels), truth.sum(over_pixels))

    def mean_loss(self, score: Tensor) -> Tensor:
        """One minus a score `(classes,)`, the mean of the classes that are there; 0 where none is."""
        present = self.true > 0
        return ((1 - score) * present).sum() / present.sum().clamp_min(1)


def probability_and_truth(logits: Tensor, labels: Tensor, ignore_label: int) -> tuple[Tensor, Tensor]:
    """Probability and truth of each class, 0 where there is no label.

    Args:
        logits: `(B, classes, ...)`, or `(B, 1, ...)` of a mask.
        labels: `(B, ...)`.
        ignore_label: Label of pixels that do not count.

    Returns:
        Both `(B, classes, ...)`, float32.
    """
    labels = beside(labels, logits)
    valid = labels != ignore_label
    if logits.shape[1] == 1:
        return logits.float().sigmoid() * valid, (labels == 1).float()
    numbers = torch.arange(logits.shape[1], device=labels.device).view(1, -1, *(1,) * (logits.ndim - 2))
    return logits.float().softmax(dim=1) * valid, ((labels == numbers) & valid).float()


def beside(labels: Tensor, logits: Tensor) -> Tensor:
    """Labels `(B, ...)` as `(B, 1, ...)`, once they are known to lie on the grid of the logits `(B, classes, ...)`."""
    if labels.shape != logits.shape[:1] + logits.shape[2:]:
        raise MisfitError(
            "The network gives {output}, the labels are {labels}. Give one label for each vector of logits.",
            output=" × ".join(map(str, logits.shape)),
            labels=" × ".join(map(str, labels.shape)),
        )
    return labels[:, None]
