"""Checks parameters that must be one of a few words."""

from __future__ import annotations

from collections.abc import Sequence

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
