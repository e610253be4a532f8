"""Estimates from an ONNX graph how much memory onnxruntime needs per pixel, so that tiles can be chosen to fit.

The layers are walked in order with the arrays that are alive at each: made, and still to be read.
"""

from __future__ import annotations

from collections.abc import Sequence

import onnx

from .layer_views import ONE_BY_ONE, PLACE_BY_PLACE
from .network_graph import NetworkGraph, Step

SIDE_PX = 4096
"""Side of the image that sizes are computed for: large, so that what does not grow with it weighs nothing."""

IN_PLACE = ONE_BY_ONE | PLACE_BY_PLACE | frozenset(("Flatten", "Reshape", "Squeeze", "Unsqueeze"))
"""Layers that write over their input where nobody reads it again, or are computed along with the layer before."""


def bytes_per_px(model: onnx.ModelProto, layout: str | None = None) -> float:
    """Bytes of the arrays alive at the peak, per pixel of the image, the image itself included.

    Args:
        model: The network; the values of its weights are not needed.
        layout: Axes of the image inputs, as for `receptive_field`.
    """
    graph = NetworkGraph(model, None, layout)
    fixed_rows, fixed_columns = graph.images[0].fixed
    rows, columns = fixed_rows or SIDE_PX, fixed_columns or SIDE_PX
    steps = [step for step in graph.steps(rows, columns, graph.every_node) if step.live]
    return _peak_bytes(steps, graph.outputs) / (rows * columns)


def _peak_bytes(steps: Sequence[Step], kept: Sequence[str]) -> int:
    """Largest sum of the arrays that are alive at once, inputs and outputs of the network included.

    Args:
        steps: The layers in order.
        kept: The network's outputs, which live to the end.
    """
    made = {tensor.name for step in steps for tensor in step.outputs}
    read = [(place, tensor) for place, step in enumerate(steps) for tensor in step.inputs if tensor and tensor.live]
    fed = {tensor.name: tensor.bytes for _, tensor in read if tensor.name not in made}
    last = {tensor.name: place for place, tensor in read}
    last.update(dict.fromkeys((*fed, *kept), len(steps)))
    alive: dict[str, int] = {}
    peak = 0
    for place, step in enumerate(steps):
        ends = {tensor.name for tensor in step.inputs if tensor is not None and last.get(tensor.name) == place}
        for tensor in step.outputs:
            alive[tensor.name] = tensor.bytes
        now = sum(alive.values())
        if step.operator in IN_PLACE and ends:
            now -= min(step.outputs[0].bytes, max(alive.get(name, 0) for name in ends))
        peak = max(peak, now)
        for name in (*ends, *(tensor.name for tensor in step.outputs if tensor.name not in last)):
            alive.pop(name, None)
    return peak + sum(fed.values())
