"""What a network says of lines, as rasters: how probable one is in each pixel, and in which direction it runs.

A direction is the vector (cos 2θ, sin 2θ) times how sure it is, 0–1: doubled angles are the same for a line and its
reverse, and can be averaged. θ grows from the direction of the columns towards that of the rows' beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.io import DatasetReader
from rasterio.windows import Window

from ..tiles.strips import strip_rows

ReadRows = Callable[[int, int], NDArray[np.float32]]
"""Gives probability and direction of the rows from the first to before the second, `(3, rows, cols)`; 0: nothing."""


@dataclass(frozen=True)
class LineField:
    """Probability and direction of lines.

    Args:
        read: Gives some rows.
        height: Rows.
        width: Columns.
        rows: How many rows are read at once.
    """

    read: ReadRows
    height: int
    width: int
    rows: int

    @classmethod
    def of_arrays(cls, values: NDArray[np.float32], rows: int = 512) -> LineField:
        """That of arrays `(3, rows, cols)`."""
        _, height, width = values.shape
        return cls(lambda first, end: values[:, first:end], height, width, rows)

    @classmethod
    def of_datasets(
        cls,
        probability: DatasetReader,
        direction: DatasetReader | None,
        known: Callable[[Window], NDArray[np.bool_]] | None,
        before_reading: Callable[[], None],
    ) -> LineField:
        """That of open rasters.

        Args:
            probability: One band.
            direction: Two bands; `None`: no direction is known.
            known: Tells which pixels of a window count; `None`: all that are no NaN.
            before_reading: Is called before rows are read, so that a job can be stopped there.
        """

        def read(first: int, end: int) -> NDArray[np.float32]:
            before_reading()
            place = Window(0, first, probability.width, end - first)
            values = np.zeros((3, end - first, probability.width), np.float32)
            values[:1] = probability.read(window=place)
            if direction is not None:
                values[1:] = direction.read(window=place)
            if known is not None:
                values *= known(place)
            np.copyto(values, 0, where=np.isnan(values))
            return values

        return cls(read, probability.height, probability.width, strip_rows(probability.width))

    def strips(self, halo_px: int) -> Iterator[tuple[int, slice, NDArray[np.float32]]]:
        """Go through the field from top to bottom, so that with its halo a strip has no more than `rows` if it can.

        Yields:
            The strip's first row with its halo; which of the rows read are the strip's own; probability and direction
            of all that were read, `(3, rows, cols)`.
        """
        rows = max(self.rows - 2 * halo_px, min(self.rows, halo_px))
        for row in range(0, self.height, rows):
            first, end = max(0, row - halo_px), min(self.height, row + rows + halo_px)
            own = slice(row - first, min(row + rows, self.height) - first)
            yield first, own, self.read(first, end)

    def at(self, points: NDArray[np.float64]) -> NDArray[np.float32]:
        """Probability and direction at points `(points, 2)`, column and row, by the nearest pixel; `(3, points)`."""
        cols = np.clip(np.rint(points[:, 0]).astype(np.int64), 0, self.width - 1)
        rows = np.clip(np.rint(points[:, 1]).astype(np.int64), 0, self.height - 1)
        found = np.zeros((3, len(points)), np.float32)
        strip = rows // self.rows
        order = np.argsort(strip, kind="stable")
        for chosen in np.split(order, np.flatnonzero(np.diff(strip[order])) + 1) if len(order) else ():
            first, last = int(rows[chosen].min()), int(rows[chosen].max())
            found[:, chosen] = self.read(first, last + 1)[:, rows[chosen] - first, cols[chosen]]
        return found
