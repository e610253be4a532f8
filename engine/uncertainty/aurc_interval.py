"""Tells how certain AURC is: what it would be on other ground like this, by drawing blocks of ground anew.

Pixels that lie beside each other are wrong together, so that drawing pixels would make intervals far too narrow.
What is drawn instead are square blocks of the ground that the reference covers, with all of their pixels (the block
bootstrap of space: Hall 1985, Resampling a coverage pattern, doi 10.1016/0304-4149(85)90212-1), and the interval is
that of the percentiles. Blocks that lie side by side are not quite independent either: it is rather too narrow than
too wide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..verification.draws import times_drawn
from ..verification.reference import BLOCKS, LEAST_BLOCK_PX
from .risk_coverage import mean_risk

STEPS = 2**10
"""Steps of how unsure the network is. They are finer where it is sure, which is where most pixels are: by the fourth
root."""

DRAWS = 1000
PERCENTILES = (2.5, 97.5)

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Ground:
    """The part of a map whose classes are known, divided into square blocks.

    Args:
        top: Its first row.
        left: Its first column.
        rows: How many it has.
        columns: How many it has.
    """

    top: int
    left: int
    rows: int
    columns: int

    @classmethod
    def around(cls, parts: Sequence[tuple[int, int, int, int]]) -> Ground:
        """What holds all parts, each given by its first row and column and its last ones."""
        first_rows, first_columns, last_rows, last_columns = zip(*parts)
        top, left = min(first_rows), min(first_columns)
        return cls(top, left, max(last_rows) - top + 1, max(last_columns) - left + 1)

    @property
    def block_px(self) -> int:
        """Side of a block; of a long strip no more than `BLOCKS` lie along it."""
        even = math.sqrt(self.rows * self.columns / BLOCKS)
        return max(LEAST_BLOCK_PX, math.ceil(even), math.ceil(max(self.rows, self.columns) / BLOCKS))

    @property
    def blocks(self) -> int:
        """How many there are."""
        return -(-self.rows // self.block_px) * -(-self.columns // self.block_px)

    def block_of(self, rows: Integers, columns: Integers) -> Integers:
        """Number of the block of each pixel of the map."""
        across = -(-self.columns // self.block_px)
        return (rows - self.top) // self.block_px * across + (columns - self.left) // self.block_px


@dataclass(frozen=True)
class AurcInterval:
    """Where AURC lies, 95 %.

    Args:
        low: Its lower end; NaN where there are not two blocks to draw from, or all draws would say the same: no pixel
            is wrong, or each is.
        high: Its upper end.
        blocks: From how many blocks it was drawn: those that hold pixels.
        block_px: Their side.
    """

    low: float
    high: float
    blocks: int
    block_px: int

    @property
    def is_known(self) -> bool:
        """Whether there is one."""
        return not math.isnan(self.low)


class BlockErrors:
    """Pixels and errors of each block, by how unsure the network is."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._pixels = np.zeros((ground.blocks, STEPS))
        self._errors = np.zeros((ground.blocks, STEPS))

    def add(self, unsure: NDArray[np.floating], wrong: NDArray[np.bool_], rows: Integers, columns: Integers) -> None:
        """Count some pixels.

        Args:
            unsure: How unsure the network is, 0–1, `(pixels,)`.
            wrong: Whether the class that it chose is wrong, `(pixels,)`.
            rows: Row of each on the map.
            columns: Column of each.
        """
        steps = np.clip(np.sqrt(np.sqrt(np.clip(unsure, 0, 1))) * STEPS, 0, STEPS - 1).astype(np.int64)
        places = self._ground.block_of(rows, columns) * STEPS + steps
        size = self._pixels.size
        self._pixels += np.bincount(places, minlength=size).reshape(self._pixels.shape)
        self._errors += np.bincount(places[wrong], minlength=size).reshape(self._errors.shape)

    def interval(self, aurc: float, seed: int = 0) -> AurcInterval:
        """The interval round what AURC is.

        Args:
            aurc: AURC of all pixels, by finer steps: the draws are moved by what it differs from theirs.
            seed: Where chance begins.
        """
        there = self._pixels.sum(axis=1) > 0
        blocks, wrong = int(there.sum()), self._errors.sum()
        if blocks < 2 or wrong in (0, self._pixels.sum()):
            return AurcInterval(math.nan, math.nan, blocks, self._ground.block_px)
        filled = self._pixels.sum(axis=0) > 0
        pixels, errors = (counts[there][:, filled] for counts in (self._pixels, self._errors))
        random = np.random.default_rng(seed)
        times = np.stack([*times_drawn(random, blocks, DRAWS)])
        drawn = mean_risk(times @ pixels, times @ errors) + (aurc - mean_risk(pixels.sum(axis=0), errors.sum(axis=0)))
        low, high = np.clip(np.percentile(drawn, PERCENTILES), 0, 1)
        return AurcInterval(float(low), float(high), blocks, self._ground.block_px)
