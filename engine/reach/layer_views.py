"""Says for each kind of layer what its output's positions see, given what its inputs' positions see.

A layer that lets positions see more than a sightline can say (mean over the image, attention, values bound to places)
is noted with its reason; so is every operator without a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .layer_axes import Axes, Look, fitted, once, plain, reshaped
from .layers_in_place import by_channel, concatenated, elementwise, expanded, gathered, of_one_input, permuted
from .layers_that_move import depth_to_space, padded, resized, sliced, space_to_depth, split_up
from .layers_that_sum import all_axes_norm, instance_norm, layer_norm, one_axis_norm, product, reduced, softmaxed
from .layers_with_kernels import convolved, pooled, transposed
from .network_graph import Step

Rule = Callable[[Look], Sequence[Axes]]

UNKNOWN = "unknown operator"


def views_behind(step: Step, seen: tuple[Axes | None, ...], sides_px: tuple[int, int]) -> tuple[list[Axes], list[str]]:
    """Axes of a layer's outputs, and the reasons why they see more than these say.

    Args:
        step: The layer.
        seen: Axes of its inputs; None for those that do not depend on the image.
        sides_px: Rows and columns of the image.
    """
    look = Look(step, seen, sides_px)
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
    **dict.fromkeys(_ONE_INPUT, of_one_input),
    **dict.fromkeys(_PER_CHANNEL, by_channel),
    **dict.fromkeys(PLACE_BY_PLACE, elementwise),
    **dict.fromkeys(REDUCTIONS, reduced),
    **dict.fromkeys(("Conv", "ConvInteger", "QLinearConv"), convolved),
    **dict.fromkeys(("MaxPool", "AveragePool", "LpPool"), pooled),
    **dict.fromkeys(("Flatten", "Reshape", "Squeeze", "Unsqueeze"), reshaped),
    **dict.fromkeys(_SOFTMAX, softmaxed),
    **dict.fromkeys(("LayerNormalization", "RMSNormalization"), layer_norm),
    **dict.fromkeys(("InstanceNormalization", "GroupNormalization"), instance_norm),
    **dict.fromkeys(("LRN", "LpNormalization"), one_axis_norm),
    **dict.fromkeys(("MeanVarianceNormalization", "DynamicQuantizeLinear"), all_axes_norm),
    **dict.fromkeys(("MatMul", "Gemm", "MatMulInteger", "QLinearMatMul"), product),
    **dict.fromkeys(("Resize", "Upsample"), resized),
    "Concat": concatenated,
    "ConvTranspose": transposed,
    "DepthToSpace": depth_to_space,
    "Expand": expanded,
    "Gather": gathered,
    "Pad": padded,
    "Slice": sliced,
    "SpaceToDepth": space_to_depth,
    "Split": split_up,
    "Transpose": permuted,
}
