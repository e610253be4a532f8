"""Convolutions that make a map smaller or larger, with the normalisation and the activation they are handed."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

from torch import Tensor, nn

from ..carriers import Level
from ..errors import SpecError
from .norms import Norm

Padding = Literal["zeros", "reflect"]
"""What lies outside the image: zeros, or the image mirrored at its edge."""


class NormedConvolution(nn.Module):
    """A convolution, a normalisation and an activation in a row.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(
        self,
        source: Level,
        channels: int,
        norm: Norm,
        activation: nn.Module,
        stride: int = 1,
        padding: Padding = "zeros",
    ) -> None:
        """Build the block, with a 3 × 3 kernel.

        Args:
            source: The feature map that comes in.
            channels: Number of channels that go out.
            norm: The normalisation.
            activation: The activation.
            stride: 1 keeps the size, 2 halves it.
            padding: What lies outside the image: 'zeros' or 'reflect'.
        """
        super().__init__()
        if padding not in get_args(Padding):  # torch knows more, and with 'circular' the other edge would be seen
            raise SpecError("A convolution has the padding '{padding}'. Give 'zeros' or 'reflect'.", padding=padding)
        self.channels = channels
        self.stride = stride
        self.norm_kind = norm
        self.gives = self.behind(source)
        self.convolution = nn.Conv2d(source.channels, channels, 3, stride, padding=1, padding_mode=padding)
        self.norm = norm.build(channels)
        self.activation = activation

    def behind(self, level: Level) -> Level:
        """The level behind the block."""
        return self.norm_kind.behind(level.convolved(self.channels, kernel=3, stride=self.stride))

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, H / stride, W / stride)`."""
        result: Tensor = self.activation(self.norm(self.convolution(x)))
        return result


class Halve(nn.Module):
    """A 4 × 4 convolution of stride 2, a normalisation and ReLU; the channels stay.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level, norm: Norm, padding: Padding = "zeros") -> None:
        """Build the block. See `NormedConvolution`."""
        super().__init__()
        channels = source.channels
        # Value i reads 2 i - 1 to 2 i + 2: a 3 × 3 neighbourhood, and the next one of the pair.
        self.gives = norm.behind(source.convolved(channels, kernel=3).patched(channels, side=2))
        self.convolution = nn.Conv2d(channels, channels, 4, 2, padding=1, padding_mode=padding)
        self.norm = norm.build(channels)
        self.activation = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, C, H / 2, W / 2)`."""
        result: Tensor = self.activation(self.norm(self.convolution(x)))
        return result


class Double(nn.Module):
    """A transposed convolution of stride 2, a normalisation and an activation.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level, channels: int, norm: Norm, activation: nn.Module, kernel: int) -> None:
        """Build the block. See `NormedConvolution`.

        Args:
            source: The feature map that comes in.
            channels: Number of channels that go out.
            norm: The normalisation.
            activation: The activation.
            kernel: 3 or 4.
        """
        super().__init__()
        self.channels = channels
        self.norm_kind = norm
        self.gives = self.behind(source)
        self.convolution = nn.ConvTranspose2d(
            source.channels, channels, kernel, 2, padding=1, output_padding=kernel % 2
        )
        self.norm = norm.build(channels)
        self.activation = activation

    def behind(self, level: Level) -> Level:
        """The level behind the block.

        With kernel 4, value 2 k reads k - 1 and k, value 2 k + 1 reads k and k + 1, as in bilinear enlargement; with
        kernel 3 they read a part of that.
        """
        return self.norm_kind.behind(replace(level.enlarged(2), channels=self.channels))

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, 2 * H, 2 * W)`."""
        result: Tensor = self.activation(self.norm(self.convolution(x)))
        return result
