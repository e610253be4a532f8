"""Measures a network's reach by running it, against the derived one: what a derivation overlooks shows here.

A drop of dye in one pixel shows which outputs it can reach, and a tile of a random image shows whether its core is
what the whole image gives. For the dye, weights are made positive and activations taken out, so that nothing can
cancel or hide it; the tile is run with the network as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper

from ..backends.onnxruntime_backend import UNLOADABLE
from ..errors import ModelError
from .dyeable_network import dyeable
from .network_graph import NetworkGraph
from .receptive_field import ReceptiveField

DYE_BUDGET_PX = 2_000_000
"""Pixels to run in all for the dye: 16 phases of small networks, 3 of those that look far."""

FEWEST_PHASES, MOST_PHASES = 3, 16


@dataclass(frozen=True)
class Verified:
    """What running the network showed.

    Args:
        measured_radius_px: Distance from dyed pixels to the furthest output that they reached; at least the declared
            radius where that is too small. None where something sees the whole tile.
        difference: Largest difference between tiles and whole images; NaN where the only tile that the network takes
            is too small for its radius.
        exact: Whether tiles joined at the declared radius equal the whole image, bit for bit.
    """

    measured_radius_px: int | None
    difference: float
    exact: bool


def check_reach(
    model: onnx.ModelProto,
    reach: ReceptiveField,
    layout: str | None = None,
    output: str | None = None,
    threads: int = 1,
) -> Verified:
    """Hold a reach against the network itself.

    Args:
        model: The network with its weights.
        reach: What is to be checked, derived or declared.
        layout: Axes of the image inputs, as for `receptive_field`.
        output: Name of the output; None: the first.
        threads: Threads on the processor.

    Raises:
        ModelError: The network cannot be run, or its output is no map.
    """
    difference = tile_difference(model, reach, layout, output, threads)
    graph = NetworkGraph(model, output, layout)
    measured = None if reach.global_operations else _dyed_radius_px(graph, reach, threads)
    return Verified(measured, difference, measured is not None and measured <= reach.radius_px and difference == 0)


def tile_difference(
    model: onnx.ModelProto,
    reach: ReceptiveField,
    layout: str | None = None,
    output: str | None = None,
    threads: int = 1,
) -> float:
    """Largest difference between tiles and whole images alone, as `check_reach` finds it, with the same arguments."""
    graph = NetworkGraph(model, output, layout)
    if not reach.ratio:
        raise ModelError("The network's output {output} has no rows and columns.", output=graph.output)
    run = _Runner(model, graph, threads)
    return max((_difference(run, reach, trial) for trial in range(3)), key=lambda d: (math.isnan(d), d))


class _Runner:
    """Runs a network on images `(1, bands, rows, cols)` or whatever layout it has.

    Args:
        model: The network.
        graph: Its layers.
        threads: Threads on the processor.
    """

    def __init__(self, model: onnx.ModelProto, graph: NetworkGraph, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 4
        options.enable_cpu_mem_arena = False
        self.graph = graph
        try:
            self._session = onnxruntime.InferenceSession(
                model.SerializeToString(), options, providers=["CPUExecutionProvider"]
            )
        except UNLOADABLE as error:
            raise ModelError("The network cannot be loaded: {reason}.", reason=str(error)) from error
        self._kinds = {entry.name: entry.type.tensor_type.elem_type for entry in model.graph.input}

    def whole_numbers(self, name: str) -> bool:
        """Whether an input takes integers."""
        return np.issubdtype(helper.tensor_dtype_to_np_dtype(self._kinds[name]), np.integer)

    def __call__(self, images: dict[str, NDArray[np.float32]]) -> NDArray[np.float64]:
        """The output for the images; inputs that are no images are 1."""
        feeds = {}
        for entry in self.graph.inputs:
            kind = helper.tensor_dtype_to_np_dtype(self._kinds[entry.name])
            shape = [axis.dim_value or 1 for axis in entry.type.tensor_type.shape.dim]
            feeds[entry.name] = images[entry.name].astype(kind) if entry.name in images else np.ones(shape, kind)
        try:
            return np.asarray(self._session.run([self.graph.output], feeds)[0], np.float64)
        except UNLOADABLE as error:
            sizes = ", ".join(str(image.shape) for image in images.values())
            raise ModelError(
                "The network cannot be run on {sizes}: {reason}.", sizes=sizes, reason=str(error)
            ) from error


def _fixed(graph: NetworkGraph, reach: ReceptiveField) -> list[int | None]:
    """Rows and columns where only one size goes."""
    return [known or found for known, found in zip(graph.images[0].fixed, reach.size_px)]


# --- Dye ---------------------------------------------------------------------------------------------------------


def _dyed_radius_px(graph: NetworkGraph, reach: ReceptiveField, threads: int) -> int:
    """Distance from dyed pixels to the furthest output that they reach, over the phases of the stride."""
    stride_px = reach.stride_px
    room_px = -(-(reach.radius_px + reach.margin_px) // stride_px) * stride_px + 2 * stride_px
    free_px = 2 * room_px + stride_px
    rows, columns = (fixed or free_px for fixed in _fixed(graph, reach))
    run = _Runner(dyeable(graph, rows, columns), graph, threads)
    middle = [size // 2 // stride_px * stride_px for size in (rows, columns)]
    radius_px = 0
    for row, column in _phases(stride_px, DYE_BUDGET_PX // (rows * columns)):
        images = {image.name: np.zeros(image.shape(rows, columns), np.float32) for image in graph.images}
        pixel = min(middle[0] + row, rows - 1), min(middle[1] + column, columns - 1)
        for image in graph.images:
            _places_first(images[image.name], (image.row_axis, image.column_axis))[pixel] = 1
        reached = np.argwhere((_places_first(run(images), reach.axes) != 0).any(axis=-1))
        for place in (reached.min(axis=0), reached.max(axis=0)) if len(reached) else ():
            radius_px = max(radius_px, *(_distance_px(int(p), at, reach) for p, at in zip(place, pixel)))
    return radius_px


def _phases(stride_px: int, affordable: int) -> list[tuple[int, int]]:
    """Phases of rows and columns: along the diagonal, and the other two corners."""
    count = min(stride_px, max(FEWEST_PHASES, min(MOST_PHASES, affordable)))
    along = sorted({round(step * (stride_px - 1) / max(count - 1, 1)) for step in range(count)})
    return [(phase, phase) for phase in along] + [(0, stride_px - 1), (stride_px - 1, 0)] * (stride_px > 1)


def _distance_px(place: int, pixel: int, reach: ReceptiveField) -> int:
    """From a pixel to the nearest of those that an output position lies on."""
    first = math.floor(place / reach.ratio) + reach.margin_px
    last = math.ceil((place + 1) / reach.ratio) - 1 + reach.margin_px
    return max(first - pixel, pixel - last, 0)


def _places_first(values: NDArray[np.floating], axes: tuple[int, int]) -> NDArray[np.floating]:
    """A view `(rows, cols, everything else)` of an array."""
    moved = np.moveaxis(values, axes, (0, 1))
    return moved.reshape(*moved.shape[:2], -1) if not moved[0, 0].ndim else moved


# --- Tiles against whole images ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Span:
    """Along one axis of an image: what is read as the whole and as the tile, and what must be the same."""

    whole: slice
    tile: slice
    core: slice


def _span(reach: ReceptiveField, fixed_px: int | None, trial: int, steps: int) -> _Span:
    """A tile at the image's beginning, at its end or within; of fixed size, two tiles that overlap."""
    stride_px, radius_px = reach.stride_px, reach.radius_px
    if fixed_px is not None:
        core = slice(stride_px + radius_px, fixed_px - radius_px)
        return _Span(slice(0, fixed_px), slice(stride_px, stride_px + fixed_px), core)
    size = 2 * -(-(radius_px + reach.margin_px) // stride_px) * stride_px + steps * stride_px
    before, after = (steps * stride_px * (trial != 0), stride_px * (trial != 1))
    first = before + radius_px * (before > 0)
    last = before + size - radius_px * (after > 0)
    return _Span(slice(0, before + size + after), slice(before, before + size), slice(first, last))


def _difference(run: _Runner, reach: ReceptiveField, trial: int) -> float:
    """Largest difference between a tile's core and the same place of a whole random image."""
    spans = [
        _span(reach, size, trial, steps) for size, steps in zip(_fixed(run.graph, reach), (trial + 1, 2 * trial + 2))
    ]
    if any(span.core.stop <= span.core.start for span in spans):
        return math.nan
    images = _random_images(run, spans, trial)
    outputs = [
        run(_cut(run.graph, images, extents))
        for extents in ([span.whole for span in spans], [span.tile for span in spans])
    ]
    if outputs[0].ndim <= max(reach.axes):
        raise ModelError("The network's output {output} has no rows and columns.", output=run.graph.output)
    whole, tile = (_places_first(values, reach.axes) for values in outputs)
    cores = [_core(span, reach, size) for span, size in zip(spans, tile.shape)]
    shifts = [int((span.tile.start - span.whole.start) * reach.ratio) for span in spans]
    once = whole[tuple(slice(core.start + shift, core.stop + shift) for core, shift in zip(cores, shifts))]
    tiled = tile[tuple(cores)]
    if once.shape != tiled.shape:
        return math.inf
    if not (np.isfinite(once).any() and np.isfinite(tiled).any()):
        raise ModelError(
            "On a trial the network gave no number at all (NaN or infinity everywhere). It may be damaged, or want "
            "other values than it was tried with: check the file, MEAN and STD."
        )
    unequal = np.abs(once - tiled)[~(np.isnan(once) & np.isnan(tiled))]
    return math.inf if np.isnan(unequal).any() else float(unequal.max(initial=0))


def _core(span: _Span, reach: ReceptiveField, size: int) -> slice:
    """The core among a tile's output positions, of which there are `size`."""
    first = math.ceil((span.core.start - span.tile.start - reach.margin_px) * reach.ratio)
    last = math.floor((span.core.stop - span.tile.start - reach.margin_px) * reach.ratio)
    return slice(max(first, 0), min(last, size))


def _random_images(run: _Runner, spans: list[_Span], seed: int) -> dict[str, NDArray[np.float32]]:
    """Values of 0-1, or 0-255 for whole numbers."""
    rng = np.random.default_rng(seed)
    rows, columns = (max(span.whole.stop, span.tile.stop) for span in spans)
    images = {}
    for image in run.graph.images:
        shape = list(image.shape(rows, columns))
        shape[image.row_axis], shape[image.column_axis] = rows, columns
        top = 255 if run.whole_numbers(image.name) else 1
        images[image.name] = (rng.random(shape) * top).astype(np.float32)
    return images


def _cut(
    graph: NetworkGraph, images: dict[str, NDArray[np.float32]], extents: list[slice]
) -> dict[str, NDArray[np.float32]]:
    """The same rows and columns of every image."""
    cut = {}
    for image in graph.images:
        place = [slice(None)] * len(image.sizes)
        place[image.row_axis], place[image.column_axis] = extents
        cut[image.name] = images[image.name][tuple(place)]
    return cut
