"""Finds tiles in images without labels: at random places to learn from, edge to edge on ground that is held out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.random import Generator
from rasterio.windows import Window

from ..errors import InputError
from ..progress import Progress
from .places import Place, PlaceReader, opened

KNOWN = 0.9
"""Tiles of which every input knows less than this share are skipped."""

HELD_OUT = 0.2
"""Share of the ground that is held out."""

WHOLE_PLACES = 5
"""From so many places on, whole ones are held out; of fewer, a strip of each."""

PROBES, MOST_PROBES = 40, 400
"""How many tiles with data are looked for to find out where a place has any, and in how many tries."""

TRIES = 20
"""How often a tile is drawn anew, on average, before fewer must do."""

Area = tuple[int, Window]
"""Number of a place and a window of its grid."""

Chunks = list[np.ma.MaskedArray]
"""A tile of each input, `(bands, rows, cols)`."""


@dataclass(frozen=True)
class Ground:
    """Which ground is for what; no pixel is for both.

    Args:
        learning: What is learnt from.
        held_out: What is judged by.
    """

    learning: tuple[Area, ...]
    held_out: tuple[Area, ...]


def divide(places: Sequence[Place], side_px: int, chance: Generator, progress: Progress) -> Ground:
    """Hold ground out: whole places where there are enough of them, else the far end of each.

    Args:
        places: Where the images are.
        side_px: Side of a tile.
        chance: Which places are held out, and where it is tried what a place knows.
        progress: Is asked whether to stop, and told what is left out.

    Raises:
        InputError: The images are too small, or know too little, for such tiles.
    """
    shorter = [int(min(place.area.width, place.area.height)) for place in places]
    fitting = [number for number, px in enumerate(shorter) if px >= side_px]
    if not fitting:
        raise InputError(
            "TILE_SIZE is {side} px, but the largest image has only {most} px on its shorter side. Choose {most} at "
            "most.",
            side=side_px,
            most=max(shorter),
        )
    if len(fitting) < len(places):
        progress.warn(
            "{count} images are smaller than a tile of {side} px and are left out.",
            count=len(places) - len(fitting),
            side=side_px,
        )
    if len(fitting) >= WHOLE_PLACES:
        mixed = [int(number) for number in chance.permutation(fitting)]
        count = round(HELD_OUT * len(mixed))
        learning, held_out = sorted(mixed[count:]), sorted(mixed[:count])
        return Ground(*(tuple((number, places[number].area) for number in part) for part in (learning, held_out)))
    strips = {number: _cut(places[number], side_px, chance, progress) for number in fitting}
    pairs = [(number, *strip) for number, strip in strips.items() if strip]
    if not pairs:
        raise InputError(
            "No image has room for tiles of {side} px to learn from and, beside them, a strip of such tiles to judge "
            "by: every input must hold data on {least} px along one side and {side} px along the other. Choose a "
            "smaller TILE_SIZE or larger images.",
            side=side_px,
            least=2 * side_px,
        )
    return Ground(
        tuple((number, learning) for number, learning, _ in pairs),
        tuple((number, held_out) for number, _, held_out in pairs),
    )


def draw_tiles(
    places: Sequence[Place], areas: Sequence[Area], side_px: int, wanted: int, chance: Generator, progress: Progress
) -> Iterator[Chunks]:
    """Tiles at random places, each pixel of the areas as likely as any other; fewer where there is little data."""
    room = np.array([(area.width - side_px + 1) * (area.height - side_px + 1) for _, area in areas], float)
    counts = chance.multinomial(wanted, room / room.sum())
    for (number, area), count in zip(areas, counts):
        if not count:
            continue
        with opened(places[number]) as reader:
            found = 0
            for _ in range(int(count) * TRIES):
                if found == count:
                    break
                progress.update(0.0)
                chunks = _tile(reader, _anywhere(area, side_px, chance))
                if chunks is not None:
                    found += 1
                    yield chunks


def lay_tiles(
    places: Sequence[Place], areas: Sequence[Area], side_px: int, most: int, chance: Generator, progress: Progress
) -> Iterator[Chunks]:
    """Tiles that lie edge to edge, so that no ground is met twice; some by chance where there are more than asked."""
    lattice = [
        (number, Window(column, row, side_px, side_px))
        for number, area in areas
        for row in range(int(area.row_off), int(area.row_off + area.height) - side_px + 1, side_px)
        for column in range(int(area.col_off), int(area.col_off + area.width) - side_px + 1, side_px)
    ]
    mixed = [lattice[int(place)] for place in chance.permutation(len(lattice))]
    found = 0
    for part in (mixed[:most], mixed[most : TRIES * most]):  # what lies behind stands in for tiles without data
        for number, windows in groupby(sorted(part, key=lambda area: area[0]), key=lambda area: area[0]):
            if found == most:
                return
            with opened(places[number]) as reader:
                for _, window in windows:
                    progress.update(0.0)
                    chunks = _tile(reader, window) if found < most else None
                    if chunks is not None:
                        found += 1
                        yield chunks


def _cut(place: Place, side_px: int, chance: Generator, progress: Progress) -> tuple[Window, Window] | None:
    """A place in two along its longer side, as far as it holds data; `None`: there is no room for both."""
    found: list[tuple[int, int]] = []
    with opened(place) as reader:
        for _ in range(MOST_PROBES):
            if len(found) == PROBES:
                break
            progress.update(0.0)
            window = _anywhere(place.area, side_px, chance)
            if _tile(reader, window) is not None:
                found.append((int(window.row_off), int(window.col_off)))
    if not found:
        return None
    starts = np.array(found)
    first, last = starts.min(axis=0), starts.max(axis=0) + side_px
    along = int(np.argmax(last - first))
    begin, end = int(first[along]), int(last[along])
    cut = end - max(round(HELD_OUT * (end - begin)), side_px)
    if cut - begin < side_px:
        return None
    area = place.area
    if along == 0:
        rest = int(area.row_off + area.height) - cut
        return (
            Window(area.col_off, area.row_off, area.width, cut - int(area.row_off)),
            Window(area.col_off, cut, area.width, rest),
        )
    rest = int(area.col_off + area.width) - cut
    return (
        Window(area.col_off, area.row_off, cut - int(area.col_off), area.height),
        Window(cut, area.row_off, rest, area.height),
    )


def _anywhere(area: Window, side_px: int, chance: Generator) -> Window:
    """The window of a tile by chance within an area."""
    row = int(area.row_off) + int(chance.integers(int(area.height) - side_px + 1))
    column = int(area.col_off) + int(chance.integers(int(area.width) - side_px + 1))
    return Window(column, row, side_px, side_px)


def _tile(reader: PlaceReader, window: Window) -> Chunks | None:
    """A tile of each input; `None` where too little is known."""
    chunks = reader.read(window)
    return chunks if reader.known(chunks).mean() >= KNOWN else None
