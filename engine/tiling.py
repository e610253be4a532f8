"""Plans which windows the network reads so that the results join without seams, and does nothing else.

A convolutional network computes an output pixel from the inputs within its receptive radius, and its strided layers
count from the tile's first pixel. So each tile is read with a halo of at least that radius, from an origin that is a
multiple of the stride: then its core equals the result on the whole image, bit for bit. At the raster's edge the tile
ends where the raster ends, and the network pads itself as it would on the whole image.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rasterio.windows import Window

from .errors import InputError

BLOCK_PX = 512
"""Side of the blocks results are written in; automatic tiles are multiples of it, so no block is written twice."""

AUTOMATIC_TILE_PX = 1024


@dataclass(frozen=True)
class Tile:
    """One step of the work.

    Args:
        read: What goes through the network, on the padded image: origin and size are multiples of the stride.
        write: The part of it that is kept, its core, on the image.
    """

    read: Window
    write: Window

    @property
    def core(self) -> tuple[slice, slice]:
        """Rows and columns of the core within what was read."""
        return self.core_and(0)

    def core_and(self, spare_px: int) -> tuple[slice, slice]:
        """Rows and columns of the core and some pixels around it, as far as they were read."""
        row, column = self.write.row_off - self.read.row_off, self.write.col_off - self.read.col_off
        return (
            slice(max(0, row - spare_px), row + self.write.height + spare_px),
            slice(max(0, column - spare_px), column + self.write.width + spare_px),
        )


@dataclass(frozen=True)
class Tiling:
    """The plan for one image.

    Args:
        width: Columns of the image.
        height: Rows of the image.
        area: The part for which results are wanted.
        stride_px: The network's stride.
        halo_px: The network's receptive radius.
        tile_px: Side of a core.
    """

    width: int
    height: int
    area: Window
    stride_px: int
    halo_px: int
    tile_px: int

    def __post_init__(self) -> None:
        if self.tile_px < 1:
            raise InputError("The tile size is {found} px; it must be at least 1.", found=self.tile_px)

    def __len__(self) -> int:
        return _steps(self.area.height, self.tile_px) * _steps(self.area.width, self.tile_px)

    def __iter__(self) -> Iterator[Tile]:
        """Go through the tiles row by row."""
        for row, rows in _cuts(self.area.row_off, self.area.height, self.tile_px):
            read_row, read_rows = self._reach(row, rows, self.height)
            for column, columns in _cuts(self.area.col_off, self.area.width, self.tile_px):
                read_column, read_columns = self._reach(column, columns, self.width)
                yield Tile(
                    read=Window(read_column, read_row, read_columns, read_rows),
                    write=Window(column, row, columns, rows),
                )

    def on_image(self, window: Window) -> Window:
        """The part of a window of the padded image that lies on the image itself."""
        return Window(
            window.col_off,
            window.row_off,
            min(window.width, self.width - window.col_off),
            min(window.height, self.height - window.row_off),
        )

    def _reach(self, start: int, size: int, limit: int) -> tuple[int, int]:
        """Start and size along one axis of what must be read for a core: its halo, out to multiples of the stride."""
        first = max(0, start - self.halo_px) // self.stride_px * self.stride_px
        padded = _steps(limit, self.stride_px) * self.stride_px
        last = min(padded, _steps(start + size + self.halo_px, self.stride_px) * self.stride_px)
        return first, last - first


def automatic_tile_px(area: Window) -> int:
    """Side of a core where none was asked for: large, so that halos cost little, and in whole blocks."""
    longest = _steps(max(area.width, area.height), BLOCK_PX) * BLOCK_PX
    return min(AUTOMATIC_TILE_PX, longest)


def _steps(length: int, step: int) -> int:
    """How many steps cover a length."""
    return -(-length // step)


def _cuts(start: int, length: int, step: int) -> Iterator[tuple[int, int]]:
    """Start and size of the pieces of a length."""
    for offset in range(0, length, step):
        yield start + offset, min(step, length - offset)
