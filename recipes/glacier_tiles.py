"""Images of glaciers with their calving fronts, and what a front of one pixel says of the pixels around it.

Only the front is labelled. On either side of it lie ice and sea, so pixels near it get the class of their side; beyond
its ends is land; those that are far from it are known to be no front, and no more. The ice flows upwards in these
images: the sea is above.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import distance_transform_edt
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from terraloom.models.turn import Turn
from torch import Generator, Tensor
from torch.nn import functional

from .images import LabelledImage
from .photo_tiles import Augmentation
from .set_files import files_of

ICE, SEA, FRONT = range(3)
CLASSES = ("Ice and land", "Sea", "Calving front")
NO_FRONT = 3
"""Label of pixels that are ice, land or sea, most likely land."""

IGNORE = 255

GLACIERS = {"Jakobshavn": ("008", "009", "010"), "Sverdrup": ("020", "024"), "Kangerlussuaq": ("229", "231")}
"""Paths of the satellite over each glacier: those that are named, or the first and the last."""

FRONT_PX, VAGUE_PX = 2.5, 4.0
"""A pixel is front up to the first distance from the line; up to the second nothing is said of it."""

SIDE_PX = 45
"""How far from the front its sides are told apart."""

BEYOND_DEG, BEYOND_PX = 35, 25
"""A front ends at land: so far to either side of the direction in which it ends, and so far from there."""

RIM_PX, RIM = 24, 127
"""Images are given a rim without content, of the value that the engine fills with: their edge is no front."""

GAP_PX = 6.0
"""Pieces of a line that lie nearer are one."""

ALONG = 5
"""The direction of a front at a point is that from so many points before it to as many after it; its outermost points
do not tell its sides."""


@dataclass(frozen=True)
class GlacierImage:
    """One image: its labels, and the line that they were made of, `(points, 2)`: column and row from end to end."""

    labelled: LabelledImage
    front: NDArray[np.float64]


def read_glaciers(data: Path) -> dict[str, list[GlacierImage]]:
    """The images by glacier."""
    found: dict[str, list[GlacierImage]] = {name: [] for name in GLACIERS}
    for path in files_of(data / "images", "*_Subset.png"):
        with Image.open(path) as image:
            pixels = np.array(image.convert("L"))
        with Image.open(data / "labels_1px" / path.name.replace("_Subset", "_Front")) as image:
            front = in_order(np.argwhere(np.array(image.convert("L")) < 128)[:, ::-1].astype(float))
        labels = labels_of(front, pixels.shape)
        name = path.stem.removesuffix("_Subset")
        labelled = LabelledImage(name, torch.from_numpy(pixels)[None], torch.from_numpy(labels))
        found[glacier_of(name)].append(GlacierImage(labelled, front))
    return found


def glacier_of(name: str) -> str:
    """The glacier that an image shows, by the path of the satellite in its name."""
    path = int(name.split("_")[2][:3])
    return next(glacier for glacier, paths in GLACIERS.items() if int(paths[0]) <= path <= int(paths[-1]))


def in_order(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring the pixels of a line, `(points, 2)`, in order, from its left end to its right one."""
    near = cKDTree(points)
    # Squared, a leap over a pixel costs more than two steps: the way takes all pixels along.
    steps = near.sparse_distance_matrix(near, GAP_PX).power(2).tocsr()
    ends = [0, 0]
    for number in (0, 1):  # the point that is farthest from any is an end; the farthest from that the other
        lengths = dijkstra(steps, indices=ends[number - 1])
        ends[number] = int(np.argmax(np.where(np.isfinite(lengths), lengths, -1)))
    _, before = dijkstra(steps, indices=ends[0], return_predecessors=True)
    way = [ends[1]]
    while way[-1] != ends[0]:
        way.append(int(before[way[-1]]))
    line = points[way]
    return line if line[0, 0] <= line[-1, 0] else line[::-1]


def labels_of(front: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Labels `(rows, cols)` that follow from a front."""
    drawn = np.full(shape, -1)
    cols, rows = front.astype(int).T
    drawn[rows, cols] = np.arange(len(front))
    distance, nearest = distance_transform_edt(drawn < 0, return_indices=True)
    number = drawn[tuple(nearest)]
    last = len(front) - 1
    ahead = front[np.minimum(np.arange(len(front)) + ALONG, last)] - front[np.maximum(np.arange(len(front)) - ALONG, 0)]
    away = np.stack(np.indices(shape)[::-1]).astype(float) - front[number].transpose(2, 0, 1)
    below = ahead[number, 0] * away[1] - ahead[number, 1] * away[0] > 0  # rows grow downwards
    beside = (number >= ALONG) & (number <= last - ALONG)
    onwards = np.where(number < ALONG, -1, 1) * (ahead[number].transpose(2, 0, 1) * away).sum(axis=0)
    reach = np.hypot(*away) * np.hypot(*ahead[number].transpose(2, 0, 1))
    beyond = ~beside & (onwards > np.cos(np.radians(BEYOND_DEG)) * reach)
    labels = np.where(beside & ~below, SEA, ICE)
    told = (beside & (distance <= SIDE_PX)) | (beyond & (distance <= BEYOND_PX))
    labels = np.where(told, labels, NO_FRONT)
    labels = np.where(distance <= VAGUE_PX, IGNORE, labels)
    return np.where(distance <= FRONT_PX, FRONT, labels).astype(np.uint8)


def with_rim(image: LabelledImage) -> LabelledImage:
    """The image with its rim, of which nothing is said."""
    rim = (RIM_PX,) * 4
    pixels = functional.pad(image.image, rim, value=RIM)
    return LabelledImage(image.name, pixels, functional.pad(image.labels, rim, value=IGNORE))


def scored(image: LabelledImage) -> LabelledImage:
    """The image without the labels that name no single class."""
    labels = image.labels.clone()
    labels[labels == NO_FRONT] = IGNORE
    return LabelledImage(image.name, image.image, labels)


@dataclass(frozen=True)
class FromAllSides:
    """Varies tiles: mirrored, turned a little or by quarters, since maps show glaciers from all sides; and their light.

    Attributes:
        light: How light is varied.
        quarter_share: Share of the tiles that are turned by any quarter.
        tilt_deg: Standard deviation of the angle by which all are turned beside.
    """

    light: Augmentation
    quarter_share: float
    tilt_deg: float

    def __call__(self, image: Tensor, labels: Tensor, generator: Generator) -> tuple[Tensor, Tensor]:
        """Vary one tile."""
        if float(torch.rand(1, generator=generator)) < self.quarter_share:
            way = Turn.draw(True, generator)
            image, labels = way.values(image), way.values(labels)
        elif float(torch.rand(1, generator=generator)) < 0.5:
            image, labels = image.flip(-1), labels.flip(-1)
        angle = math.radians(self.tilt_deg) * float(torch.randn(1, generator=generator))
        image, labels = tilted(image, labels, angle)
        return self.light.relit(image, generator), labels


def tilted(image: Tensor, labels: Tensor, angle_rad: float) -> tuple[Tensor, Tensor]:
    """Turn a square tile around its middle; of what comes in at its corners nothing is said."""
    cosine, sine = math.cos(angle_rad), math.sin(angle_rad)
    matrix = torch.tensor([[[cosine, -sine, 0.0], [sine, cosine, 0.0]]])
    grid = functional.affine_grid(matrix, [1, 1, *labels.shape], align_corners=False)
    around, there = RIM / 255, (labels.float() + 1)[None, None]
    pixels = functional.grid_sample(image[None] - around, grid, align_corners=False)[0] + around
    turned = functional.grid_sample(there, grid, mode="nearest", align_corners=False)[0, 0]
    return pixels, torch.where(turned == 0, IGNORE, turned - 1).to(labels.dtype)
