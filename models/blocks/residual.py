"""Residual block: two convolutions learn what to add to what came in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

from ..carriers import Level


class ResidualBlock(nn.Module):
    """Two 3 × 3 convolutions with batch normalisation, added to their input, then ReLU.

    After He, Zhang, Ren and Sun 2016 (arXiv 1512.03385, figure 5 left, option B: a 1 × 1 convolution with batch
    normalisation as shortcut where size or channels change).

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(
        self,
        source: Level,
        channels: int,
        stride: int = 1,
        dilation: int = 1,
        gate: Callable[[Level], Any] | None = None,
    ) -> None:
        """Build the block.

        Args:
            source: The feature map that comes in.
            channels: Number of channels that go out.
            stride: 1 keeps the size, 2 halves it.
            dilation: Distance between the values that both convolutions read, in values of their input.
            gate: Builds what weighs the channels before the addition (`SqueezeExcitation`); None: nothing does.
        """
        super().__init__()
        middle = source.convolved(channels, 3, stride, dilation)
        level = middle.convolved(channels, 3, dilation=dilation)
        weighed = gate(level) if gate else None
        self.gate = weighed or nn.Identity()
        changes = stride > 1 or source.channels != channels
        self.gives: Level = (weighed.gives if weighed else level).met(source.convolved(channels, 1, stride))
        self.convolutions = nn.Sequential(
            nn.Conv2d(source.channels, channels, 3, stride, padding=dilation, dilation=dilation, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(inplace=True),
            nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation, bias=False),
            nn.BatchNorm2d(channels),
        )
        self.shortcut = (
            nn.Sequential(nn.Conv2d(source.channels, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))
            if changes
            else nn.Identity()
        )
        self.activation = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, H / stride, W / stride)`."""
        result: Tensor = self.activation(self.gate(self.convolutions(x)) + self.shortcut(x))
        return result
