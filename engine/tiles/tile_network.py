"""Says what a scene asks about each tile: one network, or several that speak as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..library.card import ModelCard


class Runs(Protocol):
    """What runs a network, as far as tiles are planned and results signed by it."""

    @property
    def card(self) -> ModelCard:
        """What must be known to run it."""

    @property
    def provider(self) -> str:
        """What really runs it."""

    @property
    def precision(self) -> str:
        """What it really computes with."""

    @property
    def sha256(self) -> str:
        """What tells its weights from others."""

    @property
    def fixed_px(self) -> tuple[int, int] | None:
        """Rows and columns of the only tile that it takes; `None`: any."""

    def bytes_per_px(self, at_most: bool) -> float:
        """Memory that it takes itself for each pixel of a tile: usually, or at most."""

    @property
    def gives_back(self) -> bool:
        """Whether others may have that memory between two tiles."""

    def close(self) -> None:
        """Let go of its memory; what it says of itself can still be asked."""


class TileNetwork(Runs, Protocol):
    """What answers for a tile. `Network` is one; the members of an ensemble together are another."""

    @property
    def channels(self) -> int:
        """Channels of its result."""

    def __call__(self, values: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """Answer for one tile: `(bands, rows, cols)` of each input, scaled, to `(channels, rows, cols)`."""

    def give_back(self, output: NDArray[np.float32]) -> None:
        """Take back what was given for a tile: a later tile may go into the same memory."""
