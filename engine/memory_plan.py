"""Decides how large tiles may be, and how much of the rasters GDAL may keep, so that a run stays within its memory."""

from __future__ import annotations

from dataclasses import dataclass

from rasterio.windows import Window

from .environment.machine import memory_gb
from .errors import InputError
from .tiling import BLOCK_PX, Reach, whole_tiles

SHARE_OF_MACHINE, LEAST_MB, MOST_MB = 0.25, 1024, 4096
"""What a run may take where the user does not say: a quarter of the computer's memory, within these bounds. More would
hardly make it faster: halos cost 20 % at 2048 px already. Where the user allows less than the most, the network does
without its arena: slower, but what it takes is known closely."""

SMALL_PX = 64
"""Smaller tiles are hardly more than halo: rather say that memory is short."""

HALOS = 24
"""Tiles of so many halos are large enough: the halo costs 17 %, and the more tiles there are, the more of reading and
writing goes on beside the network."""

FEWEST_PX, LARGEST_TILE_PX = 1024, 4096
"""Bounds of what counts as large enough; larger ones take long between two looks at Cancel."""

BLOCK_TILES = 4
"""Tiles side by side in a block of columns: what a strip takes does not grow with the raster's width."""

CACHE_MB = 48
"""What GDAL's block cache gets at least."""

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
        blended_bytes: What is held of a strip of overlapping tiles, for each pixel; 0 where none overlap.
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
    """

    tile_px: tuple[int, int]
    block_tiles: int
    cache_bytes: int


def budget_mb(asked_mb: int) -> int:
    """The memory a run may take: what the user says, else a share of the computer's."""
    return asked_mb or int(min(MOST_MB, max(LEAST_MB, memory_gb() * 1000 * SHARE_OF_MACHINE)))


def plan_memory(area: Window, reach: Reach, load: Load, room_mb: float, asked_px: int) -> MemoryPlan:
    """Choose tiles as large as there is room for.

    Args:
        area: The part of the image for which results are wanted.
        reach: What the network sees around a pixel.
        load: What a pixel takes.
        room_mb: Memory that is left for tiles and cache.
        asked_px: Side of a core that the user wants; 0: automatic.

    Raises:
        InputError: Not even small tiles fit.
    """
    room = room_mb * 1e6 * RESERVE
    largest = min(LARGEST_TILE_PX, max(FEWEST_PX, HALOS * reach.halo_px))
    cache = room / 8
    for _ in range(2):  # the cache depends on the tiles, the tiles on what the cache leaves
        side = int(((room - cache) / load.per_tile_px) ** 0.5) - 2 * reach.halo_px - reach.stride_px
        side = min(side, largest)
        across = min(area.width, BLOCK_TILES * max(side, 0)) + 2 * BLOCK_PX
        strip = across * (max(side, 0) + 2 * (reach.halo_px + BLOCK_PX)) * load.raw_bytes
        cache = max(CACHE_MB * 1e6, min(strip, room / 8))
    if side < SMALL_PX and not asked_px:
        raise InputError(
            "MAX_MEMORY_MB leaves no room for tiles: this model needs about {needed} MB more. Raise it.",
            needed=int((SMALL_PX + 2 * reach.halo_px) ** 2 * load.per_tile_px / 1e6 - room_mb + cache / 1e6) + 1,
        )
    tile = (asked_px, asked_px) if asked_px else whole_tiles(area, side)
    rows = tile[0] + 2 * (reach.halo_px + BLOCK_PX)
    columns = cache / (rows * max(1, load.raw_bytes)) - 2 * BLOCK_PX
    if load.blended_bytes:
        columns = min(columns, room * BLENDED_ROOM / (tile[0] * load.blended_bytes))
    return MemoryPlan(tile, max(1, min(BLOCK_TILES, int(columns) // tile[1])), int(cache))
