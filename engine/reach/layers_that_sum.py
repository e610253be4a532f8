"""What positions see behind layers that sum over axes: norms, reductions and matrix products."""

from __future__ import annotations

from collections.abc import Sequence

from .layer_axes import FIXED_PLACES, Axes, Axis, Look, Part, joined, lost, plain


def normalised(look: Look, axes: Sequence[int]) -> list[Axes]:
    """Layers whose values depend on everything along some axes."""
    for axis in axes:
        look.mixes(look.axes(0)[axis])
    return [look.axes(0)]


def softmaxed(look: Look) -> list[Axes]:
    """Before operator set 13, softmax summed over all axes from the given one on."""
    old = look.step.version < 13
    axis = look.normal(look.step.attributes.get("axis", 1 if old else -1))
    return normalised(look, range(axis, len(look.out)) if old else [axis])


def layer_norm(look: Look) -> list[Axes]:
    """Mean and variance over all axes from the given one on."""
    axis = look.normal(look.step.attributes.get("axis", -1))
    return normalised(look, range(axis, len(look.out)))


def instance_norm(look: Look) -> list[Axes]:
    """Mean and variance over the image, of each channel or each group of them."""
    return normalised(look, range(1 if look.step.operator == "GroupNormalization" else 2, len(look.out)))


def one_axis_norm(look: Look) -> list[Axes]:
    """Values against those beside them along one axis."""
    default = {"LRN": 1, "LpNormalization": -1}[look.step.operator]
    return normalised(look, [look.normal(look.step.attributes.get("axis", default))])


def all_axes_norm(look: Look) -> list[Axes]:
    """Layers that look at the whole tensor: mean and variance, or a range to quantise by."""
    normalised(look, look.step.attributes.get("axes") or range(len(look.out)))
    return [look.axes(0)] + [plain(output.shape) for output in look.step.outputs[1:]]


def reduced(look: Look) -> list[Axes]:
    """Sums, means and extremes along some axes, and global pooling."""
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


def product(look: Look) -> list[Axes]:
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
