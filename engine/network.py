"""Runs a network on tiles: an ONNX file with its card, ours or another tool's, on the device that was asked for.

Whatever the file's own habits are (order of the axes, types, a missing batch, classes instead of scores), what goes in
and what comes out here is always `(bands, rows, cols)` in 32-bit floats.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from .backends.backend import Port
from .backends.choice import open_backend
from .backends.onnxruntime_backend import CPU, OnnxruntimeBackend
from .cards.card_check import check_network, tell_outdone
from .cards.foreign_cards import read_model, tell_doubts
from .errors import ModelError
from .foreign.outside_weights import fingerprint, model_files
from .images.source_files import check_unchanged, stamps_of
from .library.card import ModelCard
from .library.rules import ADJACENCY, REGIONS
from .memory.buffers import Buffers
from .memory.memory_footprint import ARENA_FACTOR, bytes_per_px
from .memory.memory_trial import MEASURED_MB, TYPICAL_PX, USUAL_FACTOR, taken_bytes, trial_px
from .progress import Progress
from .requests.card_fields import CardFields
from .tiles.superpixels import region_inputs

TRIAL_MB = 256
"""What the tile may take that backends are tried with. A long series takes 13 kB for each pixel."""

OPENVINO_USUAL, OPENVINO_MOST = {"fp32": 1.6, "bf16": 1.0}, {"fp32": 2.6, "bf16": 1.8}
"""How much more than the arrays alive in 32 bits OpenVINO holds usually and at most, without quantised weights.

Measured on tiles of 768² and 1024² px with OpenVINO 2026.4, at fp32 and bf16: land use 1.6 and 0.9, roads 2.5 and 1.7
(19 channels come out), floods 2.1 and 1.1 (four inputs), forest 1.5 and 0.9, glacier 1.6 and 0.9, the benchmarks' small
network 1.5 and 0.8, their heavy one 1.4 and 0.7.
"""


class Network:
    """A network ready to run.

    Args:
        path: The `.onnx` file.
        fields: What the user says of it where it says nothing itself.
        device: `auto`, `cpu`, `cuda:N`, `directml` or `coreml`.
        precision: `auto`, `fp32`, `bf16` or `int8`.
        threads: Threads on the CPU; 0: all cores.
        progress: Is told which device and provider really run.
        thrifty: Whether memory counts more than speed.

    Raises:
        ModelError: The file is damaged, does not fit its card, or the device is not there.
        InputError: Another file took its place meanwhile.
    """

    def __init__(
        self,
        path: Path,
        fields: CardFields,
        device: str,
        precision: str,
        threads: int,
        progress: Progress,
        thrifty: bool = False,
    ) -> None:
        self._thrifty = thrifty
        self._stamps = stamps_of([str(path)])
        files = model_files(path)
        self._stamps = stamps_of(map(str, files)) | self._stamps
        found = read_model(path, fields)
        self.card: ModelCard = found.card
        progress.log("Model {title} ({model}).", title=self.card.title, model=self.card.model_id)
        tell_outdone(path, progress)
        tell_doubts(found, progress)
        del found  # and the weights with it
        self.sha256 = fingerprint(files)
        self._path = path
        side_px = trial_px(path, self.card, TRIAL_MB)
        shapes = self._trial_shapes(side_px, side_px)
        self._backend = open_backend(path, device, precision, threads, self.card.precision, shapes, progress, thrifty)
        check_unchanged(self._stamps)  # a training of the same name may have ended: old card, new weights
        check_network(path, self.card, self._backend.inputs)
        if self._batch > 1:
            progress.warn(
                "The network takes {count} tiles at a time. It gets each tile {count} times over, and takes {count} "
                "times as long as it need. Export it with a batch of 1 or of any size.",
                count=self._batch,
            )
        self._output = self._find_output()
        self._results = Buffers(most=2)  # now, and behind
        self._shapes: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._estimates: dict[int, float] = {}

    @property
    def path(self) -> Path:
        """Its file."""
        return self._path

    @property
    def threads(self) -> int:
        """How many processor threads it may use."""
        return self._backend.threads

    @property
    def provider(self) -> str:
        """What really runs it."""
        return self._backend.name

    @property
    def precision(self) -> str:
        """What it really computes with."""
        return self._backend.precision

    @property
    def fixed_px(self) -> tuple[int, int] | None:
        """Rows and columns of the only tile that it takes; `None`: any."""
        shape = self._backend.inputs[0].shape
        rows, columns = (shape[2], shape[3]) if self.card.inputs[0].layout == "NCHW" else (shape[1], shape[2])
        if rows is not None and columns is not None:
            return rows, columns
        return (self.card.only_px, self.card.only_px) if self.card.only_px else None

    @property
    def channels(self) -> int:
        """Channels of its result: classes, or bands of values."""
        if self.card.lines:
            return 1 + self.card.lines.bins
        return len(self.card.legend.entries) if self.card.legend else len(self.card.output.channels)

    def bytes_per_px(self, at_most: bool) -> float:
        """Memory that it takes itself for each pixel of a tile: usually, or at most."""
        onnxruntime = self._backend.library.startswith("onnxruntime")
        if self.gives_back and at_most:
            return self._measured_bytes_per_px
        factors = OPENVINO_MOST if at_most else OPENVINO_USUAL
        if not onnxruntime and self.precision in factors:
            return factors[self.precision] * self._estimated_bytes_per_px()
        return (ARENA_FACTOR if at_most else USUAL_FACTOR) * self._estimated_bytes_per_px()

    @property
    def gives_back(self) -> bool:
        """Whether others may have that memory between two tiles."""
        return self._thrifty and self.provider == CPU

    def run(
        self, values: Sequence[NDArray[np.float32]], places: Mapping[str, NDArray[Any]] | None = None
    ) -> list[NDArray[Any]]:
        """Run the network on one tile, as it is; where it reads the tile's regions, they are made here.

        Args:
            values: For each input `(bands, rows, cols)`, scaled.
            places: Where outputs may be written, by name; see `Backend.run`.

        Returns:
            Its outputs as they come.
        """
        feeds: dict[str, NDArray[Any]] = {}
        for wants, port, value in zip(self.card.inputs, self._backend.inputs, values):
            array = _as_taken(value, wants.layout, port)
            whole = array if len(port.shape) == 3 else array[np.newaxis]
            feeds[port.name] = whole if self._batch == 1 else whole.repeat(self._batch, axis=0)
        if self.card.regions:
            regions, adjacency = region_inputs(values, self.card.regions)
            feeds[REGIONS], feeds[ADJACENCY] = regions[np.newaxis], adjacency[np.newaxis]
        return self._backend.run(feeds, places or {})

    def head_first(self, values: Sequence[NDArray[np.float32]]) -> list[NDArray[Any]]:
        """The same, but the output that the card means comes before the others."""
        outputs = self.run(values)
        return [outputs.pop(self._output), *outputs]

    def __call__(self, values: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """Run the network on one tile.

        Args:
            values: For each input `(bands, rows, cols)`, scaled; rows and columns are multiples of the stride.

        Returns:
            `(channels, rows, cols)` of the bare output, or that times its ratio. Where the output lacks a margin: NaN.
            An output coarser than the image is repeated. It is the caller's, who may give it back.

        Raises:
            ModelError: The network cannot be run on the tile, or gives something else than its card says.
        """
        raw = self._raw(values)
        output = self._on_tile(self._channels_first(raw), *values[0].shape[1:])
        if not np.may_share_memory(output, raw):
            self.give_back(raw)
        return output

    @property
    def takes_several(self) -> bool:
        """Whether several tiles may go through it at once."""
        return not self.card.regions and all(
            len(port.shape) == 4 and port.shape[0] is None for port in self._backend.inputs
        )

    def several(self, values: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """Run the network on several tiles of one size: at once where it allows that, else one after another.

        Args:
            values: For each input `(tiles, bands, rows, cols)`, scaled.

        Returns:
            For each tile what `__call__` gives.

        Raises:
            ModelError: As `__call__`.
        """
        tiles = range(len(values[0]))
        if not self.takes_several:
            return [self([each[tile] for each in values]) for tile in tiles]
        feeds = {
            port.name: _as_taken(value, wants.layout, port)
            for wants, port, value in zip(self.card.inputs, self._backend.inputs, values)
        }
        raw = self._backend.run(feeds)[self._output]
        return [self._on_tile(self._channels_first(raw[tile : tile + 1]), *values[0].shape[2:]) for tile in tiles]

    def give_back(self, output: NDArray[np.float32]) -> None:
        """Take back what was given for a tile, or a part of it: a later tile goes into the same memory."""
        self._results.give_back(output)

    def at_fp32(self) -> Network:
        """The same network on the processor in full 32 bits, whatever it runs on."""
        made = copy.copy(self)
        made._backend = OnnxruntimeBackend(self._path, [CPU], self.threads)
        check_unchanged(self._stamps)
        made._output = made._find_output()
        made._results = Buffers(most=2)
        return made

    def close(self) -> None:
        """Let go of the network and its memory; what it says of itself can still be asked."""
        self._backend.close()
        self._results.clear()

    @functools.cached_property
    def _measured_bytes_per_px(self) -> float:
        """What it takes at most without an arena; where that cannot be measured, no more than with one."""
        rows, columns = self.fixed_px or (trial_px(self._path, self.card, MEASURED_MB),) * 2
        taken = taken_bytes(self._path, self.threads, self.precision, self._trial_shapes(rows, columns))
        if taken is None:
            return ARENA_FACTOR * self._estimated_bytes_per_px()
        factor = taken / (rows * columns) / self._estimated_bytes_per_px(max(rows, columns))
        return factor * self._estimated_bytes_per_px()  # attention takes more of larger tiles

    def _estimated_bytes_per_px(self, side_px: int = 0) -> float:
        """Bytes of the arrays alive at the peak for a pixel of a tile of this side; 0: of its own or a usual one."""
        side_px = side_px or max(self.fixed_px or (), default=TYPICAL_PX)
        if side_px not in self._estimates:
            model = onnx.load(str(self._path), load_external_data=False)
            self._estimates[side_px] = bytes_per_px(model, self.card.inputs[0].layout, side_px)
        return self._estimates[side_px]

    def _trial_shapes(self, rows: int, columns: int) -> list[tuple[int, ...]]:
        """Shapes of a tile for each of its inputs."""
        shapes = [_shape(wants.layout, wants.channels, rows, columns) for wants in self.card.inputs]
        if self.card.regions:
            shapes += [(1, rows, columns), (1, self.card.regions.most, self.card.regions.most)]
        return shapes

    def _raw(self, values: Sequence[NDArray[np.float32]]) -> NDArray[Any]:
        """The output that the card means, in memory of our own: what it takes is known from the first tile of a size.

        A library may hand an input through as its output, so that nothing else may be given back.
        """
        name, size = self._backend.outputs[self._output].name, values[0].shape[1:]
        shape = self._shapes.get(size)
        place = None if shape is None else self._results.empty(shape)
        raw = self.run(values, {} if place is None else {name: place})[self._output]
        if raw.dtype != np.float32 or raw is place:
            return raw
        self._shapes[size] = raw.shape
        own = self._results.empty(raw.shape) if place is None else place
        np.copyto(own, raw)
        return own

    def _on_tile(self, output: NDArray[np.float32], rows: int, columns: int) -> NDArray[np.float32]:
        """Bring an output to the pixels of the tile that it was computed from, or to `ratio` times as many.

        Raises:
            ModelError: It is none that the card promises.
        """
        ratio, margin = self.card.output.ratio, self.card.output.margin_px
        if ratio < 1:
            output = output.repeat(ratio.denominator, axis=1).repeat(ratio.denominator, axis=2)
        times = max(1, ratio.numerator)
        expected = ((rows - 2 * margin) * times, (columns - 2 * margin) * times)
        if output.shape[1:] != expected or len(output) not in self._counts:
            raise ModelError(
                "The network turned a tile of {rows} x {cols} px into an array of shape {found}; its card promises "
                "{channels} channels of {expected_rows} x {expected_cols} px. Import it again, with the right card.",
                rows=rows,
                cols=columns,
                found=str(output.shape),
                channels=self.channels,
                expected_rows=expected[0],
                expected_cols=expected[1],
            )
        if not margin:
            return output
        whole = np.full((len(output), rows * times, columns * times), np.nan, np.float32)
        inner = slice(margin * times, (rows - margin) * times), slice(margin * times, (columns - margin) * times)
        whole[:, inner[0], inner[1]] = output
        return whole

    @property
    def _batch(self) -> int:
        """How many tiles it insists on."""
        shape = self._backend.inputs[0].shape
        return shape[0] or 1 if len(shape) == 4 else 1

    @property
    def _counts(self) -> tuple[int, ...]:
        """How many channels the output may have: of two classes the second alone will do."""
        return (self.channels, 1) if self.card.legend and self.channels == 2 else (self.channels,)

    def _channels_first(self, output: NDArray[Any]) -> NDArray[np.float32]:
        """Bring an output to `(channels, rows, cols)`: batch and channel may be missing, classes stand for scores."""
        if output.ndim == 4:
            output = output[0] if self.card.output.layout == "NCHW" else np.moveaxis(output[0], -1, 0)
        elif output.ndim == 2:
            output = output[np.newaxis]
        elif self._batch > 1:
            output = output[:1]
        elif self.card.output.layout == "NHWC":
            output = np.moveaxis(output, -1, 0)
        classes = len(self.card.legend.entries) if self.card.legend else 0
        whole = self.card.output.class_numbers or np.issubdtype(output.dtype, np.integer)
        if classes and len(output) == 1 and whole:
            chosen = output == np.arange(classes)[:, np.newaxis, np.newaxis]  # the network chose the class itself
            output = np.where(chosen.any(axis=0), chosen, np.float32(np.nan))  # a number that is no class says nothing
        return np.ascontiguousarray(output, np.float32)

    def _find_output(self) -> int:
        """Which output the card means: that of its name, else the first."""
        names = [port.name for port in self._backend.outputs]
        return names.index(self.card.output.name) if self.card.output.name in names else 0


def _as_taken(values: NDArray[np.float32], layout: str, port: Port) -> NDArray[Any]:
    """Tiles as an input takes them: its order of the axes, its type. `values` is `(…, bands, rows, cols)`."""
    array = values if layout == "NCHW" else np.moveaxis(values, -3, -1)
    if np.issubdtype(np.dtype(port.dtype), np.integer):
        limits = np.iinfo(port.dtype)
        array = array.round().clip(limits.min, limits.max)
    return np.ascontiguousarray(array, dtype=port.dtype)


def _shape(layout: str, bands: int, rows: int, columns: int) -> tuple[int, ...]:
    """The shape of a tile as the network takes it."""
    return (1, bands, rows, columns) if layout == "NCHW" else (1, rows, columns, bands)
