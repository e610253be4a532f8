"""Numbers the connected areas of a class raster strip by strip: memory grows with the areas, not with the raster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from skimage.measure import label

from ..legend import NODATA
from ..tiles.strips import Strips

Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True)
class Regions:
    """The connected areas (4-connected) of a class raster, numbered from 1 by their first pixels; 0 is nodata.

    An area that spans several strips consists of parts, one or more in each. Parts are numbered through all strips.

    Args:
        classes: The raster.
        starts: How many parts lie in the strips before each, `(strips,)`.
        numbers: Number of the area of each part, `(parts + 1,)`; that of part 0, nodata, is 0.
        values: Class of each area, `(areas + 1,)`.
        sizes: Size of each area, `(areas + 1,)`: its pixels, or the sum of what they count.
        last_rows: The lowest row of each area, `(areas + 1,)`.
    """

    classes: Strips
    starts: NDArray[np.int64]
    numbers: NDArray[np.int32]
    values: NDArray[np.uint8]
    sizes: NDArray[np.int64]
    last_rows: NDArray[np.int32]

    @property
    def count(self) -> int:
        """How many areas there are."""
        return len(self.values) - 1

    def strips(self) -> Iterator[tuple[int, NDArray[np.int32], NDArray[np.int32]]]:
        """Go through the strips.

        Yields:
            The first row; the part of each pixel, `(rows, cols)`, counted from 1 within the strip, 0 for nodata; the
            number of the area of each of these parts, `(parts + 1,)`.
        """
        for (row, classes), start in zip(self.classes, self.starts):
            parts, count = _parts(classes)
            numbers = self.numbers[np.arange(start, start + count + 1)]
            numbers[0] = 0
            yield row, parts, numbers


def find_regions(classes: Strips, row_sizes: NDArray[np.int64] | None = None) -> Regions:
    """Number the areas of a class raster, `NODATA` where nothing is said.

    Args:
        classes: The raster.
        row_sizes: What a pixel of each row counts, `(rows,)`; `None`: 1. Sums of whole numbers are the same whatever
            the strips.
    """
    row_sizes = np.ones(classes.height, np.int64) if row_sizes is None else row_sizes
    starts: list[int] = []
    values, sizes, last_rows = [np.array([NODATA], np.uint8)], [np.zeros(1, np.int64)], [np.zeros(1, np.int32)]
    links = [np.zeros(0, np.int64)]
    above = np.full(classes.width, NODATA, np.uint8), np.zeros(classes.width, np.int32)
    total = 0
    for row, strip in classes:
        parts, count = _parts(strip)
        rows = np.arange(row, row + len(strip), dtype=np.int32)[:, np.newaxis]
        starts.append(total)
        values.append(_last_of_each(parts, strip, count))
        last_rows.append(_last_of_each(parts, rows, count))
        sizes.append(_sizes(parts, row_sizes[row : row + len(strip)], count))
        first, last = np.where(parts[[0, -1]] > 0, parts[[0, -1]] + np.int32(total), 0)
        same = (above[0] == strip[0]) & (strip[0] != NODATA)
        links.append(np.unique(packed(above[1][same], first[same])))
        above = strip[-1], last
        total += count
    one, other = unpacked(np.concatenate(links)).T
    graph = coo_array((np.ones(len(one), bool), (one, other)), shape=(total + 1, total + 1))
    count, numbers = connected_components(graph, directed=False)  # numbers areas by their first parts
    return Regions(
        classes,
        np.array(starts),
        numbers,
        _of_areas(np.maximum, numbers, np.concatenate(values), count),
        _of_areas(np.add, numbers, np.concatenate(sizes), count),
        _of_areas(np.maximum, numbers, np.concatenate(last_rows), count),
    )


def find_borders(regions: Regions) -> NDArray[np.int32]:
    """Pairs of areas with a common border, `(pairs, 2)`, each once, the smaller number first, in order."""
    found = [np.zeros(0, np.int64)]
    above = np.zeros((1, regions.classes.width), np.int32)
    for _, parts, numbers in regions.strips():
        strip = np.concatenate([above, numbers[parts]])
        found.append(np.unique(np.concatenate([_pairs(strip[1:, :-1], strip[1:, 1:]), _pairs(strip[:-1], strip[1:])])))
        above = strip[-1:]
    return unpacked(np.unique(np.concatenate(found)))


def packed(first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int64]:
    """Pairs of areas as single numbers that sort as the pairs do, `(pairs,)`: numpy is far slower with rows."""
    return (first.astype(np.int64) << 32) | second


def unpacked(keys: NDArray[np.int64]) -> NDArray[np.int32]:
    """The pairs that `packed` was given, `(pairs, 2)`."""
    return np.stack([keys >> 32, keys & 0xFFFFFFFF], axis=1).astype(np.int32)


def _parts(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int32], int]:
    """The connected areas of one strip, numbered from 1 by their first pixels, and how many they are."""
    parts = label(classes, background=NODATA, connectivity=1).astype(np.int32)
    return parts, int(parts.max(initial=0))


def _sizes(parts: NDArray[np.int32], row_sizes: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """What the pixels of each part count together, `(parts,)`."""
    alike = bool((row_sizes == row_sizes[0]).all())
    weights = None if alike else np.broadcast_to(row_sizes[:, np.newaxis], parts.shape).ravel()
    sums = np.bincount(parts.ravel(), weights, count + 1)[1:].astype(np.int64)
    return sums * row_sizes[0] if alike else sums


def _last_of_each(parts: NDArray[np.int32], of_pixels: NDArray[Kind], count: int) -> NDArray[Kind]:
    """What the last pixel of each part holds, `(parts,)`."""
    found = np.zeros(count + 1, of_pixels.dtype)
    found[parts.ravel()] = np.broadcast_to(of_pixels, parts.shape).ravel()
    return found[1:]


def _pairs(first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int64]:
    """Packed pairs of areas whose pixels lie beside each other."""
    borders = (first != second) & (first > 0) & (second > 0)
    one, other = first[borders], second[borders]
    return packed(np.minimum(one, other), np.maximum(one, other))


def _of_areas(join: np.ufunc, numbers: NDArray[np.int32], of_parts: NDArray[Kind], count: int) -> NDArray[Kind]:
    """What the parts of each area make together, `(areas + 1,)`."""
    whole = np.zeros(count, of_parts.dtype)
    join.at(whole, numbers, of_parts)
    return whole
