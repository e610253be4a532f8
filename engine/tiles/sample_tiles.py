"""Cuts tiles out of images, spread over them and scaled for a network, with labels where there are any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import Grid, model_grid
from ..images.mosaic_reader import MosaicReader
from ..images.rasters import Rasters
from ..images.transparency import warn_of_transparency
from ..library.model_input import ModelInput
from ..progress import Progress
from ..requests.assignments import BandChoice, BandScale
from ..values.bands import choose_bands, warn_of_surplus
from ..values.scaling import Scaling, choose_scaling
from ..values.stretching import stretch_or_check

SIDES_PX = (512, 384, 256, 128, 64)
"""Sides of tiles, the largest first that gives as many as are wanted; cut down to the network's stride."""

FULL = 0.5
"""Share of a tile's pixels that must be known."""


@dataclass(frozen=True)
class SampleTile:
    """A part of an image.

    Args:
        values: What the network gets, `(bands, rows, cols)`; 0 where nothing is known.
        known: Where something is, `(rows, cols)`.
        labels: True classes, `(rows, cols)`, masked where nobody said; `None` where there are no labels.
    """

    values: NDArray[np.float32]
    known: NDArray[np.bool_]
    labels: np.ma.MaskedArray | None


@dataclass(frozen=True)
class _Source:
    """An image on the grid that the network works on."""

    reader: MosaicReader
    bands: int
    scaling: Scaling
    labels: str


def sample_tiles(
    images: Sequence[str],
    labels: Sequence[str],
    wants: ModelInput,
    stride_px: int,
    choices: tuple[Sequence[BandChoice], Sequence[BandScale]],
    count: int,
    progress: Progress,
    fixed_px: tuple[int, int] | None = None,
) -> list[SampleTile]:
    """Cut tiles that do not overlap, in random order.

    Args:
        images: Raster files, each taken for itself.
        labels: Class rasters: none, one for all images, or one for each.
        wants: What the network reads.
        stride_px: Sides of tiles are multiples of it.
        choices: What the user says of bands and scaling.
        count: How many tiles are wanted; there may be fewer.
        progress: Is told how the values of an image are brought to those of the model.
        fixed_px: Rows and columns of the only tile that the network takes; `None`: any.

    Raises:
        InputError: An image does not suit the network, or they hold too little for two tiles.
    """
    with ExitStack() as stack:
        sources = []
        for number, path in enumerate(images):
            rasters = stack.enter_context(Rasters([path]))
            bands = choose_bands(rasters, wants, choices[0])
            warn_of_surplus(rasters, bands, wants, choices[0], progress)
            warn_of_transparency([path], progress)
            found = stretch_or_check(rasters.sample(bands), rasters.scales(bands), wants, choices[1], 1, progress)
            reader = rasters.on(model_grid(rasters.grid, wants), bands)
            truth = labels[min(number, len(labels) - 1)] if labels else ""
            sources.append(_Source(reader, len(bands), choose_scaling(wants, (*choices[1], *found)), truth))
        tiles: list[SampleTile] = []
        sizes_px = [fixed_px] if fixed_px else [(side_px, side_px) for side_px in _sides_px(stride_px)]
        for size_px in sizes_px:
            tiles = _cut(sources, size_px, count)
            if len(tiles) >= count:
                break
    if len(tiles) < 2:
        raise InputError(
            "The images hold too little data: at least two tiles of {rows} x {cols} px are needed. Choose larger ones.",
            rows=sizes_px[-1][0],
            cols=sizes_px[-1][1],
        )
    return tiles


def _sides_px(stride_px: int) -> list[int]:
    """Sides of tiles to try: the usual ones, cut down to multiples of a stride, but one stride at least."""
    return list(dict.fromkeys(max(1, side_px // stride_px) * stride_px for side_px in SIDES_PX))


def _cut(sources: Sequence[_Source], size_px: tuple[int, int], count: int) -> list[SampleTile]:
    """Tiles of so many rows and columns, those left out that are mostly unknown."""
    cells = [(source, window) for source in sources for window in _cells(source.reader.grid, *size_px)]
    tiles: list[SampleTile] = []
    for number in np.random.default_rng(0).permutation(len(cells)):
        source, window = cells[number]
        chunk = source.reader.read(window)
        if chunk.valid.mean() < FULL:
            continue
        values = np.empty((source.bands, *size_px), np.float32)
        source.scaling.apply(chunk, values)
        truth = _labels(source.labels, source.reader.grid, window) if source.labels else None
        tiles.append(SampleTile(values, chunk.valid, truth))
        if len(tiles) == count:
            break
    return tiles


def _cells(grid: Grid, rows: int, columns: int) -> Iterator[Window]:
    """Rectangles that lie side by side on a grid."""
    for row in range(0, grid.height - rows + 1, rows):
        for column in range(0, grid.width - columns + 1, columns):
            yield Window(column, row, columns, rows)


def _labels(path: str, grid: Grid, window: Window) -> np.ma.MaskedArray:
    """Classes in a window of a grid, `(rows, cols)`: the nearest where the raster lies on another.

    Raises:
        InputError: The raster cannot be read, or does not lie there.
    """
    with Rasters([path]) as rasters:
        reader = rasters.on(grid, rasters.bands[:1], resampling=Resampling.nearest)
        return np.ma.MaskedArray(reader.read(window).values[0])
