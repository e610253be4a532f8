"""Derives from an ONNX graph how far a network looks, so that no declared radius has to be trusted.

Sightlines are followed from the image to the output, layer by layer (`layer_views.py`), for two image sizes: what
differs between them depends on the size and cannot be tiled exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import onnx

from ..errors import ModelError
from ..library.card import SIZES_BAKED_IN
from .layer_axes import MIXES, Axes, line_of, plain
from .layer_views import PLACE_BY_PLACE, RULES, views_behind
from .network_graph import NetworkGraph, Step, reads
from .sightline import Sightline, image_axis

PROBE_PX = 26_880
"""Side of the image that sizes are computed for: 2⁸·3·5·7, so that most strides divide it. No layer is run."""

COMMON_SIZES_PX = (64, 128, 192, 224, 256, 384, 512, 640, 768, 896, 1024)
"""Tried where a model declares any size but was exported with one baked in."""

LARGEST_STRIDE_PX = 4096
"""Above it tiles cannot be aligned within memory; only resizing by odd factors gets there."""

Size = tuple[int, int]
"""Rows and columns."""


@dataclass(frozen=True)
class ReceptiveField:
    """How far a network looks.

    Args:
        stride_px: Tile origins are multiples of it.
        radius_px: Distance to the furthest input pixel that reaches an output pixel, along rows or columns, at any
            phase of the stride; of the local layers alone where there are global operations.
        ratio: Output pixels per input pixel along each axis: 2 for super-resolution by 2; 0: the output is no map.
        margin_px: By how many input pixels the output is smaller on each side (convolutions without padding).
        global_operations: What sees the whole tile, in plain words; empty where tiles join exactly.
        size_px: Rows and columns of the only tile that the network takes; None for those that are free.
        axes: Positions of rows and columns among the output's axes.
    """

    stride_px: int
    radius_px: int
    ratio: Fraction = Fraction(1)
    margin_px: int = 0
    global_operations: tuple[str, ...] = ()
    size_px: tuple[int | None, int | None] = (None, None)
    axes: tuple[int, int] = (2, 3)


def receptive_field(model: onnx.ModelProto, layout: str | None = None, output: str | None = None) -> ReceptiveField:
    """Derive a network's reach.

    Args:
        model: The network; the values of its weights are not needed.
        layout: Axes of the image inputs as letters ("NCHW", "NHWC", "NTCHW"); None: found out.
        output: Name of the output; None: the first.

    Raises:
        ModelError: The network has no such output, no image input, scales rows and columns differently, or loses more
            of its edge on tiles of whole strides than on others.
    """
    graph = NetworkGraph(model, output, layout)
    fixed = graph.images[0].fixed
    walk = _walk(graph, PROBE_PX)
    if walk.broken and None in fixed:
        return _of_one_size(graph)
    stride_px = min(walk.stride_px, LARGEST_STRIDE_PX)
    base_px = -(-PROBE_PX // stride_px) * stride_px
    walk = _walk(graph, base_px)
    if walk.margin_px > 0 and None in fixed:
        _check_sizes([walk.margin_px, *(_walk(graph, base_px + more).margin_px for more in range(1, stride_px))])
    notes = dict.fromkeys(walk.notes)
    if walk.stride_px > LARGEST_STRIDE_PX:
        notes[f"a stride of {walk.stride_px} px"] = None
    if None in fixed:
        larger = _walk(graph, base_px + stride_px)
        notes.update(dict.fromkeys((*larger.notes, *_differences(walk, larger))))
    return _summed_up(walk, tuple(notes), fixed)


def _check_sizes(margins_px: list[int]) -> None:
    """Refuse a network whose layers come out even only for sizes between the multiples of its stride.

    Args:
        margins_px: What its output lacks on each side, for a multiple of the stride and each size up to the next.

    Raises:
        ModelError: Its margin is smaller at another size.
    """
    remainder_px = margins_px.index(min(margins_px))
    if remainder_px:
        raise ModelError(
            "The sides of tiles for this network must be a multiple of {stride} px plus {remainder}, since it does not "
            "pad. Export it with convolutions that pad, or for tiles of one such size.",
            stride=len(margins_px),
            remainder=remainder_px,
        )


def _of_one_size(graph: NetworkGraph) -> ReceptiveField:
    """The reach of a network that declares any size but has sizes baked in: at the first size that fits."""
    for size_px in COMMON_SIZES_PX:
        walk = _walk(graph, size_px)
        if not walk.broken:
            return _summed_up(walk, (*walk.notes, SIZES_BAKED_IN), walk.size_px)
    walk = _walk(graph, PROBE_PX)
    return _summed_up(walk, (*walk.notes, "sizes that cannot be told"), graph.images[0].fixed)


@dataclass(frozen=True)
class _Walk:
    """What was seen on the way through a network, for one image size.

    Args:
        size_px: The image's size.
        seen: Axes of every tensor that depends on the image.
        steps: The layers that do.
        notes: What sees the whole tile.
        output: The output's axes.
        broken: Whether some layer cannot be applied at this size.
    """

    size_px: Size
    seen: dict[str, Axes]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    output: Axes
    broken: bool

    @property
    def stride_px(self) -> int:
        """The distance after which the pattern of all layers repeats."""
        lines = (part.line for axes in self.seen.values() for axis in axes for part in axis)
        return math.lcm(*(line.jump_px.numerator for line in lines if line is not None))

    @property
    def end_axes(self) -> tuple[int, int]:
        """Positions of rows and columns among the output's axes, where it is a map."""
        found = {
            line.axis: position for position, axis in enumerate(self.output) if (line := line_of(axis)) is not None
        }
        return found[0], found[1]

    @property
    def ends(self) -> list[tuple[Sightline, int]]:
        """Line and size of the output's rows and of its columns; empty if it is no map."""
        ends = {line.axis: (line, axis[0].size) for axis in self.output if (line := line_of(axis)) is not None}
        return [ends[0], ends[1]] if len(ends) == 2 else []

    @property
    def margin_px(self) -> int:
        """By how much the output is smaller than the image on each side."""
        short = [size_px - line.jump_px * size for size_px, (line, size) in zip(self.size_px, self.ends)]
        return math.floor(min(short, default=Fraction(0)) / 2)


def _walk(graph: NetworkGraph, side_px: int) -> _Walk:
    """Follow the sightlines through a network for a square image, or the size that the model fixes."""
    fixed_rows, fixed_columns = graph.images[0].fixed
    rows, columns = fixed_rows or side_px, fixed_columns or side_px
    seen = _start(graph, rows, columns)
    steps: list[Step] = []
    notes: dict[str, None] = {}
    broken = False
    for step in graph.steps(rows, columns):
        inputs = tuple(seen.get(tensor.name) if tensor is not None else None for tensor in step.inputs)
        inside = [name for name in reads(step.node) - set(step.node.input) if name in seen]
        if not step.live:
            continue
        outputs, reasons = views_behind(step, inputs, (rows, columns))
        reasons += ["branches or loops"] * bool(inside)
        notes.update(dict.fromkeys(_plain_name(step.operator, reason) for reason in reasons))
        seen.update({tensor.name: axes for tensor, axes in zip(step.outputs, outputs) if tensor.name})
        broken |= step.operator in RULES and step.outputs[0].shape is None
        steps.append(step)
    return _Walk((rows, columns), seen, tuple(steps), tuple(notes), seen.get(graph.output, ()), broken)


def _start(graph: NetworkGraph, rows: int, columns: int) -> dict[str, Axes]:
    """Axes of the inputs; those that are no images have no places."""
    seen = {entry.name: plain((1,) * len(entry.type.tensor_type.shape.dim)) for entry in graph.inputs}
    for image in graph.images:
        axes = list(plain(image.shape(rows, columns)))
        for axis, place in enumerate((image.row_axis, image.column_axis)):
            axes[place] = (axes[place][0]._replace(line=image_axis(axis)),)
        seen[image.name] = tuple(axes)
    return seen


def _differences(walk: _Walk, other: _Walk) -> list[str]:
    """Layers that do something else for another image size."""
    return [
        _plain_name(step.operator, "depends on the tile's size")
        for step, twin in zip(walk.steps, other.steps)
        if (
            _lines(walk, step.node.output) != _lines(other, step.node.output)
            and _lines(walk, step.node.input) == _lines(other, step.node.input)
        )
        or (step.operator in PLACE_BY_PLACE and _values(step) != _values(twin))
    ]


def _lines(walk: _Walk, names: Iterable[str]) -> list[list[list[Sightline | None]]]:
    """Sightlines of some tensors, without their sizes."""
    return [[[part.line for part in axis] for axis in walk.seen.get(name, ())] for name in names]


def _values(step: Step) -> list[list[float]]:
    """Known values that go into a layer."""
    return [tensor.value.ravel().tolist() for tensor in step.inputs if tensor is not None and tensor.value is not None]


def _summed_up(walk: _Walk, notes: tuple[str, ...], size_px: tuple[int | None, int | None]) -> ReceptiveField:
    """The receptive field that a walk showed."""
    if not walk.ends:
        nowhere = ("an output without rows and columns",)
        return ReceptiveField(walk.stride_px, 0, Fraction(0), 0, notes + nowhere, size_px)
    (rows, _), (columns, _) = walk.ends
    if rows.jump_px != columns.jump_px:
        raise ModelError(
            "The network's output has {rows} input pixels per row and {columns} per column; they must be the same.",
            rows=str(rows.jump_px),
            columns=str(columns.jump_px),
        )
    return ReceptiveField(
        stride_px=walk.stride_px,
        radius_px=max(_radius_px(line, walk.margin_px) for line in (rows, columns)),
        ratio=1 / rows.jump_px,
        margin_px=walk.margin_px,
        global_operations=notes,
        size_px=size_px,
        axes=walk.end_axes,
    )


def _radius_px(line: Sightline, margin_px: int) -> int:
    """Furthest pixel that a position sees, from the pixels that it lies on."""
    radius_px = 0
    for position, (first, last) in enumerate(line.views):
        if first <= last:
            own_first = math.floor(position * line.jump_px) + margin_px
            own_last = math.ceil((position + 1) * line.jump_px) - 1 + margin_px
            radius_px = max(radius_px, own_first - first, last - own_last)
    return radius_px


def _plain_name(operator: str, reason: str) -> str:
    if reason == MIXES:
        reason = next((words for part, words in MIXING.items() if part in operator), "mixing of places")
    return f"{reason} ({operator})"


MIXING = {
    "MatMul": "attention",
    "Gemm": "attention",
    "Global": "global pooling",
    "Reduce": "statistics over the image",
    "Arg": "statistics over the image",
    "Norm": "normalisation over the image",
    "Softmax": "normalisation over the image",
}
"""Plain words for what mixes places, by part of the operator's name."""
