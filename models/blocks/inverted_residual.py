"""Inverted residual block: channels are spread, filtered one by one, and gathered again."""

from __future__ import annotations

from dataclasses import replace

from torch import Tensor, nn

from ..carriers import Level


class PaddedConvolution(nn.Module):
    """A convolution with TensorFlow's padding 'SAME' for even sizes, batch normalisation and, if told so, ReLU6.

    At stride 2 TensorFlow pads even sizes by `kernel - 2`, the smaller half before and the larger behind; that is
    what is done here whatever the size. Images are multiples of the network's stride, so all sizes at stride 2 are
    even and the values are TensorFlow's; being fixed, the padding is the same in a tile and in the whole image.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(
        self, source: Level, channels: int, kernel: int, stride: int = 1, groups: int = 1, activated: bool = True
    ) -> None:
        """Build the layers.

        Args:
            source: The feature map that comes in.
            channels: Number of channels that go out.
            kernel: Height and width of the kernel, odd.
            stride: 1 keeps the size, 2 halves it.
            groups: Number of groups of channels that are convolved apart.
            activated: Whether ReLU6 follows.
        """
        super().__init__()
        before = (kernel - stride) // 2
        after = kernel - stride - before
        self.padding = nn.ZeroPad2d((before, after, before, after)) if before < after else nn.Identity()
        inner = before if before == after else 0
        self.convolution = nn.Conv2d(source.channels, channels, kernel, stride, inner, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)
        self.activation = nn.ReLU6(inplace=True) if activated else nn.Identity()
        self.gives = replace(
            source.convolved(channels, 1, stride),
            before_px=source.before_px + source.stride_px * before,
            after_px=source.after_px + source.stride_px * (kernel - 1 - before),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, H / stride, W / stride)`."""
        result: Tensor = self.activation(self.norm(self.convolution(self.padding(x))))
        return result


class InvertedResidual(nn.Module):
    """1 × 1 convolution to more channels, depth-wise convolution, 1 × 1 convolution to fewer; added to its input.

    After Sandler et al. 2018 (MobileNetV2, arXiv 1801.04381, table 1), as in EfficientNet-Lite: ReLU6, no squeeze and
    excitation. The addition is left out where size or channels change. Deviation: no block is dropped at random while
    training.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level, channels: int, kernel: int, stride: int = 1, expansion: int = 6) -> None:
        """Build the layers.

        Args:
            source: The feature map that comes in.
            channels: Number of channels that go out.
            kernel: Height and width of the depth-wise kernel, odd.
            stride: 1 keeps the size, 2 halves it.
            expansion: Channels in between per channel that comes in; 1: the first convolution is left out.
        """
        super().__init__()
        wide = expansion * source.channels
        self.expand = PaddedConvolution(source, wide, 1) if expansion > 1 else None
        spread = self.expand.gives if self.expand else source
        self.filter = PaddedConvolution(spread, wide, kernel, stride, groups=wide)
        self.gather = PaddedConvolution(self.filter.gives, channels, 1, activated=False)
        self.adds = stride == 1 and source.channels == channels
        self.gives = self.gather.gives

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, H / stride, W / stride)`."""
        spread = self.expand(x) if self.expand else x
        result: Tensor = self.gather(self.filter(spread))
        return x + result if self.adds else result
