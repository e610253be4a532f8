"""Continuous values for each pixel."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..blocks.enlarge import Enlarge
from ..carriers import Gives, Pyramid, feature_map, one_level


class RegressionHead(nn.Module):
    """A 1 × 1 convolution from features to one or more unbounded values.

    Attributes:
        gives: The values given, at stride 1.
    """

    def __init__(self, source: Gives, variables: int = 1) -> None:
        """Build the head.

        Args:
            source: The feature map that comes in.
            variables: Number of values per pixel.
        """
        super().__init__()
        level = one_level(source, "the regression head")
        self.enlarge = Enlarge(level)
        self.gives = self.enlarge.gives.convolved(variables, kernel=1)
        self.convolution = nn.Conv2d(level.channels, variables, kernel_size=1)

    def start_at(self, values: Tensor) -> None:
        """Let an untrained head give about these values, `(variables,)`: targets far from 0 are soon learnt."""
        self.convolution.bias = nn.Parameter(values.clone())

    def rescale(self, factor: float) -> None:
        """Let a head that has learnt give its values times a factor."""
        with torch.no_grad():
            for weights in self.convolution.parameters():
                weights.mul_(factor)

    def forward(self, features: Tensor | Pyramid) -> Tensor:
        """Map `(B, C, H / stride, W / stride)` to values `(B, variables, H, W)`."""
        values: Tensor = self.enlarge(self.convolution(feature_map(features)))
        return values
