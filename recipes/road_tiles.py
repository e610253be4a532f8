"""Images with road masks, where they lie, and how varied tiles of them become batches for a network of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage
from scipy.sparse.csgraph import connected_components
from terraloom.engine.learning.line_directions import direction_bins
from terraloom.models.objectives.objective import Batch
from terraloom.models.turn import DirectionBins, Turn
from torch import Generator, Tensor

from .images import scaled
from .photo_tiles import Augmentation, cut_tile
from .set_files import files_of

IGNORE, BLANK = 255, 254
"""Labels of pixels of which nothing is known, and of those that show nothing."""

DIRECTIONS = DirectionBins(18, 180, -5.0)
"""Half a bin early: many roads follow the axes."""

WHITE, SPECK_PX = 250, 400
"""Where all bands of `massroads` reach this there is no image, unless it is but a speck."""

STEP = 15
"""Neighbouring images of `massroads` are this far apart in the numbers of their names."""

KNOWN, ROADS, TRIES = 0.6, 0.015, 6
"""Shares of a tile that are to be known, and roads; how often chance may look for such a one."""

FILLINGS = (0.0, 127 / 255, 1.0)
"""What shows nothing is black, white, or what maps fill with what they do not know: the middle of the scaling."""

EDGES, WIDEST = 0.25, 0.4
"""Share of tiles that lie at the edge of a scene, and how much of such a one lies beyond it at most."""

DUBAI_ENLARGED = 0.45
"""Brings `dubai`, of about 0.45 m, to the 1 m of `massroads`."""

DUBAI_ROAD, DUBAI_UNLABELLED = 2, 5


@dataclass(frozen=True)
class RoadImage:
    """One image.

    Attributes:
        name: Its file's.
        image: 8-bit `(bands, rows, cols)`.
        labels: `(2, rows, cols)`: 1 on roads, 0 elsewhere, `IGNORE` or `BLANK`; bins of direction, 255 for none.
    """

    name: str
    image: Tensor
    labels: Tensor

    @property
    def road(self) -> Tensor:
        """1 on roads, 0 elsewhere, `IGNORE` where nothing is known, `(rows, cols)`."""
        return torch.where(self.labels[0] == BLANK, IGNORE, self.labels[0])


@dataclass(frozen=True)
class RoadTiles:
    """Draws batches of varied tiles from sets of images.

    Attributes:
        sets: Images of each set, with the share of tiles that come from it.
        side_px: Side of a tile.
        scale: Range of the enlargement.
        augmentation: How the light varies.
        batch: Tiles of a batch.
    """

    sets: Sequence[tuple[float, Sequence[RoadImage]]]
    side_px: int
    scale: tuple[float, float]
    augmentation: Augmentation
    batch: int

    def __call__(self, generator: Generator) -> Batch:
        """Draw one batch, with directions in the extra `orientation`."""
        shares = torch.tensor([share for share, _ in self.sets])
        images, roads, directions = [], [], []
        for number in torch.multinomial(shares, self.batch, True, generator=generator):
            image, labels = self.cut(self.sets[int(number)][1], generator)
            way = Turn.draw(True, generator)
            road = cut_off(way.values(labels[0]), generator)
            blank = road == BLANK
            images.append(self._lit(way.values(image), blank, generator))
            roads.append(torch.where(blank, 0, road).long())
            directions.append(torch.where(blank, IGNORE, way.bins(labels[1:], DIRECTIONS)).long())
        extras = {"orientation": torch.stack(directions)}
        return Batch((scaled(torch.stack(images) * 255),), torch.stack(roads), extras)

    def cut(self, images: Sequence[RoadImage], generator: Generator) -> tuple[Tensor, Tensor]:
        """A tile that is known for the most part and has roads, unless chance does not find any.

        Returns:
            Values 0–1 `(bands, side_px, side_px)`, and both labels, `(2, side_px, side_px)`.
        """
        for _ in range(TRIES):
            each = images[int(torch.randint(len(images), (1,), generator=generator))]
            image, labels = cut_tile(each.image, each.labels, self.side_px, self.scale, generator)
            known = (labels[0] <= 1).float().mean() > KNOWN
            if known and (labels[0] == 1).float().mean() > ROADS:
                break
        return image, labels

    def _lit(self, image: Tensor, blank: Tensor, generator: Generator) -> Tensor:
        """In another light; what shows nothing is of one grey in any, so that no roads are seen there."""
        lit = self.augmentation.relit(image, generator)
        return torch.where(blank, FILLINGS[int(torch.randint(len(FILLINGS), (1,), generator=generator))], lit)


def cut_off(road: Tensor, generator: Generator) -> Tensor:
    """Labels `(rows, cols)` of a tile, sometimes `BLANK` along a side, as beyond the edge of a scene."""
    if float(torch.rand(1, generator=generator)) >= EDGES:
        return road
    cut = road.clone()
    axis = int(torch.randint(2, (1,), generator=generator))
    beyond = int(road.shape[axis] * WIDEST * float(torch.rand(1, generator=generator)))
    if float(torch.rand(1, generator=generator)) < 0.5:
        cut.narrow(axis, 0, beyond).fill_(BLANK)
    else:
        cut.narrow(axis, road.shape[axis] - beyond, beyond).fill_(BLANK)
    return cut


def read_massroads(data: Path) -> list[RoadImage]:
    """Aerial images of Massachusetts, 1 m; labels under the white do not count."""
    found = []
    for path in files_of(data / "images", "*.webp"):
        pixels = np.asarray(Image.open(path).convert("RGB"))
        road = np.asarray(Image.open(next((data / "labels").glob(f"{path.stem}.*"))).convert("L")) > 127
        found.append(_image(path.stem, pixels, road, ~_shown(pixels), BLANK))
    return found


def read_dubai(data: Path) -> list[RoadImage]:
    """Satellite images of Dubai, brought to about 1 m."""
    found = []
    for path in files_of(data / "images", "*.jpg"):
        with Image.open(path) as image, Image.open(data / "labels" / f"{path.stem}.png") as classes:
            size = tuple(round(side * DUBAI_ENLARGED) for side in image.size)
            pixels = np.asarray(image.convert("RGB").resize(size, Image.Resampling.BOX))
            values = np.asarray(classes.resize(size, Image.Resampling.NEAREST))
        found.append(_image(path.stem, pixels, values == DUBAI_ROAD, values == DUBAI_UNLABELLED, IGNORE))
    return found


def folds_of(images: Sequence[RoadImage], count: int) -> list[list[RoadImage]]:
    """Images of `massroads` in groups of about the same size; those that adjoin are in the same one."""
    places = np.array([place_of(each.name) for each in images])
    apart = np.abs(places[:, np.newaxis] - places).max(axis=2)
    _, blocks = connected_components(apart <= STEP + 1, directed=False)
    sizes = np.bincount(blocks)
    folds: list[list[RoadImage]] = [[] for _ in range(count)]
    for block in np.argsort(-sizes, kind="stable"):  # large ones first, each to the fold that has the fewest
        smallest = min(folds, key=len)
        smallest += [image for image, of_block in zip(images, blocks, strict=True) if of_block == block]
    return folds


def place_of(name: str) -> tuple[float, float]:
    """Where an image of `massroads` lies, in steps of 100 m east and north."""
    digits = name.split("_")[0]
    east = float(digits[:4])
    return (east if east < 9000 else east / 10), float(digits[4:])


def _shown(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where an image shows something: not in the white around it."""
    white = (pixels >= WHITE).all(axis=2)
    numbers, count = ndimage.label(white)
    sizes = np.bincount(numbers.ravel(), minlength=count + 1)
    return ~(white & (sizes >= SPECK_PX)[numbers])


def _image(
    name: str, pixels: NDArray[np.uint8], road: NDArray[np.bool_], unknown: NDArray[np.bool_], label: int
) -> RoadImage:
    """An image with its labels; `label` says why some of it is unknown."""
    bins = np.where(unknown, IGNORE, direction_bins(road, DIRECTIONS.count, DIRECTIONS.first_deg))
    labels = np.stack([np.where(unknown, label, road), bins]).astype(np.uint8)
    return RoadImage(name, torch.from_numpy(pixels.transpose(2, 0, 1).copy()), torch.from_numpy(labels))
