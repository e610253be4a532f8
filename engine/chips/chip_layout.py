"""Decides where training chips lie, and in which split: ground is divided into blocks, and whole blocks are dealt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from .chip_set import SPLITS

CHIPS_PX = (256, 128, 64, 32)
"""Sides of chips that are tried where the user states none, the largest first."""

BLOCKS = (4, 3, 2, 1)
"""Sides of blocks that are tried, in chips: large ones keep test ground far from training ground."""

ENOUGH_BLOCKS = 20
"""Blocks with labels that are wanted at least, so that a share of a fifth is some blocks."""

EVERYWHERE = 3
"""Blocks that a class must lie in to be in all three splits."""

DEALS = 8
"""Orders in which blocks are dealt, of which the best counts: few, or all seeds would come to the same."""

MOST_DEALS = 64
"""Orders that are tried where a class is still missing from a split that it could be in."""

MOST_DEALT = 50_000
"""Blocks dealt at most in all orders together, but for one order: thousands of blocks come out even anyway."""

WELL_SPREAD = 0.9
"""Share of the best spread of classes that is good enough: one rare class shall not make all chips small."""

Key = TypeVar("Key", bound=Hashable)
Counts = Mapping[int, int]


@dataclass(frozen=True)
class Size:
    """How large chips and blocks are, in pixels: blocks about so, never less than a chip."""

    chip_px: int
    block_px: int


@dataclass(frozen=True)
class Lattice:
    """The blocks of an area: whole chips, in nearly equal numbers; the last of a row or column takes what is left over.

    Args:
        area: The area, in pixels of its grid.
        size: What is asked for.
    """

    area: Window
    size: Size

    @property
    def fits(self) -> bool:
        """Whether a chip fits into the area."""
        return bool(min(self.area.width, self.area.height) >= self.size.chip_px)

    @property
    def rows(self) -> NDArray[np.int64]:
        """First row of each row of blocks, and the row behind the last."""
        return _edges(int(self.area.row_off), int(self.area.height), self.size)

    @property
    def columns(self) -> NDArray[np.int64]:
        """The same for columns."""
        return _edges(int(self.area.col_off), int(self.area.width), self.size)

    def block(self, row: int, column: int) -> Window:
        """The window of a block."""
        (top, bottom), (left, right) = self.rows[row : row + 2].tolist(), self.columns[column : column + 2].tolist()
        return Window(left, top, right - left, bottom - top)


@dataclass(frozen=True)
class ChipWindow:
    """Where a chip lies.

    Args:
        window: The chip.
        own: The part of it whose labels count: what chips before it in the block do not show.
    """

    window: Window
    own: Window


def sizes_to_try(chip_px: int, block_px: int, smallest_side_px: int) -> list[Size]:
    """The sizes that a choice leaves open, the most wanted first.

    Args:
        chip_px: Side of a chip; 0: open.
        block_px: Side of a block; 0: open.
        smallest_side_px: No chip is larger than this unless the user says so.
    """
    limit = min(smallest_side_px, block_px or smallest_side_px)
    chips = [chip_px] if chip_px else [each for each in CHIPS_PX if each <= limit] or [max(1, limit)]
    if block_px:
        return [Size(chip, block_px) for chip in chips]
    return [Size(chip, chip * times) for chip in chips for times in BLOCKS]


def choose_size(counts: Mapping[Size, Mapping[Key, Counts]]) -> Size:
    """The first size whose blocks can be dealt well: enough of them, and classes in nearly as many as with the best.

    Args:
        counts: Labelled pixels by class of each block, by size, the most wanted first.
    """
    spread = {size: _spread(blocks.values()) for size, blocks in counts.items()}
    best = max(spread.values())
    for size, blocks in counts.items():
        if spread[size] >= WELL_SPREAD * best and len(blocks) >= ENOUGH_BLOCKS:
            return size
    return max(counts, key=lambda size: (spread[size], len(counts[size])))


def deal(blocks: Mapping[Key, Counts], shares: Mapping[str, float], seed: int) -> dict[Key, str]:
    """Deal blocks to splits so that each class is in training, where possible in all, and near its shares.

    Iterative stratification (Sechidis, Tsoumakas and Vlahavas 2011) over labelled pixels, in several random orders of
    which the one nearest to the shares counts.

    Args:
        blocks: Labelled pixels of each class, by block.
        shares: Share of each split; those with 0 get nothing.
        seed: Another one deals differently.
    """
    random = np.random.default_rng(seed)
    totals: Counter[int] = Counter()
    for counts in blocks.values():
        totals.update(counts)
    holding = Counter(value for counts in blocks.values() for value in counts)
    splits = sum(share > 0 for share in shares.values())
    unavoidable = sum(max(0, splits - count) for count in holding.values())
    tries = max(1, min(MOST_DEALS, MOST_DEALT // max(1, len(blocks))))
    best: dict[Key, str] = {}
    nearest = (len(totals) * splits + 1, 0.0)
    for number in range(tries):
        dealt = _deal_once(blocks, shares, totals, random.permutation(len(blocks)).tolist())
        distance = _distance(dealt, blocks, shares, totals)
        if distance < nearest:
            best, nearest = dealt, distance
        if number + 1 >= DEALS and nearest[0] <= unavoidable:
            break
    return best


def lay_chips(block: Window, chip_px: int, stride_px: int) -> Iterator[ChipWindow]:
    """The chips of a block. Where they lie edge to edge, a last one ends with the block; labels count once.

    Args:
        block: The block, in pixels.
        chip_px: Side of a chip.
        stride_px: Distance of chips. Less than a side: they overlap, and what they show counts in each.
    """
    rows = _starts(int(block.height), chip_px, stride_px)
    columns = _starts(int(block.width), chip_px, stride_px)
    for row, own_row in rows:
        for column, own_column in columns:
            left, top = int(block.col_off) + column, int(block.row_off) + row
            own_left, own_top = int(block.col_off) + own_column, int(block.row_off) + own_row
            own = Window(own_left, own_top, left + chip_px - own_left, top + chip_px - own_top)
            yield ChipWindow(Window(left, top, chip_px, chip_px), own)


def shares_of(validation: float, test: float) -> dict[str, float]:
    """The share of each split."""
    return dict(zip(SPLITS, (1 - validation - test, validation, test)))


def _edges(start: int, length: int, size: Size) -> NDArray[np.int64]:
    """Where blocks begin and end along one side."""
    chips = length // size.chip_px
    count = max(1, min(round(length / size.block_px), chips))
    edges = start + np.round(np.linspace(0, chips, count + 1)).astype(np.int64) * size.chip_px
    edges[-1] = start + length
    return edges


def _starts(length: int, chip_px: int, stride_px: int) -> list[tuple[int, int]]:
    """Where chips begin along a side of a block, and from where on they show what those before do not."""
    starts = list(range(0, length - chip_px + 1, stride_px))
    if starts[-1] + chip_px < length and stride_px <= chip_px:
        starts.append(length - chip_px)
    if stride_px < chip_px:
        return [(start, start) for start in starts]
    ends = [0, *(start + chip_px for start in starts)]
    return [(start, max(start, end)) for start, end in zip(starts, ends)]


def _spread(blocks: Iterable[Counts]) -> int:
    """How many blocks all classes lie in, those beyond `EVERYWHERE` not counted."""
    holding = Counter(value for counts in blocks for value in counts)
    return sum(min(count, EVERYWHERE) for count in holding.values())


def _deal_once(
    blocks: Mapping[Key, Counts], shares: Mapping[str, float], totals: Counts, order: Sequence[int]
) -> dict[Key, str]:
    """Deal blocks in one order.

    The class that is left in the fewest blocks comes first; each of its blocks goes where the class is missing, else
    where most of its pixels are still wanted. Deviation from the paper: of two blocks that are left of a class,
    training gets the larger.
    """
    splits = [split for split in ("train", "test", "validation") if shares[split] > 0]
    wanted = {split: {value: shares[split] * total for value, total in totals.items()} for split in splits}
    present: dict[str, set[int]] = {split: set() for split in splits}
    keys = list(blocks)
    left = [keys[number] for number in order]
    dealt: dict[Key, str] = {}
    while left:
        holding = Counter(value for key in left for value in blocks[key])
        rarest = min(holding, key=lambda value: (holding[value], totals[value], value))
        its = [key for key in left if rarest in blocks[key]]
        if len(its) == 2:
            its.sort(key=lambda key: -blocks[key][rarest])
        for key in its:
            missing = [split for split in splits if rarest not in present[split]]
            split = missing[0] if missing else max(splits, key=lambda name: wanted[name][rarest])
            dealt[key] = split
            present[split] |= blocks[key].keys()
            for value, count in blocks[key].items():
                wanted[split][value] -= count
        left = [key for key in left if key not in dealt]
    return dealt


def _distance(
    dealt: Mapping[Key, str], blocks: Mapping[Key, Counts], shares: Mapping[str, float], totals: Counts
) -> tuple[int, float]:
    """How many classes are missing from a split, and how far the splits are from their shares of each class."""
    found: dict[str, Counter[int]] = {split: Counter() for split in shares}
    for key, split in dealt.items():
        found[split].update(blocks[key])
    used = [split for split in shares if shares[split] > 0]
    missing = sum(not found[split][value] for split in used for value in totals)
    apart = sum(abs(found[split][value] / totals[value] - shares[split]) for split in used for value in totals)
    return missing, apart
