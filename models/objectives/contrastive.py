"""The contrastive term: what the encoder makes of two views of one place should agree.

Networks of several inputs see the first of them alone and the others alone, so that sensors learn one language;
networks of a single input see the image and a version in another light. The features pass through a projection that
learns along with the network and is left out of it (SimCLR, Chen and others 2020, arXiv 2002.05709, section 2.1).
Views with inputs left out are unlike what the network maps: its running statistics take no note of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Several
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional

from ..augmentation import STRENGTHS, BatchAugmentation, Bearing
from ..blocks.projection import ProjectionHead
from ..carriers import Embedding, EmbeddingOf, Gives, Level, Pyramid, Sequence, SequenceOf, Tokens, TokensOf
from ..losses.info_nce import InfoNCE
from ..spec import InputSpec
from .objective import Batch
from .seen import Seen

CELLS = 4
"""Feature maps are averaged over this many cells along each axis; each cell is a place."""

VECTOR = 64
"""Length of the vectors compared."""


class Contrastive:
    """InfoNCE between two views of the batch.

    Attributes:
        parts: The projection.
    """

    def __init__(self, inputs: Several[InputSpec], features: int, loss: InfoNCE, within_tiles: bool = True) -> None:
        """Set the term up.

        Args:
            inputs: What the network reads.
            features: Channels of its encoder's coarsest features, see `feature_channels`.
            loss: Compares two views `(places, C)`.
            within_tiles: Whether the places of a tile are told apart from each other too, see `by_cell`.
        """
        self.inputs = tuple(inputs)
        self.loss = loss
        self.within_tiles = within_tiles
        self._relit = BatchAugmentation(self.inputs, replace(STRENGTHS["strong"], turns=False))
        self.parts: nn.Module = ProjectionHead(features, VECTOR)

    def know(self, visible: Mapping[str, tuple[int, ...]], bearings: Mapping[str, tuple[Bearing, ...]]) -> None:
        """Let the other light be one that the bands can have; for the arguments see `BatchAugmentation`."""
        self._relit = replace(self._relit, visible=visible, bearings=bearings)

    def __call__(self, seen: Seen) -> Tensor:
        """The loss of one batch; a scalar, 0 where it holds a single place."""
        one, other = self._places(seen.network, seen.batch)
        if len(one) == 1:
            return one.sum() * 0
        one, other = self.parts(one), self.parts(other)
        if not self.within_tiles:
            return contrast_by_cell(self.loss, one, other, len(seen.batch.inputs[0]))
        loss: Tensor = self.loss(one, other)
        return loss

    def compared(self, network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
        """The vectors of the batch's places in each view, both `(places, C)` of length 1."""
        one, other = self._places(network, batch)
        return self.parts(one), self.parts(other)

    def _places(self, network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
        images = batch.inputs[: len(self.inputs)]
        one, other = (places(self._encoded(network, view)) for view in self._views(batch, images))
        return one, other

    def _views(self, batch: Batch, images: tuple[Tensor, ...]) -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
        if len(images) == 1:
            generator = Generator().manual_seed(int(torch.randint(2**62, (1,))))  # torch's own is in checkpoints
            return images, self._relit(batch, generator).inputs[:1]
        first, *others = images
        return (first, *map(torch.zeros_like, others)), (torch.zeros_like(first), *others)

    def _encoded(self, network: Any, images: tuple[Tensor, ...]) -> object:
        if len(images) == 1:
            return network.encoder(images[0])
        with unrecorded(network.encoder):
            return network.encoder(images)


@contextmanager
def unrecorded(module: nn.Module) -> Iterator[None]:
    """Let batch normalisation keep its running statistics as they are, whatever is seen."""
    momenta = {each: each.momentum for each in module.modules() if isinstance(each, nn.BatchNorm2d)}
    for each in momenta:
        each.momentum = 0.0
    try:
        yield
    finally:
        for each, momentum in momenta.items():
            each.momentum = momentum


def places(features: Any) -> Tensor:
    """What an encoder gives as `(places, C)`: the cells of its coarsest map, or its vectors.

    Args:
        features: A carrier, or a map `(B, C, H, W)`.
    """
    if isinstance(features, Embedding):
        return features.values
    if isinstance(features, Tokens):
        tiles, _, channels = features.values.shape
        maps = features.values.transpose(1, 2).reshape(tiles, channels, features.rows, features.cols)
    elif isinstance(features, Sequence):
        maps = features.features[-1].mean(dim=1)
    else:
        maps = features.features[-1] if isinstance(features, Pyramid) else features
    cells = functional.adaptive_avg_pool2d(maps.float(), (min(CELLS, maps.shape[-2]), min(CELLS, maps.shape[-1])))
    return cells.movedim(1, -1).flatten(0, 2)


def by_cell(vectors: Tensor, tiles: int) -> tuple[Tensor, ...]:
    """The vectors of each cell, one of each tile, `(tiles, C)`, out of those of all places, `(tiles * cells, C)`.

    Padding tells a network where in a tile it looks. Places at other cells are told apart by that alone, whatever they
    show; those at one cell are not.
    """
    return vectors.reshape(tiles, -1, vectors.shape[1]).unbind(1)


def contrast_by_cell(loss: InfoNCE, one: Tensor, other: Tensor, tiles: int) -> Tensor:
    """The mean loss over cells, see `by_cell`; views are `(tiles * cells, C)`."""
    pairs = zip(by_cell(one, tiles), by_cell(other, tiles), strict=True)
    return torch.stack([loss(*pair) for pair in pairs]).mean()


def feature_channels(gives: Gives) -> int:
    """Channels of the coarsest features that an encoder gives."""
    if isinstance(gives, (Level, EmbeddingOf)):
        return gives.channels
    if isinstance(gives, TokensOf):
        return gives.level.channels
    return (gives.levels if isinstance(gives, SequenceOf) else gives)[-1].channels
