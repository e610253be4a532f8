"""Checks parameters that must be one of a few words or a date, and refuses those that would do nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..errors import InputError, ModelError
from ..library.card import ModelCard


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


def refuse_idle(idle: dict[str, bool], method: str) -> None:
    """Refuse parameters that a method would not read.

    Args:
        idle: Whether each is given in vain, by name.
        method: The method.

    Raises:
        InputError: One is.
    """
    if any(idle.values()):
        raise InputError(
            "METHOD is {method}, for which {parameters} would do nothing. Leave that as it was.",
            method=method,
            parameters=_listed(idle),
        )


def refuse_idle_for(card: ModelCard, idle: dict[str, bool], trait: str = "") -> None:
    """Refuse parameters that would do nothing for a model.

    Args:
        card: The model's.
        idle: Whether each is given in vain, by name.
        trait: What else of the model makes them idle, to follow its task.

    Raises:
        ModelError: One is.
    """
    if any(idle.values()):
        raise ModelError(
            "{model} is a model for {task}{trait}, where {parameters} would do nothing. Leave that as it was.",
            model=card.model_id,
            task=card.task,
            trait=trait,
            parameters=_listed(idle),
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


def _listed(idle: dict[str, bool]) -> str:
    """The names of those that are given in vain."""
    return ", ".join(name for name, is_idle in idle.items() if is_idle)
