"""Cuts grids of tokens into square windows that lie aligned to the image's origin, and puts them together again."""

from __future__ import annotations

from torch import Tensor


def windows_of(x: Tensor, side: int) -> Tensor:
    """Cut `(B, rows, cols, C)` into `(B, windows, side ** 2, C)`; rows and cols are multiples of the side."""
    batch, rows, cols, channels = x.shape
    cut = x.reshape(batch, rows // side, side, cols // side, side, channels).transpose(2, 3)
    return cut.reshape(batch, -1, side * side, channels)


def merged(windows: Tensor, like: Tensor, side: int) -> Tensor:
    """Put windows `(B, windows, side ** 2, C)` together again, to the shape of `like`, `(B, rows, cols, C)`."""
    batch, rows, cols, channels = like.shape
    cut = windows.reshape(batch, rows // side, cols // side, side, side, channels).transpose(2, 3)
    return cut.reshape(batch, rows, cols, channels)
