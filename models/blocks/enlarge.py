"""Bilinear enlargement of a feature map, to the size of the image or of another map."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from ..carriers import Level
from ..errors import MisfitError


class Enlarge(nn.Module):
    """Enlarges by the stride of the feature map, which must be a power of two; at stride 1 it does nothing.

    Attributes:
        gives: The feature map at stride 1.
    """

    def __init__(self, source: Level) -> None:
        """Note the factor.

        Args:
            source: The feature map that comes in.
        """
        super().__init__()
        self.factor = source.stride_px
        if self.factor & (self.factor - 1):
            raise MisfitError(
                "The features have a stride of {stride} px, which is no power of two, and cannot be enlarged to the "
                "size of the image. Choose other patch sizes or strides.",
                stride=self.factor,
            )
        self.gives = source.enlarged(self.factor)

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, C, factor * H, factor * W)`."""
        return enlarge(x, self.factor)


def enlarge(x: Tensor, factor: int) -> Tensor:
    """Map `(B, C, H, W)` to `(B, C, factor * H, factor * W)`, corners of pixels in place: see `Level.enlarged`."""
    if factor == 1:
        return x
    return functional.interpolate(x, scale_factor=float(factor), mode="bilinear", align_corners=False)
