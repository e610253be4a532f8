"""Finds tiles in images without labels: at random places to learn from, edge to edge on ground that is held out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.random import Generator
from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import Grid, mosaic_grid
from ..grids.overlap import bounds_in, joined, overlaps
from ..progress import Progress
from .places import Place, PlaceReader, opened

KNOWN = 0.9
"""Tiles of which every input knows less than this share are skipped."""

HELD_OUT = 0.2
"""Share of the ground that is held out."""

WHOLE_PIECES = 5
"""From so many pieces of ground on, whole ones are held out; of fewer, a strip of each."""

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
    """Which ground is for what; none is for both, and none is held out twice.

    Args:
        learning: What is learnt from.
        held_out: What is judged by.
    """

    learning: tuple[Area, ...]
    held_out: tuple[Area, ...]


def divide(places: Sequence[Place], side_px: int, chance: Generator, progress: Progress) -> Ground:
    """Hold ground out: whole pieces where there are enough of them, else the far end of each.

    Places that overlap, be it through others, are one piece of ground.

    Args:
        places: Where the images are.
        side_px: Side of a tile.
        chance: Which pieces are held out, and where it is tried what a place knows.
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
    over = overlaps([_grid(places[number]) for number in fitting])
    beside = {number: {fitting[other] for other in others} for number, others in zip(fitting, over)}
    pieces = [[fitting[each] for each in piece] for piece in joined(over)]
    learning, held_out = _deal(places, pieces, side_px, chance, progress)
    judged: list[Area] = []
    for area in sorted(held_out, key=itemgetter(0)):
        judged += _without(judged, area, places, beside, side_px)
    learnt: list[Area] = []
    for area in sorted(learning, key=itemgetter(0)):
        learnt += _without(held_out, area, places, beside, side_px)
    if not learnt or not judged:
        raise InputError(
            "No image has room for tiles of {side} px to learn from and, beside them, a strip of such tiles to judge "
            "by: every input must hold data on {least} px along one side and {side} px along the other. Choose a "
            "smaller TILE_SIZE or larger images.",
            side=side_px,
            least=2 * side_px,
        )
    return Ground(tuple(learnt), tuple(judged))


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
        for number, windows in groupby(sorted(part, key=itemgetter(0)), key=itemgetter(0)):
            if found == most:
                return
            with opened(places[number]) as reader:
                for _, window in windows:
                    progress.update(0.0)
                    chunks = _tile(reader, window) if found < most else None
                    if chunks is not None:
                        found += 1
                        yield chunks


def _deal(
    places: Sequence[Place], pieces: Sequence[Sequence[int]], side_px: int, chance: Generator, progress: Progress
) -> tuple[list[Area], list[Area]]:
    """Areas to learn from, but for what is held out of them, and areas that are held out."""
    learning: list[Area] = []
    held_out: list[Area] = []
    if len(pieces) >= WHOLE_PIECES:
        count = round(HELD_OUT * len(pieces))
        for order, piece in enumerate(chance.permutation(len(pieces)).tolist()):
            areas = held_out if order < count else learning
            areas += ((number, places[number].area) for number in pieces[piece])
        return learning, held_out
    for numbers in pieces:
        for areas, found in zip((learning, held_out), _cut(places, numbers, side_px, chance, progress)):
            areas += found
    return learning, held_out


def _cut(
    places: Sequence[Place], piece: Sequence[int], side_px: int, chance: Generator, progress: Progress
) -> tuple[list[Area], list[Area]]:
    """The areas of a piece of ground, and strips of them at the far end of its longer side, as far as it holds data.

    Nothing: there is no room for both.
    """
    grid = mosaic_grid([_grid(places[number]) for number in piece])
    found: dict[int, Window] = {}
    for number in piece:
        data = _data(places[number], side_px, chance, progress)
        under = grid.covering(bounds_in(grid, places[number].grid.part(data))) if data else None
        if under:
            found[number] = under
    if not found:
        return [], []
    ends = np.array([window.toranges() for window in found.values()])  # (places, rows and columns, first and last)
    first, last = ends[..., 0].min(axis=0), ends[..., 1].max(axis=0)
    along = int(np.argmax(last - first))
    begin, end = int(first[along]), int(last[along])
    cut = end - max(round(HELD_OUT * (end - begin)), side_px)
    if cut - begin < side_px:
        return [], []
    far = Window(0, cut, grid.width, grid.height - cut) if along == 0 else Window(cut, 0, grid.width - cut, grid.height)
    strips = [(number, strip) for number in found if (strip := _under(places[number], grid.part(far)))]
    return [(number, places[number].area) for number in found], _fitting(strips, side_px)


def _data(place: Place, side_px: int, chance: Generator, progress: Progress) -> Window | None:
    """The part of a place where tiles with data were found by trying; `None`: there was none."""
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
    (top, left), (bottom, right) = np.min(found, axis=0).tolist(), (np.max(found, axis=0) + side_px).tolist()
    return Window(left, top, right - left, bottom - top)


def _without(
    taken: Sequence[Area], area: Area, places: Sequence[Place], beside: Mapping[int, Collection[int]], side_px: int
) -> list[Area]:
    """What is left of an area without the ground of others, as rectangles that hold a tile.

    Args:
        taken: The others.
        area: The area.
        places: All places.
        beside: Numbers of the places that lie over each.
        side_px: Side of a tile.
    """
    number, _ = area
    left = [area]
    for other, window in taken:
        near = other == number or other in beside[number]
        hole = _under(places[number], places[other].grid.part(window)) if near else None
        if hole:
            left = _fitting([(number, part) for _, whole in left for part in _around(whole, hole)], side_px)
    return left


def _around(window: Window, hole: Window) -> list[Window]:
    """What a window has above, below, left and right of a hole; some of it may be empty."""
    (top, bottom), (left, right) = (map(int, ends) for ends in window.toranges())
    (hole_top, hole_bottom), (hole_left, hole_right) = (map(int, ends) for ends in hole.toranges())
    above, below = min(max(hole_top, top), bottom), max(min(hole_bottom, bottom), top)
    before, behind = min(max(hole_left, left), right), max(min(hole_right, right), left)
    if above >= below or before >= behind:
        return [window]
    return [
        Window(left, top, right - left, above - top),
        Window(left, below, right - left, bottom - below),
        Window(left, above, before - left, below - above),
        Window(behind, above, right - behind, below - above),
    ]


def _fitting(areas: Sequence[Area], side_px: int) -> list[Area]:
    """Those areas that hold a tile."""
    return [(number, window) for number, window in areas if min(window.width, window.height) >= side_px]


def _grid(place: Place) -> Grid:
    """The grid of what is asked for of a place."""
    return place.grid.part(place.area)


def _under(place: Place, grid: Grid) -> Window | None:
    """The part of what is asked for of a place that lies under a grid."""
    own = _grid(place)
    part = own.covering(bounds_in(own, grid))
    if part is None:
        return None
    return Window(place.area.col_off + part.col_off, place.area.row_off + part.row_off, part.width, part.height)


def _anywhere(area: Window, side_px: int, chance: Generator) -> Window:
    """The window of a tile by chance within an area."""
    row = int(area.row_off) + int(chance.integers(int(area.height) - side_px + 1))
    column = int(area.col_off) + int(chance.integers(int(area.width) - side_px + 1))
    return Window(column, row, side_px, side_px)


def _tile(reader: PlaceReader, window: Window) -> Chunks | None:
    """A tile of each input; `None` where too little is known."""
    chunks = reader.read(window)
    return chunks if reader.known(chunks).mean() >= KNOWN else None
