"""Make training chips: squares cut out of images, with their labels, dealt to training, validation and test."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from .input_names import TAKEN, can_name_an_input
from .network_run import Extent
from .words import check_word, parse_date

SPLITTING = ("spatialblocks", "field", "none")
TARGETS = ("classes", "values")
LEAST_PX, MOST_PX = 8, 4096
"""Sides that a chip may have."""


@dataclass(frozen=True)
class ClassStyle:
    """How QGIS shows one label: what it stands for in the labels (number or text), its name, its colour `#rrggbb`."""

    label: str
    name: str
    colour: str


@dataclass(frozen=True)
class VectorSource:
    """Features of a vector layer and the field that counts: file, layer in it (empty: its first), name of the field."""

    path: str
    layer: str
    field: str


SHARE = 0.2
"""Share of the labelled pixels that is kept for validation, and for testing, where the user says nothing."""


@dataclass(frozen=True)
class MakeTrainingChips:
    """What is asked of `maketrainingchips`.

    Args:
        folder: The folder to make.
        inputs: Raster files of each input; those of one input are alike. Empty where `series` is given, but for further
            inputs.
        series: Rasters of one place in time order, in place of the first of the inputs.
        dates: Their days as ISO texts; empty: read from their names.
        labels: Rasters of classes or values; empty where the labels are features.
        features: Features that carry the labels, or `None`.
        styles: How QGIS shows the labels, where it knows.
        legend: Style file of QGIS (`.qml`) that gives class values names and colours, and counts more than `styles`;
            empty: none.
        target: `classes` or `values`.
        ignored: Labels that do not count.
        background: Class of all ground without labels; empty: it does not count.
        width_m: How wide lines and points are on the ground; 0: one pixel.
        chip_px: Side of a chip; 0: chosen automatically.
        stride_px: Distance of training chips; 0: they lie edge to edge.
        split: `spatialblocks`: squares of ground are dealt to the splits; `field`: each value of a field is; `none`:
            all chips are for training.
        groups: The field for `split="field"`. Its features are those of the labels, or polygons.
        block_px: Side of a block of ground; 0: chosen automatically.
        validation_share: Share of the labelled pixels that validate, 0–1.
        test_share: Share that is kept for testing.
        seed: Another one deals the blocks differently.
        extent: Where chips are cut; `None`: everywhere.
        names: Names of the inputs; empty: `image`, `image_2`, … and `series`.
        footprints: Vector file of the chips' outlines; empty: none.
    """

    folder: str
    inputs: tuple[tuple[str, ...], ...] = ()
    series: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    features: VectorSource | None = None
    styles: tuple[ClassStyle, ...] = ()
    target: str = "classes"
    ignored: tuple[str, ...] = ()
    chip_px: int = 0
    stride_px: int = 0
    split: str = "spatialblocks"
    groups: VectorSource | None = None
    block_px: int = 0
    validation_share: float = SHARE
    test_share: float = SHARE
    seed: int = 0
    extent: Extent | None = None
    names: tuple[str, ...] = ()
    footprints: str = ""
    legend: str = ""
    background: str = ""
    width_m: float = 0.0

    def __post_init__(self) -> None:
        self._check_sources()
        self._check_sizes()
        self._check_labels()
        for name, found, known in (("SPLIT", self.split, SPLITTING), ("TARGET", self.target, TARGETS)):
            check_word(name, found, known)
        if min(self.validation_share, self.test_share) < 0 or self.validation_share + self.test_share >= 1:
            raise InputError(
                "VALIDATION_SHARE is {validation:g} and TEST_SHARE is {test:g}. Neither may be negative, and something "
                "must be left for training: together they must be less than 1.",
                validation=self.validation_share,
                test=self.test_share,
            )
        if self.split == "none" and (self.validation_share, self.test_share, self.seed) != (SHARE, SHARE, 0):
            raise InputError(
                "VALIDATION_SHARE, TEST_SHARE or SEED is given, but SPLIT is none, and nothing is dealt. Leave them as "
                "they were, or set SPLIT to spatialblocks."
            )
        if self.split == "field" and self.groups is None:
            raise InputError(
                "SPLIT is field, but SPLIT_FIELD is empty. Name the field whose values are places, events, or "
                "train/validation/test."
            )

        if self.split != "field" and self.groups is not None:
            raise InputError(
                "SPLIT_FIELD or SPLIT_LAYER is given, but SPLIT is {split}, which does not look at it. Set SPLIT to "
                "field, or leave both empty.",
                split=self.split,
            )
        if self.split != "spatialblocks" and self.block_px:
            raise InputError(
                "BLOCK_SIZE is {block} px, but SPLIT is {split}, which makes no blocks. Set SPLIT to spatialblocks, or "
                "BLOCK_SIZE to 0.",
                block=self.block_px,
                split=self.split,
            )

    def _check_sources(self) -> None:
        """Hold rasters, dates, labels and names against each other."""
        first = self.inputs[0] if self.inputs else ()
        if not first and not self.series:
            raise InputError("There is no image. Choose at least one in INPUT, or a series in SERIES.")
        if not self.labels and self.features is None:
            raise InputError("There are no labels. Choose a vector layer or rasters in LABELS.")
        if len(self.series) == 1:
            raise InputError("SERIES holds one raster; a series has at least two. For a single image use INPUT.")
        if self.dates and len(self.dates) != len(self.series):
            raise InputError(
                "DATES has {dates} dates, but SERIES has {rasters} rasters. Give one date for each, in their order.",
                dates=len(self.dates),
                rasters=len(self.series),
            )
        days = [parse_date(text) for text in self.dates]
        if any(after <= before for before, after in zip(days, days[1:])):
            raise InputError("DATES does not rise: put the rasters of SERIES and their dates in the order of time.")
        if self.names and (len(self.names) != self.input_count or len(set(self.names)) != len(self.names)):
            raise InputError(
                "INPUT_NAMES is {names}; it takes {count} different names with commas between, one for each input.",
                names=", ".join(self.names),
                count=self.input_count,
            )
        for name in self.names:
            if not can_name_an_input(name):
                raise InputError(
                    "INPUT_NAMES has {name}; names begin with a letter, hold letters, digits and _ only, and are none "
                    "of {taken}.",
                    name=name,
                    taken=", ".join(TAKEN),
                )

    def _check_sizes(self) -> None:
        """Refuse sizes that cannot be."""
        if self.chip_px and not LEAST_PX <= self.chip_px <= MOST_PX:
            raise InputError(
                "CHIP_SIZE is {found} px; it must lie between {least} and {most}, or be 0 to be chosen automatically.",
                found=self.chip_px,
                least=LEAST_PX,
                most=MOST_PX,
            )
        if min(self.stride_px, self.block_px) < 0:
            raise InputError("STRIDE and BLOCK_SIZE cannot be negative; 0 means automatic.")
        if self.chip_px and 0 < self.block_px < self.chip_px:
            raise InputError(
                "BLOCK_SIZE is {block} px, less than a chip of {chip} px. Chips lie within one block: choose larger "
                "blocks or smaller chips.",
                block=self.block_px,
                chip=self.chip_px,
            )

    def _check_labels(self) -> None:
        """Refuse what says something of classes or features where there are none."""
        if self.legend and self.target != "classes":
            raise InputError(
                "LEGEND is {path}, but TARGET is {found}, and values have no classes to name. Leave LEGEND empty, or "
                "set TARGET to classes.",
                path=self.legend,
                found=self.target,
            )
        if self.background and self.target != "classes":
            raise InputError(
                "BACKGROUND is {name}, but TARGET is {found}, and values have no classes. Leave BACKGROUND empty, or "
                "set TARGET to classes.",
                name=self.background,
                found=self.target,
            )
        if self.background and self.background in self.ignored:
            raise ignored_background(self.background)
        layers = [(source.path, source.layer) for source in (self.features, self.groups) if source is not None]
        if self.background and len(layers) > len(set(layers)):
            raise InputError(
                "BACKGROUND is {name}, but SPLIT_FIELD is a field of the labels, and ground without labels has no "
                "value in it. Choose polygons that cover that ground in SPLIT_LAYER, or set SPLIT to spatialblocks.",
                name=self.background,
            )
        if self.width_m < 0:
            raise InputError("WIDTH is {found:g} m; it cannot be negative, and 0 is one pixel.", found=self.width_m)
        if self.width_m and (self.target != "classes" or self.features is None):
            raise InputError(
                "WIDTH is {found:g} m, but only lines and points with a class get a width, and LABELS are rasters or "
                "TARGET is values. Set WIDTH to 0.",
                found=self.width_m,
            )

    @property
    def input_count(self) -> int:
        """How many inputs the chips have."""
        return len(self.inputs) + bool(self.series)

    @property
    def input_names(self) -> tuple[str, ...]:
        """What the inputs are called."""
        first = "series" if self.series else "image"
        return self.names or (first, *(f"image_{number}" for number in range(2, self.input_count + 1)))

    @property
    def outputs(self) -> tuple[str, ...]:
        """What it asks for: a folder, and a file if it is wanted."""
        return (self.folder, *((self.footprints,) if self.footprints else ()))

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        return (*self.rasters, *self.layers, *((self.legend,) if self.legend else ()))

    @property
    def rasters(self) -> tuple[str, ...]:
        """The images and the rasters of labels."""
        return (*(path for files in self.inputs for path in files), *self.series, *self.labels)

    @property
    def layers(self) -> tuple[str, ...]:
        """The files of features."""
        return tuple(sorted({source.path for source in (self.features, self.groups) if source is not None}))


def ignored_background(name: str) -> InputError:
    """What is said where BACKGROUND is a class that IGNORE leaves out."""
    return InputError(
        "{name} is named in BACKGROUND and in IGNORE: it cannot be a class and not count. Take it out of one.",
        name=name,
    )
