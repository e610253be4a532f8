"""Images of floods as pairs without labels and as tiles with them: what is learnt from, and blocks that are not.

Events have no names in OMBRIA, but neighbouring numbers tend to be of one: blocks of neighbours are kept out whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from terraloom.engine.chips.unlabelled_ground import Chunks
from terraloom.engine.learning.tile_store import TileStore
from terraloom.models.augmentation import STRENGTHS, BatchAugmentation
from terraloom.models.objectives.objective import Batch
from torch import Generator, Tensor

from recipes.flood_tiles import INPUTS, FloodImage, read_ombria

from .composition_sets import BLOCKS, IMAGE_PX

BANDS = [each.bands for each in INPUTS]
DATES = (slice(0, 4), slice(4, 8))
"""The bands after and before the flood, of each the optical ones first."""

KEPT_OUT = (1, 4)
"""Blocks of the official training set that are judged and not learnt from, fixed beforehand."""

PAIR_PX, PAIRS = 64, 1000
"""Side and number of the pairs without labels: what *Pre-train an encoder* takes where nothing else is asked for."""

TILE_PX, TILES = 64, 8
"""Side of a tile with labels, and tiles of a batch."""

JUDGED_PX, JUDGED = 128, 8
"""Side of what is judged of an image, its middle, and how many are mapped at once."""

EVERY = 2
"""Of the images that are kept out, every second is judged for its floods: neighbours look alike."""


class FloodGround:
    """The images by what they are for.

    Attributes:
        learnt: Of the blocks that are learnt from.
        kept_out: Of those that are not.
        judged_floods: Those of them whose floods are judged.
    """

    def __init__(self, data: Path) -> None:
        """Read all images.

        Args:
            data: Folder with `ombria/train` and `ombria/test`.
        """
        images = read_ombria(data / "ombria" / "train")
        is_kept_out = [number * BLOCKS // len(images) in KEPT_OUT for number in range(len(images))]
        self.learnt = [each for each, out in zip(images, is_kept_out, strict=True) if not out]
        self.kept_out = [each for each, out in zip(images, is_kept_out, strict=True) if out]
        self.judged_floods = [_middle(each) for each in self.kept_out[::EVERY]]
        self._data = data
        values = torch.stack([each.pixels[:, ::4, ::4] for each in self.learnt]).float()  # a part of them tells enough
        self._mean, self._std = (kind(values, dim=(0, 2, 3))[:, None, None] for kind in (torch.mean, torch.std))

    def test(self) -> list[FloodImage]:
        """The images of the official test set, whole."""
        return read_ombria(self._data / "ombria" / "test")

    def pairs(self, seed: int, folder: Path) -> tuple[TileStore, TileStore]:
        """Optical and radar tiles of one date, to learn from and held out; scaled as the tiles with labels are.

        Args:
            seed: Start of the chance by which places and dates are drawn; what is held out does not depend on it.
            folder: Where the arrays are kept.
        """
        chance = np.random.default_rng(seed)
        places = ((int(chance.integers(len(self.learnt))), int(chance.integers(2))) for _ in range(PAIRS))
        most = IMAGE_PX - PAIR_PX + 1
        drawn = ((self.learnt[n], date, *map(int, chance.integers(most, size=2))) for n, date in places)
        middle = (IMAGE_PX - PAIR_PX) // 2
        fixed = ((each, number % 2, middle, middle) for number, each in enumerate(self.kept_out))
        return self._store(drawn, PAIRS, folder / "learnt"), self._store(fixed, len(self.kept_out), folder / "kept_out")

    def few(self, percent: int, seed: int) -> list[FloodImage]:
        """Some of the images that are learnt from, drawn by the seed."""
        if percent == 100:
            return self.learnt
        chance = np.random.default_rng(seed)
        chosen = chance.choice(len(self.learnt), round(len(self.learnt) * percent / 100), replace=False)
        return [self.learnt[number] for number in sorted(chosen.tolist())]

    def draw(self, images: Sequence[FloodImage], generator: Generator) -> Batch:
        """Varied tiles with labels, cut anywhere from some images."""
        pixels, floods = [], []
        for _ in range(TILES):
            each = images[_below(len(images), generator)]
            top, left = (_below(IMAGE_PX - TILE_PX + 1, generator) for _ in range(2))
            window = (..., slice(top, top + TILE_PX), slice(left, left + TILE_PX))
            pixels.append(each.pixels[window])
            floods.append(each.flood[window])
        batch = Batch(self._scaled(torch.stack(pixels)), torch.stack(floods).long())
        return BatchAugmentation(INPUTS, STRENGTHS["light"])(batch, generator)

    def judged(self, images: Sequence[FloodImage]) -> Iterator[tuple[Sequence[FloodImage], tuple[Tensor, ...]]]:
        """Images, a few at a time, and what the network is to see of them."""
        for start in range(0, len(images), JUDGED):
            some = images[start : start + JUDGED]
            yield some, self._scaled(torch.stack([each.pixels for each in some]))

    def _scaled(self, pixels: Tensor) -> tuple[Tensor, ...]:
        return torch.split((pixels.float() - self._mean) / self._std, BANDS, dim=1)

    def _store(self, places: Iterable[tuple[FloodImage, int, int, int]], count: int, folder: Path) -> TileStore:
        """Pairs at places: image, date, top row and left column."""
        folder.mkdir()
        return TileStore((self._pair(*place) for place in places), count, BANDS[:2], PAIR_PX, folder)

    def _pair(self, image: FloodImage, date: int, top: int, left: int) -> Chunks:
        scaled: NDArray[np.float32] = ((image.pixels.float() - self._mean) / self._std).numpy()[DATES[date]]
        tile = np.ma.masked_array(scaled[:, top : top + PAIR_PX, left : left + PAIR_PX])
        return [tile[:3], tile[3:]]


def _middle(image: FloodImage) -> FloodImage:
    inner = slice((IMAGE_PX - JUDGED_PX) // 2, (IMAGE_PX + JUDGED_PX) // 2)
    return FloodImage(image.number, image.pixels[:, inner, inner], image.flood[inner, inner])


def _below(most: int, generator: Generator) -> int:
    return int(torch.randint(most, (1,), generator=generator))
