"""How well a map of classes agrees with the truth, from one table of counts."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Agreement:
    """Counts of pixels, `(true classes, predicted classes)`; the figures follow from them."""

    counts: Tensor

    @classmethod
    def measure(cls, truth: Tensor, predicted: Tensor, classes: int, ignore_label: int) -> Agreement:
        """Compare two label maps of the same shape, leaving out pixels whose truth is the ignore label."""
        valid = truth != ignore_label
        pairs = truth[valid].long() * classes + predicted[valid].long()
        return cls(torch.bincount(pairs, minlength=classes**2).reshape(classes, classes))

    def __add__(self, other: Agreement) -> Agreement:
        """Pool the pixels of two comparisons."""
        return Agreement(self.counts + other.counts)

    @property
    def pixels(self) -> int:
        """Number of pixels compared."""
        return int(self.counts.sum())

    @property
    def overall_accuracy(self) -> float:
        """Share of pixels that are right, 0–1."""
        return float(self.counts.diagonal().sum()) / self.pixels if self.pixels else math.nan

    @property
    def iou(self) -> tuple[float, ...]:
        """Intersection over union per class, 0–1; NaN for classes that the truth does not have."""
        true_pixels, predicted_pixels = self.counts.sum(dim=1), self.counts.sum(dim=0)
        intersection = self.counts.diagonal()
        union = true_pixels + predicted_pixels - intersection
        return tuple(torch.where(true_pixels > 0, intersection / union, math.nan).tolist())

    @property
    def mean_iou(self) -> float:
        """Mean of the IoU of the classes that the truth has."""
        present = [value for value in self.iou if not math.isnan(value)]
        return sum(present) / len(present) if present else math.nan
