"""From the features of each date of a series to one pyramid, by the method that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from torch import Tensor, nn

from ..blocks.conv_gru import ConvGRU
from ..blocks.conv_lstm import ConvLSTM
from ..blocks.phycell import PhyCellOverDates
from ..carriers import Gives, Pyramid, Sequence, SequenceOf, sequence
from ..errors import SpecError
from .over_time_attention import attention_over_time
from .over_time_recurrent import RecurrentOverTime
from .over_time_recurrent_attention import RecurrentAttentionOverTime

Collapse = Callable[[Tensor], Tensor]


class ReducedOverTime(nn.Module):
    """The same plain reduction at each level and pixel; nothing is learned.

    Attributes:
        gives: The pyramid without dates.
    """

    def __init__(self, source: SequenceOf, collapse: Collapse) -> None:
        """Note the reduction.

        Args:
            source: The series.
            collapse: Maps `(B, T, C, H, W)` to `(B, C, H, W)`.
        """
        super().__init__()
        self.collapse = collapse
        self.gives = source.levels

    def forward(self, series: Sequence) -> Pyramid:
        """Map features `(B, T, C, H / stride, W / stride)` to `(B, C, H / stride, W / stride)`."""
        return Pyramid(tuple(self.collapse(x) for x in series.features))


METHODS: Mapping[str, Callable[[SequenceOf], Any]] = {
    "attention": attention_over_time,
    "convlstm": lambda source: RecurrentOverTime(source, lambda level, dates: ConvLSTM(level, dates, level.channels)),
    "convgru": lambda source: RecurrentOverTime(source, lambda level, dates: ConvGRU(level, dates, level.channels)),
    "convlstm_attention": RecurrentAttentionOverTime,
    "phycell": lambda source: RecurrentOverTime(source, PhyCellOverDates),
    "mean": lambda source: ReducedOverTime(source, lambda x: x.mean(dim=1)),
    "max": lambda source: ReducedOverTime(source, lambda x: x.amax(dim=1)),
    "last": lambda source: ReducedOverTime(source, lambda x: x[:, -1]),
}
"""How the dates come together.

`attention` looks at each pixel by itself and knows the days. `convlstm`, `convgru` and `phycell` go from date to date
at the coarsest level, and each date lengthens the reach: by its stride with 3 × 3 kernels, by 3 strides in `phycell`.
`convlstm_attention` does so too, and then attends to what was known at each date.
`mean`, `max` and `last` learn nothing; all dates are encoded for `last`, too, which then drops all but one: a yardstick
for the others, where a network of the last image alone says the same for less.
"""


def over_time(source: Gives, method: str = "attention") -> Any:
    """Build the neck that collapses the dates of a series.

    Args:
        source: The series that comes in.
        method: Its name in `METHODS`.

    Returns:
        A module from `Sequence` to `Pyramid`, with the attribute `gives`.
    """
    series = sequence(source, "the neck 'over_time'")
    if method not in METHODS:
        raise SpecError(
            "The neck 'over_time' has the method '{method}'; there are: {known}.",
            method=method,
            known=", ".join(METHODS),
        )
    return METHODS[method](series)
