"""Turns predicted and true values into their differences where the truth is known: targets may have gaps, NaN."""

from __future__ import annotations

import torch
from torch import Tensor

from ..errors import MisfitError


def mean_where_known(penalty: Tensor, target: Tensor) -> Tensor:
    """Mean of a penalty over the values whose target is no NaN, both of one shape; 0 where all are."""
    known = ~target.isnan()
    return (penalty * known).sum() / known.sum().clamp_min(1)


def differences(values: Tensor, target: Tensor) -> Tensor:
    """Predicted less true values of one shape, 0 where the target is NaN."""
    if values.shape != target.shape:
        raise MisfitError(
            "The network gives {output}, the target is {target}. Give a target for each of the network's values.",
            output=" × ".join(map(str, values.shape)),
            target=" × ".join(map(str, target.shape)),
        )
    return torch.where(target.isnan(), 0, values.float() - target.nan_to_num())
