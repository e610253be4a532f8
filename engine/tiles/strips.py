"""Reads a raster from top to bottom, some whole rows at a time, so that memory does not grow with its height."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.io import DatasetReader
from rasterio.windows import Window

STRIP_PX, STRIP_ROWS = 2**22, 512
"""Pixels and rows of a strip, at most; it has one row at least."""

Read = Callable[[int, int], NDArray[Any]]
"""Gives the rows from the first to before the second, `(rows, cols)`."""


@dataclass(frozen=True)
class Strips:
    """A raster of one band as strips.

    Args:
        read: Gives some of its rows.
        height: Rows of the raster.
        width: Columns of the raster.
        rows: Rows of a strip; the last may have fewer.
    """

    read: Read
    height: int
    width: int
    rows: int

    def __post_init__(self) -> None:
        if min(self.height, self.width, self.rows) < 1:
            raise ValueError(f"strips of {self.rows} rows over {self.height} x {self.width} px")

    def __len__(self) -> int:
        return -(-self.height // self.rows)

    def __iter__(self) -> Iterator[tuple[int, NDArray[Any]]]:
        """The first row of each strip and its values, `(rows, cols)`."""
        for row in range(0, self.height, self.rows):
            yield row, self.read(row, min(row + self.rows, self.height))


def strips_of_dataset(dataset: DatasetReader, before_reading: Callable[[], None]) -> Strips:
    """The first band of an open raster as strips.

    Args:
        dataset: The raster.
        before_reading: Is called before each strip is read, so that a job can be stopped there.
    """

    def read(start: int, stop: int) -> NDArray[Any]:
        before_reading()
        values: NDArray[Any] = dataset.read(1, window=Window(0, start, dataset.width, stop - start))
        return values

    return Strips(read, dataset.height, dataset.width, strip_rows(dataset.width))


def strip_rows(width: int) -> int:
    """Rows of a strip over so many columns: a power of two, as those of blocks, so that strips and blocks fit."""
    fitting = max(1, STRIP_PX // width)
    return min(STRIP_ROWS, int(2 ** np.floor(np.log2(fitting))))
