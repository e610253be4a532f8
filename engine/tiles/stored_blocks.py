"""Knows in what blocks rasters lie on disk, and how much of them is decoded for a window."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..grids.grid import Grid
from .tiling import steps

SMALL_PX = 1024
"""Images that are no wider have a tile or two side by side, however they are stored."""


class _Stored(Protocol):
    """Rasters of one input."""

    @property
    def grid(self) -> Grid: ...

    @property
    def block_px(self) -> tuple[int, int]: ...

    @property
    def raw_bytes(self) -> int: ...


@dataclass(frozen=True)
class Blocks:
    """How the image lies on disk: in blocks that are decoded as a whole.

    Args:
        image: Rows and columns of the image.
        block: Rows and columns of a block.
        px_bytes: What a decoded pixel takes.
    """

    image: tuple[int, int]
    block: tuple[int, int]
    px_bytes: float

    @property
    def are_lines(self) -> bool:
        """Whether each is as wide as the image, and the image wider than small tiles."""
        return self.block[1] >= self.image[1] > SMALL_PX

    def bytes_of(self, rows: int, columns: int) -> float:
        """What the blocks take that a window of this size touches at most."""
        return self._covered(0, rows) * self._covered(1, columns) * self.px_bytes

    def _covered(self, axis: int, length: int) -> int:
        """Pixels along one axis of the blocks that a length touches at most: it may begin and end within one."""
        block, image = self.block[axis], self.image[axis]
        return min(steps(image, block), max(0, min(length, image) - 2) // block + 2) * block


def blocks_of(rasters: Sequence[_Stored], grid: Grid) -> Blocks:
    """The largest blocks of some rasters in pixels of a grid, onto which they may be warped.

    Args:
        rasters: Those that are read together, whose bytes add up.
        grid: The grid they are read on.
    """
    across, down = _pixel(grid)
    rows = columns = 1
    px_bytes = 0.0
    for each in rasters:
        own_across, own_down = _pixel(each.grid)
        rows = max(rows, math.ceil(round(each.block_px[0] * own_down / down, 3)))
        columns = max(columns, math.ceil(round(each.block_px[1] * own_across / across, 3)))
        px_bytes += each.raw_bytes * across * down / (own_across * own_down)
    return Blocks((grid.height, grid.width), (rows, columns), px_bytes)


def _pixel(grid: Grid) -> tuple[float, float]:
    """Width and height of a pixel: metres, or map units that have no place on Earth."""
    place = grid.transform
    return grid.pixel_m or (math.hypot(place.a, place.d), math.hypot(place.b, place.e))
