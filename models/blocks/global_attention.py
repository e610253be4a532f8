"""Global self-attention: every token looks at every other."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..carriers import Level
from ..errors import SpecError


class GlobalAttention(nn.Module):
    """Scaled dot-product attention with several heads over all tokens.

    After Vaswani et al. 2017 (arXiv 1706.03762, equation 1 and section 3.2.2), queries, keys and values from the
    same tokens, as in the encoder of Dosovitskiy et al. 2021 (arXiv 2010.11929).

    Attributes:
        gives: The grid of tokens this block gives.
    """

    def __init__(self, source: Level, heads: int) -> None:
        """Build the projections.

        Args:
            source: The grid of tokens that comes in.
            heads: Number of heads; the channels are shared out among them.
        """
        super().__init__()
        check_heads(source.channels, heads)
        self.heads = heads
        self.gives = source.seeing_all("self-attention")
        self.project = nn.Linear(source.channels, 3 * source.channels)
        self.join = nn.Linear(source.channels, source.channels)

    def forward(self, x: Tensor) -> Tensor:
        """Map tokens `(B, N, C)`, or on their grid `(B, rows, cols, C)`, to the same shape."""
        tokens = x.flatten(1, -2)  # (B, N, C)
        joined: Tensor = self.join(attend(self.project(tokens), self.heads))
        return joined.reshape(x.shape)


def attend(projected: Tensor, heads: int, bias: Tensor | None = None) -> Tensor:
    """Scaled dot-product attention within groups of tokens.

    Args:
        projected: Queries, keys and values side by side, `(..., N, 3 C)`.
        heads: Number of heads.
        bias: Added to the similarities before the softmax, broadcast to `(..., heads, N, N)`; None: nothing is.

    Returns:
        For each token the heads' weighted means of the values, side by side, `(..., N, C)`.
    """
    split = projected.reshape(*projected.shape[:-1], 3, heads, -1).transpose(-4, -2)  # (..., heads, 3, N, C / heads)
    queries, keys, values = split.unbind(-3)
    similarity = (queries * queries.shape[-1] ** -0.5) @ keys.transpose(-2, -1)  # (..., heads, N, N)
    weights = torch.softmax(similarity if bias is None else similarity + bias, dim=-1)
    means: Tensor = weights @ values  # (..., heads, N, C / heads)
    return means.transpose(-3, -2).flatten(-2)


def check_heads(channels: int, heads: int) -> None:
    """Refuse channels that cannot be shared out among the heads."""
    if heads < 1 or channels % heads:
        raise SpecError(
            "The attention has {heads} heads for {channels} channels. Choose a number of heads that divides them.",
            heads=heads,
            channels=channels,
        )
