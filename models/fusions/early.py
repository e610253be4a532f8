"""Early fusion: the inputs are stacked band on band, and one encoder reads them as one image, or as one series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ..errors import MisfitError
from ..spec import InputSpec


class EarlyFusion(nn.Module):
    """Stacks the bands of all inputs, date by date; beside a series, a single image is the same on each date.

    Attributes:
        gives: What the encoder gives.
    """

    def __init__(self, inputs: Sequence[InputSpec], encoder: Callable[[InputSpec], Any]) -> None:
        """Build one encoder for all bands.

        Args:
            inputs: The inputs; series among them have the same dates.
            encoder: Builds an encoder for an input.
        """
        super().__init__()
        series = [each for each in inputs if each.days]
        days = series[0].days if series else ()
        if any(each.days != days for each in series):
            raise MisfitError(
                "The series {names} have different dates, and early fusion stacks them date by date. Give them the "
                "same dates. Where all inputs are series, an encoder of single pixels and the fusion 'middle' will do "
                "as well.",
                names=", ".join(each.name for each in series),
            )
        self.inputs = tuple(inputs)
        self.dates = len(days) or 1
        self.encoder = encoder(InputSpec(sum(each.bands for each in inputs), "stack", days))
        self.gives = self.encoder.gives

    def forward(self, images: Sequence[Tensor]) -> Any:
        """Map series `(B, bands * T, H, W)` and single images `(B, bands, H, W)` to the encoder's features."""
        dates = [self._dated(image, source) for image, source in zip(images, self.inputs, strict=True)]
        stack = [image for of_one_date in zip(*dates, strict=True) for image in of_one_date]
        return self.encoder(torch.cat(stack, dim=1))  # (B, T * all bands, H, W)

    def _dated(self, image: Tensor, source: InputSpec) -> Sequence[Tensor]:
        """An image for each date, `(B, bands, H, W)`."""
        return torch.split(image, source.bands, dim=1) if source.days else (image,) * self.dates
