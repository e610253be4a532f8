"""Pre-train an encoder: let a network learn what images look like before there are labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from .spec_file import check_spec
from .words import check_word

CONTRASTIVE, CROSSMODAL, MAE = METHODS = ("contrastive", "crossmodal", "mae")
ENDING = ".safetensors"
LEAST_PX, MOST_PX = 16, 1024
"""Sides that a tile may have."""


@dataclass(frozen=True)
class PretrainEncoder:
    """What is asked of `pretrainencoder`.

    Args:
        inputs: Raster files of each sensor; those of one sensor are alike.
        checkpoint: File for the encoder's weights.
        method: `contrastive`: two views of a place look alike; `crossmodal`: two sensors tell one place alike; `mae`:
            what is hidden is told from the rest.
        spec: File with the spec of the network whose encoder learns; empty: that of the preset `landcover`, of two
            sensors `fusion`.
        tiles: How many tiles are drawn to learn from.
        tile_px: Their side.
        epochs: How often every tile is seen on average; 0: until a thousand steps are done.
        learning_rate: Highest learning rate; 0: the usual one.
        batch_size: Tiles of one step.
        seed: Start of all chance, that of the tiles' places included.
        resume: Whether a training that was interrupted goes on.
        device: `auto`, `cpu` or `cuda:N`.
        threads: Threads on the CPU; 0: all cores.
        report: HTML page; empty: none.
    """

    inputs: tuple[tuple[str, ...], ...]
    checkpoint: str
    method: str = CONTRASTIVE
    spec: str = ""
    tiles: int = 1000
    tile_px: int = 64
    epochs: int = 0
    learning_rate: float = 0.0
    batch_size: int = 32
    seed: int = 0
    resume: bool = False
    device: str = "auto"
    threads: int = 0
    report: str = ""

    def __post_init__(self) -> None:
        check_word("METHOD", self.method, METHODS)
        self._check_inputs()
        if not LEAST_PX <= self.tile_px <= MOST_PX:
            raise InputError(
                "TILE_SIZE is {found} px; it must lie between {least} and {most} px.",
                found=self.tile_px,
                least=LEAST_PX,
                most=MOST_PX,
            )
        if min(self.tiles, self.batch_size) < 2 or min(self.epochs, self.seed, self.threads, self.learning_rate) < 0:
            raise InputError(
                "TILES and BATCH_SIZE must be at least 2, and EPOCHS, LEARNING_RATE, SEED and THREADS cannot be "
                "negative."
            )
        if Path(self.checkpoint).suffix.lower() != ENDING:
            raise InputError(
                "CHECKPOINT is {path}; it must be a name that ends in {ending}.", path=self.checkpoint, ending=ENDING
            )
        if self.spec:
            check_spec(Path(self.spec))
        elif self.method == MAE:
            raise InputError(
                "METHOD is mae, which hides parts of the image. Only the encoder vit can leave them out, with window = "
                "0 and positions = waves: give a SPEC with that encoder, or choose another METHOD."
            )

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for, the weights first."""
        return tuple(path for path in (self.checkpoint, self.report) if path)

    @property
    def sources(self) -> tuple[str, ...]:
        """The files it reads."""
        return tuple(path for path in (*(path for files in self.inputs for path in files), self.spec) if path)

    def _check_inputs(self) -> None:
        """Refuse too few sensors for the method, and too many."""
        if not self.inputs or not self.inputs[0]:
            raise InputError("There is no image. Choose at least one in INPUT.")
        if self.method == CROSSMODAL and len(self.inputs) != 2:
            raise InputError(
                "METHOD is crossmodal, which learns what two sensors show of the same ground. Choose images of the "
                "second sensor in INPUT_2."
            )
        if self.method != CROSSMODAL and len(self.inputs) != 1:
            raise InputError(
                "INPUT_2 is given, which METHOD {method} does not read. Leave it empty, or choose crossmodal.",
                method=self.method,
            )
