"""What positions see behind layers that keep places apart: value by value, stacked, reordered, repeated, picked."""

from __future__ import annotations

import math

from .layer_axes import FIXED_PLACES, Axes, Look, Part, joined, line_of, lost, merged, plain
from .layers_that_sum import normalised


def of_one_input(look: Look) -> list[Axes]:
    """Layers of one input and parameters."""
    if look.live != [0]:
        return elementwise(look)
    return [look.axes(0)]


def by_channel(look: Look) -> list[Axes]:
    """Batch normalisation and quantisation: parameters per position of one axis."""
    axis = look.normal(look.step.attributes.get("axis", 1))
    single = all(math.prod(shape) <= 1 for shape in look.shapes[1:])
    if not single and axis < len(look.axes(0)):
        look.mixes(look.axes(0)[axis], FIXED_PLACES)
    if look.step.attributes.get("training_mode"):
        return normalised(look, range(len(look.out)))
    return of_one_input(look)


def elementwise(look: Look) -> list[Axes]:
    """Sums, products and whatever else combines tensors value by value."""
    return [merged(look, look.out)]


def concatenated(look: Look) -> list[Axes]:
    """Stacked channels. Strung places (a rolled image) see more; they keep the longest piece's line for its stride."""
    axis = look.normal(look.step.attributes.get("axis", 0))
    made = list(merged(look, look.out, skip=axis))
    for position in sorted(look.live, key=lambda position: look.shapes[position][axis]):
        if look.mixes(look.axes(position)[axis]):
            made[axis] = (Part(look.out[axis], line_of(look.axes(position)[axis])),)
    return [tuple(made)]


def permuted(look: Look) -> list[Axes]:
    """Axes in another order."""
    axes = look.axes(0)
    order = look.step.attributes.get("perm") or range(len(axes))[::-1]
    return [tuple(axes[axis] for axis in order)]


def expanded(look: Look) -> list[Axes]:
    """A tensor repeated along axes where it has one position."""
    if look.live != [0]:
        return lost(look)
    more = len(look.out) - len(look.axes(0))
    axes = plain(look.out[:more]) + look.axes(0)
    return [tuple(joined(look, (Part(size, None),), axis, size) for axis, size in zip(axes, look.out))]


def gathered(look: Look) -> list[Axes]:
    """Positions picked by number along one axis: of channels local, of places not."""
    data, indices = look.axes(0), look.axes(1)
    axis = look.step.attributes.get("axis", 0) % len(data)
    behind = axis + 1
    look.mixes(data[axis])
    return [data[:axis] + indices + data[behind:]]
