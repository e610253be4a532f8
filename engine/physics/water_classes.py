"""Finds out which classes are water: those that the user names, else those whose name says so."""

from __future__ import annotations

from collections.abc import Mapping

from ..classes.class_names import plain
from ..errors import InputError
from ..library.event_models import FLOOD, WATER, WORDS, speaks_of

WET = WATER | WORDS[FLOOD]
"""A class is water where its name speaks of one of these (`speaks_of`), and the user does not say."""


def words_of(wanted: str) -> tuple[str, ...]:
    """The single names or values in a text that separates them by semicolons."""
    return tuple(word.strip() for word in wanted.split(";") if word.strip())


def water_classes(names: Mapping[int, str], wanted: str) -> tuple[int, ...]:
    """Values of the classes that are water, in the order of the names.

    Args:
        names: Name of each class by its value.
        wanted: Names or values, separated by semicolons; empty: see `WET`.

    Raises:
        InputError: A word is neither name nor value of a class, or no class is water.
    """
    asked = {word: _meant(word, names) for word in words_of(wanted)}
    unknown = [plain(word) for word, values in asked.items() if not values]
    if asked:
        found = set().union(*asked.values())
    else:
        found = {value for value, name in names.items() if speaks_of(name, WET)}
    if unknown or not found:
        raise InputError(
            "'waterlevel' needs WATER_CLASSES, names or values of the classes that are water, separated by semicolons; "
            "{found} does not name any. The classes are: {known}.",
            found=", ".join(unknown) or "an empty text",
            known=", ".join(f"{value} {name}" for value, name in names.items()) or "not named by the file",
        )
    return tuple(value for value in names if value in found)


def _meant(word: str, names: Mapping[int, str]) -> set[int]:
    """Values of the classes that a word names."""
    return {value for value, name in names.items() if plain(word) == plain(name) or word == str(value)}
