"""Class logits for a whole image."""

from __future__ import annotations

from torch import Tensor, nn

from ..carriers import Embedding, EmbeddingOf, Gives, embedding


class ClassificationHead(nn.Module):
    """A linear map from the vector of an image to one logit per class.

    Attributes:
        gives: The logits given.
    """

    def __init__(self, source: Gives, classes: int) -> None:
        """Build the head.

        Args:
            source: The vector that comes in.
            classes: Number of classes.
        """
        super().__init__()
        vector = embedding(source, "the classification head")
        self.gives = EmbeddingOf(classes, vector.level)
        self.linear = nn.Linear(vector.channels, classes)

    def forward(self, features: Embedding) -> Tensor:
        """Map a vector `(B, C)` to logits `(B, classes)`."""
        logits: Tensor = self.linear(features.values)
        return logits
