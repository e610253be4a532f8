"""Reads the part of a scene that matters for a place: as far around it as the network sees."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..errors import InputError
from ..scene import Scene
from ..tiles.tiling import Reach, Tile, Tiling, steps
from .baseline import Baseline

USUAL_PX = 512
"""Side of the window for networks that look at all of it, where their card names none."""


@dataclass(frozen=True)
class View:
    """A window of a scene as the network takes it.

    Args:
        tile: What is read, and the core whose outputs are those of the whole image.
        image: All channels of all inputs, scaled, `(channels, rows, cols)`; 0 where nothing is known.
        known: Where the image shows something, `(rows, cols)`.
        measured: Where each channel does, `(channels, rows, cols)`: a model may do without an input or a date.
        on_image: The part of it that lies on the image, on the model's grid.
        place: Rows and columns of that part.
    """

    tile: Tile
    image: NDArray[np.float32]
    known: NDArray[np.bool_]
    measured: NDArray[np.bool_]
    on_image: Window
    place: tuple[slice, slice]

    def without(self, baseline: Baseline) -> NDArray[np.float32]:
        """What is left when all that is known is taken away, `(channels, rows, cols)`; what is unknown stays so."""
        return np.where(self.measured, baseline(self.image, self.measured), self.image).astype(np.float32)


def tile_round(scene: Scene, core: Window) -> Tile:
    """What must be read so that the outputs of a core are those of the whole image.

    Args:
        scene: What was opened.
        core: A window of the model's grid.

    Raises:
        InputError: The network looks at tiles of one size, and none of them holds the core.
    """
    height, width = scene.grid.height, scene.grid.width
    if scene.blends:
        side = scene.card.tile_px or USUAL_PX
        rows, cols = scene.reach.fixed_px or (side, side)
        stride, fixed = scene.reach.stride_px, scene.reach.fixed_px is not None
        top, rows = _around(int(core.row_off), int(core.height), rows, stride, height, fixed)
        left, cols = _around(int(core.col_off), int(core.width), cols, stride, width, fixed)
        tile = Tile(Window(left, top, cols, rows), core)
    else:
        size = max(1, int(core.height)), max(1, int(core.width))
        tile = next(iter(Tiling(width, height, core, scene.reach, size, 1))).tiles[0]
    if not _holds(held_by(scene, tile), core):
        raise InputError(
            "The place to be explained is {rows} x {cols} px large; no tile of {tile_rows} x {tile_cols} px, as "
            "{model} takes it, holds it with all that counts for it (tiles begin every {stride} px). Choose a smaller "
            "one.",
            rows=int(core.height),
            cols=int(core.width),
            model=scene.card.model_id,
            tile_rows=int(tile.read.height),
            tile_cols=int(tile.read.width),
            stride=scene.reach.stride_px,
        )
    return tile


def held_by(scene: Scene, tile: Tile) -> Window:
    """The part of the image of which a tile says what the whole image says: all, or all but the halo within it."""
    reach, read = replace(scene.reach, halo_px=0) if scene.blends else scene.reach, tile.read
    top, bottom = _without_halo(reach, int(read.row_off), int(read.height), scene.grid.height)
    left, right = _without_halo(reach, int(read.col_off), int(read.width), scene.grid.width)
    return Window(left, top, right - left, bottom - top)


def read_view(scene: Scene, tile: Tile) -> View:
    """Read and scale a tile of every input."""
    rows, cols = int(tile.read.height), int(tile.read.width)
    on_image, place = scene.on_image(tile.read)
    image = np.zeros((sum(len(source.bands) for source in scene.sources), rows, cols), np.float32)
    known = np.zeros((rows, cols), bool)
    chunks = [source.reader.read(on_image) for source in scene.sources]
    valid = scene.valid(chunks)
    known[place] = True if valid is None else valid
    measured = np.zeros(image.shape, bool)
    start = 0
    for source, chunk in zip(scene.sources, chunks):
        channels = slice(start, start + len(source.bands))
        source.scaling.apply(chunk, image[channels, place[0], place[1]])
        measured[channels, place[0], place[1]] = ~np.ma.getmaskarray(chunk.values)
        start = channels.stop
    return View(tile, image, known, measured & known, on_image, place)


def _around(start: int, length: int, size: int, stride: int, limit: int, fixed: bool) -> tuple[int, int]:
    """Start and size along one axis of a tile with a core in its middle, on the lattice of the stride."""
    padded = steps(limit, stride) * stride
    size = size if fixed else min(steps(size, stride) * stride, padded)
    first = (start + length // 2 - size // 2) // stride * stride
    first = max(0, min(first, (padded - size) // stride * stride))
    return max(first, steps(start + length - size, stride) * stride), size  # the lattice must not cut the core off


def _without_halo(reach: Reach, first: int, size: int, limit: int) -> tuple[int, int]:
    """Start and end along one axis of what a tile tells of an image; at the image's edge no halo is lacking."""
    start = 0 if first <= -reach.margin_px else first + reach.halo_px
    end = limit if first + size >= limit + reach.margin_px else first + size - reach.halo_px
    return start, max(start, end)


def _holds(window: Window, part: Window) -> bool:
    """Whether a part lies within a window."""
    return bool(
        window.row_off <= part.row_off
        and window.col_off <= part.col_off
        and part.row_off + part.height <= window.row_off + window.height
        and part.col_off + part.width <= window.col_off + window.width
    )
