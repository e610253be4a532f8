"""The decoder of U-TAE: transposed convolutions, filtered skips, and a residual pair of convolutions at each level.

After Garnot and Landrieu 2021 (arXiv 2107.07933, section 3.1). Deviation by default: zeros outside the image, where
the code mirrors it.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from ..blocks.normed_convolution import Double, Padding
from ..blocks.norms import BATCH_NORM
from ..blocks.residual_pair import ResidualPair
from ..carriers import Gives, Level, Pyramid, feature_maps, pyramid
from ..errors import MisfitError


class UTAEDecoder(nn.Module):
    """Doubles the coarsest features again and again, joining each finer level on the way.

    Attributes:
        gives: The feature map, at the stride of the finest level.
    """

    def __init__(self, source: Gives, widths: Sequence[int] = (32, 32, 64), padding: Padding = "zeros") -> None:
        """Build one step for each level but the coarsest.

        Args:
            source: The pyramid that comes in, fine to coarse, each twice the stride of the one before.
            widths: Channels per level given, fine to coarse, for all but the coarsest level.
            padding: What lies outside the image: 'zeros' or 'reflect'.
        """
        super().__init__()
        levels = pyramid(source, "the U-TAE decoder")
        strides = [level.stride_px for level in levels]
        if len(levels) != len(widths) + 1 or any(
            coarse != 2 * fine for fine, coarse in zip(strides, strides[1:], strict=False)
        ):
            raise MisfitError(
                "The encoder gives levels of stride {strides} px, the U-TAE decoder has {widths} widths and "
                "doubles the size. Give it one width less than the encoder has levels, each of twice the stride.",
                strides=", ".join(map(str, strides)),
                widths=len(widths),
            )
        self.steps = nn.ModuleList()
        level = levels[-1]
        for skip, width in zip(reversed(levels[:-1]), reversed(widths), strict=True):
            step = _Step(level, skip, width, padding)
            self.steps.append(step)
            level = step.gives
        self.gives = level

    def forward(self, features: Tensor | Pyramid) -> Tensor:
        """Map a pyramid to `(B, widths[0], H, W)`, with H and W those of its finest features."""
        *skips, x = feature_maps(features)
        for step, skip in zip(self.steps, reversed(skips), strict=True):
            x = step(x, skip)
        return x


class _Step(nn.Module):
    def __init__(self, source: Level, skip: Level, width: int, padding: Padding) -> None:
        super().__init__()
        self.enlarge = Double(source, width, BATCH_NORM, nn.ReLU(), kernel=4)
        self.filter = nn.Sequential(
            nn.Conv2d(skip.channels, skip.channels, kernel_size=1), nn.BatchNorm2d(skip.channels), nn.ReLU()
        )
        self.pair = ResidualPair(self.enlarge.gives.joined(skip), width, BATCH_NORM, padding)
        self.gives = self.pair.gives

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        joined: Tensor = self.pair(torch.cat((self.enlarge(x), self.filter(skip)), dim=1))
        return joined
