"""Writes the card of a network, a STAC Item with the MLM extension, from what is claimed and what was found out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ..errors import ModelError
from ..library.card import DETECTION, SEGMENTATION, SUPER_RESOLUTION, ModelCard
from ..library.card_writing import stac_item
from ..library.rules import DetectionRules
from ..reach.receptive_field import ReceptiveField
from ..requests.card_fields import DETECTION_KINDS, TASKS
from .activations import assumed_activation, doubt
from .claims import EIGHT_BIT, Claims
from .classes import channel_names, legend_of, objects_of
from .detectors import WITH_MASKS, count_classes, is_flattened, kind_of
from .network_file import ANY, CHOOSING, Given, NetworkFile, Taken
from .outputs import AXES, Head, Image, read_image
from .trial_reach import agreed

DETECTOR_STRIDE_PX = 32
"""Detectors of the YOLO family that take any size take multiples of this, or of a larger stride that they state."""

NO_WORD = {"bool": "other"}
"""Data types that MLM has no word for."""


@dataclass(frozen=True)
class Found:
    """All that is known of a network, for the parts of its card.

    Args:
        path: Its file.
        claims: What is said of it, the user's word included.
        network: What was found out.
        head: The output that is used.
        reach: How far it sees; `None`: not asked, for detectors.
        limits: Sentences on what does not hold here, gathered on the way.
        assumed: Sentences on what nobody said.
    """

    path: Path
    claims: Claims
    network: NetworkFile
    head: Head
    reach: ReceptiveField | None
    limits: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)

    @property
    def given(self) -> Given:
        """What the output that is used gave in the trial."""
        return next(output for output in self.network.outputs if output.name == self.head.name)

    @property
    def image(self) -> Image | None:
        """How that lies over the input; `None` where it is no image."""
        return read_image(self.given, self.network)


def compose(found: Found) -> dict[str, Any]:
    """Write the card of a network. Its id is the file's name.

    Returns:
        A document for `ModelCard.from_document`. `terraloom:origin` tells whose words it rests on,
        `terraloom:assumed` what nobody said, `terraloom:limits` what does not hold here.

    Raises:
        ModelError: Something is missing or contradicts itself; it says what to give.
    """
    claims, head = found.claims, found.head
    found.limits.extend(claims.limits)
    task = claims.task or _task(found)
    output, properties = _detection(found) if task == DETECTION else _image(found, task)
    if found.given.empty:
        found.limits.append(
            "On a trial it gave no number at all (NaN or infinity everywhere). It may be damaged, or want other values "
            "than it was tried with: check the file, MEAN and STD."
        )
    unused = [name for name in head.others if properties.get("terraloom:detection", {}).get("kind") != WITH_MASKS]
    if unused:
        found.limits.append(f"Of its outputs only {head.name} is used, not {', '.join(unused)}.")
    title = claims.title or found.path.stem
    return stac_item(
        found.path.stem,
        {
            "title": title,
            "description": f"Made for {claims.origin}." if claims.origin else "",
            "datetime": _modified(found.path),
            "mlm:name": found.path.stem,
            "mlm:architecture": "unknown",
            "mlm:tasks": [task],
            "mlm:framework": "ONNX",
            "mlm:total_parameters": found.network.parameters,
            "mlm:input": _inputs(found),
            "mlm:output": [{"name": head.name, "tasks": [task], **output}],
            **properties,
            **({"terraloom:tile_px": _tile_px(found)} if _tile_px(found) else {}),
            "terraloom:overlap": ModelCard.overlap if claims.overlap is None else claims.overlap,
            "terraloom:origin": claims.origin,
            "terraloom:limits": found.limits,
            "terraloom:assumed": found.assumed,
        },
        found.path.name,
        "Network with its weights",
    )


def _modified(path: Path) -> str:
    """When a file was last changed, as STAC writes times."""
    return datetime.fromtimestamp(path.stat().st_mtime, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _task(found: Found) -> str:
    """What a network is for that does not say so, where its output leaves no doubt."""
    task, image = "", found.image
    table = image is None and len(found.given.shape) == 3 and not is_flattened(found.given, found.network)
    if found.claims.detection_type or table:
        task = DETECTION
    elif image is not None and image.ratio > 1:
        task = SUPER_RESOLUTION
    elif image is not None and (found.head.classes or found.given.operation.endswith(("Softmax", CHOOSING))):
        task = SEGMENTATION
    if not task:
        raise ModelError(
            "{path} does not say what it is for. Its output {output} has the shape {found}. "
            "Set TASK to one of {known} (“Apply a model” and “Import a model” take it).",
            path=str(found.path),
            output=found.head.name,
            found=str(found.given.shape),
            known=", ".join(TASKS),
        )
    found.assumed.append(f"Its task is {task}.")
    return task


def _tile_px(found: Found) -> int | None:
    """Side of its tiles, if it takes one size only or somebody says so."""
    only_px = found.reach.size_px[0] if found.reach else None
    rows_px, columns_px = found.network.size_px
    if not found.network.takes_any_size:
        return rows_px if rows_px == columns_px else None
    return only_px or found.claims.tile_px


def _inputs(found: Found) -> list[dict[str, Any]]:
    """What the network reads, input by input; names, means and deviations are given for all bands in a row."""
    counts = [taken.bands for taken in found.network.inputs]
    bands = found.claims.bands
    if bands and len(bands) != sum(counts):
        raise ModelError(
            "{found} bands are named for {path} ({names}); its network reads {expected}. Give as many as BAND_NAMES.",
            found=len(bands),
            path=str(found.path),
            names=", ".join(bands),
            expected=sum(counts),
        )
    scaling = _scaling(found, counts)
    entries, start = [], 0
    for taken, count in zip(found.network.inputs, counts):
        own = slice(start, start + count)
        if len(set(bands[own])) < len(bands[own]):
            raise ModelError(
                "BAND_NAMES has a name twice: {found}. Give each band of an input its own.",
                found="; ".join(bands[own]),
            )
        entry = _input(found, taken, bands[own] or _numbered(count), scaling[own])
        if found.claims.raster_bands:
            entry["terraloom:raster_bands"] = list(found.claims.raster_bands[own])
        entries.append(entry)
        start += count
    if not bands:
        found.assumed.append("Its bands are those of the image, in order.")
    return entries


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(f"b{number + 1}" for number in range(count))


def _input(found: Found, taken: Taken, bands: tuple[str, ...], scaling: list[dict[str, Any]]) -> dict[str, Any]:
    """One `mlm:input`."""
    entry: dict[str, Any] = {
        "name": taken.name,
        "bands": list(bands),
        "input": {
            "shape": list(taken.shape),
            "dim_order": ["bands" if axis == "C" else AXES[axis] for axis in taken.layout],
            "data_type": taken.data_type,
        },
        "value_scaling": scaling,
        "resize_type": None,
        "pre_processing_function": None,
    }
    if found.claims.resolution_m:
        entry["terraloom:resolution_m"] = found.claims.resolution_m
    if found.claims.eight_bit:
        entry["terraloom:value_range"] = [0, int(EIGHT_BIT)]
    return entry


def _scaling(found: Found, counts: list[int]) -> list[dict[str, Any]]:
    """A z-score for each band of all inputs: as is said, else the rule for 8-bit images."""
    mean, std = found.claims.mean, found.claims.std
    if not std:
        whole = [taken.data_type == "uint8" for taken in found.network.inputs]
        per_band = [1.0 if plain else EIGHT_BIT for plain, count in zip(whole, counts) for _ in range(count)]
        found.assumed.append("Its values are 0 to 255 as they are." if all(whole) else "Values are divided by 255.")
        return [{"type": "z-score", "mean": 0.0, "stddev": divisor} for divisor in per_band]
    if {len(mean), len(std)} - {1, sum(counts)}:
        raise ModelError(
            "{path} is said to take {means} means and {stds} deviations; its network reads {expected} bands. "
            "Give one of each as MEAN and STD, or one for each band.",
            path=str(found.path),
            means=len(mean),
            stds=len(std),
            expected=sum(counts),
        )
    means, stds = (values * sum(counts) if len(values) == 1 else values for values in (mean, std))
    bytes_in = any(taken.data_type == "uint8" for taken in found.network.inputs)
    if bytes_in and found.claims.eight_bit and (set(means), set(stds)) != ({0.0}, {1.0}):
        raise ModelError(
            "The network in {path} takes whole numbers from 0 to 255, but is said to take standardised ones (mean "
            "{mean}, deviation {std}), of which whole numbers would leave next to nothing. Set STD to 1 if it takes "
            "the values of the image as they are; else export it for 32-bit floats.",
            path=str(found.path),
            mean="; ".join(f"{value:g}" for value in mean),
            std="; ".join(f"{value:g}" for value in std),
        )
    return [{"type": "z-score", "mean": low, "stddev": width} for low, width in zip(means, stds)]


def _image(found: Found, task: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Output and properties of a network that gives an image."""
    image, given = found.image, found.given
    if image is None or found.reach is None or (given.data_type == "bool" and task != SEGMENTATION):
        raise ModelError(
            "The output {output} of the network in {path} has the shape {found} for tiles of {side} px, which is no "
            "image of a tile. If it is a detector set TASK to object-detection; if another output is meant, name it "
            "as HEAD.",
            output=given.name,
            path=str(found.path),
            found=str(given.shape),
            side=" x ".join(map(str, found.network.size_px)),
        )
    reach = agreed(found.reach, found.network.size_px[0], image.rows_px, image.ratio, image.margin_px)
    meaning = _segmentation(found, image) if task == SEGMENTATION else _values(found, image)
    any_size = found.network.takes_any_size
    sizes = {"N": found.network.inputs[0].shape[0], "C": image.channels}
    shape = [sizes.get(axis, ANY if any_size else size) for axis, size in zip(image.axes, given.shape)]
    order = [AXES[axis] for axis in image.axes]
    return {
        "result": {"shape": shape, "dim_order": order, "data_type": NO_WORD.get(given.data_type, given.data_type)},
        "terraloom:ratio": str(reach.ratio),
        "terraloom:margin_px": reach.margin_px,
        **meaning,
    }, {
        "terraloom:stride_px": reach.stride_px,
        "terraloom:receptive_radius_px": reach.radius_px,
        "terraloom:global_operations": list(reach.global_operations),
    }


def _segmentation(found: Found, image: Image) -> dict[str, Any]:
    """How the channels of a segmentation become classes."""
    given = found.given
    if not given.data_type.startswith("float") or given.operation == CHOOSING:
        return _class_numbers(found, image)
    legend = legend_of(found.head.classes, image.channels, found.claims.colours, str(found.path))
    if not found.head.classes:
        found.assumed.append("Its classes have no names.")
    activation, assumed = found.claims.activation, ""
    if not activation:
        activation, assumed = assumed_activation(given, image.channels, found.path)
    found.assumed.extend([assumed] if assumed else [])
    if activation != "none" and (activation == "sigmoid") != (image.channels == 1):
        raise ModelError(
            "ACTIVATION is {found}, but the network in {path} gives {channels} channels. A sigmoid is for one channel, "
            "a softmax for two and more; none is for networks that give probabilities.",
            found=activation,
            path=str(found.path),
            channels=image.channels,
        )
    open_below = found.claims.unsure_is_nodata and not legend.begins_with_rest
    doubts = doubt(activation, given, image.channels)
    found.limits.extend([doubts] if doubts else [])
    return {
        "classification:classes": legend.to_document(),
        "post_processing_function": {"format": "terraloom", "expression": activation},
        "terraloom:threshold": found.claims.threshold or 0.0,
        **({"terraloom:unsure_is_nodata": True} if open_below else {}),
    }


def _class_numbers(found: Found, image: Image) -> dict[str, Any]:
    """How the numbers of a network that chose the class itself become classes: number i is class i."""
    given, names = found.given, found.head.classes
    if image.channels > 1:
        raise ModelError(
            "The network in {path} gives {channels} channels of whole numbers ({found}), which are neither class "
            "numbers nor scores. Export it with scores as 32-bit floats, or with one channel of class numbers.",
            path=str(found.path),
            channels=image.channels,
            found=given.data_type,
        )
    count = given.choices or (2 if given.data_type == "bool" else max(names, default=-1) + 1)
    if not count:
        raise ModelError(
            "The network in {path} gives class numbers, but nobody says of how many classes. Give their names as "
            "CLASSES, in the order of their numbers from 0 on.",
            path=str(found.path),
        )
    if not 0 <= given.lowest <= given.highest < count:
        raise ModelError(
            "On a trial the network in {path} gave class numbers from {low} to {high}; {count} classes are named. "
            "Give as many names as CLASSES as there are numbers, from 0 on.",
            path=str(found.path),
            low=f"{given.lowest:g}",
            high=f"{given.highest:g}",
            count=count,
        )
    legend = legend_of(names, count, found.claims.colours, str(found.path))
    if not names:
        found.assumed.append("Its classes have no names.")
    found.limits.append("It gives class numbers, no scores: CONFIDENCE is 1 everywhere, PROBABILITIES are 0 or 1.")
    return {
        "classification:classes": legend.to_document(),
        "post_processing_function": {"format": "terraloom", "expression": "none"},
        "terraloom:class_numbers": True,
    }


def _values(found: Found, image: Image) -> dict[str, Any]:
    """How the channels of a regression or super-resolution become values."""
    return {
        "post_processing_function": {"format": "terraloom", "expression": found.claims.activation or "none"},
        "terraloom:factor": 1.0 if found.claims.factor is None else found.claims.factor,
        "terraloom:channels": list(channel_names(found.head.classes, image.channels, str(found.path))),
    }


def _detection(found: Found) -> tuple[dict[str, Any], dict[str, Any]]:
    """Output and properties of a detector."""
    claims, given = found.claims, found.given
    kind = kind_of(claims, given, found.network, found.path)
    if kind not in DETECTION_KINDS:
        raise ModelError(
            "{path} is a detector of the type {found}. Only {known} run here.",
            path=str(found.path),
            found=kind,
            known=", ".join(DETECTION_KINDS),
        )
    if found.network.size_px[0] != found.network.size_px[1]:
        raise ModelError(
            "The detector in {path} takes tiles of {size} px. Detectors run here on square tiles only; export it so.",
            path=str(found.path),
            size=" x ".join(map(str, found.network.size_px)),
        )
    shape = found.network.inputs[0].shape
    if shape[0] not in (ANY, 1):
        raise ModelError(
            "{path} takes arrays of the shape {shape}; tiles go in one at a time. "
            "Export it with a batch of 1 or of any size.",
            path=str(found.path),
            shape=" x ".join("?" if size == ANY else str(size) for size in shape),
        )
    if not claims.detection_type:
        found.assumed.append(f"Its detection type is {kind}.")
    legend = objects_of(found.head.classes, count_classes(kind, given, found.network, found.path), str(found.path))
    any_size = found.network.takes_any_size
    return {
        # MLM has no words for a table's rows and columns
        "result": {
            "shape": [ANY if any_size else size for size in given.shape],
            "dim_order": ["batch", "height", "width"],
            "data_type": given.data_type,
        },
        "classification:classes": legend.to_document(),
    }, {
        "terraloom:detection": {
            "kind": kind,
            "confidence": DetectionRules.confidence if claims.confidence is None else claims.confidence,
            "iou": DetectionRules.iou if claims.iou is None else claims.iou,
        },
        "terraloom:stride_px": max(DETECTOR_STRIDE_PX, claims.stride_px or 0) if any_size else 1,
        "terraloom:receptive_radius_px": 0,
        "terraloom:global_operations": [DETECTION],
    }
