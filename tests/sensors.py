"""A network of four sensors, any of which may be missing, and rasters for it."""

import json

import numpy as np
import onnx
import toys
from onnx import TensorProto, helper
from terraloom.engine.requests.fuse_sar_optical import SENSORS

BANDS = {"optical": ("red", "green"), "sar": ("vv",), "optical_before": ("red", "green"), "sar_before": ("vv",)}
MEAN, STD = 127.5, 128.0


def network(path, names=SENSORS, optional=True, stretched=True, **fields):
    """Two classes; the score of the second is the sum of all bands, scaled, and a little for what none shows."""
    document = toys.card(classes=2, **fields)
    document["properties"]["mlm:input"] = [
        {
            "name": name,
            "bands": list(BANDS[name]),
            "input": {
                "shape": [-1, len(BANDS[name]), -1, -1],
                "dim_order": ["batch", "bands", "height", "width"],
                "data_type": "float32",
            },
            "value_scaling": [{"type": "z-score", "mean": MEAN, "stddev": STD}] * len(BANDS[name]),
            "terraloom:value_range": [0, 255],
            "terraloom:optional": optional,
            **({"terraloom:decibels": [-25, 0]} if name.startswith("sar") else {}),
            **({"terraloom:stretch": [10, 245]} if stretched and name.startswith("optical") else {}),
        }
        for name in names
    ]
    nodes = [helper.make_node("ReduceSum", [name, "axis"], [f"{name}_sum"]) for name in names]
    nodes += [
        helper.make_node("Sum", [f"{name}_sum" for name in names], ["score"]),
        helper.make_node("Neg", ["score"], ["against"]),
        helper.make_node("Concat", ["against", "score"], ["output"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "toy",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", len(BANDS[name]), "h", "w"]) for name in names],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, None)],
        [onnx.numpy_helper.from_array(np.array([1], np.int64), "axis")],
    )
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    helper.set_model_props(model, {"terraloom:card": json.dumps(document)})
    onnx.save(model, str(path))
    return path


def images(folder, side=48, seed=0):
    """8-bit values of each sensor, `(bands, side, side)`, and the file that holds them."""
    rng = np.random.default_rng(seed)
    values = {name: rng.integers(1, 255, (len(BANDS[name]), side, side), np.uint8) for name in SENSORS}
    return values, {name: str(toys.raster(folder / f"{name}.tif", array)) for name, array in values.items()}


def scores(values):
    """What the network makes of the sensors that are there, `(rows, cols)`."""
    return sum(((array.astype(np.float32) - MEAN) / STD).sum(axis=0) for array in values.values())
