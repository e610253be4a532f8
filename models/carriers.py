"""What network parts hand to each other, and what they know about it before any data flows.

`Pyramid`, `Sequence`, `Tokens`, `Graph` and `Embedding` carry tensors. `Level`, `Levels`, `SequenceOf`, `TokensOf`
and `EmbeddingOf` describe them: parts exchange descriptions at construction, as their attribute `gives`, so a
misfit fails when the network is built, and the network knows the halo it needs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from torch import Tensor, nn

from .errors import MisfitError, SpecError


@dataclass(frozen=True)
class Pyramid:
    """Feature maps of one image, fine to coarse, each `(B, C, H / stride, W / stride)`."""

    features: tuple[Tensor, ...]


@dataclass(frozen=True)
class Sequence:
    """Feature maps of a series of images, fine to coarse, each `(B, T, C, H / stride, W / stride)`."""

    features: tuple[Tensor, ...]


@dataclass(frozen=True)
class Tokens:
    """Vectors on a grid, row by row.

    Attributes:
        values: `(B, rows * cols, C)`.
        rows: Rows of the grid.
        cols: Columns of the grid.
    """

    values: Tensor
    rows: int
    cols: int


@dataclass(frozen=True)
class Graph:
    """Regions of an image and which of them touch.

    Attributes:
        regions: Number of the region of each pixel, whole numbers from 0, `(B, H, W)`.
        adjacency: Share of each neighbour in a region's neighbourhood, itself included: rows sum to 1, or to 0 for
            numbers that no region has, `(B, N, N)`.
    """

    regions: Tensor
    adjacency: Tensor


@dataclass(frozen=True)
class Embedding:
    """One vector for each image, `(B, C)`."""

    values: Tensor


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
        alignment_px: Tiles give the same values as the whole image where they begin at multiples of this, and
            images must be multiples of this high and wide: a multiple of the stride.
    """

    channels: int
    stride_px: int = 1
    before_px: int = 0
    after_px: int = 0
    global_operations: tuple[str, ...] = ()
    alignment_px: int = 1

    def __post_init__(self) -> None:
        """Refuse a map without channels."""
        if self.channels < 1:
            raise SpecError(
                "A part gives a feature map of {channels} channels. Give widths and numbers of outputs of at least 1.",
                channels=self.channels,
            )

    @property
    def radius_px(self) -> int:
        """Largest distance of an input pixel that matters, in input pixels."""
        return max(self.before_px, self.after_px)

    def convolved(self, channels: int, kernel: int = 3, stride: int = 1, dilation: int = 1) -> Level:
        """The level behind a centred convolution or pooling with an odd kernel."""
        if kernel < 1 or kernel % 2 == 0 or stride < 1 or dilation < 1 or type(dilation) is not int:
            raise SpecError(
                "A convolution has a kernel of {kernel}, a stride of {stride} and a dilation of {dilation}. Give an "
                "odd kernel, and a stride and dilation of whole numbers from 1.",
                kernel=kernel,
                stride=stride,
                dilation=dilation,
            )
        reach_px = self.stride_px * dilation * (kernel // 2)
        stride_px = self.stride_px * stride
        return replace(
            self,
            channels=channels,
            stride_px=stride_px,
            before_px=self.before_px + reach_px,
            after_px=self.after_px + reach_px,
            alignment_px=math.lcm(self.alignment_px, stride_px),
        )

    def patched(self, channels: int, side: int) -> Level:
        """The level behind a convolution whose kernel and stride are both `side`: squares that do not overlap."""
        if side < 1:
            raise SpecError("A part cuts the image into squares of {side} values. Give at least 1.", side=side)
        stride_px = self.stride_px * side
        return replace(
            self,
            channels=channels,
            stride_px=stride_px,
            after_px=self.after_px + stride_px - self.stride_px,
            alignment_px=math.lcm(self.alignment_px, stride_px),
        )

    def boxed(self, side: int) -> Level:
        """The level behind an operation within squares of `side` values that do not overlap, aligned to the origin."""
        if side < 1:
            raise SpecError("A part looks at boxes of {side} values. Give boxes of at least 1.", side=side)
        box_px = self.stride_px * side
        return replace(
            self,
            before_px=self.before_px + box_px - self.stride_px,
            after_px=self.after_px + box_px - self.stride_px,
            alignment_px=math.lcm(self.alignment_px, box_px),
        )

    def enlarged(self, factor: int) -> Level:
        """The level behind a bilinear enlargement by an even factor, or 1, that leaves pixel corners in place.

        Fine index `factor * k + r` reads coarse `k - 1` and `k` where `r < factor / 2`, else `k` and `k + 1`.
        """
        if factor == 1:
            return self
        return replace(
            self,
            stride_px=self.stride_px // factor,
            before_px=self.before_px + self.stride_px + self.stride_px // 2 - self.stride_px // factor,
            after_px=self.after_px + self.stride_px // 2,
        )

    def joined(self, other: Level) -> Level:
        """The level behind a concatenation with another of the same stride."""
        return replace(self.met(other), channels=self.channels + other.channels)

    def met(self, other: Level) -> Level:
        """The level behind an element-wise operation with another of the same stride and channels."""
        return Level(
            channels=self.channels,
            stride_px=self.stride_px,
            before_px=max(self.before_px, other.before_px),
            after_px=max(self.after_px, other.after_px),
            global_operations=tuple(dict.fromkeys(self.global_operations + other.global_operations)),
            alignment_px=math.lcm(self.alignment_px, other.alignment_px),
        )

    def seeing_all(self, operation: str) -> Level:
        """The level behind an operation that sees the whole image."""
        return replace(self, global_operations=tuple(dict.fromkeys((*self.global_operations, operation))))


Levels = tuple[Level, ...]
"""Describes a `Pyramid`, fine to coarse."""


@dataclass(frozen=True)
class SequenceOf:
    """Describes a `Sequence`: the levels of each date, and the days of the dates."""

    levels: Levels
    days: tuple[int, ...]


@dataclass(frozen=True)
class TokensOf:
    """Describes `Tokens`: `level` is that of the grid they lie on."""

    level: Level


@dataclass(frozen=True)
class EmbeddingOf:
    """Describes an `Embedding`: its length, and what it sees of the image."""

    channels: int
    level: Level

    def __post_init__(self) -> None:
        """Refuse an empty vector."""
        if self.channels < 1:
            raise SpecError(
                "A part gives a vector of {channels} values. Give numbers of outputs of at least 1.",
                channels=self.channels,
            )


Gives = Level | Levels | SequenceOf | TokensOf | EmbeddingOf
"""What a part gives: one feature map, a pyramid, a series of pyramids, tokens, or one vector for each image."""


def one_level(source: Gives, taker: str) -> Level:
    """The feature map that a part takes; of a pyramid with a single level, that one.

    Args:
        source: What the part before gives.
        taker: Who takes it, for the error: "the segmentation head".
    """
    if isinstance(source, tuple) and len(source) == 1:
        return source[0]
    if isinstance(source, Level):
        return source
    raise _misfit(source, taker, "one feature map")


def pyramid(source: Gives, taker: str) -> Levels:
    """The pyramid that a part takes; one feature map is a pyramid of one level. See `one_level`."""
    if isinstance(source, Level):
        return (source,)
    if isinstance(source, tuple):
        return source
    raise _misfit(source, taker, "a pyramid of feature maps")


def sequence(source: Gives, taker: str) -> SequenceOf:
    """The series that a part takes. See `one_level`."""
    if isinstance(source, SequenceOf):
        return source
    raise _misfit(source, taker, "a series of dates")


def tokens(source: Gives, taker: str) -> TokensOf:
    """The tokens that a part takes. See `one_level`."""
    if isinstance(source, TokensOf):
        return source
    raise _misfit(source, taker, "tokens")


def embedding(source: Gives, taker: str) -> EmbeddingOf:
    """The embedding that a part takes. See `one_level`."""
    if isinstance(source, EmbeddingOf):
        return source
    raise _misfit(source, taker, "one vector for each image")


def feature_map(x: Tensor | Pyramid) -> Tensor:
    """The tensor of one feature map, `(B, C, H, W)`; what `one_level` lets through."""
    return x.features[0] if isinstance(x, Pyramid) else x


def feature_maps(x: Tensor | Pyramid) -> tuple[Tensor, ...]:
    """The tensors of a pyramid, fine to coarse; what `pyramid` lets through."""
    return x.features if isinstance(x, Pyramid) else (x,)


def through(stages: Iterable[nn.Module], x: Tensor) -> Pyramid:
    """What the stages of an encoder give, each behind the one before."""
    features = []
    for stage in stages:
        x = stage(x)
        features.append(x)
    return Pyramid(tuple(features))


def _misfit(source: Gives, taker: str, taken: str) -> MisfitError:
    if isinstance(source, SequenceOf):
        found, advice = "a series of dates", "Put the neck 'over_time' before it."
    elif isinstance(source, TokensOf):
        found, advice = "tokens", "Put the neck 'tokens_to_pyramid' before it, or choose another encoder."
    elif isinstance(source, EmbeddingOf):
        found, advice = "one vector for each image", "Take the pooling away."
    elif isinstance(source, Level):
        found, advice = "one feature map", "Choose another part."
    else:
        found, advice = f"a pyramid of {len(source)} feature maps", "Put the neck 'unet' or 'fpn' before it."
    return MisfitError(
        "{taker} takes {taken}, the part before it gives {found}. {advice}",
        taker=taker[:1].upper() + taker[1:],
        taken=taken,
        found=found,
        advice=advice,
    )
