"""L2: mean squared error, in the unit of the values squared; it aims at the mean."""

from __future__ import annotations

from torch import Tensor, nn

from .known_values import differences, mean_where_known


class SquaredError(nn.Module):
    """Mean of (y - t)² over the values whose target is known."""

    def forward(self, values: Tensor, target: Tensor) -> Tensor:
        """Compare values with targets of the same shape, `(B, variables, H, W)`; gives a scalar."""
        return mean_where_known(differences(values, target).square(), target)
