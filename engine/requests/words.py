"""Checks parameters that must be one of a few words, or of a form."""

from __future__ import annotations

import re
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


def check_training_device(found: str) -> None:
    """Refuse what is no name of a device that networks are trained on.

    Raises:
        InputError: It names those that are.
    """
    if not re.fullmatch(r"auto|cpu|cuda(:\d+)?", found):
        raise InputError("DEVICE is {found}; it must be auto, cpu or cuda:0 (and so on).", found=found or "-")
