"""Collapses the dates of a pyramid by attention over what a ConvLSTM knows at each date.

A recurrence alone hands on its last state, into which all earlier dates must fit; attention alone looks at each date
without the ones before it. Here the attention of U-TAE (`over_time_attention.py`) chooses among the states of all
dates, each of which has followed the series, and its surroundings, so far.
"""

from __future__ import annotations

import torch
from torch import nn

from ..blocks.conv_lstm import ConvLSTM
from ..carriers import Levels, Pyramid, Sequence, SequenceOf
from .over_time_attention import attention_over_time


class RecurrentAttentionOverTime(nn.Module):
    """A ConvLSTM at the coarsest level, L-TAE over its states, the shares of which weigh the finer levels.

    Attributes:
        gives: The pyramid without dates.
    """

    def __init__(self, source: SequenceOf) -> None:
        """Build both.

        Args:
            source: The series.
        """
        super().__init__()
        *fine, coarse = source.levels
        self.recurrence = ConvLSTM(coarse, len(source.days), coarse.channels)
        self.attention = attention_over_time(SequenceOf((*fine, self.recurrence.gives), source.days))
        self.gives: Levels = self.attention.gives

    def forward(self, sequence: Sequence) -> Pyramid:
        """Map features `(B, T, C, H / stride, W / stride)` to `(B, C, H / stride, W / stride)`."""
        *fine, coarse = sequence.features
        states = torch.stack(list(self.recurrence.at_each_date(coarse)), dim=1)  # (B, T, C, H, W)
        collapsed: Pyramid = self.attention(Sequence((*fine, states)))
        return collapsed
