"""Runs a network with onnxruntime: on the processor, or on a graphics card through CUDA, DirectML or CoreML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Union

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as runtime

from ..errors import ModelError
from ..worker.memory import give_back_freed_memory
from .backend import NOWHERE, Array, Port, thread_count, unloadable, unrunnable

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"
DIRECTML = "DmlExecutionProvider"
COREML = "CoreMLExecutionProvider"

Provider = Union[str, tuple[str, dict[str, Any]]]

SPINNING = "0"
"""Whether idle threads burn time while they wait: no faster, and 5 % slower where others read and write tiles."""

COREML_OPTIONS = {"ModelFormat": "MLProgram", "MLComputeUnits": "CPUAndGPU"}
"""Without the neural engine, which computes with 16 bits."""

UNLOADABLE = (
    runtime.Fail,
    runtime.InvalidArgument,
    runtime.InvalidGraph,
    runtime.InvalidProtobuf,
    runtime.NoSuchFile,
    runtime.NotImplemented,
    runtime.RuntimeException,
    RuntimeError,
    ValueError,
)
"""What onnxruntime raises for a network that it cannot load; its own kinds have no root but `Exception`."""

UNRUNNABLE = (runtime.Fail, runtime.InvalidArgument, runtime.RuntimeException)
"""What it raises for arrays that do not fit, at the network's door or inside."""

DTYPES = {
    "float": "float32",
    "double": "float64",
    **{name: name for name in ("float16", "bfloat16", "bool", "string")},
    **{f"{sign}int{bits}": f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)},
}
"""numpy's names of onnxruntime's types."""


class OnnxruntimeBackend:
    """A network in an onnxruntime session.

    Args:
        path: The `.onnx` file.
        wanted: Execution providers, best first, as `providers` gives them.
        threads: Threads on the processor; 0: all cores.
        precision: What the file holds: `fp32`, or `int8` where it is quantised.
        thrifty: Whether memory goes back to the system after each tile, rather than into an arena. All arrays of a tile
            then lie in one block, which onnxruntime plans in a session's first run, for tiles of that size alone.
            Bundled land use, 1536², two threads: 156 bytes for a pixel and 0.57 s, with an arena 233 and 0.46 s (1.15 s
            where arrays come and go one by one). A block beside an arena would take half as much again.

    Raises:
        ModelError: The file cannot be loaded.
    """

    library = f"onnxruntime {onnxruntime.__version__}"

    def __init__(
        self, path: Path, wanted: Sequence[Provider], threads: int, precision: str = "fp32", thrifty: bool = False
    ) -> None:
        if thrifty:
            give_back_freed_memory()
        self.precision = precision
        self.threads = thread_count(threads)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.enable_cpu_mem_arena = not thrifty
        options.enable_mem_pattern = thrifty  # never on cards: DirectML does not work with it
        options.add_session_config_entry("session.intra_op.allow_spinning", SPINNING)
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(str(path), options, providers=list(wanted))
        except UNLOADABLE as error:
            raise unloadable(path, error) from error
        self.name: str = self._session.get_providers()[0]
        self.inputs = tuple(_port(entry) for entry in self._session.get_inputs())
        self.outputs = tuple(_port(entry) for entry in self._session.get_outputs())
        self._on_card = OnCard(self._session, _device_id(wanted[0])) if self.name == CUDA else None

    def run(self, feeds: Mapping[str, Array], places: Mapping[str, Array] = NOWHERE) -> list[Array]:
        """Run the network once; see `Backend.run`. Only the processor writes to places."""
        try:
            if self._on_card:
                return self._on_card.run(feeds)
            if places and self.name == CPU:
                return self._run_into(feeds, places)
            return list(self._session.run(None, dict(feeds)))
        except UNRUNNABLE as error:
            raise unrunnable(feeds, error) from error

    def close(self) -> None:
        """Let go of the session; see `Backend.close`."""
        self._session = self._on_card = None

    def _run_into(self, feeds: Mapping[str, Array], places: Mapping[str, Array]) -> list[Array]:
        """Run with outputs bound to their places."""
        binding = self._session.io_binding()
        for name, array in feeds.items():
            binding.bind_cpu_input(name, array)
        for port in self.outputs:
            place = places.get(port.name)
            if place is None:
                binding.bind_output(port.name)
            else:
                binding.bind_output(port.name, "cpu", 0, place.dtype.type, place.shape, place.ctypes.data)
        self._session.run_with_iobinding(binding)
        made = zip(self.outputs, binding.get_outputs())
        return [places[port.name] if port.name in places else value.numpy() for port, value in made]


class OnCard:
    """Runs a session on a CUDA card; inputs go to places on the card that are kept from tile to tile.

    Args:
        session: The session.
        device_id: Number of the card.
    """

    def __init__(self, session: Any, device_id: int) -> None:
        self._session = session
        self._device_id = device_id
        self._places: dict[str, Any] = {}

    def run(self, feeds: Mapping[str, Array]) -> list[Array]:
        """Copy the inputs to the card, run there, copy the outputs back."""
        binding = self._session.io_binding()
        for name, array in feeds.items():
            binding.bind_ortvalue_input(name, self._place(name, array))
        for output in self._session.get_outputs():
            binding.bind_output(output.name, "cuda", self._device_id)
        self._session.run_with_iobinding(binding)
        return list(binding.copy_outputs_to_cpu())

    def _place(self, name: str, array: Array) -> Any:
        """Where the input lies on the card: the place of the last tile where that had the same shape."""
        held = self._places.get(name)
        if held is not None and tuple(held.shape()) == array.shape:
            held.update_inplace(array)
        else:
            self._places[name] = onnxruntime.OrtValue.ortvalue_from_numpy(array, "cuda", self._device_id)
        return self._places[name]


def providers(device: str, available: Sequence[str]) -> list[Provider]:
    """Execution providers to ask onnxruntime for, best first.

    Args:
        device: `auto`, `cpu`, `cuda:N`, `directml` or `coreml`. `auto` takes CUDA or DirectML where this onnxruntime
            was built for it.
        available: What this onnxruntime offers.

    Raises:
        ModelError: The device is unknown or this onnxruntime cannot serve it.
    """
    kind, _, number = device.partition(":")
    cards: dict[str, Provider] = {
        "cuda": (CUDA, {"device_id": int(number) if number.isdigit() else 0, "use_tf32": "0"}),  # fp32 is fp32
        "directml": DIRECTML,
        "coreml": (COREML, COREML_OPTIONS),
    }
    if device == "auto":
        found = [card for card in (cards["cuda"], cards["directml"]) if provider_name(card) in available]
        return [*found[:1], CPU]
    if device == "cpu":
        return [CPU]
    if kind not in cards or (kind == "cuda") != number.isdigit() or (kind != "cuda" and device != kind):
        raise ModelError(
            "DEVICE is {device}; it must be auto, cpu, cuda:N (as in cuda:0), directml or coreml.", device=device
        )
    if provider_name(cards[kind]) not in available:
        raise ModelError(
            "DEVICE is {device}, but the environment's onnxruntime offers only {available}. Set DEVICE to auto or cpu.",
            device=device,
            available=", ".join(available),
        )
    return [cards[kind], CPU]


def provider_name(provider: Provider) -> str:
    """A provider's name, without its options."""
    return provider if isinstance(provider, str) else provider[0]


def _device_id(provider: Provider) -> int:
    return 0 if isinstance(provider, str) else int(provider[1].get("device_id", 0))


def _port(entry: Any) -> Port:
    """Read one of a session's inputs or outputs, whose type is written as in `tensor(float)`."""
    shape = tuple(size if isinstance(size, int) else None for size in entry.shape)
    kind = entry.type.removeprefix("tensor(").removesuffix(")")
    return Port(entry.name, shape, DTYPES.get(kind, kind))
