"""Turns the texts of BANDS and SCALE, `input.modelband=value;…`, into values.

The number of the input (1 for INPUT, 2 for INPUT_2, …) may be left out for the first; its name does as well, as in
`sar.vv=1`, but whose it is only the model tells. In SCALE, `*` stands for every band that is not named.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..errors import InputError


@dataclass(frozen=True)
class BandChoice:
    """Which raster band (from 1) feeds a model band."""

    input: int
    band: str
    raster_band: int


@dataclass(frozen=True)
class BandScale:
    """What makes raw values those the model expects: expected = raw * factor + offset.

    With `decibels`, raw values are powers, as the backscatter of radar, and 10 log10 of them is what counts.
    """

    input: int
    band: str
    factor: float
    offset: float
    decibels: bool = False


Assigned = TypeVar("Assigned", BandChoice, BandScale)


def numbered(given: Sequence[Assigned], names: Sequence[str]) -> tuple[Assigned, ...]:
    """What BANDS or SCALE gives, with the number of the input where its name was written.

    Args:
        given: As it was read: a name still stands before the band.
        names: Those of the inputs, in order.
    """
    known = {name.lower(): number for number, name in enumerate(names, start=1)}
    found = []
    for each in given:
        name, dot, band = each.band.partition(".")
        is_named = each.input == 1 and dot and band and name.lower() in known
        found.append(replace(each, input=known[name.lower()], band=band) if is_named else each)
    return tuple(found)


def parse_bands(text: str) -> tuple[BandChoice, ...]:
    """Read BANDS, for example `red=3;green=2;blue=1`.

    Raises:
        InputError: The text is not of that form, or names a band twice.
    """
    choices = []
    for number, band, value in _assignments(text, "BANDS", "red=3;green=2;blue=1"):
        if not value.isdecimal() or int(value) < 1:
            raise InputError(
                "BANDS gives band {band} the value {found}; it takes the number of a raster band, from 1.",
                band=band,
                found=value,
            )
        choices.append(BandChoice(number, band, int(value)))
    return tuple(choices)


def parse_scale(text: str) -> tuple[BandScale, ...]:
    """Read SCALE, for example `*=0.0255`, `red=0.0255,12;nir=0.1` (factor, and offset if there is one).

    Where `db,` stands before the factor, values are brought to decibels first, as in `2.*=db,10.2,255`.

    Raises:
        InputError: The text is not of that form, or names a band twice.
    """
    scales = []
    for number, band, value in _assignments(text, "SCALE", "*=0.0255"):
        in_decibels = value.lower().removeprefix("db,")
        decibels = in_decibels != value.lower()
        factor, _, offset = in_decibels.partition(",")
        try:
            scale = BandScale(number, band, float(factor), float(offset or 0), decibels)
        except ValueError:
            scale = BandScale(number, band, math.nan, 0.0)
        if not (math.isfinite(scale.factor) and scale.factor and math.isfinite(scale.offset)):
            raise InputError(
                "SCALE gives band {band} the value {found}; it takes a factor that is not 0, or factor,offset, and "
                "db, before it where values are to become decibels first.",
                band=band,
                found=value,
            )
        scales.append(scale)
    return tuple(scales)


def renumbered(text: str, number: Callable[[int], int], names: Sequence[str] = ()) -> str:
    """A BANDS or SCALE with other numbers of inputs; entries that become the same are told once.

    Args:
        text: It is of that form.
        number: Gives the new number of an input for the old one.
        names: Those of the inputs in their new order, which are told in place of the numbers; empty: none.
    """
    entries = []
    for entry in text.split(";"):
        of_input, band = _key(entry)
        if band.startswith(tuple(f"{name}." for name in names)):
            entries.append(band)  # it is named already
            continue
        new = number(of_input)
        prefix = "" if new == 1 else f"{new}."
        entries.append((f"{names[new - 1]}." if new <= len(names) else prefix) + band)
    return ";".join(dict.fromkeys(entries))


def _key(text: str) -> tuple[int, str]:
    """Number of the input and name of the band before the `=`."""
    number, dot, band = text.partition(".")
    return (int(number), band) if dot and number.isdecimal() else (1, text)


def _assignments(text: str, parameter: str, example: str) -> list[tuple[int, str, str]]:
    """Split `input.band=value;…` into (input, band, value).

    Raises:
        InputError: The text is not of that form, or names a band twice.
    """
    parts: dict[tuple[int, str], str] = {}
    for entry in filter(None, (piece.strip() for piece in text.split(";"))):
        key, equals, value = (piece.strip() for piece in entry.partition("="))
        of_input, band = _key(key)
        if not (equals and band and value):
            raise InputError(
                "{parameter} has the entry {found}, which is not of the form band=value, as in {example}.",
                parameter=parameter,
                found=entry,
                example=example,
            )
        if (of_input, band) in parts:
            raise InputError("{parameter} names {band} twice. Give it one value.", parameter=parameter, band=key)
        parts[of_input, band] = value
    return [(*key, value) for key, value in parts.items()]
