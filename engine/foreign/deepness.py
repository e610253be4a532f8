"""Reads what Deepness keeps in an ONNX file, and the export of Ultralytics, whose models Deepness runs.

Source: the page "Model creation" of Deepness's documentation and its release 0.6.5; every value is a JSON text.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..errors import ModelError
from ..library.card import DETECTION, REGRESSION, SEGMENTATION, SUPER_RESOLUTION
from .claims import EIGHT_BIT, Claims, Entries

TASKS = {
    "segmentor": SEGMENTATION,
    "regressor": REGRESSION,
    "detector": DETECTION,
    "superresolution": SUPER_RESOLUTION,
}
ULTRALYTICS = {
    "detect": "YOLO_Ultralytics",
    "segment": "YOLO_Ultralytics_segmentation",
    "obb": "YOLO_Ultralytics_obb",
}
"""Kind of detector by the entry `task` of Ultralytics's exports."""

OTHER_EXPORTS = ("pose", "classify")
"""Its tasks that do not run here."""

KEYS = frozenset(
    "model_type class_names names resolution tile_size tiles_size tiles_overlap standardization_mean "
    "standardization_std seg_thresh seg_small_segment reg_output_scaling det_conf det_iou_thresh det_type".split()
)
THRESHOLD = 0.5
OVERLAP_PERCENT = 15.0
MOST_PERCENT = 90.0
CENTIMETRE_M = 0.01
MEDIAN_PX = 9


def claims(metadata: Mapping[str, str], path: Path) -> Claims | None:
    """What the metadata of an ONNX file says; `None` where it is not Deepness's.

    Raises:
        ModelError: An entry is not what it should be.
    """
    if not KEYS & set(metadata):
        return None
    used = (*KEYS, "task", "stride", "imgsz")
    entries = Entries({key: _value(metadata[key]) for key in used if key in metadata}, path)
    kind = entries.text("model_type").lower()
    if kind and kind not in TASKS:
        raise _of_other_task(path, kind, TASKS)
    task = TASKS.get(kind, "")
    exported = str(entries.value("task"))
    is_export = not task and ("task" in entries or "stride" in entries)
    if is_export and exported in OTHER_EXPORTS:
        raise _of_other_task(path, exported, ULTRALYTICS)
    if is_export and exported in ULTRALYTICS:
        task = DETECTION
    centimetres = entries.number("resolution", 1e-6, 1e9)
    mean, std = _standardisation(entries)
    overlap = entries.number("tiles_overlap", 0, 100)
    threshold = entries.number("seg_thresh", 0, 1)
    return Claims(
        origin="Ultralytics" if is_export else "Deepness",
        task=task,
        classes=_classes(entries),
        resolution_m=None if centimetres is None else centimetres * CENTIMETRE_M,
        mean=mean,
        std=std,
        activation="none",
        threshold=THRESHOLD if threshold is None else threshold,
        factor=entries.number("reg_output_scaling"),
        detection_type=entries.text("det_type") or ULTRALYTICS.get(exported, ""),
        confidence=entries.number("det_conf", 0, 1),
        iou=entries.number("det_iou_thresh", 1e-6, 1),
        tile_px=_tile_px(entries),
        stride_px=entries.size("stride"),
        overlap=(OVERLAP_PERCENT if overlap is None else min(overlap, MOST_PERCENT)) / 100,
        limits=_limits(entries, task),
    )


def _of_other_task(path: Path, found: str, known: Iterable[str]) -> ModelError:
    return ModelError(
        "{path} is a model for {found}. Only models for {known} run here.",
        path=str(path),
        found=found,
        known=", ".join(known),
    )


def _value(text: str) -> Any:
    """The value of an entry: JSON, else a literal of Python (as Ultralytics writes), else the text as it is."""
    for read in (json.loads, ast.literal_eval):
        try:
            return read(text)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
    return text


def _classes(entries: Entries) -> tuple[Mapping[int, str], ...]:
    """Names by class number: one dict for all outputs, or one for each."""
    key = "class_names" if "class_names" in entries else "names"
    found = entries.value(key)
    if found is None:
        return ()
    if isinstance(found, list) and found and all(isinstance(part, (dict, list)) for part in found):
        return tuple(entries.names_in(key, part) for part in found)
    return (entries.names(key),)


def _standardisation(entries: Entries) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Mean and deviation in raw units. Deepness takes them of values that were divided by 255, and needs both."""
    mean, std = entries.numbers("standardization_mean"), entries.numbers("standardization_std")
    if not (mean and std):
        return (), ()
    if not all(number > 0 for number in std):
        raise entries.error("standardization_std", "a list of numbers above 0")
    if len(mean) != len(std):
        raise entries.error("standardization_std", f"a list of {len(mean)} numbers, as standardization_mean")
    return tuple(number * EIGHT_BIT for number in mean), tuple(number * EIGHT_BIT for number in std)


def _tile_px(entries: Entries) -> int | None:
    """Side of a tile: the documented key, the one that Deepness reads, or that of Ultralytics."""
    size = entries.size("tiles_size") or entries.size("tile_size")
    if size or "imgsz" not in entries:
        return size
    sides = entries.numbers("imgsz")
    if any(side < 1 or side != int(side) for side in sides):
        raise entries.error("imgsz", "a list of whole numbers from 1")
    return int(max(sides)) if sides else None


def _limits(entries: Entries, task: str) -> tuple[str, ...]:
    """What Deepness would do and is not done here."""
    return (*_limits_of_tiles(entries), *_limits_of_classes(entries, task))


def _limits_of_tiles(entries: Entries) -> tuple[str, ...]:
    overlap = entries.number("tiles_overlap", 0, 100) or 0
    if overlap <= MOST_PERCENT:
        return ()
    return (f"Its tiles overlap by {MOST_PERCENT:g} % where they are blended, not by {overlap:g} %.",)


def _limits_of_classes(entries: Entries, task: str) -> tuple[str, ...]:
    median_px = entries.number("seg_small_segment", 0)
    median_px = MEDIAN_PX if median_px is None else median_px
    if task != SEGMENTATION or not median_px:
        return ()
    return (
        f"Deepness smooths the classes of this model with a median filter (seg_small_segment {median_px:g}); "
        "here they stay as the network gives them, unless MIN_AREA joins small areas to their neighbours.",
    )
