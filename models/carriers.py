"""What network parts hand to each other, and what they know about it before any data flows.

`Pyramid` carries feature maps. `Level` describes one feature map: parts exchange levels at construction,
so a misfit fails when the network is built, and the network knows the halo it needs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from torch import Tensor


@dataclass(frozen=True)
class Pyramid:
    """Feature maps of one image, fine to coarse, each `(B, C, H / stride, W / stride)`."""

    features: tuple[Tensor, ...]


@dataclass(frozen=True)
class Level:
    """Channels, stride and reach of one feature map.

    The value at index `i` along an axis depends on input pixels `stride_px * i - before_px` to
    `stride_px * i + after_px`; where that varies with `i`, both are the worst case.

    Attributes:
        channels: Number of channels.
        stride_px: Distance between neighbouring values, in input pixels.
        before_px: Reach towards smaller indices, in input pixels.
        after_px: Reach towards larger indices, in input pixels.
        global_operations: Names of operations on the way that see the whole image, whatever the reach says.
    """

    channels: int
    stride_px: int = 1
    before_px: int = 0
    after_px: int = 0
    global_operations: tuple[str, ...] = ()

    @property
    def radius_px(self) -> int:
        """Largest distance of an input pixel that matters, in input pixels."""
        return max(self.before_px, self.after_px)

    def convolved(self, channels: int, kernel: int = 3, stride: int = 1) -> Level:
        """The level behind a centred convolution with an odd kernel."""
        reach_px = self.stride_px * (kernel // 2)
        return replace(
            self,
            channels=channels,
            stride_px=self.stride_px * stride,
            before_px=self.before_px + reach_px,
            after_px=self.after_px + reach_px,
        )

    def doubled(self) -> Level:
        """The level behind a bilinear enlargement by 2 that leaves pixel corners in place.

        Fine index `2k` reads coarse `k - 1` and `k`, fine `2k + 1` reads `k` and `k + 1`: one coarse
        stride back from the first, one fine stride on from the second.
        """
        fine_px = self.stride_px // 2
        return replace(
            self,
            stride_px=fine_px,
            before_px=self.before_px + self.stride_px,
            after_px=self.after_px + fine_px,
        )

    def joined(self, other: Level) -> Level:
        """The level behind a concatenation with another of the same stride."""
        return Level(
            channels=self.channels + other.channels,
            stride_px=self.stride_px,
            before_px=max(self.before_px, other.before_px),
            after_px=max(self.after_px, other.after_px),
            global_operations=tuple(dict.fromkeys(self.global_operations + other.global_operations)),
        )
