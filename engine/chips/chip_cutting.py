"""Cuts training chips out of the blocks of places, and writes them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..errors import InputError
from ..progress import Progress
from .chip_footprints import Footprint
from .chip_layout import ChipWindow, Lattice, Size, lay_chips
from .chip_set import IGNORE, Chip, ChipSet
from .chip_writer import BandStatistics, write_classes, write_image, write_values
from .class_coding import ClassCoding
from .label_survey import Block, LabelledPlace
from .places import Bands
from .undeclared_nodata import NodataWatch


@dataclass(frozen=True)
class Stream:
    """One input of the chips.

    Args:
        name: Its name.
        bands: Its bands, of one date.
        days: Days of its dates; empty: an image.
        dates: The dates as ISO texts, where they are known.
    """

    name: str
    bands: Bands
    days: tuple[int, ...] = ()
    dates: tuple[str, ...] = ()

    @property
    def channel_names(self) -> list[str]:
        """A description of each band of each date."""
        whens = self.dates or tuple(f"day {day}" for day in self.days)
        return [f"{when} {name}" for when in whens for name in self.bands.names] or list(self.bands.names)


class ChipCutter:
    """Writes chips into a folder and remembers what they hold.

    Args:
        folder: The folder of the chip set.
        streams: Its inputs.
        size: Of chips and blocks.
        stride_px: Distance of training chips; all others lie edge to edge, so that no pixel is judged twice.
        coding: What labels become; `None`: they are measurements.
    """

    def __init__(
        self, folder: Path, streams: list[Stream], size: Size, stride_px: int, coding: ClassCoding | None
    ) -> None:
        self._folder, self._streams, self._size, self._coding = folder, streams, size, coding
        self._stride_px = stride_px
        self._statistics = [BandStatistics(len(stream.bands.names)) for stream in streams]
        self._watches = [NodataWatch(stream.name, stream.bands.names) for stream in streams]
        self._target: BandStatistics | None = None
        self._target_bands = 0
        self._empty = 0
        self._begun_s = time.perf_counter()
        self.blocks: set[Block] = set()
        self.footprints: list[Footprint] = []
        for stream in streams:
            (folder / "images" / stream.name).mkdir(parents=True)
        (folder / "labels").mkdir()

    @property
    def mpx_per_s(self) -> float:
        """How fast chips were cut so far."""
        return len(self.footprints) * self._size.chip_px**2 / 1e6 / max(time.perf_counter() - self._begun_s, 1e-3)

    def cut(self, place: LabelledPlace, block: Block, split: str, progress: Progress) -> None:
        """Cut the chips of one block; those without a labelled pixel are left out.

        Raises:
            CancelledError: The user asked to stop.
        """
        self.blocks.add(block)
        window = Lattice(place.images.place.area, self._size).block(block.row, block.column)
        stride_px = self._stride_px if split == "train" else self._size.chip_px
        for laid in lay_chips(window, self._size.chip_px, stride_px):
            progress.update(0.3)
            if not self._write(place, block, split, laid):
                self._empty += 1

    def chip_set(self, resolution_m: float | None, origin: dict[str, Any], progress: Progress) -> ChipSet:
        """The manifest of what was cut.

        Raises:
            InputError: There is no chip, or none for training.
        """
        chips = tuple(footprint.chip for footprint in self.footprints)
        if not any(chip.split == "train" for chip in chips):
            raise InputError(
                "There are {count} chips, but none for training. Lower VALIDATION_SHARE and TEST_SHARE, choose a "
                "smaller STRIDE, or label more.",
                count=len(chips),
            )
        if self._empty:
            progress.log("{count} chips hold no label that counts and are left out.", count=self._empty)
        inputs = []
        for stream, statistics, watch in zip(self._streams, self._statistics, self._watches):
            watch.tell(progress)
            for band in statistics.constant:
                progress.warn(
                    "Band {band} of {input} has one value in all training chips: nothing can be learnt from it.",
                    band=stream.bands.names[band],
                    input=stream.name,
                )
            inputs.append(statistics.told(stream.name, stream.bands.names, stream.days, stream.dates))
        if self._target and len(self._target.constant) == self._target_bands:
            progress.warn(
                "The labels have one value in all training chips, {value:g}: nothing can be learnt of them. Choose "
                "other labels, or label other places too.",
                value=float(self._target.mean[0]),
            )
        target = self._target.told("target", self._target_names) if self._target else None
        legend = self._coding.legend if self._coding else None
        return ChipSet(self._folder, self._size.chip_px, resolution_m, tuple(inputs), legend, chips, target, origin)

    @property
    def _target_names(self) -> list[str]:
        return [f"b{number}" for number in range(1, self._target_bands + 1)]

    def _write(self, place: LabelledPlace, block: Block, split: str, laid: ChipWindow) -> bool:
        """Write one chip, unless it holds no label that counts."""
        codes = place.codes(laid.window)
        counting = ~np.ma.getmaskarray(codes) & (place.groups(laid.window) == block.group) & _inside(laid)
        if not counting.any():
            return False
        images = place.images.read(laid.window)
        counting &= place.images.known(images)
        if not counting.any():
            return False
        name = f"{len(self.footprints):06d}"
        grid = place.images.place.grid.part(laid.window)
        label_file = self._folder / "labels" / f"{name}.tif"
        if self._coding is not None:
            classes = np.where(counting, self._coding.classes(codes), np.uint8(IGNORE))
            write_classes(label_file, grid, classes, self._coding.legend)
            counts = np.bincount(classes[counting], minlength=256)
            pixels = {str(value): int(counts[value]) for value in self._coding.legend.values if counts[value]}
        else:
            values = _where(counting, place.values(laid.window))
            self._feed_target(values, split)
            write_values(label_file, grid, values.filled(np.nan), self._target_names)
            pixels = {"value": int(np.count_nonzero(counting))}
        for stream, statistics, watch, image in zip(self._streams, self._statistics, self._watches, images):
            path = self._folder / "images" / stream.name / f"{name}.tif"
            write_image(path, grid, image, stream.bands.nodata, stream.channel_names)
            watch.feed(image)
            if split == "train":
                statistics.feed(image)
        chip = Chip(name, split, place.block_name(block), pixels)
        self.footprints.append(Footprint(chip, place.images.place.name, grid))
        return True

    def _feed_target(self, values: np.ma.MaskedArray, split: str) -> None:
        """Take in the target values of a chip."""
        self._target_bands = len(values)
        self._target = self._target or BandStatistics(len(values))
        if split == "train":
            self._target.feed(values)


def _where(counting: NDArray[np.bool_], values: np.ma.MaskedArray) -> np.ma.MaskedArray:
    """The values that count as 32-bit floats, the others masked."""
    return np.ma.MaskedArray(values.data.astype(np.float32), np.broadcast_to(~counting, values.shape))


def _inside(laid: ChipWindow) -> NDArray[np.bool_]:
    """Which pixels of a chip are its own, `(rows, cols)`."""
    window: Window = laid.window
    inside = np.zeros((int(window.height), int(window.width)), bool)
    inside[int(laid.own.row_off - window.row_off) :, int(laid.own.col_off - window.col_off) :] = True
    return inside
