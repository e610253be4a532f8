"""Soft intersection over union.

After Rahman and Wang 2016 (Optimizing Intersection-Over-Union in Deep Neural Networks for Image Segmentation,
10.1007/978-3-319-50835-1_22, equations 3 to 5); Batra 2019 uses it for roads. Deviation: it is the mean of the classes
present, where both papers have one class against the background.
"""

from __future__ import annotations

from torch import Tensor, nn

from .class_overlap import ClassOverlap


class SoftIoU(nn.Module):
    """1 - Σ p g / Σ (p + g - p g) over the labelled pixels of the batch, the mean of the classes present."""

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
        return area.mean_loss(area.common / (area.predicted + area.true - area.common).clamp_min(1e-6))
