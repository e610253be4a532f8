"""Reads the description that GeoAI writes beside a network: `<model>.onnx.json`.

Source: `export_to_onnx` of the package geoai-py. Networks come from Hugging Face and give scores before the softmax.
"""

from __future__ import annotations

from pathlib import Path

from ..errors import ModelError
from ..library.card import REGRESSION, SEGMENTATION
from .claims import Claims, Entries, read_sidecar

TASKS = {
    "segmentation": SEGMENTATION,
    "semantic-segmentation": SEGMENTATION,
    "depth-estimation": REGRESSION,
    "regression": REGRESSION,
}
DETECTOR = "object-detection"
KEYS = ("task", "model_name", "input_height", "id2label")


def claims(path: Path) -> Claims | None:
    """What the file beside a network says; `None` where there is none, or it is not GeoAI's.

    Raises:
        ModelError: It is damaged, or for a task that does not run here.
    """
    sidecar = path.with_name(path.name + ".json")
    if not sidecar.is_file():
        return None
    entries = read_sidecar(sidecar)
    if not any(key in entries for key in KEYS):
        return None
    found = entries.text("task").lower()
    _check_detector(found, path)
    if found and found not in TASKS:
        raise ModelError(
            "{path} is a model for {found}. Only models for {known} run here.",
            path=str(path),
            found=found,
            known=", ".join(TASKS),
        )
    task = TASKS.get(found, "")
    return Claims(
        origin="GeoAI",
        title=entries.text("model_name").rsplit("/", 1)[-1],
        task=task,
        classes=(entries.names("id2label"),) if "id2label" in entries and task != REGRESSION else (),
        activation="none" if task == REGRESSION else "",
        tile_px=_side(entries),
    )


def _check_detector(task: str, path: Path) -> None:
    """Detectors of Hugging Face (DETR and the like) give scores and boxes in two outputs, which nothing here reads."""
    if task == DETECTOR:
        raise ModelError(
            "{path} is a detector of Hugging Face. Of detectors, only those of the YOLO family run here.",
            path=str(path),
        )


def _side(entries: Entries) -> int | None:
    """Side of the tiles it was exported with."""
    return entries.size("input_height") if entries.value("input_height") == entries.value("input_width") else None
