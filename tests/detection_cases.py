"""Makes arrays as detectors give them, and objects at places."""

import numpy as np
from rasterio.windows import Window
from terraloom.engine.detection.detection_outputs import read_detections
from terraloom.engine.detection.detections import Objects
from terraloom.engine.library.rules import DetectionRules

TILE = Window(0, 0, 100, 80)
FAR = 70.0  # a centre beyond shares: it tells that an array holds pixels


def read(outputs, kind, classes=2, tile=TILE, **rules):
    return read_detections(outputs, DetectionRules(kind, **rules), classes, tile, tile)


def rows_of(rows):
    """Table of YOLOv5 to v7: `(1, anchors, columns)`."""
    return np.array([rows], np.float32)


def columns_of(rows):
    """Table of YOLOv8 and later: `(1, columns, anchors)`."""
    return rows_of(rows).transpose(0, 2, 1)


def quads(bounds):
    """Corners of upright boxes from left, top, right, bottom."""
    left, top, right, bottom = np.asarray(bounds, float).reshape(-1, 4).T
    return np.stack([left, top, right, top, right, bottom, left, bottom], axis=1).reshape(-1, 4, 2)


def objects_at(bounds, scores=None, classes=None, cut=None, oriented=False):
    boxes = quads(bounds) if np.ndim(bounds) < 3 else bounds
    count = len(boxes)
    return Objects(
        boxes,
        np.asarray([0.9] * count if scores is None else scores, np.float32),
        np.asarray([0] * count if classes is None else classes, np.int32),
        np.asarray([False] * count if cut is None else cut, bool),
        oriented=oriented,
    )
