"""A feature pyramid network: all levels of a pyramid become one feature map at its finest level.

After Lin et al. 2017 (FPN, arXiv 1612.03144, section 3) and Kirillov et al. 2019 (semantic FPN, arXiv 1901.02446,
section 3.1), with two deviations: bilinear enlargement throughout, and each level enlarged in one step.
"""

from __future__ import annotations

from functools import reduce

from torch import Tensor, nn

from ..blocks.convolution import ConvNormAct
from ..blocks.enlarge import enlarge
from ..carriers import Gives, Level, Pyramid, feature_maps, pyramid
from ..errors import MisfitError


class FPN(nn.Module):
    """Brings all levels to the same channels, adds coarse to fine, smooths each level, and sums them.

    Attributes:
        gives: The feature map, at the stride of the finest level.
    """

    def __init__(self, source: Gives, width: int) -> None:
        """Build the convolutions.

        Args:
            source: The pyramid that comes in, fine to coarse.
            width: Channels of every level and of what goes out.
        """
        super().__init__()
        levels = pyramid(source, "the feature pyramid network")
        self.laterals = nn.ModuleList(nn.Conv2d(level.channels, width, 1) for level in levels)
        strides = [level.stride_px for level in levels]
        self.steps = [_factor(fine, coarse) for fine, coarse in zip(strides, strides[1:], strict=False)]
        self.factors = [_factor(strides[0], stride) for stride in strides]
        sums = [levels[-1].convolved(width, 1)]  # what each level sees behind the additions, coarse to fine
        for level, step in zip(reversed(levels[:-1]), reversed(self.steps), strict=True):
            sums.append(level.convolved(width, 1).met(sums[-1].enlarged(step)))
        smooth = [ConvNormAct(level, width) for level in reversed(sums)]
        self.smooth = nn.ModuleList(smooth)
        smoothed = zip(smooth, self.factors, strict=True)
        self.gives = reduce(Level.met, [block.gives.enlarged(factor) for block, factor in smoothed])

    def forward(self, features: Tensor | Pyramid) -> Tensor:
        """Map a pyramid to `(B, width, H, W)`, with H and W those of its finest features."""
        maps = [lateral(x) for lateral, x in zip(self.laterals, feature_maps(features), strict=True)]
        for index in reversed(range(len(maps) - 1)):
            maps[index] = maps[index] + enlarge(maps[index + 1], self.steps[index])
        levels = zip(self.smooth, maps, self.factors, strict=True)
        return reduce(Tensor.add, [enlarge(smooth(x), factor) for smooth, x, factor in levels])


def _factor(fine_px: int, coarse_px: int) -> int:
    factor, rest = divmod(coarse_px, fine_px)
    if rest or (factor > 1 and factor % 2):
        raise MisfitError(
            "The encoder gives levels of stride {fine} and {coarse} px; the feature pyramid network enlarges by even "
            "factors. Choose other strides.",
            fine=fine_px,
            coarse=coarse_px,
        )
    return factor
