"""Turns an ONNX graph into a torch network that can be differentiated, operation by operation, of a listed set.

The public converters need torchvision, which the small torch for processors cannot load. What an operation does is
written down in `operations.py`; whether the whole says what the file says is checked by whoever uses it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, numpy_helper
from torch import Tensor, nn

from ...errors import ModelError
from ...worker.faults import MEMORY_MARKS
from .operations import OPERATIONS, Attributes, Refused


class Step(nn.Module):
    """One node of a graph: a layer of its own, so that Grad-CAM can look at it.

    Args:
        node: The node.
        opset: Version of the operations.
    """

    def __init__(self, node: onnx.NodeProto, opset: int) -> None:
        super().__init__()
        self.inputs = tuple(node.input)
        self.outputs = tuple(node.output)
        self.kind = node.op_type
        self._operation = OPERATIONS[node.op_type]
        self._attributes: Attributes = {
            entry.name: _plain(onnx.helper.get_attribute_value(entry)) for entry in node.attribute
        }
        self._attributes["opset"] = opset

    @property
    def axes(self) -> tuple[int, ...]:
        """In which order it puts the axes; empty: it leaves them."""
        return tuple(self._attributes.get("perm", ())) if self.kind == "Transpose" else ()

    def forward(self, *values: Tensor | None) -> Tensor:
        """Compute the node's first output."""
        return self._operation(values, self._attributes)


class OnnxNetwork(nn.Module):
    """The graph of an ONNX file. What it computes in 16-bit floats is computed in 32-bit ones (`has_halves`).

    Args:
        model: What the file holds, its weights included.
        output: Name of the output that is wanted; the first one where there is none of that name.
        name: What the file is called, for messages.

    Raises:
        ModelError: The graph holds an operation that is not listed.
    """

    def __init__(self, model: onnx.ModelProto, output: str, name: str) -> None:
        super().__init__()
        self._file = name
        graph = model.graph
        self.has_halves = _has_halves(graph)
        opset = next((entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")), 17)
        unknown = sorted({node.op_type for node in graph.node if node.op_type not in OPERATIONS})
        if unknown:
            raise self._refusal(", ".join(unknown))
        self._constants: dict[str, str] = {}
        for number, entry in enumerate(graph.initializer):
            self._constants[entry.name] = f"constant_{number}"
            self.register_buffer(f"constant_{number}", _tensor(entry))
        self._inputs = [entry.name for entry in graph.input if entry.name not in self._constants]
        names = [entry.name for entry in graph.output]
        self._output = output if output in names else names[0]
        self._order: list[str] = []
        for number, node in enumerate(graph.node):
            key = "".join(letter if letter.isalnum() else "_" for letter in node.name or node.output[0])
            key = key if key and not hasattr(self, key) else f"{key}_{number}"
            self._order.append(key)
            self.add_module(key, Step(node, opset))

    def forward(self, *inputs: Tensor) -> Tensor:
        """Run the graph on its inputs, in the file's order."""
        known: dict[str, Tensor | None] = {"": None, **dict(zip(self._inputs, inputs))}
        known.update({name: getattr(self, buffer) for name, buffer in self._constants.items()})
        for key in self._order:
            step: Any = getattr(self, key)
            try:
                known[step.outputs[0]] = step(*(known[name] for name in step.inputs))
            except Refused as error:
                raise self._refusal(str(error)) from error
            except KeyError as error:  # a second output of a node, which is nowhere needed in images
                raise self._refusal(f"a further output, {error}") from error
            except (IndexError, RuntimeError, TypeError, ValueError) as error:
                if any(mark in str(error).lower() for mark in MEMORY_MARKS):
                    raise
                raise self._refusal(f"{step.kind} ({str(error).partition(chr(10))[0]})") from error
            if step.outputs[0] == self._output:
                break
        found = known[self._output]
        if found is None:
            raise self._refusal("no output")
        return found

    def _refusal(self, what: str) -> ModelError:
        """What is said of a network that cannot be differentiated here."""
        return ModelError(
            "{path} holds operations that cannot be differentiated here: {operations}. Use one of the methods "
            "occlusion, lime, shap and featureablation, which run the file as it is.",
            path=self._file,
            operations=what,
        )


def _plain(value: Any) -> Any:
    """An attribute as Python has it."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, onnx.TensorProto):
        return _tensor(value)
    return value


def _tensor(stored: onnx.TensorProto) -> Tensor:
    """A stored tensor; 16-bit floats as 32-bit ones."""
    made = torch.tensor(np.array(numpy_helper.to_array(stored)))
    return made.float() if made.dtype == torch.float16 else made


def _has_halves(graph: onnx.GraphProto) -> bool:
    """Whether a graph computes with 16-bit floats somewhere."""
    kinds = {entry.type.tensor_type.elem_type for entry in graph.input}
    kinds |= {entry.data_type for entry in graph.initializer}
    kinds |= {entry.i for node in graph.node if node.op_type == "Cast" for entry in node.attribute}
    return TensorProto.FLOAT16 in kinds
