"""A weighted mean over dates, with weights that are learned for each channel and the same for all pixels."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class DateWeights(nn.Module):
    """Shares of the dates, positive and 1 together, for each channel; before training all dates count alike."""

    def __init__(self, dates: int, channels: int) -> None:
        """Build the block.

        Args:
            dates: Number of dates.
            channels: Number of channels.
        """
        super().__init__()
        self.scores = nn.Parameter(torch.zeros(dates, channels, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Map a series `(B, T, C, H, W)` to `(B, C, H, W)`."""
        return (x * self.scores.softmax(dim=0)).sum(dim=1)
