"""Atrous spatial pyramid pooling at the coarsest level of a pyramid: it is read at several scales."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from ..blocks.atrous_pyramid import AtrousPyramid
from ..carriers import Gives, Pyramid, feature_maps, pyramid


class ASPPNeck(nn.Module):
    """An `AtrousPyramid` over the coarsest features; finer ones pass through.

    Followed by a decoder it makes what Chen et al. 2018 call DeepLabv3+ (arXiv 1802.02611).

    Attributes:
        gives: The pyramid, with what the coarsest level now sees.
    """

    def __init__(self, source: Gives, width: int, rates: Sequence[int] = (2, 4, 6), box: int = 8) -> None:
        """Build the block.

        Args:
            source: The pyramid that comes in, fine to coarse.
            width: Channels of the coarsest level behind it.
            rates: Dilation of each 3 × 3 convolution, in values of the coarsest level.
            box: Side of the boxes of the mean, in values of the coarsest level.
        """
        super().__init__()
        *finer, coarsest = pyramid(source, "the neck 'aspp'")
        self.block = AtrousPyramid(coarsest, width, rates, box)
        self.gives = (*finer, self.block.gives)

    def forward(self, features: Tensor | Pyramid) -> Pyramid:
        """Map a pyramid to one of the same sizes."""
        *finer, coarsest = feature_maps(features)
        return Pyramid((*finer, self.block(coarsest)))
