"""Turns the manifest of a folder of training chips (`chips.json`) into checked values, and back.

A training chip is a square cut out of the inputs with its labels. The folder holds, for each chip,
`images/<input>/<chip>.tif` and `labels/<chip>.tif`; whoever opens them sees the chips where they lie on earth.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..legend import NODATA, Legend
from ..requests.input_names import can_name_an_input

MANIFEST = "chips.json"
VERSION = 1
SPLITS = ("train", "validation", "test")
IGNORE = NODATA
"""Label of pixels that do not count, in the files of every chip set of classes. Of values it is NaN."""

RESOLUTION_RANGE = 0.8, 1.25
"""Pixel sizes, as multiples of that of the chips, at which a model that learns from them takes images as they are."""


@dataclass(frozen=True)
class ChipInput:
    """One input of the chips, and what its training pixels are like.

    Args:
        name: Name of the input, of its folder, and of the network's input.
        bands: Names of the bands of one date.
        days: Days of the dates, counted from the first; empty: a single image.
        mean: Mean of each band over the valid pixels of the training chips, all dates together.
        std: Standard deviation, likewise; never 0.
        lowest: Lowest value, likewise.
        highest: Highest value, likewise.
        dates: The dates as ISO texts, where they are known.
    """

    name: str
    bands: tuple[str, ...]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    lowest: tuple[float, ...]
    highest: tuple[float, ...]
    days: tuple[int, ...] = ()
    dates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(each) for each in (self.bands, self.mean, self.std, self.lowest, self.highest)}
        if len(lengths) != 1 or not self.bands or not all(std > 0 for std in self.std):
            raise InputError(
                "Input {name} of the training chips has {bands} bands, but not one mean, positive standard deviation "
                "and range for each.",
                name=self.name,
                bands=len(self.bands),
            )


@dataclass(frozen=True)
class Chip:
    """One training chip.

    Args:
        name: Name of its files, without the ending.
        split: `train`, `validation` or `test`.
        block: Name of the block of ground that it lies in: chips of one block are never in two splits, and intervals
            are drawn over blocks.
        pixels: Labelled pixels of each class value; of values under `value`.
    """

    name: str
    split: str
    block: str
    pixels: dict[str, int]

    def __post_init__(self) -> None:
        if self.split not in SPLITS:
            raise InputError(
                "Training chip {name} is in the split {found}; it must be one of {known}.",
                name=self.name,
                found=self.split,
                known=", ".join(SPLITS),
            )


@dataclass(frozen=True)
class ChipSet:
    """All chips of a folder.

    Args:
        folder: Where they lie.
        chip_px: Their side in pixels.
        resolution_m: Their pixel size, or `None` where the inputs have no place on earth.
        inputs: What each is cut out of.
        legend: The classes, or `None` where the labels are values.
        chips: The chips.
        target: What labels that are values are like; `None` where they are classes.
        origin: How the chips were made, in JSON's terms: sources, sizes, split.
    """

    folder: Path
    chip_px: int
    resolution_m: float | None
    inputs: tuple[ChipInput, ...]
    legend: Legend | None
    chips: tuple[Chip, ...]
    target: ChipInput | None = None
    origin: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.chips or not self.inputs or self.chip_px < 1:
            raise InputError(
                "{folder} holds no training chips. Make some with “Make training chips”.", folder=str(self.folder)
            )

    def of(self, split: str) -> tuple[Chip, ...]:
        """The chips of one split."""
        return tuple(chip for chip in self.chips if chip.split == split)

    def pixels(self, chips: Iterable[Chip]) -> dict[str, int]:
        """Labelled pixels of each class value over some chips, classes without any included."""
        counts = {str(value): 0 for value in self.legend.values} if self.legend else {"value": 0}
        for chip in chips:
            for value, count in chip.pixels.items():
                counts[value] += count
        return counts

    def image_file(self, chip: Chip, source: ChipInput) -> Path:
        """The image of a chip: its bands, date by date."""
        return self.folder / "images" / source.name / f"{chip.name}.tif"

    def label_file(self, chip: Chip) -> Path:
        """The labels of a chip: class values with `IGNORE`, or values with NaN."""
        return self.folder / "labels" / f"{chip.name}.tif"

    def to_json(self) -> str:
        """The manifest's text."""
        document = {
            "version": VERSION,
            "chip_px": self.chip_px,
            "resolution_m": self.resolution_m,
            "inputs": [asdict(source) for source in self.inputs],
            "classes": self.legend.to_document() if self.legend else None,
            "target": asdict(self.target) if self.target else None,
            "origin": self.origin,
            "balance": {split: self.pixels(self.of(split)) for split in SPLITS},
            "chips": [asdict(chip) for chip in self.chips],
        }
        return json.dumps(document, indent=1) + "\n"

    @classmethod
    def from_folder(cls, folder: Path) -> ChipSet:
        """Read the manifest of a folder.

        Raises:
            InputError: There is none, or it cannot be read.
        """
        path = folder / MANIFEST
        try:
            document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if document["version"] != VERSION:
                raise ValueError(f"version {document['version']}, known is {VERSION}")
            resolution_m = document["resolution_m"]
            inputs = tuple(_input(values) for values in document["inputs"])
            chips = tuple(Chip(**values) for values in document["chips"])
            _refuse_ways(inputs, chips)
            return cls(
                folder,
                int(document["chip_px"]),
                float(resolution_m) if resolution_m else None,
                inputs,
                Legend.from_document(document["classes"]) if document["classes"] else None,
                chips,
                _input(document["target"]) if document.get("target") else None,
                dict(document.get("origin") or {}),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InputError(
                "{path} is not a usable manifest of training chips: {reason}. Choose a folder that “Make training "
                "chips” has written.",
                path=str(path),
                reason="there is none" if isinstance(error, FileNotFoundError) else f"{type(error).__name__} {error}",
            ) from error


def _refuse_ways(inputs: Iterable[ChipInput], chips: Iterable[Chip]) -> None:
    """Refuse names that lead out of the folder: a manifest may come from others.

    Raises:
        ValueError: One does.
    """
    for name in (source.name for source in inputs):
        if not can_name_an_input(name):
            raise ValueError(f"an input cannot be called {name}")
    for name in (chip.name for chip in chips):
        if not re.fullmatch(r"[^/\\:]+", name):
            raise ValueError(f"a chip cannot be called {name}")


def _input(values: dict[str, Any]) -> ChipInput:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return ChipInput(**fields)


def holds_chips(folder: str) -> bool:
    """Whether there are training chips in a folder."""
    return os.path.isfile(os.path.join(folder, MANIFEST))  # of a folder that may not be entered, pathlib raises


def check_chips(folder: str) -> None:
    """Refuse a folder without training chips.

    Raises:
        InputError: There are none in it.
    """
    if not folder or not holds_chips(folder):
        raise InputError(
            "CHIPS is {folder}, where there is no {manifest}. Choose a folder that “Make training chips” has written.",
            folder=folder or "-",
            manifest=MANIFEST,
        )
