"""Which rasters go through which network, where and how: the part that all map tasks share."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from .assignments import BandChoice, BandScale

GRIDS = ("input", "model")


@dataclass(frozen=True)
class Extent:
    """A rectangle in map units of its coordinate reference system (`crs`: WKT or an authority code)."""

    left: float
    bottom: float
    right: float
    top: float
    crs: str

    def __post_init__(self) -> None:
        if not (self.left < self.right and self.bottom < self.top):
            raise InputError("The extent is empty. Choose one that covers part of the input.")


@dataclass(frozen=True)
class NetworkRun:
    """One network over one mosaic.

    Args:
        inputs: Raster files, taken as one mosaic; where they overlap, the earlier one shows.
        model: The `.onnx` file.
        extent: Where results are wanted; `None`: everywhere.
        mask: Vector source of polygons outside of which nothing is said; empty: none.
        mask_layer: Layer in that source; empty: its first.
        bands: Which raster band feeds which model band, where the order alone does not say it.
        scale: What brings raw values into the model's range, where they are not.
        grid: `input`: results lie on the first input's grid; `model`: on the grid the network ran on.
        tile_size: Side of a tile in pixels without its halo; 0: chosen automatically.
        device: `auto`, `cpu`, or `cuda:N`.
        threads: Threads of the network; 0: all cores.
    """

    inputs: tuple[str, ...]
    model: str
    extent: Extent | None = None
    mask: str = ""
    mask_layer: str = ""
    bands: tuple[BandChoice, ...] = ()
    scale: tuple[BandScale, ...] = ()
    grid: str = "input"
    tile_size: int = 0
    device: str = "auto"
    threads: int = 0

    def __post_init__(self) -> None:
        if not self.inputs:
            raise InputError("There is no input raster. Choose at least one.")
        if self.grid not in GRIDS:
            raise InputError("GRID is {found}; it must be input or model.", found=self.grid)
        if self.tile_size < 0 or self.threads < 0:
            raise InputError("TILE_SIZE and THREADS cannot be negative; 0 means automatic.")

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        return tuple(path for path in (*self.inputs, self.model, self.mask) if path)
