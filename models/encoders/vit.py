"""A vision transformer: an image becomes tokens that look at each other, everywhere or within windows.

After Dosovitskiy et al. 2021 (arXiv 2010.11929), with three deviations: there is no class token, positions are
computed for any grid (see `positions.py`), and attention may be windowed (Liu et al. 2021, arXiv 2103.14030), which
leaves tiles without seams.
"""

from __future__ import annotations

from torch import Tensor, nn

from ..blocks.patch_embedding import PatchEmbedding
from ..blocks.positions import ConvolvedPositions, WavePositions
from ..blocks.transformer import transformer_blocks
from ..carriers import Level, Tokens, TokensOf
from ..errors import SpecError

POSITIONS: dict[str, type[ConvolvedPositions] | type[WavePositions]] = {
    "convolution": ConvolvedPositions,
    "waves": WavePositions,
}


class ViTEncoder(nn.Module):
    """Patch embedding, positions, transformer blocks, layer normalisation.

    Attributes:
        gives: The tokens.
        bands: Number of bands of the image.
        patch: Height and width of the square that becomes one token, in pixels.
        window: Height and width of the windows in tokens; 0: there are none.
        places_by_neighbours: Whether a token learns its place from its neighbours.
    """

    def __init__(
        self,
        bands: int,
        patch: int,
        width: int,
        depth: int,
        heads: int,
        window: int = 0,
        positions: str = "convolution",
    ) -> None:
        """Build the blocks.

        Args:
            bands: Number of bands of the image.
            patch: Height and width of the square that becomes one token, in pixels.
            width: Channels of a token.
            depth: Number of transformer blocks.
            heads: Number of heads of each attention.
            window: Height and width of the windows in tokens; 0: every token looks at every other.
            positions: "convolution", or "waves" (sines and cosines, which belong to the whole image).
        """
        super().__init__()
        if positions not in POSITIONS:
            raise SpecError(
                "The vision transformer has the positions '{positions}'; there are: {known}.",
                positions=positions,
                known=", ".join(POSITIONS),
            )
        if depth < 1:
            raise SpecError("The vision transformer has {depth} blocks; it needs at least 1.", depth=depth)
        self.bands = bands
        self.patch = patch
        self.window = window
        self.places_by_neighbours = positions == "convolution"
        self.embedding = PatchEmbedding(Level(bands), width, patch)
        placed = POSITIONS[positions](self.embedding.gives)
        blocks = list(transformer_blocks(placed.gives, depth, heads, window))
        self.positions = placed
        self.blocks = nn.Sequential(*blocks)
        self.norm = nn.LayerNorm(width)
        self.gives = TokensOf(blocks[-1].gives)

    def forward(self, image: Tensor) -> Tokens:
        """Map `(B, bands, H, W)` to tokens `(B, H / patch * W / patch, width)`."""
        grid = self.embed(image)
        _, rows, cols, _ = grid.shape
        return Tokens(self.look(grid).flatten(1, 2), rows, cols)

    def embed(self, image: Tensor) -> Tensor:
        """Tokens that know their place and nothing of each other (but neighbours), `(B, rows, cols, width)`."""
        placed: Tensor = self.positions(self.embedding(image))
        return placed.permute(0, 2, 3, 1)

    def look(self, embedded: Tensor) -> Tensor:
        """Let tokens look at each other: on their grid `(B, rows, cols, width)`, or, without windows, any few of them.

        Few of them are `(B, N, width)`, as masked autoencoding gives them.
        """
        tokens: Tensor = self.norm(self.blocks(embedded))
        return tokens
