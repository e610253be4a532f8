"""Class logits for each pixel."""

from __future__ import annotations

from torch import Tensor, nn

from ..blocks.enlarge import Enlarge
from ..carriers import Gives, Pyramid, feature_map, one_level


class SegmentationHead(nn.Module):
    """A 1 × 1 convolution from features to one logit per class.

    Attributes:
        gives: The logits given, at stride 1.
    """

    def __init__(self, source: Gives, classes: int) -> None:
        """Build the head.

        Args:
            source: The feature map that comes in.
            classes: Number of classes.
        """
        super().__init__()
        level = one_level(source, "the segmentation head")
        self.enlarge = Enlarge(level)
        self.gives = self.enlarge.gives.convolved(classes, kernel=1)
        self.convolution = nn.Conv2d(level.channels, classes, kernel_size=1)

    def forward(self, features: Tensor | Pyramid) -> Tensor:
        """Map `(B, C, H / stride, W / stride)` to logits `(B, classes, H, W)`."""
        logits: Tensor = self.enlarge(self.convolution(feature_map(features)))
        return logits
