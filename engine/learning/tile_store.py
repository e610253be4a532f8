"""Keeps tiles of images without labels as arrays that a training draws from: standardised, and mapped from disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from ...models.augmentation import BatchAugmentation
from ...models.objectives.objective import Batch
from ..chips.chip_set import ChipInput
from ..chips.chip_writer import BandStatistics
from ..chips.unlabelled_ground import Chunks


class TileStore:
    """The tiles of each input.

    Attributes:
        images: For each input raw values until `standardise`, z-scores with 0 where there is no data from then on,
            float32 `(tiles, bands, side_px, side_px)`.

    Args:
        tiles: The tiles, `(bands, side_px, side_px)` of each input.
        most: How many there are at most.
        bands: Number of bands of each input.
        side_px: Side of a tile.
        folder: Where the mapped arrays are kept while they are used.
    """

    def __init__(self, tiles: Iterable[Chunks], most: int, bands: Sequence[int], side_px: int, folder: Path) -> None:
        whole = [
            np.lib.format.open_memmap(
                folder / f"{number}.npy", mode="w+", dtype=np.float32, shape=(most, count, side_px, side_px)
            )
            for number, count in enumerate(bands)
        ]
        self._statistics = [BandStatistics(count) for count in bands]
        count = 0
        for chunks in tiles:
            for images, statistics, chunk in zip(whole, self._statistics, chunks, strict=True):
                statistics.feed(chunk)
                images[count] = np.where(np.ma.getmaskarray(chunk), np.nan, chunk.data)
            count += 1
        self.images: tuple[NDArray[Any], ...] = tuple(images[:count] for images in whole)

    def __len__(self) -> int:
        return len(self.images[0])

    def told(self, names: Sequence[str], bands: Sequence[Sequence[str]]) -> tuple[ChipInput, ...]:
        """Mean, deviation and range of each band of each input, over the raw values.

        Args:
            names: Names of the inputs.
            bands: Names of the bands of each.
        """
        return tuple(
            each.told(name, of_input) for each, name, of_input in zip(self._statistics, names, bands, strict=True)
        )

    def standardise(self, inputs: Sequence[ChipInput]) -> None:
        """Turn raw values into z-scores, tile by tile: what is mapped from disk may be larger than memory."""
        for images, source in zip(self.images, inputs, strict=True):
            mean, std = (np.asarray(each, np.float32)[:, None, None] for each in (source.mean, source.std))
            for number in range(len(images)):
                scores = (images[number] - mean) / std
                images[number] = np.where(np.isnan(scores), 0, scores)

    def batch(self, numbers: NDArray[np.int64]) -> Batch:
        """The tiles of these numbers as they are; they have no target."""
        return Batch(tuple(torch.from_numpy(images[numbers]) for images in self.images), _no_target(len(numbers)))


class TileBatches:
    """Tiles drawn evenly, none twice in a batch, and varied; all chance comes from the generator that is handed in.

    Args:
        store: The tiles.
        size: Tiles of a batch.
        augment: Varies a batch.
    """

    def __init__(self, store: TileStore, size: int, augment: BatchAugmentation) -> None:
        self._store, self._size, self._augment = store, min(size, len(store)), augment

    def __call__(self, generator: Generator) -> Batch:
        """One batch."""
        numbers = torch.randperm(len(self._store), generator=generator)[: self._size].numpy()
        return self._augment(self._store.batch(numbers), generator)


def _no_target(tiles: int) -> Tensor:
    return torch.zeros(tiles)
