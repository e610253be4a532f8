"""Fusion of what is there: each input has an encoder, and what an input lacks weighs nothing in the joined features.

Two-stem after Quan and others 2024 (10.3390/rs16020431): encoders for each sensor, joined level by level. Deviations:
channel attention is there where it is asked for alone, and over a local box; all levels are joined, not the shallow
ones alone; no principal component is taken of the optical bands; and pixels that an input lacks are told to the
network, not filled. With inputs hidden by chance in training (ModDrop, Neverova 2016) one network serves every
combination of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..blocks.squeeze_excitation import SqueezeExcitation
from ..carriers import Level, Levels, Pyramid, feature_maps
from ..errors import MisfitError
from ..spec import InputSpec
from .middle import joined_level, levels_of


class AvailableFusion(nn.Module):
    """Joins the features of all inputs, each weighed by the share of its pixels that are there.

    A pixel of an input is lacking where all its bands are 0: that is what the engine and the training put where there
    is no data. Means are chosen so that no measured value becomes exactly 0, see `recipes/flood_tiles.py`.

    Attributes:
        gives: The pyramid of joined features, with the channels of one encoder.
    """

    def __init__(
        self,
        inputs: Sequence[InputSpec],
        encoder: Callable[[InputSpec], Any],
        encoders: Sequence[int] = (),
        box: int = 0,
    ) -> None:
        """Build the encoders, and what joins each level.

        Args:
            inputs: The inputs; series, where the encoder turns each into an image.
            encoder: Builds an encoder for an input.
            encoders: Number of the encoder of each input, from 0; inputs of one number share their weights, as images
                of one sensor before and after an event do. Empty: each input has its own.
            box: Side of the boxes over which channel attention looks, in values of each level; 0: there is none.
        """
        super().__init__()
        self.numbers = tuple(encoders) or tuple(range(len(inputs)))
        _check_shared(inputs, self.numbers)
        firsts = [inputs[self.numbers.index(number)] for number in range(max(self.numbers) + 1)]
        self.encoders = nn.ModuleList(encoder(each) for each in firsts)
        self.levels = [levels_of(source, each) for source, each in zip(firsts, self.encoders, strict=True)]
        of_inputs = [self.levels[number] for number in self.numbers]
        joins = [JoinAvailable(levels, box) for levels in zip(*of_inputs, strict=True)]
        self.joins = nn.ModuleList(joins)
        self.gives: Levels = tuple(join.gives for join in joins)

    def forward(self, images: Sequence[Tensor]) -> Pyramid:
        """Map images `(B, channels, H, W)`, 0 in all channels where they lack pixels, to a pyramid of features."""
        available = [(image.abs().amax(dim=1, keepdim=True) > 0).to(image.dtype) for image in images]  # (B, 1, H, W)
        pyramids = [
            self._seen(number, image, there) if self.training else feature_maps(self.encoders[number](image))
            for number, image, there in zip(self.numbers, images, available, strict=True)
        ]
        levels = zip(self.joins, zip(*pyramids, strict=True), strict=True)
        return Pyramid(tuple(join(features, available) for join, features in levels))

    def _seen(self, number: int, image: Tensor, available: Tensor) -> tuple[Tensor, ...]:
        """Features of the images of a batch that are there; 0 of the others, which normalisation must not count."""
        there = available.flatten(1).any(dim=1)
        if there.all():
            return feature_maps(self.encoders[number](image))
        batch, _, height, width = image.shape
        lacking = [
            image.new_zeros(batch, level.channels, height // level.stride_px, width // level.stride_px)
            for level in self.levels[number]
        ]
        if not there.any():
            return tuple(lacking)
        seen = feature_maps(self.encoders[number](image[there]))
        places = (there.nonzero()[:, 0],)
        return tuple(zeros.to(each.dtype).index_put(places, each) for zeros, each in zip(lacking, seen, strict=True))


class JoinAvailable(nn.Module):
    """Joins the features of several inputs at one level, and what share of each input is there.

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, sources: Sequence[Level], box: int) -> None:
        """Build the block.

        Args:
            sources: The features of each input, of one stride.
            box: Side of the boxes of channel attention, in values; 0: there is none.
        """
        super().__init__()
        mixed = joined_level(sources)
        self.stride_px = mixed.stride_px
        share = Level(mixed.channels).patched(mixed.channels, self.stride_px)
        channels = sum(level.channels for level in sources) + len(sources)
        self.mixer = nn.Conv2d(channels, mixed.channels, kernel_size=1, bias=False)
        self.norm = nn.BatchNorm2d(mixed.channels)
        self.activation = nn.ReLU(inplace=True)
        level = mixed.met(share)
        self.attention = SqueezeExcitation(level, box) if box else nn.Identity()
        self.gives: Level = self.attention.gives if isinstance(self.attention, SqueezeExcitation) else level

    def forward(self, features: Sequence[Tensor], available: Sequence[Tensor]) -> Tensor:
        """Join features `(B, C, H / stride, W / stride)` of inputs that are there where `(B, 1, H, W)` is 1."""
        shares = [functional.avg_pool2d(each, self.stride_px) for each in available]  # (B, 1, H / stride, W / stride)
        weighed = [feature * share for feature, share in zip(features, shares, strict=True)]
        x = self.activation(self.norm(self.mixer(torch.cat([*weighed, *shares], dim=1))))
        joined: Tensor = self.attention(x)
        return joined


def _check_shared(inputs: Sequence[InputSpec], numbers: Sequence[int]) -> None:
    """Refuse encoders that are not numbered from 0 on, one for each input, or shared by unlike inputs."""
    if len(numbers) != len(inputs) or set(numbers) != set(range(max(numbers) + 1)):
        raise MisfitError(
            "The fusion of what is there has {inputs} inputs and the encoders {numbers}. Give each input the number "
            "of its encoder, from 0, leaving none out.",
            inputs=len(inputs),
            numbers=", ".join(map(str, numbers)),
        )
    for number in set(numbers):
        sharing = [each for each, of_input in zip(inputs, numbers, strict=True) if of_input == number]
        if len({(each.bands, each.days) for each in sharing}) > 1:
            raise MisfitError(
                "The inputs {names} share an encoder and have different bands or dates. Give them encoders of their "
                "own.",
                names=", ".join(each.name for each in sharing),
            )
