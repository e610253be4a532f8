"""Makes the networks that are measured: a 1x1 convolution, and U-Nets of two widths that see 96 px around a pixel.

The U-Nets begin with a convolution of stride 2, as segmentation networks on a ResNet or EfficientNet do.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from terraloom.engine.reach.receptive_field import receptive_field

STRIDE_PX, RADIUS_PX = 16, 96
WIDTHS = {"small": (48, 80, 128, 192), "heavy": (152, 256, 408, 608)}
"""Channels at strides 2, 4, 8 and 16."""

DOWN, UP = (1, 2, 2, 2), (1, 1, 2, 0)
"""3x3 convolutions at each stride on the way down and up. With the stem and the pooling they reach exactly 96 px."""

CLASSES = {"trivial": 2, "small": 5, "heavy": 5}
NAMES = tuple(CLASSES)
COLOURS = ("4477AA", "EE6677", "228833", "CCBB44", "66CCEE")
TYPICAL = {"uint8": (110.0, 45.0), "uint16": (2500.0, 1200.0)}
"""Mean and standard deviation of the values in our rasters (`rasters.py`), by type."""


def make_network(name: str, bands: int, dtype: str, folder: Path) -> Path:
    """Write a network with its card, unless it is there.

    Args:
        name: One of `NAMES`.
        bands: Bands that it reads.
        dtype: Type of the raster's values, which says how they are scaled.
        folder: Where it goes.
    """
    path = folder / f"{name}-{bands}-{dtype}.onnx"
    if path.is_file():
        return path
    layers = _Layers()
    if name == "trivial":
        layers.convolution("image", "output", bands, CLASSES[name], size=1, relu=False)
    else:
        _unet(layers, bands, WIDTHS[name], CLASSES[name])
    graph = helper.make_graph(
        layers.nodes,
        name,
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", bands, "h", "w"])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["n", CLASSES[name], "h", "w"])],
        [numpy_helper.from_array(array, key) for key, array in layers.weights.items()],
    )
    model = helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)])
    reach = receptive_field(model)
    expected = (1, 0) if name == "trivial" else (STRIDE_PX, RADIUS_PX)
    if (reach.stride_px, reach.radius_px) != expected or reach.global_operations:
        raise AssertionError(f"{name}: {reach}")
    helper.set_model_props(model, {"terraloom:card": json.dumps(_card(name, bands, dtype, expected))})
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))
    return path


def flop_per_px(path: Path) -> float:
    """Multiplications and additions of the convolutions for a pixel of the image."""
    graph = onnx.load(str(path)).graph
    shapes = {entry.name: entry.dims for entry in graph.initializer}
    strides = {"image": 1.0}
    flops = 0.0
    for node in graph.node:
        stride = strides[node.input[0]]
        stride *= next((attribute.ints[0] for attribute in node.attribute if attribute.name == "strides"), 1)
        if node.op_type == "Resize":
            stride /= 2
        elif node.op_type == "Conv":
            flops += 2 * float(np.prod(shapes[node.input[1]])) / stride**2
        strides[node.output[0]] = stride
    return flops


class _Layers:
    """Collects layers; weights are drawn so that values keep their size (He et al. 2015, eq. 10)."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, NDArray[np.float32]] = {}
        self._rng = np.random.default_rng(7)

    def twice_as_large(self, source: str, target: str) -> None:
        """Repeat rows and columns."""
        self.weights["twice"] = np.array([1, 1, 2, 2], np.float32)
        self.nodes.append(
            helper.make_node(
                "Resize",
                [source, "", "twice"],
                [target],
                mode="nearest",
                coordinate_transformation_mode="asymmetric",
                nearest_mode="floor",
            )
        )

    def convolution(
        self, source: str, target: str, ins: int, outs: int, size: int = 3, relu: bool = True, stride: int = 1
    ) -> None:
        """A convolution with a bias, as is left of one with batch norm."""
        scale = (2 / (ins * size * size)) ** 0.5
        self.weights[f"{target}.w"] = (scale * self._rng.standard_normal((outs, ins, size, size))).astype(np.float32)
        self.weights[f"{target}.b"] = (0.1 * self._rng.standard_normal(outs)).astype(np.float32)
        made = f"{target}.c" if relu else target
        self.nodes.append(
            helper.make_node(
                "Conv", [source, f"{target}.w", f"{target}.b"], [made], pads=[size // 2] * 4, strides=[stride] * 2
            )
        )
        if relu:
            self.nodes.append(helper.make_node("Relu", [made], [target]))


def _unet(layers: _Layers, bands: int, widths: tuple[int, ...], classes: int) -> None:
    """A U-Net (Ronneberger et al. 2015), padded, with nearest upsampling, at half the image's resolution and below."""
    layers.convolution("image", "stem", bands, widths[0], stride=2)
    current, channels = "stem", widths[0]
    for level, width in enumerate(widths):
        if level:
            layers.nodes.append(
                helper.make_node("MaxPool", [current], [f"p{level}"], kernel_shape=[2, 2], strides=[2, 2])
            )
            current = f"p{level}"
        for number in range(DOWN[level]):
            layers.convolution(current, f"d{level}.{number}", channels, width)
            current, channels = f"d{level}.{number}", width
    for level in reversed(range(len(widths) - 1)):
        layers.twice_as_large(current, f"u{level}")
        skip = f"d{level}.{DOWN[level] - 1}"
        layers.nodes.append(helper.make_node("Concat", [f"u{level}", skip], [f"j{level}"], axis=1))
        current, channels = f"j{level}", channels + widths[level]
        for number in range(UP[level]):
            layers.convolution(current, f"o{level}.{number}", channels, widths[level])
            current, channels = f"o{level}.{number}", widths[level]
    layers.convolution(current, "half", channels, classes, size=1, relu=False)
    layers.twice_as_large("half", "output")


def _card(name: str, bands: int, dtype: str, reach: tuple[int, int]) -> dict[str, object]:
    """The card, with bands `b1`, `b2` and so on."""
    mean, std = TYPICAL[dtype]
    task = "semantic-segmentation"
    shape = {"dim_order": ["batch", "bands", "height", "width"], "data_type": "float32"}
    wants = {
        "name": "image",
        "bands": [f"b{number + 1}" for number in range(bands)],
        "input": {"shape": [-1, bands, -1, -1], **shape},
        "value_scaling": [{"type": "z-score", "mean": mean, "stddev": std}] * bands,
    }
    classes = [
        {"value": value, "name": str(value), "title": f"Class {value}", "color_hint": COLOURS[value]}
        for value in range(CLASSES[name])
    ]
    gives = {
        "name": "output",
        "tasks": [task],
        "result": {"shape": [-1, CLASSES[name], -1, -1], **shape},
        "post_processing_function": {"format": "terraloom", "expression": "softmax"},
        "classification:classes": classes,
    }
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": f"benchmark-{name}",
        "properties": {
            "title": f"Benchmark, {name}",
            "mlm:name": f"benchmark-{name}",
            "mlm:tasks": [task],
            "mlm:input": [wants],
            "mlm:output": [gives],
            "terraloom:stride_px": reach[0],
            "terraloom:receptive_radius_px": reach[1],
        },
    }
