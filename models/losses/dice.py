"""Soft Dice loss: one minus the overlap of predicted and true area, averaged over classes.

After Milletari, Navab and Ahmadi 2016 (V-Net, arXiv 1606.04797, section 3) with two deviations: the sums in
the denominator are of probabilities, not of their squares, and classes absent from the truth do not count.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


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
        """Compare logits `(B, classes, H, W)` with labels `(B, H, W)`; gives a scalar."""
        valid = labels != self.ignore_label
        truth = functional.one_hot(torch.where(valid, labels, 0), logits.shape[1])  # (B, H, W, classes)
        truth = truth.movedim(-1, 1) * valid[:, None]  # (B, classes, H, W)
        probability = logits.float().softmax(dim=1) * valid[:, None]

        over_pixels = (0, 2, 3)
        overlap = (probability * truth).sum(over_pixels)  # (classes,)
        area = truth.sum(over_pixels)
        dice = 2 * overlap / (probability.sum(over_pixels) + area).clamp_min(1e-6)
        present = area > 0
        return ((1 - dice) * present).sum() / present.sum().clamp_min(1)
