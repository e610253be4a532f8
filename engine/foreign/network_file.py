"""Opens an ONNX file that says nothing of itself and finds out by looking and by one trial what it takes and gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from google.protobuf.message import DecodeError
from onnxruntime.capi import onnxruntime_pybind11_state as runtime

from ..backends.backend import unloadable
from ..errors import ModelError
from ..library.formats import check_format
from ..reach.network_graph import NetworkGraph

ANY = -1
"""A size that the network leaves open."""

DATA_TYPES = {"tensor(float)": "float32", "tensor(float16)": "float16", "tensor(uint8)": "uint8"}
"""What inputs may hold, by onnxruntime's name."""

MOST_BANDS = 32
"""An axis of more elements is taken for rows or columns where the shape alone does not say."""

PASSING = ("Identity", "Cast", "Transpose", "Reshape", "Squeeze", "Unsqueeze", "Resize", "Crop", "Slice")
"""Operations that leave open what the numbers mean."""

CHOOSING = "ArgMax"
"""The operation that makes class numbers of scores."""

UNUSABLE = (
    runtime.Fail,
    runtime.InvalidArgument,
    runtime.InvalidGraph,
    runtime.InvalidProtobuf,
    runtime.NotImplemented,
    runtime.RuntimeException,
    RuntimeError,
    ValueError,
)
"""What onnxruntime raises for networks that it can neither load nor run; its own kinds have no root but `Exception`."""


@dataclass(frozen=True)
class Taken:
    """One raster that a network takes.

    Args:
        name: Name of the input.
        shape: Its four axes; `ANY` where the network leaves the size open.
        layout: `NCHW` or `NHWC`.
        data_type: `float32`, `float16` or `uint8`.
    """

    name: str
    shape: tuple[int, ...]
    layout: str
    data_type: str

    @property
    def bands(self) -> int:
        """How many bands it has."""
        return self.shape[self.layout.index("C")]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of its tiles; `ANY` where they are left open."""
        return self.shape[self.layout.index("H")], self.shape[self.layout.index("W")]


@dataclass(frozen=True)
class Given:
    """One array that a network gave in the trial.

    Args:
        name: Name of the output.
        shape: Its axes.
        data_type: As numpy names it.
        lowest: The lowest number in it.
        highest: The highest.
        operation: What made it, as ONNX names it; operations that only move numbers are looked through.
        choices: Of class numbers, how many scores each was chosen from; `None`: not known, or no class numbers.
        whole: Whether all numbers in it are whole.
        empty: Whether there is none in it, but NaN or infinity everywhere.
    """

    name: str
    shape: tuple[int, ...]
    data_type: str
    lowest: float
    highest: float
    operation: str
    choices: int | None = None
    whole: bool = False
    empty: bool = False


@dataclass(frozen=True)
class NetworkFile:
    """What was found out.

    Args:
        inputs: What it takes.
        outputs: What it gave.
        size_px: Rows and columns of the trial's tile.
        parameters: How many weights it has.
    """

    inputs: tuple[Taken, ...]
    outputs: tuple[Given, ...]
    size_px: tuple[int, int]
    parameters: int

    @property
    def takes_any_size(self) -> bool:
        """Whether tiles may have any size, or at least more than one."""
        return all(taken.size[0] == ANY for taken in self.inputs)


def load(path: Path) -> onnx.ModelProto:
    """Read an ONNX file. Weights in other files stay there until `outside_weights.load_weights`.

    Raises:
        ModelError: It is missing, damaged or no ONNX file.
    """
    check_format(path)
    try:
        model = onnx.load(str(path), load_external_data=False)
    except FileNotFoundError as error:
        raise ModelError("There is no file {path}.", path=str(path)) from error
    except OSError as error:
        raise ModelError("{path} cannot be read: {reason}.", path=str(path), reason=str(error)) from error
    except DecodeError as error:
        raise ModelError("{path} is not a valid ONNX file.", path=str(path)) from error
    if not (model.graph.node and model.graph.output):
        raise ModelError("{path} is not a valid ONNX file.", path=str(path))
    return model


def metadata(model: onnx.ModelProto) -> dict[str, str]:
    """The texts that whoever made the file put into it, by key."""
    return {entry.key: entry.value for entry in model.metadata_props}


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """Make a network ready for a trial.

    Raises:
        ModelError: onnxruntime cannot load it.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except UNUSABLE as error:
        raise unloadable(path, error) from error


def inputs_of(
    session: onnxruntime.InferenceSession, bands: int, path: Path, open_layout: str = "NCHW"
) -> tuple[Taken, ...]:
    """What a network takes.

    Args:
        session: The network.
        bands: How many bands it reads where its shape leaves that open; 0: not known.
        path: Its file, for messages.
        open_layout: The order of axes where all of them are left open.

    Raises:
        ModelError: It takes something else than rasters.
    """
    inputs = tuple(_taken(entry, bands, path, open_layout) for entry in session.get_inputs())
    if not inputs:
        raise ModelError("The network in {path} takes no raster.", path=str(path))
    return inputs


def try_out(
    session: onnxruntime.InferenceSession,
    inputs: tuple[Taken, ...],
    sides_px: Iterable[int],
    model: onnx.ModelProto,
    path: Path,
) -> NetworkFile:
    """Run a network on noise, on a tile of its own size or of the first of some sizes that it takes.

    Raises:
        ModelError: It cannot be run.
    """
    fixed = {taken.size for taken in inputs if ANY not in taken.size}
    if len(fixed) > 1:
        raise ModelError(
            "The inputs of the network in {path} take tiles of different sizes ({found} px). They must be alike.",
            path=str(path),
            found=", ".join(_shown(size) for size in sorted(fixed)),
        )
    arrays, size_px = _run(session, inputs, fixed or [(side, side) for side in sides_px], path)
    outputs = tuple(_given(name, array, model, inputs[0].layout, size_px) for name, array in arrays.items())
    parameters = sum(int(np.prod(tensor.dims)) for tensor in model.graph.initializer)
    return NetworkFile(inputs, outputs, size_px, parameters)


def _taken(entry: Any, bands: int, path: Path, open_layout: str) -> Taken:
    """Read an input of onnxruntime's session."""
    shape = tuple(size if isinstance(size, int) and size > 0 else ANY for size in entry.shape)
    if entry.type not in DATA_TYPES:
        raise ModelError(
            "The network in {path} takes {found} as {name}. Rasters are given as {known}; export it for one of them.",
            path=str(path),
            found=entry.type,
            name=entry.name,
            known=", ".join(DATA_TYPES.values()),
        )
    if len(shape) != 4:
        raise ModelError(
            "The network in {path} takes an array of {found} axes as {name}. A raster has four: batch, bands, rows and "
            "columns. Networks for series of images, numbers or text do not run here.",
            path=str(path),
            found=len(shape),
            name=entry.name,
        )
    layout = "NHWC" if _bands_come_last(shape) else "NCHW"
    if set(shape[1:]) == {ANY}:
        layout = open_layout
    if shape[layout.index("C")] == ANY:
        told = _told(bands, entry.name, path)
        shape = tuple(told if axis == "C" else size for axis, size in zip(layout, shape))
    taken = Taken(entry.name, shape, layout, DATA_TYPES[entry.type])
    if taken.size.count(ANY) == 1:
        raise ModelError(
            "The network in {path} takes tiles of {size} px. Only tiles of one size, or of any, can be given; export "
            "it so.",
            path=str(path),
            size=_shown(taken.size),
        )
    return taken


def _shown(size_px: tuple[int, int]) -> str:
    """Rows and columns as users read them."""
    return " x ".join("any" if side == ANY else str(side) for side in size_px)


def _told(bands: int, name: str, path: Path) -> int:
    """The number of bands that is told where the network leaves it open."""
    if not bands:
        raise ModelError(
            "The network in {path} does not say how many bands it reads as {name}. Give their names as BAND_NAMES, "
            "for example red;green;blue",
            path=str(path),
            name=name,
        )
    return bands


def _bands_come_last(shape: tuple[int, ...]) -> bool:
    """Whether the last axis, not the second, is that of the bands: a square is elsewhere, or only the last is small."""
    _, second, third, last = shape
    if second == third != last and last != ANY:
        return True
    if third == last != second and second != ANY:
        return False
    few = range(1, MOST_BANDS + 1)
    return last in few and second not in few


def _run(
    session: onnxruntime.InferenceSession, inputs: tuple[Taken, ...], sizes_px: Iterable[tuple[int, int]], path: Path
) -> tuple[dict[str, Any], tuple[int, int]]:
    """Run the network on noise.

    Returns:
        Each output by its name, and rows and columns of the tile.
    """
    names = [output.name for output in session.get_outputs()]
    reason = ""
    for size_px in sizes_px:
        noise = {taken.name: _noise(taken, size_px) for taken in inputs}
        try:
            return dict(zip(names, session.run(None, noise))), size_px
        except UNUSABLE as error:
            reason = reason or _sentence(error)
    raise ModelError(
        "The network in {path} cannot be run on a trial tile: {reason}. If it takes one size only, export it with "
        "that size in its shape.",
        path=str(path),
        reason=reason,
    )


def _sentence(error: Exception) -> str:
    """What onnxruntime says, on one line and without its full stop."""
    return " ".join(str(error).split()).rstrip(".")


def _noise(taken: Taken, size_px: tuple[int, int]) -> Any:
    """A tile of noise, always the same."""
    sizes = {"N": max(1, taken.shape[0]), "C": taken.bands, "H": size_px[0], "W": size_px[1]}
    noise = np.random.default_rng(0).uniform(0, 1, [sizes[axis] for axis in taken.layout])
    return (noise * 255).astype(np.uint8) if taken.data_type == "uint8" else noise.astype(taken.data_type)


def _given(name: str, array: Any, model: onnx.ModelProto, layout: str, size_px: tuple[int, int]) -> Given:
    """Describe an output of the trial on a tile of this layout and size."""
    values = np.asarray(array)
    numbers = values[np.isfinite(values)] if values.dtype.kind in "fiu" else np.zeros(0)
    low, high = (float(numbers.min()), float(numbers.max())) if numbers.size else (0.0, 0.0)
    operation = _operation(model, name)
    choices = _choices(model, name, layout, size_px) if operation == CHOOSING else None
    whole = bool((numbers == numbers.round()).all())
    empty = values.size > 0 and values.dtype.kind == "f" and not numbers.size
    return Given(name, values.shape, values.dtype.name, low, high, operation, choices, whole, empty)


def _operation(model: onnx.ModelProto, name: str) -> str:
    """The operation that made an output; those in `PASSING` are looked through."""
    makers = {made: node for node in model.graph.node for made in node.output}
    node = makers.get(name)
    while node is not None and node.op_type in PASSING and node.input:
        node = makers.get(node.input[0])
    return str(node.op_type) if node is not None else ""


def _choices(model: onnx.ModelProto, name: str, layout: str, size_px: tuple[int, int]) -> int | None:
    """How many scores the last choice on the way to an output was made from."""
    choices = None
    for step in NetworkGraph(model, name, layout).steps(*size_px):
        scores = step.inputs[0] if step.operator == CHOOSING else None
        if scores is not None and scores.shape is not None:
            choices = scores.shape[step.attributes.get("axis", 0)]
    return choices
