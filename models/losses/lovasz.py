"""Lovász losses: the intersection over union itself, extended to probabilities so that it has a slope everywhere.

After Berman, Triki and Blaschko 2018 (arXiv 1705.08790): Lovász-softmax, equation 11, over the classes present, and
for a lone logit the Lovász hinge, equation 9. The pixels of the whole batch are sorted together.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .class_overlap import beside


class Lovasz(nn.Module):
    """The Lovász extension of 1 - IoU at the errors of the labelled pixels, the mean of the classes present."""

    def __init__(self, ignore_label: int) -> None:
        """Set the loss up.

        Args:
            ignore_label: Label of pixels that do not count.
        """
        super().__init__()
        self.ignore_label = ignore_label

    def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Compare logits `(B, classes, H, W)`, or `(B, 1, H, W)` of a mask, with labels `(B, H, W)`; a scalar."""
        valid = beside(labels, logits)[:, 0] != self.ignore_label
        labels = labels[valid]  # (pixels,)
        logits = logits.float().movedim(1, 0)[:, valid]  # (classes, pixels)
        if not len(labels):
            return logits.sum()  # 0, with a way back to the weights
        if len(logits) == 1:
            inside = (labels == 1)[None]
            return _extension(1 - torch.where(inside, logits, -logits), inside).squeeze()
        truth = labels == torch.arange(len(logits), device=labels.device)[:, None]
        present = truth.any(dim=1)
        truth = truth[present]
        return _extension((truth.float() - logits.softmax(dim=0)[present]).abs(), truth).mean()


def _extension(errors: Tensor, truth: Tensor) -> Tensor:
    """Σ max(0, error) × growth of 1 - IoU as pixels are given up from the worst on.

    Args:
        errors: `(classes, pixels)`.
        truth: Whether the class is true, `(classes, pixels)`.

    Returns:
        One value for each class, `(classes,)`.
    """
    errors, order = errors.sort(dim=1, descending=True)
    sorted_truth = truth.gather(1, order).float()
    area = sorted_truth.sum(dim=1, keepdim=True)
    common = area - sorted_truth.cumsum(dim=1)
    union = area + (1 - sorted_truth).cumsum(dim=1)
    jaccard = 1 - common / union
    growth = jaccard.diff(dim=1, prepend=torch.zeros_like(jaccard[:, :1]))
    return (errors.relu() * growth).sum(dim=1)
