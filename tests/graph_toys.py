"""Makes networks out of a few ONNX nodes, with random weights."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper


def node(operator, inputs, output, **attributes):
    return helper.make_node(operator, inputs.split(), [output], **attributes)


def network(nodes, shape=("n", 2, "h", "w"), opset=17, functions=(), domain=None, **weights):
    """A model from `image` to `output`; weights given as shapes are random."""
    rng = np.random.default_rng(0)
    arrays = {
        name: given if isinstance(given, np.ndarray) else rng.normal(size=given).astype(np.float32)
        for name, given in weights.items()
    }
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_empty_tensor_value_info("output")],
        [numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    opsets = [helper.make_opsetid("", opset)] + ([helper.make_opsetid(domain, 1)] if domain else [])
    return helper.make_model(graph, ir_version=10, opset_imports=opsets, functions=list(functions))


def ints(*values):
    return np.array(values, np.int64)


def floats(*values):
    return np.array(values, np.float32)


def conv(size=3, stride=1, pads=None, inputs="image w", output="output", **attributes):
    if "auto_pad" not in attributes:
        attributes["pads"] = [size // 2] * 4 if pads is None else pads
    return node("Conv", inputs, output, strides=[stride] * 2, **attributes)


def resized(mode, scale, coordinates="half_pixel", opset=17, **attributes):
    made = helper.make_node(
        "Resize",
        ["image", "", "s"],
        ["output"],
        mode=mode,
        coordinate_transformation_mode=coordinates,
        **attributes,
    )
    return network([made], opset=opset, s=floats(1, 1, scale, scale))


CONV_UP = np.array([1, 1, 2, 2], np.float32)
