"""How a job tells of itself and learns that it should stop: progress is an argument, never a global."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .errors import Value

Told = Callable[[float], None]
"""Is told how much is done, 0–1; raises `CancelledError` where the user asked to stop."""


class Progress(Protocol):
    """What a job reports to. Texts are templates with values, worded on the QGIS side."""

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Tell how much is done (0–1) and how fast.

        Raises:
            CancelledError: The user asked to stop. Call this at least once a batch.
        """

    def log(self, template: str, **values: Value) -> None:
        """Tell something worth knowing."""

    def warn(self, template: str, **values: Value) -> None:
        """Tell something the user should look at before trusting the result."""


class Silent:
    """Progress that nobody listens to: for work whose telling is news to nobody, and for tests."""

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Accept and forget."""

    def log(self, template: str, **values: Value) -> None:
        """Accept and forget."""

    def warn(self, template: str, **values: Value) -> None:
        """Accept and forget."""


class Part:
    """Progress of a part of the work: it tells the whole where that is.

    Args:
        whole: Progress of all the work.
        begin: Where the part begins, 0–1.
        share: How much of the whole it is; 0: too little to show, though it can be stopped all the same.
        quiet: Whether to keep what is logged to oneself, since it was told before.
    """

    def __init__(self, whole: Progress, begin: float, share: float = 0.0, quiet: bool = False) -> None:
        self._whole, self._begin, self._share, self._quiet = whole, begin, share, quiet

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Tell how far the whole is by now."""
        self._whole.update(self._begin + self._share * fraction, mpx_per_s)

    def log(self, template: str, **values: Value) -> None:
        """Tell it, unless it is to be kept quiet."""
        if not self._quiet:
            self._whole.log(template, **values)

    def warn(self, template: str, **values: Value) -> None:
        """Tell it in any case."""
        self._whole.warn(template, **values)


class Changes(Part):
    """Progress of one after the other that logs of each only what is not as it was told of the last one.

    Args:
        whole: The progress.
    """

    def __init__(self, whole: Progress) -> None:
        super().__init__(whole, 0.0)
        self._told: dict[tuple[str, Value], dict[str, Value]] = {}

    def log(self, template: str, **values: Value) -> None:
        """Tell it, unless it was the last that was told of what is called so."""
        of_what = template, values.get("name", "")
        if self._told.get(of_what) != values:
            self._told[of_what] = values
            super().log(template, **values)


def part_of(told: Told, start: float, end: float) -> Told:
    """What a part tells that goes from one share of the whole to another."""
    return lambda share: told(start + (end - start) * share)


def seconds_left(done: float, left: float, elapsed_s: float) -> float:
    """How long what is left will take at the pace of what was done, both in steps or in shares of the work."""
    return left * elapsed_s / done


class Remembered(Part):
    """Progress of all of something that remembers where it stands, so that one can ask whether to stop in between.

    Args:
        whole: The progress.
    """

    def __init__(self, whole: Progress) -> None:
        super().__init__(whole, 0.0, 1.0)
        self._fraction = 0.0

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Tell how much is done, and remember it."""
        self._fraction = fraction
        super().update(fraction, mpx_per_s)

    def ask(self) -> None:
        """Tell the same as the last time.

        Raises:
            CancelledError: The user asked to stop.
        """
        super().update(self._fraction)
