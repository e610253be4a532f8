"""Cross entropy of class logits, averaged over the labelled pixels.

Label smoothing after Szegedy and others 2016 (Rethinking the Inception Architecture, arXiv 1512.00567, section 7):
the true class has the target 1 - ε + ε / K, each other one ε / K. Deviation: a pixel's weight is that of its true
class for all K parts of the sum.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from .class_overlap import beside


class CrossEntropy(nn.Module):
    """Weighted mean of -Σ q log p over all pixels that carry a label; 0 where none does."""

    def __init__(self, ignore_label: int, class_weights: Sequence[float], smoothing: float = 0.0) -> None:
        """Set the loss up.

        Args:
            ignore_label: Label of pixels that do not count.
            class_weights: Weight of each class's pixels, in the order of the logits.
            smoothing: ε, share of the target that is spread over all classes.
        """
        super().__init__()
        self.ignore_label = ignore_label
        self.class_weights = torch.tensor(class_weights, dtype=torch.float32)
        self.smoothing = smoothing

    def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Compare logits `(B, classes, H, W)` with labels `(B, H, W)`; gives a scalar."""
        labels = beside(labels, logits)[:, 0].long()
        weights = self.class_weights.to(logits.device)
        log_probability = logits.float().log_softmax(dim=1)
        total = functional.nll_loss(log_probability, labels, weights, ignore_index=self.ignore_label, reduction="sum")
        valid = labels != self.ignore_label
        counted = weights[labels[valid]]
        if self.smoothing:
            spread = -(log_probability.mean(dim=1)[valid] * counted).sum()
            total = (1 - self.smoothing) * total + self.smoothing * spread
        return total / counted.sum().clamp_min(1e-6)
