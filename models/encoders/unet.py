"""The contracting half of a U-Net: an image becomes a pyramid of features, fine to coarse.

After Ronneberger, Fischer and Brox 2015 (arXiv 1505.04597), with three deviations: strided convolutions
in place of max pooling (half the passes over memory), zero padding, and batch normalisation.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from ..blocks.convolution import ConvNormAct
from ..carriers import Level, Pyramid, through
from ..errors import SpecError


class UNetEncoder(nn.Module):
    """One stage of convolutions per pyramid level; each stage but the first halves the size.

    Attributes:
        gives: The feature maps, fine to coarse.
    """

    def __init__(self, bands: int, widths: Sequence[int], depths: Sequence[int]) -> None:
        """Build the stages.

        Args:
            bands: Number of bands of the image.
            widths: Channels per level, fine to coarse.
            depths: Convolutions per level, as many entries as `widths`.
        """
        super().__init__()
        if not widths or len(widths) != len(depths) or min(depths) < 1:
            raise SpecError(
                "The U-Net encoder has {widths} widths and depths {depths}. "
                "Give one width and one depth of at least 1 per level.",
                widths=len(widths),
                depths=list(depths),
            )
        self.stages = nn.ModuleList()
        level = Level(bands)
        levels = []
        for index, (width, depth) in enumerate(zip(widths, depths, strict=True)):
            blocks = []
            for position in range(depth):
                halves = index > 0 and position == 0
                block = ConvNormAct(level, width, stride=2 if halves else 1)
                blocks.append(block)
                level = block.gives
            self.stages.append(nn.Sequential(*blocks))
            levels.append(level)
        self.gives = tuple(levels)

    def forward(self, image: Tensor) -> Pyramid:
        """Map `(B, bands, H, W)` to features `(B, widths[i], H / 2**i, W / 2**i)`."""
        return through(self.stages, image)
