"""Labelled images, and how varied tiles of them become batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from terraloom.models.objectives.objective import Batch
from torch import Generator, Tensor

from .photo_tiles import Augmentation, cut_tile

MEAN, STD = 127.0, 128.0
"""How EfficientNet-Lite0 wants 8-bit values, whatever the places."""


@dataclass(frozen=True)
class LabelledImage:
    """8-bit `(bands, rows, cols)`, and places of classes `(rows, cols)`."""

    name: str
    image: Tensor
    labels: Tensor


Places = Mapping[str, Sequence[LabelledImage]]
"""Images by the place that they show."""


@dataclass(frozen=True)
class TileSource:
    """Draws batches of varied tiles, from large places more often than from small ones, by the root of their area.

    Attributes:
        places: The images.
        side_px: Side of a tile.
        scale: Range of the enlargement.
        augmentation: How tiles are varied.
        batch: Tiles of a batch.
    """

    places: Places
    side_px: int
    scale: tuple[float, float]
    augmentation: Callable[[Tensor, Tensor, Generator], tuple[Tensor, Tensor]] = Augmentation()
    batch: int = 8

    def __call__(self, generator: Generator) -> Batch:
        """Draw one batch."""
        groups = list(self.places.values())
        areas = torch.tensor([float(sum(each.labels.numel() for each in images)) for images in groups])
        tiles = []
        for index in torch.multinomial(areas.sqrt(), self.batch, True, generator=generator):
            images = groups[int(index)]
            each = images[int(torch.randint(len(images), (1,), generator=generator))]
            tile = cut_tile(each.image, each.labels, self.side_px, self.scale, generator)
            tiles.append(self.augmentation(*tile, generator))
        pixels, labels = (torch.stack(column) for column in zip(*tiles, strict=True))
        return Batch((scaled(pixels * 255),), labels.long())


def scaled(images: Tensor) -> Tensor:
    """Bring values 0–255 `(B, bands, H, W)` to what the network takes."""
    return ((images - MEAN) / STD).contiguous(memory_format=torch.channels_last)
