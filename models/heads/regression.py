"""Continuous values for each pixel."""

from __future__ import annotations

from torch import Tensor, nn

from ..carriers import Level
from ..errors import MisfitError


class RegressionHead(nn.Module):
    """A 1 × 1 convolution from features to one or more unbounded values.

    Attributes:
        level: The values given, at stride 1.
    """

    def __init__(self, source: Level, variables: int = 1) -> None:
        """Build the head.

        Args:
            source: The feature map that comes in, at stride 1.
            variables: Number of values per pixel.
        """
        super().__init__()
        if source.stride_px != 1:
            raise MisfitError(
                "The neck gives features of stride {stride} px, the regression head needs stride 1. "
                "Choose a neck that goes back to full size.",
                stride=source.stride_px,
            )
        self.level = source.convolved(variables, kernel=1)
        self.convolution = nn.Conv2d(source.channels, variables, kernel_size=1)

    def forward(self, features: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to values `(B, variables, H, W)`."""
        values: Tensor = self.convolution(features)
        return values
