"""Writes the card of a network that was trained here, from plain facts.

Whoever trains knows these from the network, the training chips and the scores; nothing here imports torch.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from typing import Any

from ..errors import ModelError
from ..legend import Legend
from .card import LINES, NETWORK_SPEC, SEGMENTATION, ModelCard
from .rules import LineRules, RegionRules

SCHEMAS = (
    "https://stac-extensions.github.io/mlm/v1.5.0/schema.json",
    "https://stac-extensions.github.io/classification/v2.0.0/schema.json",
)
ANY = -1
"""A size that is not fixed, in MLM's terms."""

IMAGE_AXES = ("batch", "channel", "height", "width")
RESULT_AXES = ("batch", "class", "height", "width")

LINE_THRESHOLD = 0.5
"""A pixel is a line's from this probability on."""


@dataclass(frozen=True)
class InputFacts:
    """One image that the network reads, or a series of them.

    Args:
        name: Name of the ONNX input.
        bands: Names of the bands of one date.
        mean: What is subtracted from each band's raw values.
        std: What they are then divided by.
        value_range: Lowest and highest raw value of the training pixels; `None`: not known.
        resolution_m: Pixel size it was trained on; `None`: any.
        resolution_range_m: Pixel sizes that are taken as they are; `None`: every size is warped to `resolution_m`.
        days: Days of the dates of a series, rising; empty: a single image.
        dates: The dates as ISO texts, one for each day, where they are known.
        optional: Whether maps can be made without it.
    """

    name: str
    bands: tuple[str, ...]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    value_range: tuple[float, float] | None = None
    resolution_m: float | None = None
    resolution_range_m: tuple[float, float] | None = None
    days: tuple[int, ...] = ()
    dates: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class NetworkFacts:
    """Everything that the card tells of the network itself.

    Args:
        spec: The network spec as plain JSON values (`NetworkSpec.to_dict()`).
        stride_px: `Network.stride`.
        receptive_radius_px: `Network.receptive_radius_px`.
        global_operations: `Network.global_operations`.
        output_name: Name of the ONNX output (`export.OUTPUT_NAME`).
        tile_px: Side of the tiles that it was trained on; of a file with a fixed size, that size. `None`: any.
        fixed_size: Whether the file takes that size only (`export.has_fixed_size`).
        regions: How tiles are cut into regions; `None`: the network reads images alone.
        lines: How it tells directions of lines; `None`: it tells no lines.
        architecture: A few words for people: "U-Net", "vision transformer".
        parameters: Number of weights.
        flops_per_px: Floating-point operations for a pixel; `None`: not counted.
        weights_sha256: `weights.weights_sha256(network)`.
        framework_version: `torch.__version__`.
    """

    spec: Mapping[str, Any]
    stride_px: int
    receptive_radius_px: int
    global_operations: tuple[str, ...] = ()
    output_name: str = "logits"
    tile_px: int | None = None
    fixed_size: bool = False
    regions: RegionRules | None = None
    lines: LineRules | None = None
    architecture: str = "composed"
    parameters: int = 0
    flops_per_px: float | None = None
    weights_sha256: str = ""
    framework_version: str = ""


@dataclass(frozen=True)
class Training:
    """What the card tells of where the weights come from.

    Args:
        data: What it was trained on, by name: `name`, `source`, `licence`, `chips`, `seed`, `steps` and the like.
        held_out_scores: Scores on what it had not seen, as JSON values; empty: none.
        limits: Sentences on what it is not good for.
        temperature: Divides the logits of a segmentation before the softmax, or of lines before the sigmoid
            (calibration).
        factor: Values of a regression are the output times this.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    held_out_scores: Mapping[str, Any] = field(default_factory=dict)
    limits: tuple[str, ...] = ()
    temperature: float = 1.0
    factor: float = 1.0


def card_for(
    model_id: str,
    task: str,
    inputs: tuple[InputFacts, ...],
    network: NetworkFacts,
    legend: Legend | None = None,
    variables: tuple[str, ...] = (),
    training: Training = Training(),
    title: str = "",
    description: str = "",
    licence: str = "other",
) -> dict[str, Any]:
    """The card of a network as a document: what goes into the ONNX file and beside it as `card.json`.

    Args:
        model_id: Short name, also of its folder in the library.
        task: `semantic-segmentation`, `regression` or `line-extraction` (`card.SEGMENTATION` and so on).
        inputs: What it reads, in the order of the ONNX inputs.
        network: What it is.
        legend: The classes in the order of the output channels; of a segmentation. Of lines what is none, and they.
        variables: Names of the output channels; of anything else.
        training: Where the weights come from.
        title: Name that users read; empty: the short name.
        description: A sentence for users.
        licence: SPDX identifier of the weights, or `other`.

    Returns:
        A document that `ModelCard.from_document` takes, of plain JSON values.

    Raises:
        ModelError: Something is missing or contradicts itself.
    """
    channels = _channels(model_id, task, network, legend, variables)
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    side = network.tile_px if network.fixed_size and network.tile_px else ANY
    properties: dict[str, Any] = {
        "title": title or model_id,
        "description": description,
        "datetime": now,
        "updated": now,
        "license": licence,
        "mlm:name": model_id,
        "mlm:tasks": [_mlm_task(task)],
        "mlm:framework": "PyTorch",
        "mlm:pretrained": bool(training.data),
        "mlm:batch_size_suggestion": 1,
        "mlm:input": [_input(source, side) for source in inputs],
        "mlm:output": [_output(task, network, legend, variables, training, (ANY, channels, side, side))],
        **_told_of_network(network),
        **_told_of_training(training),
    }
    document = stac_item(model_id, properties, "model.onnx", "Network with its weights and this card")
    plain: dict[str, Any] = json.loads(json.dumps(document))
    ModelCard.from_document(plain)  # refuses what the engine could not read
    return plain


def _told_of_network(network: NetworkFacts) -> dict[str, Any]:
    """Properties of the network itself."""
    said = {
        "terraloom:tile_px": network.tile_px,
        "terraloom:flops_per_pixel": network.flops_per_px,
        "terraloom:regions": asdict(network.regions) if network.regions else None,
        "terraloom:lines": asdict(network.lines) if network.lines else None,
    }
    return {
        "mlm:architecture": network.architecture,
        "mlm:framework_version": network.framework_version,
        "mlm:total_parameters": network.parameters,
        NETWORK_SPEC: dict(network.spec),
        "terraloom:stride_px": network.stride_px,
        "terraloom:receptive_radius_px": network.receptive_radius_px,
        "terraloom:global_operations": list(network.global_operations),
        "terraloom:weights_sha256": network.weights_sha256,
        **{name: value for name, value in said.items() if value is not None},
    }


def _told_of_training(training: Training) -> dict[str, Any]:
    """Properties that tell where the weights come from."""
    return {
        "terraloom:training_data": dict(training.data),
        "terraloom:held_out_scores": dict(training.held_out_scores),
        "terraloom:limits": list(training.limits),
        "terraloom:temperature": training.temperature,
    }


def stac_item(model_id: str, properties: Mapping[str, Any], file: str, holds: str) -> dict[str, Any]:
    """The STAC Item of a model.

    Args:
        model_id: Its id.
        properties: All that its card says.
        file: Name of the ONNX file, which lies beside the card.
        holds: A few words on what is in it.
    """
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "stac_extensions": list(SCHEMAS),
        "id": model_id,
        "geometry": None,
        "properties": dict(properties),
        "links": [],
        "assets": {
            "model": {
                "href": f"./{file}",
                "type": "application/octet-stream; application=onnx",
                "title": holds,
                "roles": ["mlm:model"],
                "mlm:artifact_type": "onnx",
            }
        },
    }


def _mlm_task(task: str) -> str:
    """What the MLM extension calls a task: it has none for lines, which `terraloom:lines` tells."""
    return SEGMENTATION if task == LINES else task


def _channels(
    model_id: str, task: str, network: NetworkFacts, legend: Legend | None, variables: tuple[str, ...]
) -> int:
    """Channels of the output: the mask and bins of direction, the classes, or the variables.

    Raises:
        ModelError: What would tell is missing.
    """
    if task in (SEGMENTATION, LINES) and legend is None:
        raise ModelError("The model card of {model} names no classes.", model=model_id)
    if task == LINES:
        if network.lines is None:
            raise ModelError(
                "The model card of {model} must have terraloom:lines: the network is one of lines.", model=model_id
            )
        return 1 + network.lines.bins
    channels = len(legend.entries) if legend and task == SEGMENTATION else len(variables)
    if not channels:
        raise ModelError("The model card of {model} names no variables, which {task} needs.", model=model_id, task=task)
    return channels


def _input(source: InputFacts, side: int) -> dict[str, Any]:
    """One `mlm:input`."""
    if len(source.bands) != len(source.mean) or len(source.bands) != len(source.std):
        raise ModelError(
            "Input {name} has {bands} bands, {means} means and {stds} standard deviations; there must be one for each.",
            name=source.name,
            bands=len(source.bands),
            means=len(source.mean),
            stds=len(source.std),
        )
    said = {
        "terraloom:value_range": list(source.value_range) if source.value_range else None,
        "terraloom:resolution_m": source.resolution_m,
        "terraloom:resolution_range_m": list(source.resolution_range_m) if source.resolution_range_m else None,
        "terraloom:days": list(source.days) or None,
        "terraloom:dates": list(source.dates) or None,
        "terraloom:optional": source.optional or None,
    }
    return {
        "name": source.name,
        "bands": list(source.bands),
        "input": {
            "shape": [ANY, len(source.bands) * max(1, len(source.days)), side, side],
            "dim_order": list(IMAGE_AXES),
            "data_type": "float32",
        },
        "value_scaling": [
            {"type": "z-score", "mean": mean, "stddev": std} for mean, std in zip(source.mean, source.std)
        ],
        "resize_type": None,
        "pre_processing_function": None,
        **{name: value for name, value in said.items() if value is not None},
    }


def _output(
    task: str,
    network: NetworkFacts,
    legend: Legend | None,
    variables: tuple[str, ...],
    training: Training,
    shape: tuple[int, ...],
) -> dict[str, Any]:
    """The one `mlm:output`: logits of classes or of lines, or values."""
    meaning: dict[str, Any]
    if task == SEGMENTATION and legend is not None:
        meaning = {"classification:classes": legend.to_document()}
        activation = "softmax"
    elif task == LINES and legend is not None:
        meaning = {"classification:classes": legend.to_document(), "terraloom:threshold": LINE_THRESHOLD}
        activation = "sigmoid"
    else:
        meaning = {"terraloom:channels": list(variables), "terraloom:factor": training.factor}
        activation = "none"
    return {
        "name": network.output_name,
        "tasks": [_mlm_task(task)],
        "result": {"shape": list(shape), "dim_order": list(RESULT_AXES), "data_type": "float32"},
        "post_processing_function": {"format": "terraloom", "expression": activation},
        **meaning,
    }
