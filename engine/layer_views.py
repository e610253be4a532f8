"""Says for each kind of layer what its output's positions see, given what its inputs' positions see.

A layer that lets positions see more than a sightline can say (mean over the image, attention, values bound to places)
is noted with its reason; so is every operator without a rule.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .layer_axes import (
    FIXED_PLACES,
    Axes,
    Axis,
    Look,
    Part,
    fitted,
    joined,
    line_of,
    lost,
    merged,
    once,
    places,
    plain,
    reshaped,
)
from .network_graph import Step
from .sightline import resized_taps, transposed_taps, window_taps

Rule = Callable[[Look], Sequence[Axes]]

UNKNOWN = "unknown operator"


def views_behind(step: Step, seen: tuple[Axes | None, ...]) -> tuple[list[Axes], list[str]]:
    """Axes of a layer's outputs, and the reasons why they see more than these say.

    Args:
        step: The layer.
        seen: Axes of its inputs; None for those that do not depend on the image.
    """
    look = Look(step, seen)
    shapes = [tensor.shape for tensor in step.outputs]
    known = all(step.inputs[position].shape is not None for position in look.live)  # type: ignore[union-attr]
    rule = RULES.get(step.operator)
    if rule is None or shapes[0] is None or not known:
        for axes in (seen[position] or () for position in look.live):
            for axis in axes:
                look.mixes(axis, UNKNOWN if rule is None else "sizes that cannot be told")
        return [plain(shape) for shape in shapes], look.reasons
    given = list(rule(look))
    given += [given[0]] * (len(shapes) - len(given))
    return [once(look, fitted(look, axes, shape)) for axes, shape in zip(given, shapes)], look.reasons


# --- Layers that keep places -------------------------------------------------------------------------------------


def _first(look: Look) -> list[Axes]:
    """Layers of one input and parameters."""
    if look.live != [0]:
        return _elementwise(look)
    return [look.axes(0)]


def _by_channel(look: Look) -> list[Axes]:
    """Batch normalisation and quantisation: parameters per position of one axis."""
    axis = look.normal(look.step.attributes.get("axis", 1))
    single = all(math.prod(shape) <= 1 for shape in look.shapes[1:])
    if not single and axis < len(look.axes(0)):
        look.mixes(look.axes(0)[axis], FIXED_PLACES)
    if look.step.attributes.get("training_mode"):
        return _normalised(look, range(len(look.out)))
    return _first(look)


def _elementwise(look: Look) -> list[Axes]:
    return [merged(look, look.out)]


def _concat(look: Look) -> list[Axes]:
    """Stacked channels. Strung places (a rolled image) see more; they keep the longest piece's line for its stride."""
    axis = look.normal(look.step.attributes.get("axis", 0))
    made = list(merged(look, look.out, skip=axis))
    for position in sorted(look.live, key=lambda position: look.shapes[position][axis]):
        if look.mixes(look.axes(position)[axis]):
            made[axis] = (Part(look.out[axis], line_of(look.axes(position)[axis])),)
    return [tuple(made)]


def _transpose(look: Look) -> list[Axes]:
    axes = look.axes(0)
    order = look.step.attributes.get("perm") or range(len(axes))[::-1]
    return [tuple(axes[axis] for axis in order)]


def _expand(look: Look) -> list[Axes]:
    if look.live != [0]:
        return lost(look)
    more = len(look.out) - len(look.axes(0))
    axes = plain(look.out[:more]) + look.axes(0)
    return [tuple(joined(look, (Part(size, None),), axis, size) for axis, size in zip(axes, look.out))]


def _gather(look: Look) -> list[Axes]:
    data, indices = look.axes(0), look.axes(1)
    axis = look.step.attributes.get("axis", 0) % len(data)
    behind = axis + 1
    look.mixes(data[axis])
    return [data[:axis] + indices + data[behind:]]


# --- Layers that read neighbours ---------------------------------------------------------------------------------


def _along(look: Look, axis: int, taps: Sequence[Sequence[int]], advance: int = 1) -> Axis:
    """An axis of the first input behind a layer with taps."""
    before, size = look.axes(0)[axis], look.out[axis]
    line = line_of(before)
    if line is None:
        look.mixes(before)
        return (Part(size, None),)
    return (Part(size, line.through(taps, advance)),)


@dataclass(frozen=True)
class _Sweep:
    """How a kernel moves along one axis, in positions."""

    size: int
    stride: int
    dilation: int

    @property
    def span(self) -> int:
        """From its first tap to its last."""
        return (self.size - 1) * self.dilation + 1


def _sweeps(look: Look, weights: int) -> list[_Sweep]:
    """A kernel's movement along rows, columns and whatever else follows the channels."""
    given = look.step.attributes
    sizes = given.get("kernel_shape") or look.shapes[weights][2:]
    ones = [1] * len(sizes)
    rest = zip(sizes, given.get("strides") or ones, given.get("dilations") or ones)
    return [_Sweep(size, stride, dilation) for size, stride, dilation in rest]


def _pooled(look: Look) -> list[Axes]:
    return [look.axes(0)[:2] + _swept(look, _sweeps(look, 0))]


def _convolved(look: Look) -> list[Axes]:
    if look.live != [0]:
        return lost(look)
    look.mixes(look.axes(0)[1])
    sweeps = _sweeps(look, 3 if look.step.operator == "QLinearConv" else 1)
    return [(look.axes(0)[0], (Part(look.out[1], None),), *_swept(look, sweeps))]


def _swept(look: Look, sweeps: Sequence[_Sweep]) -> Axes:
    """The axes that a kernel moves along."""
    made = []
    for place, sweep in enumerate(sweeps):
        missing = (look.out[place + 2] - 1) * sweep.stride + sweep.span - look.shapes[0][place + 2]
        taps = window_taps(sweep.size, sweep.dilation, _pad_before(look, place, max(missing, 0)))
        made.append(_along(look, place + 2, taps, sweep.stride))
    return tuple(made)


def _pad_before(look: Look, place: int, missing: int) -> int:
    """Padding before the first position; `missing` is what "same" padding shares out, the odd one behind or before."""
    auto = look.step.attributes.get("auto_pad", "NOTSET")
    if auto in ("SAME_UPPER", "SAME_LOWER"):
        return missing // 2 if auto == "SAME_UPPER" else missing - missing // 2
    pads = look.step.attributes.get("pads") if auto == "NOTSET" else None
    return int(pads[place]) if pads else 0


def _transposed(look: Look) -> list[Axes]:
    if look.live != [0]:
        return lost(look)
    look.mixes(look.axes(0)[1])
    made = [look.axes(0)[0], (Part(look.out[1], None),)]
    for place, sweep in enumerate(_sweeps(look, 1)):
        more = (look.step.attributes.get("output_padding") or [0] * (place + 1))[place]
        cut = sweep.stride * (look.shapes[0][place + 2] - 1) + more + sweep.span - look.out[place + 2]
        pad = _pad_before(look, place, max(cut, 0))
        if "output_shape" in look.step.attributes and look.step.attributes.get("auto_pad", "NOTSET") == "NOTSET":
            pad = cut - cut // 2
        made.append(_along(look, place + 2, transposed_taps(sweep.size, sweep.stride, sweep.dilation, pad)))
    return [tuple(made)]


def _resize(look: Look) -> list[Axes]:
    step = look.step
    old = step.operator == "Upsample" or step.version < 11
    coordinates = "asymmetric" if old else step.attributes.get("coordinate_transformation_mode", "half_pixel")
    factors = step.value(1 if old else 2, "scales") or None
    chosen = step.attributes.get("axes") or range(len(look.out))
    given = dict(zip((look.normal(axis) for axis in chosen), factors)) if factors else {}
    made = []
    for axis, (before, after) in enumerate(zip(look.shapes[0], look.out)):
        scale = Fraction(given.get(axis, Fraction(after, before))).limit_denominator(1024)
        if (scale == 1 and before == after) or not places(look.axes(0)[axis]):
            made.append(look.axes(0)[axis] if before == after else (Part(after, None),))
            continue
        if coordinates not in ("asymmetric", "half_pixel", "pytorch_half_pixel", "half_pixel_symmetric"):
            look.mixes(look.axes(0)[axis], f"positions by {coordinates}")
        taps = resized_taps(
            scale,
            step.attributes.get("mode", "nearest"),
            coordinates,
            step.attributes.get("nearest_mode", "floor" if old else "round_prefer_floor"),
            bool(step.attributes.get("antialias")),
        )
        made.append(_along(look, axis, taps, scale.denominator))
    return [tuple(made)]


def _pad(look: Look) -> list[Axes]:
    """Padding with values, with the edge or mirrored: what a tile pads wrongly lies beyond its halo."""
    pads = look.step.value(1, "pads")
    chosen = look.step.value(3) or list(range(len(look.out)))
    if pads is None or look.step.attributes.get("mode") == "wrap":
        return lost(look)
    before = dict(zip((look.normal(int(axis)) for axis in chosen), pads))
    return [_shifted(look, {axis: (-int(count), 1) for axis, count in before.items()})]


def _shifted(look: Look, cuts: dict[int, tuple[int, int]]) -> Axes:
    """Axes that start elsewhere: by axis, the first position that is read, and the step."""
    made = []
    for axis, size in enumerate(look.out):
        start, stride = cuts.get(axis, (0, 1))
        if (start, stride) == (0, 1) and (line_of(look.axes(0)[axis]) or size == look.shapes[0][axis]):
            line = line_of(look.axes(0)[axis])
            made.append((Part(size, line),) if line else look.axes(0)[axis])
        elif stride < 0:
            look.mixes(look.axes(0)[axis])
            made.append((Part(size, None),))
        else:
            made.append(_along(look, axis, [[start]], stride))
    return tuple(made)


def _slice(look: Look) -> list[Axes]:
    starts = look.step.value(1, "starts")
    if starts is None or look.live != [0]:
        return lost(look)
    axes = look.step.value(3, "axes") or list(range(len(starts)))
    steps = look.step.value(4) or [1] * len(starts)
    cuts = {}
    for axis, start, stride in zip((look.normal(int(axis)) for axis in axes), starts, steps):
        size = look.shapes[0][axis]
        cuts[axis] = (min(max(int(start) + (size if start < 0 else 0), 0), size), int(stride))
    return [_shifted(look, cuts)]


def _split(look: Look) -> list[Axes]:
    axis = look.normal(look.step.attributes.get("axis", 0))
    start, made = 0, []
    for output in look.step.outputs:
        shape = output.shape
        if shape is None:
            return lost(look)
        part = Look(Step("Slice", 0, {}, look.step.inputs, (output,), look.step.node), look.seen)
        made.append(_shifted(part, {axis: (start, 1)}))
        look.reasons += part.reasons
        start += shape[axis]
    return made


def _depth_to_space(look: Look) -> list[Axes]:
    size = look.step.attributes["blocksize"]
    look.mixes(look.axes(0)[1])
    spread = [_along(look, axis, [[0]] * size) for axis in (2, 3)]
    return [(look.axes(0)[0], (Part(look.out[1], None),), *spread)]


def _space_to_depth(look: Look) -> list[Axes]:
    size = look.step.attributes["blocksize"]
    look.mixes(look.axes(0)[1])
    gathered = [_along(look, axis, [list(range(size))], size) for axis in (2, 3)]
    return [(look.axes(0)[0], (Part(look.out[1], None),), *gathered)]


# --- Layers that sum over axes -----------------------------------------------------------------------------------


def _normalised(look: Look, axes: Sequence[int]) -> list[Axes]:
    """Layers whose values depend on everything along some axes."""
    for axis in axes:
        look.mixes(look.axes(0)[axis])
    return [look.axes(0)]


def _softmax(look: Look) -> list[Axes]:
    """Before operator set 13, softmax summed over all axes from the given one on."""
    old = look.step.version < 13
    axis = look.normal(look.step.attributes.get("axis", 1 if old else -1))
    return _normalised(look, range(axis, len(look.out)) if old else [axis])


def _layer_norm(look: Look) -> list[Axes]:
    axis = look.normal(look.step.attributes.get("axis", -1))
    return _normalised(look, range(axis, len(look.out)))


def _instance_norm(look: Look) -> list[Axes]:
    return _normalised(look, range(1 if look.step.operator == "GroupNormalization" else 2, len(look.out)))


def _one_axis_norm(look: Look) -> list[Axes]:
    default = {"LRN": 1, "LpNormalization": -1}[look.step.operator]
    return _normalised(look, [look.normal(look.step.attributes.get("axis", default))])


def _all_axes_norm(look: Look) -> list[Axes]:
    """Layers that look at the whole tensor: mean and variance, or a range to quantise by."""
    _normalised(look, look.step.attributes.get("axes") or range(len(look.out)))
    return [look.axes(0)] + [plain(output.shape) for output in look.step.outputs[1:]]


def _reduced(look: Look) -> list[Axes]:
    given, before = look.step.attributes, look.axes(0)
    if look.step.operator in ("ArgMax", "ArgMin"):
        axes = [given.get("axis", 0)]
    else:
        axes = look.step.value(1, "axes") or ([] if given.get("noop_with_empty_axes") else list(range(len(before))))
    if look.step.operator.startswith("Global"):
        axes = list(range(2, len(before)))
    gone = {int(axis) % len(before) for axis in axes}
    for axis in gone:
        look.mixes(before[axis])
    keep = given.get("keepdims", 1)
    one: Axis = (Part(1, None),)
    kept = [one if place in gone else axis for place, axis in enumerate(before) if keep or place not in gone]
    return [tuple(kept)]


def _product(look: Look) -> list[Axes]:
    """Matrix products: local where a weight is applied to each place's channels, attention where places meet."""
    second = 1 if len(look.shapes) < 4 or look.step.operator == "Gemm" else 3
    left, right = look.axes(0), look.axes(second)
    if len(left) < 2 or len(right) < 2:
        return lost(look)
    if look.step.attributes.get("transA"):
        left = left[::-1]
    if look.step.attributes.get("transB"):
        right = right[::-1]
    look.mixes(left[-1])
    look.mixes(right[-2])
    for axes, live in ((left, look.seen[0]), (right, look.seen[second])):
        if live is None and any(part.size > 1 for axis in axes[:-2] for part in axis):
            for axis in (left if axes is right else right)[:-2]:
                look.mixes(axis, FIXED_PLACES)
    rank = len(look.out)
    batch = []
    for place in range(rank - 2):
        shared: Axis = (Part(look.out[place], None),)
        for axes in (axes for axes in (left, right) if len(axes) >= rank - place):
            shared = joined(look, shared, axes[place - rank], look.out[place])
        batch.append(shared)
    return [(*batch, left[-2], right[-1])]


_ONE_INPUT = """Abs Acos Acosh Asin Asinh Atan Atanh BitwiseNot Cast CastLike Ceil Celu Clip Cos Cosh Dropout Elu Erf
Exp Floor Gelu HardSigmoid HardSwish Identity IsInf IsNaN LeakyRelu Log Mish Neg Not Reciprocal Relu Round Selu Shrink
Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Swish Tan Tanh ThresholdedRelu""".split()
_PER_CHANNEL = ("BatchNormalization", "QuantizeLinear", "DequantizeLinear")
_SOFTMAX = ("Hardmax", "LogSoftmax", "Softmax")

ONE_BY_ONE = frozenset((*_ONE_INPUT, *_PER_CHANNEL))
"""Layers that turn each value of a tensor into another."""

PLACE_BY_PLACE = frozenset(
    """Add And BitShift BitwiseAnd BitwiseOr BitwiseXor Div Equal Greater GreaterOrEqual Less LessOrEqual Max Mean Min
    Mod Mul Or PRelu Pow Sub Sum Where Xor""".split()
)
"""Layers that combine several tensors value by value."""

REDUCTIONS = frozenset(
    """ArgMax ArgMin GlobalAveragePool GlobalLpPool GlobalMaxPool ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp
    ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare""".split()
)
"""Layers that sum up axes."""

LOCAL_NORMS = frozenset((*_SOFTMAX, "LayerNormalization", "RMSNormalization", "LRN", "LpNormalization"))
"""Layers that weigh values against those along an axis, which may be the channels."""

RULES: dict[str, Rule] = {
    **dict.fromkeys(_ONE_INPUT, _first),
    **dict.fromkeys(_PER_CHANNEL, _by_channel),
    **dict.fromkeys(PLACE_BY_PLACE, _elementwise),
    **dict.fromkeys(REDUCTIONS, _reduced),
    **dict.fromkeys(("Conv", "ConvInteger", "QLinearConv"), _convolved),
    **dict.fromkeys(("MaxPool", "AveragePool", "LpPool"), _pooled),
    **dict.fromkeys(("Flatten", "Reshape", "Squeeze", "Unsqueeze"), reshaped),
    **dict.fromkeys(_SOFTMAX, _softmax),
    **dict.fromkeys(("LayerNormalization", "RMSNormalization"), _layer_norm),
    **dict.fromkeys(("InstanceNormalization", "GroupNormalization"), _instance_norm),
    **dict.fromkeys(("LRN", "LpNormalization"), _one_axis_norm),
    **dict.fromkeys(("MeanVarianceNormalization", "DynamicQuantizeLinear"), _all_axes_norm),
    **dict.fromkeys(("MatMul", "Gemm", "MatMulInteger", "QLinearMatMul"), _product),
    **dict.fromkeys(("Resize", "Upsample"), _resize),
    "Concat": _concat,
    "ConvTranspose": _transposed,
    "DepthToSpace": _depth_to_space,
    "Expand": _expand,
    "Gather": _gather,
    "Pad": _pad,
    "Slice": _slice,
    "SpaceToDepth": _space_to_depth,
    "Split": _split,
    "Transpose": _transpose,
}
