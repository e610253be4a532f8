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
        logits = logits.float().movedim(1, -1)[valid]  # (pixels, classes)
        if not len(labels):
            return logits.sum()  # 0, with a way back to the weights
        if logits.shape[1] == 1:
            inside = labels == 1
            margin = torch.where(inside, logits[:, 0], -logits[:, 0])
            return _extension((1 - margin)[:, None], inside[:, None]).squeeze()
        truth = labels[:, None] == torch.arange(logits.shape[1], device=labels.device)
        per_class = _extension((truth.float() - logits.softmax(dim=1)).abs(), truth)
        return per_class[truth.any(dim=0)].mean()


def _extension(errors: Tensor, truth: Tensor) -> Tensor:
    """Σ max(0, error) × growth of 1 - IoU as pixels are given up from the worst on.

    Args:
        errors: `(pixels, classes)`.
        truth: Whether the class is true, `(pixels, classes)`.

    Returns:
        One value for each class, `(classes,)`.
    """
    errors, order = errors.sort(dim=0, descending=True)
    sorted_truth = truth.gather(0, order).float()
    area = sorted_truth.sum(dim=0)
    common = area - sorted_truth.cumsum(dim=0)
    union = area + (1 - sorted_truth).cumsum(dim=0)
    jaccard = 1 - common / union
    growth = jaccard.diff(dim=0, prepend=torch.zeros_like(jaccard[:1]))
    return (errors.relu() * growth).sum(dim=0)
