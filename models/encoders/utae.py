"""The encoder of U-TAE, for one date: 4 × 4 strided convolutions, and a residual pair of convolutions at each level.

After Garnot and Landrieu 2021 (arXiv 2107.07933, section 3.1). With the neck 'over_time' (method 'attention'), the neck
'utae' and the head 'segmentation' behind it the network is U-TAE but for this. By default: batch normalisation, where
the paper has group normalisation of 4 groups, which looks at the whole image; zeros outside the image, where the code
mirrors it, so that the coarsest level may be a single value. Always: logits by a 1 × 1 convolution, where the code ends
in two 3 × 3 ones, both with normalisation and ReLU; no dropout within the attention; no padded dates.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from ..blocks.normed_convolution import Halve, NormedConvolution, Padding
from ..blocks.norms import norm_of
from ..blocks.residual_pair import ResidualPair
from ..carriers import Level, Levels, Pyramid, through
from ..errors import SpecError


class UTAEEncoder(nn.Module):
    """One level for each width; each but the first halves the size.

    Attributes:
        gives: The feature maps, fine to coarse.
    """

    def __init__(
        self, bands: int, widths: Sequence[int] = (64, 64, 64, 128), groups: int = 0, padding: Padding = "zeros"
    ) -> None:
        """Build the levels.

        Args:
            bands: Number of bands of the image.
            widths: Channels per level, fine to coarse.
            groups: Groups of the group normalisation, which looks at the whole image; 0: batch normalisation.
            padding: What lies outside the image: 'zeros' or 'reflect'.
        """
        super().__init__()
        if not widths or min(widths) < 1:
            raise SpecError(
                "The U-TAE encoder has the widths {widths}. Give a width of at least 1 per level.", widths=list(widths)
            )
        norm = norm_of(groups)
        first = NormedConvolution(Level(bands), widths[0], norm, nn.ReLU(), padding=padding)
        second = NormedConvolution(first.gives, widths[0], norm, nn.ReLU(), padding=padding)
        self.stages = nn.ModuleList([nn.Sequential(first, second)])
        levels = [second.gives]
        for width in widths[1:]:
            halve = Halve(levels[-1], norm, padding)
            pair = ResidualPair(halve.gives, width, norm, padding)
            self.stages.append(nn.Sequential(halve, pair))
            levels.append(pair.gives)
        self.gives: Levels = tuple(levels)

    def forward(self, image: Tensor) -> Pyramid:
        """Map `(B, bands, H, W)` to features `(B, widths[i], H / 2**i, W / 2**i)`."""
        return through(self.stages, image)
