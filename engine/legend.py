"""Which raster value means which class, and in which colour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .errors import ModelError

NODATA = 255
"""Value of class rasters where nothing is said."""

BACKGROUND, DENIALS = "background", frozenset({"no", "non", "not", "never", "un", "without"})
"""Name of a class that is the rest, and words by which a name denies another, as “Not flooded” does “Flooded”."""

UNWRITABLE = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]+")
"""What no name can hold in XML, where styles and names of classes stand, and breaks of lines."""


@dataclass(frozen=True)
class LegendEntry:
    """One class: its raster value (0–254), its name, its colour as `#rrggbb`.

    Of the name, what files of style cannot hold (control characters) becomes a space, or nothing at its ends.
    """

    value: int
    name: str
    colour: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", " ".join(filter(None, UNWRITABLE.split(self.name))))
        if not 0 <= self.value < NODATA:
            raise ModelError(
                "Class {name} has the value {value}; values must lie between 0 and 254.",
                name=self.name,
                value=self.value,
            )
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.colour):
            raise ModelError(
                "Class {name} has the colour {colour}; colours are written #rrggbb.",
                name=self.name,
                colour=self.colour,
            )

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue, 0–255."""
        red, green, blue = bytes.fromhex(self.colour[1:])
        return red, green, blue


@dataclass(frozen=True)
class Legend:
    """The classes of a map, in the order of the network's output channels."""

    entries: tuple[LegendEntry, ...]

    def __post_init__(self) -> None:
        values = [entry.value for entry in self.entries]
        if len(set(values)) != len(values):
            raise ModelError("Two classes share one value: {values}.", values=str(values))

    @property
    def values(self) -> tuple[int, ...]:
        """Raster value of each output channel."""
        return tuple(entry.value for entry in self.entries)

    @property
    def rest(self) -> int | None:
        """Value of the class that is what no other is, as “Background”, or “Not flooded” beside “Flooded”.

        Maps leave it transparent.
        """
        names = [re.findall(r"[^\W_]+", entry.name.lower()) for entry in self.entries]
        for place, (entry, words) in enumerate(zip(self.entries, names)):
            denies = len(names) == 2 and words[:1] and words[0] in DENIALS and words[1:] == names[1 - place]
            if words == [BACKGROUND] or denies:
                return entry.value
        return None

    @property
    def begins_with_rest(self) -> bool:
        """Whether the first class is what no other is, so that it is right for what is none of the others for sure."""
        return self.rest == self.values[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Name of each output channel."""
        return tuple(entry.name for entry in self.entries)

    def to_document(self) -> list[dict[str, Any]]:
        """Write the classes as the MLM extension does (`classification:classes`)."""
        return [
            {
                "value": entry.value,
                "name": re.sub(r"[^0-9A-Za-z]+", "-", entry.name).strip("-").lower(),
                "title": entry.name,
                "description": entry.name,
                "color_hint": entry.colour.lstrip("#").upper(),
            }
            for entry in self.entries
        ]

    @classmethod
    def from_document(cls, classes: list[dict[str, Any]]) -> Legend:
        """Read the classes of an MLM card; classes without a colour get one of their own."""
        return cls(
            tuple(
                LegendEntry(
                    int(entry["value"]),
                    str(entry.get("title") or entry["name"]),
                    "#" + str(entry.get("color_hint") or SPARE_COLOURS[index % len(SPARE_COLOURS)]),
                )
                for index, entry in enumerate(classes)
            )
        )


SPARE_COLOURS = ("4477AA", "EE6677", "228833", "CCBB44", "66CCEE", "AA3377", "BBBBBB", "000000")
"""Colours for classes that come without: Paul Tol's "bright" scheme, told apart by colour-blind readers too."""
