"""Turns training chips into arrays that a training draws from: standardised, and mapped from disk."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import RasterioIOError

from ...models.turn import DirectionBins
from ..chips.chip_set import IGNORE, Chip, ChipInput, ChipSet
from ..chips.chip_writer import BandStatistics
from ..errors import InputError
from ..progress import Progress
from .line_directions import NONE, direction_bins


class ChipStore:
    """The chips of some splits.

    Attributes:
        images: For each input z-scores by the statistics of the chip set, 0 where there is no data, float32
            `(chips, bands * dates, chip_px, chip_px)`.
        targets: Numbers of the classes in the order of the legend with `IGNORE`, uint8 `(chips, chip_px, chip_px)`; or
            values with NaN, float32 `(chips, variables, chip_px, chip_px)`.
        directions: Bins of the direction of lines, the second class, on the pixels near them, with `NONE`, uint8
            `(chips, chip_px, chip_px)`; `None`: they are not asked for.
        factor: What values are divided by for the network: the standard deviation of those it learns from; 1 of
            classes, and where values do not vary.
        labelled: Known pixels of each band of the targets, all chips together, `(variables,)`.
        blocks: Number of the block of ground of each chip, `(chips,)`.
        chips: The chips, in the order of the arrays.

    Args:
        chip_set: The folder's manifest.
        chips: Those to take.
        folder: Where the mapped arrays are kept while they are used.
        progress: Is asked whether to stop.
        factor: That of the chips that the network learns from; `None`: these are they.
        bins: Which bins of direction are asked for; of two classes alone.

    Raises:
        InputError: A chip cannot be read, has another shape than the manifest says, or holds infinite values.
    """

    def __init__(
        self,
        chip_set: ChipSet,
        chips: Sequence[Chip],
        folder: Path,
        progress: Progress,
        factor: float | None = None,
        bins: DirectionBins | None = None,
    ) -> None:
        self.chip_set = chip_set
        self.chips = tuple(chips)
        names = sorted({chip.block for chip in chips})
        self.blocks = np.array([names.index(chip.block) for chip in chips])
        side_px = chip_set.chip_px
        self.images = tuple(
            _mapped(folder / f"{number}.npy", (len(chips), channels(source), side_px, side_px), np.float32)
            for number, source in enumerate(chip_set.inputs)
        )
        self.targets = self._empty_targets(folder)
        shape = len(chips), side_px, side_px
        self.directions = _mapped(folder / "directions.npy", shape, np.uint8) if bins else None
        self._has_data = tuple(np.zeros(channels(source), bool) for source in chip_set.inputs)
        self.labelled = np.zeros(self.variables, np.int64)
        for number, chip in enumerate(chips):
            self._take_images(number, chip)
            self._take_labels(number, chip, bins)
            if number % 64 == 0:
                progress.update(0.0)

        if factor is None:
            factor = 1.0 if chip_set.legend else float(statistics_of(self.targets, 1).std[0])
        self.factor = factor

    def _take_images(self, number: int, chip: Chip) -> None:
        """Bring a chip's images to its place in the arrays."""
        for source, images, has_data in zip(self.chip_set.inputs, self.images, self._has_data, strict=True):
            scores = _standardised(self.chip_set.image_file(chip, source), source, images.shape[1:])
            known = ~np.isnan(scores)
            images[number] = np.where(known, scores, 0)
            has_data |= known.any(axis=(1, 2))

    def _take_labels(self, number: int, chip: Chip, bins: DirectionBins | None) -> None:
        """Bring a chip's labels, and the directions that they have, to its place in the arrays."""
        file = self.chip_set.label_file(chip)
        labels = _read(file, self.variables)
        self._check_side(labels, file)
        if self.chip_set.legend:
            self.targets[number] = self._numbers[labels[0].filled(IGNORE)]
            self.labelled += np.count_nonzero(self.targets[number] != IGNORE)
            if self.directions is not None and bins is not None:
                self.directions[number] = _directions(self.targets[number], bins)
        else:
            self.targets[number] = labels.filled(np.nan)
            _check_finite(self.targets[number], file)
            self.labelled += np.count_nonzero(~np.isnan(self.targets[number]), axis=(1, 2))

    @functools.cached_property
    def _numbers(self) -> NDArray[np.uint8]:
        """For each value of the labels the number of its class, or `IGNORE`."""
        numbers = np.full(256, IGNORE, np.uint8)
        if self.chip_set.legend:
            numbers[list(self.chip_set.legend.values)] = np.arange(len(self.chip_set.legend.values))
        return numbers

    def check_learnable(self) -> None:
        """Refuse training chips without labels, without directions that are asked for, or without data in a band.

        Raises:
            InputError: A network cannot learn from them.
        """
        if not self.labelled.all():
            raise InputError(
                "No pixel of the training chips has a known value in band {band} of the labels: nothing can be learnt. "
                "Make the chips again with labels that reach them.",
                band=int(np.flatnonzero(self.labelled == 0)[0]) + 1,
            )
        if self.directions is not None and not any((each != NONE).any() for each in self.directions):
            raise InputError(
                "No line of the training chips is long enough to have a direction, so the objective orientation has "
                "nothing to learn from. Make larger chips, or leave it out of OBJECTIVES."
            )
        for source, has_data in zip(self.chip_set.inputs, self._has_data, strict=True):
            for number, band in enumerate(source.bands):
                if not has_data[number :: len(source.bands)].any():
                    raise InputError(
                        "Band {band} of the input {input} has no data in any training chip: a network cannot learn "
                        "what it means. Make the chips without it.",
                        band=band,
                        input=source.name,
                    )

    @property
    def middle(self) -> NDArray[np.float64]:
        """Mean of each variable, divided by the factor, `(variables,)`; of classes empty."""
        if self.chip_set.legend:
            return np.zeros(0)
        return statistics_of(self.targets, self.variables).mean / self.factor

    @property
    def variables(self) -> int:
        """Bands of the targets."""
        return 1 if self.chip_set.legend else self.targets.shape[1]

    @property
    def classes(self) -> int:
        """Number of classes; 0: the targets are values."""
        return len(self.chip_set.legend.entries) if self.chip_set.legend else 0

    def __len__(self) -> int:
        return len(self.chips)

    def _empty_targets(self, folder: Path) -> NDArray[Any]:
        side_px = self.chip_set.chip_px
        if self.chip_set.legend:
            return _mapped(folder / "labels.npy", (len(self.chips), side_px, side_px), np.uint8)
        shape = len(self.chips), target_bands(self.chip_set), side_px, side_px
        return _mapped(folder / "values.npy", shape, np.float32)

    def _check_side(self, labels: NDArray[np.generic], path: Path) -> None:
        side_px = self.chip_set.chip_px
        if labels.shape[1:] != (side_px, side_px):
            raise _odd(path, labels.shape, (len(labels), side_px, side_px))


def statistics_of(values: NDArray[np.float32], bands: int) -> BandStatistics:
    """What values `(chips, variables, rows, cols)` are like, NaN aside; chip by chip, for memory may not hold them all.

    Args:
        values: The values.
        bands: The number of variables, for figures of each, or 1: all together.
    """
    gathered = BandStatistics(bands)
    for chip in values:
        gathered.feed(np.ma.masked_invalid(chip))
    return gathered


def target_bands(chip_set: ChipSet) -> int:
    """Bands of the labels, which every chip has alike: 1 of classes, one for each value."""
    return 1 if chip_set.legend else len(_read(chip_set.label_file(chip_set.chips[0]), None))


def channels(source: ChipInput) -> int:
    """Bands of an input, all dates together."""
    return len(source.bands) * (len(source.days) or 1)


def _mapped(path: Path, shape: tuple[int, ...], dtype: type[Any]) -> NDArray[Any]:
    return np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)


def _directions(classes: NDArray[np.uint8], bins: DirectionBins) -> NDArray[np.uint8]:
    """The bins of one chip; what is ignored has none."""
    found = direction_bins(classes == 1, bins.count, bins.first_deg)
    return np.where(classes == IGNORE, np.uint8(NONE), found)


def _standardised(path: Path, source: ChipInput, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """The z-scores of one chip, `(bands * dates, rows, cols)`, NaN where there is no data."""
    raw = _read(path, channels(source))
    if raw.shape != shape:
        raise _odd(path, raw.shape, shape)
    dates = len(raw) // len(source.bands)
    mean = np.tile(np.asarray(source.mean, np.float32), dates)[:, np.newaxis, np.newaxis]
    std = np.tile(np.asarray(source.std, np.float32), dates)[:, np.newaxis, np.newaxis]
    scores: NDArray[np.float32] = ((raw.filled(0).astype(np.float32) - mean) / std).astype(np.float32)
    scores[np.ma.getmaskarray(raw)] = np.nan
    _check_finite(scores, path)
    return scores


def _check_finite(values: NDArray[np.float32], path: Path) -> None:
    if np.isinf(values).any():
        raise InputError("The training chip {path} holds infinite values. Make the chips again.", path=str(path))


def _read(path: Path, bands: int | None) -> Any:
    """All bands of a file as a masked array `(bands, rows, cols)`, masked where there is no data."""
    try:
        with rasterio.open(path) as dataset:
            found = dataset.read(masked=True)
    except RasterioIOError as error:
        raise InputError(
            "The training chip {path} cannot be read: {reason}. Make the chips again.",
            path=str(path),
            reason=str(error),
        ) from error
    if bands is not None and len(found) != bands:
        raise _odd(path, found.shape, (bands, *found.shape[1:]))
    return found


def _odd(path: Path, found: tuple[int, ...], expected: tuple[int, ...]) -> InputError:
    return InputError(
        "The training chip {path} has the shape {found}, its manifest says {expected}. Make the chips again.",
        path=str(path),
        found=str(found),
        expected=str(expected),
    )
