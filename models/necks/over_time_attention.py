"""Collapses the dates of a pyramid by temporal attention at its coarsest level.

After Garnot and Landrieu 2021 (U-TAE, arXiv 2107.07933, section 3.1, "att_group"): the shares of the dates, found by
L-TAE at the coarsest level, are enlarged and weigh the finer levels, whose channels are dealt out to the heads.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..blocks.enlarge import enlarge
from ..blocks.temporal_attention import TemporalAttention, heads_for, weigh_dates
from ..carriers import Level, Levels, Pyramid, Sequence, SequenceOf
from ..errors import MisfitError

MOST_HEADS = 16
CHANNELS_OF_A_HEAD = 16


class AttentionOverTime(nn.Module):
    """L-TAE at the coarsest level, its shares at the finer ones.

    Attributes:
        gives: The pyramid without dates.
    """

    def __init__(self, source: SequenceOf, heads: int, model_channels: int) -> None:
        """Build the attention.

        Args:
            source: The series; the channels of all levels are multiples of the heads.
            heads: Number of heads.
            model_channels: Number of channels that are attended to, all heads together.
        """
        super().__init__()
        *fine, coarse = source.levels
        self.attention = TemporalAttention(coarse, coarse.channels, heads, model_channels)
        self.factors = [_factor(level, coarse) for level in fine]
        collapsed = [_weighed(level, coarse, heads) for level in fine]
        self.gives: Levels = (*collapsed, self.attention.gives)
        first = source.days[0]
        self.days: Tensor
        self.register_buffer(
            "days", torch.tensor([[day - first for day in source.days]], dtype=torch.float32), persistent=False
        )

    def forward(self, sequence: Sequence, days: Tensor | None = None, padded: Tensor | None = None) -> Pyramid:
        """Collapse the dates of a series.

        Args:
            sequence: Features `(B, T, C, H / stride, W / stride)`.
            days: Days of the dates of each series, `(B, T)`; `None`: those that the network was built for.
            padded: Which dates are padding, `(B, T)`; `None`: none is.
        """
        *fine, coarse = sequence.features
        collapsed, shares = self.attention(coarse, self.days if days is None else days, padded)
        batch, dates, heads, height, width = shares.shape
        folded = shares.reshape(batch, dates * heads, height, width)
        features = []
        for x, factor in zip(fine, self.factors, strict=True):
            large = enlarge(folded, factor)
            features.append(weigh_dates(x, large.reshape(batch, dates, heads, *large.shape[-2:])))
        return Pyramid((*features, collapsed))


def attention_over_time(source: SequenceOf) -> AttentionOverTime:
    """Attention with the sizes of the paper: 16 heads of 16 channels; fewer where they do not divide the channels."""
    *fine, coarse = source.levels
    heads = heads_for(coarse.channels, (level.channels for level in fine), MOST_HEADS)
    return AttentionOverTime(source, heads, CHANNELS_OF_A_HEAD * heads)


def _factor(fine: Level, coarse: Level) -> int:
    factor, rest = divmod(coarse.stride_px, fine.stride_px)
    if rest or (factor > 1 and factor % 2):
        raise MisfitError(
            "The encoder gives levels of stride {fine} and {coarse} px; attention over time enlarges by even factors. "
            "Choose an encoder that halves the size from level to level.",
            fine=fine.stride_px,
            coarse=coarse.stride_px,
        )
    return factor


def _weighed(fine: Level, coarse: Level, heads: int) -> Level:
    if fine.channels % heads:
        raise MisfitError(
            "Attention over time has {heads} heads, the encoder a level of {channels} channels. Give multiples of the "
            "heads.",
            heads=heads,
            channels=fine.channels,
        )
    return fine.met(coarse.enlarged(_factor(fine, coarse)))
