"""Plans which windows the network reads so that the results join without seams, and does nothing else.

A convolutional network computes an output pixel from the inputs within its receptive radius, and its strided layers
count from the tile's first pixel. So each tile is read with a halo of at least that radius, from an origin that is a
multiple of the stride: then its core equals the result on the whole image, bit for bit. At the raster's edge the tile
ends where the raster ends, and the network pads itself as it would on the whole image.

A network that looks at its whole tile has no such cores: its tiles overlap, and `blending.py` joins them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rasterio.windows import Window

from ..errors import InputError

BLOCK_PX = 256
"""Side of the blocks results are written in; large tiles and those of resumable runs are multiples of it."""

UNIT_PX = 16
"""Small tiles are multiples of this."""


@dataclass(frozen=True)
class Tile:
    """One step of the work.

    Args:
        read: What goes through the network, on the padded image: origin and size are multiples of the stride, but for a
            fixed size that is none, and the last of blended tiles of that size, which end where the image ends.
        write: The part of it that is kept, its core, on the image; of a blended tile all that lies on the area.
    """

    read: Window
    write: Window

    @property
    def core(self) -> tuple[slice, slice]:
        """Rows and columns of the core within what was read."""
        row, column = self.write.row_off - self.read.row_off, self.write.col_off - self.read.col_off
        return slice(row, row + self.write.height), slice(column, column + self.write.width)


@dataclass(frozen=True)
class Strip:
    """A row of tiles: what is finished, and can be resumed after, together.

    Args:
        tiles: From left to right.
        write: The part of the area that they fill.
    """

    tiles: tuple[Tile, ...]
    write: Window


@dataclass(frozen=True)
class Reach:
    """What a network sees around a pixel, and the sizes it takes.

    Args:
        stride_px: Tile origins and sizes are multiples of it.
        halo_px: Its receptive radius, or more.
        margin_px: How many pixels its output lacks on each side; so far the image is read beyond its edge.
        fixed_px: Rows and columns of the only tile it takes; `None`: any.
    """

    stride_px: int
    halo_px: int
    margin_px: int = 0
    fixed_px: tuple[int, int] | None = None


@dataclass(frozen=True)
class Span:
    """A tile along one axis.

    Args:
        at: Where its core starts.
        core: Size of its core.
        first: Where it is read from.
        read: How much is read.
    """

    at: int
    core: int
    first: int
    read: int


@dataclass(frozen=True)
class Tiling:
    """The plan for one image, with exact seams.

    Args:
        width: Columns of the image.
        height: Rows of the image.
        area: The part for which results are wanted.
        reach: What the network sees.
        tile_px: Rows and columns of a core.
        block_tiles: Tiles side by side in a strip; wider areas are worked off in blocks of columns, one after the
            other, so that what a strip holds does not grow with the area's width.
        alike: Whether all tiles that go through the network are of one size, so that none takes more memory than the
            others: cores at the raster's edge, which have less halo, are larger for it.
    """

    width: int
    height: int
    area: Window
    reach: Reach
    tile_px: tuple[int, int]
    block_tiles: int
    alike: bool = False

    def __post_init__(self) -> None:
        if min(self.tile_px) < 1:
            raise InputError("The tile size is {found} px; it must be at least 1.", found=min(self.tile_px))

    def __iter__(self) -> Iterator[Strip]:
        """Go through the strips, from top to bottom of each block of columns."""
        rows = self._spans(self.area.row_off, self.area.height, 0, self.height)
        columns = self._spans(self.area.col_off, self.area.width, 1, self.width)
        for first in range(0, len(columns), self.block_tiles):
            block = columns[first : first + self.block_tiles]
            width = sum(span.core for span in block)
            for row in rows:
                yield Strip(tuple(_tile(row, column) for column in block), Window(block[0].at, row.at, width, row.core))

    @property
    def network_px(self) -> int:
        """Pixels that go through the network, halos included."""
        return sum(int(tile.read.width * tile.read.height) for strip in self for tile in strip.tiles)

    def _spans(self, start: int, length: int, axis: int, limit: int) -> list[Span]:
        """The tiles along one axis."""
        start, length, core = int(start), int(length), self.tile_px[axis]
        fixed = self.reach.fixed_px[axis] if self.reach.fixed_px else None
        if self.alike and fixed is None and not self.reach.margin_px and length > core:
            alike = _alike(self.reach, start, length, steps(length, core), limit)
            if alike:
                return alike
        return [Span(at, size, *_read(self.reach, fixed, at, size, limit)) for at, size in cuts(start, length, core)]


@dataclass(frozen=True)
class BlendedTiling:
    """The plan for one image, with tiles that overlap.

    Tiles lie on a lattice that counts from the area's first pixel; the last ones are moved inwards to end where the
    image ends. Where the output lacks a margin, the image counts as longer by it at both ends. Where blocks of columns
    meet, the tiles that reach into both are computed for each.

    Args:
        width: Columns of the image.
        height: Rows of the image.
        area: The part for which results are wanted.
        reach: The sizes that the network takes.
        tile_px: Rows and columns of a tile.
        overlap: Share of a tile's side that it has in common with the next, 0–0.9.
        block_px: Columns that are worked off together.
        unit_px: What is finished after a strip are multiples of so many rows and columns.
    """

    width: int
    height: int
    area: Window
    reach: Reach
    tile_px: tuple[int, int]
    overlap: float
    block_px: int
    unit_px: int = 1

    def __iter__(self) -> Iterator[Strip]:
        """Go through the strips of each block of columns. A strip's `write` is what is finished after it."""
        rows = self._places(self.area.row_off, self.area.height, self.tile_px[0], self.height)
        columns = self._places(self.area.col_off, self.area.width, self.tile_px[1], self.width)
        block_px = steps(self.block_px, self.unit_px) * self.unit_px
        for block, block_width in cuts(self.area.col_off, self.area.width, block_px):
            here = [place for place in columns if place[0] < block + block_width and place[0] + place[1] > block]
            done = self.area.row_off
            for number, (row, row_px) in enumerate(rows):
                until = self._finished(rows, number, done)
                tiles = (self._tile(row, row_px, *column, block, block_width) for column in here)
                yield Strip(tuple(tiles), Window(block, done, block_width, until - done))
                done = until

    @property
    def network_px(self) -> int:
        """Pixels that go through the network, overlaps included."""
        return sum(int(tile.read.width * tile.read.height) for strip in self for tile in strip.tiles)

    def _finished(self, rows: list[tuple[int, int]], number: int, done: int) -> int:
        """The row up to which a strip finishes the area."""
        top = int(self.area.row_off)
        if number + 1 == len(rows):
            return top + int(self.area.height)
        return max(done, top + (rows[number + 1][0] - top) // self.unit_px * self.unit_px)

    def _tile(self, row: int, rows: int, column: int, columns: int, block: int, block_width: int) -> Tile:
        top, bottom = max(row, self.area.row_off), min(row + rows, self.area.row_off + self.area.height)
        left, right = max(column, block), min(column + columns, block + block_width)
        return Tile(Window(column, row, columns, rows), Window(left, top, right - left, bottom - top))

    def _places(self, start: int, length: int, tile: int, limit: int) -> list[tuple[int, int]]:
        """Start and size along one axis of the tiles whose outputs cover a length."""
        stride, lost = self.reach.stride_px, self.reach.margin_px
        margin = steps(lost, stride) * stride
        padded = steps(limit, stride) * stride
        size = tile if self.reach.fixed_px else min(tile, padded + 2 * margin)
        given = size - 2 * lost  # a longer step would leave gaps
        unit = stride if stride <= given else 1
        step = max(unit, min(int(size * (1 - self.overlap)), given) // unit * unit)
        furthest = max(-margin, padded + margin - size)
        places = []
        place = (start - lost) // unit * unit
        while True:
            places.append((min(place, furthest), size))
            if places[-1][0] + size - lost >= min(start + length, padded) or place >= furthest:
                return places
            place += step


def whole_tiles(
    area: Window, image: tuple[int, int], reach: Reach, largest_px: tuple[int, int], unit_px: int, alike: bool
) -> tuple[int, int]:
    """Rows and columns of the cores where no size was asked for: even, and as few as will do.

    Args:
        area: The part of the image for which results are wanted.
        image: Rows and columns of the image.
        reach: What the network sees.
        largest_px: Rows and columns of a core that there is room for, with its halo on all sides.
        unit_px: What sides are multiples of.
        alike: Whether tiles will be read in one size: cores at the edge, with less halo, may then be larger.
    """
    alike = alike and not reach.margin_px
    rows = int(area.row_off), int(area.height), image[0], reach, largest_px[0], unit_px, alike
    columns = int(area.col_off), int(area.width), image[1], reach, largest_px[1], unit_px, alike
    return _core(*rows), _core(*columns)


def core_of(fixed: int, reach: Reach) -> int:
    """Side of the core of a tile of fixed size, 0 or less where its halo leaves none."""
    return fixed - 2 * reach.halo_px - (reach.stride_px - 1)


def steps(length: int, step: int) -> int:
    """How many steps cover a length."""
    return -(-length // step)


def cuts(start: int, length: int, step: int) -> Iterator[tuple[int, int]]:
    """Start and size of the pieces of a length."""
    for offset in range(0, length, step):
        yield start + offset, min(step, length - offset)


def _core(start: int, length: int, limit: int, reach: Reach, largest: int, unit: int, alike: bool) -> int:
    """Side along one axis of even cores."""
    core = _even(length, steps(length, largest // unit * unit), unit)
    fewest = steps(max(1, length - 2 * reach.halo_px), largest)
    fewer = _even(length, fewest, unit)
    if not alike or not 1 < fewest == steps(length, fewer):
        return core
    spans = _alike(reach, start, length, fewest, limit)
    return fewer if spans and spans[0].read <= largest + 2 * reach.halo_px + reach.stride_px else core


def _even(length: int, count: int, unit: int) -> int:
    """Side of so many alike pieces of a length, in whole units."""
    return steps(steps(length, count), unit) * unit


def _tile(row: Span, column: Span) -> Tile:
    return Tile(
        read=Window(column.first, row.first, column.read, row.read),
        write=Window(column.at, row.at, column.core, row.core),
    )


def _read(reach: Reach, fixed: int | None, start: int, size: int, limit: int) -> tuple[int, int]:
    """Start and size along one axis of what must be read for a core: its halo, out to multiples of the stride.

    Where the output lacks a margin, the image counts as longer by it at both ends.
    """
    stride, margin = reach.stride_px, steps(reach.margin_px, reach.stride_px) * reach.stride_px
    padded = steps(limit, stride) * stride + margin
    first = max(-margin, (start - reach.halo_px) // stride * stride)
    if fixed is not None:  # a size that is no multiple of the stride may end beyond the image, but not before its end
        return max(-margin, min(first, steps(padded - fixed, stride) * stride)), fixed
    return first, min(padded, steps(start + size + reach.halo_px, stride) * stride) - first


def _alike(reach: Reach, start: int, length: int, count: int, limit: int) -> list[Span] | None:
    """So many tiles along one axis that read equally much, as little as will do; `None`: the image is too small."""
    halo, stride, end = reach.halo_px, reach.stride_px, start + length
    padded = steps(limit, stride) * stride
    overlapping = min(halo, start) + min(halo, padded - end) + 2 * halo * (count - 1)
    read = steps(steps(length + overlapping, count), stride) * stride
    while read < padded:
        spans: list[Span] = []
        at = start
        while at < end and len(spans) < count:
            first = min(max(0, (at - halo) // stride * stride), padded - read)
            stop = end if first + read >= min(padded, end + halo) else first + read - halo
            if stop <= at:
                return None
            spans.append(Span(at, stop - at, first, read))
            at = stop
        if at == end:
            return spans
        read += stride
    return None
