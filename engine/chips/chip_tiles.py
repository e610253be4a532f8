"""Turns training chips into tiles to calibrate and test a network with: some to find ranges, others to judge by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..classes.class_names import ClassNames
from ..classes.class_raster import ClassRaster
from ..errors import InputError
from ..legend import Legend
from ..network import Network
from ..progress import Progress
from ..tiles.sample_tiles import SIDES_PX, SampleTile
from ..verification.reference import classes_of_values, tell_of_numbers
from .chip_scores import ChipReader
from .chip_set import IGNORE, SPLITS, Chip, ChipSet

PREFERRED = ("validation", "test", "train")
"""Splits whose chips are taken, the first that has any."""


@dataclass(frozen=True)
class ChipTiles:
    """Tiles of chips.

    Args:
        ranging: Those to find ranges with.
        testing: Those to judge by, from other blocks of ground where there is more than one.
        split: The split that they are of.
    """

    ranging: list[SampleTile]
    testing: list[SampleTile]
    split: str


def chip_tiles(chip_set: ChipSet, network: Network, count: int, progress: Progress) -> ChipTiles:
    """Read chips as a network takes them, with their labels in the network's classes where it has any.

    Args:
        chip_set: The folder's manifest.
        network: The network, of one input.
        count: As many pixels are read as this many of the largest tiles that are cut out of images have.
        progress: Is told where classes are held against each other by their numbers.

    Raises:
        InputError: The chips do not suit the network, hold classes it does not have, or are fewer than two.
    """
    legend = network.card.legend
    if legend is not None and chip_set.legend is None:
        raise InputError("The labels of {folder} are values. Choose chips of classes.", folder=str(chip_set.folder))
    labelled = {split: [chip for chip in chip_set.of(split) if sum(chip.pixels.values())] for split in SPLITS}
    split = next((split for split in PREFERRED if labelled[split]), PREFERRED[-1])
    if len(labelled[split]) < 2:
        raise InputError(
            "{folder} holds {found} labelled chips of the split {split}; at least two are needed. Make more chips.",
            folder=str(chip_set.folder),
            found=len(labelled[split]),
            split=split,
        )
    reader = ChipReader(chip_set, network)
    reader.check_values(labelled[split])
    classes = _classes(chip_set, labelled[split], legend, progress) if legend else None
    most = max(1, count * SIDES_PX[0] ** 2 // chip_set.chip_px**2 // 2)
    ranging, testing = (
        [_tile(chip, chip_set, reader, network, classes) for chip in chips[:most]] for chips in _halves(labelled[split])
    )
    return ChipTiles(ranging, testing, split)


def _halves(chips: Sequence[Chip]) -> tuple[list[Chip], list[Chip]]:
    """Two parts in random order, about as large, of whole blocks of ground; of a single block every second chip."""
    order = [chips[place] for place in np.random.default_rng(0).permutation(len(chips))]
    blocks: dict[str, list[Chip]] = {}
    for chip in order:
        blocks.setdefault(chip.block, []).append(chip)
    if len(blocks) == 1:
        return order[::2], order[1::2]
    first: list[Chip] = []
    second: list[Chip] = []
    for members in sorted(blocks.values(), key=len, reverse=True):
        (first if len(first) < len(second) else second).extend(members)
    return first, second


def _classes(chip_set: ChipSet, chips: Sequence[Chip], legend: Legend, progress: Progress) -> NDArray[np.int64]:
    """Value of the network's class for each value of the chips' labels, `(256,)`: by name, or by number.

    Raises:
        InputError: Labelled pixels are of a class that the network does not have.
    """
    entries = chip_set.legend.entries if chip_set.legend else ()
    own = ClassNames({entry.value: entry.name for entry in entries}, {})
    theirs = ClassNames(dict(zip(legend.values, legend.names)), {})
    tell_of_numbers(own, theirs, progress)
    meant = classes_of_values(own, theirs)
    counts = chip_set.pixels(chips)
    unknown = [entry.name for entry in entries if counts[str(entry.value)] and meant(entry.value) is None]
    if unknown:
        raise InputError(
            "The chips hold classes that the model does not have: {unknown}. Choose chips that were made for it.",
            unknown=", ".join(unknown),
        )
    values = np.full(IGNORE + 1, IGNORE, np.int64)
    for entry in entries:
        found = meant(entry.value)
        values[entry.value] = IGNORE if found is None else found
    return values


def _tile(
    chip: Chip, chip_set: ChipSet, reader: ChipReader, network: Network, classes: NDArray[np.int64] | None
) -> SampleTile:
    """A chip cut, or filled up with what is not known, to a size that the network takes."""
    (image,), known = reader.read(chip)
    stride_px = network.card.stride_px
    sides = network.fixed_px or tuple(max(1, side // stride_px) * stride_px for side in known.shape)
    room = [(0, max(0, side - found)) for side, found in zip(sides, known.shape)]
    kept = slice(sides[0]), slice(sides[1])
    labels = None
    if classes is not None:
        with ClassRaster(str(chip_set.label_file(chip))) as raster:
            values, said = raster.on(raster.grid).read(raster.grid.window)
        if values.shape != known.shape:
            raise InputError(
                "{path} has other rows and columns than its image. Make the chips again.",
                path=str(chip_set.label_file(chip)),
            )
        truth = classes[np.where(said, values, IGNORE).astype(np.int64)]
        truth = np.pad(truth, room, constant_values=IGNORE)[kept]
        labels = np.ma.MaskedArray(truth, truth == IGNORE)
    return SampleTile(np.pad(image, [(0, 0), *room])[:, kept[0], kept[1]], np.pad(known, room)[kept], labels)
