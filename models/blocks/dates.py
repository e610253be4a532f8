"""How many dates a series needs."""

from __future__ import annotations

from ..errors import MisfitError


def at_least_two(dates: int, taker: str) -> None:
    """Refuse a series of a single date, over which there is nothing to remember.

    Args:
        dates: Number of dates.
        taker: Who takes the series, to begin the error with: "A ConvLSTM".
    """
    if dates < 2:
        raise MisfitError(
            "{taker} needs a series of at least 2 dates; the input has {dates}. Add dates, or choose another part.",
            taker=taker,
            dates=dates,
        )
