"""Brings what texts advise for BANDS and SCALE from the numbers of a model's inputs to those that the user gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from ..errors import TerraloomError, Value
from ..library.card import ModelCard
from ..progress import Part, Progress
from ..requests.assignments import renumbered
from ..requests.fuse_sar_optical import SENSORS

BANDS = "example"
"""Value of texts that is a BANDS."""

SCALES = frozenset({"scale", "unchanged"})
"""Values of texts that are a SCALE."""

OF_INPUT = "input"
"""Value of texts that is the number of an input, where it is a number."""

Number = Callable[[int], int]
"""Turns the number of a model's input, from 1, into the user's."""


def as_dates(_: int) -> int:
    """BANDS and SCALE count for every date of a series, as without a number."""
    return 1


def as_sensors(card: ModelCard) -> Number:
    """BANDS and SCALE number the sensors, whatever the order of the model."""
    places = {
        number: SENSORS.index(wants.name) + 1
        for number, wants in enumerate(card.inputs, start=1)
        if wants.name in SENSORS
    }
    return lambda number: places.get(number, number)


@contextmanager
def advised(number: Number, progress: Progress, names: Sequence[str] = ()) -> Iterator[Progress]:
    """Gives a progress whose texts, as those of errors on the way, advise what the user can give.

    Args:
        number: What the user calls an input.
        progress: Is told.
        names: What the user may call the inputs in BANDS; empty: by numbers only.
    """
    try:
        yield _Renumbering(number, progress, names)
    except TerraloomError as error:
        told: TerraloomError | None = error
        while told:
            told.values.update(_renumber(told.values, number, names))
            told = told.reason
        raise


class _Renumbering(Part):
    """All of another progress, in other numbers."""

    def __init__(self, number: Number, whole: Progress, names: Sequence[str]) -> None:
        super().__init__(whole, 0.0, 1.0)
        self._number = number
        self._names = names

    def log(self, template: str, **values: Value) -> None:
        """Tell it."""
        super().log(template, **_renumber(values, self._number, self._names))

    def warn(self, template: str, **values: Value) -> None:
        """Tell it."""
        super().warn(template, **_renumber(values, self._number, self._names))


def _renumber(values: dict[str, Value], number: Number, names: Sequence[str]) -> dict[str, Value]:
    """The values of a text in the user's numbers."""
    changed = dict(values)
    for name, value in values.items():
        if name == BANDS and isinstance(value, str):
            changed[name] = renumbered(value, number, names)
        elif name in SCALES and isinstance(value, str):
            changed[name] = renumbered(value, number)
        elif name == OF_INPUT and isinstance(value, int):
            changed[name] = number(value)
    return changed
