"""A residual network: stages of residual blocks turn an image into a pyramid of features, fine to coarse.

After He, Zhang, Ren and Sun 2016 (arXiv 1512.03385), with two deviations: the stem is one 3 × 3 convolution without
pooling, since small objects fill few pixels, and stages of dilated blocks keep the size, as in Chen et al. 2017
(arXiv 1706.05587).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from torch import Tensor, nn

from ..blocks.convolution import ConvNormAct
from ..blocks.residual import ResidualBlock
from ..blocks.squeeze_excitation import SqueezeExcitation
from ..carriers import Level, Pyramid, through
from ..errors import SpecError


class ResNetEncoder(nn.Module):
    """A stem, then one stage of residual blocks per pyramid level; all but the first halve the size or are dilated.

    Attributes:
        gives: The feature maps, fine to coarse.
    """

    def __init__(
        self,
        bands: int,
        widths: Sequence[int],
        depths: Sequence[int],
        stem_stride: int = 1,
        dilations: Sequence[int] = (),
        squeeze_box: int = 0,
    ) -> None:
        """Build the stages.

        Args:
            bands: Number of bands of the image.
            widths: Channels per level, fine to coarse.
            depths: Residual blocks per level, as many entries as `widths`.
            stem_stride: Stride of the first convolution: 1, or 2 to save arithmetic.
            dilations: Dilation per level, as many entries as `widths`; a level with more than 1 keeps the size of
                the one before. Empty: 1 everywhere.
            squeeze_box: Side of the boxes of squeeze and excitation, in values of each level; 0: there is none.
        """
        super().__init__()
        rates = tuple(dilations) or (1,) * len(widths)
        if not widths or not len(widths) == len(depths) == len(rates) or min(*depths, *rates) < 1:
            raise SpecError(
                "The residual encoder has the widths {widths}, depths {depths} and dilations {dilations}. Give one "
                "of each per level; depths and dilations are at least 1.",
                widths=list(widths),
                depths=list(depths),
                dilations=list(dilations),
            )
        gate = partial(SqueezeExcitation, box=squeeze_box) if squeeze_box else None
        self.stem = ConvNormAct(Level(bands), widths[0], stem_stride)
        level = self.stem.gives
        levels = []
        self.stages = nn.ModuleList()
        for index, (width, depth, rate) in enumerate(zip(widths, depths, rates, strict=True)):
            stage = nn.Sequential()
            for position in range(depth):
                halves = index > 0 and position == 0 and rate == 1
                block = ResidualBlock(level, width, 2 if halves else 1, rate, gate)
                stage.append(block)
                level = block.gives
            self.stages.append(stage)
            levels.append(level)
        self.gives = tuple(levels)

    def forward(self, image: Tensor) -> Pyramid:
        """Map `(B, bands, H, W)` to features `(B, widths[i], H / stride, W / stride)`."""
        return through(self.stages, self.stem(image))
