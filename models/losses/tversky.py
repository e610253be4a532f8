"""Tversky loss: overlap in which false alarms and misses weigh differently.

After Salehi, Erdogmus and Gholipour 2017 (arXiv 1706.05721, equation 3), whose best weights are the defaults.
Deviation: it is the mean of the classes present, where the paper has one class against the background.
"""

from __future__ import annotations

from torch import Tensor, nn

from .class_overlap import ClassOverlap


class Tversky(nn.Module):
    """1 - TP / (TP + α FP + β FN) with soft counts over the labelled pixels, the mean of the classes present."""

    def __init__(self, ignore_label: int, false_alarms: float = 0.3, misses: float = 0.7) -> None:
        """Set the loss up; with both weights 0.5 it is Dice.

        Args:
            ignore_label: Label of pixels that do not count.
            false_alarms: α, weight of pixels predicted as a class that they are not.
            misses: β, weight of pixels of a class that were not predicted as it.
        """
        super().__init__()
        self.ignore_label = ignore_label
        self.false_alarms = false_alarms
        self.misses = misses

    def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Compare logits `(B, classes, H, W)`, or `(B, 1, H, W)` of a mask, with labels `(B, H, W)`; a scalar."""
        area = ClassOverlap.measure(logits, labels, self.ignore_label)
        wrong = self.false_alarms * (area.predicted - area.common) + self.misses * (area.true - area.common)
        return area.mean_loss(area.common / (area.common + wrong).clamp_min(1e-6))
