"""Turns a reference (points, polygons or a raster of true classes) into true classes on a map's pixels.

Whatever the reference is, what comes out are batches of pixels, a part of the map at a time, each with its true class
and the group of pixels that it was judged with.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.coords import BoundingBox
from rasterio.windows import Window, intersect, intersection

from ..classes.class_names import ClassNames, class_names
from ..classes.class_raster import ClassRaster
from ..errors import InputError
from ..grids.burning import Burner
from ..grids.grid import Grid
from ..grids.overlap import overlap
from ..progress import Progress
from ..requests.estimate_uncertainty import Truth
from ..results.workspace import Workspace
from .distinct import distinct
from .features import POINT, POLYGON, Features, Label, read_features

WINDOW_PX = 1024
"""Side of the windows that are read."""

BLOCKS = 100
"""About as many square blocks the ground is divided into, whatever its size."""

LEAST_BLOCK_PX = 16
"""Smaller blocks would be no more independent than pixels are."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Pixels of one window of the map whose true class is known.

    Args:
        window: The window.
        rows: Row of each in the window, `(pixels,)`.
        columns: Column of each, `(pixels,)`.
        truth: True class of each, as the map numbers it, `(pixels,)`.
        groups: Number of the point, polygon or block that each belongs to, `(pixels,)`.
        done: Share of the reference that is behind us with this window, 0–1.
    """

    window: Window
    rows: Integers
    columns: Integers
    truth: Integers
    groups: Integers
    done: float


class Reference(Protocol):
    """What is held to be true."""

    @property
    def kind(self) -> str:
        """`points`, `polygons` or `blocks`: what the groups are."""

    def batches(self) -> Iterator[Batch]:
        """Its pixels, window by window of the map; afterwards `notes` and `outside` are complete."""

    @property
    def outside(self) -> Mapping[int, int]:
        """How many points or polygons of each true class lie outside the map altogether."""

    @property
    def notes(self) -> Mapping[str, int]:
        """What had to be left out, and how often."""


class PointReference:
    """Points with their true class, a value of the map for each; `None`: none."""

    kind = "points"

    def __init__(self, features: Features, classes: tuple[int | None, ...], grid: Grid) -> None:
        self._grid = grid
        parts, owners = shapely.get_parts(features.shapes, return_index=True)
        values = [classes[owner] for owner in owners]
        known = np.array([value is not None for value in values], bool)
        self._truth = np.array([value for value in values if value is not None], np.int64)
        self._places = shapely.get_coordinates(parts)[known] if len(parts) else np.zeros((0, 2))
        self.notes = _notes({"without class": int((~known).sum()), **_lost(features)})
        self.outside: dict[int, int] = {}

    def batches(self) -> Iterator[Batch]:
        """The points in each window."""
        columns, rows = _cells(self._grid, self._places)
        inside = (columns >= 0) & (columns < self._grid.width) & (rows >= 0) & (rows < self._grid.height)
        self.outside = _counted(self._truth[~inside])
        numbers = np.flatnonzero(inside)
        across = math.ceil(self._grid.width / WINDOW_PX)
        windows = rows[numbers] // WINDOW_PX * across + columns[numbers] // WINDOW_PX
        order = np.argsort(windows, kind="stable")
        starts = np.flatnonzero(np.diff(windows[order], prepend=-1))
        for start, stop in zip(starts, [*starts[1:], len(order)]):
            members = numbers[order[start:stop]]
            window = _window(self._grid, rows[members[0]] // WINDOW_PX, columns[members[0]] // WINDOW_PX)
            yield Batch(
                window,
                rows[members] - window.row_off,
                columns[members] - window.col_off,
                self._truth[members],
                members,
                stop / len(order),
            )


class PolygonReference:
    """Polygons with their true class, a value of the map for each; `None`: none.

    Pixels whose centre lies in a polygon count. Where polygons of different classes lie on one another, none does.
    """

    kind = "polygons"

    def __init__(self, features: Features, classes: tuple[int | None, ...], grid: Grid) -> None:
        self._grid = grid
        known = np.array([value is not None for value in classes], bool)
        truth = np.array([value for value in classes if value is not None], np.int64)
        order = np.argsort(truth, kind="stable")  # burnt from the lowest class to the highest, or the other way round
        self._truth, self._shapes = truth[order], features.shapes[known][order]
        self._burner = Burner(grid, self._shapes)
        self._missing = {"without class": int((~known).sum()), **_lost(features)}
        self._contradicted = 0
        self._seen = np.zeros(len(order), bool)
        self._inside = shapely.intersects(self._shapes, shapely.box(*grid.bounds))
        self.outside = _counted(self._truth[~self._inside])

    @property
    def notes(self) -> Mapping[str, int]:
        """What had to be left out, and how often."""
        small = int((self._inside & ~self._seen).sum())
        return _notes({**self._missing, "without a pixel": small, "contradicted": self._contradicted})

    def batches(self) -> Iterator[Batch]:
        """The pixels in polygons in each window."""
        for done, window in windows(self._grid, self._grid.window):
            near = self._burner.near(window)
            if not len(near):
                continue
            first, last = self._burnt(near, window), self._burnt(near[::-1], window)
            burnt = first > 0
            self._seen[np.unique(np.concatenate([first[burnt], last[burnt]])) - 1] = True
            for number in near[~self._seen[near]]:  # others may hide it
                self._seen[number] = self._holds_a_pixel(number, window)
            agreed = burnt.copy()
            agreed[burnt] = self._truth[first[burnt] - 1] == self._truth[last[burnt] - 1]
            self._contradicted += int(burnt.sum() - agreed.sum())
            rows, columns = np.nonzero(agreed)
            numbers = first[agreed].astype(np.int64) - 1
            yield Batch(window, rows, columns, self._truth[numbers], numbers, done)

    def _holds_a_pixel(self, number: np.intp, window: Window) -> bool:
        """Whether the centre of a pixel of a window lies in a polygon, whatever lies on it."""
        under = self._grid.covering(BoundingBox(*self._shapes[number].bounds))
        if under is None or not intersect(under, window):
            return False
        return bool(self._burnt(np.array([number]), intersection(under, window)).any())

    def _burnt(self, numbers: NDArray[np.intp], window: Window) -> NDArray[np.int32]:
        """Number of the polygon of each pixel, `(rows, cols)`, counted from 1; 0: none. Later ones lie on top."""
        return self._burner.burnt(window, numbers, numbers + 1)


class RasterReference:
    """A raster of true classes, brought to the map's grid by the nearest pixel.

    Its groups are square blocks of the map's pixels, about `BLOCKS` over where the two overlap.

    Args:
        raster: The reference.
        classes: The value of the map that stands for a value of the reference; `None`: none does.
        grid: The map's.

    Raises:
        InputError: The two do not overlap.
    """

    kind = "blocks"

    def __init__(self, raster: ClassRaster, classes: Callable[[int], int | None], grid: Grid) -> None:
        self._grid, self._classes = grid, classes
        self._reader = raster.on(grid)
        area = overlap(grid, raster.grid)
        if area is None:
            raise InputError(
                "{path} and the map do not overlap. Choose a reference that lies on the map.", path=raster.path
            )
        self._area = area
        self.block_px = max(LEAST_BLOCK_PX, math.ceil(math.sqrt(area.width * area.height / BLOCKS)))
        self.notes: Mapping[str, int] = {}
        self.outside: Mapping[int, int] = {}

    def batches(self) -> Iterator[Batch]:
        """The pixels with a true class in each window.

        Raises:
            InputError: The map does not know some values; it names them all.
        """
        known: dict[int, int | None] = {}
        across = math.ceil(self._grid.width / self.block_px)
        for done, window in windows(self._grid, self._area):
            values, said = self._reader.read(window)
            rows, columns = np.nonzero(said)
            found, places, _ = distinct(values[said])
            known.update({value: self._classes(value) for value in found.tolist() if value not in known})
            if not len(found) or None in known.values():
                continue
            block_rows = (rows + window.row_off) // self.block_px
            blocks = block_rows * across + (columns + window.col_off) // self.block_px
            truth = np.array([known[value] for value in found.tolist()], np.int64)[places]
            yield Batch(window, rows, columns, truth, blocks, done)
        unknown = sorted(value for value, found in known.items() if found is None)
        if unknown:
            raise InputError(
                "The reference holds values that the map does not know: {unknown}. If one of them stands for no data, "
                "declare it so (GDAL: Translate, nodata); if not, bring the reference to the map's classes first.",
                unknown=", ".join(map(str, unknown)),
            )


def open_reference(
    truth: Truth, names: ClassNames, grid: Grid, workspace: Workspace, stack: ExitStack, progress: Progress
) -> Reference:
    """Open a reference and bring its classes to a map's.

    Args:
        truth: Where it is.
        names: The classes of the map.
        grid: The map's.
        workspace: Keeps results from replacing what is read.
        stack: Closes what is opened.
        progress: Is told where classes are matched by their numbers only.

    Raises:
        InputError: It cannot be read, does not overlap the map, or holds classes that the map does not know.
    """
    if truth.is_raster:
        raster = stack.enter_context(ClassRaster(truth.path))
        workspace.protect(raster.files)
        own = class_names(truth.path)
        tell_of_numbers(own, names, progress)
        return RasterReference(raster, classes_of_values(own, names), grid)
    features = read_features(truth.path, truth.layer, truth.class_field, (POINT, POLYGON), grid)
    classes = classes_of_labels(features.labels, names, truth.class_field)
    kind = PointReference if features.kind == POINT else PolygonReference
    return kind(features, classes, grid)


def classes_of_labels(labels: tuple[Label, ...], names: ClassNames, field: str) -> tuple[int | None, ...]:
    """The value of the map that each label means: its name, or its number; `None` where there is no label.

    Raises:
        InputError: Some mean none; it names them all.
    """
    found: dict[Label, int | None] = {label: _value_of(label, names) for label in dict.fromkeys(labels)}
    unknown = sorted(str(label) for label, value in found.items() if label is not None and value is None)
    if unknown:
        known = ", ".join(f"{value} ({name})" for value, name in names.names.items())
        raise InputError(
            "The field {field} holds what is no class of the map: {unknown}. The map's classes are: {known}. Choose "
            "another CLASS_FIELD, or change the names.",
            field=field,
            unknown=", ".join(unknown),
            known=known or "nameless, so that the field must hold their numbers",
        )
    return tuple(found[label] for label in labels)


def classes_of_values(own: ClassNames, names: ClassNames) -> Callable[[int], int | None]:
    """What says which value of the map a value of a reference raster means.

    Where both name their classes and share a name, by name; otherwise by number.
    """
    by_name = {value: names.value_of(name) for value, name in own.names.items() if name != str(value)}
    if any(value is not None for value in by_name.values()):
        return lambda value: by_name.get(value)
    return lambda value: _value_of(value, names)


def tell_of_numbers(own: ClassNames, names: ClassNames, progress: Progress) -> None:
    """Warn where both sides name their classes and share no name, so that numbers count: they may mean other things.

    Args:
        own: The names of what is true.
        names: Those of the map or the model.
        progress: Is told.
    """
    theirs = [name for value, name in own.names.items() if name != str(value)]
    if theirs and names.names and all(names.value_of(name) is None for name in theirs):
        progress.warn(
            "No class has the same name on both sides ({true} against {mapped}), so classes of one number count as the "
            "same. Check that they are.",
            true=", ".join(theirs),
            mapped=", ".join(names.names.values()),
        )


def _value_of(label: Label, names: ClassNames) -> int | None:
    """The value of the map that a label means; a map without names takes any number."""
    if label is None:
        return None
    if isinstance(label, str):
        named = names.value_of(label)
        if named is not None:
            return named
        try:
            label = int(label)
        except ValueError:
            return None
    return label if not names.names or label in names.names else None


def windows(grid: Grid, area: Window) -> Iterator[tuple[float, Window]]:
    """The windows of a grid that an area touches, cut to it, each with the share of them that ends with it."""
    left, top = int(area.col_off), int(area.row_off)
    right, bottom = left + int(area.width), top + int(area.height)
    all_rows = range(top // WINDOW_PX, math.ceil(bottom / WINDOW_PX))
    all_columns = range(left // WINDOW_PX, math.ceil(right / WINDOW_PX))
    for number, (row, column) in enumerate(product(all_rows, all_columns), 1):
        shared = intersection(_window(grid, row, column), Window(left, top, right - left, bottom - top))
        yield number / (len(all_rows) * len(all_columns)), shared


def _window(grid: Grid, row: int, column: int) -> Window:
    """A window by its place among all windows of a grid."""
    left, top = int(column) * WINDOW_PX, int(row) * WINDOW_PX
    return Window(left, top, min(WINDOW_PX, grid.width - left), min(WINDOW_PX, grid.height - top))


def _cells(grid: Grid, places: NDArray[np.float64]) -> tuple[Integers, Integers]:
    """Column and row of points, `(points, 2)`; those without a place get -1."""
    inverse = ~grid.transform
    with np.errstate(invalid="ignore"):
        columns = inverse.a * places[:, 0] + inverse.b * places[:, 1] + inverse.c
        rows = inverse.d * places[:, 0] + inverse.e * places[:, 1] + inverse.f
    there = np.isfinite(columns) & np.isfinite(rows) & (np.abs(columns) < 2**53) & (np.abs(rows) < 2**53)
    columns, rows = (np.floor(np.where(there, values, -1)).astype(np.int64) for values in (columns, rows))
    return columns, rows


def _counted(values: Integers) -> dict[int, int]:
    """How often each value comes."""
    found, _, counts = distinct(values)
    return dict(zip(found.tolist(), counts.tolist()))


def _lost(features: Features) -> dict[str, int]:
    """How many features a layer lost on the way, by why."""
    left_out = features.left_out
    return {
        "without geometry": left_out.missing,
        "with a broken geometry": left_out.broken,
        "of another kind": left_out.other,
    }


def _notes(counts: Mapping[str, int]) -> dict[str, int]:
    """What came at all."""
    return {name: count for name, count in counts.items() if count}
