"""Huber loss: squared for small errors, straight for large ones, so that outliers do not rule.

After Huber 1964 (Robust Estimation of a Location Parameter, 10.1214/aoms/1177703732, section 2).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .known_values import differences, mean_where_known


class Huber(nn.Module):
    """Mean of d² / 2 where |d| ≤ δ, else δ (|d| - δ / 2), with d = y - t, over the values whose target is known."""

    def __init__(self, delta: float = 1.0) -> None:
        """Set the loss up.

        Args:
            delta: δ, the error from which it is straight, in the unit of the values.
        """
        super().__init__()
        self.delta = delta

    def forward(self, values: Tensor, target: Tensor) -> Tensor:
        """Compare values with targets of the same shape, `(B, variables, H, W)`; gives a scalar."""
        size = differences(values, target).abs()
        penalty = torch.where(size <= self.delta, size.square() / 2, self.delta * (size - self.delta / 2))
        return mean_where_known(penalty, target)
