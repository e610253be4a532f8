"""From pixels to regions and back: the mean of each region, and the region's value for each of its pixels."""

from __future__ import annotations

import torch
from torch import Tensor


def pool_regions(x: Tensor, regions: Tensor, most: int) -> Tensor:
    """Mean of the features over each region.

    Sums are taken in 32-bit floats at least: bfloat16 cannot count beyond 256 pixels.

    Args:
        x: Features, `(B, C, H, W)`.
        regions: Number of each pixel's region, whole numbers from 0 to below `most`, `(B, H, W)`.
        most: How many regions there may be.

    Returns:
        `(B, most, C)`; 0 for numbers that no region has.
    """
    flat = x.to(torch.promote_types(x.dtype, torch.float32)).flatten(2)  # (B, C, H * W)
    index = regions.flatten(1).unsqueeze(1)  # (B, 1, H * W)
    batch, channels = x.shape[0], x.shape[1]
    sums = flat.new_zeros(batch, channels, most).scatter_add(2, index.expand_as(flat), flat)
    pixels = flat.new_zeros(batch, 1, most).scatter_add(2, index, torch.ones_like(flat[:, :1]))
    return (sums / pixels.clamp(min=1)).transpose(1, 2).to(x.dtype)


def unpool_regions(nodes: Tensor, regions: Tensor) -> Tensor:
    """The features of its region for each pixel.

    Args:
        nodes: Features of each region, `(B, N, C)`.
        regions: Number of each pixel's region, `(B, H, W)`.

    Returns:
        `(B, C, H, W)`.
    """
    batch, rows, cols = regions.shape
    channels = nodes.shape[2]
    index = regions.flatten(1).unsqueeze(1).expand(-1, channels, -1)  # (B, C, H * W)
    return nodes.transpose(1, 2).gather(2, index).reshape(batch, channels, rows, cols)
