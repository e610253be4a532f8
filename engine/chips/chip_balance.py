"""Tells how the classes of a chip set are spread over its splits and blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..progress import Progress
from .chip_layout import Size
from .chip_set import SPLITS, Chip, ChipSet


def blocks_by_class(chips: Iterable[Chip]) -> Counter[str]:
    """In how many blocks each class value, or `value`, occurs."""
    return Counter(value for value, _ in {(value, chip.block) for chip in chips for value in chip.pixels})


def tell_of_chips(chip_set: ChipSet, size: Size, dealt: bool, progress: Progress) -> None:
    """Log chips, blocks and the balance of classes, and warn of what cannot be learnt or judged.

    Args:
        chip_set: The chips.
        size: Of chips and blocks.
        dealt: Whether shares say which chips are for what.
        progress: Is told.
    """
    blocks = {chip.block for chip in chip_set.chips}
    progress.log(
        "{chips} chips of {side} x {side} px in {blocks} blocks of about {block} px:",
        chips=len(chip_set.chips),
        side=size.chip_px,
        blocks=len(blocks),
        block=size.block_px,
    )
    for split in SPLITS:
        chips = chip_set.of(split)
        progress.log(
            "  {split}: {chips} chips, {blocks} blocks, {pixels} labelled pixels",
            split=split,
            chips=len(chips),
            blocks=len({chip.block for chip in chips}),
            pixels=sum(chip_set.pixels(chips).values()),
        )
    if len(chip_set.chips) == 1:
        progress.warn(
            "There is only one chip: a network cannot be trained and judged with it. Choose a smaller CHIP_SIZE, a "
            "larger image, or more labels."
        )
    elif len(blocks) == 1 and chip_set.origin.get("split") != "none":
        progress.warn(
            "All chips lie in one block and are for training: nothing is left to judge the network with. Choose a "
            "smaller BLOCK_SIZE or CHIP_SIZE, or label other places too."
        )
    elif dealt:
        _tell_of_empty(chip_set, progress)
    if 0 < chip_set.origin["stride_px"] < size.chip_px and size.block_px < 2 * size.chip_px:
        progress.warn(
            "STRIDE is {stride} px, but chips overlap within a block only, and blocks are hardly larger than one chip. "
            "For more chips set BLOCK_SIZE to {block} or more.",
            stride=chip_set.origin["stride_px"],
            block=2 * size.chip_px,
        )
    _tell_of_classes(chip_set, progress)


def _tell_of_empty(chip_set: ChipSet, progress: Progress) -> None:
    """Warn of splits that shall have a share and got nothing."""
    for split in SPLITS:
        share = chip_set.origin["shares"][split]
        if share <= 0 or chip_set.of(split):
            continue
        if chip_set.origin["split"] == "field":
            progress.warn(
                "No chip is for {split}, though {percent:.0f} % of the labels should be: there are too few groups with "
                "each class. Choose a SPLIT_FIELD whose groups hold several classes, or label other places too.",
                split=split,
                percent=100 * share,
            )
        else:
            progress.warn(
                "No chip is for {split}, though {percent:.0f} % of the labels should be: there are too few blocks with "
                "each class. Choose a smaller BLOCK_SIZE or CHIP_SIZE, or label other places too.",
                split=split,
                percent=100 * share,
            )


def _tell_of_classes(chip_set: ChipSet, progress: Progress) -> None:
    """Log the pixels of each class by split, and name those that a split lacks or that lie in one block."""
    pixels = {split: chip_set.pixels(chip_set.of(split)) for split in SPLITS}
    blocks = blocks_by_class(chip_set.chips)
    names = (
        {str(entry.value): entry.name for entry in chip_set.legend.entries} if chip_set.legend else {"value": "values"}
    )
    if chip_set.legend and len(names) < 2:
        progress.warn(
            "All labels that count are of one class, {name}: a network learns nothing of what it never sees otherwise. "
            "Label something else too.",
            name=", ".join(names.values()),
        )
    used = [split for split in SPLITS if chip_set.of(split)]
    for value, name in names.items():
        progress.log(
            "  {name}: {blocks} blocks, {train} px train, {validation} px validation, {test} px test",
            name=name,
            blocks=blocks[value],
            **{split: pixels[split][value] for split in SPLITS},
        )
    lonely = [name for value, name in names.items() if blocks[value] == 1]
    if lonely and len(used) > 1:
        progress.warn(
            "In one block only, and thus in one split: {names}. What is learnt of them cannot be judged. Label them in "
            "other places too, or choose a smaller BLOCK_SIZE.",
            names=", ".join(lonely),
        )
    for split in used:
        absent = [name for value, name in names.items() if not pixels[split][value] and name not in lonely]
        if absent:
            progress.warn("Absent from {split}: {names}.", split=split, names=", ".join(absent))
