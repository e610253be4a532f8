"""Lightweight temporal attention (L-TAE): how much each date of a pixel counts, and what the dates say together.

After Garnot and Landrieu 2020 (arXiv 2007.00586) as used on maps in U-TAE (2021, arXiv 2107.07933). Deviations: no
dropout; 1 × 1 convolutions over maps in place of matrix products over pixels, which is the same and faster.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor, nn

from ..carriers import Level
from ..errors import MisfitError
from .day_encoding import day_encoding
from .pixel_norm import PixelNorm

CHANNELS_OF_A_GROUP = 4
"""Fewest channels that a head should give: they are normalised together, and one by itself would be 0 throughout."""

MASKED = -1e3
"""Score of a date that is padding: its share then is 0 in float32."""


class TemporalAttention(nn.Module):
    """Attention with one learned query for each head, which all pixels share; the channels are dealt out to the heads.

    A pixel is looked at by itself.

    Attributes:
        gives: The feature map behind.
    """

    def __init__(self, source: Level, channels: int, heads: int, model_channels: int, key_channels: int = 4) -> None:
        """Build the block.

        Args:
            source: The feature map of one date; its channels a multiple of the heads.
            channels: Number of channels that go out, a multiple of the heads.
            heads: Number of heads.
            model_channels: Number of channels that are attended to, all heads together: an even number for each.
            key_channels: Length of the keys of one head.
        """
        super().__init__()
        too_few = channels < 2 * heads
        if too_few or source.channels % heads or channels % heads or model_channels % (2 * heads):
            raise MisfitError(
                "Temporal attention has {heads} heads for {source} channels that come in, {model} inside and "
                "{channels} that go out. Give multiples of the heads, an even one inside, at least 2 behind.",
                heads=heads,
                source=source.channels,
                model=model_channels,
                channels=channels,
            )
        self.heads = heads
        self.model_channels = model_channels
        self.key_channels = key_channels
        self.entry_norm = PixelNorm(source.channels, heads)
        self.entry = nn.Conv2d(source.channels, model_channels, kernel_size=1)
        self.keys = nn.Conv2d(model_channels, heads * key_channels, kernel_size=1)
        spread = math.sqrt(2 / key_channels)
        nn.init.normal_(self.keys.weight, std=spread)
        self.queries = nn.Parameter(torch.randn(heads, key_channels) * spread)
        self.mixing = nn.Sequential(
            nn.Conv2d(model_channels, channels, kernel_size=1), nn.BatchNorm2d(channels), nn.ReLU()
        )
        self.exit_norm = PixelNorm(channels, heads)
        self.gives = source.convolved(channels, kernel=1)

    def forward(self, x: Tensor, days: Tensor, padded: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Collapse the dates.

        Args:
            x: Features of a series, `(B, T, C, H, W)`.
            days: Days of the dates, counted from any day, `(B, T)`, or `(1, T)` where all series have the same.
            padded: Which dates are padding and do not count, `(B, T)`; `None`: none is.

        Returns:
            Features `(B, channels, H, W)`, and the share of each date, `(B, T, heads, H, W)`, 0–1.
        """
        batch, dates, channels, height, width = x.shape
        folded = self.entry_norm(x).reshape(batch * dates, channels, height, width)
        values = self.entry(folded).reshape(batch, dates, self.model_channels, height, width)
        encoding = day_encoding(days, self.model_channels // self.heads).repeat(1, 1, self.heads)
        values = values + encoding[..., None, None]

        keys = self.keys(values.reshape(batch * dates, self.model_channels, height, width))
        keys = keys.reshape(batch, dates, self.heads, self.key_channels, height, width)
        scores = (keys * self.queries[..., None, None]).sum(dim=3) / math.sqrt(self.key_channels)
        if padded is not None:
            scores = torch.where(padded[:, :, None, None, None], MASKED, scores)
        shares = scores.softmax(dim=1)  # (B, T, heads, H, W)
        collapsed = self.exit_norm(self.mixing(weigh_dates(values, shares))[:, None])[:, 0]
        return collapsed, shares


def heads_for(channels: int, others: Iterable[int], most: int) -> int:
    """The number of heads, `most` at most, that divides all channels and leaves `CHANNELS_OF_A_GROUP` to each head.

    Args:
        channels: Number of channels that the attention gives.
        others: Further numbers of channels that the heads share.
        most: Largest number of heads.
    """
    shared = math.gcd(channels, *others)
    enough = range(1, min(most, max(1, channels // CHANNELS_OF_A_GROUP)) + 1)
    return max(heads for heads in enough if shared % heads == 0)


def weigh_dates(x: Tensor, shares: Tensor) -> Tensor:
    """Add up the dates of a series, each head's channels by the head's shares.

    Args:
        x: Features of a series, `(B, T, C, H, W)`, C a multiple of the heads.
        shares: Share of each date, `(B, T, heads, H, W)`.

    Returns:
        Features `(B, C, H, W)`.
    """
    batch, dates, channels, height, width = x.shape
    heads = shares.shape[2]
    grouped = x.reshape(batch, dates, heads, channels // heads, height, width)
    return (grouped * shares[:, :, :, None]).sum(dim=1).reshape(batch, channels, height, width)
