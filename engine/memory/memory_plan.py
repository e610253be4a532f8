"""Decides how large tiles may be, and how much of the rasters GDAL may keep, so that a run stays within its memory."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rasterio.windows import Window

from ..environment.machine import memory_gb
from ..errors import InputError
from ..tiles.stored_blocks import Blocks
from ..tiles.tiling import BLOCK_PX, UNIT_PX, Reach, steps, whole_tiles

SHARE_OF_MACHINE, LEAST_MB, MOST_MB = 0.25, 1024, 4096
"""What a run may take where the user does not say: a quarter of the computer's memory, within these bounds. More would
hardly make it faster: halos cost 20 % at 2048 px already. Where the user allows less than the most, the network does
without its arena: slower, but what it takes is known closely."""

SMALL_PX = 64
"""Smaller tiles are hardly more than halo: rather say that memory is short."""

HALOS = 24
"""Tiles of so many halos are large enough: the halo costs 17 %, and the more tiles there are, the more of reading and
writing goes on beside the network."""

FEWEST_PX, FEWEST_HALOS, MANY_PX, LARGEST_TILE_PX = 512, 64, 1024, 4096
"""Bounds of what counts as large enough: 512 px where there is hardly a halo, else 64 halos up to 1024 px; a 1x1
convolution is faster on 512 px than on 1024. Tiles above the last take long between two looks at Cancel.

From the least of these on tiles are whole blocks, so that none is written twice; smaller ones need every pixel against
the halo."""

STRIP_PX = 4096
"""Columns that are worked off together at least: what a strip takes does not grow with the raster's width."""

STRIP_BLOCKS = 4
"""They are at least so many of the raster's blocks, of which those at both ends are decoded twice."""

CACHE_MB = 48
"""What GDAL's block cache gets at least."""

CACHE_SHARE = 0.25
"""Part of the budget that it gets at most."""

BLENDED_ROOM = 0.25
"""Part of the budget for the strip that overlapping tiles are added up in."""

RESERVE = 0.97
"""Part of the budget that is planned for; the rest is for what cannot be foreseen."""


@dataclass(frozen=True)
class Load:
    """What a run holds in memory.

    Args:
        network_bytes: The network's own arrays, for each pixel that goes through it.
        input_bytes: What goes into the network, for each pixel of a tile.
        output_bytes: What comes out, for each pixel of a tile.
        result_bytes: What is written, for each pixel of a core.
        raw_bytes: What is decoded, for each pixel.
        blended_bytes: What is held of a strip of blended tiles, for each pixel; 0 where none are blended.
    """

    network_bytes: float
    input_bytes: int
    output_bytes: int
    result_bytes: int
    raw_bytes: int
    blended_bytes: int = 0

    @property
    def per_tile_px(self) -> float:
        """Bytes for each pixel of a tile: one tile is read and one written while the network computes a third.

        The network's own arrays hold its input and output; raw values come with a mask of a byte for each band.
        """
        reading = self.input_bytes + self.raw_bytes + self.input_bytes / 4
        return self.network_bytes + reading + self.output_bytes + self.result_bytes


@dataclass(frozen=True)
class MemoryPlan:
    """How a run is cut so that it fits.

    Args:
        tile_px: Rows and columns of a core (of a blended tile: of all of it).
        block_tiles: Tiles side by side in a strip.
        cache_bytes: What GDAL's block cache may hold: the blocks that two strips share are decoded once.
        decodes_again: Whether blocks are lines of which the cache holds no whole strip: they are decoded for each tile.
        alike: Whether tiles are to be read in one size. Without a halo there is nothing to even out, and cores of whole
            blocks are written once.
    """

    tile_px: tuple[int, int]
    block_tiles: int
    cache_bytes: int
    decodes_again: bool = False
    alike: bool = False


def budget_mb(asked_mb: int) -> int:
    """The memory a run may take: what the user says, else a share of the computer's."""
    return asked_mb or int(min(MOST_MB, max(LEAST_MB, memory_gb() * 1000 * SHARE_OF_MACHINE)))


def plan_memory(
    area: Window,
    reach: Reach,
    load: Load,
    blocks: Blocks,
    room_mb: float,
    asked_px: int = 0,
    whole_blocks: bool = False,
) -> MemoryPlan:
    """Choose tiles as large as there is room for.

    Args:
        area: The part of the image for which results are wanted.
        reach: What the network sees around a pixel.
        load: What a pixel takes.
        blocks: How the image lies on disk.
        room_mb: Memory that is left for tiles and cache.
        asked_px: Side of a core that the user wants; 0: automatic.
        whole_blocks: Whether cores must be whole blocks of the results, as runs that can be resumed write them.

    Raises:
        InputError: Not even small tiles fit.
    """
    room = room_mb * 1e6 * RESERVE
    least_px = BLOCK_PX if whole_blocks else SMALL_PX
    spare = room - _tile_bytes(asked_px or least_px, reach, load)
    if spare < CACHE_MB * 1e6 and not asked_px:
        raise InputError(
            "MAX_MEMORY_MB leaves no room for tiles: this model needs about {needed} MB more. Raise it.",
            needed=int((CACHE_MB * 1e6 - spare) / RESERVE / 1e6) + 1,
        )
    strips = _Strips(area, reach, load, blocks, most_bytes=room * CACHE_SHARE)
    side = _side(room - CACHE_MB * 1e6, reach, load)
    cache = strips.bytes_at_most(asked_px or strips.rows(side, least_px), asked_px or side)
    if CACHE_MB * 1e6 <= spare < cache:  # rather decode blocks anew than have no tiles
        cache = CACHE_MB * 1e6
    strips = replace(strips, most_bytes=cache)
    # The cache depends on the tiles, the tiles on what the cache leaves.
    side = max(least_px, _side(room - cache, reach, load))
    largest = strips.rows(side, least_px), side
    unit_px = BLOCK_PX if whole_blocks or min(largest) >= _enough_px(reach) else UNIT_PX
    alike = not (asked_px or whole_blocks) and reach.halo_px > 0
    larger = alike and not blocks.are_lines and side + reach.halo_px <= LARGEST_TILE_PX
    tile = (asked_px, asked_px) if asked_px else whole_tiles(area, blocks.image, reach, largest, unit_px, larger)
    across = strips.across(tile)
    needed = strips.bytes_of(tile, across)
    if load.blended_bytes:
        across = max(1, min(across, int(room * BLENDED_ROOM / (tile[0] * load.blended_bytes)) // tile[1]))
    fitting = int(min(cache, max(CACHE_MB * 1e6, needed)))
    torn = blocks.are_lines and (needed > fitting or across * tile[1] < area.width)
    return MemoryPlan(tile, across, fitting, decodes_again=torn, alike=alike)


def needed_mb(tile_px: tuple[int, int], block_tiles: int, reach: Reach, load: Load, beside_mb: float) -> float:
    """What a run takes with tiles of this size, so many of them side by side in a strip.

    Args:
        tile_px: Rows and columns of a core.
        block_tiles: Tiles side by side.
        reach: What the network sees around a pixel.
        load: What a pixel takes.
        beside_mb: What is held beside the tiles.
    """
    rows, columns = (side + 2 * reach.halo_px + reach.stride_px for side in tile_px)
    blended = block_tiles * tile_px[0] * tile_px[1] * load.blended_bytes
    return beside_mb + (rows * columns * load.per_tile_px + blended) / 1e6


def _enough_px(reach: Reach) -> int:
    """Side of the smallest core that is large enough, whatever memory there is."""
    return max(FEWEST_PX, min(MANY_PX, FEWEST_HALOS * reach.halo_px))


def _tile_bytes(core_px: int, reach: Reach, load: Load) -> float:
    """What a core of this side takes at most, with its halo on all sides."""
    return (core_px + 2 * reach.halo_px + reach.stride_px) ** 2 * load.per_tile_px


def _side(room: float, reach: Reach, load: Load) -> int:
    """Side of the largest core, with its halo on all sides, that fits; no larger than is useful."""
    fitting = int((max(0.0, room) / load.per_tile_px) ** 0.5) - 2 * reach.halo_px - reach.stride_px
    return min(fitting, max(_enough_px(reach), HALOS * reach.halo_px), LARGEST_TILE_PX)


@dataclass(frozen=True)
class _Strips:
    """What strips of tiles take of GDAL's block cache.

    Lines as long as the image are decoded as a whole. Where blocks are lines, an image is worked off in one block of
    columns, and the cache holds all lines of a strip beside the results that are written meanwhile: each tile needs
    them again.

    Args:
        area: The part of the image for which results are wanted.
        reach: What the network sees.
        load: What a pixel takes.
        blocks: How the image lies on disk.
        most_bytes: What the cache may take.
    """

    area: Window
    reach: Reach
    load: Load
    blocks: Blocks
    most_bytes: float

    def rows(self, side: int, least_px: int) -> int:
        """Rows of cores of this side: fewer where lines are so long that the cache would not hold a strip."""
        rows = side
        while self.blocks.are_lines and rows >= least_px and self._bytes(rows, side, self._width) > self.most_bytes:
            rows -= UNIT_PX
        return rows if rows >= least_px else side

    def across(self, tile: tuple[int, int]) -> int:
        """Tiles side by side in a strip: all where lines are decoded; else few, but more where they take little."""
        if self.blocks.are_lines:
            return steps(self._width, tile[1])
        count = steps(min(self._width, self._columns), tile[1])
        while count > 1 and self.bytes_of(tile, count) > self.most_bytes:
            count -= 1
        while count * tile[1] < self._width and self.bytes_of(tile, count + 1) <= CACHE_MB * 1e6:
            count += 1
        return count

    def bytes_of(self, tile: tuple[int, int], across: int) -> float:
        """What the blocks of a strip take."""
        return self._bytes(*tile, min(across * tile[1], self._width))

    def bytes_at_most(self, rows: int, columns: int) -> float:
        """What the cache is left for tiles of this size or smaller ones."""
        needed = self._bytes(rows, columns, min(self._columns + columns, self._width))
        return max(CACHE_MB * 1e6, min(needed, self.most_bytes))

    @property
    def _width(self) -> int:
        """Columns of all strips."""
        return int(self.area.width)

    @property
    def _columns(self) -> int:
        """Columns that are worked off together at least, where there are so many."""
        return max(STRIP_PX, STRIP_BLOCKS * self.blocks.block[1])

    def _bytes(self, rows: int, columns: int, strip_px: int) -> float:
        """What the blocks of a strip take, and where they are lines what is written of a core."""
        around = 2 * (self.reach.halo_px + self.reach.stride_px)
        read = self.blocks.bytes_of(rows + around, strip_px + around)
        return read + rows * columns * self.load.result_bytes if self.blocks.are_lines else read
