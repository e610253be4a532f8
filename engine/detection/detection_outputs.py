"""Turns the arrays that a detector gives for a tile into objects, for each family of detectors that Deepness names.

What the families give was read from their own exports: Ultralytics YOLOv5 and YOLOv8 to 11 (`Detect`, `Segment`, `OBB`
heads), WongKinYiu's YOLOv7 and YOLOv9, Meituan's YOLOv6. Every box is given by its centre (column, row), width and
height; scores are past their sigmoid.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import shapely.geometry
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import shapes
from rasterio.windows import Window
from scipy.ndimage import map_coordinates

from ..errors import ModelError
from ..library.rules import DetectionRules
from .detections import Objects, joined, suppress

NORMALISED = 1.5
"""Where no box of a tile has its centre beyond this, centres and sizes are shares of the tile, not pixels.

The boxes of all anchors count, sure or not, and their centres are spread over the tile; shares hardly pass 1.
"""

HIGHEST_SCORE = 1.01
"""Scores are at most 1, but for the rounding of networks in half precision."""

BOX = 4
"""Columns that hold the box: centre column, centre row, width, height."""

CORNERS = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) / 2
"""From the centre of a box to its corners, in widths and heights."""


@dataclass(frozen=True)
class Family:
    """How one kind of detector lays out its numbers.

    Args:
        anchors_last: Whether the table is `(1, columns, anchors)` rather than `(1, anchors, columns)`.
        objectness: Whether a column between box and class scores says how likely there is any object.
        lone_class_unscored: Whether a detector of one class never learns to score it, so that objectness says all:
            YOLOv5 and v7 have no class loss then.
        masks: Whether coefficients follow the class scores, which mix the prototypes of a second array to a mask.
        angle: Whether the last column turns the box, in radians from the column axis towards the row axis: clockwise
            as the image is seen. Width lies along the turned column axis.
    """

    anchors_last: bool = True
    objectness: bool = False
    lone_class_unscored: bool = False
    masks: bool = False
    angle: bool = False

    @property
    def first_class(self) -> int:
        """Column of the first class's score."""
        return BOX + self.objectness


FAMILIES = {
    "YOLO_v5_or_v7_default": Family(anchors_last=False, objectness=True, lone_class_unscored=True),
    "YOLO_v6": Family(anchors_last=False, objectness=True),  # always 1: the class scores say all
    "YOLO_v9": Family(),
    "YOLO_Ultralytics": Family(),
    "YOLO_Ultralytics_segmentation": Family(masks=True),
    "YOLO_Ultralytics_obb": Family(angle=True),
}
"""By the names Deepness gives them (`det_type`)."""


def collect(
    tiles: Iterable[tuple[Sequence[NDArray[Any]], Window, NDArray[np.bool_]]],
    image: Window,
    rules: DetectionRules,
    class_count: int,
) -> Objects:
    """Read the objects of all tiles and keep each once.

    An object is kept whole and does not depend on the tiles if it lies within some tile, `CUT_PX` from its inner
    borders: so tiles should overlap by the size of the largest objects and twice that.

    All are held in memory until the last tile: about 80 bytes for each box that passed its own tile's suppression,
    some 500 more where it has an outline, and about 700 each while they are compared. An object that no tile sees
    whole may come in several pieces.

    Args:
        tiles: For each the network's arrays, its place (as the network saw it, padding included), and which of its
            pixels are known and of interest, `(rows, cols)` from the same corner.
        image: The whole image that the tiles lie on.
        rules: What counts as an object.
        class_count: Number of classes.

    Returns:
        The objects on the image, from top to bottom.

    Raises:
        ModelError: An array does not fit the family.
    """
    parts, wanted, seen = [no_detections(rules.kind)], [np.empty(0, bool)], []
    for outputs, tile, known in tiles:
        found = read_detections(outputs, rules, class_count, tile, image)
        parts.append(found)
        wanted.append(found.on_known(known, tile))
        seen.append(tile)
    everything = joined(parts)
    judged = np.flatnonzero(~everything.cut | ~everything.seen_whole(seen, image))
    stay = judged[suppress(everything.pick(judged), rules.iou)]
    return everything.pick(stay[np.concatenate(wanted)[stay]])  # only now: the unwanted drop their own fragments


def no_detections(kind: str) -> Objects:
    """What a detector of a family gives where it finds nothing.

    Raises:
        ModelError: The family is not known.
    """
    family = _family(kind)
    return Objects(
        boxes=np.empty((0, 4, 2)),
        scores=np.empty(0, np.float32),
        classes=np.empty(0, np.int32),
        cut=np.empty(0, bool),
        outlines=np.empty(0, object) if family.masks else None,
        oriented=family.angle,
    )


def read_detections(
    outputs: Sequence[NDArray[Any]], rules: DetectionRules, class_count: int, tile: Window, image: Window
) -> Objects:
    """Read the objects of one tile.

    An object has one class, the likeliest. Upright boxes end at the tile's borders. Of several boxes around an object
    one stays, by `suppress`; so few remain. Numbers that are not finite make no object.

    Args:
        outputs: What the network gave; the table is the first array of three axes.
        rules: Family, lowest score and largest overlap.
        class_count: Number of classes.
        tile: Where on the image the network looked; it may reach beyond the image where the tile was padded.
        image: The whole image.

    Returns:
        The objects in pixels of the image.

    Raises:
        ModelError: An array does not fit the family, or its numbers are no scores.
    """
    family = _family(rules.kind)
    shape = int(tile.height), int(tile.width)
    table, prototypes = _arrays(outputs, rules.kind, class_count)
    with np.errstate(invalid="ignore", over="ignore"):
        scores = _scores(table, family, class_count)
    highest = scores.max(axis=1, initial=0)
    _check_scores(highest, rules.kind)
    sure = highest >= rules.confidence
    sure[sure] = np.isfinite(table[sure]).all(axis=1) & (table[sure, 2:BOX] > 0).all(axis=1)

    picked = table[sure].astype(np.float64)
    sizes = picked[:, :BOX] * _pixels_per_unit(table, shape)
    found = Objects(
        boxes=_corners(sizes, picked[:, -1] if family.angle else None, shape),
        scores=highest[sure].astype(np.float32),
        classes=scores[sure].argmax(axis=1).astype(np.int32),
        cut=np.zeros(len(picked), bool),
        oriented=family.angle,
    )
    on_tile = np.flatnonzero(_has_area(found.boxes))
    stay = on_tile[suppress(found.pick(on_tile).placed(tile, image), rules.iou)]
    found = found.pick(stay)
    if prototypes is not None:
        found = _outlined(found, picked[stay, family.first_class + class_count :], prototypes, shape)
    return found.placed(tile, image)


def _family(kind: str) -> Family:
    """The family of a name.

    Raises:
        ModelError: There is none.
    """
    if kind not in FAMILIES:
        raise ModelError("DETECTION_TYPE is {found}; it must be one of {known}.", found=kind, known=", ".join(FAMILIES))
    return FAMILIES[kind]


def _arrays(
    outputs: Sequence[NDArray[Any]], kind: str, class_count: int
) -> tuple[NDArray[Any], NDArray[np.float32] | None]:
    """The table `(anchors, columns)` and, for masks, the prototypes `(masks, rows, cols)`.

    Raises:
        ModelError: They are not among the outputs.
    """
    family = FAMILIES[kind]
    tables = [array for array in outputs if array.ndim == 3 and array.shape[0] == 1]
    stacks = [array for array in outputs if array.ndim == 4 and array.shape[0] == 1] if family.masks else []
    columns = family.first_class + class_count + family.angle
    if stacks:
        columns += stacks[0].shape[1]
    fits = bool(tables) and tables[0].shape[1 if family.anchors_last else 2] == columns
    if not fits or (family.masks and not stacks):
        wanted = f"{columns}{' + masks' if family.masks and not stacks else ''}"
        wanted = f"(1, {wanted}, anchors)" if family.anchors_last else f"(1, anchors, {wanted})"
        raise ModelError(
            "DETECTION_TYPE is {kind}: such a network with {classes} classes gives {expected}, this one gives {found}. "
            "Choose the DETECTION_TYPE the network was exported as, or mend its list of classes.",
            kind=kind,
            classes=class_count,
            expected=wanted + (" and (1, masks, rows, columns)" if family.masks else ""),
            found=", ".join(str(array.shape) for array in outputs),
        )
    table = tables[0][0].T if family.anchors_last else tables[0][0]
    return table, stacks[0][0].astype(np.float32) if stacks else None


def _scores(table: NDArray[Any], family: Family, class_count: int) -> NDArray[Any]:
    """Score of each class for each anchor, `(anchors, classes)`: the chance of an object times that of the class."""
    scores = table[:, family.first_class : family.first_class + class_count]
    if not family.objectness:
        return scores
    objectness = table[:, BOX : BOX + 1]
    if class_count == 1 and family.lone_class_unscored:
        return objectness
    return np.asarray(objectness * scores)


def _check_scores(highest: NDArray[Any], kind: str) -> None:
    """Refuse numbers that are no scores.

    Raises:
        ModelError: Some lie above 1.
    """
    top = float(highest.max(initial=0, where=np.isfinite(highest)))
    if top > HIGHEST_SCORE:
        raise ModelError(
            "The network gives a score of {found:.3g}; scores lie between 0 and 1. Choose the DETECTION_TYPE the "
            "network was exported as (it is {kind}), or export the network with its sigmoid.",
            found=top,
            kind=kind,
        )


def _pixels_per_unit(table: NDArray[Any], shape: tuple[int, int]) -> NDArray[np.float64]:
    """How many pixels one unit of each of a box's four numbers is: 1, or the tile's width and height for shares."""
    centres = table[:, :2]
    if centres.max(initial=0, where=np.isfinite(centres)) > NORMALISED:
        return np.ones(BOX)
    return np.array([shape[1], shape[0]] * 2, np.float64)


def _corners(
    boxes: NDArray[np.float64], angles: NDArray[np.float64] | None, shape: tuple[int, int]
) -> NDArray[np.float64]:
    """Corners of boxes `(n, 4, 2)` from centre, size `(n, 4)` and angle; upright ones are clipped to the tile."""
    centres, arms = boxes[:, np.newaxis, :2], CORNERS * boxes[:, np.newaxis, 2:]
    if angles is None:
        return np.clip(centres + arms, 0, (shape[1], shape[0]))
    cosine, sine = np.cos(angles)[:, np.newaxis], np.sin(angles)[:, np.newaxis]
    across, down = arms[..., 0], arms[..., 1]
    turned = np.stack([across * cosine - down * sine, across * sine + down * cosine], axis=2)
    return np.asarray(centres + turned)


def _has_area(boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which boxes have a width and a height, `(n,)`."""
    return np.asarray((boxes[:, 0] != boxes[:, 1]).any(axis=1) & (boxes[:, 1] != boxes[:, 2]).any(axis=1))


def _outlined(
    objects: Objects, coefficients: NDArray[np.float64], prototypes: NDArray[np.float32], shape: tuple[int, int]
) -> Objects:
    """The objects with their outlines; those of which the mask shows no pixel are left out.

    Args:
        objects: On the tile.
        coefficients: How each mixes the prototypes, `(n, masks)`.
        prototypes: `(masks, rows, cols)`, coarser than the tile.
        shape: Rows and columns of the tile.
    """
    outlines = np.empty(len(objects), object)
    for number, (bounds, weights) in enumerate(zip(objects.bounds, coefficients)):
        logits = np.tensordot(weights.astype(np.float32), prototypes, axes=1)
        outlines[number] = _outline(logits, bounds, shape)
    shown = np.array([outline is not None for outline in outlines], bool)
    whole = Objects(objects.boxes, objects.scores, objects.classes, objects.cut, outlines, objects.oriented)
    return whole.pick(shown)


def _outline(
    logits: NDArray[np.float32], bounds: NDArray[np.float64], shape: tuple[int, int]
) -> shapely.Polygon | None:
    """Outline of the mask within a box: of its connected areas the largest, along the edges of the tile's pixels.

    The mask is where the sigmoid of the logits passes one half, so where they pass 0. They are brought to the tile's
    pixels bilinearly first, as Ultralytics does for its finest masks (`process_mask_native`).

    Args:
        logits: `(rows, cols)` of the prototypes.
        bounds: Left, top, right and bottom of the box in pixels of the tile; pixels whose middle lies in it count.
        shape: Rows and columns of the tile.
    """
    left, top, right, bottom = (math.ceil(edge - 0.5) for edge in bounds)
    rows = (np.arange(top, bottom) + 0.5) * logits.shape[0] / shape[0] - 0.5
    columns = (np.arange(left, right) + 0.5) * logits.shape[1] / shape[1] - 0.5
    places = np.meshgrid(rows, columns, indexing="ij")
    mask = map_coordinates(logits, places, order=1, mode="nearest") > 0
    if not mask.any():
        return None
    traced = shapes(mask.astype(np.uint8), mask=mask, connectivity=4, transform=Affine.translation(left, top))
    return max((shapely.geometry.shape(outline) for outline, _ in traced), key=shapely.area)
