"""Moments of convolution kernels: which partial derivative a kernel stands for, and how far it is from it.

After Le Guen and Thome 2020 (PhyDNet, arXiv 2003.01460, section 3.2), who follow Long et al. 2019 (PDE-Net 2.0).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor


def moment_matrix(side: int) -> Tensor:
    """The matrix M that makes moments of kernels, `(side, side)` in float64: M[i, u] = (u - c)^i / i!, c the middle."""
    offsets = torch.arange(side, dtype=torch.float64) - (side - 1) // 2
    return torch.stack([offsets**order / math.factorial(order) for order in range(side)])


def kernel_to_moments(kernels: Tensor) -> Tensor:
    """Moments of square kernels `(..., rows, cols)`, in the same shape.

    Moment [i, j] = Σ k[u, v] (u - c)^i (v - c)^j / (i! j!) is the weight of the derivative ∂^(i + j) / ∂y^i ∂x^j, by
    Taylor's series of the map that the kernel is laid on.
    """
    matrix = moment_matrix(kernels.shape[-1]).to(kernels)
    moments: Tensor = matrix @ kernels @ matrix.T
    return moments


def derivative_moments(side: int) -> Tensor:
    """Moments of one pure derivative after the other, `(side², side, side)`: the k-th is 1 at [k // side, k % side]."""
    return torch.eye(side * side).reshape(side * side, side, side)


def moment_loss(kernels: Tensor) -> Tensor:
    """How far kernels are from pure derivatives: a scalar, 0 where they are.

    Equation 8 of the paper: the mean squared distance of the moments from `derivative_moments`, added up over the
    input channels. The moments are taken in float64, since powers up to 3^6 / 6! meet.

    Args:
        kernels: Weights of a convolution, `(side², channels, side, side)`.
    """
    wanted = derivative_moments(kernels.shape[-1]).to(kernels.device)
    moments = kernel_to_moments(kernels.double()).to(kernels.dtype)  # (side², channels, side, side)
    return (moments - wanted.to(kernels.dtype)[:, None]).square().mean(dim=(0, 2, 3)).sum()
