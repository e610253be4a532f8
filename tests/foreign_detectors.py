"""Small detectors as other tools export them, of every family that is read here."""

import numpy as np
from foreign_toys import GAIN, brightness, node, save

SIDE_PX, CELL_PX, CELLS = 64, 8, 64
"""The tile, the square that each object stands for, and how many of these a tile has."""
SAID = {
    "model_type": "Detector",
    "class_names": {"0": "red", "1": "blue"},
    "resolution": 50.0,
    "det_type": "YOLO_Ultralytics",
    "det_conf": 0.7,
    "det_iou_thresh": 0.4,
    "tiles_overlap": 25,
}


def detector(path, kind="YOLO_v5_or_v7_default", metadata=True):
    """Finds bright cells: of a tile of 64 px each square of 8 px is an object, with its mean brightness as the score.

    The score is sigmoid(20 * (brightness - 0.5)); the class is `red` or `blue`, whichever band is brighter. Boxes are
    the cells themselves. Oriented boxes have the angle 0; masks are the bright pixels, in 16 x 16 prototypes.
    """
    weight, bias = brightness()
    centres = np.arange(CELL_PX / 2, SIDE_PX, CELL_PX, dtype=np.float32)
    rows, columns = np.meshgrid(centres, centres, indexing="ij")
    sides = np.full(CELLS, CELL_PX, np.float32)
    red_or_blue = np.zeros((2, 3, 1, 1), np.float32)
    red_or_blue[0, 0] = red_or_blue[1, 2] = GAIN
    weights = {
        "w": weight,
        "b": bias,
        "v": red_or_blue,
        "boxes": np.stack([columns.ravel(), rows.ravel(), sides, sides])[np.newaxis],
        "ones": np.ones((1, 1, CELLS), np.float32),
        "nothing": np.zeros((1, 1, CELLS), np.float32),
        "one_row": np.array([1, 1, CELLS]),
        "two_rows": np.array([1, 2, CELLS]),
    }
    nodes = [
        node("AveragePool", "image", "cells", kernel_shape=[CELL_PX] * 2, strides=[CELL_PX] * 2),
        node("Conv", "cells w b", "bright"),
        node("Sigmoid", "bright", "sure"),
        node("Reshape", "sure one_row", "score"),
        node("Conv", "cells v", "colours"),
        node("Softmax", "colours", "shares", axis=1),
        node("Reshape", "shares two_rows", "classes"),
        node("Mul", "classes score", "scored"),
    ]
    parts = {
        "YOLO_v5_or_v7_default": "boxes score classes",
        "YOLO_v6": "boxes ones scored",
        "YOLO_v9": "boxes scored",
        "YOLO_Ultralytics": "boxes scored",
        "YOLO_Ultralytics_segmentation": "boxes scored ones nothing",
        "YOLO_Ultralytics_obb": "boxes scored nothing",
    }[kind]
    turned = kind in ("YOLO_v5_or_v7_default", "YOLO_v6")
    nodes.append(node("Concat", parts, "numbers" if turned else "objects", axis=1))
    numbers = {"boxes": 4, "score": 1, "ones": 1, "nothing": 1, "classes": 2, "scored": 2}
    count = sum(numbers[part] for part in parts.split())
    outputs = {"objects": [1, CELLS, count] if turned else [1, count, CELLS]}
    if turned:
        nodes.append(node("Transpose", "numbers", "objects", perm=[0, 2, 1]))
    if kind == "YOLO_Ultralytics_segmentation":
        nodes += [
            node("AveragePool", "image", "quarters", kernel_shape=[4, 4], strides=[4, 4]),
            node("Conv", "quarters w b", "mask"),
            node("Concat", "mask mask", "prototypes", axis=1),
        ]
        outputs["prototypes"] = [1, 2, SIDE_PX // 4, SIDE_PX // 4]
    said = {**SAID, "det_type": kind}
    used = {name for entry in nodes for name in entry.input}
    kept = {name: array for name, array in weights.items() if name in used}
    return save(path, nodes, kept, {"image": [1, 3, SIDE_PX, SIDE_PX]}, outputs, said if metadata else None)


def finder(path):
    """Finds bright pixels: the upper left corner of each is the middle of an object of 8 px, of the class `red`.

    So its output `objects` says; its output `wide` says that they are twice as wide.
    """
    weight, bias = brightness()
    rows, columns = np.meshgrid(*[np.arange(SIDE_PX, dtype=np.float32)] * 2, indexing="ij")
    sides = np.full(SIDE_PX**2, CELL_PX, np.float32)
    weights = {
        "w": weight,
        "b": bias,
        "boxes": np.stack([columns.ravel(), rows.ravel(), sides, sides])[np.newaxis],
        "wide_boxes": np.stack([columns.ravel(), rows.ravel(), 2 * sides, sides])[np.newaxis],
        "nothing": np.zeros((1, 1, SIDE_PX**2), np.float32),
        "one_row": np.array([1, 1, SIDE_PX**2]),
    }
    nodes = [
        node("Conv", "image w b", "bright"),
        node("Sigmoid", "bright", "sure"),
        node("Reshape", "sure one_row", "score"),
        node("Concat", "boxes score nothing", "objects", axis=1),
        node("Concat", "wide_boxes score nothing", "wide", axis=1),
    ]
    shape = [1, 6, SIDE_PX**2]
    return save(path, nodes, weights, {"image": [1, 3, SIDE_PX, SIDE_PX]}, {"objects": shape, "wide": shape}, SAID)


def table(path, *shapes, batch=1, side_px=SIDE_PX):
    """A network that gives so many numbers of images of so many pixels in each of these shapes."""
    nodes = [node("Reshape", "image flat", "all")]
    weights = {"flat": np.array([-1]), "zero": np.array([0])}
    for number, shape in enumerate(shapes):
        weights |= {f"count{number}": np.array([np.prod(shape)]), f"shape{number}": np.array(shape)}
        nodes.append(node("Slice", f"all zero count{number}", f"part{number}"))
        nodes.append(node("Reshape", f"part{number} shape{number}", f"given{number}"))
    given = {f"given{number}": list(shape) for number, shape in enumerate(shapes)}
    return save(path, nodes, weights, {"image": [batch, 3, side_px, side_px]}, given)
