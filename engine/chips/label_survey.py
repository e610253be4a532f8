"""Reads labels and images together, and counts which labels lie where before any chip is cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.windows import Window

from ..grids.overlap import bounds_in, near, shared
from ..progress import Progress
from ..tiles.windows import cut
from .chip_layout import Lattice, Size
from .label_raster import NOWHERE, Features, Field, Labels, features_on, opened_labels
from .places import Place, PlaceReader, opened

WINDOW_PX = 512
"""Side of the windows in which places are read."""

SHORT = 256
"""So many numbers are counted one by one."""

SPLIT_WORDS = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("validation", "val", "valid"), "validation"),
    **dict.fromkeys(("test", "testing"), "test"),
}
"""Names of groups that name a split, in lower case."""

VALUE = 0
"""Code of everything that is labelled where labels are measurements."""


@dataclass(frozen=True)
class Block:
    """A block of ground, or the part of it that belongs to one group.

    Args:
        place: Number of its place.
        row: Its row in the place's lattice.
        column: Its column.
        group: Number of its group; 0 where nothing is grouped.
    """

    place: int
    row: int
    column: int
    group: int = 0


@dataclass(frozen=True)
class LabelSource:
    """Where labels come from and which count.

    Args:
        field: The field that features carry them in; `None`: rasters.
        values: Whether they are measurements.
        ignored: Codes that do not count, or measurements.
        groups: The field whose values group chips; `None`: none does.
        background: Code of all ground without labels; `None`: it does not count.
    """

    field: Field | None
    values: bool
    ignored: frozenset[float] = frozenset()
    groups: Field | None = None
    background: int | None = None


@dataclass(frozen=True)
class LabelledPlace:
    """A place whose images and labels are open. Made by `opened_labelled`."""

    images: PlaceReader
    source: LabelSource
    alone: bool
    _labels: Labels
    _groups: Features | None
    _seen: Features | None
    _nameless: Features | None

    def codes(self, window: Window) -> np.ma.MaskedArray:
        """Labels of a window, `(rows, cols)`, masked where none counts; of measurements `VALUE`."""
        codes = self._all_codes(window)
        if self._seen is not None:
            codes[~np.ma.getmaskarray(self._seen.codes(window))] = np.ma.masked
        return codes

    def filled(self, window: Window) -> NDArray[np.bool_]:
        """Pixels that are background for want of a label, `(rows, cols)`; not those of features without a class."""
        if self.source.background is None:
            return np.zeros((int(window.height), int(window.width)), bool)
        return self._nowhere(np.ma.getmaskarray(self._labels.codes(window)), window)

    def contested(self, window: Window) -> NDArray[np.bool_]:
        """Pixels on which features with different labels lie, `(rows, cols)`."""
        if isinstance(self._labels, Features):
            return self._labels.contested(window)
        return np.zeros((int(window.height), int(window.width)), bool)

    def repeated(self, window: Window) -> int:
        """Labelled pixels of a window that do not count because an earlier place shows the same ground."""
        if self._seen is None:
            return 0
        return int(self._all_codes(window).count() - self.codes(window).count())

    def _all_codes(self, window: Window) -> np.ma.MaskedArray:
        """The same with the ground that earlier places show."""
        if self.source.values:
            nothing = np.ma.getmaskarray(self.values(window)).any(axis=0)
            codes = np.ma.MaskedArray(np.full(nothing.shape, VALUE, np.int64), nothing)
        else:
            codes = self._labels.codes(window)
            nothing, background = np.ma.getmaskarray(codes).copy(), self.source.background
            if self.source.ignored:
                codes[np.isin(codes.data, list(self.source.ignored))] = np.ma.masked
            if background is not None:
                codes[self._nowhere(nothing, window)] = background
        return codes

    def _nowhere(self, nothing: NDArray[np.bool_], window: Window) -> NDArray[np.bool_]:
        """Of pixels that have no code those that lie in no feature without one either, `(rows, cols)`."""
        if self._nameless is None:
            return nothing
        return np.asarray(nothing & np.ma.getmaskarray(self._nameless.codes(window)))

    def values(self, window: Window) -> np.ma.MaskedArray:
        """Measurements of a window, `(bands, rows, cols)`."""
        values = self._labels.values(window)
        if self.source.ignored:
            ignored = np.array(list(self.source.ignored))
            if np.issubdtype(values.dtype, np.floating):
                ignored = ignored.astype(values.dtype)  # 0.1 is another number in 32 bits
            values[np.isin(values.data, ignored)] = np.ma.masked
        return values

    def block_name(self, block: Block) -> str:
        """The name of a block for the manifest: where it lies, or its group where blocks are groups."""
        texts = self.source.groups.texts if self.source.groups else ()
        group = texts[block.group] if texts else ""
        if group and group.lower() not in SPLIT_WORDS:
            return group
        where = f"{block.row}-{block.column}" if self.alone else f"{self.images.place.name} {block.row}-{block.column}"
        return f"{group} {where}" if group else where

    def groups(self, window: Window) -> NDArray[np.int64]:
        """Number of the group of each pixel, `(rows, cols)`; `NOWHERE` where there is none."""
        if self._groups is None:
            return np.zeros((int(window.height), int(window.width)), np.int64)
        return np.asarray(self._groups.codes(window).filled(NOWHERE))


@contextmanager
def opened_labelled(
    places: Sequence[Place], number: int, source: LabelSource, seen: Features | None
) -> Iterator[LabelledPlace]:
    """Open a place with its labels. What an earlier place shows on another grid does not count again.

    Args:
        places: All places.
        number: Which of them.
        source: Where labels come from.
        seen: The ground that earlier places show, of `seen_before`.
    """
    place = places[number]
    with ExitStack() as stack:
        images = stack.enter_context(opened(place))
        labels = stack.enter_context(opened_labels(place, source.field, source.values))
        groups = features_on(place, source.groups, "SPLIT_FIELD") if source.groups else None
        told = source.field if source.background is not None else None
        nameless = features_on(place, told, "CLASS_FIELD", nameless=True) if told and told.nameless else None
        yield LabelledPlace(images, source, len(places) == 1, labels, groups, seen, nameless)


@dataclass
class Survey:
    """What was found.

    Args:
        counts: Pixels by code of each block, by size.
        missing: Labelled pixels that some input does not know.
        ungrouped: Labelled pixels that belong to no group.
        repeated: Labelled pixels on ground that an earlier place shows on another grid.
        contested: Labelled pixels that count and lie in features with different labels.
        filled: Pixels of the background that no label lies on, by size; nothing else but `counts` takes them in.
        known: By input, which bands know any labelled pixel.
    """

    counts: dict[Size, dict[Block, Counter[int]]]
    missing: int = 0
    ungrouped: int = 0
    repeated: int = 0
    contested: int = 0
    filled: Counter[Size] = field(default_factory=Counter)
    known: dict[int, NDArray[np.bool_]] = field(default_factory=dict)

    def codes(self, size: Size) -> Counter[int]:
        """Labelled pixels of each code, in the places that hold a chip of some size."""
        total: Counter[int] = Counter()
        for counts in self.counts[size].values():
            total.update(counts)
        return total

    def labelled(self, size: Size) -> int:
        """How many pixels there are that labels lie on."""
        return sum(self.codes(size).values()) - self.filled[size]


def survey(places: Sequence[Place], source: LabelSource, sizes: Sequence[Size], progress: Progress) -> Survey:
    """Count the labels of all places, for each of some sizes of blocks.

    Raises:
        CancelledError: The user asked to stop.
    """
    found = Survey({size: {} for size in sizes})
    least_px = min(size.chip_px for size in sizes)
    whole_px, done_px = sum(place.area.width * place.area.height for place in places), 0
    seen = seen_before(places, least_px)
    for number, place in enumerate(places):
        lattices = [lattice for size in sizes if (lattice := Lattice(place.area, size)).fits]
        with opened_labelled(places, number, source, seen[number]) as opened_place:
            for window in cut(place.area, WINDOW_PX, WINDOW_PX):
                progress.update(0.3 * done_px / whole_px)
                _count(opened_place, window, number, lattices, found)
                done_px += window.width * window.height
    return found


def _count(place: LabelledPlace, window: Window, number: int, lattices: Sequence[Lattice], found: Survey) -> None:
    """Count the labels of one window."""
    codes = place.codes(window)
    found.repeated += place.repeated(window)
    labelled = ~np.ma.getmaskarray(codes)
    if not labelled.any():
        return
    groups, filled = place.groups(window), place.filled(window)
    found.ungrouped += int(np.count_nonzero(labelled & ~filled & (groups == NOWHERE)))
    labelled &= groups != NOWHERE
    chunks = place.images.read(window)
    for index, chunk in enumerate(chunks):
        known = np.asarray((~np.ma.getmaskarray(chunk)[:, labelled & ~filled]).any(axis=1))
        found.known[index] = found.known.get(index, np.zeros(len(chunk), np.bool_)) | known
    counting = labelled & place.images.known(chunks)
    found.missing += int(np.count_nonzero(labelled & ~filled & ~counting))
    if not counting.any():
        return
    found.contested += int(np.count_nonzero(counting & place.contested(window)))
    rows, columns = np.nonzero(counting)
    its_codes, code = _compact(codes.data[counting])
    its_groups, group = _compact(groups[counting])
    window_rows = int(window.row_off) + np.arange(int(window.height))
    window_columns = int(window.col_off) + np.arange(int(window.width))
    for lattice in lattices:
        found.filled[lattice.size] += int(np.count_nonzero(counting & filled))
        block_row = (np.searchsorted(lattice.rows, window_rows, side="right") - 1)[rows]
        block_column = (np.searchsorted(lattice.columns, window_columns, side="right") - 1)[columns]
        first_row, first_column = int(block_row.min()), int(block_column.min())
        shape = (
            int(block_row.max()) - first_row + 1,
            int(block_column.max()) - first_column + 1,
            len(its_groups),
            len(its_codes),
        )
        flat = np.ravel_multi_index((block_row - first_row, block_column - first_column, group, code), shape)
        pixels = np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape)
        blocks = found.counts[lattice.size]
        for row, column, which, what in np.argwhere(pixels).tolist():
            block = Block(number, first_row + row, first_column + column, int(its_groups[which]))
            blocks.setdefault(block, Counter())[int(its_codes[what])] += int(pixels[row, column, which, what])


def _compact(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Distinct values, and the place of each value among them; of a short range all numbers, which is quicker."""
    lowest, highest = int(values.min()), int(values.max())
    if highest - lowest < SHORT:
        return np.arange(lowest, highest + 1), values - lowest
    distinct, places = np.unique(values, return_inverse=True)
    return distinct, places


def seen_before(places: Sequence[Place], chip_px: int) -> list[Features | None]:
    """For each place the ground that those before it show in chips, on its grid; `None` where there is none.

    Args:
        places: All places.
        chip_px: Side of a chip: places that hold none show nothing.
    """
    parts = [place.grid.part(place.area) for place in places]
    showing = [min(part.width, part.height) >= chip_px for part in parts]
    found: list[Features | None] = []
    for number, others in enumerate(near(parts, parts)):
        grid, own = places[number].grid, shapely.box(*parts[number].bounds)
        before = [parts[other] for other in others if other < number and showing[other] and shared(grid, parts[other])]
        boxes = [shapely.box(*bounds_in(grid, part)) for part in before]
        seen = np.array([box for box in boxes if shapely.intersection(box, own).area > 0], object)
        found.append(Features(grid, seen, np.ones(len(seen))) if len(seen) else None)
    return found


def by_group(blocks: Mapping[Block, Counter[int]]) -> dict[int, Counter[int]]:
    """Pixels by code of each group."""
    groups: dict[int, Counter[int]] = {}
    for block, counts in blocks.items():
        groups.setdefault(block.group, Counter()).update(counts)
    return groups
