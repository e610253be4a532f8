"""Turns a model card (STAC Item with the MLM extension and `terraloom:` fields) into checked values, and back.

The same JSON document lies in the ONNX file (`metadata_props`, key `terraloom:card`) and beside it as `card.json`.

A series of images is one `mlm:input` with the days of its dates in `terraloom:days`. Its `bands` and `value_scaling`
are those of a single date, since all dates share them; the axis of the channels in `input.shape` counts all dates, date
by date: red of the first, green of the first, red of the second. The dates the model was trained on, where they are
known, are in `terraloom:dates` as ISO texts.

A network over regions has `terraloom:regions` among its properties, and the ONNX inputs `regions` and `adjacency`,
which the engine computes from the images (`tiles/superpixels.py`); they are no `mlm:input`, as nobody has to give them.

A network of lines has `terraloom:lines`, which makes its task `line-extraction` here; the extension has no such task,
so that it stands as `semantic-segmentation` in the document. Its first channel is the logit of the second
class, the others are logits of the bins of direction.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..errors import ModelError
from ..legend import Legend
from .model_input import AXES, LAYOUTS, ModelInput, layout_of, read_input
from .rules import DetectionRules, LineRules, RegionRules

METADATA_KEY = "terraloom:card"
NETWORK_SPEC = "terraloom:network_spec"
SEGMENTATION = "semantic-segmentation"
REGRESSION = "regression"
SUPER_RESOLUTION = "super-resolution"
DETECTION = "object-detection"
LINES = "line-extraction"
ACTIVATIONS = ("none", "softmax", "sigmoid")
PRECISIONS = ("fp32", "bf16", "int8")
SIZES_BAKED_IN = "sizes baked in"
"""Among the global operations of a network that declares any size, but takes tiles of one only."""


@dataclass(frozen=True)
class ModelOutput:
    """The array that holds a model's result, and how its numbers are to be read.

    Args:
        name: Name of the ONNX output; empty: its first.
        layout: Order of the axes: `NCHW` or `NHWC`. The batch may be missing from it, and a single channel too.
        activation: What turns the bare output into the result: `none` (the network does it), `softmax` or `sigmoid`.
        temperature: Divides the output of a segmentation before the activation (calibration).
        threshold: The most probable class counts from this probability on, below it the first one wins; 0: always.
            Of a lone channel: its class counts from this probability on; 0: from 0.5 on.
        unsure_is_nodata: Whether below the threshold no class stands rather than the first one.
        factor: Values of a regression are the output times this.
        ratio: Output pixels for one input pixel along a side: 1, above 1 for super-resolution, below 1 where the
            output is coarser.
        margin_px: How many input pixels on each side the output does not reach: valid convolutions.
        channels: Names of the channels of a regression or super-resolution.
        lone: Whether the output has a single channel.
        class_numbers: Whether that channel holds the numbers of the classes, which the network chose itself. Whole
            numbers are taken for such in any case.
    """

    name: str = ""
    layout: str = "NCHW"
    activation: str = "none"
    temperature: float = 1.0
    threshold: float = 0.0
    unsure_is_nodata: bool = False
    factor: float = 1.0
    ratio: Fraction = Fraction(1)
    margin_px: int = 0
    channels: tuple[str, ...] = ("value",)
    lone: bool = False
    class_numbers: bool = False

    def __post_init__(self) -> None:
        if self.activation not in ACTIVATIONS:
            raise ModelError(
                "The model card names the activation {found}; it must be one of {known}.",
                found=self.activation,
                known=", ".join(ACTIVATIONS),
            )
        if self.layout not in LAYOUTS:
            raise ModelError(
                "The output in the model card has its axes in the order {found}; it must be one of {known}.",
                found=self.layout,
                known=", ".join(LAYOUTS),
            )
        whole = self.ratio > 0 and 1 in (self.ratio.numerator, self.ratio.denominator)
        if not (whole and self.temperature > 0 and self.margin_px >= 0 and 0 <= self.threshold <= 1 and self.channels):
            raise ModelError(
                "The output in the model card has a temperature, threshold, ratio or margin that cannot be."
            )

    @property
    def leaves_unsure(self) -> bool:
        """Whether pixels may stay without a class because none reaches the threshold."""
        return self.unsure_is_nodata and self.threshold > 0 and not self.lone

    @property
    def choosing(self) -> ModelOutput:
        """The same, but that it gives each pixel a class: the most probable one where it would leave it without."""
        return replace(self, threshold=0.0) if self.leaves_unsure else self


@dataclass(frozen=True)
class ModelCard:
    """What must be known of a model to run it.

    Args:
        model_id: Short name, also the folder of a bundled model.
        title: Name that users read.
        task: `semantic-segmentation`, `regression`, `super-resolution`, `object-detection` or `line-extraction`;
            others are refused by the jobs, not here.
        inputs: The rasters it reads.
        output: The array it gives.
        legend: The classes, in the order of the output channels; `None` where there are none.
        detection: How objects are read from the output; `None` for other tasks.
        stride_px: Tile origins are multiples of it; inputs are padded to multiples of it.
        receptive_radius_px: Furthest input pixel that reaches an output pixel.
        global_operations: Operations that see the whole tile; a model without any has exact seams.
        tile_px: Side of the tiles it was trained on, for blended seams; `None`: not known.
        overlap: Share of a blended tile's side that it has in common with the next, 0–0.9.
        precision: `fp32`, or the precision it was optimised for and tested at.
        regions: How tiles are cut into regions; `None`: the network reads images alone.
        lines: How directions are read from the output; `None` for other tasks than lines.
        document: The whole card as it was read.
    """

    model_id: str
    title: str
    task: str
    inputs: tuple[ModelInput, ...]
    output: ModelOutput
    legend: Legend | None
    stride_px: int
    receptive_radius_px: int
    global_operations: tuple[str, ...]
    document: dict[str, Any]
    detection: DetectionRules | None = None
    tile_px: int | None = None
    overlap: float = 0.25
    precision: str = "fp32"
    regions: RegionRules | None = None
    lines: LineRules | None = None

    def __post_init__(self) -> None:
        sizes_fit = self.stride_px >= 1 and self.receptive_radius_px >= 0 and (self.tile_px is None or self.tile_px > 0)
        if not (sizes_fit and 0 <= self.overlap <= 0.9 and self.precision in PRECISIONS):
            raise ModelError(
                "The model card of {model} has a stride, receptive field, tile, overlap or precision that cannot be.",
                model=self.model_id,
            )
        if not self.inputs:
            raise ModelError("The model card of {model} names no input.", model=self.model_id)
        if self.task in (SEGMENTATION, DETECTION, LINES) and self.legend is None:
            raise ModelError("The model card of {model} names no classes.", model=self.model_id)
        if (self.task == LINES) != (self.lines is not None):
            raise ModelError(
                "The model card of {model} must have terraloom:lines if its task is line-extraction, and only then.",
                model=self.model_id,
            )
        if self.legend is not None and self.output.activation == "sigmoid" and len(self.legend.entries) != 2:
            raise ModelError(
                "The model card of {model} has {found} classes; under a sigmoid there must be two, the second of which "
                "the network scores.",
                model=self.model_id,
                found=len(self.legend.entries),
            )

    @property
    def only_px(self) -> int | None:
        """Side of the only tiles that it takes, though its file declares any size; `None`: that holds true."""
        return self.tile_px if SIZES_BAKED_IN in self.global_operations else None

    @property
    def network_spec(self) -> dict[str, Any] | None:
        """Which parts the network is made of; `None`: the card names none."""
        spec = self.document["properties"].get(NETWORK_SPEC)
        return spec if spec and isinstance(spec, dict) else None

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> ModelCard:
        """Read a card.

        Raises:
            ModelError: A field is missing or makes no sense.
        """
        try:
            properties = document["properties"]
            output = properties["mlm:output"][0]
            classes = output.get("classification:classes")
            detection = properties.get("terraloom:detection")
            tile_px = properties.get("terraloom:tile_px")
            regions = properties.get("terraloom:regions")
            lines = properties.get("terraloom:lines")
            return cls(
                model_id=str(document["id"]),
                title=str(properties.get("title") or document["id"]),
                task=LINES if lines else str(properties["mlm:tasks"][0]),
                inputs=tuple(read_input(entry) for entry in properties["mlm:input"]),
                output=_output(output, properties),
                legend=Legend.from_document(classes) if classes else None,
                detection=DetectionRules(**detection) if detection else None,
                stride_px=int(properties["terraloom:stride_px"]),
                receptive_radius_px=int(properties["terraloom:receptive_radius_px"]),
                global_operations=tuple(properties.get("terraloom:global_operations", ())),
                tile_px=int(tile_px) if tile_px else None,
                overlap=float(properties.get("terraloom:overlap", cls.overlap)),
                precision=str(properties.get("terraloom:precision", "fp32")),
                regions=RegionRules(**regions) if regions else None,
                lines=LineRules(**lines) if lines else None,
                document=document,
            )
        except (KeyError, IndexError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            raise ModelError(
                "The model card cannot be read: {reason}. Use a model that was exported with its card.",
                reason=f"{type(error).__name__} {error}",
            ) from error

    @classmethod
    def from_json(cls, text: str) -> ModelCard:
        """Read a card from its JSON text."""
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ModelError("The model card is not valid JSON: {reason}.", reason=str(error)) from error
        return cls.from_document(document)

    @classmethod
    def from_file(cls, path: Path) -> ModelCard:
        """Read a `card.json`.

        Raises:
            ModelError: The file cannot be read or is no card; it names the file.
        """
        try:
            return cls.from_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, ModelError) as error:
            raise ModelError(
                "{path} is not a usable model card. {reason}", path=str(path), reason=str(error)
            ) from error


def _output(entry: dict[str, Any], properties: dict[str, Any]) -> ModelOutput:
    """Read one `mlm:output`."""
    return ModelOutput(
        name=str(entry.get("name", "")),
        layout=layout_of(entry.get("result", {})),
        activation=str((entry.get("post_processing_function") or {}).get("expression", "none")),
        temperature=float(properties.get("terraloom:temperature", 1.0)),
        threshold=float(entry.get("terraloom:threshold", 0.0)),
        unsure_is_nodata=bool(entry.get("terraloom:unsure_is_nodata", False)),
        factor=float(entry.get("terraloom:factor", 1.0)),
        ratio=_ratio(str(entry.get("terraloom:ratio", "1"))),
        margin_px=int(entry.get("terraloom:margin_px", 0)),
        channels=tuple(entry.get("terraloom:channels", ("value",))),
        lone=_channels(entry.get("result", {})) == 1,
        class_numbers=bool(entry.get("terraloom:class_numbers", False)),
    )


def _ratio(text: str) -> Fraction:
    """A short number or fraction: `1e3000000` is one too, but keeps the computer busy for hours.

    Raises:
        ValueError: It is none.
    """
    if not re.fullmatch(r"\d{1,4}([./]\d{1,9})?", text):
        raise ValueError(f"the ratio {text[:20]} is no short number or fraction")
    return Fraction(text)


def _channels(array: dict[str, Any]) -> int | None:
    """How many channels an array has; `None`: the card is silent."""
    order, shape = array.get("dim_order"), array.get("shape")
    if not order or not shape or len(order) != len(shape):
        return None
    return next((int(size) for axis, size in zip(order, shape) if AXES[axis] == "C"), 1)
