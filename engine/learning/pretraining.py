"""Decides what is pre-trained, from the request and the images: the network, and what its encoder is to learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Union

import torch
from torch import Tensor

from ...models.augmentation import STRENGTHS, BatchAugmentation, Bearing
from ...models.build import Network, build
from ...models.losses.info_nce import InfoNCE
from ...models.objectives.contrastive import Contrastive, feature_channels
from ...models.objectives.cross_modal import CrossModal
from ...models.objectives.masked import Masked
from ...models.objectives.weighted_sum import WeightedSum, WeightedTerm
from ...models.presets import preset
from ...models.spec import InputSpec, NetworkSpec
from ...models.weights import named_weights
from ..chips.chip_set import ChipInput
from ..errors import InputError
from ..requests.pretrain_encoder import CONTRASTIVE, CROSSMODAL, MAE, PretrainEncoder
from .band_roles import bearings, visible_bands
from .network_errors import network_errors
from .spec_in_file import spec_in

NAMES = ("image", "image_2")
"""Of the inputs, as training chips name them too."""

PRESETS = {CONTRASTIVE: "landcover", CROSSMODAL: "fusion"}
"""Whose network is pre-trained where there is no spec."""

LIGHT = {CONTRASTIVE: "light", CROSSMODAL: "light", MAE: "geometric"}
"""How far tiles are varied; of the contrasted views, one is put in another light besides."""

Term = Union[Contrastive, CrossModal, Masked]


@dataclass(frozen=True)
class Pretraining:
    """What learns, and what from.

    Args:
        network: The whole network; its encoder learns alone.
        term: What is learnt, with the parts that serve that alone.
        method: Its name.
        learning: What the names of the weights that learn begin with.
        visible: Numbers of the red, green and blue bands by the name of the input, see `BatchAugmentation`.
        bearings: Bands that hold directions, by the name of the input.
    """

    network: Network
    term: Term
    method: str
    learning: tuple[str, ...]
    visible: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    bearings: Mapping[str, tuple[Bearing, ...]] = field(default_factory=dict)

    def knowing(self, images: Sequence[ChipInput]) -> Pretraining:
        """The same, with tiles and views that are varied as their bands can be.

        Args:
            images: What the images of each input are like.
        """
        named = [replace(each, name=source.name) for each, source in zip(images, self.inputs, strict=True)]
        visible, turning = visible_bands(named), bearings(named)
        if isinstance(self.term, Contrastive):
            self.term.know(visible, turning)
        return replace(self, visible=visible, bearings=turning)

    @property
    def objective(self) -> WeightedSum:
        """The term as the training loop wants it."""
        return WeightedSum({self.method: WeightedTerm(self.term)})

    @property
    def augmentation(self) -> BatchAugmentation:
        """How tiles are varied."""
        strength = STRENGTHS[LIGHT[self.method]]
        return BatchAugmentation(self.inputs, strength, self.visible, bearings=self.bearings)

    @property
    def inputs(self) -> tuple[InputSpec, ...]:
        """Those of the network's inputs that there are images of."""
        return self.network.spec.inputs[: 2 if self.method == CROSSMODAL else 1]

    @property
    def weights(self) -> Mapping[str, Tensor]:
        """The weights that learn, by the names that they have in the whole network."""
        return {name: value for name, value in named_weights(self.network).items() if name.startswith(self.learning)}


def prepare(request: PretrainEncoder, bands: Sequence[int]) -> Pretraining:
    """Build the network and what its encoder is to learn, from the seed.

    Args:
        request: What is asked for.
        bands: Number of bands of each input.

    Raises:
        InputError: The network reads other images, or TILE_SIZE does not suit it.
        ModelError: It cannot be built, or its encoder cannot learn so.
    """
    with network_errors():
        spec = _spec(request, bands)
        _check_inputs(spec, request.method, bands)
        torch.manual_seed(request.seed)
        network = build(spec)
        _check_tile(network, request.tile_px)
        if request.method == CROSSMODAL:
            pair = CrossModal(network, InfoNCE())
            return Pretraining(network, pair, request.method, tuple(f"encoder.encoders.{n}." for n in pair.numbers))
        if request.method == CONTRASTIVE:
            return Pretraining(network, _contrastive(network), request.method, ("encoder.",))
        masked = Masked(network)
        _check_patches(masked.parts.patch, network.stride, request.tile_px)
        return Pretraining(network, masked, request.method, ("encoder.",))


def _contrastive(network: Network) -> Contrastive:
    gives: Any = network.encoder.gives
    return Contrastive(network.spec.inputs, feature_channels(gives), InfoNCE(), within_tiles=False)


def _spec(request: PretrainEncoder, bands: Sequence[int]) -> NetworkSpec:
    """The spec that is given, else the preset's; what its head would say does not matter."""
    if request.spec:
        return NetworkSpec.from_dict(spec_in(Path(request.spec)).network)
    inputs = [InputSpec(count, name) for count, name in zip(bands, NAMES)]
    return preset(PRESETS[request.method], inputs, classes=2, variables=0).spec


def _check_inputs(spec: NetworkSpec, method: str, bands: Sequence[int]) -> None:
    """Refuse a network that reads something else than there are images of."""
    if any(each.days for each in spec.inputs):
        raise InputError(
            "The network in SPEC reads a series of images, and pre-training takes single ones. Compose a network "
            "without dates whose encoder is the same."
        )
    if method != CROSSMODAL and len(spec.inputs) != 1:
        raise InputError(
            "The network in SPEC reads {count} inputs, and METHOD {method} teaches the encoder of one. Compose a "
            "network of one input, or choose crossmodal.",
            count=len(spec.inputs),
            method=method,
        )
    for number, (source, count) in enumerate(zip(spec.inputs, bands)):
        if source.bands != count:
            raise InputError(
                "{parameter} has {found} bands, and input {number} of the network in SPEC, {input}, has {expected}. "
                "Choose other images, or compose a network for these.",
                parameter="INPUT" if number == 0 else f"INPUT_{number + 1}",
                found=count,
                number=number + 1,
                input=source.name,
                expected=source.bands,
            )


def _check_tile(network: Network, tile_px: int) -> None:
    """Refuse tiles that the network cannot read."""
    if tile_px % network.stride:
        raise InputError(
            "TILE_SIZE is {side} px, the network takes multiples of {stride} px. Choose {advice}.",
            side=tile_px,
            stride=network.stride,
            advice=max(tile_px // network.stride, 1) * network.stride,
        )


def _check_patches(patch_px: int, stride: int, tile_px: int) -> None:
    """Refuse tiles of a single patch: where it is hidden, nothing is left to tell it from."""
    if tile_px <= patch_px:
        raise InputError(
            "TILE_SIZE is {side} px, a single patch of the encoder: where it is hidden, nothing is left to tell it "
            "from. Choose {advice} or more.",
            side=tile_px,
            advice=(patch_px // stride + 1) * stride,
        )
