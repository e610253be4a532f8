"""Stands in for an input that is not given: it holds nothing anywhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..grids.grid import Grid
from ..library.model_input import ModelInput
from .coverage import lattice
from .mosaic_reader import RasterChunk


class Absent:
    """No raster at all, where a model can do without one. Answers what `Rasters` and their readers are asked.

    Args:
        wants: What the model would read.
    """

    files: tuple[str, ...] = ()

    def __init__(self, wants: ModelInput) -> None:
        self.bands = tuple(range(1, wants.channels + 1))
        self.stamps: dict[str, tuple[float, int] | None] = {}
        self.told: list[str] = []

    def on(self, grid: Grid, bands: Sequence[int]) -> Absent:
        """Itself: it is the same on every grid."""
        return self

    def read(self, window: Window) -> RasterChunk:
        """Nothing, `(bands, rows, cols)`, all masked."""
        shape = len(self.bands), int(window.height), int(window.width)
        return RasterChunk(np.ma.MaskedArray(np.zeros(shape, np.uint8), mask=True), window)

    def covers(self, window: Window) -> bool:
        """As good as anywhere: it is no mistake."""
        return True

    def shown(self, grid: Grid, bands: Sequence[int]) -> NDArray[np.bool_]:
        """At no place of `coverage.lattice`."""
        return np.zeros(len(lattice(grid)), bool)

    def check_unchanged(self) -> None:
        """Nothing can change."""
