"""Focal loss: cross entropy that looks away from what is already right.

After Lin and others 2017 (Focal Loss for Dense Object Detection, arXiv 1708.02002, equation 5). Deviations: the sum is
divided by the weight of the labelled pixels, where detection divides it by the objects; with more than two classes p is
the softmax.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from .class_overlap import beside


class Focal(nn.Module):
    """Weighted mean of -(1 - p)^γ log p over the labelled pixels, p the probability of the true class."""

    def __init__(self, ignore_label: int, class_weights: Sequence[float], focus: float = 2.0) -> None:
        """Set the loss up.

        Args:
            ignore_label: Label of pixels that do not count.
            class_weights: α, weight of each class's pixels in the order of the logits; of a mask outside and inside.
            focus: γ; 0 is cross entropy.
        """
        super().__init__()
        self.ignore_label = ignore_label
        self.class_weights = torch.tensor(class_weights, dtype=torch.float32)
        self.focus = focus

    def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Compare logits `(B, classes, H, W)`, or `(B, 1, H, W)` of a mask, with labels `(B, H, W)`; a scalar."""
        numbers = beside(labels, logits)
        valid = numbers != self.ignore_label
        numbers = torch.where(valid, numbers, 0).long()
        if logits.shape[1] == 1:
            log_probability = functional.logsigmoid(torch.where(numbers == 1, logits, -logits).float())
        else:
            log_probability = logits.float().log_softmax(dim=1).gather(1, numbers)
        weights = self.class_weights.to(logits.device)[numbers] * valid
        missing = (1 - log_probability.exp()).clamp_min(1e-6)  # its power has no slope at 0 where the focus is below 1
        return -(weights * missing**self.focus * log_probability).sum() / weights.sum().clamp_min(1e-6)
