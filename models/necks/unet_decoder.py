"""The expanding half of a U-Net: a pyramid becomes one feature map at its finest level.

After Ronneberger, Fischer and Brox 2015 (arXiv 1505.04597), with bilinear enlargement in place of the
transposed convolution, which draws checkerboards.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from ..blocks.convolution import ConvNormAct
from ..blocks.enlarge import enlarge
from ..carriers import Gives, Level, Pyramid, feature_maps, pyramid
from ..errors import MisfitError


class UNetDecoder(nn.Module):
    """Enlarges the coarsest features by 2 again and again, joining each finer level on the way.

    Attributes:
        gives: The feature map, at the stride of the finest level.
    """

    def __init__(self, source: Gives, widths: Sequence[int]) -> None:
        """Build one joining convolution per step.

        Args:
            source: The pyramid that comes in, fine to coarse, each twice the stride of the one before.
            widths: Channels per level given, fine to coarse, for all but the coarsest level.
        """
        super().__init__()
        levels = pyramid(source, "the U-Net decoder")
        if len(levels) != len(widths) + 1:
            raise MisfitError(
                "The encoder gives {levels} levels, the U-Net decoder has widths for {expected}. "
                "Give the decoder one width less than the encoder has levels.",
                levels=len(levels),
                expected=len(widths) + 1,
            )
        self.joins = nn.ModuleList()
        level: Level = levels[-1]
        for skip, width in zip(reversed(levels[:-1]), reversed(widths), strict=True):
            if level.stride_px != 2 * skip.stride_px:
                raise MisfitError(
                    "The encoder gives levels of stride {fine} and {coarse} px, the U-Net decoder "
                    "enlarges by 2. Choose an encoder that halves the size from level to level.",
                    fine=skip.stride_px,
                    coarse=level.stride_px,
                )
            join = ConvNormAct(level.enlarged(2).joined(skip), width)
            self.joins.append(join)
            level = join.gives
        self.gives = level

    def forward(self, features: Tensor | Pyramid) -> Tensor:
        """Map a pyramid to `(B, widths[0], H, W)`, with H and W those of its finest features."""
        *skips, x = feature_maps(features)
        for join, skip in zip(self.joins, reversed(skips), strict=True):
            x = join(torch.cat((enlarge(x, 2), skip), dim=1))  # (B, width, H of skip, W of skip)
        return x
