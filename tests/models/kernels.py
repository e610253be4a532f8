"""Kernels that have given moments."""

import torch
from terraloom.models.blocks.moments import moment_matrix


def moments_to_kernel(moments):
    """The square kernels `(..., rows, cols)` that have these moments; undoes `kernel_to_moments`."""
    inverse = torch.linalg.inv(moment_matrix(moments.shape[-1])).to(moments)
    return inverse @ moments @ inverse.T
