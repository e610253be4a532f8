"""What the user says of a model that says nothing of itself: the gaps of its card."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from ..errors import InputError
from ..library.card import ACTIVATIONS, DETECTION, REGRESSION, SEGMENTATION, SUPER_RESOLUTION, ModelCard
from .words import check_word, refuse_idle_for

TASKS = (SEGMENTATION, REGRESSION, SUPER_RESOLUTION, DETECTION)
DETECTION_KINDS = (
    "YOLO_v5_or_v7_default",
    "YOLO_v6",
    "YOLO_v9",
    "YOLO_Ultralytics",
    "YOLO_Ultralytics_segmentation",
    "YOLO_Ultralytics_obb",
)
MOST_OVERLAP = 0.9


@dataclass(frozen=True)
class CardFields:
    """What is said of a model. Whatever is empty or `None` is not said: the model's own word or a rule holds.

    Args:
        title: Name that users read.
        task: One of `TASKS`.
        classes: Names of the classes, in the order of the network's channels.
        bands: Names of the bands that it reads, in order; of several inputs one after another.
        resolution_m: Pixel size it was trained for.
        mean: Is taken from the raw values, per band or one for all.
        std: Divides them then, per band or one for all. Neither: values of 0 to 255 become 0 to 1.
        activation: What makes probabilities of the output: `none` (the network does it), `softmax` or `sigmoid`.
        head: Name of the output to use, of a network with several.
        detection_type: One of `DETECTION_KINDS`.
        confidence: Lowest score of an object, 0–1.
        iou: Of two objects that overlap more than this one stays, 0–1.
        overlap: Share of a blended tile's side that it has in common with the next, 0–0.9.
        threshold: A class counts from this probability on, 0–1.
    """

    title: str = ""
    task: str = ""
    classes: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    resolution_m: float | None = None
    mean: tuple[float, ...] = ()
    std: tuple[float, ...] = ()
    activation: str = ""
    head: str = ""
    detection_type: str = ""
    confidence: float | None = None
    iou: float | None = None
    overlap: float | None = None
    threshold: float | None = None

    def __post_init__(self) -> None:
        for parameter, found, known in (
            ("TASK", self.task, TASKS),
            ("ACTIVATION", self.activation, ACTIVATIONS),
            ("DETECTION_TYPE", self.detection_type, DETECTION_KINDS),
        ):
            if found:
                check_word(parameter, found, known)
        _check_names("CLASSES", self.classes)
        _check_names("BAND_NAMES", self.bands)
        _check_different("CLASSES", self.classes)
        if self.resolution_m is not None and not (math.isfinite(self.resolution_m) and self.resolution_m > 0):
            raise InputError("RESOLUTION is {found}; it is a pixel size in metres, above 0.", found=self.resolution_m)
        _check_share("CONFIDENCE_THRESHOLD", self.confidence, 1)
        _check_share("IOU_THRESHOLD", self.iou, 1)
        _check_share("THRESHOLD", self.threshold, 1)
        _check_share("OVERLAP", self.overlap, MOST_OVERLAP)
        self._check_standardisation()

    @property
    def said(self) -> dict[str, Any]:
        """What is said, by the names above."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "", ())}

    def _check_standardisation(self) -> None:
        numbers = (*self.mean, *self.std)
        if not all(map(math.isfinite, numbers)) or not all(number > 0 for number in self.std):
            raise InputError(
                "MEAN is {mean} and STD is {std}; they are numbers in the raster's own unit, those of STD above 0.",
                mean=_shown(self.mean),
                std=_shown(self.std),
            )
        if self.mean and not self.std:
            raise InputError("MEAN is given without STD. Give both; STD=1 takes MEAN away and divides by nothing.")
        counts = {count for count in (len(self.bands), len(self.mean), len(self.std)) if count > 1}
        if len(counts) > 1 or (self.bands and max(len(self.mean), len(self.std)) > len(self.bands)):
            raise InputError(
                "MEAN has {means} numbers, STD {stds} and BAND_NAMES {bands} names. "
                "Give one number for all bands, or one for each.",
                means=len(self.mean),
                stds=len(self.std),
                bands=len(self.bands),
            )


def parse_names(text: str) -> tuple[str, ...]:
    """Read names separated by semicolons."""
    return tuple(name.strip() for name in text.split(";")) if text.strip() else ()


def parse_numbers(parameter: str, text: str) -> tuple[float, ...]:
    """Read numbers separated by semicolons.

    Raises:
        InputError: One of them is no number.
    """
    numbers = []
    for piece in parse_names(text):
        try:
            numbers.append(float(piece))
        except ValueError as error:
            raise InputError(
                "{parameter} has the entry {found}, which is no number. Write numbers separated by ;, "
                "for example 123.7;116.3;103.5",
                parameter=parameter,
                found=piece or "-",
            ) from error
    return tuple(numbers)


def check_use(card: ModelCard, fields: CardFields) -> None:
    """Refuse what the user says of things that models for other tasks have.

    Raises:
        ModelError: It names the parameters.
    """
    detects = card.task == DETECTION
    chooses = card.output.class_numbers
    idle = {
        "ACTIVATION": fields.activation != "" and (detects or chooses),
        "ACTIVATION = softmax": fields.activation == "softmax" and card.task in (REGRESSION, SUPER_RESOLUTION),
        "THRESHOLD": fields.threshold is not None and (card.task != SEGMENTATION or chooses),
        "DETECTION_TYPE": fields.detection_type != "" and not detects,
        "CONFIDENCE_THRESHOLD": fields.confidence is not None and not detects,
        "IOU_THRESHOLD": fields.iou is not None and not detects,
    }
    refuse_idle_for(card, idle, " that gives class numbers" if chooses else "")


def _check_names(parameter: str, names: tuple[str, ...]) -> None:
    if not all(name.strip() for name in names):
        raise InputError(
            "{parameter} has an empty name: {found}. Separate names by one ; and put none at the end.",
            parameter=parameter,
            found="; ".join(names),
        )


def _check_different(parameter: str, names: tuple[str, ...]) -> None:
    seen = set()
    for name in map(str.strip, names):
        if name.casefold() in seen:
            raise InputError(
                "{parameter} has the name {name} twice. Give each class a name of its own.",
                parameter=parameter,
                name=name,
            )
        seen.add(name.casefold())


def _check_share(parameter: str, found: float | None, most: float) -> None:
    if found is not None and not 0 <= found <= most:
        raise InputError(
            "{parameter} is {found}; it must lie between 0 and {most}.", parameter=parameter, found=found, most=most
        )


def _shown(numbers: tuple[float, ...]) -> str:
    return "; ".join(f"{number:g}" for number in numbers) or "-"
