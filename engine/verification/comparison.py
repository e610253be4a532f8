"""Counts which class the map shows where the truth is known, by region and by group of pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from rasterio.windows import Window

from ..classes.class_raster import ClassReader
from ..errors import InputError
from ..grids.burning import Burner
from ..grids.grid import Grid
from ..progress import Progress
from .distinct import distinct
from .features import Features
from .reference import Integers, Reference

MOST_CLASSES = 256
"""More are no classes but measurements, and their confusion matrix helps nobody."""

MOST_COUNTS = 2**25
"""Numbers in the confusion matrices of all groups together: 256 MB. Where there were more, groups are joined."""

NOWHERE = -1
"""Region of pixels outside all regions."""


class Regions:
    """Areas by whose names results are told apart; polygons of one name are one region.

    Where regions lie on one another, the later polygon counts.
    """

    def __init__(self, features: Features, grid: Grid) -> None:
        known = [number for number, label in enumerate(features.labels) if label is not None]
        self.names = tuple(sorted({str(features.labels[number]) for number in known}))
        if not self.names:
            raise InputError("REGIONS has no polygon with a name. Choose another REGION_FIELD.")
        places = {name: place for place, name in enumerate(self.names)}
        self._burner = Burner(grid, features.shapes[known])
        self._regions = np.array([places[str(features.labels[number])] for number in known])

    def of(self, window: Window, rows: Integers, columns: Integers) -> Integers:
        """The region of pixels of a window, by their centres, `(pixels,)`; `NOWHERE` where there is none."""
        near = self._burner.near(window)
        burnt = self._burner.burnt(window, near, self._regions[near], NOWHERE)
        return np.asarray(burnt[rows, columns], np.int64)


@dataclass(frozen=True)
class Comparison:
    """Pixels counted by region, group, true class and mapped class.

    Args:
        values: The classes, as the map numbers them, that the reference has, outside the map too, or the map shows
            there, in order.
        regions: Names of the regions; empty: none were asked for.
        cells: What each count is of: region, group, place of the true and of the mapped class in `values`, `(n, 4)`.
        counts: How many pixels there are of it, `(n,)`.
        not_mapped: How many pixels of each class lie where the map says nothing.
        outside: How many points or polygons of each class lie outside the map.
        notes: What of the reference had to be left out.
    """

    values: tuple[int, ...]
    regions: tuple[str, ...]
    cells: Integers
    counts: Integers
    not_mapped: Mapping[int, int]
    outside: Mapping[int, int]
    notes: Mapping[str, int]

    @property
    def compared(self) -> int:
        """How many pixels have both a true and a mapped class."""
        return int(self.counts.sum())

    def by_group(self, region: int | None = None) -> Integers:
        """Confusion matrices, `(groups, true classes, mapped classes)`: of all, or of one region.

        Groups that are next to each other in number are joined where there are too many to hold.
        """
        chosen = slice(None) if region is None else self.cells[:, 0] == region
        cells, counts = self.cells[chosen], self.counts[chosen]
        size = len(self.values)
        numbers, groups, _ = distinct(cells[:, 1])
        held = max(1, min(len(numbers), MOST_COUNTS // size**2))
        groups = groups * held // max(1, len(numbers))
        places = (groups * size + cells[:, 2]) * size + cells[:, 3]
        dense = np.zeros(held * size**2, np.int64)
        np.add.at(dense, places, counts)
        return dense.reshape(held, size, size)


def compare(reader: ClassReader, reference: Reference, regions: Regions | None, progress: Progress) -> Comparison:
    """Look up the map wherever the truth is known.

    Raises:
        InputError: The reference holds what the map does not know, or the map holds too many classes.
    """
    columns: list[Integers] = []
    counts: list[Integers] = []
    not_mapped: dict[int, int] = {}
    seen: set[int] = set()
    for batch in reference.batches():
        progress.update(batch.done)
        values, mapped = reader.read(batch.window)
        there = mapped[batch.rows, batch.columns]
        lost, _, times = distinct(batch.truth[~there])
        for value, count in zip(lost.tolist(), times.tolist()):
            not_mapped[value] = not_mapped.get(value, 0) + count
        rows, cols, truth = batch.rows[there], batch.columns[there], batch.truth[there]
        where = regions.of(batch.window, rows, cols) if regions else np.full(len(rows), NOWHERE)
        cells, counted = _counted(where, batch.groups[there], truth, values[rows, cols])
        columns.append(cells)
        counts.append(counted)
        seen.update(np.unique(cells[:, 2:]).tolist())
        if len(seen) > MOST_CLASSES:
            raise InputError(
                "The map or the reference holds more than {most} different values: these are no classes. Choose a "
                "class map.",
                most=MOST_CLASSES,
            )
    cells = np.concatenate(columns) if columns else np.zeros((0, 4), np.int64)
    values_in_order = np.array(sorted(seen | not_mapped.keys() | reference.outside.keys()), np.int64)
    cells[:, 2:] = np.searchsorted(values_in_order, cells[:, 2:])
    return Comparison(
        tuple(values_in_order.tolist()),
        regions.names if regions else (),
        cells,
        np.concatenate(counts) if counts else np.zeros(0, np.int64),
        dict(sorted(not_mapped.items())),
        reference.outside,
        reference.notes,
    )


def _counted(*columns: Integers) -> tuple[Integers, Integers]:
    """Distinct rows of some columns, `(n, columns)`, and how often each comes, `(n,)`."""
    if not len(columns[0]):
        return np.zeros((0, len(columns)), np.int64), np.zeros(0, np.int64)
    key = np.zeros(len(columns[0]), np.int64)
    tables = []
    for column in columns:  # numbers of distinct values: their products stay small within one window
        values, places, _ = distinct(column)
        tables.append(values)
        key = key * len(values) + places
    keys, _, counts = distinct(key)
    found = np.empty((len(keys), len(columns)), np.int64)
    for place in reversed(range(len(columns))):
        found[:, place] = tables[place][keys % len(tables[place])]
        keys = keys // len(tables[place])
    return found, counts
