"""Draws batches for training out of a store of chips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from ...models.augmentation import ORIENTATION
from ...models.build import Network
from ...models.objectives.objective import Batch
from ..library.rules import RegionRules
from ..tiles.superpixels import region_inputs
from .chip_store import ChipStore
from .elevation import Elevation

Augment = Callable[[Batch, Generator], Batch]


class Batches:
    """Chips drawn evenly and varied; all chance comes from the generator that is handed in.

    Each batch is drawn from all chips: in so many epochs a chip is seen so often on average, not exactly. Directions of
    lines come along where the store has them.

    Args:
        store: The training chips.
        size: Chips of a batch.
        augment: Varies a batch.
        regions: How an image is cut into regions, for networks that want those.
        elevation: Where the elevation is, for objectives that want it.
        each_once: Whether no chip is twice in a batch, for objectives that tell chips apart.
    """

    def __init__(
        self,
        store: ChipStore,
        size: int,
        augment: Augment,
        regions: RegionRules | None,
        elevation: Elevation | None = None,
        each_once: bool = False,
    ) -> None:
        self._store = store
        self._size = min(size, len(store))
        self._augment = augment
        self._regions = regions
        self._elevation = elevation
        self._each_once = each_once

    def __call__(self, generator: Generator) -> Batch:
        """One batch."""
        if self._each_once:
            numbers = torch.randperm(len(self._store), generator=generator)[: self._size].numpy()
        else:
            numbers = torch.randint(len(self._store), (self._size,), generator=generator).numpy()
        batch = batch_of(self._store, numbers)
        varied = self._augment(Batch(batch.inputs, batch.target, self._extras(numbers)), generator)
        return replace(varied, inputs=with_regions(varied.inputs, self._regions))

    def _extras(self, numbers: NDArray[np.int64]) -> dict[str, Tensor]:
        """What single objectives need beside, see `Batch`."""
        found = {}
        if self._elevation:
            found["elevation_m"] = self._elevation.of(self._store, numbers)
        if self._store.directions is not None:
            found[ORIENTATION] = torch.from_numpy(self._store.directions[numbers, np.newaxis])
        return found


def batch_of(store: ChipStore, numbers: np.ndarray) -> Batch:
    """The chips of these numbers as they are, without regions."""
    images = tuple(torch.from_numpy(images[numbers]) for images in store.images)
    target = torch.from_numpy(store.targets[numbers])
    return Batch(images, target.long() if store.chip_set.legend else target / store.factor)


def with_regions(images: tuple[Tensor, ...], rules: RegionRules | None) -> tuple[Tensor, ...]:
    """Images with their regions and which of these touch, where a network wants those."""
    if rules is None:
        return images
    graphs = [region_inputs([image[number].numpy() for image in images], rules) for number in range(len(images[0]))]
    regions, adjacency = (np.stack(arrays) for arrays in zip(*graphs, strict=True))
    return (*images, torch.from_numpy(regions), torch.from_numpy(adjacency))


def region_rules(network: Network) -> RegionRules | None:
    """How a network wants its images cut into regions."""
    return RegionRules(network.regions) if network.regions else None
