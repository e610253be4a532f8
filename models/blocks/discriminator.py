"""Discriminator: judges for each place of an image whether its surroundings look real."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from ..carriers import Level


class Discriminator(nn.Module):
    """4 × 4 convolutions with batch normalisation and leaky ReLU, to one logit for each overlapping square.

    After Isola, Zhu, Zhou and Efros 2017 (PatchGAN, arXiv 1611.07004, appendix 6.1.2). With the default widths each
    logit sees 70 × 70 px. It serves training alone and is left out of the network that makes maps.

    Attributes:
        gives: The logits, positive for real; their map is smaller than `H / stride` by 2, since the last two
            convolutions have a kernel of 4 and a padding of 1.
    """

    def __init__(self, condition: int, bands: int, widths: Sequence[int] = (64, 128, 256, 512)) -> None:
        """Build the convolutions.

        Args:
            condition: Bands of the image that the judged one belongs to; 0: there is none.
            bands: Bands of the image to judge.
            widths: Channels of each convolution but the last; all but the last width halve the size.
        """
        super().__init__()
        level = Level(condition + bands)
        layers: list[nn.Module] = []
        for index, width in enumerate((*widths, 1)):
            stride = 2 if index < len(widths) - 1 else 1
            is_inner = 0 < index < len(widths)
            layers.append(nn.Conv2d(level.channels, width, 4, stride, padding=1, bias=not is_inner))
            if is_inner:
                layers.append(nn.BatchNorm2d(width))
            if index < len(widths):
                layers.append(nn.LeakyReLU(0.2, inplace=True))
            level = _convolved_by_4(level, width, stride)
        self.layers = nn.Sequential(*layers)
        self.gives = level

    def forward(self, image: Tensor, condition: Tensor | None = None) -> Tensor:
        """Judge images.

        Args:
            image: `(B, bands, H, W)`, real or made.
            condition: `(B, condition, H, W)`, what it was made from; None where there is none.

        Returns:
            Logits `(B, 1, H / stride - 2, W / stride - 2)`.
        """
        logits: Tensor = self.layers(image if condition is None else torch.cat((condition, image), dim=1))
        return logits


def _convolved_by_4(source: Level, channels: int, stride: int) -> Level:
    """The level behind a convolution of kernel 4 and padding 1: index `i` reads `stride * i - 1` to `+ 2`."""
    stride_px = source.stride_px * stride
    return replace(
        source,
        channels=channels,
        stride_px=stride_px,
        before_px=source.before_px + source.stride_px,
        after_px=source.after_px + 2 * source.stride_px,
        alignment_px=math.lcm(source.alignment_px, stride_px),
    )
