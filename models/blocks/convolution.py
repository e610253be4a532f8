"""Convolution, batch normalisation and activation, the brick most networks here are built of."""

from __future__ import annotations

from torch import Tensor, nn

from ..carriers import Level


class ConvNormAct(nn.Module):
    """A 3 × 3 convolution with zero padding, batch normalisation and ReLU.

    Batch normalisation has fixed statistics in use and ReLU is exact, so a tile with a halo gives the
    same values as the whole image. Instance and group normalisation would not: they look at the tile.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level, channels: int, stride: int = 1) -> None:
        """Build the block.

        Args:
            source: The feature map that comes in.
            channels: Number of channels that go out.
            stride: 1 keeps the size, 2 halves it.
        """
        super().__init__()
        self.gives = source.convolved(channels, kernel=3, stride=stride)
        self.convolution = nn.Conv2d(source.channels, channels, 3, stride, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        self.activation = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, H / stride, W / stride)`."""
        result: Tensor = self.activation(self.norm(self.convolution(x)))
        return result
