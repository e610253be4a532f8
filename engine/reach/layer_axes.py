"""Keeps book of which axes of a tensor are places in the image, through reshaping and through layers of several inputs.

Every axis of a tensor is a tuple of parts, as reshaping joins and splits axes: `(rows, columns)` flattened into tokens
are one axis of two parts. A part is a size with a sightline, or without one: channels, heads, places inside a window.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Optional

from .network_graph import Shape, Step
from .sightline import Sightline


class Part(NamedTuple):
    """A factor of an axis: its size, and its sightline if its positions are places in the image."""

    size: int
    line: Optional[Sightline]  # noqa: UP045 -- evaluated at run time, by Python 3.9 too


Axis = tuple[Part, ...]
Axes = tuple[Axis, ...]

LARGEST_WITHIN = 1024
"""Most positions within a place that are followed when reshaping joins and splits axes."""

MIXES = "mixing of places"
FIXED_PLACES = "values bound to places"


@dataclass
class Look:
    """A layer and what its inputs see.

    Args:
        step: The layer.
        seen: Axes of each input; None for those that do not depend on the image.
        sides_px: Rows and columns of the image.
        reasons: Why the layer sees more than its sightlines say; empty if it does not.
    """

    step: Step
    seen: tuple[Axes | None, ...]
    sides_px: tuple[int, int]
    reasons: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = [t.shape or () if t is not None else () for t in self.step.inputs]
        self.out: tuple[int, ...] = self.step.outputs[0].shape or ()
        self.live = [position for position, axes in enumerate(self.seen) if axes is not None]

    def axes(self, position: int) -> Axes:
        """Axes of an input, whether or not it depends on the image."""
        axes = self.seen[position] if position < len(self.seen) else None
        return axes if axes is not None else plain(self.shapes[position])

    def mixes(self, axis: Axis, reason: str = MIXES) -> bool:
        """Note the reason if the axis holds places."""
        if not places(axis):
            return False
        self.reasons.append(reason)
        return True

    def normal(self, axis: int) -> int:
        """An axis of the output, counted from the front."""
        return axis % max(len(self.out), 1)


def plain(shape: Shape) -> Axes:
    """Axes without places."""
    return tuple((Part(size, None),) for size in shape or ())


def places(axis: Axis) -> bool:
    """Whether positions along an axis are places in the image."""
    return any(part.line is not None for part in axis)


def line_of(axis: Axis) -> Sightline | None:
    """The sightline of an axis that is nothing but rows or columns."""
    return axis[0].line if len(axis) == 1 else None


def merged(look: Look, target: tuple[int, ...], skip: int | None = None) -> Axes:
    """Axes of several inputs laid on each other, after ONNX's broadcasting; one axis may be left out."""
    merged: list[Axis] = []
    for place, size in enumerate(target):
        axis: Axis = (Part(size, None),)
        constants = 1
        for position, shape in enumerate(look.shapes):
            own = place - (len(target) - len(shape))
            if own < 0 or place == skip:
                continue
            if look.seen[position] is None:
                constants = max(constants, 1 if _uniform(look, position) else shape[own])
            else:
                axis = joined(look, axis, look.axes(position)[own], size)
        if constants > 1:
            look.mixes(axis, FIXED_PLACES)
        merged.append(axis)
    return tuple(merged)


def _uniform(look: Look, position: int) -> bool:
    """Whether a constant is the same everywhere."""
    tensor = look.step.inputs[position]
    return tensor is None or (tensor.value is not None and bool((tensor.value == tensor.value.ravel()[:1]).all()))


def joined(look: Look, one: Axis, other: Axis, size: int) -> Axis:
    """One axis of two tensors laid on each other; without places in one of them, those of the other."""
    if not places(other) or (math.prod(part.size for part in other) != size and look.mixes(other)):
        return one
    if not places(one):
        return other
    parts = [_together(left, right) for left, right in zip(one, other)] if len(one) == len(other) else [None]
    if None in parts:
        look.mixes(one, "tensors of different scale")
        return one
    return tuple(part for part in parts if part is not None)


def _together(left: Part, right: Part) -> Part | None:
    """One part of two; None where they do not lie on each other."""
    if left.line is None or right.line is None:
        return left if left == right else None
    line = left.line.joined(right.line)
    return Part(left.size, line) if line is not None and left.size == right.size else None


def fitted(look: Look, axes: Axes, shape: Shape) -> Axes:
    """Axes of a side output only as far as its shape is the first one's."""
    if tuple(math.prod(part.size for part in axis) for axis in axes) == shape:
        return axes
    for axis in axes:
        look.mixes(axis)
    return plain(shape)


def once(look: Look, axes: Axes) -> Axes:
    """Rows and columns once each: a second axis of the same places, as between all pairs of tokens, loses them."""
    met: set[int] = set()
    kept = []
    for axis in axes:
        parts = []
        for part in axis:
            again = part.line is not None and part.line.axis in met
            if again:
                look.reasons.append(MIXES)
            elif part.line is not None:
                met.add(part.line.axis)
            parts.append(Part(part.size, None) if again else part)
        kept.append(tuple(parts))
    return tuple(kept)


def reshaped(look: Look) -> list[Axes]:
    """Joins and splits axes in reading order.

    Splitting rows into (windows, places inside) gives a line of windows, each of which sees all of its places. Joining
    places with what lies within each (pixel shuffling) gives finer places.
    """
    if look.live != [0]:
        return lost(look)
    rest = [part for axis in look.axes(0) for part in axis if part.size != 1 or part.line is not None][::-1]
    made: list[Axis] = []
    for size in look.out:
        parts: list[Part] = []
        while rest and math.prod(part.size for part in parts) < size:
            part = rest.pop()
            wanted = size // math.prod(taken.size for taken in parts)
            if part.size > wanted:
                inner = part.size // wanted
                if wanted * inner != part.size or (part.line and inner > LARGEST_WITHIN):
                    return lost(look)
                rest.append(Part(inner, None))
                part = Part(wanted, part.line and part.line.through([list(range(inner))], inner))
            parts.append(part)
        if math.prod(part.size for part in parts) != size:
            return lost(look)
        made.append(_neat(parts))
    for part in rest:
        look.mixes((part,))
    return [tuple(made)]


def _neat(parts: Sequence[Part]) -> Axis:
    """Adjacent parts made one where they are one: channels of channels, and what lies within a place."""
    neat: list[Part] = []
    for part in parts:
        joins = neat and part.line is None and (neat[-1].line is None or part.size <= LARGEST_WITHIN)
        if joins:
            outer = neat.pop()
            line = outer.line and outer.line.through([[0]] * part.size)
            neat.append(Part(outer.size * part.size, line))
        else:
            neat.append(part)
    return tuple(neat) or (Part(1, None),)


def lost(look: Look) -> list[Axes]:
    """Places cannot be told any more."""
    for position in look.live:
        for axis in look.axes(position):
            look.mixes(axis)
    return [plain(tensor.shape) for tensor in look.step.outputs]


def along(look: Look, axis: int, taps: Sequence[Sequence[int]], advance: int = 1) -> Axis:
    """An axis of the first input behind a layer with taps."""
    before, size = look.axes(0)[axis], look.out[axis]
    line = line_of(before)
    if line is None:
        look.mixes(before)
        return (Part(size, None),)
    period, positions = len(taps), before[0].size
    ends = range(max(size - period, 0), size)
    pads_before = any(tap < 0 for phase in taps for tap in phase)
    pads_after = any(tap + end // period * advance >= positions for end in ends for tap in taps[end % period])
    line = line.padded(positions, look.sides_px[line.axis], pads_before, pads_after)
    return (Part(size, line.through(taps, advance)),)
