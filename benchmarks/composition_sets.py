"""Reads the labelled sets that compositions are tried on: draws tiles to learn from, gives tiles to be judged on.

What is held out was fixed beforehand and has no say in anything, scaling included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.models.objectives.objective import Batch
from torch import Generator, Tensor

TILE_PX, TILES = 128, 4
"""Side of a tile, and tiles of a batch, for every row."""

JUDGED = 16
"""Tiles that are judged at once."""

IMAGE_PX = 256
"""Side of the images of the flood set."""

BLOCKS = 6
"""Parts of neighbouring numbers that the flood set may be cut into: events have no names there, but such neighbours."""


class TileSet(Protocol):
    """A set of tiles.

    Attributes:
        classes: Number of classes; 0: targets are values.
        factor: What targets that are values were divided by.
        middle: Mean of each value, divided by the factor; of classes empty.
    """

    classes: int
    factor: float
    middle: Tensor

    def draw(self, generator: Generator) -> Batch:
        """One batch to learn from: z-scores, 0 where there is no data, and targets."""
        ...

    def held_out(self) -> Iterator[tuple[str, Batch]]:
        """The tiles to be judged on, a batch at a time, each with the name of the place it is of."""
        ...


@dataclass(frozen=True)
class Scene:
    """One labelled photograph: 8-bit `(3, rows, cols)`, and labels `(rows, cols)`."""

    image: NDArray[np.uint8]
    labels: NDArray[np.uint8]


class Dubai:
    """Photographs of six places, two of which are held out whole.

    Large places come up more often, by the root of their area, as in that recipe. The larger of the places held out
    has eight times the ground of the other: every fourth of its tiles is judged.
    """

    TRAIN, HELD_OUT = (1, 4, 6, 8), {3: 1, 7: 4}
    MEAN, STD = (123.675, 116.28, 103.53), (58.395, 57.12, 57.375)  # usual for photographs
    UNLABELLED = 5

    classes, factor, middle = 5, 1.0, torch.zeros(0)

    def __init__(self, data: Path) -> None:
        """Read all images.

        Args:
            data: Folder with `dubai/images` and `dubai/labels`.
        """
        self._places = {place: scenes_of(data / "dubai", place) for place in (*self.TRAIN, *self.HELD_OUT)}
        areas = [sum(scene.labels.size for scene in self._places[place]) for place in self.TRAIN]
        self._shares = torch.tensor(areas).double().sqrt()

    def draw(self, generator: Generator) -> Batch:
        """Tiles cut anywhere."""
        tiles = []
        for index in torch.multinomial(self._shares, TILES, True, generator=generator).tolist():
            place = self._places[self.TRAIN[index]]
            scene = place[_below(len(place), generator)]
            top, left = (_below(side - TILE_PX + 1, generator) for side in scene.labels.shape)
            tiles.append(_cut(scene, top, left))
        return self._batch(tiles)

    def held_out(self) -> Iterator[tuple[str, Batch]]:
        """Tiles edge to edge."""
        for place, every in self.HELD_OUT.items():
            corners = [
                (scene, top, left)
                for scene in self._places[place]
                for top in range(0, scene.labels.shape[0] - TILE_PX + 1, TILE_PX)
                for left in range(0, scene.labels.shape[1] - TILE_PX + 1, TILE_PX)
            ][::every]
            for start in range(0, len(corners), JUDGED):
                yield f"place {place}", self._batch([_cut(*corner) for corner in corners[start : start + JUDGED]])

    def _batch(self, tiles: Sequence[Scene]) -> Batch:
        images = np.stack([tile.image for tile in tiles]).astype(np.float32)
        labels = np.stack([tile.labels for tile in tiles])
        labels[labels == self.UNLABELLED] = IGNORE
        scores = _scores(images, np.array(self.MEAN), np.array(self.STD))
        return Batch((torch.from_numpy(scores),), torch.from_numpy(labels).long())


class Floods:
    """Radar and optical images before and after floods, by the official split; what was flooded is asked for."""

    classes, factor, middle = 2, 1.0, torch.zeros(0)

    def __init__(self, data: Path, blocks_kept_out: Sequence[int] = ()) -> None:
        """Read all images.

        Args:
            data: Folder with `ombria/train` and `ombria/test`.
            blocks_kept_out: Which of the `BLOCKS` of the official training set, from 0, are not learnt from.
        """
        images, labels = _pairs(data, "train", ("before", "after")), flooded(data, "train")
        kept_out = np.isin(np.arange(len(images)) * BLOCKS // len(images), blocks_kept_out)
        self._train, self._labels = images[~kept_out], labels[~kept_out]
        self._kept_out, self._kept_out_labels = images[kept_out], labels[kept_out]
        self._test, self._test_labels = _pairs(data, "test", ("before", "after")), flooded(data, "test")
        mean, std = _statistics(self._train.reshape(-1, 4, IMAGE_PX, IMAGE_PX))  # of each band, both dates together
        self._mean, self._std = np.tile(mean, 2), np.tile(std, 2)

    def draw(self, generator: Generator) -> Batch:
        """Tiles cut anywhere."""
        places = [_anywhere(len(self._train), generator) for _ in range(TILES)]
        return self._batch(_tiles(self._train, places), _tiles(self._labels, places))

    def held_out(self) -> Iterator[tuple[str, Batch]]:
        """The official test."""
        for places in _edge_to_edge(len(self._test)):
            yield "test", self._batch(_tiles(self._test, places), _tiles(self._test_labels, places))

    def kept_out(self) -> Iterator[tuple[list[int], Batch]]:
        """The tiles of the blocks that are not learnt from, a batch at a time, with the number of each tile's image."""
        for places in _edge_to_edge(len(self._kept_out)):
            batch = self._batch(_tiles(self._kept_out, places), _tiles(self._kept_out_labels, places))
            yield [number for number, _, _ in places], batch

    def _batch(self, images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> Batch:
        """Images with missing data at the mean, and labels without the pixels of which nothing after is known."""
        missing = _missing(images)
        scores = _scores(images.astype(np.float32), self._mean, self._std)
        scores[missing] = 0
        labels = np.where(missing[:, 4:].all(axis=1), np.uint8(IGNORE), labels)
        return Batch((torch.from_numpy(scores),), torch.from_numpy(labels).long())


class Translation:
    """The radar and optical images before the floods, which show fewer clouds than those after; the same split."""

    classes = 0

    def __init__(self, data: Path) -> None:
        """Read all images.

        Args:
            data: Folder with `ombria/train` and `ombria/test`.
        """
        self._train, self._test = (_pairs(data, split, ("before",)) for split in ("train", "test"))
        mean, std = _statistics(self._train)
        self._mean, self._std = mean[:1], std[:1]
        known = ~_missing(self._train)[:, 1]
        values = np.moveaxis(self._train[:, 1:], 1, 0)[:, known]  # (3, pixels)
        self.factor = float(values.std())
        self.middle = torch.from_numpy(values.mean(axis=1) / self.factor).float()

    def draw(self, generator: Generator) -> Batch:
        """Tiles cut anywhere."""
        return self._batch(_tiles(self._train, [_anywhere(len(self._train), generator) for _ in range(TILES)]))

    def held_out(self) -> Iterator[tuple[str, Batch]]:
        """The official test."""
        for places in _edge_to_edge(len(self._test)):
            yield "test", self._batch(_tiles(self._test, places))

    def _batch(self, images: NDArray[np.uint8]) -> Batch:
        missing = _missing(images)
        scores = _scores(images[:, :1].astype(np.float32), self._mean, self._std)
        scores[missing[:, :1]] = 0
        target = images[:, 1:] / np.float32(self.factor)
        target[missing[:, 1:]] = np.nan
        return Batch((torch.from_numpy(scores),), torch.from_numpy(target))


def scenes_of(folder: Path, place: int) -> list[Scene]:
    """The photographs of one place."""
    scenes = []
    for file in sorted((folder / "images").glob(f"tile{place}_*.jpg")):
        pixels = np.asarray(Image.open(file).convert("RGB")).transpose(2, 0, 1)
        scenes.append(Scene(pixels, np.asarray(Image.open(folder / "labels" / f"{file.stem}.png"))))
    if not scenes:
        raise SystemExit(f"{folder} holds no images of place {place}. Name the folder of the sets with --data.")
    return scenes


def _cut(scene: Scene, top: int, left: int) -> Scene:
    window = (slice(top, top + TILE_PX), slice(left, left + TILE_PX))
    return Scene(scene.image[:, window[0], window[1]], scene.labels[window])


def _below(count: int, generator: Generator) -> int:
    return int(torch.randint(count, (1,), generator=generator))


Place = tuple[int, int, int]
"""Number of an image of the flood set, first row and first column."""


def _anywhere(images: int, generator: Generator) -> Place:
    corner = IMAGE_PX - TILE_PX + 1
    return _below(images, generator), _below(corner, generator), _below(corner, generator)


def _edge_to_edge(images: int) -> Iterator[list[Place]]:
    """All places of so many images, as many at a time as are judged at once."""
    corners = range(0, IMAGE_PX, TILE_PX)
    places = [(number, top, left) for number in range(images) for top in corners for left in corners]
    for start in range(0, len(places), JUDGED):
        yield places[start : start + JUDGED]


def _tiles(images: NDArray[np.uint8], places: Sequence[Place]) -> NDArray[np.uint8]:
    """Tiles of `(images, ..., rows, cols)`."""
    return np.stack([images[number, ..., top : top + TILE_PX, left : left + TILE_PX] for number, top, left in places])


def numbers_of(data: Path, split: str) -> list[str]:
    """What the images of a split of the flood set are called."""
    numbers = sorted(file.stem for file in (data / "ombria" / split / "mask").glob("*.png"))
    if not numbers:
        raise SystemExit(f"{data / 'ombria' / split} holds no images. Name the folder of the sets with --data.")
    return numbers


def radar_and_optical(data: Path, split: str, date: str, number: str) -> NDArray[np.uint8]:
    """One image of the flood set: radar, then three optical bands, 8-bit `(4, 256, 256)`."""
    folder = data / "ombria" / split
    radar = np.asarray(Image.open(folder / f"s1_{date}" / f"{number}.webp").convert("L"))
    optical = np.asarray(Image.open(folder / f"s2_{date}" / f"{number}.webp").convert("RGB"))
    return np.concatenate((radar[np.newaxis], optical.transpose(2, 0, 1)))


def _pairs(data: Path, split: str, dates: Sequence[str]) -> NDArray[np.uint8]:
    """All images of a split, `(images, 4 * dates, 256, 256)`, date by date."""
    return np.stack(
        [
            np.concatenate([radar_and_optical(data, split, date, number) for date in dates])
            for number in numbers_of(data, split)
        ]
    )


def flooded(data: Path, split: str) -> NDArray[np.uint8]:
    """1 where a flood is, 0 elsewhere, `(images, 256, 256)`."""
    folder = data / "ombria" / split / "mask"
    masks = [np.asarray(Image.open(folder / f"{number}.png").convert("L")) for number in numbers_of(data, split)]
    return (np.stack(masks) > 127).astype(np.uint8)


def _missing(images: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where radar is 0, and where all three optical bands are, `(images, 4 * dates, 256, 256)`."""
    series = images.reshape(len(images), -1, 4, *images.shape[2:])
    missing = np.empty(series.shape, bool)
    missing[:, :, 0] = series[:, :, 0] == 0
    missing[:, :, 1:] = (series[:, :, 1:] == 0).all(axis=2, keepdims=True)
    return missing.reshape(images.shape)


def _statistics(images: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation of each of four bands where there is data, of every fourth image."""
    sample = images[::4]
    known = ~_missing(sample)
    bands = [sample[:, band][known[:, band]].astype(np.float32) for band in range(4)]
    return np.array([band.mean() for band in bands]), np.array([band.std() for band in bands])


def _scores(images: NDArray[np.float32], mean: NDArray[np.float64], std: NDArray[np.float64]) -> NDArray[np.float32]:
    """The z-scores of `(tiles, bands, rows, cols)`."""
    scores: NDArray[np.float32] = (images - mean[:, None, None].astype(np.float32)) / std[:, None, None].astype(
        np.float32
    )
    return scores
