"""Cross-modal attention: each input has an encoder, and at the coarsest level each asks what the others see nearby."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ..blocks.cross_attention import CrossAttention
from ..carriers import Levels, Pyramid, feature_maps
from ..spec import InputSpec
from .middle import joined_level, levels_of


class CrossFusion(nn.Module):
    """Concatenates the features of one encoder for each input and mixes each level, the coarsest after attention.

    Attributes:
        gives: The pyramid of joined features, with the channels of one encoder.
    """

    def __init__(
        self, inputs: Sequence[InputSpec], encoder: Callable[[InputSpec], Any], heads: int = 2, window: int = 4
    ) -> None:
        """Build an encoder for each input, the attention, and the mixing convolutions.

        Args:
            inputs: The inputs; series, where the encoder turns each into an image.
            encoder: Builds an encoder for an input.
            heads: Number of heads of the attention.
            window: Side of the windows within which inputs ask each other, in values of the coarsest level.
        """
        super().__init__()
        self.encoders = nn.ModuleList(encoder(each) for each in inputs)
        pyramids = [levels_of(source, each) for source, each in zip(inputs, self.encoders, strict=True)]
        *fine, coarsest = zip(*pyramids, strict=True)
        self.attention = nn.ModuleList(
            CrossAttention(own, _but(coarsest, place), heads, window) for place, own in enumerate(coarsest)
        )
        levels = [*fine, tuple(each.gives for each in self.attention)]
        self.gives: Levels = tuple(joined_level(of_inputs) for of_inputs in levels)
        self.mixers = nn.ModuleList(
            nn.Conv2d(sum(level.channels for level in of_inputs), mixed.channels, kernel_size=1)
            for of_inputs, mixed in zip(levels, self.gives, strict=True)
        )

    def forward(self, images: Sequence[Tensor]) -> Pyramid:
        """Map images `(B, channels, H, W)` to a pyramid of joined features."""
        pyramids = [feature_maps(encoder(image)) for encoder, image in zip(self.encoders, images, strict=True)]
        *fine, coarsest = zip(*pyramids, strict=True)
        asked = [each(coarsest[place], _but(coarsest, place)) for place, each in enumerate(self.attention)]
        levels = zip(self.mixers, (*fine, asked), strict=True)
        return Pyramid(tuple(mixer(torch.cat(list(features), dim=1)) for mixer, features in levels))


def _but(all_of_them: Sequence[Any], place: int) -> list[Any]:
    """All but the one at a place."""
    return [each for number, each in enumerate(all_of_them) if number != place]
