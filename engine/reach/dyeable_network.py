"""Turns a network into one in which dye dropped on a pixel can be followed: it neither fades, cancels nor hides.

The geometry stays (kernels, strides, padding, resizing, arithmetic on sizes). Weights become positive and alike,
activations are taken out, products of tensors become sums, and behind each convolution dye is filled up to 1, so that
neither its strength nor the network's depth matters. All is computed in 32-bit floats.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .layer_views import LOCAL_NORMS, ONE_BY_ONE, PLACE_BY_PLACE, REDUCTIONS
from .network_graph import NetworkGraph, Step

FULL = "dye/full"
"""Name of the constant that dye is filled up to."""

STRONG = 2.0**20
"""Weight of every tap: dye thinned by averaging and interpolation is more than filled up."""

PRODUCTS = {
    "Conv": ("Conv", (0, 1)),
    "ConvInteger": ("Conv", (0, 1)),
    "QLinearConv": ("Conv", (0, 3)),
    "ConvTranspose": ("ConvTranspose", (0, 1)),
    "MatMul": ("MatMul", (0, 1)),
    "MatMulInteger": ("MatMul", (0, 1)),
    "QLinearMatMul": ("MatMul", (0, 3)),
    "Gemm": ("Gemm", (0, 1)),
}
"""Products: what stands in for them, and where the two factors stand among the inputs.

Dye in either factor shows: a product of two tensors becomes the sum of each one's product with weights.
"""


def dyeable(graph: NetworkGraph, rows: int, columns: int) -> onnx.ModelProto:
    """A network with the same geometry whose output is 0 wherever no dye can come.

    Args:
        graph: The network; nothing in it sees the whole image.
        rows: Rows of the image, for which alone the result is good.
        columns: Its columns.
    """
    live = {image.name for image in graph.images}
    nodes: list[onnx.NodeProto] = []
    weights = {FULL: numpy_helper.from_array(np.array(1, np.float32), FULL)}
    for step in graph.steps(rows, columns):
        if not step.live or not live.intersection(step.node.input):
            nodes.append(step.node)
            continue
        layer = _Layer(step, live)
        nodes += layer.nodes()
        weights.update(layer.weights)
        live.update(name for name in step.node.output if name)
    used = {name for node in nodes for name in node.input}
    kept = [entry for name, entry in graph.constants.items() if name in used]
    inputs = [_in_floats(entry) if entry.name in live else entry for entry in graph.inputs]
    output = helper.make_empty_tensor_value_info(graph.output)
    made = helper.make_graph(nodes, "dyeable", inputs, [output], [*kept, *weights.values()])
    opsets = [helper.make_opsetid(domain, version) for domain, version in graph.opsets.items()]
    return helper.make_model(made, ir_version=max(graph.ir_version, 4), opset_imports=opsets)


def _in_floats(entry: onnx.ValueInfoProto) -> onnx.ValueInfoProto:
    copy = onnx.ValueInfoProto()
    copy.CopyFrom(entry)
    copy.type.tensor_type.elem_type = TensorProto.FLOAT
    return copy


class _Layer:
    """A layer's stand-in.

    Args:
        step: The layer.
        live: Tensors that can hold dye.
    """

    def __init__(self, step: Step, live: set[str]) -> None:
        self.step = step
        self.names = list(step.node.input)
        self.dyed = [place for place, name in enumerate(self.names) if name in live]
        self.target = step.node.output[0]
        self.weights: dict[str, TensorProto] = {}

    def nodes(self) -> list[onnx.NodeProto]:
        """The stand-in's nodes; `weights` are what they read besides."""
        operator = self.step.operator
        if operator in PLACE_BY_PLACE or operator in ONE_BY_ONE or operator == "Concat":
            return self._together()
        if operator in PRODUCTS:
            return self._products()
        if operator in LOCAL_NORMS or operator in REDUCTIONS:
            return self._largest()
        copy = onnx.NodeProto()
        copy.CopyFrom(self.step.node)
        if operator == "Pad" and len(copy.input) > 2:
            copy.input[2] = ""  # the value
        if operator != "Resize":
            return [copy]
        copy.output[0] = self.target + "/signed"  # cubic weights may be negative
        return [copy, helper.make_node("Abs", [self.target + "/signed"], [self.target])]

    def _together(self) -> list[onnx.NodeProto]:
        """Layers of several inputs: their sum, or what they are laid in line as; constants are 0."""
        concat = self.step.operator == "Concat"
        places = self.dyed if self.step.operator in ONE_BY_ONE else [p for p, name in enumerate(self.names) if name]
        terms = [self.names[place] if place in self.dyed else self._constant(place, 0) for place in places]
        node = helper.make_node("Concat" if concat else "Sum", terms, [self.target])
        node.attribute.extend(self.step.node.attribute if concat else [])
        return [node]

    def _products(self) -> list[onnx.NodeProto]:
        operator, places = PRODUCTS[self.step.operator]
        made = []
        for position in (place for place in places if place in self.dyed):
            factors = [self.names[place] if place == position else self._constant(place, STRONG) for place in places]
            made.append(helper.make_node(operator, factors, [f"{self.target}/product{position}"]))
            made[-1].attribute.extend(self.step.node.attribute)
        total = helper.make_node("Sum", [node.output[0] for node in made], [self.target + "/full"])
        return [*made, total, helper.make_node("Min", [self.target + "/full", FULL], [self.target])]

    def _largest(self) -> list[onnx.NodeProto]:
        """Reductions: the largest along the axes. Norms: that is added."""
        given = self.step.attributes
        source = self.names[self.dyed[0]]
        if self.step.operator in REDUCTIONS:
            axes = self.step.value(1, "axes") or [given.get("axis", 0)]
            return [self._maximum(source, self.target, axes, given.get("keepdims", 1))]
        axis = given.get("axis", 1 if self.step.operator == "LRN" else -1)
        largest = self._maximum(source, self.target + "/largest", [axis], 1)
        return [largest, helper.make_node("Sum", [source, largest.output[0]], [self.target])]

    def _maximum(self, source: str, target: str, axes: Sequence[int], keep: int) -> onnx.NodeProto:
        if self.step.version < 18:
            return helper.make_node("ReduceMax", [source], [target], axes=[int(a) for a in axes], keepdims=keep)
        name = f"dye/{self.target}/axes"
        self.weights[name] = numpy_helper.from_array(np.array(axes, np.int64), name)
        return helper.make_node("ReduceMax", [source, name], [target], keepdims=keep)

    def _constant(self, place: int, value: float) -> str:
        """An array of one value, of an input's shape."""
        tensor = self.step.inputs[place]
        name = f"dye/{self.target}/{place}"
        shape = tensor.shape if tensor is not None and tensor.shape is not None else ()
        self.weights[name] = numpy_helper.from_array(np.full(shape, value, np.float32), name)
        return name
