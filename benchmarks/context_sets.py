"""Labelled ground, one part of it held out at a time: what every maker of the context benchmark is given alike.

All are judged on the same pixels, a thinned lattice, so that forests need not classify all of the large photographs.
What is held out has no say in anything, scaling included. On Landsat, tiles to learn from may show ground held out
beside the labelled ground, as the scene does when it is mapped, but never a label of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from terraloom.engine.chips.chip_set import IGNORE, ChipSet
from terraloom.engine.jobs import make_training_chips
from terraloom.engine.progress import Silent
from terraloom.engine.requests.make_training_chips import MakeTrainingChips, VectorSource
from terraloom.models.augmentation import STRENGTHS, BatchAugmentation
from terraloom.models.objectives.objective import Batch
from terraloom.models.spec import InputSpec
from torch import Generator

from recipes.photo_tiles import Augmentation, cut_tile

from .composition_sets import Dubai as Photographs
from .composition_sets import scenes_of
from .forests import with_neighbourhood
from .labelled_examples import landsat
from .labels_to_maps import labels_of

DUBAI, LANDSAT = "dubai", "landsat"
JUDGED_PX, LEARNT_PX = 100_000, 2_000
"""Pixels of a place of Dubai that are judged at most, and about how many forests are offered to learn from."""

SCALE = (0.5, 1.6)
"""How much larger photographs are shown while learning."""

LANDSAT_TILE_PX = 96
"""Side of its tiles at most: the scene has 443 rows."""


@dataclass(frozen=True)
class ForestInput:
    """What forests learn from and are to classify, in the form of `forest_classes`.

    Args:
        features: `(features, rows, cols)`.
        labels: `(rows, cols)`, `IGNORE` where there is nothing to learn.
        blocks: Number of the ground of each pixel.
        wanted: The pixels that are judged; row by row, in the order of the scenes' labels.
    """

    features: NDArray[np.float32]
    labels: NDArray[np.uint8]
    blocks: NDArray[np.int64]
    wanted: NDArray[np.bool_]


@dataclass(frozen=True)
class HeldOut:
    """An image of the ground held out: z-scores `(bands, rows, cols)`, and labels `(rows, cols)` where it is judged."""

    image: NDArray[np.float32]
    labels: NDArray[np.uint8]


@dataclass(frozen=True)
class Fold:
    """One place held out.

    Args:
        classes: Their names, in the order of the numbers in labels.
        bands: Number of bands.
        tile_px: Side of the tiles of a batch.
        draw: Gives a batch of varied tiles of the other ground.
        held_out: Gives its images.
        forest: What forests are given: bands alone, or with what is around each pixel as well.
    """

    classes: tuple[str, ...]
    bands: int
    tile_px: int
    draw: Callable[[Generator], Batch]
    held_out: Callable[[], Iterator[HeldOut]]
    forest: Callable[[bool], ForestInput]


class Dubai:
    """Photographs of six places, five of which are learnt from, as the bundled model's recipe does."""

    PLACES = ("1", "3", "4", "6", "7", "8")
    CLASSES = ("Water", "Bare land", "Road", "Building", "Vegetation")

    def __init__(self, data: Path, tile_px: int, tiles: int) -> None:
        """Begin with nothing read.

        Args:
            data: Folder with `dubai/images` and `dubai/labels`.
            tile_px: Side of a tile.
            tiles: Tiles of a batch.
        """
        self._data, self._tile_px, self._tiles = data, tile_px, tiles
        self._places: dict[str, _Place] = {}

    def fold(self, place: str) -> Fold:
        """Hold a place out."""
        others = [self._place(name) for name in self.PLACES if name != place]
        own = self._place(place)
        return Fold(
            self.CLASSES,
            3,
            self._tile_px,
            _drawn_from(others, self._tile_px, self._tiles),
            own.held_out,
            lambda more: _forest_input(others, own, more),
        )

    def _place(self, name: str) -> _Place:
        """A place, read when it is first asked for."""
        if name not in self._places:
            self._places[name] = _Place(self._data / "dubai", name)
        return self._places[name]


class _Place:
    """The images of one place."""

    def __init__(self, folder: Path, place: str) -> None:
        self.images, self.labels = [], []
        for scene in scenes_of(folder, int(place)):
            self.images.append(np.ascontiguousarray(scene.image))
            self.labels.append(np.where(scene.labels == Photographs.UNLABELLED, np.uint8(IGNORE), scene.labels))
        self._columns: tuple[NDArray[np.float32], NDArray[np.uint8], NDArray[np.float32]] | None = None

    @property
    def pixels(self) -> int:
        """How many there are."""
        return sum(labels.size for labels in self.labels)

    def judged(self) -> list[NDArray[np.uint8]]:
        """The labels of each image on a lattice of as many pixels as are judged."""
        step = int(np.ceil((self.pixels / JUDGED_PX) ** 0.5))
        thinned = [np.full_like(labels, IGNORE) for labels in self.labels]
        for few, labels in zip(thinned, self.labels, strict=True):
            few[::step, ::step] = labels[::step, ::step]
        return thinned

    def held_out(self) -> Iterator[HeldOut]:
        """Its images, standardised as photographs usually are."""
        for image, labels in zip(self.images, self.judged(), strict=True):
            yield HeldOut(_standardised(torch.from_numpy(image).float()).numpy(), labels)

    def columns(self) -> tuple[NDArray[np.float32], NDArray[np.uint8], NDArray[np.float32]]:
        """Features and labels of some pixels to learn from, and features of those judged; features are rows."""
        if self._columns is None:
            random = np.random.default_rng(0)
            learnt, classes, judged = [], [], []
            for image, labels, wanted in zip(self.images, self.labels, self.judged(), strict=True):
                features = with_neighbourhood(image.astype(np.float32))
                places = np.flatnonzero(labels != IGNORE)
                few = random.choice(places, min(len(places), LEARNT_PX // len(self.images) + 1), replace=False)
                learnt.append(features.reshape(len(features), -1)[:, few])
                classes.append(labels.ravel()[few])
                judged.append(features[:, wanted != IGNORE])
            self._columns = np.concatenate(learnt, 1), np.concatenate(classes), np.concatenate(judged, 1)
        return self._columns


def _drawn_from(places: list[_Place], tile_px: int, tiles: int) -> Callable[[Generator], Batch]:
    """Draw varied tiles, from large places more often than from small ones, by the root of their area."""
    shares = torch.tensor([place.pixels for place in places]).double().sqrt()
    augment = Augmentation()

    def draw(generator: Generator) -> Batch:
        images, targets = [], []
        for index in torch.multinomial(shares, tiles, True, generator=generator).tolist():
            place = places[index]
            number = int(torch.randint(len(place.images), (1,), generator=generator))
            image, labels = torch.from_numpy(place.images[number]), torch.from_numpy(place.labels[number])
            image, labels = augment(*cut_tile(image, labels, tile_px, SCALE, generator), generator)
            images.append(image)
            targets.append(labels)
        return Batch((_standardised(torch.stack(images) * 255),), torch.stack(targets).long())

    return draw


def _standardised(values: torch.Tensor) -> torch.Tensor:
    """Z-scores of values 0-255, `(..., 3, rows, cols)`."""
    mean, std = (torch.tensor(each).view(3, 1, 1) for each in (Photographs.MEAN, Photographs.STD))
    return (values - mean) / std


def _forest_input(others: list[_Place], own: _Place, more: bool) -> ForestInput:
    """Pixels of all places side by side in one row."""
    bands = len(own.images[0])
    taken = slice(None) if more else slice(bands)  # the bands come first among the features
    learnt = [place.columns() for place in others]
    judged = own.columns()[2]
    counts = [len(classes) for _, classes, _ in learnt]
    features = np.concatenate([*(values[taken] for values, _, _ in learnt), judged[taken]], axis=1)
    nothing = np.full(judged.shape[1], IGNORE, np.uint8)
    labels = np.concatenate([*(classes for _, classes, _ in learnt), nothing])
    blocks = np.repeat(np.arange(len(counts) + 1), [*counts, judged.shape[1]])
    wanted = np.arange(features.shape[1]) >= sum(counts)
    return ForestInput(features[:, None], labels[None], blocks[None], wanted[None])


class Landsat:
    """One scene and its polygons, in the deals of `labels_to_maps`: blocks of 64 px, 35 % of the labels held out."""

    PLACES = tuple(f"deal-{seed}" for seed in range(5))

    def __init__(self, data: Path, tile_px: int, tiles: int) -> None:
        """Begin with nothing read.

        Args:
            data: Folder with `landsat_nc`.
            tile_px: Side of a tile; at most `LANDSAT_TILE_PX`.
            tiles: Tiles of a batch.
        """
        self._data, self._tile_px, self._tiles = data, min(tile_px, LANDSAT_TILE_PX), tiles

    def fold(self, place: str) -> Fold:
        """Hold the test ground of a deal out."""
        with tempfile.TemporaryDirectory() as folder:
            example = landsat(self._data, Path(folder))
            chips = _chips(example.chips, Path(folder) / "chips", int(place.removeprefix("deal-")))
            judged, _ = labels_of(chips, chips.of("test"), example)
            learnt, blocks = labels_of(chips, chips.of("train"), example)
        legend = chips.legend
        if legend is None:
            raise SystemExit("The polygons of landsat_nc gave no classes.")
        judged, learnt = (_numbered(labels, legend.values) for labels in (judged, learnt))
        features = dict(zip((False, True), (values for _, values in example.features()), strict=True))
        mean, std = (np.array(each, np.float32)[:, None, None] for each in (chips.inputs[0].mean, chips.inputs[0].std))
        image = (features[False] - mean) / std
        return Fold(
            legend.names,
            len(image),
            self._tile_px,
            _drawn_around(image, learnt, self._tile_px, self._tiles),
            lambda: iter([HeldOut(image, judged)]),
            lambda more: ForestInput(features[more], learnt, blocks, judged != IGNORE),
        )


def _chips(wanted: Mapping[str, object], folder: Path, seed: int) -> ChipSet:
    """The training chips of a deal, as `maketrainingchips` makes them of these parameters."""
    make_training_chips.run(
        MakeTrainingChips(
            str(folder),
            ((str(wanted["INPUT"]),),),
            features=VectorSource(str(wanted["LABELS"]), "", str(wanted["CLASS_FIELD"])),
            chip_px=int(str(wanted["CHIP_SIZE"])),
            stride_px=int(str(wanted["STRIDE"])),
            split=str(wanted["SPLIT"]),
            block_px=int(str(wanted["BLOCK_SIZE"])),
            validation_share=float(str(wanted["VALIDATION_SHARE"])),
            test_share=float(str(wanted["TEST_SHARE"])),
            seed=seed,
        ),
        Silent(),
    )
    return ChipSet.from_folder(folder)


def _numbered(labels: NDArray[np.uint8], values: tuple[int, ...]) -> NDArray[np.uint8]:
    """Labels as numbers of classes, from 0."""
    numbers = np.full(256, IGNORE, np.uint8)
    numbers[list(values)] = np.arange(len(values))
    found: NDArray[np.uint8] = numbers[labels]
    return found


def _drawn_around(
    image: NDArray[np.float32], labels: NDArray[np.uint8], tile_px: int, tiles: int
) -> Callable[[Generator], Batch]:
    """Draw varied tiles that show a labelled pixel somewhere, of each class as often."""
    places = [np.argwhere(labels == number) for number in np.unique(labels[labels != IGNORE])]
    augment = BatchAugmentation((InputSpec(len(image)),), STRENGTHS["light"])

    def below(count: int, generator: Generator) -> int:
        return int(torch.randint(count, (1,), generator=generator))

    def draw(generator: Generator) -> Batch:
        windows = []
        for _ in range(tiles):
            its = places[below(len(places), generator)]
            pixel = its[below(len(its), generator)].tolist()
            corner = [
                min(max(0, at - below(tile_px, generator)), side - tile_px)
                for at, side in zip(pixel, labels.shape, strict=True)
            ]
            windows.append(tuple(slice(start, start + tile_px) for start in corner))
        images = np.stack([image[:, rows, cols] for rows, cols in windows])
        targets = np.stack([labels[window] for window in windows])
        return augment(Batch((torch.from_numpy(images),), torch.from_numpy(targets).long()), generator)

    return draw


SETS: Mapping[str, type[Dubai] | type[Landsat]] = {DUBAI: Dubai, LANDSAT: Landsat}
