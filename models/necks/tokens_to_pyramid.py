"""Tokens, which have one scale, become a pyramid of feature maps, fine to coarse.

After Li, Mao, Girshick and He 2022 (ViTDet's simple feature pyramid, arXiv 2203.16527, section 3). Deviations: batch
normalisation in place of layer normalisation; each level ends in one 3 × 3 convolution with ReLU, in place of a 1 × 1
and a 3 × 3 one without; between two enlargements there is nothing, in place of a normalisation and GELU; and an
enlargement gives the channels of its level at once, in place of half as many as before.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from ..blocks.convolution import ConvNormAct
from ..blocks.subpixel import SubPixel
from ..carriers import Gives, Level, Pyramid, Tokens, tokens
from ..errors import SpecError


class TokensToPyramid(nn.Module):
    """Enlarges the tokens' map by 2 again and again for finer levels, pools it for coarser ones.

    Attributes:
        gives: The feature maps, fine to coarse, each twice the stride of the one before.
    """

    def __init__(self, source: Gives, widths: Sequence[int], coarser: int = 0) -> None:
        """Build the levels.

        Args:
            source: The tokens that come in.
            widths: Channels per level, fine to coarse.
            coarser: How many of the levels are coarser than the tokens.
        """
        super().__init__()
        level = tokens(source, "the neck 'tokens_to_pyramid'").level
        if not 0 <= coarser < len(widths):
            raise SpecError(
                "The neck 'tokens_to_pyramid' has {levels} levels, {coarser} of them coarser than the tokens. Give "
                "one width per level, and one level at least that is not coarser.",
                levels=len(widths),
                coarser=coarser,
            )
        finest = len(widths) - 1 - coarser
        levels = [_ResizedLevel(level, width, finest - index) for index, width in enumerate(widths)]
        self.levels = nn.ModuleList(levels)
        self.gives = tuple(each.gives for each in levels)

    def forward(self, x: Tokens) -> Pyramid:
        """Map tokens to features `(B, widths[i], H / stride, W / stride)`."""
        batch, _, channels = x.values.shape
        grid = x.values.transpose(1, 2).reshape(batch, channels, x.rows, x.cols)
        return Pyramid(tuple(level(grid) for level in self.levels))


class _ResizedLevel(nn.Module):
    """Enlarges by 2 as often as told, or pools where that is negative, then mixes neighbours."""

    def __init__(self, source: Level, width: int, doublings: int) -> None:
        super().__init__()
        self.resize = nn.Sequential()
        level = source
        for _ in range(doublings):
            step = SubPixel(level, width, 2)
            self.resize.append(step)
            level = step.gives
        for _ in range(-doublings):
            self.resize.append(nn.MaxPool2d(2))
            level = level.patched(level.channels, 2)
        self.mix = ConvNormAct(level, width)
        self.gives = self.mix.gives

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, rows, cols)` to the level's `(B, width, H / stride, W / stride)`."""
        result: Tensor = self.mix(self.resize(x))
        return result
