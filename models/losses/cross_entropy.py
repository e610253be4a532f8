"""Cross entropy of class logits, averaged over the labelled pixels."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional


class CrossEntropy(nn.Module):
    """Weighted mean of -log p(true class) over all pixels that carry a label; 0 where none does."""

    def __init__(self, ignore_label: int, class_weights: Sequence[float]) -> None:
        """Set the loss up.

        Args:
            ignore_label: Label of pixels that do not count.
            class_weights: Weight of each class's pixels, in the order of the logits.
        """
        super().__init__()
        self.ignore_label = ignore_label
        self.class_weights = torch.tensor(class_weights, dtype=torch.float32)

    def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Compare logits `(B, classes, H, W)` with labels `(B, H, W)`; gives a scalar."""
        weights = self.class_weights.to(logits.device)
        total = functional.cross_entropy(
            logits.float(), labels, weights, ignore_index=self.ignore_label, reduction="sum"
        )
        counted = labels[labels != self.ignore_label]
        return total / weights[counted].sum().clamp_min(1e-6)
