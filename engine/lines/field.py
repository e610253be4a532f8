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

from ..tiles.tiling import cuts

SIDE_PX = 2048
"""Rows and columns of the parts that a field is worked off in, with what must be read around them."""

LOOK_UP_PX = 256
"""Points are looked up in blocks of so many rows and columns, as rasters have them on disk."""

Place = tuple[slice, slice]
"""Rows and columns, from their first to before their last."""

Read = Callable[[Place], NDArray[np.float32]]
"""Gives probability and direction at a place, `(3, rows, cols)`; 0: nothing."""


@dataclass(frozen=True)
class Part:
    """A part of a field, with what lies around it.

    Args:
        around: What must be read.
        own: Where the part lies within that.
    """

    around: Place
    own: Place


@dataclass(frozen=True)
class LineField:
    """Probability and direction of lines.

    Args:
        read: Gives those at a place.
        height: Rows.
        width: Columns.
        side: Rows and columns of the parts that it is worked off in.
    """

    read: Read
    height: int
    width: int
    side: int = SIDE_PX

    @classmethod
    def of_arrays(cls, values: NDArray[np.float32], side: int = SIDE_PX) -> LineField:
        """That of arrays `(3, rows, cols)`."""
        _, height, width = values.shape
        return cls(lambda place: values[:, place[0], place[1]], height, width, side)

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
            before_reading: Is called before a place is read, so that a job can be stopped there; from other threads
                than the job's, too, but from one at a time.
        """

        def read(place: Place) -> NDArray[np.float32]:
            before_reading()
            rows, cols = place
            window = Window(cols.start, rows.start, cols.stop - cols.start, rows.stop - rows.start)
            values = np.zeros((3, window.height, window.width), np.float32)
            probability.read(1, window=window, out=values[0])
            if direction is not None:
                direction.read(window=window, out=values[1:])
            if known is not None:
                values *= known(window)
            np.copyto(values, 0, where=np.isnan(values))
            return values

        return cls(read, probability.height, probability.width)

    def around(self, place: Place, halo_px: int) -> Part:
        """A place as a part, with so much around it as there is."""
        around, own = zip(*(_widened(axis, halo_px, end) for axis, end in zip(place, (self.height, self.width))))
        return Part(around, own)

    def parts(self, halo_px: int) -> Iterator[Part]:
        """Cut the field into parts that with such a halo have no more rows and columns than `side`, if they can."""
        most = max(self.side - 2 * halo_px, min(self.side, halo_px))
        for row, height in cuts(0, self.height, most):
            for col, width in cuts(0, self.width, most):
                yield self.around((slice(row, row + height), slice(col, col + width)), halo_px)

    def at(self, points: NDArray[np.float64]) -> NDArray[np.float32]:
        """Probability and direction at points `(points, 2)`, column and row, by the nearest pixel; `(3, points)`."""
        cols = np.clip(np.rint(points[:, 0]).astype(np.int64), 0, self.width - 1)
        rows = np.clip(np.rint(points[:, 1]).astype(np.int64), 0, self.height - 1)
        found = np.zeros((3, len(points)), np.float32)
        block = rows // LOOK_UP_PX * self.width + cols // LOOK_UP_PX
        order = np.argsort(block, kind="stable")
        for chosen in np.split(order, np.flatnonzero(np.diff(block[order])) + 1) if len(order) else ():
            here = rows[chosen], cols[chosen]
            down, right = (slice(int(axis.min()), int(axis.max()) + 1) for axis in here)
            found[:, chosen] = self.read((down, right))[:, here[0] - down.start, here[1] - right.start]
        return found


def _widened(axis: slice, halo_px: int, end: int) -> tuple[slice, slice]:
    """A slice with so much before and behind it as there is, and where it lies within that."""
    first = max(0, axis.start - halo_px)
    return slice(first, min(end, axis.stop + halo_px)), slice(axis.start - first, axis.stop - first)
