"""L1: mean absolute error, in the unit of the values; it aims at the median."""

from __future__ import annotations

from torch import Tensor, nn

from .known_values import differences, mean_where_known


class AbsoluteError(nn.Module):
    """Mean of |y - t| over the values whose target is known."""

    def forward(self, values: Tensor, target: Tensor) -> Tensor:
        """Compare values with targets of the same shape, `(B, variables, H, W)`; gives a scalar."""
        return mean_where_known(differences(values, target).abs(), target)
