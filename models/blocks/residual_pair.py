"""Two convolutions, the second of which is added to what the first gives."""

from __future__ import annotations

from torch import Tensor, nn

from ..carriers import Level
from .normed_convolution import NormedConvolution, Padding
from .norms import Norm


class ResidualPair(nn.Module):
    """y = f(x), y + g(y): how U-TAE ends each level (Garnot and Landrieu 2021, arXiv 2107.07933, appendix).

    Attributes:
        gives: The feature map this block gives.
    """

    def __init__(self, source: Level, channels: int, norm: Norm, padding: Padding) -> None:
        """Build the convolutions. See `NormedConvolution`."""
        super().__init__()
        self.first = NormedConvolution(source, channels, norm, nn.ReLU(), padding=padding)
        self.second = NormedConvolution(self.first.gives, channels, norm, nn.ReLU(), padding=padding)
        self.gives = self.second.gives

    def forward(self, x: Tensor) -> Tensor:
        """Map `(B, C, H, W)` to `(B, channels, H, W)`."""
        first: Tensor = self.first(x)
        both: Tensor = first + self.second(first)
        return both
