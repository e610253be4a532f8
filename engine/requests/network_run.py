"""Which rasters go through which network, where and how: the part that all map tasks share."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ..errors import InputError
from ..library.card import PRECISIONS
from .assignments import BandChoice, BandScale
from .card_fields import CardFields
from .words import check_word

GRIDS = ("input", "model")
SEAMS = ("auto", "exact", "blend")
TURNS = ("none", "flips", "rotations")

OF_RUN = {"turns": "TEST_TIME_AUGMENTATION"}
"""Parameters that have another name here."""

OF_CARD = {
    "bands": "BAND_NAMES",
    "resolution_m": "RESOLUTION",
    "confidence": "CONFIDENCE_THRESHOLD",
    "iou": "IOU_THRESHOLD",
}
"""The same of those that tell of the model."""

NAMELESS = ("inputs", "further_inputs", "mask_layer")
"""What has no parameter, or another in each algorithm."""


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
    """One network over one mosaic, or over several on one grid.

    Args:
        inputs: Raster files, taken as one mosaic; where they overlap, the earlier one shows.
        further_inputs: The files of each further input of a model with several, brought to the first one's grid. Of
            inputs that a model can do without, these and `inputs` may be empty; the finest that is given then stands
            for the first.
        model: The `.onnx` file.
        extent: Where results are wanted; `None`: everywhere.
        mask: Vector source of polygons outside of which nothing is said; empty: none.
        mask_layer: Layer in that source; empty: its first.
        bands: Which raster band feeds which model band, where the order alone does not say it.
        scale: What brings raw values into the model's range, where they are not.
        grid: `input`: results lie on the first input's grid; `model`: on the grid the network ran on.
        tile_size: Side of a tile in pixels, without its halo where seams are exact; 0: chosen automatically.
        seams: `exact`: tiles join bit for bit, which only networks without global operations allow; `blend`: they
            overlap and are averaged; `auto`: exact where possible.
        turns: Test-time augmentation: what is said of a tile is averaged over `none`, `flips` or `rotations`.
        device: `auto`, `cpu`, `cuda:N`, `directml` or `coreml`.
        precision: `fp32`, `bf16`, `int8`, or `auto`: what the model was made for.
        threads: Threads of the network; 0: all cores.
        max_memory_mb: Most memory that the worker may take for making rasters; 0: chosen automatically. Joining and
            tracing areas may take more where they are very many, which is told beforehand.
        resume: Whether an interrupted run of the same kind is continued, and this one kept if it is interrupted.
        card: What the user says of a model that says nothing itself.
    """

    inputs: tuple[str, ...]
    model: str
    further_inputs: tuple[tuple[str, ...], ...] = ()
    extent: Extent | None = None
    mask: str = ""
    mask_layer: str = ""
    bands: tuple[BandChoice, ...] = ()
    scale: tuple[BandScale, ...] = ()
    grid: str = "input"
    tile_size: int = 0
    seams: str = "auto"
    turns: str = "none"
    device: str = "auto"
    precision: str = "auto"
    threads: int = 0
    max_memory_mb: int = 0
    resume: bool = False
    card: CardFields = CardFields()

    def __post_init__(self) -> None:
        if not any((self.inputs, *self.further_inputs)):
            raise InputError("There is no input raster. Choose at least one.")
        words = (
            ("GRID", self.grid, GRIDS),
            ("SEAMS", self.seams, SEAMS),
            ("TEST_TIME_AUGMENTATION", self.turns, TURNS),
            ("PRECISION", self.precision, ("auto", *PRECISIONS)),
        )
        for name, found, known in words:
            check_word(name, found, known)
        if min(self.tile_size, self.threads, self.max_memory_mb) < 0:
            raise InputError("TILE_SIZE, THREADS and MAX_MEMORY_MB cannot be negative; 0 means automatic.")

    @property
    def files(self) -> tuple[tuple[str, ...], ...]:
        """The rasters of each input."""
        return (self.inputs, *self.further_inputs)

    @property
    def settings(self) -> dict[str, Any]:
        """What is asked for, by the names of parameters, as far as these are the same in all algorithms."""
        run = {name: value for name, value in asdict(self).items() if name not in NAMELESS}
        card = run.pop("card")
        return {
            **{OF_RUN.get(name, name.upper()): value for name, value in run.items()},
            **{OF_CARD.get(name, name.upper()): value for name, value in card.items()},
        }

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        rasters = (*self.inputs, *(path for files in self.further_inputs for path in files))
        return tuple(path for path in (*rasters, self.model, self.mask) if path)
