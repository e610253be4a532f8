"""clDice: how much of each one's centreline lies in the other, so that gaps in lines cost what they cost on a map.

After Shit and others 2021 (clDice, arXiv 2003.07311): soft skeleton, algorithm 1; soft clDice, algorithm 2. Works on
images `(B, C, H, W)` and volumes `(B, C, D, H, W)`.
"""

from __future__ import annotations

from functools import reduce

import torch
from torch import Tensor, nn
from torch.nn import functional

from .class_overlap import probability_and_truth


class ClDice(nn.Module):
    """1 - 2 P S / (P + S): P the share of the predicted skeleton on true lines, S that of the true one on predicted.

    Of a mask it scores the mask, of several classes all but class 0, the background. Lines wider than twice the
    iterations are not thinned to their middle.
    """

    def __init__(self, ignore_label: int, iterations: int = 10, smooth: float = 1.0) -> None:
        """Set the loss up.

        Args:
            ignore_label: Label of pixels that do not count.
            iterations: Pixels by which lines are thinned from each side.
            smooth: Added to both sides of each share, so that empty tiles cost nothing.
        """
        super().__init__()
        self.ignore_label = ignore_label
        self.iterations = iterations
        self.smooth = smooth

    def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Compare logits `(B, classes, H, W)`, or `(B, 1, H, W)` of a mask, with labels `(B, H, W)`; a scalar."""
        probability, truth = probability_and_truth(logits, labels, self.ignore_label)
        first = 0 if logits.shape[1] == 1 else 1
        return soft_cldice(truth[:, first:], probability[:, first:], self.iterations, self.smooth)


def soft_cldice(truth: Tensor, prediction: Tensor, iterations: int = 10, smooth: float = 1.0) -> Tensor:
    """The loss of masks 0–1, both `(B, C, H, W)`; a scalar over the whole batch."""
    predicted_lines, true_lines = soft_skeleton(prediction, iterations), soft_skeleton(truth, iterations)
    precision = ((predicted_lines * truth).sum() + smooth) / (predicted_lines.sum() + smooth)
    sensitivity = ((true_lines * prediction).sum() + smooth) / (true_lines.sum() + smooth)
    return 1 - 2 * precision * sensitivity / (precision + sensitivity)


def soft_dice(truth: Tensor, prediction: Tensor, smooth: float = 1.0) -> Tensor:
    """1 - (2 Σ p g + 1) / (Σ p + Σ g + 1) of masks 0–1, all channels together; a scalar."""
    return 1 - (2 * (truth * prediction).sum() + smooth) / (truth.sum() + prediction.sum() + smooth)


def soft_skeleton(image: Tensor, iterations: int) -> Tensor:
    """Thin bright lines: keep at each erosion what an opening would take away.

    Args:
        image: Values 0–1, `(B, C, H, W)` or `(B, C, D, H, W)`.
        iterations: Number of erosions.

    Returns:
        The skeleton, as the image.
    """
    skeleton = functional.relu(image - _dilate(_erode(image)))
    for _ in range(iterations):
        image = _erode(image)
        ridge = functional.relu(image - _dilate(_erode(image)))
        skeleton = skeleton + functional.relu(ridge - skeleton * ridge)
    return skeleton


def _erode(image: Tensor) -> Tensor:
    """The lowest value of each pixel and its neighbours along the axes."""
    axes = range(image.ndim - 2)
    along = [-_pool(-image, tuple(3 if each == axis else 1 for each in axes)) for axis in axes]
    return reduce(torch.min, along)


def _dilate(image: Tensor) -> Tensor:
    """The highest value of each pixel and all its neighbours."""
    return _pool(image, (3,) * (image.ndim - 2))


def _pool(image: Tensor, kernel: tuple[int, ...]) -> Tensor:
    pool = functional.max_pool2d if image.ndim == 4 else functional.max_pool3d
    pooled: Tensor = pool(image, kernel, stride=1, padding=tuple(side // 2 for side in kernel))
    return pooled
