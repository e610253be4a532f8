"""Transformer block: attention between tokens, then a small network for each of them."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor, nn

from ..carriers import Level
from .global_attention import GlobalAttention
from .window_attention import WindowAttention


class TransformerBlock(nn.Module):
    """Attention and two linear layers with GELU, each behind a layer normalisation and added to its input.

    After Dosovitskiy et al. 2021 (arXiv 2010.11929, equations 2 and 3). The layer normalisation looks at one token,
    so it adds nothing to the reach of the attention.

    Attributes:
        gives: The grid of tokens this block gives.
    """

    def __init__(self, attention: GlobalAttention | WindowAttention, expansion: int = 4) -> None:
        """Build the block.

        Args:
            attention: Lets the tokens look at each other.
            expansion: Channels between the two linear layers, per channel of a token.
        """
        super().__init__()
        self.gives = attention.gives
        channels = attention.gives.channels
        self.attention_norm = nn.LayerNorm(channels)
        self.attention = attention
        self.token_norm = nn.LayerNorm(channels)
        self.token_layers = nn.Sequential(
            nn.Linear(channels, expansion * channels), nn.GELU(), nn.Linear(expansion * channels, channels)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Map tokens `(B, N, C)` or `(B, rows, cols, C)`, as the attention takes them, to the same shape."""
        x = x + self.attention(self.attention_norm(x))
        result: Tensor = x + self.token_layers(self.token_norm(x))
        return result


def transformer_blocks(source: Level, depth: int, heads: int, window: int = 0) -> Iterator[TransformerBlock]:
    """Blocks one behind the other: global, or windowed with shifted windows in every second.

    Args:
        source: The grid of tokens that comes in.
        depth: Number of blocks.
        heads: Number of heads of each attention.
        window: Height and width of the windows in tokens; 0: every token looks at every other.
    """
    level = source
    for index in range(depth):
        shift = window // 2 if index % 2 else 0
        block = TransformerBlock(
            WindowAttention(level, heads, window, shift) if window else GlobalAttention(level, heads)
        )
        level = block.gives
        yield block
