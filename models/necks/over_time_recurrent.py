"""Collapses the dates of a pyramid by a recurrent block at its coarsest level, and by a weighted mean at the others.

Recurrence at full size would cost most of the network's time and lengthen its reach with each date. What changes from
date to date is followed where a value stands for much ground; the finer levels bring the detail, for which a mean over
dates with learned weights does (as the plain mean in the recurrent baselines of Garnot and Landrieu 2021).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn

from ..blocks.date_weights import DateWeights
from ..carriers import Level, Levels, Pyramid, Sequence, SequenceOf

BuildRecurrence = Callable[[Level, int], Any]
"""From the level of a date and the number of dates to a block that maps `(B, T, C, H, W)` to `(B, C', H, W)`."""


class RecurrentOverTime(nn.Module):
    """A recurrent block at the coarsest level, `DateWeights` at the finer ones.

    Attributes:
        gives: The pyramid without dates.
    """

    def __init__(self, source: SequenceOf, build: BuildRecurrence) -> None:
        """Build the recurrent block and the weights.

        Args:
            source: The series.
            build: Builds the recurrent block.
        """
        super().__init__()
        *fine, coarse = source.levels
        self.weights = nn.ModuleList(DateWeights(len(source.days), level.channels) for level in fine)
        self.recurrence = build(coarse, len(source.days))
        self.gives: Levels = (*fine, self.recurrence.gives)

    def forward(self, sequence: Sequence) -> Pyramid:
        """Map features `(B, T, C, H / stride, W / stride)` to `(B, C, H / stride, W / stride)`."""
        *fine, coarse = sequence.features
        means = [weigh(x) for weigh, x in zip(self.weights, fine, strict=True)]
        return Pyramid((*means, self.recurrence(coarse)))
