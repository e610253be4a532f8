"""The day of a date as a vector, so that attention over dates knows how far apart they are, not their order alone."""

from __future__ import annotations

import torch
from torch import Tensor


def day_encoding(days: Tensor, channels: int, longest_days: float = 1000.0) -> Tensor:
    """Sines and cosines of the day.

    After Vaswani et al. 2017 (arXiv 1706.03762, section 3.5), with the day in place of the position and 1000 in place
    of 10000 (Garnot et al. 2020, arXiv 1911.07757). Wavelengths rise from 2 π days by equal factors and stay one such
    factor below 2 π `longest_days` days: for 16 channels the longest is 2 π times 422.

    Args:
        days: Days, counted from any day, `(B, T)`.
        channels: Length of the vectors, even.
        longest_days: The wavelength over 2 π that would be next behind the longest.

    Returns:
        Vectors `(B, T, channels)`: sine and cosine of one wavelength after the other.
    """
    pair = torch.arange(channels, device=days.device) // 2
    angles = days[..., None] / longest_days ** (2 * pair / channels)  # (B, T, channels)
    is_sine = torch.arange(channels, device=days.device) % 2 == 0
    return torch.where(is_sine, torch.sin(angles), torch.cos(angles))
