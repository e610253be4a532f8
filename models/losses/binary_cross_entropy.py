"""Cross entropy of a lone logit, that of a mask, averaged over the labelled pixels: `cross_entropy` of two classes."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from .class_overlap import beside


class BinaryCrossEntropy(nn.Module):
    """Weighted mean of -g log p - (1 - g) log(1 - p) over all pixels that carry a label; 0 where none does."""

    def __init__(
        self, ignore_label: int, class_weights: tuple[float, float] = (1.0, 1.0), smoothing: float = 0.0
    ) -> None:
        """Set the loss up.

        Args:
            ignore_label: Label of pixels that do not count.
            class_weights: Weight of pixels outside and inside the mask.
            smoothing: ε: the targets are ε / 2 and 1 - ε / 2.
        """
        super().__init__()
        self.ignore_label = ignore_label
        self.class_weights = class_weights
        self.smoothing = smoothing

    def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Compare logits `(B, 1, H, W)` with labels `(B, H, W)`, 1 inside the mask; gives a scalar."""
        labels = beside(labels, logits)
        inside = labels == 1
        outside_weight, inside_weight = self.class_weights
        weights = torch.where(inside, inside_weight, outside_weight) * (labels != self.ignore_label)
        target = inside.float() * (1 - self.smoothing) + self.smoothing / 2
        total = functional.binary_cross_entropy_with_logits(logits.float(), target, weights, reduction="sum")
        return total / weights.sum().clamp_min(1e-6)
