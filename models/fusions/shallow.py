"""Shallow fusion of optical and radar images: two stems, whose first features are joined and weighed.

After Quan and others 2024 (10.3390/rs16020431): one component of the optical bands and the radar bands make a fused
image; it and the optical image each have a stem; their shallow features are joined, and channel attention weighs them,
F' = F ⊙ σ(W₂ ReLU(W₁ GAP(F))). What follows may be any encoder. Deviations: there the component is the first of a
principal component analysis; here a 1 × 1 convolution learns it, since that of a tile is not that of the scene, and
begins as the mean of the bands, which is close to it; and the attention pools over local boxes, so that tiles join
without seams.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import torch
from torch import Tensor, nn

from ..blocks.convolution import ConvNormAct
from ..blocks.squeeze_excitation import SqueezeExcitation
from ..carriers import Level, Levels, Pyramid, feature_maps
from ..errors import MisfitError
from ..spec import InputSpec
from .middle import levels_of


class ShallowFusion(nn.Module):
    """Joins the shallow features of the first input, the optical one, and of the fused image; one encoder follows.

    Attributes:
        gives: What the encoder gives of the joined features, as they lie on the images.
    """

    def __init__(
        self, inputs: Sequence[InputSpec], encoder: Callable[[InputSpec], Any], width: int = 16, box: int = 16
    ) -> None:
        """Build the stems, the attention and the encoder.

        Args:
            inputs: The optical image first, then the others: single images.
            encoder: Builds an encoder for an input.
            width: Channels of each stem; twice as many reach the encoder.
            box: Side of the boxes over which the attention pools, in pixels.
        """
        super().__init__()
        if any(each.days for each in inputs):
            raise MisfitError(
                "Shallow fusion joins single images; {names} are series. Choose the fusion 'early'.",
                names=", ".join(each.name for each in inputs if each.days),
            )
        optical, *others = (each.channels for each in inputs)
        self.component = nn.Conv2d(optical, 1, kernel_size=1, bias=False)
        nn.init.constant_(self.component.weight, 1 / optical)
        stems = [ConvNormAct(Level(optical), width), ConvNormAct(Level(1 + sum(others)), width)]
        self.stems = nn.ModuleList(stems)
        joined = reduce(Level.joined, (stem.gives for stem in stems))
        self.attention = SqueezeExcitation(joined, box)
        source = InputSpec(joined.channels, "shallow features")
        self.encoder = encoder(source)
        self.gives: Levels = tuple(_behind(self.attention.gives, level) for level in levels_of(source, self.encoder))

    def forward(self, images: Sequence[Tensor]) -> Pyramid:
        """Map images `(B, channels, H, W)`, the optical one first, to a pyramid of features."""
        optical, *others = images
        fused = torch.cat([self.component(optical), *others], dim=1)  # (B, 1 + bands of the others, H, W)
        shallow = torch.cat([stem(image) for stem, image in zip(self.stems, (optical, fused), strict=True)], dim=1)
        return Pyramid(feature_maps(self.encoder(self.attention(shallow))))


def _behind(before: Level, level: Level) -> Level:
    """A level of an encoder, as it lies on the image, where features of stride 1 stand between both."""
    return Level(
        channels=level.channels,
        stride_px=level.stride_px,
        before_px=before.before_px + level.before_px,
        after_px=before.after_px + level.after_px,
        global_operations=tuple(dict.fromkeys(before.global_operations + level.global_operations)),
        alignment_px=math.lcm(before.alignment_px, level.alignment_px),
    )
