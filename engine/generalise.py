"""Takes areas too small to be on the map out of a class raster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from skimage.measure import label

from .legend import NODATA


def absorb_small_areas(classes: NDArray[np.uint8], smallest_px: int) -> NDArray[np.uint8]:
    """Join areas of fewer than `smallest_px` pixels (4-connected) with their largest neighbour.

    The threshold is doubled step by step, so that fragments first join to larger ones. Afterwards every area is large
    enough, or has no neighbour: nodata neither grows nor shrinks. (GDAL's sieve leaves a small area alone that has
    none but small neighbours.)

    Args:
        classes: `(rows, cols)`, `NODATA` where nothing is said.
        smallest_px: Areas of this size stay.
    """
    numbers = label(classes, background=NODATA, connectivity=1)
    areas = _areas(classes, numbers)
    threshold = 2
    while threshold < 2 * smallest_px:
        joins = areas.joins_of_smaller_than(min(threshold, smallest_px))
        if len(joins):
            areas = areas.joined(joins)
            areas = areas.joined(areas.borders_within_a_class())
        else:
            threshold *= 2
    result: NDArray[np.uint8] = areas.values[areas.owner[numbers]]
    return result


@dataclass(frozen=True)
class _Areas:
    """The areas of a class raster as a graph.

    Args:
        owner: Number of the area that each traced area now belongs to, `(traced,)`. Area 0 is nodata.
        sizes_px: Pixels of each area, `(areas,)`.
        values: Class of each area, `(areas,)`.
        borders: Pairs of areas with a common border, `(pairs, 2)`.
    """

    owner: NDArray[np.int64]
    sizes_px: NDArray[np.int64]
    values: NDArray[np.uint8]
    borders: NDArray[np.int64]

    def joins_of_smaller_than(self, threshold_px: int) -> NDArray[np.int64]:
        """Each area below the threshold with its largest neighbour (the first of equals), `(pairs, 2)`."""
        directed = np.concatenate([self.borders, self.borders[:, ::-1]])
        directed = directed[self.sizes_px[directed[:, 0]] < threshold_px]
        order = np.lexsort((directed[:, 1], -self.sizes_px[directed[:, 1]], directed[:, 0]))
        directed = directed[order]
        _, first = np.unique(directed[:, 0], return_index=True)
        chosen: NDArray[np.int64] = directed[first]
        return chosen

    def borders_within_a_class(self) -> NDArray[np.int64]:
        """Pairs of neighbours that have come to be of one class, `(pairs, 2)`."""
        first, second = self.values[self.borders].T
        within: NDArray[np.int64] = self.borders[first == second]
        return within

    def joined(self, pairs: NDArray[np.int64]) -> _Areas:
        """Join the areas of each pair; what is joined takes the class of its largest part."""
        count = len(self.sizes_px)
        links = coo_array((np.ones(len(pairs), bool), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
        groups, group = connected_components(links, directed=False)
        order = np.lexsort((-np.arange(count), self.sizes_px, group))
        largest = order[np.searchsorted(group[order], np.arange(groups), side="right") - 1]
        borders = np.sort(group[self.borders], axis=1)
        return _Areas(
            owner=group[self.owner].astype(np.int64),
            sizes_px=np.bincount(group, self.sizes_px, groups).astype(np.int64),
            values=self.values[largest],
            borders=_unique(borders[borders[:, 0] != borders[:, 1]].astype(np.int64)),
        )


def _areas(classes: NDArray[np.uint8], numbers: NDArray[np.int64]) -> _Areas:
    """The graph of the traced areas, `numbers` from 1, 0 for nodata."""
    count = int(numbers.max(initial=0)) + 1
    values = np.full(count, NODATA, np.uint8)
    values[numbers.ravel()] = classes.ravel()
    pairs = np.concatenate(
        [
            np.stack([numbers[:, :-1].ravel(), numbers[:, 1:].ravel()], axis=1),
            np.stack([numbers[:-1].ravel(), numbers[1:].ravel()], axis=1),
        ]
    )
    pairs = np.sort(pairs[(pairs[:, 0] != pairs[:, 1]) & (pairs > 0).all(axis=1)], axis=1)
    return _Areas(
        owner=np.arange(count),
        sizes_px=np.bincount(numbers.ravel(), minlength=count),
        values=values,
        borders=_unique(pairs.astype(np.int64)),
    )


def _unique(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each pair once, compared as single numbers: numpy is far slower with rows."""
    span = pairs.max(initial=0) + 1
    first, second = np.divmod(np.unique(pairs[:, 0] * span + pairs[:, 1]), span)
    return np.stack([first, second], axis=1)
