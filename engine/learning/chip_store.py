"""Turns training chips into arrays that a training draws from: standardised, and mapped from disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import RasterioIOError

from ..chip_set import IGNORE, Chip, ChipInput, ChipSet
from ..errors import InputError
from ..progress import Progress


class ChipStore:
    """The chips of some splits.

    Attributes:
        images: For each input z-scores by the statistics of the chip set, 0 where there is no data, float32
            `(chips, bands * dates, chip_px, chip_px)`.
        targets: Numbers of the classes in the order of the legend with `IGNORE`, uint8 `(chips, chip_px, chip_px)`; or
            values with NaN, float32 `(chips, variables, chip_px, chip_px)`.
        factor: What values are divided by for the network: the standard deviation of those it learns from; 1 of
            classes.
        middle: Mean of each variable, divided by the factor, `(variables,)`; of classes empty.
        blocks: Number of the block of ground of each chip, `(chips,)`.
        chips: The chips, in the order of the arrays.

    Args:
        chip_set: The folder's manifest.
        chips: Those to take.
        folder: Where the mapped arrays are kept while they are used.
        progress: Is asked whether to stop.
        factor: That of the chips that the network learns from; `None`: these are they.

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
    ) -> None:
        self.chip_set = chip_set
        self.chips = tuple(chips)
        names = sorted({chip.block for chip in chips})
        self.blocks = np.array([names.index(chip.block) for chip in chips])
        side_px = chip_set.chip_px
        self.images = tuple(
            _mapped(folder / f"{source.name}.npy", (len(chips), channels(source), side_px, side_px), np.float32)
            for source in chip_set.inputs
        )
        self.targets = self._empty_targets(folder)
        values = np.full(256, IGNORE, np.uint8)
        if chip_set.legend:
            values[list(chip_set.legend.values)] = np.arange(len(chip_set.legend.values))
        for number, chip in enumerate(chips):
            for source, images in zip(chip_set.inputs, self.images, strict=True):
                images[number] = _standardised(chip_set.image_file(chip, source), source, images.shape[1:])
            label_file = chip_set.label_file(chip)
            labels = _read(label_file, self._target_bands)
            self._check_side(labels, label_file)
            self.targets[number] = values[labels[0].filled(IGNORE)] if chip_set.legend else labels.filled(np.nan)
            if number % 64 == 0:
                progress.update(0.0)

        if factor is None:
            factor = 1.0 if chip_set.legend else float(np.nanstd(self.targets)) or 1.0
        self.factor = factor
        self.middle = np.zeros(0) if chip_set.legend else np.nanmean(self.targets, axis=(0, 2, 3)) / self.factor

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

    @property
    def _target_bands(self) -> int | None:
        return 1 if self.chip_set.legend else None

    def _empty_targets(self, folder: Path) -> NDArray[Any]:
        side_px = self.chip_set.chip_px
        if self.chip_set.legend:
            return _mapped(folder / "labels.npy", (len(self.chips), side_px, side_px), np.uint8)
        variables = len(_read(self.chip_set.label_file(self.chips[0]), None))
        return _mapped(folder / "values.npy", (len(self.chips), variables, side_px, side_px), np.float32)

    def _check_side(self, labels: NDArray[np.generic], path: Path) -> None:
        side_px = self.chip_set.chip_px
        if labels.shape[1:] != (side_px, side_px):
            raise _odd(path, labels.shape, (len(labels), side_px, side_px))


def channels(source: ChipInput) -> int:
    """Bands of an input, all dates together."""
    return len(source.bands) * (len(source.days) or 1)


def _mapped(path: Path, shape: tuple[int, ...], dtype: type[Any]) -> NDArray[Any]:
    return np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)


def _standardised(path: Path, source: ChipInput, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """The z-scores of one chip, `(bands * dates, rows, cols)`, 0 where there is no data."""
    raw = _read(path, channels(source))
    if raw.shape != shape:
        raise _odd(path, raw.shape, shape)
    dates = len(raw) // len(source.bands)
    mean = np.tile(np.asarray(source.mean, np.float32), dates)[:, np.newaxis, np.newaxis]
    std = np.tile(np.asarray(source.std, np.float32), dates)[:, np.newaxis, np.newaxis]
    scores: NDArray[np.float32] = ((raw.filled(0).astype(np.float32) - mean) / std).astype(np.float32)
    scores[np.ma.getmaskarray(raw)] = 0
    scores[np.isnan(scores)] = 0
    if not np.isfinite(scores).all():
        raise InputError("The training chip {path} holds infinite values. Make the chips again.", path=str(path))
    return scores


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
