"""Middle fusion: each input has an encoder of its own, and their features are joined level by level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import torch
from torch import Tensor, nn

from ..carriers import Level, Levels, Pyramid, SequenceOf, TokensOf, feature_maps, pyramid
from ..errors import MisfitError
from ..spec import InputSpec


class MiddleFusion(nn.Module):
    """Concatenates the features of one encoder for each input, then mixes each level by a 1 × 1 convolution.

    Attributes:
        gives: The pyramid of joined features, with the channels of one encoder.
    """

    def __init__(self, inputs: Sequence[InputSpec], encoder: Callable[[InputSpec], Any]) -> None:
        """Build an encoder for each input, and the mixing convolutions.

        Args:
            inputs: The inputs; series, where the encoder turns each into an image.
            encoder: Builds an encoder for an input.
        """
        super().__init__()
        encoders = [encoder(each) for each in inputs]
        pyramids = [levels_of(source, each) for source, each in zip(inputs, encoders, strict=True)]
        self.encoders = nn.ModuleList(encoders)
        self.gives: Levels = tuple(joined_level(levels) for levels in zip(*pyramids, strict=True))
        self.mixers = nn.ModuleList(
            nn.Conv2d(sum(level.channels for level in levels), mixed.channels, kernel_size=1)
            for levels, mixed in zip(zip(*pyramids, strict=True), self.gives, strict=True)
        )

    def forward(self, images: Sequence[Tensor]) -> Pyramid:
        """Map images `(B, bands, H, W)` to a pyramid of joined features."""
        pyramids = [feature_maps(encoder(image)) for encoder, image in zip(self.encoders, images, strict=True)]
        levels = zip(self.mixers, zip(*pyramids, strict=True), strict=True)
        return Pyramid(tuple(mixer(torch.cat(features, dim=1)) for mixer, features in levels))


def levels_of(source: InputSpec, encoder: Any) -> Levels:
    """The feature maps that an encoder gives of an input. Necks come after the fusion, so none can help before it."""
    if isinstance(encoder.gives, SequenceOf):
        raise MisfitError(
            "This fusion joins the features of single images, and of the series '{name}' the encoder gives those of "
            "each date. Choose the fusion 'early', in which single images count for every date.",
            name=source.name,
        )
    if isinstance(encoder.gives, TokensOf):
        raise MisfitError(
            "This fusion joins feature maps, and of the input '{name}' the encoder gives tokens. Choose the fusion "
            "'early', or another encoder.",
            name=source.name,
        )
    return pyramid(encoder.gives, "this fusion")


def joined_level(levels: Sequence[Level]) -> Level:
    """The level of several that are joined value by value; of the channels, those of the first."""
    if len({level.stride_px for level in levels}) > 1:
        raise MisfitError(
            "The encoders give levels of stride {strides} px, this fusion joins equal ones.",
            strides=", ".join(str(level.stride_px) for level in levels),
        )
    return reduce(Level.met, levels)
