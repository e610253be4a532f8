"""Class logits for each pixel."""

from __future__ import annotations

from torch import Tensor, nn

from ..carriers import Level
from ..errors import MisfitError


class SegmentationHead(nn.Module):
    """A 1 × 1 convolution from features to one logit per class.

    Attributes:
        level: The logits given, at stride 1.
    """

    def __init__(self, source: Level, classes: int) -> None:
        """Build the head.

        Args:
            source: The feature map that comes in, at stride 1.
            classes: Number of classes.
        """
        super().__init__()
        if source.stride_px != 1:
            raise MisfitError(
                "The neck gives features of stride {stride} px, the segmentation head needs stride 1. "
                "Choose a neck that goes back to full size.",
                stride=source.stride_px,
            )
        self.level = source.convolved(classes, kernel=1)
        self.convolution = nn.Conv2d(source.channels, classes, kernel_size=1)

    def forward(self, features: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to logits `(B, classes, H, W)`."""
        logits: Tensor = self.convolution(features)
        return logits
