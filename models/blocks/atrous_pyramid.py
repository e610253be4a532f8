"""Atrous spatial pyramid pooling: one feature map is read at several scales side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..carriers import Level
from ..errors import SpecError


class AtrousPyramid(nn.Module):
    """A 1 × 1 convolution, dilated 3 × 3 ones and a mean over a box, concatenated and mixed by a 1 × 1 convolution.

    After Chen, Papandreou, Schroff and Adam 2017 (arXiv 1706.05587, section 3.3), with one deviation: the mean is
    taken over boxes that do not overlap and lie aligned to the image's origin, not over the whole image, so that
    tiles join without seams.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level, channels: int, rates: Sequence[int], box: int) -> None:
        """Build the branches.

        Args:
            source: The feature map that comes in.
            channels: Channels of each branch and of the result.
            rates: Dilation of each 3 × 3 convolution, in values of the feature map.
            box: Height and width of a box of the mean, in values of the feature map.
        """
        super().__init__()
        if not rates or min(rates) < 1 or box < 1:
            raise SpecError(
                "The atrous pyramid has the rates {rates} and boxes of {box}; give rates and a box of at least 1.",
                rates=list(rates),
                box=box,
            )
        self.box = box
        self.point = _branch(source.channels, channels, 1)
        self.dilated = nn.ModuleList(_branch(source.channels, channels, 3, rate) for rate in rates)
        self.pooled = _branch(source.channels, channels, 1)
        self.mixer = _branch((len(rates) + 2) * channels, channels, 1)
        seen = [source.convolved(channels, 3, dilation=rate) for rate in rates]
        self.gives = reduce(Level.met, seen, source.boxed(box).convolved(channels, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, H, W)`; H and W are multiples of the box."""
        means = self.pooled(functional.avg_pool2d(x, self.box))  # (B, channels, H / box, W / box)
        means = functional.interpolate(means, scale_factor=float(self.box), mode="nearest")
        branches = [self.point(x), *(branch(x) for branch in self.dilated), means]
        mixed: Tensor = self.mixer(torch.cat(branches, dim=1))
        return mixed


def _branch(source: int, channels: int, kernel: int, dilation: int = 1) -> nn.Sequential:
    padding = dilation * (kernel // 2)
    return nn.Sequential(
        nn.Conv2d(source, channels, kernel, padding=padding, dilation=dilation, bias=False),
        nn.BatchNorm2d(channels),
        nn.ReLU(inplace=True),
    )
