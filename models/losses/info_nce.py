"""InfoNCE: two views of one place should agree more than views of different places.

After van den Oord, Li and Vinyals 2018 (arXiv 1807.03748, equation 4), both ways round and over cosines with a
temperature as Radford and others 2021 (CLIP, arXiv 2103.00020, figure 3); the temperature is fixed.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class InfoNCE(nn.Module):
    """Mean over both directions of -log softmax(cos(a_i, b_j) / τ) at j = i."""

    def __init__(self, temperature: float = 0.07) -> None:
        """Set the loss up.

        Args:
            temperature: τ.
        """
        super().__init__()
        self.temperature = temperature

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Compare two views of the same places, both `(places, C)`; a scalar, 0 where there is a single place."""
        first, second = functional.normalize(first.float(), dim=1), functional.normalize(second.float(), dim=1)
        likeness = first @ second.T / self.temperature  # (places, places)
        own = torch.arange(len(first), device=first.device)
        return (functional.cross_entropy(likeness, own) + functional.cross_entropy(likeness.T, own)) / 2
