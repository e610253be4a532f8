"""Cuts an image into features that are there or not: blocks or superpixels, of all bands or of each band by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..library.rules import RegionRules
from ..tiles.superpixels import cut_regions

COMPACTNESS = (1.0, 2.0, 10.0)
"""Of superpixels: what a step of one superpixel's width weighs, in standard deviations of the bands.

The least lets them follow the image most closely; where that leaves too few, some of them huge, the next is taken. The
last makes them nearly square: of mere noise hardly a superpixel would hang together.
"""

ENOUGH = 0.75
"""What share of the superpixels that are asked for there must be."""


@dataclass(frozen=True)
class Features:
    """The features of an image.

    Args:
        regions: Number of each pixel's region, from 0, `(rows, cols)`.
        groups: The channels that are replaced together; the features of a group are its regions.
    """

    regions: NDArray[np.int64]
    groups: tuple[tuple[int, ...], ...]

    @property
    def of_group(self) -> int:
        """How many regions there are."""
        return int(self.regions.max()) + 1

    @property
    def count(self) -> int:
        """How many features there are, group by group."""
        return self.of_group * len(self.groups)

    @property
    def parts(self) -> NDArray[np.float32]:
        """One over the number of pixels of the region that each pixel belongs to, `(rows, cols)`."""
        return (1 / np.bincount(self.regions.ravel()))[self.regions].astype(np.float32)

    def keep(
        self,
        present: NDArray[np.bool_],
        image: NDArray[np.float32],
        baseline: NDArray[np.float32],
        into: NDArray[np.float32],
    ) -> None:
        """Write the image with only some features in it.

        Args:
            present: Which are there, `(features,)`.
            image: `(channels, rows, cols)`.
            baseline: What is left where a feature is not, of the same shape.
            into: Where the result goes, of the same shape.
        """
        np.copyto(into, baseline)
        for number, group in enumerate(self.groups):
            shown = present[number * self.of_group : (number + 1) * self.of_group][self.regions]
            for channel in group:
                np.copyto(into[channel], image[channel], where=shown)

    def spread(self, values: NDArray[np.float64]) -> NDArray[np.float32]:
        """Give each pixel the value of its feature: `(groups, rows, cols)` of `(features,)`."""
        by_group = values.reshape(len(self.groups), self.of_group)
        return by_group[:, self.regions].astype(np.float32)


def blocks(rows: int, cols: int, side_px: int, offset: tuple[int, int] = (0, 0)) -> NDArray[np.int64]:
    """Number of each pixel's square block, `(rows, cols)`.

    Args:
        rows: Rows of the image.
        cols: Its columns.
        side_px: Side of a block.
        offset: Row and column of a block in which the first pixel lies.
    """
    down, across = ((np.arange(size) + start % side_px) // side_px for size, start in zip((rows, cols), offset))
    return np.asarray(down[:, np.newaxis] * (across[-1] + 1) + across, np.int64)


def superpixels(image: NDArray[np.float32], side_px: int) -> NDArray[np.int64]:
    """Number of each pixel's superpixel, `(rows, cols)`, numbered without gaps.

    SLIC, see `tiles/superpixels.py`.

    Args:
        image: `(channels, rows, cols)`, scaled.
        side_px: About how wide a superpixel is.
    """
    most = max(2, round(image.shape[1] * image.shape[2] / side_px**2))
    for compactness in COMPACTNESS:
        found = cut_regions(image, RegionRules(most, compactness))
        if len(np.unique(found)) >= ENOUGH * most:
            break
    _, numbers = np.unique(found, return_inverse=True)
    return np.asarray(numbers.reshape(found.shape), np.int64)


def side_for(rows: int, cols: int, features: int) -> int:
    """Side in pixels of blocks of which at most so many cover an image, at least 1."""
    side = max(1, int((rows * cols / max(1, features)) ** 0.5))
    while -(-rows // side) * -(-cols // side) > features and side < max(rows, cols):
        side += 1
    return side


def all_together(channels: int) -> tuple[tuple[int, ...], ...]:
    """One group of all channels."""
    return (tuple(range(channels)),)


def one_by_one(channels: int) -> tuple[tuple[int, ...], ...]:
    """A group for each channel."""
    return tuple((channel,) for channel in range(channels))
