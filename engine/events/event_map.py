"""Turns what a network says of each date into one map: what happened, when it was first seen, where and how probable.

Block by block: what is held in memory grows with the areas of the event, not with raster or series.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from ..grids.grid import Grid
from ..grids.ground import M2_PER_HECTARE
from ..legend import NODATA, Legend, LegendEntry
from ..library.event_models import CHANGE, FLOOD, GLACIER_FRONT, LANDSLIDE
from ..progress import Progress
from ..requests.detect_events import EventTargets
from ..results.outputs import finish_classes, finish_dates, finish_measurements
from ..results.qml import date_polygon_style
from ..results.vectors import keep_style, write_table
from ..tiles.mosaic import Layer, create
from ..tiles.strips import Strips, strip_rows
from .event_series import UNKNOWN, Said, SaidOfAll

NEVER = 0
"""In `when`: the event was seen on no date; else it holds the number of the first on which it was, from 1."""

LAND, SEA, LOST, GAINED = range(4)
"""Of a glacier: what was land or ice, or sea, at the beginning and at the end, and what changed between."""

LEGENDS = {
    FLOOD: Legend((LegendEntry(0, "Not flooded", "#E8E4D9"), LegendEntry(1, "Flooded", "#1F6FB4"))),
    LANDSLIDE: Legend((LegendEntry(0, "No landslide", "#E8E4D9"), LegendEntry(1, "Landslide", "#A6461F"))),
    CHANGE: Legend((LegendEntry(0, "No change", "#E8E4D9"), LegendEntry(1, "Change", "#C51B7D"))),
    GLACIER_FRONT: Legend(
        (
            LegendEntry(LAND, "Ice and land", "#DCE9F2"),
            LegendEntry(SEA, "Sea", "#2B5C8A"),
            LegendEntry(LOST, "Became sea", "#D7301F"),
            LegendEntry(GAINED, "Became ice", "#8ED08A"),
        )
    ),
}


@dataclass(frozen=True)
class Events:
    """What the rasters of an event say, on one grid, unfinished.

    Args:
        what: Values of the event's legend.
        when: See `NEVER`; `NODATA` where nothing is known.
        sure: Probability of the event on the date it was first seen.
        new_m2: Ground where the event was first seen, date by date; of a glacier, what became sea by the end.
    """

    what: Path
    when: Path
    sure: Path
    new_m2: tuple[float, ...]


def put_together(said: SaidOfAll, event: str, scratch: Callable[[str], Path], progress: Progress) -> Events:
    """Find out where and when the event was seen first.

    Args:
        said: What the network says of each date.
        event: Which event it is.
        scratch: Gives a place for a file of a name.
        progress: Is told after each block.
    """
    layers = {
        "what": Layer(scratch("what.working.tif"), ("class",), "uint8", NODATA),
        "when": Layer(scratch("when.working.tif"), ("date",), "uint8", NODATA),
        "sure": Layer(scratch("sure.working.tif"), ("probability",), "float32", np.nan),
    }
    areas_m2 = said.grid.row_areas_m2
    new_m2 = np.zeros(len(said.dates) + 1)
    with ExitStack() as opening:
        targets = {name: opening.enter_context(create(layer, said.grid)) for name, layer in layers.items()}
        sources = [
            (opening.enter_context(rasterio.open(date.seen)), opening.enter_context(rasterio.open(date.probability)))
            for date in said.dates
        ]
        windows = [window for _, window in targets["what"].block_windows(1)]
        for done, window in enumerate(windows, start=1):
            block = _Block((int(window.height), int(window.width)))
            for number, (seen, probability) in enumerate(sources, start=1):
                block.add(number, seen.read(1, window=window), probability.read(1, window=window))
            found = block.what(event)
            for name, values in (("what", found), ("when", block.when_known), ("sure", block.sure)):
                targets[name].write(values, 1, window=window)
            rows_m2 = areas_m2[int(window.row_off) : int(window.row_off + window.height), np.newaxis]
            new = np.where(found == LOST, block.when, NEVER) if event == GLACIER_FRONT else block.when
            new_m2 += np.bincount(new.ravel(), np.broadcast_to(rows_m2, new.shape).ravel(), len(new_m2))
            progress.update(done / len(windows))
    what, when, sure = (layer.path for layer in layers.values())
    return Events(what, when, sure, tuple(new_m2[1:].tolist()))


class _Block:
    """A block of pixels through all dates.

    Args:
        shape: Rows and columns.
    """

    def __init__(self, shape: tuple[int, int]) -> None:
        self.when = np.full(shape, NEVER, np.uint8)
        self.sure = np.full(shape, np.nan, np.float32)
        self._first = np.full(shape, UNKNOWN, np.uint8)
        self._last = np.full(shape, UNKNOWN, np.uint8)

    def add(self, number: int, seen: NDArray[np.uint8], probability: NDArray[np.float32]) -> None:
        """Take in the next date."""
        known = seen != UNKNOWN
        new = (seen == 1) & (self.when == NEVER)
        self.when[new] = number
        self.sure[new] = probability[new]
        fresh = known & (self._first == UNKNOWN)
        self._first[fresh] = seen[fresh]
        self._last[known] = seen[known]

    @property
    def when_known(self) -> NDArray[np.uint8]:
        """`when`, and nothing where no date is known."""
        return np.where(self._last == UNKNOWN, np.uint8(NODATA), self.when)

    def what(self, event: str) -> NDArray[np.uint8]:
        """Values of the event's legend."""
        if event == GLACIER_FRONT:
            values = np.select(
                [self._first == self._last, self._last == 1], [self._last, np.full_like(self._last, LOST)], GAINED
            )
        else:
            values = (self.when > NEVER).astype(np.uint8)
        return np.where(self._last == UNKNOWN, NODATA, values).astype(np.uint8)


def keep_rasters(
    said: SaidOfAll, events: Events, event: str, targets: EventTargets, place: Callable[[str], Path]
) -> None:
    """Keep the rasters that are wanted, with their styles.

    Args:
        said: What the network says of each date.
        events: What follows.
        event: Which event it is.
        targets: What is wanted.
        place: Gives the place where a target is made.
    """
    if targets.date_raster:
        made = Layer(events.when.with_name("dates.working.tif"), ("date as yyyymmdd",), "int32", 0)
        _write_dates(said.dates, events.when, made, said.grid)
        finish_dates(made.path, place(targets.date_raster), [date.day for date in said.dates], said.provenance)
    if targets.probability:
        days = tuple(date.day.isoformat() for date in said.dates)
        made = Layer(events.when.with_name("probabilities.working.tif"), days, "float32", np.nan)
        _stack([date.probability for date in said.dates], made, said.grid)
        finish_measurements(made.path, place(targets.probability), (0.0, 1.0), said.provenance)
    if targets.output:
        finish_classes(events.what, place(targets.output), LEGENDS[event], said.provenance)


def _write_dates(dates: Sequence[Said], when: Path, made: Layer, grid: Grid) -> None:
    """The date of first sight as yyyymmdd, nodata where the event was never seen or nothing is known."""
    table = np.zeros(256, np.int32)
    table[1 : len(dates) + 1] = [int(date.day.strftime("%Y%m%d")) for date in dates]
    with rasterio.open(when) as source, create(made, grid) as target:
        for _, window in target.block_windows(1):
            target.write(table[source.read(1, window=window)], 1, window=window)


def _stack(paths: Sequence[Path], made: Layer, grid: Grid) -> None:
    """Rasters of one band as the bands of one."""
    with create(made, grid) as target:
        for band, path in enumerate(paths, start=1):
            with rasterio.open(path) as source:
                for _, window in target.block_windows(1):
                    target.write(source.read(1, window=window), band, window=window)


def write_event_polygons(path: Path, said: SaidOfAll, events: Events, event: str, progress: Progress) -> int:
    """Write the areas of the event with date, event, area_m2 and confidence; gives their number.

    One for each connected area of one date. Of a glacier only what became sea by the end counts.
    """
    # scikit-image is imported where it is needed: a worker that traces nothing goes without
    from ..polygons.regions import find_regions
    from ..polygons.tracing import trace

    grid = said.grid
    with ExitStack() as opening:
        what, when, sure = (
            opening.enter_context(rasterio.open(path)) for path in (events.what, events.when, events.sure)
        )

        def dated(start: int, stop: int) -> NDArray[np.uint8]:
            progress.update(0.5)
            rows = Window(0, start, grid.width, stop - start)
            values: NDArray[np.uint8] = when.read(1, window=rows)
            none = values == NEVER
            if event == GLACIER_FRONT:
                none |= what.read(1, window=rows) != LOST
            return np.where(none, np.uint8(NODATA), values)

        def confidence(start: int, stop: int) -> NDArray[np.float32]:
            values: NDArray[np.float32] = sure.read(1, window=Window(0, start, grid.width, stop - start))
            return values

        rows = strip_rows(grid.width)
        regions = find_regions(Strips(dated, grid.height, grid.width, rows))
        areas_m2 = grid.row_areas_m2
        batches = list(trace(regions, Strips(confidence, grid.height, grid.width, rows), grid.transform, areas_m2))
    numbers = np.concatenate([np.zeros(0, np.int32), *(batch.values for batch in batches)])
    days = np.array([date.day for date in said.dates], "datetime64[D]")
    columns = {
        "date": days[numbers - 1],
        "event": np.full(len(numbers), event, object),
        "area_m2": np.concatenate([np.zeros(0), *(batch.areas_m2 for batch in batches)]),
        "confidence": np.concatenate([np.zeros(0), *(batch.confidences for batch in batches)]),
    }
    import shapely

    shapes = np.concatenate([np.zeros(0, object), *(batch.polygons for batch in batches)])
    write_table(path, columns, shapely.to_wkb(shapes), grid.crs, tags=said.provenance)
    keep_style(path, date_polygon_style([date.day for date in said.dates]))
    return len(numbers)


def hectares(events: Events) -> list[float]:
    """Ground where the event was first seen, date by date."""
    return [area / M2_PER_HECTARE for area in events.new_m2]
