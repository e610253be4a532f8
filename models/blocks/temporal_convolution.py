"""Convolutions along the dates of each pixel.

After Pelletier, Webb and Petitjean 2019 (TempCNN, arXiv 1811.10166, section 3): three convolutions of five dates and a
dense layer over all dates. Deviations: no dropout; the dense layer is as wide as the convolutions.
"""

from __future__ import annotations

from torch import Tensor, nn

from ..carriers import Level

DATES_OF_A_KERNEL = 5
LAYERS = 3


class TemporalConvolution(nn.Module):
    """Convolutions over dates, batch normalisation and ReLU; then one layer over all of them. Space is not touched.

    Attributes:
        gives: The feature map behind.
    """

    def __init__(self, source: Level, dates: int, channels: int) -> None:
        """Build the layers.

        Args:
            source: The feature map of one date.
            dates: Number of dates.
            channels: Number of channels of each layer.
        """
        super().__init__()
        layers: list[nn.Module] = []
        entering = source.channels
        for _ in range(LAYERS):
            kernel = nn.Conv2d(entering, channels, (DATES_OF_A_KERNEL, 1), padding=(DATES_OF_A_KERNEL // 2, 0))
            layers += [kernel, nn.BatchNorm2d(channels), nn.ReLU()]
            entering = channels
        self.along_dates = nn.Sequential(*layers)
        self.together = nn.Sequential(
            nn.Conv2d(dates * channels, channels, kernel_size=1), nn.BatchNorm2d(channels), nn.ReLU()
        )
        self.gives = source.convolved(channels, kernel=1)

    def forward(self, x: Tensor) -> Tensor:
        """Map a series `(B, T, C, H, W)` to `(B, channels, H, W)`."""
        batch, dates, channels, height, width = x.shape
        pixels = x.transpose(1, 2).reshape(batch, channels, dates, height * width)
        seen = self.along_dates(pixels)  # (B, channels, T, H * W)
        result: Tensor = self.together(seen.reshape(batch, -1, height, width))
        return result
