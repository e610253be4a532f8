"""Squeeze and excitation: the channels are weighed by what the neighbourhood shows."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..carriers import Level


class SqueezeExcitation(nn.Module):
    """Weighs each channel by a factor between 0 and 1, found from the channels' means over a box.

    After Hu, Shen and Sun 2018 (arXiv 1709.01507, equations 2 to 4), with one deviation: the means are taken over
    boxes that do not overlap and lie aligned to the image's origin, not over the whole image, so that tiles join
    without seams.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level, box: int, reduction: int = 4) -> None:
        """Build the block.

        Args:
            source: The feature map that comes in.
            box: Height and width of a box, in values of the feature map.
            reduction: Channels per channel of the narrow layer between.
        """
        super().__init__()
        self.box = box
        self.gives = source.boxed(box)
        narrow = max(1, source.channels // reduction)
        self.squeeze = nn.Conv2d(source.channels, narrow, 1)
        self.excite = nn.Conv2d(narrow, source.channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to the same shape; H and W are multiples of the box."""
        means = functional.avg_pool2d(x, self.box)  # (B, C, H / box, W / box)
        factors = torch.sigmoid(self.excite(functional.relu(self.squeeze(means))))
        return x * functional.interpolate(factors, scale_factor=float(self.box), mode="nearest")
