"""Water level: water does not stand above a dry neighbour that it would run down to.

The residual Σ max(0, z_i - z_j) over 4-connected neighbours i and j, where i is wet and j is lower and dry, with the
probabilities of both in place of yes and no.
"""

from __future__ import annotations

import torch
from torch import Tensor


def water_level_residual(wet: Tensor, elevation_m: Tensor) -> Tensor:
    """Mean over neighbours of p(i wet) p(j dry) max(0, z_i - z_j), in metres.

    Args:
        wet: Probability of water, `(B, 1, H, W)`.
        elevation_m: Elevation, `(B, 1, H, W)`; NaN where it is not known.

    Returns:
        A scalar; 0 where no two neighbours have an elevation.
    """
    total, pairs = wet.new_zeros(()), wet.new_zeros(())
    height, known = elevation_m.nan_to_num(), ~elevation_m.isnan()
    for axis in (2, 3):
        length = wet.shape[axis] - 1
        here, there = (wet.narrow(axis, start, length) for start in (0, 1))
        drop_m = height.narrow(axis, 0, length) - height.narrow(axis, 1, length)
        both = known.narrow(axis, 0, length) & known.narrow(axis, 1, length)
        misplaced = here * (1 - there) * drop_m.relu() + there * (1 - here) * (-drop_m).relu()
        total = total + torch.where(both, misplaced, 0).sum()
        pairs = pairs + both.sum()
    return total / pairs.clamp_min(1)
