"""Checks parameters that must be one of a few words, or a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..errors import InputError


def check_word(parameter: str, found: str, known: Sequence[str]) -> None:
    """Refuse a word that is none of the known ones, and name those.

    Raises:
        InputError: It is none of them.
    """
    if found not in known:
        raise InputError(
            "{parameter} is {found}; it must be one of {known}.",
            parameter=parameter,
            found=found or "-",
            known=", ".join(known),
        )


def parse_date(text: str) -> date:
    """One of the dates that the parameter DATES lists, as in `2024-05-31`.

    Raises:
        InputError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("DATES has {found}, which is no date. Write 2024-05-31.", found=text) from error
