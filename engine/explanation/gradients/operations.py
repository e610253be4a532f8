"""What each listed operation of ONNX does, in torch: enough for convolutional networks and what torch exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

Values = Sequence[Any]
"""The inputs of a node: tensors, `None` for one that is left out."""

Attributes = dict[str, Any]

DTYPES = {
    1: torch.float32,
    2: torch.uint8,
    3: torch.int8,
    6: torch.int32,
    7: torch.int64,
    9: torch.bool,
    10: torch.float32,
    11: torch.float64,
}
"""Types by their number in ONNX; 16-bit floats become 32-bit ones, which processors differentiate."""


class Refused(Exception):
    """An operation is used in a way that is not listed; says which."""


def _value(values: Values, place: int) -> Any:
    """An input that may be left out."""
    return values[place] if len(values) > place else None


def _numbers(values: Values, place: int, attributes: Attributes, name: str) -> list[int] | None:
    """Whole numbers that newer operations read from an input and older ones from an attribute."""
    given = _value(values, place)
    if given is not None:
        return [int(number) for number in given.reshape(-1).tolist()]
    stated = attributes.get(name)
    return None if stated is None else [int(number) for number in stated]


def _padded(image: Tensor, attributes: Attributes, fill: float) -> Tensor:
    """An image with the padding that a convolution or pooling asks for."""
    if attributes.get("auto_pad", "NOTSET") not in ("NOTSET", "VALID"):
        raise Refused(f"padding {attributes['auto_pad']}")
    pads = attributes.get("pads")
    if not pads or not any(pads):
        return image
    if len(pads) != 4:
        raise Refused("padding of other than two axes")
    top, left, bottom, right = pads
    return functional.pad(image, (left, right, top, bottom), value=fill)


def _conv(values: Values, attributes: Attributes) -> Tensor:
    if values[1].ndim != 4:
        raise Refused("Conv over other than two axes")
    return functional.conv2d(
        _padded(values[0], attributes, 0.0),
        values[1],
        _value(values, 2),
        stride=tuple(attributes.get("strides", (1, 1))),
        dilation=tuple(attributes.get("dilations", (1, 1))),
        groups=attributes.get("group", 1),
    )


def _conv_transpose(values: Values, attributes: Attributes) -> Tensor:
    pads = attributes.get("pads", (0, 0, 0, 0))
    uneven = pads[0] != pads[2] or pads[1] != pads[3]
    if (
        values[1].ndim != 4
        or uneven
        or "output_shape" in attributes
        or attributes.get("auto_pad", "NOTSET") != "NOTSET"
    ):
        raise Refused("ConvTranspose with uneven padding or over other than two axes")
    return functional.conv_transpose2d(
        values[0],
        values[1],
        _value(values, 2),
        stride=tuple(attributes.get("strides", (1, 1))),
        padding=(pads[0], pads[1]),
        output_padding=tuple(attributes.get("output_padding", (0, 0))),
        groups=attributes.get("group", 1),
        dilation=tuple(attributes.get("dilations", (1, 1))),
    )


def _max_pool(values: Values, attributes: Attributes) -> Tensor:
    return functional.max_pool2d(
        _padded(values[0], attributes, -torch.inf),
        tuple(attributes["kernel_shape"]),
        stride=tuple(attributes.get("strides", (1, 1))),
        dilation=tuple(attributes.get("dilations", (1, 1))),
        ceil_mode=bool(attributes.get("ceil_mode", 0)),
    )


def _average_pool(values: Values, attributes: Attributes) -> Tensor:
    pads = attributes.get("pads", (0, 0, 0, 0))
    if pads[0] != pads[2] or pads[1] != pads[3] or attributes.get("auto_pad", "NOTSET") not in ("NOTSET", "VALID"):
        raise Refused("AveragePool with uneven padding")
    return functional.avg_pool2d(
        values[0],
        tuple(attributes["kernel_shape"]),
        stride=tuple(attributes.get("strides", (1, 1))),
        padding=(pads[0], pads[1]),
        ceil_mode=bool(attributes.get("ceil_mode", 0)),
        count_include_pad=bool(attributes.get("count_include_pad", 0)),
    )


def _batch_norm(values: Values, attributes: Attributes) -> Tensor:
    image, scale, bias, mean, variance = values[:5]
    return functional.batch_norm(image, mean, variance, scale, bias, eps=attributes.get("epsilon", 1e-5))


def _instance_norm(values: Values, attributes: Attributes) -> Tensor:
    return functional.instance_norm(values[0], weight=values[1], bias=values[2], eps=attributes.get("epsilon", 1e-5))


def _layer_norm(values: Values, attributes: Attributes) -> Tensor:
    axis = attributes.get("axis", -1) % values[0].ndim
    shape = values[0].shape[axis:]
    return functional.layer_norm(values[0], shape, values[1], _value(values, 2), attributes.get("epsilon", 1e-5))


def _softmax(values: Values, attributes: Attributes) -> Tensor:
    if attributes["opset"] >= 13:
        return torch.softmax(values[0], attributes.get("axis", -1))
    flat = values[0].flatten(attributes.get("axis", 1))  # older ones take all axes from there on for one
    return torch.softmax(flat, -1).reshape(values[0].shape)


def _clip(values: Values, attributes: Attributes) -> Tensor:
    low, high = _value(values, 1), _value(values, 2)
    low = attributes.get("min") if low is None else low.item()
    high = attributes.get("max") if high is None else high.item()
    return torch.clamp(values[0], low, high)


def _gemm(values: Values, attributes: Attributes) -> Tensor:
    left = values[0].T if attributes.get("transA", 0) else values[0]
    right = values[1].T if attributes.get("transB", 0) else values[1]
    made: Tensor = attributes.get("alpha", 1.0) * (left @ right)
    added = _value(values, 2)
    return made if added is None else made + attributes.get("beta", 1.0) * added


def _resize(values: Values, attributes: Attributes) -> Tensor:
    image = values[0]
    scales, sizes = (_value(values, 2), _value(values, 3)) if attributes["opset"] >= 11 else (_value(values, 1), None)
    if sizes is not None and sizes.numel():
        size = [int(number) for number in sizes.tolist()]
    elif scales is not None and scales.numel():
        size = [int(length * scale + 1e-6) for length, scale in zip(image.shape, scales.tolist())]
    else:
        raise Refused("Resize without a size")
    if image.ndim != 4 or tuple(size[:2]) != tuple(image.shape[:2]):
        raise Refused("Resize of other than rows and columns")
    mode, place = attributes.get("mode", "nearest"), attributes.get("coordinate_transformation_mode", "half_pixel")
    if attributes["opset"] < 11:
        place = "asymmetric"
    shape = (size[2], size[3])
    if mode == "nearest" and _is_plain_nearest(image, shape, place, attributes):
        return functional.interpolate(image, shape, mode="nearest")
    known = ("half_pixel", "pytorch_half_pixel", "align_corners")
    if mode == "linear" and place in known:
        return functional.interpolate(image, shape, mode="bilinear", align_corners=place == "align_corners")
    if mode == "cubic" and place in known and attributes.get("cubic_coeff_a", -0.75) == -0.75:
        return functional.interpolate(image, shape, mode="bicubic", align_corners=place == "align_corners")
    raise Refused(f"Resize ({mode}, {place})")


def _is_plain_nearest(image: Tensor, shape: tuple[int, int], place: str, attributes: Attributes) -> bool:
    """Whether each pixel becomes a block, or what amounts to it."""
    whole = all(new % old == 0 for old, new in zip(image.shape[2:], shape))
    rounding = attributes.get("nearest_mode", "round_prefer_floor")
    return (place == "asymmetric" and rounding == "floor") or (whole and place.endswith("half_pixel"))


def _pad(values: Values, attributes: Attributes) -> Tensor:
    pads = _numbers(values, 1, attributes, "pads")
    fill = _value(values, 2)
    number = attributes.get("value", 0.0) if fill is None else float(fill.item())
    if pads is None or (_value(values, 3) is not None):
        raise Refused("Pad of chosen axes")
    axes = len(pads) // 2
    in_torch = [pads[place] for axis in reversed(range(axes)) for place in (axis, axis + axes)]
    mode = {"constant": "constant", "reflect": "reflect", "edge": "replicate"}.get(attributes.get("mode", "constant"))
    if mode is None:
        raise Refused(f"Pad ({attributes['mode']})")
    if mode == "constant":
        return functional.pad(values[0], in_torch, value=number)
    return functional.pad(values[0], in_torch[:4], mode=mode)


def _slice(values: Values, attributes: Attributes) -> Tensor:
    starts, ends = _numbers(values, 1, attributes, "starts"), _numbers(values, 2, attributes, "ends")
    if starts is None or ends is None:
        raise Refused("Slice without a range")
    axes = _numbers(values, 3, attributes, "axes") or list(range(len(starts)))
    steps = _numbers(values, 4, {}, "steps") or [1] * len(starts)
    made: Tensor = values[0]
    for start, end, axis, step in zip(starts, ends, axes, steps):
        span = range(made.shape[axis])[slice(start, end, step)]
        chosen = torch.tensor(list(span), dtype=torch.int64, device=made.device)
        made = made.index_select(axis % made.ndim, chosen)
    return made


def _reshape(values: Values, attributes: Attributes) -> Tensor:
    shape = [int(size) for size in values[1].tolist()]
    if not attributes.get("allowzero", 0):
        shape = [values[0].shape[axis] if size == 0 else size for axis, size in enumerate(shape)]
    made: Tensor = values[0].reshape(shape)
    return made


def _squeeze(values: Values, attributes: Attributes) -> Tensor:
    axes = _numbers(values, 1, attributes, "axes")
    made: Tensor = values[0].squeeze()
    return made if axes is None else torch.squeeze(values[0], tuple(axes))


def _unsqueeze(values: Values, attributes: Attributes) -> Tensor:
    axes = _numbers(values, 1, attributes, "axes") or []
    made: Tensor = values[0]
    for axis in sorted(axis % (made.ndim + len(axes)) for axis in axes):
        made = made.unsqueeze(axis)
    return made


def _reduce(how: Callable[..., Tensor]) -> Callable[[Values, Attributes], Tensor]:
    def reduce(values: Values, attributes: Attributes) -> Tensor:
        axes = _numbers(values, 1, attributes, "axes") or list(range(values[0].ndim))
        return how(values[0], dim=tuple(axes), keepdim=bool(attributes.get("keepdims", 1)))

    return reduce


def _global_average(values: Values, _: Attributes) -> Tensor:
    made: Tensor = values[0].mean(tuple(range(2, values[0].ndim)), keepdim=True)
    return made


def _gather(values: Values, attributes: Attributes) -> Tensor:
    axis, places = attributes.get("axis", 0), values[1]
    flat = torch.where(places < 0, places + values[0].shape[axis], places).reshape(-1)
    made: Tensor = values[0].index_select(axis, flat)
    shape = [*values[0].shape[:axis], *places.shape, *values[0].shape[axis:][1:]]
    return made.reshape(shape)


def _constant(_: Values, attributes: Attributes) -> Tensor:
    for name in ("value", "value_float", "value_int", "value_floats", "value_ints"):
        if name in attributes:
            return torch.as_tensor(attributes[name])
    raise Refused("Constant of text")


def _constant_of_shape(values: Values, attributes: Attributes) -> Tensor:
    filled = attributes.get("value", torch.zeros(1))
    return torch.full([int(size) for size in values[0].tolist()], filled.item(), dtype=filled.dtype)


def _depth_to_space(values: Values, attributes: Attributes) -> Tensor:
    if attributes.get("mode", "DCR") == "CRD":
        return functional.pixel_shuffle(values[0], attributes["blocksize"])
    batch, channels, rows, cols = values[0].shape
    side = attributes["blocksize"]
    parts: Tensor = values[0].reshape(batch, side, side, channels // side**2, rows, cols)
    return parts.permute(0, 3, 4, 1, 5, 2).reshape(batch, channels // side**2, rows * side, cols * side)


def _prelu(values: Values, _: Attributes) -> Tensor:
    return torch.where(values[0] >= 0, values[0], values[0] * values[1])


def _plain(function: Callable[..., Any]) -> Callable[[Values, Attributes], Tensor]:
    """An operation that torch has by itself."""

    def compute(values: Values, _: Attributes) -> Tensor:
        made: Tensor = function(*values)
        return made

    return compute


def _div(left: Tensor, right: Tensor) -> Tensor:
    whole = not (left.is_floating_point() or right.is_floating_point())
    return torch.div(left, right, rounding_mode="trunc") if whole else left / right


OPERATIONS: Mapping[str, Callable[[Values, Attributes], Tensor]] = {
    "Add": _plain(torch.add),
    "AveragePool": _average_pool,
    "BatchNormalization": _batch_norm,
    "Cast": lambda values, attributes: values[0].to(DTYPES[attributes["to"]]),
    "Ceil": _plain(torch.ceil),
    "Clip": _clip,
    "Concat": lambda values, attributes: torch.cat(list(values), attributes["axis"]),
    "Constant": _constant,
    "ConstantOfShape": _constant_of_shape,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "DepthToSpace": _depth_to_space,
    "Div": _plain(_div),
    "Dropout": lambda values, _: values[0],
    "Elu": lambda values, attributes: functional.elu(values[0], attributes.get("alpha", 1.0)),
    "Equal": _plain(torch.eq),
    "Erf": _plain(torch.erf),
    "Exp": _plain(torch.exp),
    "Expand": lambda values, _: values[0] * values[0].new_ones([int(size) for size in values[1].tolist()]),
    "Flatten": lambda values, attributes: values[0].flatten(attributes.get("axis", 1)),
    "Floor": _plain(torch.floor),
    "Gather": _gather,
    "Gemm": _gemm,
    "GlobalAveragePool": _global_average,
    "HardSigmoid": lambda values, attributes: torch.clamp(
        values[0] * attributes.get("alpha", 0.2) + attributes.get("beta", 0.5), 0, 1
    ),
    "HardSwish": _plain(functional.hardswish),
    "Identity": lambda values, _: values[0],
    "InstanceNormalization": _instance_norm,
    "LayerNormalization": _layer_norm,
    "LeakyRelu": lambda values, attributes: functional.leaky_relu(values[0], attributes.get("alpha", 0.01)),
    "Log": _plain(torch.log),
    "MatMul": _plain(torch.matmul),
    "Max": lambda values, _: reduce(torch.maximum, values),
    "MaxPool": _max_pool,
    "Min": lambda values, _: reduce(torch.minimum, values),
    "Mul": _plain(torch.mul),
    "Neg": _plain(torch.neg),
    "PRelu": _prelu,
    "Pad": _pad,
    "Pow": _plain(torch.pow),
    "Reciprocal": _plain(torch.reciprocal),
    "ReduceMax": _reduce(torch.amax),
    "ReduceMean": _reduce(torch.mean),
    "ReduceSum": _reduce(torch.sum),
    "Relu": _plain(torch.relu),
    "Reshape": _reshape,
    "Resize": _resize,
    "Shape": lambda values, _: torch.tensor(values[0].shape, dtype=torch.int64),
    "Sigmoid": _plain(torch.sigmoid),
    "Slice": _slice,
    "Softmax": _softmax,
    "Softplus": _plain(functional.softplus),
    "Sqrt": _plain(torch.sqrt),
    "Squeeze": _squeeze,
    "Sub": _plain(torch.sub),
    "Tanh": _plain(torch.tanh),
    "Transpose": lambda values, attributes: values[0].permute(
        attributes.get("perm") or list(reversed(range(values[0].ndim)))
    ),
    "Unsqueeze": _unsqueeze,
    "Where": _plain(torch.where),
}
"""Functions of a node's inputs and attributes, by the operation's name."""
