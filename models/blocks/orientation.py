"""Orientation stream: where lines run and in which direction, learnt side by side."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..carriers import Level
from .convolution import ConvNormAct


class OrientationStream(nn.Module):
    """One branch for the direction of lines and one for their mask, which reads the first one's features as well.

    After Batra et al. 2019 (CVPR, "Improved road connectivity by joint learning of orientation and segmentation",
    section 3.2), with three deviations: one convolution for each branch in place of stacked hourglasses, directions
    over 180° since a line has no beginning, and no bin for the background, which the mask tells.

    Attributes:
        gives: The logits this block gives: the mask's, then one for each bin.
    """

    def __init__(self, source: Level, bins: int) -> None:
        """Build the branches.

        Args:
            source: The feature map that comes in.
            bins: Number of bins of direction. Each holds `180 / bins` degrees; angles grow from the direction of the
                columns towards that of the rows' beginning (anticlockwise on a north-up map). Where the first begins
                is the labels' matter, see `turn.DirectionBins`.
        """
        super().__init__()
        self.direction = ConvNormAct(source, source.channels)
        self.mask = ConvNormAct(source.joined(self.direction.gives), source.channels)
        directions = self.direction.gives.convolved(bins, kernel=1)
        self.gives = self.mask.gives.convolved(1, kernel=1).joined(directions)
        self.direction_logits = nn.Conv2d(source.channels, bins, 1)
        self.mask_logit = nn.Conv2d(source.channels, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to logits `(B, 1 + bins, H, W)`."""
        direction = self.direction(x)
        mask = self.mask(torch.cat((x, direction), dim=1))
        return torch.cat((self.mask_logit(mask), self.direction_logits(direction)), dim=1)
