"""What networks over time are tried on: moving fronts that were made up, and floods before and after.

Both give tiles to learn from and tiles to be judged on, each with the number of the group it belongs to: a series, or
a run of images whose numbers are neighbours. Groups, not pixels, are what intervals are drawn from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import torch
from terraloom.models.augmentation import STRENGTHS, Strength
from terraloom.models.objectives.objective import Batch
from terraloom.models.spec import InputSpec
from torch import Generator

from .composition_rows import DATES
from .composition_sets import Floods
from .moving_fronts import DAYS, draw_series

FRONTS, FLOODS = "fronts", "floods"
SERIES, BLOCKS, TEST = "series", "blocks", "test"
"""Parts that are judged: made-up series; blocks of OMBRIA's training set, and its test."""

LEARNT, JUDGED = 384, 160
"""Series to learn from, and to be judged on."""

FIRST_JUDGED = 1_000_000
"""Seed of the first series to be judged on; those to learn from begin at 0."""

TILES = 8
"""Series of a batch."""

KEPT_OUT = (1, 4)
"""Blocks of the floods that are judged and not learnt from, fixed beforehand."""

RUN = 13
"""Images of a run of neighbouring numbers: eight runs a block."""


class TimeSet(Protocol):
    """Tiles of series.

    Attributes:
        source: The series.
        classes: Number of classes: none, and on which date.
        strength: How far tiles are varied to learn from.
    """

    source: InputSpec
    classes: int
    strength: Strength

    def draw(self, generator: Generator) -> Batch:
        """One batch to learn from."""
        ...

    def judged(self) -> Iterator[tuple[str, list[int], Batch]]:
        """What is judged, a batch at a time: its part, the group of each tile, and the tiles."""
        ...


class Fronts:
    """Series of `moving_fronts`; the classes are on which date the front first passed."""

    source, classes = InputSpec(1, "series", DAYS), len(DAYS)
    strength = STRENGTHS["geometric"]  # light and noise differ as they are drawn

    def __init__(self, data: Path, learnt: int = LEARNT, judged: int = JUDGED) -> None:
        """Draw all series.

        Args:
            data: Not needed: these are made up.
            learnt: Series to learn from.
            judged: Series to be judged on.
        """
        self._learnt, self._judged = _drawn(range(learnt)), _drawn(range(FIRST_JUDGED, FIRST_JUDGED + judged))

    def draw(self, generator: Generator) -> Batch:
        """Any series."""
        return self._batch(self._learnt, torch.randint(len(self._learnt.target), (TILES,), generator=generator))

    def judged(self) -> Iterator[tuple[str, list[int], Batch]]:
        """Each series is a group."""
        for numbers in torch.arange(len(self._judged.target)).split(TILES):
            yield SERIES, numbers.tolist(), self._batch(self._judged, numbers)

    def _batch(self, series: Batch, numbers: torch.Tensor) -> Batch:
        return Batch((series.inputs[0][numbers],), series.target[numbers])


class FloodPairs:
    """The floods of `composition_sets`, with blocks that are not learnt from; the classes are dry and flooded."""

    source, classes = DATES, 2
    strength = STRENGTHS["light"]

    def __init__(self, data: Path) -> None:
        """Read all images.

        Args:
            data: Folder with `ombria/train` and `ombria/test`.
        """
        self._floods = Floods(data, KEPT_OUT)

    def draw(self, generator: Generator) -> Batch:
        """Tiles cut anywhere."""
        return self._floods.draw(generator)

    def judged(self) -> Iterator[tuple[str, list[int], Batch]]:
        """The blocks, a group for each run of images, then the official test, a group for each batch of four images."""
        for numbers, batch in self._floods.kept_out():
            yield BLOCKS, [number // RUN for number in numbers], batch
        for group, (_, batch) in enumerate(self._floods.held_out()):
            yield TEST, [group] * len(batch.target), batch


SETS: Mapping[str, Callable[[Path], TimeSet]] = {FRONTS: Fronts, FLOODS: FloodPairs}


def _drawn(seeds: range) -> Batch:
    """All series of some seeds."""
    images, passed = zip(*(draw_series(seed).tensors() for seed in seeds), strict=True)
    return Batch((torch.stack(images),), torch.stack(passed))
