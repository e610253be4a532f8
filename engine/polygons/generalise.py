"""Takes areas too small to be on the map out of a class raster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .regions import Regions, find_borders, packed, unpacked


def absorb_small_areas(regions: Regions, smallest: int, pixel: int = 1) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Join areas (4-connected) that are smaller than `smallest` with their largest neighbour.

    The threshold is doubled step by step, so that fragments first join to larger ones. Afterwards every area is large
    enough, or has no neighbour: nodata neither grows nor shrinks. (GDAL's sieve leaves a small area alone that has
    none but small neighbours.)

    Args:
        regions: The areas.
        smallest: Areas of this size stay; as sizes are counted there.
        pixel: Size of the smallest pixel.

    Yields:
        The first row of each strip and its classes, `(rows, cols)`.
    """
    areas = _Areas(
        owner=np.arange(regions.count + 1, dtype=np.int32),
        sizes=regions.sizes,
        values=regions.values,
        borders=find_borders(regions),
    )
    threshold = 2 * pixel
    while threshold < 2 * smallest:
        joins = areas.joins_of_smaller_than(min(threshold, smallest))
        if len(joins):
            areas = areas.joined(joins)
            areas = areas.joined(areas.borders_within_a_class())
        else:
            threshold *= 2
    values = areas.values[areas.owner]
    for row, parts, numbers in regions.strips():
        yield row, values[numbers][parts]


@dataclass(frozen=True)
class _Areas:
    """The areas of a class raster as a graph.

    Args:
        owner: Number of the area that each traced area now belongs to, `(traced,)`. Area 0 is nodata.
        sizes: Size of each area, `(areas,)`.
        values: Class of each area, `(areas,)`.
        borders: Pairs of areas with a common border, `(pairs, 2)`.
    """

    owner: NDArray[np.int32]
    sizes: NDArray[np.int64]
    values: NDArray[np.uint8]
    borders: NDArray[np.int32]

    def joins_of_smaller_than(self, threshold: int) -> NDArray[np.int32]:
        """Each area below the threshold with its largest neighbour (the first of equals), `(pairs, 2)`."""
        small = self.sizes < threshold
        first, second = self.borders.T
        area = np.concatenate([first[small[first]], second[small[second]]])
        neighbour = np.concatenate([second[small[first]], first[small[second]]])
        size = self.sizes[neighbour]
        largest = np.zeros(len(self.sizes), np.int64)
        np.maximum.at(largest, area, size)
        equal = size == largest[area]
        chosen = np.full(len(self.sizes), len(self.sizes), np.int32)
        np.minimum.at(chosen, area[equal], neighbour[equal])
        joining = np.nonzero(largest)[0]
        return np.stack([joining.astype(np.int32), chosen[joining]], axis=1)

    def borders_within_a_class(self) -> NDArray[np.int32]:
        """Pairs of neighbours that have come to be of one class, `(pairs, 2)`."""
        first, second = self.values[self.borders].T
        within: NDArray[np.int32] = self.borders[first == second]
        return within

    def joined(self, pairs: NDArray[np.int32]) -> _Areas:
        """Join the areas of each pair; what is joined takes the class of its largest part."""
        count = len(self.sizes)
        links = coo_array((np.ones(len(pairs), bool), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
        groups, group = connected_components(links, directed=False)
        largest = np.zeros(groups, np.int64)
        np.maximum.at(largest, group, self.sizes)
        at_the_top = np.nonzero(self.sizes == largest[group])[0][::-1]
        values = np.zeros(groups, np.uint8)
        values[group[at_the_top]] = self.values[at_the_top]  # the first of equals is set last and stays
        sizes = np.zeros(groups, np.int64)
        np.add.at(sizes, group, self.sizes)
        first, second = group[self.borders].T
        apart = first != second
        first, second = first[apart], second[apart]
        return _Areas(
            owner=group[self.owner],
            sizes=sizes,
            values=values,
            borders=unpacked(np.unique(packed(np.minimum(first, second), np.maximum(first, second)))),
        )
