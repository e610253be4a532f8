"""Sub-pixel enlargement: each value becomes a square of values."""

from __future__ import annotations

from dataclasses import replace

from torch import Tensor, nn
from torch.nn import functional

from ..carriers import Level
from ..errors import MisfitError


class SubPixel(nn.Module):
    """A 1 × 1 convolution to `factor ** 2` values for each channel, laid out as a square.

    After Shi et al. 2016 (arXiv 1609.05158, section 3.2). It is a transposed convolution whose kernel is its stride:
    squares do not overlap, and corners of pixels stay in place.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level, channels: int, factor: int) -> None:
        """Build the convolution.

        Args:
            source: The feature map that comes in.
            channels: Number of channels that go out.
            factor: How many times higher and wider it becomes; it divides the stride of what comes in.
        """
        super().__init__()
        if factor < 1 or source.stride_px % factor:
            raise MisfitError(
                "The features have a stride of {stride} px and cannot be enlarged {factor} times. Choose a larger "
                "patch or fewer levels.",
                stride=source.stride_px,
                factor=factor,
            )
        self.factor = factor
        stride_px = source.stride_px // factor
        # Fine index factor * k + r reads coarse k: the last r lies furthest behind what its square saw.
        before_px = source.before_px + source.stride_px - stride_px
        self.gives = replace(source, channels=channels, stride_px=stride_px, before_px=before_px)
        self.convolution = nn.Conv2d(source.channels, channels * factor**2, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, factor * H, factor * W)`."""
        return functional.pixel_shuffle(self.convolution(x), self.factor)
