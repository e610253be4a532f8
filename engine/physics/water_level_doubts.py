"""Warns of what spoils the judgement of water levels: rivers that count as dry ground."""

from __future__ import annotations

from collections.abc import Iterable

from ..library.event_models import FLOOD, WATER, WORDS, speaks_of
from ..progress import Progress


def warn_of_floods_alone(water: Iterable[str], progress: Progress) -> None:
    """Say that permanent water counts as dry ground, where all that counts as water are floods.

    Args:
        water: Names of the classes that are water.
        progress: Is told.
    """
    if all(speaks_of(name, WORDS[FLOOD]) and not speaks_of(name, WATER) for name in water):
        progress.warn(
            "Only floods count as water, so rivers and lakes are dry ground to the rule: beside one that lies lower in "
            "DEM, a flood counts as standing above dry ground, however true it is. Look at the banks of permanent "
            "water before you hold that against the map."
        )
