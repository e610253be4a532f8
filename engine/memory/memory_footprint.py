"""Estimates from an ONNX graph how much memory onnxruntime needs per pixel, so that tiles can be chosen to fit.

The layers are walked in order with the arrays that are alive at each: made, and still to be read.
"""

from __future__ import annotations

from collections.abc import Sequence

import onnx

from ..reach.layer_views import ONE_BY_ONE, PLACE_BY_PLACE
from ..reach.network_graph import NetworkGraph, Step, Tensor

SIDE_PX = 1024
"""Side of the tile that sizes are computed for, where none is asked for."""

BLOCK = 16
"""onnxruntime lays convolutions' results out in blocks of 16 channels on AVX-512, 8 on AVX2; incomplete ones count."""

ARENA_FACTOR = 2.7
"""Times the estimate that onnxruntime takes at most with its arena, which grows in powers of two; memory pattern off.

Peak of resident memory in bytes/px against the estimate, onnxruntime 1.31 on Linux, tiles of 512² to 1536² and smaller
ones in between: bundled U-Net 495-636 against 396, U-Net of 32 to 128 channels 870-1406 against 528, dilated ResNet
263-346 against 204, super-resolution 620-693 against 588, U-Net of 4 channels 177-309 against 176. With memory pattern
up to 1754 against 528.
"""

IN_PLACE = ONE_BY_ONE | PLACE_BY_PLACE | frozenset(("Flatten", "Reshape", "Squeeze", "Unsqueeze"))
"""Layers that write over their input where nobody reads it again, or are computed along with the layer before."""

BLOCKED = ONE_BY_ONE | PLACE_BY_PLACE | frozenset(("Conv", "MaxPool", "AveragePool", "Resize", "Upsample"))
"""Layers whose results may lie in blocks of channels."""


def bytes_per_px(model: onnx.ModelProto, layout: str | None = None, side_px: int = SIDE_PX) -> float:
    """Bytes of the arrays alive at the peak, per pixel of the image, the image itself included.

    Args:
        model: The network; the values of its weights are not needed.
        layout: Axes of the image inputs, as for `receptive_field`.
        side_px: Side of the tile: a multiple of the stride. Attention takes more per pixel the larger it is.
    """
    graph = NetworkGraph(model, None, layout)
    fixed_rows, fixed_columns = graph.images[0].fixed
    rows, columns = fixed_rows or side_px, fixed_columns or side_px
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
            alive[tensor.name] = _bytes(tensor, step.operator in BLOCKED)
        now = sum(alive.values())
        if step.operator in IN_PLACE and ends:
            now -= min(alive[step.outputs[0].name], max(alive.get(name, 0) for name in ends))
        peak = max(peak, now)
        for name in (*ends, *(tensor.name for tensor in step.outputs if tensor.name not in last)):
            alive.pop(name, None)
    return peak + sum(fed.values())


def _bytes(tensor: Tensor, blocked: bool) -> int:
    """Memory of an array, whose channels may be filled up to whole blocks."""
    shape = tensor.shape
    if not blocked or shape is None or len(shape) != 4 or not shape[1]:
        return tensor.bytes
    return tensor.bytes // shape[1] * (-(-shape[1] // BLOCK) * BLOCK)
