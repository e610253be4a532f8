"""Turns a model card (STAC Item with the MLM extension and `terraloom:` fields) into checked values, and back.

The same JSON document lies in the ONNX file (`metadata_props`, key `terraloom:card`) and beside it as `card.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ModelError
from ..legend import Legend

METADATA_KEY = "terraloom:card"
SEGMENTATION = "semantic-segmentation"
REGRESSION = "regression"
ACTIVATIONS = ("none", "softmax", "sigmoid")


@dataclass(frozen=True)
class Band:
    """One band the model reads: raw value x becomes (x - mean) / std."""

    name: str
    mean: float
    std: float

    def __post_init__(self) -> None:
        if not self.std > 0:
            raise ModelError("Band {band} of the model card has no positive standard deviation.", band=self.name)


@dataclass(frozen=True)
class ModelInput:
    """One raster the model reads.

    Args:
        name: Name of the ONNX input.
        bands: Its bands in order.
        value_range: Lowest and highest raw value the model was trained on, or `None` where the card is silent.
        resolution_m: Pixel size the model was trained for, or `None`: any.
        resolution_range_m: Pixel sizes that are taken as they are; others are warped to `resolution_m`.
    """

    name: str
    bands: tuple[Band, ...]
    value_range: tuple[float, float] | None = None
    resolution_m: float | None = None
    resolution_range_m: tuple[float, float] | None = None

    @property
    def band_names(self) -> tuple[str, ...]:
        """The names of the bands, in the network's order."""
        return tuple(band.name for band in self.bands)


@dataclass(frozen=True)
class ModelCard:
    """What must be known of a model to run it.

    Args:
        model_id: Short name, also the folder of a bundled model.
        title: Name that users read.
        task: `semantic-segmentation` or `regression`; others are refused by the jobs, not here.
        inputs: The rasters it reads.
        legend: The classes, in the order of the output channels; `None` for regression.
        activation: What turns the network's output into the result: `none`, `softmax` or `sigmoid`.
        temperature: Divides the output of a segmentation before the activation (calibration).
        stride_px: Tile origins are multiples of it; inputs are padded to multiples of it.
        receptive_radius_px: Furthest input pixel that reaches an output pixel.
        global_operations: Operations that see the whole tile; a model without any has exact seams.
        document: The whole card as it was read.
    """

    model_id: str
    title: str
    task: str
    inputs: tuple[ModelInput, ...]
    legend: Legend | None
    activation: str
    temperature: float
    stride_px: int
    receptive_radius_px: int
    global_operations: tuple[str, ...]
    document: dict[str, Any]

    def __post_init__(self) -> None:
        if self.activation not in ACTIVATIONS:
            raise ModelError(
                "The model card names the activation {found}; it must be one of {known}.",
                found=self.activation,
                known=", ".join(ACTIVATIONS),
            )
        if self.stride_px < 1 or self.receptive_radius_px < 0 or not self.temperature > 0:
            raise ModelError(
                "The model card of {model} has a stride, receptive field or temperature that cannot be.",
                model=self.model_id,
            )
        if not self.inputs:
            raise ModelError("The model card of {model} names no input.", model=self.model_id)
        if self.task == SEGMENTATION and self.legend is None:
            raise ModelError("The model card of {model} names no classes.", model=self.model_id)
        if self.legend is not None and self.activation == "sigmoid" and len(self.legend.entries) != 2:
            raise ModelError(
                "The model card of {model} has {found} classes; under a sigmoid there must be two, the second of which "
                "the network scores.",
                model=self.model_id,
                found=len(self.legend.entries),
            )

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
            return cls(
                model_id=str(document["id"]),
                title=str(properties.get("title") or document["id"]),
                task=str(properties["mlm:tasks"][0]),
                inputs=tuple(_input(entry) for entry in properties["mlm:input"]),
                legend=Legend.from_document(classes) if classes else None,
                activation=str(output.get("post_processing_function", {}).get("expression", "none")),
                temperature=float(properties.get("terraloom:temperature", 1.0)),
                stride_px=int(properties["terraloom:stride_px"]),
                receptive_radius_px=int(properties["terraloom:receptive_radius_px"]),
                global_operations=tuple(properties.get("terraloom:global_operations", ())),
                document=document,
            )
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise ModelError(
                "The model card cannot be read: {reason}. Use a model that was exported with its card.",
                reason=f"{type(error).__name__} {error}",
            ) from error

    @classmethod
    def from_json(cls, text: str) -> ModelCard:
        """Read a card from its JSON text."""
        try:
            document = json.loads(text)
        except ValueError as error:
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


def _input(entry: dict[str, Any]) -> ModelInput:
    """Read one `mlm:input`: `value_scaling` holds a z-score per band, in the bands' order."""
    names = [band if isinstance(band, str) else band["name"] for band in entry["bands"]]
    scaling = entry.get("value_scaling") or [{"type": "z-score", "mean": 0.0, "stddev": 1.0}]
    if len(scaling) == 1:
        scaling = scaling * len(names)
    if len(scaling) != len(names) or any(step.get("type") != "z-score" for step in scaling):
        raise ValueError("value_scaling must be one z-score per band")
    value_range = entry.get("terraloom:value_range")
    resolution_range = entry.get("terraloom:resolution_range_m")
    resolution = entry.get("terraloom:resolution_m")
    return ModelInput(
        name=str(entry["name"]),
        bands=tuple(Band(name, float(step["mean"]), float(step["stddev"])) for name, step in zip(names, scaling)),
        value_range=(float(value_range[0]), float(value_range[1])) if value_range else None,
        resolution_m=float(resolution) if resolution else None,
        resolution_range_m=(float(resolution_range[0]), float(resolution_range[1])) if resolution_range else None,
    )
