"""Compose a network: from encoder, necks and head to the spec of a network, and what that network would be like."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from .input_names import TAKEN, can_name_an_input
from .spec_file import check_spec, parse_objectives
from .words import check_word

ENCODERS = (
    *("unet", "resnet", "resnet_dilated", "efficient", "vit", "vit_windows", "utae"),
    *("pixel_attention", "pixel_gru", "pixel_lstm", "pixel_convolution", "phydnet"),
)
NECKS = (
    *("unet", "fpn", "utae", "tokens_to_pyramid", "attention", "attention_windows", "aspp", "region_graph", "align"),
    *("over_time", "over_time_convlstm", "over_time_convgru", "over_time_convlstm_attention", "over_time_phycell"),
    *("over_time_mean", "over_time_max", "over_time_last", "pooled"),
)
HEADS = ("segmentation", "regression", "line", "classification", "reconstruction")
FUSIONS = ("early", "middle", "shallow", "available", "cross", "late")
"""Names in `models/composition.py`, which QGIS's Python cannot read; a test holds them to it."""

AUTO, NONE = "auto", "none"
"""NECK: those that lead from the encoder to the head, or none at all."""

MOST_INPUTS = 4
MOST_BANDS = 1000
MOST_CLASSES = 1000
WIDTHS = (4, 1024)
DEPTHS = (1, 8)


@dataclass(frozen=True)
class ComposedInput:
    """One image that the network reads.

    Args:
        name: Its name in the network.
        bands: Bands of one date.
        days: Days of its dates, counted from the first; empty: a single image.
    """

    name: str
    bands: int
    days: tuple[int, ...] = ()


@dataclass(frozen=True)
class ComposeNetwork:
    """What is asked of `composenetwork`.

    Args:
        inputs: What the network reads.
        encoder: From images to features.
        neck: Necks in order, joined by `+`, as in `over_time+unet`; `auto`: those that fit; `none`.
        head: From features to the output.
        fusion: How several inputs come together.
        classes: Number of classes, of values or of bands that the network gives.
        width: Channels at the finest level.
        depth: Number of levels, or of layers.
        spec: Spec file; if given, its network instead of the one composed of the above.
        objectives: `name=weight;...`; empty: those of the spec file, if it has any.
        output: Spec file to write; empty: none.
        report: HTML page for people; empty: none.
    """

    inputs: tuple[ComposedInput, ...] = (ComposedInput("image", 3),)
    encoder: str = ENCODERS[0]
    neck: str = AUTO
    head: str = HEADS[0]
    fusion: str = FUSIONS[0]
    classes: int = 2
    width: int = 32
    depth: int = 4
    spec: str = ""
    objectives: str = ""
    output: str = ""
    report: str = ""

    def __post_init__(self) -> None:
        parse_objectives(self.objectives)
        if self.spec:
            check_spec(Path(self.spec))
            return
        check_word("ENCODER", self.encoder, ENCODERS)
        check_word("HEAD", self.head, HEADS)
        check_word("FUSION", self.fusion, FUSIONS)
        parse_necks(self.neck)
        _check_range("CLASSES", self.classes, (1, MOST_CLASSES))
        _check_range("WIDTH", self.width, WIDTHS)
        _check_range("DEPTH", self.depth, DEPTHS)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(path for path in (self.output, self.report) if path)


def parse_necks(text: str) -> tuple[str, ...] | None:
    """Read NECK, for example `over_time+unet`.

    Returns:
        The necks in order; `None`: those that fit.

    Raises:
        InputError: One of them does not exist.
    """
    words = tuple(word.strip() for word in text.split("+"))
    if words in ((AUTO,), ("",)):
        return None
    if words == (NONE,):
        return ()
    for word in words:
        if word not in NECKS:
            raise InputError(
                "NECK has the entry {found}; it is auto, none, or one or more of these, joined by +: {known}.",
                found=word or "-",
                known=", ".join(NECKS),
            )
    return words


def parse_inputs(bands: str, dates: str) -> tuple[ComposedInput, ...]:
    """Read BANDS and DATES.

    Args:
        bands: A number of bands, or those of each input by name: `optical=4;sar=2`.
        dates: Empty for single images; for all inputs, or for each by name: days (`0,10,40`), dates
            (`2024-05-01,2024-05-11`), or how many and how far apart (`23x16`).

    Raises:
        InputError: They are not of that form.
    """
    counts = {name or "image": _band_count(value) for name, value in _named("BANDS", bands).items()}
    if not counts or len(counts) > MOST_INPUTS:
        raise InputError(
            "BANDS names {found} inputs; give 1 to {most}, for example 4, or optical=4;sar=2.",
            found=len(counts),
            most=MOST_INPUTS,
        )
    days = {name: _days(value) for name, value in _named("DATES", dates).items()}
    for name in days:
        if name and name not in counts:
            raise InputError(
                "DATES has dates of {found}, and BANDS no input of that name: {known}.",
                found=name,
                known=", ".join(counts),
            )
    for_all = days.get("", ())
    return tuple(ComposedInput(name, count, days.get(name, for_all)) for name, count in counts.items())


def _named(parameter: str, text: str) -> dict[str, str]:
    """Split `name=value;...`; a value alone has an empty name."""
    found: dict[str, str] = {}
    for entry in filter(None, (piece.strip() for piece in text.split(";"))):
        name, equals, value = (piece.strip() for piece in entry.rpartition("="))
        if equals and not can_name_an_input(name) or name in found:
            raise InputError(
                "{parameter} has the entry {found}; each input needs a name of its own that begins with a letter, "
                "holds letters, digits and _ only, and is none of {taken}.",
                parameter=parameter,
                found=entry,
                taken=", ".join(TAKEN),
            )
        found[name] = value
    if "" in found and len(found) > 1 and parameter == "BANDS":
        raise InputError("BANDS is {found}; of several inputs each needs a name, as in optical=4;sar=2.", found=text)
    return found


def _band_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_BANDS:
        raise InputError(
            "BANDS has the number {found}; it must be a whole number from 1 to {most}, for example 4, or "
            "optical=4;sar=2 for two inputs.",
            found=text or "-",
            most=MOST_BANDS,
        )
    return int(text)


def _days(text: str) -> tuple[int, ...]:
    """Days of dates, the first of which is day 0 where they are given as dates."""
    regular = re.fullmatch(r"(\d+)\s*[x×]\s*(\d+)", text)
    pieces = [piece.strip() for piece in text.split(",")]
    try:
        if regular:
            count, step = map(int, regular.groups())
            days = tuple(step * number for number in range(count))
        elif all(re.fullmatch(r"-?\d+", piece) for piece in pieces):
            days = tuple(map(int, pieces))
        else:
            ordinals = [datetime.date.fromisoformat(piece).toordinal() for piece in pieces]
            days = tuple(ordinal - ordinals[0] for ordinal in ordinals)
    except ValueError:
        days = ()
    if not days or any(later <= earlier for earlier, later in zip(days, days[1:])):
        raise InputError(
            "DATES has the entry {found}; give rising days (0,10,40), rising dates (2024-05-01,2024-05-11), or how "
            "many and how many days apart (23x16).",
            found=text or "-",
        )
    return days


def _check_range(parameter: str, found: int, limits: tuple[int, int]) -> None:
    least, most = limits
    if not least <= found <= most:
        raise InputError(
            "{parameter} is {found}; it must lie between {least} and {most}.",
            parameter=parameter,
            found=found,
            least=least,
            most=most,
        )
