"""Patch embedding: squares of the image become tokens."""

from __future__ import annotations

from torch import Tensor, nn

from ..carriers import Level


class PatchEmbedding(nn.Module):
    """A linear map of squares that do not overlap, as a convolution whose kernel is its stride.

    After Dosovitskiy et al. 2021 (arXiv 2010.11929, equation 1); positions are added by other blocks.

    Attributes:
        gives: The feature map this block gives, one value for each square.
    """

    def __init__(self, source: Level, channels: int, side: int) -> None:
        """Build the convolution.

        Args:
            source: The image or feature map that comes in.
            channels: Number of channels that go out.
            side: Height and width of a square, in values of what comes in.
        """
        super().__init__()
        self.gives = source.patched(channels, side)
        self.convolution = nn.Conv2d(source.channels, channels, side, stride=side)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, H / side, W / side)`."""
        result: Tensor = self.convolution(x)
        return result
