"""An encoder of single images, applied to each date of a series with the same weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

from ..carriers import Sequence, SequenceOf, TokensOf, feature_maps, pyramid
from ..errors import MisfitError
from ..spec import InputSpec


class OverDates(nn.Module):
    """Folds the dates into the batch, encodes, and unfolds them again.

    Attributes:
        gives: The pyramid of each date.
    """

    def __init__(self, source: InputSpec, encoder: Callable[[InputSpec], Any]) -> None:
        """Build the encoder of one date.

        Args:
            source: The series.
            encoder: Builds an encoder for an input.
        """
        super().__init__()
        self.dates = source.dates
        self.encoder = encoder(InputSpec(source.bands, source.name))
        if isinstance(self.encoder.gives, TokensOf):  # the necks that would help stand behind the series
            raise MisfitError(
                "The encoder gives tokens, and the dates of a series are joined as feature maps. Choose the encoder "
                "'unet', 'resnet', 'efficient' or 'utae'."
            )
        self.gives = SequenceOf(pyramid(self.encoder.gives, "a series"), source.days)

    def forward(self, image: Tensor) -> Sequence:
        """Map `(B, T * bands, H, W)` to features `(B, T, C, H / stride, W / stride)`."""
        batch, channels, height, width = image.shape
        dated = image.reshape(batch * self.dates, channels // self.dates, height, width)
        features = feature_maps(self.encoder(dated))
        return Sequence(tuple(_with_dates(feature, self.dates) for feature in features))


def _with_dates(x: Tensor, dates: int) -> Tensor:
    _, channels, height, width = x.shape
    return x.reshape(-1, dates, channels, height, width)
