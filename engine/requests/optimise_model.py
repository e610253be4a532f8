"""Optimise a model: a faster variant of a network, tested on images of the user's."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from ..library.card import LINES, REGRESSION, SEGMENTATION, ModelCard
from .assignments import BandChoice, BandScale

OPTIMISED = ("int8", "bf16")

TASKS = (SEGMENTATION, REGRESSION, LINES)


def suits(card: ModelCard) -> bool:
    """Whether a model can be optimised: classes, values or lines of one image, in 32-bit floats."""
    one_image = len(card.inputs) == 1 and not card.inputs[0].is_series and not card.regions
    return card.task in TASKS and one_image and card.precision == "fp32"


@dataclass(frozen=True)
class OptimiseModel:
    """What is asked of `optimisemodel`.

    Args:
        model: The `.onnx` file of 32-bit floats.
        precision: `int8` or `bf16`.
        calibration: Images like those that it will be used on, each taken for itself; none where there are chips.
        output: The file to write.
        labels: Rasters of true classes: none, one for all images, or one for each in their order.
        max_loss: It is refused where it loses more: points of mean IoU, or per cent of the values' spread.
        bands: Which raster band feeds which model band, where the order alone does not say it.
        scale: What brings raw values into the model's range, where they are not.
        threads: Threads of the network; 0: all cores.
        chips: Folder of training chips instead of images; they bring their labels.
    """

    model: str
    precision: str
    calibration: tuple[str, ...]
    output: str
    labels: tuple[str, ...] = ()
    max_loss: float = 0.5
    bands: tuple[BandChoice, ...] = ()
    scale: tuple[BandScale, ...] = ()
    threads: int = 0
    chips: str = ""

    def __post_init__(self) -> None:
        if self.precision not in OPTIMISED:
            raise InputError("PRECISION is {found}; it must be int8 or bf16.", found=self.precision)
        if not (self.calibration or self.chips):
            raise InputError(
                "There is no image to calibrate with. Choose at least one in CALIBRATION, or training chips in CHIPS."
            )
        idle = {
            "CALIBRATION": self.calibration,
            "LABELS": self.labels,
            "BANDS": self.bands,
            "SCALE": self.scale,
        }
        if self.chips and any(idle.values()):
            raise InputError(
                "Training chips are their own images, labels, bands and scale, beside which {parameters} would do "
                "nothing. Leave that empty, or leave the chips out.",
                parameters=", ".join(name for name, given in idle.items() if given),
            )
        if len(self.labels) not in (0, 1, len(self.calibration)):
            raise InputError(
                "There are {labels} rasters of labels for {images} images. Give none, one for all, or one for each.",
                labels=len(self.labels),
                images=len(self.calibration),
            )
        if self.max_loss < 0:
            raise InputError("MAX_LOSS cannot be negative.")

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return (self.output,)
