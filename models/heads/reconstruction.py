"""The values of an image: its own, where parts were hidden, or those of another sensor."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..blocks.convolution import ConvNormAct
from ..blocks.subpixel import SubPixel
from ..carriers import Gives, Pyramid, feature_map, one_level


class ReconstructionHead(nn.Module):
    """A convolution, then the values of all pixels of each feature's square side by side.

    Values are unbounded and scaled as the network's targets are. Squares of values (`SubPixel`) keep detail that a
    bilinear enlargement would blur.

    Attributes:
        gives: The values given, at stride 1.
    """

    def __init__(self, source: Gives, bands: int) -> None:
        """Build the head.

        Args:
            source: The feature map that comes in.
            bands: Number of bands of the image to give.
        """
        super().__init__()
        level = one_level(source, "the reconstruction head")
        self.mix = ConvNormAct(level, level.channels)
        self.values = SubPixel(self.mix.gives, bands, level.stride_px)
        self.gives = self.values.gives

    def start_at(self, values: Tensor) -> None:
        """Let an untrained head give about these values, `(bands,)`: targets far from 0 are soon learnt."""
        self.values.convolution.bias = nn.Parameter(values.repeat_interleave(self.values.factor**2))

    def rescale(self, factor: float) -> None:
        """Let a head that has learnt give its values times a factor."""
        with torch.no_grad():
            for weights in self.values.convolution.parameters():
                weights.mul_(factor)

    def forward(self, features: Tensor | Pyramid) -> Tensor:
        """Map `(B, C, H / stride, W / stride)` to values `(B, bands, H, W)`."""
        values: Tensor = self.values(self.mix(feature_map(features)))
        return values
