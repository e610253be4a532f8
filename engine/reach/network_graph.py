"""Turns an ONNX model into steps with concrete shapes, for an image of given size.

Networks compute sizes while they run ("resize to the size of that other tensor"). That arithmetic is carried out here,
for one image size, instead of being guessed; no layer is run, and no weight but small ones is read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import defs, helper, inliner, numpy_helper, shape_inference

from ..errors import ModelError

VALUE_LIMIT = 4096
"""Elements of the largest array whose values are followed: shape arithmetic is small, weights are not."""

ONNX_DOMAINS = ("", "ai.onnx")

Shape = Optional[tuple[int, ...]]
"""Sizes of all axes; None where they cannot be told."""


@dataclass(frozen=True, eq=False)
class Tensor:
    """What is known of an array between two layers.

    Args:
        name: Its name in the graph.
        shape: Sizes of all axes; None: unknown.
        kind: The element type, in ONNX's numbers; 0: unknown.
        value: The values themselves where they are small and do not depend on the inputs' values.
        live: Whether the values depend on the inputs' values.
    """

    name: str
    shape: Shape
    kind: int
    value: NDArray[Any] | None = None
    live: bool = False

    @property
    def bytes(self) -> int:
        """Its memory; 0 where the shape is unknown."""
        width = np.dtype(helper.tensor_dtype_to_np_dtype(self.kind)).itemsize if self.kind else 4
        return math.prod(self.shape) * width if self.shape is not None else 0

    @property
    def type(self) -> onnx.TypeProto:
        """Shape and element type in ONNX's terms."""
        return helper.make_tensor_type_proto(self.kind, self.shape)


@dataclass(frozen=True, eq=False)
class Step:
    """One layer, with what goes in and comes out; optional inputs that are left out are None.

    Args:
        operator: The operator's name; of foreign domains with the domain in front.
        version: The operator set's version.
        attributes: As written in the model; defaults are not filled in.
        inputs: Arrays that go in.
        outputs: Arrays that come out.
        node: The layer in ONNX's terms.
    """

    operator: str
    version: int
    attributes: dict[str, Any]
    inputs: tuple[Tensor | None, ...]
    outputs: tuple[Tensor, ...]
    node: onnx.NodeProto

    @property
    def live(self) -> bool:
        """Whether anything that comes out depends on the inputs' values."""
        return any(tensor.live for tensor in self.outputs)

    def value(self, position: int, attribute: str = "") -> list[Any] | None:
        """An argument's values, flat; from the attribute that held it in older operator sets, if it is there."""
        if attribute in self.attributes:
            given = self.attributes[attribute]
            return list(given) if isinstance(given, Sequence) else [given]
        tensor = self.inputs[position] if position < len(self.inputs) else None
        return None if tensor is None or tensor.value is None else list(tensor.value.ravel().tolist())


@dataclass(frozen=True)
class ImageInput:
    """An input with rows and columns.

    Args:
        name: Its name in the graph.
        sizes: Of all axes; None where any size goes.
        row_axis: Position of the rows among the axes.
        column_axis: Position of the columns.
        bands: Its number of bands; 1 where neither the input nor the first layer says.
    """

    name: str
    sizes: tuple[int | None, ...]
    row_axis: int
    column_axis: int
    bands: int

    def shape(self, rows: int, columns: int) -> tuple[int, ...]:
        """Shape for an image of a size; sizes that the model fixes stay, a batch is 1."""
        given = list(self.sizes)
        axes = {self.row_axis: rows, self.column_axis: columns}
        for axis, size in enumerate(given):
            if size is None:
                given[axis] = axes.get(axis, self.bands if axis else 1)
        return tuple(size or 1 for size in given)

    @property
    def fixed(self) -> tuple[int | None, int | None]:
        """Rows and columns where the model takes one size only."""
        return self.sizes[self.row_axis], self.sizes[self.column_axis]


class NetworkGraph:
    """The layers that one output depends on.

    Args:
        model: The model; its local functions are inlined.
        output: Name of the output; None: the first.
        layout: Axes of the image inputs as letters, H for rows and W for columns ("NCHW", "NHWC"); None: found out.

    Raises:
        ModelError: There is no such output or no input with rows and columns.
    """

    def __init__(self, model: onnx.ModelProto, output: str | None = None, layout: str | None = None) -> None:
        if model.functions:
            model = inliner.inline_local_functions(model)
        graph = model.graph
        names = [entry.name for entry in graph.output]
        if not names or (output is not None and output not in names):
            raise ModelError(
                "The network has no output {output}; it has {names}.", output=str(output), names=str(names)
            )
        self.output = output or names[0]
        self.opsets = {entry.domain: entry.version for entry in model.opset_import}
        self.version = max(self.opsets.get(domain, 0) for domain in ONNX_DOMAINS)
        self.ir_version = model.ir_version
        self.constants = {entry.name: entry for entry in graph.initializer}
        self.every_node = tuple(graph.node)
        self.outputs = tuple(names)
        self.nodes = _ancestors(graph.node, self.output)
        self.inputs = tuple(entry for entry in graph.input if entry.name not in self.constants)
        images = tuple(image for entry in self.inputs if (image := self._image(entry, layout)) is not None)
        # An input of another rank than the images', like the numbers of their regions, is none.
        self.images = tuple(image for image in images if len(image.sizes) == len(layout or "")) or images
        if not self.images:
            raise ModelError("The network has no input with rows and columns.")

    def steps(self, rows: int, columns: int, nodes: Sequence[onnx.NodeProto] | None = None) -> Iterator[Step]:
        """Go through the layers in order, for an image of a size; by default those that the output depends on."""
        known = {name: _constant(entry) for name, entry in self.constants.items()}
        known.update(self._inputs(rows, columns))
        for node in self.nodes if nodes is None else nodes:
            inputs = tuple(known.get(name, Tensor(name, None, 0)) if name else None for name in node.input)
            live = any(known[name].live for name in reads(node) if name in known)
            outputs = self._outputs(node, inputs, live)
            known.update({tensor.name: tensor for tensor in outputs})
            foreign = "" if node.domain in ONNX_DOMAINS else node.domain + "."
            attributes = {a.name: _text(helper.get_attribute_value(a)) for a in node.attribute}
            version = self.version if not foreign else self.opsets.get(node.domain, 1)
            yield Step(foreign + node.op_type, version, attributes, inputs, outputs, node)

    def _inputs(self, rows: int, columns: int) -> Iterator[tuple[str, Tensor]]:
        """Inputs for an image of a size; other inputs than images get the size 1 where any size goes."""
        images = {image.name: image for image in self.images}
        for entry in self.inputs:
            image = images.get(entry.name)
            shape = image.shape(rows, columns) if image else tuple(size or 1 for size in _sizes(entry) or ())
            yield entry.name, Tensor(entry.name, shape, entry.type.tensor_type.elem_type, live=True)

    def _outputs(self, node: onnx.NodeProto, inputs: tuple[Tensor | None, ...], live: bool) -> tuple[Tensor, ...]:
        """Shapes of what a layer gives, and values where they follow from known ones."""
        types = self._types(node, inputs)
        outputs = tuple(_tensor(name, types.get(name)) for name in node.output)
        values = self._values(node, inputs, outputs)
        return tuple(
            Tensor(out.name, value.shape, helper.np_dtype_to_tensor_dtype(value.dtype), value)
            if (value := values.get(out.name)) is not None
            else replace(out, live=live)
            for out in outputs
        )

    def _types(self, node: onnx.NodeProto, inputs: tuple[Tensor | None, ...]) -> dict[str, onnx.TypeProto]:
        try:
            schema = defs.get_schema(node.op_type, self.opsets.get(node.domain, self.version), node.domain)
            given = [tensor for tensor in inputs if tensor is not None]
            return shape_inference.infer_node_outputs(  # type: ignore[no-any-return]
                schema,
                node,
                {tensor.name: tensor.type for tensor in given},
                {t.name: numpy_helper.from_array(t.value, t.name) for t in given if t.value is not None},
                opset_imports=[helper.make_opsetid(domain, version) for domain, version in self.opsets.items()],
                ir_version=self.ir_version,
            )
        except (
            defs.SchemaError,
            shape_inference.InferenceError,
            onnx.checker.ValidationError,
            RuntimeError,
            ValueError,
            KeyError,
        ):
            return {}

    def _values(
        self, node: onnx.NodeProto, inputs: tuple[Tensor | None, ...], outputs: tuple[Tensor, ...]
    ) -> dict[str, NDArray[Any]]:
        given = [tensor for tensor in inputs if tensor is not None]
        if node.domain not in ONNX_DOMAINS or node.op_type.startswith("Random"):
            return {}
        if node.op_type in ("Shape", "Size") and given[0].shape is not None:
            shape = np.array(given[0].shape, np.int64)
            bounds = {entry.name: entry.i for entry in node.attribute}
            first, last = bounds.get("start", 0), bounds.get("end", len(shape))
            part = shape[first:last]
            return {node.output[0]: part if node.op_type == "Shape" else np.array(shape.prod())}
        small = all(out.shape is not None and np.prod(out.shape) <= VALUE_LIMIT for out in outputs)
        if not small or any(tensor.value is None for tensor in given) or any(_subgraphs(node)):
            return {}
        return _evaluated(node, given, self.opsets)

    def _image(self, entry: onnx.ValueInfoProto, layout: str | None) -> ImageInput | None:
        """An input with its rows and columns; None where it has none."""
        sizes = _sizes(entry)
        if sizes is None or len(sizes) < 3:
            return None
        if layout and len(layout) == len(sizes):
            row_axis, column_axis = layout.index("H"), layout.index("W")
        else:
            row_axis = len(sizes) - (3 if self._bands_last(entry.name, sizes) else 2)
            column_axis = row_axis + 1
        bands_axis = len(sizes) - 1 if column_axis < len(sizes) - 1 else row_axis - 1
        return ImageInput(entry.name, sizes, row_axis, column_axis, sizes[bands_axis] or self._weight_bands(entry.name))

    def _bands_last(self, name: str, sizes: tuple[int | None, ...]) -> bool:
        """Whether an input's last axis holds the bands: a known, small size behind rows and columns."""
        before, rows, columns = sizes[-3:]
        if columns is not None and (before is None or rows is None):
            return True
        if before is not None and (rows is None or columns is None):
            return False
        if before is not None and columns is not None:
            return columns < before
        users = [node for node in self.nodes if name in node.input]
        perms = [list(a.ints) for node in users for a in node.attribute if node.op_type == "Transpose"]
        return bool(perms) and all(perm[-1] != len(sizes) - 1 for perm in perms)

    def _weight_bands(self, name: str) -> int:
        """Bands that the first convolution reads."""
        for node in self.nodes:
            if node.op_type == "Conv" and node.input[0] == name and node.input[1] in self.constants:
                groups = next((entry.i for entry in node.attribute if entry.name == "group"), 1)
                return int(self.constants[node.input[1]].dims[1] * groups)
        return 1


def _ancestors(nodes: Sequence[onnx.NodeProto], output: str) -> tuple[onnx.NodeProto, ...]:
    """The layers that an output depends on, in their order."""
    wanted, kept = {output}, []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            wanted.update(reads(node))
            kept.append(node)
    return tuple(reversed(kept))


def reads(node: onnx.NodeProto) -> set[str]:
    """Names of all arrays that a layer reads, inside its branches and loops too."""
    names = {name for name in node.input if name}
    for graph in _subgraphs(node):
        for inner in graph.node:
            names |= reads(inner)
        names |= {entry.name for entry in graph.output}
    return names


def _subgraphs(node: onnx.NodeProto) -> Iterator[onnx.GraphProto]:
    for entry in node.attribute:
        yield from ([entry.g] if entry.HasField("g") else []) + list(entry.graphs)


def _sizes(entry: onnx.ValueInfoProto) -> tuple[int | None, ...] | None:
    """Declared sizes of an input; None for those that may vary, and altogether where the rank is open."""
    declared = entry.type.tensor_type
    if not declared.HasField("shape"):
        return None
    return tuple(axis.dim_value or None for axis in declared.shape.dim)


def _constant(entry: onnx.TensorProto) -> Tensor:
    """A weight; its values only where they are few and in this file."""
    shape = tuple(entry.dims)
    here = entry.data_location != onnx.TensorProto.EXTERNAL and np.prod(shape) <= VALUE_LIMIT
    return Tensor(entry.name, shape, entry.data_type, numpy_helper.to_array(entry) if here else None)


def _tensor(name: str, inferred: onnx.TypeProto | None) -> Tensor:
    declared = inferred.tensor_type if inferred is not None else onnx.TypeProto.Tensor()
    sizes = [axis.dim_value if axis.HasField("dim_value") else None for axis in declared.shape.dim]
    known = tuple(size for size in sizes if size is not None)
    complete = declared.HasField("shape") and len(known) == len(sizes)
    return Tensor(name, known if complete else None, declared.elem_type)


def _text(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value


def _evaluated(node: onnx.NodeProto, given: Sequence[Tensor], opsets: Mapping[str, int]) -> dict[str, NDArray[Any]]:
    """What a layer gives for known values, computed by ONNX's reference implementation."""
    from onnx.reference import ReferenceEvaluator

    inputs = [helper.make_value_info(tensor.name, tensor.type) for tensor in given]
    outputs = [helper.make_empty_tensor_value_info(name) for name in node.output if name]
    graph = helper.make_graph([node], "step", inputs, outputs)
    try:
        values = ReferenceEvaluator(graph, opsets=dict(opsets)).run(None, {t.name: t.value for t in given})
    except (RuntimeError, ValueError, TypeError, NotImplementedError, IndexError, AttributeError, KeyError):
        return {}
    return {entry.name: np.asarray(value) for entry, value in zip(outputs, values)}
