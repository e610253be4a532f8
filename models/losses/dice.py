"""Soft Dice loss: one minus the overlap of predicted and true area, averaged over classes.

After Milletari, Navab and Ahmadi 2016 (V-Net, arXiv 1606.04797, section 3) with two deviations: the sums in
the denominator are of probabilities, not of their squares, and classes absent from the truth do not count.
"""

from __future__ import annotations

from torch import Tensor, nn

from .class_overlap import ClassOverlap


class Dice(nn.Module):
    """1 - 2 Σ p g / (Σ p + Σ g) over the labelled pixels of the batch, the mean of the classes present."""

    def __init__(self, ignore_label: int) -> None:
        """Set the loss up.

        Args:
            ignore_label: Label of pixels that do not count.
        """
        super().__init__()
        self.ignore_label = ignore_label

    def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Compare logits `(B, classes, H, W)`, or `(B, 1, H, W)` of a mask, with labels `(B, H, W)`; a scalar."""
        area = ClassOverlap.measure(logits, labels, self.ignore_label)
        return area.mean_loss(2 * area.common / (area.predicted + area.true).clamp_min(1e-6))
