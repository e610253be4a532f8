"""What a network is like, part by part: parameters, operations, reach, and the feature maps that each part gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import nn

from .build import build
from .carriers import EmbeddingOf, Gives, Level, SequenceOf, TokensOf
from .complexity import count_parameters, flops_per_pixel
from .spec import NetworkSpec, PartSpec


@dataclass(frozen=True)
class PartSummary:
    """One part of a network.

    Attributes:
        family: `fusion`, `encoder`, `neck` or `head`.
        spec: Name and arguments.
        parameters: Its trainable values.
        carrier: What it gives, in words: "feature map", "pyramid", "series", "tokens", "vector".
        gives: The levels that it gives, fine to coarse; of a vector the level it was made from, with its length.
        inner: Levels of other strides that it makes on the way, likewise.
        copies: How many like it there are: an encoder for each input.
    """

    family: str
    spec: PartSpec
    parameters: int
    carrier: str
    gives: tuple[Level, ...]
    inner: tuple[Level, ...] = ()
    copies: int = 1


@dataclass(frozen=True)
class Summary:
    """A network.

    Attributes:
        spec: What it is built from.
        parameters: Trainable values.
        flops_per_px: Floating-point operations for each pixel of the image.
        stride_px: Images must be multiples of this.
        radius_px: Largest distance of an input pixel that matters, as the parts declare it.
        global_operations: What sees the whole image.
        regions: Regions that it needs of each image at most; 0: none.
        outputs: Channels of the output.
        is_map: Whether it says something of each pixel, not of the image as a whole.
        parts: Its parts in the order that data goes.
    """

    spec: NetworkSpec
    parameters: int
    flops_per_px: float
    stride_px: int
    radius_px: int
    global_operations: tuple[str, ...]
    regions: int
    outputs: int
    is_map: bool
    parts: tuple[PartSummary, ...]


def summarise(spec: NetworkSpec) -> Summary:
    """Tell what the network of a spec is like, without any weights being made.

    Raises:
        ModelError: The network cannot be built; it says why.
    """
    with torch.device("meta"):
        network = build(spec)
        flops = flops_per_pixel(network)
    necks = network.neck if isinstance(network.neck, nn.ModuleList) else (network.neck,)
    parts = [
        *_encoders(spec, network.encoder),
        *(_part("neck", part, module) for part, module in zip(spec.necks, necks, strict=True)),
        _part("head", spec.head, network.head),
    ]
    return Summary(
        spec=spec,
        parameters=count_parameters(network),
        flops_per_px=flops,
        stride_px=network.stride,
        radius_px=network.receptive_radius_px,
        global_operations=network.global_operations,
        regions=network.regions,
        outputs=network.gives.channels,
        is_map=not isinstance(network.gives, EmbeddingOf),
        parts=tuple(parts),
    )


def _encoders(spec: NetworkSpec, module: Any) -> Iterator[PartSummary]:
    """The encoder, or encoders and fusion in the order that data goes through them."""
    if len(spec.inputs) == 1:
        yield _part("encoder", spec.encoder, module)
        return
    encoders = list(getattr(module, "encoders", None) or [module.encoder])
    own = count_parameters(module) - sum(map(count_parameters, encoders))
    fusion = PartSummary("fusion", spec.fusion, own, *_told(module.gives))
    if len(encoders) == 1:  # inputs are stacked, then encoded
        channels = sum(source.bands for source in spec.inputs)
        yield PartSummary("fusion", spec.fusion, own, "feature map", (Level(channels),))
        yield _part("encoder", spec.encoder, encoders[0])
        return
    first = _part("encoder", spec.encoder, encoders[0])
    yield PartSummary(
        first.family,
        first.spec,
        sum(map(count_parameters, encoders)),
        first.carrier,
        first.gives,
        first.inner,
        len(encoders),
    )
    yield fusion


def _part(family: str, spec: PartSpec, module: Any) -> PartSummary:
    carrier, levels = _told(module.gives)
    given = {level.stride_px for level in levels}
    inner = {} if family == "encoder" else {level.stride_px: level for level in _levels_within(module)}
    between = tuple(inner[stride] for stride in sorted(inner.keys() - given))
    return PartSummary(family, spec, count_parameters(module), carrier, levels, between)


def _told(gives: Gives) -> tuple[str, tuple[Level, ...]]:
    """What a part gives, in words and levels."""
    if isinstance(gives, SequenceOf):
        return "series", gives.levels
    if isinstance(gives, TokensOf):
        return "tokens", (gives.level,)
    if isinstance(gives, EmbeddingOf):
        return "vector", (replace(gives.level, channels=gives.channels, stride_px=0),)
    if isinstance(gives, Level):
        return "feature map", (gives,)
    return "pyramid", gives


def _levels_within(module: nn.Module) -> Iterator[Level]:
    """What the modules of a part give, in the order in which they were built."""
    for each in module.modules():
        gives = getattr(each, "gives", None)
        if each is not module and isinstance(gives, Level):
            yield gives
