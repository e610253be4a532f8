"""Lays the features of each date of a series over those of the first.

By a spatial transformer (`blocks/spatial_transformer.py`) whose estimate, from the finest level, serves all levels.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..blocks.dates import at_least_two
from ..blocks.spatial_transformer import SpatialTransformer, resample
from ..carriers import Gives, Sequence, SequenceOf, sequence
from ..errors import SpecError


class AlignDates(nn.Module):
    """Estimates a small shift and affine change of each date against the first, and resamples by it.

    Before training nothing is changed.

    Attributes:
        gives: The same series; it sees the whole image.
    """

    def __init__(self, source: Gives, largest_shift_px: int = 8, largest_change: float = 0.02, width: int = 16) -> None:
        """Build the estimator.

        Args:
            source: The series that comes in, of at least 2 dates.
            largest_shift_px: Bound of the shift along each axis, in pixels of the image.
            largest_change: Bound of the entries by which the linear part differs from the identity.
            width: Channels of the estimator.
        """
        super().__init__()
        series = sequence(source, "the neck 'align'")
        at_least_two(len(series.days), "The neck 'align'")
        if largest_shift_px < 1 or not 0 <= largest_change < 0.5 or width < 1:
            raise SpecError(
                "The neck 'align' has a largest shift of {shift} px, a largest change of {change} and a width of "
                "{width}. Give at least 1 px, a change from 0 to below 0.5, and a width of at least 1.",
                shift=largest_shift_px,
                change=largest_change,
                width=width,
            )
        finest = series.levels[0]
        self.strides = [level.stride_px / finest.stride_px for level in series.levels]
        self.transformer = SpatialTransformer(
            finest.channels, width, largest_shift_px / finest.stride_px, largest_change
        )
        levels = tuple(level.seeing_all("spatial transformer") for level in series.levels)
        self.gives = SequenceOf(levels, series.days)

    def forward(self, series: Sequence) -> Sequence:
        """Map features `(B, T, C, H / stride, W / stride)` to ones of the same shape."""
        finest = series.features[0]
        later = finest[:, 1:]
        reference = finest[:, :1].expand_as(later)
        shift, change = self.transformer(later.flatten(0, 1), reference.flatten(0, 1))
        return Sequence(
            tuple(_aligned(x, shift / stride, change) for x, stride in zip(series.features, self.strides, strict=True))
        )


def _aligned(x: Tensor, shift: Tensor, change: Tensor) -> Tensor:
    """Resample all dates but the first, `(B, T, C, H, W)`, each by its own shift and change."""
    later = x[:, 1:]
    resampled = resample(later.flatten(0, 1), shift, change).reshape(later.shape)
    return torch.cat((x[:, :1], resampled), dim=1)
