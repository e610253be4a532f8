"""Keeps each object once: tiles overlap, so the same one is found in several, and cut by their borders in some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.windows import Window

CUT_PX = 4.0
"""A box that ends this near to an inner border of its tile, or beyond it, may belong to an object that is cut there."""

INSIDE = 0.7
"""A cut box of which more than this share lies within a box that stays is a fragment of the same object."""

AT_ONCE = 10_000
"""For so many boxes at a time the overlapping ones are looked up, so that memory holds few pairs."""


@dataclass(frozen=True)
class Objects:
    """What a detector found; a box takes about 80 bytes, an outline some 500 more.

    Args:
        boxes: Their corners in order around the box as (column, row), `(n, 4, 2)`, in pixels: pixel 0 spans 0 to 1.
        scores: How sure the network is of each, `(n,)`, 0–1.
        classes: Index into the legend, `(n,)`.
        cut: Whether a tile's inner border may cut the object, `(n,)`.
        outlines: Their polygons in pixels, `(n,)`; `None`: the boxes are all there is.
        oriented: Whether the boxes are turned to the objects' long axes.
    """

    boxes: NDArray[np.float64]
    scores: NDArray[np.float32]
    classes: NDArray[np.int32]
    cut: NDArray[np.bool_]
    outlines: NDArray[np.object_] | None = None
    oriented: bool = False

    def __post_init__(self) -> None:
        count = len(self.boxes)
        alike = {len(self.scores), len(self.classes), len(self.cut), count}
        outlined = self.outlines is None or len(self.outlines) == count
        if self.boxes.shape != (count, 4, 2) or len(alike) != 1 or not outlined:
            raise ValueError(f"{self.boxes.shape} boxes do not go with {sorted(alike)} scores, classes and outlines")

    def __len__(self) -> int:
        return len(self.boxes)

    @property
    def centres(self) -> NDArray[np.float64]:
        """The middle of each box as (column, row), `(n, 2)`."""
        middle: NDArray[np.float64] = self.boxes.mean(axis=1)
        return middle

    @property
    def bounds(self) -> NDArray[np.float64]:
        """Left, top, right and bottom of each box, `(n, 4)`."""
        return np.hstack([self.boxes.min(axis=1), self.boxes.max(axis=1)])

    def pick(self, which: NDArray[Any]) -> Objects:
        """Some of the objects, by index or by mask."""
        return replace(
            self,
            boxes=self.boxes[which],
            scores=self.scores[which],
            classes=self.classes[which],
            cut=self.cut[which],
            outlines=None if self.outlines is None else self.outlines[which],
        )

    def shifted(self, column: float, row: float) -> Objects:
        """The objects, moved by so many columns and rows."""
        by = np.array([column, row], np.float64)
        outlines = self.outlines
        if outlines is not None:
            outlines = shapely.transform(outlines, lambda points: points + by)
        return replace(self, boxes=self.boxes + by, outlines=outlines)

    def placed(self, tile: Window, image: Window) -> Objects:
        """Bring what was found in a tile onto the image, and note what the tile's inner borders may cut.

        Args:
            tile: Where the tile lies; it may reach beyond the image where it was padded.
            image: The whole image: beyond its borders no other tile sees more, so they cut nothing.
        """
        placed = self.shifted(tile.col_off, tile.row_off)
        left, top, right, bottom = _interior(tile, image)
        bounds = placed.bounds
        within = (bounds[:, :2] >= (left, top)).all(axis=1) & (bounds[:, 2:] <= (right, bottom)).all(axis=1)
        return replace(placed, cut=np.logical_not(within))

    def seen_whole(self, tiles: Sequence[Window], image: Window) -> NDArray[np.bool_]:
        """Which objects lie in some tile so that it does not cut them, `(n,)`.

        Those of them that are cut can go: they are parts of what such a tile sees whole.

        Args:
            tiles: All that the network looked at.
            image: The whole image.
        """
        interiors = shapely.STRtree(shapely.box(*np.array([_interior(tile, image) for tile in tiles]).reshape(-1, 4).T))
        seen, _ = interiors.query(shapely.box(*self.bounds.T), predicate="covered_by")
        whole = np.zeros(len(self), bool)
        whole[seen] = True
        return whole

    def on_known(self, known: NDArray[np.bool_], window: Window) -> NDArray[np.bool_]:
        """Which objects have their middle on a known pixel, `(n,)`.

        Args:
            known: `(rows, cols)` of the window, or less of it; what is beyond is not known.
            window: Where on the image it lies.
        """
        columns, rows = np.floor(self.centres - (window.col_off, window.row_off)).astype(np.int64).T
        within = (columns >= 0) & (rows >= 0) & (columns < known.shape[1]) & (rows < known.shape[0])
        within[within] = known[rows[within], columns[within]]
        return np.asarray(within)


def joined(parts: Sequence[Objects]) -> Objects:
    """The objects of all parts, of which there is at least one; all come from one family."""
    first = parts[0]
    return replace(
        first,
        boxes=np.concatenate([part.boxes for part in parts]),
        scores=np.concatenate([part.scores for part in parts]),
        classes=np.concatenate([part.classes for part in parts]),
        cut=np.concatenate([part.cut for part in parts]),
        outlines=None if first.outlines is None else np.concatenate([part.outlines for part in parts]),
    )


def suppress(objects: Objects, iou: float) -> NDArray[np.int64]:
    """Find the objects that stay where several overlap: greedy non-maximum suppression per class, over all tiles.

    Whole boxes come first, the surest at the front; then those that may be cut, the largest at the front. One after
    the other, each that is still there drops those behind it in its class that overlap it by more than `iou`, and the
    cut ones of which more than `INSIDE` lies within it. The order of the objects given does not matter: equals are
    told apart by place.

    Args:
        objects: All on one grid.
        iou: Largest intersection over union of the boxes of two objects of a class that both stay, 0–1.

    Returns:
        Indices of those that stay, from top to bottom and from left to right.
    """
    areas = _areas(objects.boxes)
    order = _precedence(objects, areas)
    earlier, later = _rivals(objects.pick(order), areas[order], iou)
    stays = np.ones(len(objects), bool)
    ends = np.searchsorted(earlier, np.arange(len(objects) + 1))
    for rank in np.unique(earlier).tolist():
        if stays[rank]:
            stays[later[ends[rank] : ends[rank + 1]]] = False
    kept = order[stays]
    columns, rows = objects.centres[kept].T
    return np.asarray(kept[np.lexsort((columns, rows))])


def _interior(tile: Window, image: Window) -> tuple[float, float, float, float]:
    """Left, top, right and bottom between which a tile cuts nothing: at the image's edge they lie a tile beyond it."""
    right, bottom = tile.col_off + tile.width, tile.row_off + tile.height
    return (
        tile.col_off + (CUT_PX if tile.col_off > image.col_off else -tile.width),
        tile.row_off + (CUT_PX if tile.row_off > image.row_off else -tile.height),
        right + (-CUT_PX if right < image.col_off + image.width else tile.width),
        bottom + (-CUT_PX if bottom < image.row_off + image.height else tile.height),
    )


def _areas(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area of each box in square pixels, `(n,)`."""
    sides = np.linalg.norm(boxes[:, 1:3] - boxes[:, 0:2], axis=2)
    return np.asarray(sides[:, 0] * sides[:, 1])


def _precedence(objects: Objects, areas: NDArray[np.float64]) -> NDArray[np.int64]:
    """Indices in the order in which objects may drop others: whole ones by score, then cut ones by area."""
    strength = np.where(objects.cut, areas, objects.scores)
    places = objects.boxes.reshape(len(objects), 8).T
    return np.lexsort((*places, objects.classes, -objects.scores, -strength, objects.cut))


def _rivals(objects: Objects, areas: NDArray[np.float64], iou: float) -> NDArray[np.int64]:
    """Find the pairs of objects of which the first drops the second if it stays itself.

    Args:
        objects: In their order of precedence.
        areas: Of their boxes, in square pixels.
        iou: As in `suppress`.

    Returns:
        Positions of the first and of the second of each pair, `(2, pairs)`, sorted by the first.
    """
    outlines = shapely.polygons(objects.boxes)
    bounds = objects.bounds
    tilted = (objects.boxes[:, 0] != objects.boxes[:, 1]).all(axis=1)
    tree = shapely.STRtree(outlines)
    found = [np.empty((2, 0), np.int64)]
    for start in range(0, len(objects), AT_ONCE):
        pairs = tree.query(outlines[start : start + AT_ONCE]) + [[start], [0]]
        pairs = pairs[:, (pairs[0] < pairs[1]) & (objects.classes[pairs[0]] == objects.classes[pairs[1]])]
        limits = _tolerated(pairs, areas, objects.cut, iou)
        shared = _shared_by_bounds(pairs, bounds, areas)
        near = shared > limits
        pairs, limits, shared = pairs[:, near], limits[near], shared[near]
        turned = tilted[pairs].any(axis=0)
        shared[turned] = shapely.area(shapely.intersection(*outlines[pairs[:, turned]]))
        found.append(pairs[:, shared > limits])
    rivals = np.concatenate(found, axis=1)
    return rivals[:, np.argsort(rivals[0], kind="stable")]


def _tolerated(
    pairs: NDArray[np.int64], areas: NDArray[np.float64], cut: NDArray[np.bool_], iou: float
) -> NDArray[np.float64]:
    """Area that the boxes of a pair may have in common before the second must go, `(pairs,)`.

    An intersection over union of `iou` is an intersection of `iou / (1 + iou)` of the sum of both areas.
    """
    both = areas[pairs[0]] + areas[pairs[1]]
    limits = iou / (1 + iou) * both
    return np.asarray(np.where(cut[pairs[1]], np.minimum(limits, INSIDE * areas[pairs[1]]), limits))


def _shared_by_bounds(
    pairs: NDArray[np.int64], bounds: NDArray[np.float64], areas: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The most that the boxes of a pair can have in common, `(pairs,)`: exact where both are upright."""
    first, second = bounds[pairs[0]], bounds[pairs[1]]
    sides = np.minimum(first[:, 2:], second[:, 2:]) - np.maximum(first[:, :2], second[:, :2])
    shared = np.maximum(sides, 0).prod(axis=1)
    return np.asarray(np.minimum(shared, np.minimum(areas[pairs[0]], areas[pairs[1]])))
