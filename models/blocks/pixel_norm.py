"""Group normalisation of each pixel by itself: no neighbour counts, so tiles stay exact."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class PixelNorm(nn.Module):
    """Mean 0 and variance 1 over the dates and the channels of a group, at each pixel; then a weight and a bias.

    After Wu and He 2018 (arXiv 1803.08494, equation 7), as Garnot and Landrieu 2020 use it: each pixel counts as a
    sample of its own.
    """

    def __init__(self, channels: int, groups: int, epsilon: float = 1e-5) -> None:
        """Build the layer.

        Args:
            channels: Number of channels, a multiple of `groups`.
            groups: Number of groups.
            epsilon: Added to the variance.
        """
        super().__init__()
        self.groups = groups
        self.epsilon = epsilon
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        """Map a series `(B, T, C, H, W)` to one of the same shape."""
        batch, dates, channels, height, width = x.shape
        grouped = x.reshape(batch, dates, self.groups, channels // self.groups, height, width)
        centred = grouped - grouped.mean(dim=(1, 3), keepdim=True)
        variance = centred.square().mean(dim=(1, 3), keepdim=True)  # (B, 1, groups, 1, H, W)
        normed = (centred * torch.rsqrt(variance + self.epsilon)).reshape(batch, dates, channels, height, width)
        return normed * self.weight[:, None, None] + self.bias[:, None, None]
