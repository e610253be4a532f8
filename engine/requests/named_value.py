"""What the user sees of a class in QGIS, as requests carry it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NamedValue:
    """What a value of a class raster means: its name and its colour as `#rrggbb`, either of them empty if unknown."""

    value: int
    name: str = ""
    colour: str = ""
