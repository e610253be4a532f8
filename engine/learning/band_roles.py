"""Tells from the names of bands which of them are red, green and blue, and which hold compass bearings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ...models.augmentation import Bearing
from ..chips.chip_set import ChipInput

VISIBLE = (("red", "green", "blue"), ("r", "g", "b"), ("b04", "b03", "b02"))
"""Names of red, green and blue; b04 to b02 are Sentinel-2's."""

VISIBLE_BESIDE = ("b4", "b3", "b2"), frozenset({"b8", "b8a", "b11", "b12"})
"""b4 to b2 are those only beside further bands of Sentinel-2: Landsat 5 and 7 number others so."""

BEARINGS = ("aspect", "aspect_deg")


def visible_bands(inputs: Sequence[ChipInput]) -> Mapping[str, tuple[int, ...]]:
    """Numbers of the red, green and blue bands, from 0, by the name of the input; left out where it has none."""
    found = {source.name: _visible([band.casefold() for band in source.bands]) for source in inputs}
    return {name: bands for name, bands in found.items() if bands}


def bearings(inputs: Sequence[ChipInput]) -> Mapping[str, tuple[Bearing, ...]]:
    """The bands that hold compass bearings in degrees, by the name of the input; radians are not taken for such."""
    found = {
        source.name: tuple(
            Bearing(number, source.mean[number], source.std[number])
            for number, band in enumerate(source.bands)
            if (band.casefold() in BEARINGS or (len(source.bands) == 1 and source.name.casefold() in BEARINGS))
            and math.tau < source.highest[number] <= 360
        )
        for source in inputs
    }
    return {name: bands for name, bands in found.items() if bands}


def _visible(names: Sequence[str]) -> tuple[int, ...]:
    triples, (numbered, others) = list(VISIBLE), VISIBLE_BESIDE
    if others & set(names):
        triples.append(numbered)
    for triple in triples:
        if set(triple) <= set(names):
            return tuple(names.index(name) for name in triple)
    return ()
