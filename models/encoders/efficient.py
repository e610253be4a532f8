"""EfficientNet-Lite0 without its classifier: an image becomes a pyramid of features, fine to coarse.

After Tan and Le 2019 (arXiv 1905.11946, table 1), in the Lite variant: no squeeze and excitation, ReLU6 in place of
swish. Layers are those of the published network, so it can start from weights that have seen ImageNet
(`imagenet_weights.py`).
"""

from __future__ import annotations

from torch import Tensor, nn

from ..blocks.inverted_residual import InvertedResidual, PaddedConvolution
from ..carriers import Level, Pyramid
from ..errors import SpecError

STEM = 32
"""Channels of the first convolution, which halves the size in the published network."""

STAGES = (
    # channels, blocks, kernel, stride, expansion
    (16, 1, 3, 1, 1),
    (24, 2, 3, 2, 6),
    (40, 2, 5, 2, 6),
    (80, 3, 3, 2, 6),
    (112, 3, 5, 1, 6),
    (192, 4, 5, 2, 6),
    (320, 1, 3, 1, 6),
)


class EfficientEncoder(nn.Module):
    """The stem and the first stages; features are taken where the next stage halves the size.

    Attributes:
        gives: The feature maps, fine to coarse, from the stride of the stem on.
    """

    def __init__(self, bands: int, stages: int = len(STAGES), stem_stride: int = 2) -> None:
        """Build the stages.

        Args:
            bands: Number of bands of the image.
            stages: How many stages there are, 1 to 7; strides of 2, 4, 8, 16, 16, 32 and 32 px behind them.
            stem_stride: 2 as published; 1 halves all strides: to the layers behind the stem objects are twice as large,
                which suits weights that know photographs, at four times the arithmetic.
        """
        super().__init__()
        if not 1 <= stages <= len(STAGES):
            raise SpecError(
                "The efficient encoder has {stages} stages; choose 1 to {most}.", stages=stages, most=len(STAGES)
            )
        if stem_stride not in (1, 2):
            raise SpecError(
                "The stem of the efficient encoder has a stride of {found}; choose 1 or 2.", found=stem_stride
            )
        self.stem = PaddedConvolution(Level(bands), STEM, 3, stride=stem_stride)
        level = self.stem.gives
        levels: list[Level] = []
        self.stages = nn.ModuleList()
        for channels, blocks, kernel, stride, expansion in STAGES[:stages]:
            stage = nn.Sequential()
            for position in range(blocks):
                block = InvertedResidual(level, channels, kernel, 1 if position else stride, expansion)
                stage.append(block)
                level = block.gives
            if levels and levels[-1].stride_px == level.stride_px:
                levels.pop()
            levels.append(level)
            self.stages.append(stage)
        self.gives = tuple(levels)
        self._frozen: list[nn.Module] = []

    def freeze(self, stages: int) -> None:
        """Let the stem and the first stages learn no more, their normalisation included.

        Layers near the image are those that pretraining serves best and that cost most to train.
        """
        self._frozen = [self.stem, *self.stages[:stages]]
        for part in self._frozen:
            part.requires_grad_(False).eval()

    def train(self, mode: bool = True) -> EfficientEncoder:
        """Enter or leave training mode, but for what is frozen."""
        super().train(mode)
        for part in self._frozen:
            part.eval()
        return self

    def forward(self, image: Tensor) -> Pyramid:
        """Map `(B, bands, H, W)` to features `(B, channels, H / stride, W / stride)`."""
        features: list[Tensor] = []
        x = self.stem(image)
        for index, stage in enumerate(self.stages):
            x = stage(x)
            if features and STAGES[index][3] == 1:
                features.pop()
            features.append(x)
        return Pyramid(tuple(features))
