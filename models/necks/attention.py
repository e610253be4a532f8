"""Self-attention at the coarsest level of a pyramid: far places tell each other what they show.

Transformer blocks behind a convolutional encoder, after Chen et al. 2021 (TransUNet, arXiv 2102.04306, section 3.2),
with positions by a depth-wise convolution, and with windows as a choice.
"""

from __future__ import annotations

from torch import Tensor, nn

from ..blocks.positions import ConvolvedPositions
from ..blocks.transformer import transformer_blocks
from ..carriers import Gives, Pyramid, feature_maps, pyramid
from ..errors import SpecError


class AttentionNeck(nn.Module):
    """Transformer blocks over the coarsest features; finer ones pass through.

    Attributes:
        gives: The pyramid, with what the coarsest level now sees.
    """

    def __init__(self, source: Gives, heads: int, depth: int = 1, window: int = 0) -> None:
        """Build the blocks.

        Args:
            source: The pyramid that comes in, fine to coarse.
            heads: Number of heads of each attention.
            depth: Number of transformer blocks.
            window: Height and width of the windows in values of the coarsest level; 0: all look at all.
        """
        super().__init__()
        *finer, coarsest = pyramid(source, "the neck 'attention'")
        if depth < 1:
            raise SpecError("The neck 'attention' has {depth} blocks; it needs at least 1.", depth=depth)
        self.positions = ConvolvedPositions(coarsest)
        blocks = list(transformer_blocks(self.positions.gives, depth, heads, window))
        self.blocks = nn.Sequential(*blocks)
        self.gives = (*finer, blocks[-1].gives)

    def forward(self, features: Tensor | Pyramid) -> Pyramid:
        """Map a pyramid to one of the same shapes."""
        *finer, coarsest = feature_maps(features)
        grid = self.blocks(self.positions(coarsest).permute(0, 2, 3, 1))  # (B, rows, cols, C)
        return Pyramid((*finer, grid.permute(0, 3, 1, 2)))
