"""Global average pooling: an image becomes one vector."""

from __future__ import annotations

from torch import Tensor, nn

from ..carriers import Embedding, EmbeddingOf, Gives, Pyramid, Tokens, TokensOf, feature_maps, pyramid


class Pooled(nn.Module):
    """The mean of the coarsest features, or of all tokens.

    After Lin, Chen and Yan 2014 (arXiv 1312.4400, section 3.2).

    Attributes:
        gives: The vector, which sees the whole image.
    """

    def __init__(self, source: Gives) -> None:
        """Note what comes in.

        Args:
            source: The pyramid or the tokens that come in.
        """
        super().__init__()
        level = source.level if isinstance(source, TokensOf) else pyramid(source, "the neck 'pooled'")[-1]
        self.gives = EmbeddingOf(level.channels, level.seeing_all("global average"))

    def forward(self, features: Tensor | Pyramid | Tokens) -> Embedding:
        """Map features or tokens of C channels to a vector `(B, C)`."""
        if isinstance(features, Tokens):
            return Embedding(features.values.mean(dim=1))
        return Embedding(feature_maps(features)[-1].mean(dim=(2, 3)))
