"""Windowed self-attention: every token looks at the others of its window."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..carriers import Level
from ..errors import SpecError
from .global_attention import attend, check_heads
from .windows import merged, windows_of

OUTSIDE = -1e4
"""Added to the similarity with places outside the image: their weight is 0, also in double precision."""


class WindowAttention(nn.Module):
    """Attention with several heads within squares of tokens, with a learnt bias for each relative position.

    After Liu et al. 2021 (Swin, arXiv 2103.14030, section 3.2 and equation 4), with one deviation: shifted windows
    that reach beyond the image are padded and what lies outside is masked, where Swin rolls the map around. Windows
    lie aligned to the image's origin, so tiles join without seams.

    Attributes:
        gives: The grid of tokens this block gives.
    """

    place: Tensor

    def __init__(self, source: Level, heads: int, window: int, shift: int = 0) -> None:
        """Build the projections.

        Args:
            source: The grid of tokens that comes in.
            heads: Number of heads; the channels are shared out among them.
            window: Height and width of a window, in tokens.
            shift: By how many tokens the windows begin before the origin, less than `window`.
        """
        super().__init__()
        check_heads(source.channels, heads)
        if not 0 <= shift < window:
            raise SpecError(
                "The windows of the attention are {window} tokens wide and shifted by {shift}. Choose a window of at "
                "least 1 token and a smaller shift.",
                window=window,
                shift=shift,
            )
        self.heads = heads
        self.window = window
        self.shift = shift
        self.gives = source.boxed(window)
        self.project = nn.Linear(source.channels, 3 * source.channels)
        self.join = nn.Linear(source.channels, source.channels)
        self.bias = nn.Parameter(0.02 * torch.randn((2 * window - 1) ** 2, heads))
        self.register_buffer("place", _relative_places(window), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Map tokens on their grid `(B, rows, cols, C)` to the same shape.

        Rows and cols are multiples of the window.
        """
        side, before, after = self.window**2, self.shift, self.window - self.shift
        bias = self.bias[self.place].permute(2, 0, 1)  # (heads, side, side)
        if not self.shift:
            return merged(self.join(attend(self.project(windows_of(x, self.window)), self.heads, bias)), x, self.window)
        margins = (0, 0, before, after, before, after)
        padded = functional.pad(x, margins)
        inside = functional.pad(torch.ones_like(x[:1, :, :, :1]), margins)
        mask = OUTSIDE * (1 - windows_of(inside, self.window)).reshape(1, -1, 1, 1, side)  # (1, windows, 1, 1, side)
        attended = self.join(attend(self.project(windows_of(padded, self.window)), self.heads, bias + mask))
        return merged(attended, padded, self.window)[:, before:-after, before:-after]


def _relative_places(window: int) -> Tensor:
    """For each pair of tokens of a window, the row of the table that holds the bias of their relative position."""
    index = torch.arange(window * window)
    rows, cols = index // window, index % window
    down = rows[:, None] - rows[None, :] + window - 1
    right = cols[:, None] - cols[None, :] + window - 1
    return down * (2 * window - 1) + right
