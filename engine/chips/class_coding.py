"""Decides which class value each label gets in the chips, and what the class is called and looks like."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..classes.class_names import ClassNames, plain
from ..errors import InputError
from ..legend import NODATA, SPARE_COLOURS, Legend, LegendEntry
from ..requests.make_training_chips import ClassStyle
from .chip_set import IGNORE

UNLABELLED = -(2**62)
"""Code of ground without labels where that is a class of its own."""

GREY = "#DDDDDD"
"""Colour of ground without labels, where nothing says another."""

MOST_TOLD = 20
"""Labels or classes that a message lists."""


@dataclass(frozen=True)
class ClassCoding:
    """From the codes of labels to class values.

    Args:
        values: Class value of each code that counts.
        legend: The classes.
        renumbered: Whether the labels' own numbers could not be kept.
    """

    values: Mapping[int, int]
    legend: Legend
    renumbered: bool

    def classes(self, codes: np.ma.MaskedArray) -> NDArray[np.uint8]:
        """Class values of a window, `(rows, cols)`, `IGNORE` where nothing counts."""
        known = np.array(sorted(self.values), np.int64)
        targets = np.array([self.values[code] for code in known.tolist()], np.uint8)
        places = np.searchsorted(known, codes.data).clip(max=len(known) - 1)
        counting = ~np.ma.getmaskarray(codes) & (known[places] == codes.data)
        return np.where(counting, targets[places], np.uint8(IGNORE)).astype(np.uint8)


def whole_labels(ignored: Sequence[str], labels: Iterable[str]) -> tuple[str, ...]:
    """What the user wrote with commas between, put together again where a label has commas itself.

    Args:
        ignored: The pieces, in order.
        labels: What labels are called.
    """
    pieces = {tuple(filter(None, map(str.strip, label.split(",")))): label for label in labels if "," in label}
    left, found = tuple(ignored), []
    while left:
        taken = next((size for size in range(len(left), 1, -1) if left[:size] in pieces), 1)
        found.append(pieces.get(left[:taken], left[0]))
        left = left[taken:]
    return tuple(found)


def ignored_codes(ignored: Sequence[str], texts: Sequence[str], styles: Sequence[ClassStyle]) -> dict[str, float]:
    """The codes of labels that do not count, or the measurements, by what the user wrote; without what is neither.

    Args:
        ignored: What the user wrote.
        texts: What codes stand for; empty: for themselves.
        styles: How QGIS shows them: what it calls a number may be written in its place.
    """
    if texts:
        return {text: float(number) for number, text in enumerate(texts) if text in ignored}
    labels = {style.name: style.label for style in styles}
    codes = {}
    for text in ignored:
        try:
            codes[text] = float(labels.get(text, text))
        except ValueError:
            continue
    return codes


def code_of_background(name: str, texts: Sequence[str], styles: Sequence[ClassStyle], legend: ClassNames | None) -> int:
    """The code of the label that all ground without labels gets; `UNLABELLED` where no label is called so.

    Args:
        name: What the user calls it.
        texts: What codes stand for; empty: for themselves.
        styles: How QGIS shows them.
        legend: Names of numbers that count more than those; `None`: there is none.
    """
    if texts:
        return next((code for code, text in enumerate(texts) if plain(text) == plain(name)), UNLABELLED)
    named = {style.name: style.label for style in styles}
    if legend is not None:
        named = {called: str(value) for value, called in legend.names.items()}
    label = next((label for called, label in named.items() if plain(called) == plain(name)), name)
    try:
        return int(label)
    except ValueError:
        return UNLABELLED


def code_classes(
    found: Collection[int],
    texts: Sequence[str],
    styles: Sequence[ClassStyle],
    colours: Mapping[int, str],
    background: str = "",
) -> ClassCoding:
    """Give each code a class value: numbers from 0 to 254 keep theirs, texts and other numbers get 1, 2, … in order.

    Args:
        found: Codes that occur on the images.
        texts: What codes stand for, all of them in order; empty: for themselves.
        styles: How QGIS shows them.
        colours: Colours that the raster itself gives its numbers, `#rrggbb`.
        background: What ground without labels is called; it gets the lowest value that is free.

    Raises:
        InputError: There are more classes than values.
    """
    codes = sorted(code for code in found if code != UNLABELLED)
    names = {code: texts[code] if texts else str(code) for code in codes}
    kept = not texts and all(0 <= code < NODATA for code in codes)
    every = range(len(texts)) if texts and len(texts) < NODATA else codes  # the same whatever part is cut
    values = {code: code for code in codes} if kept else {code: number for number, code in enumerate(every, start=1)}
    if len(codes) >= NODATA:
        raise InputError(
            "The labels hold {count} classes; there can be 254 at most. Join classes, leave some out with IGNORE, or "
            "set TARGET to values if they are measurements.",
            count=len(codes),
        )
    shown = {style.label: style for style in styles}
    entries = []
    for number, code in enumerate(codes):
        style = shown.get(names[code])
        spare = GREY if plain(names[code]) == plain(background) else "#" + SPARE_COLOURS[number % len(SPARE_COLOURS)]
        colour = style.colour if style else colours.get(code, spare)
        entries.append(LegendEntry(values[code], (style.name if style else "") or names[code], colour))
    coded = {code: values[code] for code in codes}
    if UNLABELLED in found:
        numbers = {*map(str, values.values()), *(shown if kept else ())}
        coded[UNLABELLED] = next(value for value in range(NODATA + 1) if str(value) not in numbers)
        entries.append(LegendEntry(coded[UNLABELLED], background, GREY))
    return ClassCoding(coded, _in_order(entries), not texts and not kept)


def code_by_legend(
    found: Collection[int], texts: Sequence[str], legend: ClassNames, path: str, background: str = ""
) -> ClassCoding:
    """Give each code the class value that a legend has for it: numbers keep theirs, texts get that of their name.

    Args:
        found: Codes that occur on the images.
        texts: What codes stand for, all of them in order; empty: for themselves.
        legend: Names and colours by value.
        path: Where the legend is, for messages.
        background: What ground without labels is called; the legend need not have it.

    Raises:
        InputError: The legend lacks a label, has it more than once, or gives it a value that no class can have.
    """
    own = sorted(code for code in found if code != UNLABELLED)
    values = {code: _named(legend, texts[code], path) if texts else code for code in own}
    missing = [texts[code] if texts else str(code) for code, value in values.items() if value not in legend.values]
    if missing:
        raise InputError(
            "The labels hold {missing}, which the legend {path} does not have; it has {known}. Correct the labels, add "
            "them to the legend, or name them in IGNORE.",
            missing=", ".join(missing[:MOST_TOLD]),
            path=path,
            known=_told(legend),
        )
    coded = {code: value for code, value in values.items() if value is not None}
    names, colours = dict(legend.names), dict(legend.colours)
    if UNLABELLED in found:
        value = _named(legend, background, path)
        if value is None:
            value = next(value for value in range(NODATA + 1) if value not in legend.values)
            names[value], colours[value] = background, GREY
        coded[UNLABELLED] = value
    beyond = [value for value in coded.values() if not 0 <= value < NODATA]
    if beyond:
        raise InputError(
            "The legend {path} gives {name} the value {value}; class values lie between 0 and 254. Change legend and "
            "labels, or name that label in IGNORE.",
            path=path,
            name=legend.name(beyond[0]),
            value=beyond[0],
        )
    entries = []
    for number, value in enumerate(sorted(set(coded.values()))):
        spare = "#" + SPARE_COLOURS[number % len(SPARE_COLOURS)]
        entries.append(LegendEntry(value, names.get(value, str(value)), colours.get(value, spare)))
    return ClassCoding(coded, Legend(tuple(entries)), renumbered=False)


def _in_order(entries: Iterable[LegendEntry]) -> Legend:
    """A legend by rising value."""
    return Legend(tuple(sorted(entries, key=lambda entry: entry.value)))


def _named(legend: ClassNames, text: str, path: str) -> int | None:
    """The value that a text stands for in a legend, by name or as a number; `None`: none.

    Raises:
        InputError: Several classes are called so.
    """
    named = [value for value, name in legend.names.items() if plain(name) == plain(text)]
    if len(named) > 1:
        raise InputError(
            "The legend {path} has the name {name} for several values: {values}. Give each a name of its own, or use a "
            "CLASS_FIELD of numbers.",
            path=path,
            name=text,
            values=", ".join(map(str, named)),
        )
    return named[0] if named else next((value for value in legend.values if str(value) == text), None)


def _told(legend: ClassNames) -> str:
    """The classes of a legend in words."""
    shown = [f"{value} ({legend.names[value]})" if value in legend.names else str(value) for value in legend.values]
    return ", ".join(shown[:MOST_TOLD])
