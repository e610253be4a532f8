"""Late fusion: each input has an encoder and a decoder of its own, and only what these say at last is joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import torch
from torch import Tensor, nn

from ..carriers import Level, feature_map
from ..necks.unet_decoder import UNetDecoder
from ..spec import InputSpec
from .middle import joined_level, levels_of


class LateFusion(nn.Module):
    """Concatenates the feature maps of one U-Net for each input. No neck follows: each has its decoder already.

    Attributes:
        gives: The feature map, at the stride of the encoders' finest level.
    """

    def __init__(self, inputs: Sequence[InputSpec], encoder: Callable[[InputSpec], Any]) -> None:
        """Build an encoder and a decoder for each input; a decoder has the widths of its encoder.

        Args:
            inputs: The inputs; series, where the encoder turns each into an image.
            encoder: Builds an encoder for an input.
        """
        super().__init__()
        self.encoders = nn.ModuleList(encoder(each) for each in inputs)
        pyramids = [levels_of(source, each) for source, each in zip(inputs, self.encoders, strict=True)]
        decoders = [UNetDecoder(levels, [level.channels for level in levels[:-1]]) for levels in pyramids]
        self.decoders = nn.ModuleList(decoders)
        ends: list[Level] = [decoder.gives for decoder in decoders]
        joined_level(ends)  # refuses unlike strides
        self.gives = reduce(Level.joined, ends)

    def forward(self, images: Sequence[Tensor]) -> Tensor:
        """Map images `(B, channels, H, W)` to features `(B, C, H / stride, W / stride)`."""
        branches = zip(self.encoders, self.decoders, images, strict=True)
        return torch.cat([feature_map(decoder(encoder(image))) for encoder, decoder, image in branches], dim=1)
