"""Warns of what spoils the judgement of water levels: rivers that count as dry ground, and elevations that are none."""

from __future__ import annotations

from collections.abc import Iterable

from ..library.event_models import FLOOD, WATER, WORDS, speaks_of
from ..progress import Progress
from .physical_rules import HIGHEST_M, LOWEST_M


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


def warn_of_no_elevations(count: int, progress: Progress) -> None:
    """Say that elevations are none that land can have, as those that stand for nothing and are not declared.

    Args:
        count: Of so many pixels.
        progress: Is told.
    """
    if count:
        progress.warn(
            "At {count} pixels of the map DEM lies below {low:g} or above {high:g} m, as no land does, and that is "
            "judged like all else. If it stands for nothing, as -32768 often does, assign it as the nodata value of "
            "DEM first (Raster > Conversion > Translate).",
            count=count,
            low=LOWEST_M,
            high=HIGHEST_M,
        )
