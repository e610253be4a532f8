"""Attention across sensors: what one sees asks what the others see nearby."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from ..carriers import Level
from .global_attention import check_heads
from .windows import merged, windows_of


class CrossAttention(nn.Module):
    """Adds to the features of one sensor the means of the other sensors' features, weighed by how well they answer.

    Scaled dot-product attention with queries from one source and keys and values from others, after Vaswani et al.
    2017 (arXiv 1706.03762, section 3.2.3), with one deviation: it looks within windows that lie aligned to the image's
    origin, so that tiles join without seams.

    Attributes:
        gives: The feature map this block gives, that of the sensor that asks.
    """

    def __init__(self, own: Level, others: Sequence[Level], heads: int, window: int) -> None:
        """Build the projections.

        Args:
            own: Features of the sensor that asks.
            others: Features of the others, of the same stride.
            heads: Number of heads; the channels are shared out among them.
            window: Height and width of a window, in values.
        """
        super().__init__()
        check_heads(own.channels, heads)
        self.heads, self.window = heads, window
        seen = own
        for other in others:
            seen = seen.met(other)
        self.gives = seen.boxed(window)
        self.ask = nn.Linear(own.channels, own.channels)
        self.answers = nn.ModuleList(nn.Linear(other.channels, 2 * own.channels) for other in others)
        self.join = nn.Linear(own.channels, own.channels)

    def forward(self, own: Tensor, others: Sequence[Tensor]) -> Tensor:
        """Map `(B, C, H, W)` and the others' features of the same size to the same shape; H and W are whole windows."""
        grid = own.permute(0, 2, 3, 1)  # (B, H, W, C)
        queries = self._heads(self.ask(windows_of(grid, self.window)))
        told = [
            answer(windows_of(other.permute(0, 2, 3, 1), self.window))  # (B, windows, N, 2 C)
            for answer, other in zip(self.answers, others, strict=True)
        ]
        keys, values = (self._heads(part) for part in torch.cat(told, dim=2).chunk(2, dim=-1))
        similarity = (queries * queries.shape[-1] ** -0.5) @ keys.transpose(-2, -1)  # (B, windows, heads, N, others N)
        means = (torch.softmax(similarity, dim=-1) @ values).transpose(2, 3).flatten(-2)  # (B, windows, N, C)
        return own + merged(self.join(means), grid, self.window).permute(0, 3, 1, 2)

    def _heads(self, tokens: Tensor) -> Tensor:
        """Share the channels out: `(B, windows, N, C)` to `(B, windows, heads, N, C / heads)`."""
        return tokens.reshape(*tokens.shape[:-1], self.heads, -1).transpose(2, 3)
