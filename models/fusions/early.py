"""Early fusion: the inputs are stacked band on band, and one encoder reads them as one image."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ..errors import MisfitError
from ..spec import InputSpec


class EarlyFusion(nn.Module):
    """Stacks the bands of all inputs, date by date.

    Attributes:
        gives: What the encoder gives.
    """

    def __init__(self, inputs: Sequence[InputSpec], encoder: Callable[[InputSpec], Any]) -> None:
        """Build one encoder for all bands.

        Args:
            inputs: The inputs, all of the same dates.
            encoder: Builds an encoder for an input.
        """
        super().__init__()
        days = inputs[0].days
        if any(each.days != days for each in inputs):
            raise MisfitError(
                "The inputs {names} have different dates, and early fusion stacks them date by date. Give them the "
                "same dates, or choose the fusion 'middle'.",
                names=", ".join(each.name for each in inputs),
            )
        self.bands = [each.bands for each in inputs]
        self.encoder = encoder(InputSpec(sum(self.bands), "stack", days))
        self.gives = self.encoder.gives

    def forward(self, images: Sequence[Tensor]) -> Any:
        """Map images `(B, bands * T, H, W)` to the encoder's features."""
        if len(images) == 1:
            return self.encoder(images[0])
        dates = [torch.split(image, bands, dim=1) for image, bands in zip(images, self.bands, strict=True)]
        stack = [image for of_one_date in zip(*dates, strict=True) for image in of_one_date]
        return self.encoder(torch.cat(stack, dim=1))  # (B, T * all bands, H, W)
