"""Finds out of which family a detector's output is, and how many classes it scores."""

from __future__ import annotations

from pathlib import Path

from ..errors import ModelError
from ..legend import NODATA
from .claims import Claims
from .network_file import Given, NetworkFile

PLAIN = "YOLO_v5_or_v7_default"
ULTRALYTICS = "YOLO_Ultralytics"
WITH_MASKS = "YOLO_Ultralytics_segmentation"
TURNED = "YOLO_Ultralytics_obb"
BEFORE_CLASSES = {PLAIN: 5, "YOLO_v6": 5, "YOLO_v9": 4, ULTRALYTICS: 4, WITH_MASKS: 4, TURNED: 4}
"""Numbers of an object before the scores of its classes: centre, size and, in older families, a score of its own."""

AFTER_CLASSES = {TURNED: 1}
"""Numbers behind them: the angle. With masks, as many as there are prototypes."""

BOX = 6
"""Numbers of an object that the network has chosen itself: corners, score and class (`end2end`, or with NMS inside).
Behind them come those of its angle or its mask."""

ANCHORS = {PLAIN: (63, 255), "YOLO_v6": (21, 85)}
"""Objects of one class at three or four levels come in multiples of this for each 32, or 64 px, of a tile's side."""

MASK_NUMBERS = 32
"""Prototypes of masks in YOLOv5, and numbers of each object that weigh them, behind those of its classes."""

COARSEST_CELL_PX = 32
"""Side of the largest squares, which all of the smaller ones of a detector divide, but for those of 64 px."""

FINEST_CELL_PX = 8
"""Side of the smallest squares of a tile that detectors look for an object in."""

OBJECTS_FIRST = (PLAIN, "YOLO_v6")
"""Families that give `(1, objects, numbers)`; the others give `(1, numbers, objects)`."""


def kind_of(claims: Claims, rows: Given, network: NetworkFile, path: Path) -> str:
    """The family that is named, else the one whose output looks like this.

    Raises:
        ModelError: The network has chosen among its objects already, as far as one can see, gives masks in the way of
            YOLOv5, or is of no family that is known.
    """
    if _is_chosen(claims.detection_type or PLAIN, rows):
        raise _refused(rows, path)
    prototypes = _prototypes(rows, network)
    kind = claims.detection_type
    if not kind and len(rows.shape) == 3 and rows.shape[1] < rows.shape[2]:
        kind = ULTRALYTICS if prototypes is None else WITH_MASKS
    if kind in ("", PLAIN) and prototypes is not None and prototypes.shape[1] == MASK_NUMBERS:
        raise ModelError(
            "The network in {path} gives masks in the way of YOLOv5, which are not read here. Use one of YOLOv8 or "
            "later, or one that gives boxes only.",
            path=str(path),
        )
    if not kind and not _looks_everywhere(rows, network):
        raise ModelError(
            "The output {output} of the network in {path} has the shape {found}. So many objects fit no detector of "
            "the YOLO family on tiles of {side} px. Set DETECTION_TYPE if it is one of that family after all.",
            output=rows.name,
            path=str(path),
            found=str(rows.shape),
            side=" x ".join(map(str, network.size_px)),
        )
    return kind or PLAIN


def is_flattened(rows: Given, network: NetworkFile) -> bool:
    """Whether an axis has an element for each pixel of the tile, or each square of a few: an image in one row.

    Detectors look for objects every 8 px or more.
    """
    pixels = network.size_px[0] * network.size_px[1]
    return any(size * side**2 == pixels for size in rows.shape[1:] for side in range(1, FINEST_CELL_PX))


def count_classes(kind: str, rows: Given, network: NetworkFile, path: Path) -> int:
    """How many classes a detector of a family scores.

    Raises:
        ModelError: The output is not one of that family.
    """
    count = 0
    prototypes = _prototypes(rows, network)
    after = prototypes.shape[1] if kind == WITH_MASKS and prototypes else AFTER_CLASSES.get(kind, 0)
    if kind not in OBJECTS_FIRST and rows.shape[-1] in (BOX, BOX + after):  # no family has so few objects
        raise _refused(rows, path)
    if len(rows.shape) == 3:
        numbers = rows.shape[2] if kind in OBJECTS_FIRST else rows.shape[1]
        count = numbers - BEFORE_CLASSES[kind] - after
        if kind == WITH_MASKS and prototypes is None:
            count = 0
    if not 1 <= count < NODATA:
        raise ModelError(
            "The output {output} of the network in {path} has the shape {found}, which is not that of a detector of "
            "the type {kind}. Choose another DETECTION_TYPE or TASK.",
            output=rows.name,
            path=str(path),
            found=str(rows.shape),
            kind=kind,
        )
    return count


def _is_chosen(kind: str, rows: Given) -> bool:
    """Whether this looks like objects that were chosen; one class of older families has six numbers too."""
    six = len(rows.shape) == 3 and rows.shape[2] == BOX
    return six and all(rows.shape[1] % anchors for anchors in ANCHORS.get(kind, ()))


def _looks_everywhere(rows: Given, network: NetworkFile) -> bool:
    """Whether the objects can be as many for each square of a tile; networks that see it as a whole give others."""
    if len(rows.shape) != 3 or not all(rows.shape[1] % anchors for anchors in ANCHORS[PLAIN]):
        return True
    down, across = (max(1, side // COARSEST_CELL_PX) for side in network.size_px)
    return rows.shape[1] % (down * across) == 0


def _refused(rows: Given, path: Path) -> ModelError:
    return ModelError(
        "The output {output} of the network in {path} has the shape {found}: corners, score and class of objects that "
        "it has chosen itself. Export it without that choice (end2end=False, nms=False), which is made here, across "
        "borders of tiles.",
        output=rows.name,
        path=str(path),
        found=str(rows.shape),
    )


def _prototypes(rows: Given, network: NetworkFile) -> Given | None:
    """The output that holds the prototypes of masks, `(1, prototypes, rows, cols)`."""
    return next((output for output in network.outputs if output is not rows and len(output.shape) == 4), None)
