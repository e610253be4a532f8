"""Lines: for each pixel whether one runs through it, and in which direction."""

from __future__ import annotations

from torch import Tensor, nn

from ..blocks.enlarge import Enlarge
from ..blocks.orientation import OrientationStream
from ..carriers import Gives, Pyramid, feature_map, one_level


class LineHead(nn.Module):
    """An `OrientationStream` in place, enlarged to the size of the image.

    Attributes:
        gives: The logits given, at stride 1: first the mask's, then one for each bin of direction.
    """

    def __init__(self, source: Gives, bins: int = 18) -> None:
        """Build the head.

        Args:
            source: The feature map that comes in.
            bins: Number of bins of direction over 180°, see `OrientationStream`.
        """
        super().__init__()
        self.stream = OrientationStream(one_level(source, "the line head"), bins)
        self.enlarge = Enlarge(self.stream.gives)
        self.gives = self.enlarge.gives

    def forward(self, features: Tensor | Pyramid) -> Tensor:
        """Map `(B, C, H / stride, W / stride)` to logits `(B, 1 + bins, H, W)`."""
        logits: Tensor = self.enlarge(self.stream(feature_map(features)))
        return logits
