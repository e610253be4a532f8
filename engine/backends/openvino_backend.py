"""Runs a network on the processor with OpenVINO, where it is installed: fp32, bf16 and int8.

Tiles with a halo equal the whole to the last bit at all three precisions (bundled network, origins on the stride, halo
112 px, tiles down to 16 px; `tests/engine/test_backends.py` holds it to that), so that seams are as exact as with
onnxruntime. Between the two libraries fp32 differs in the last digits (5e-6 of logits around 10).

A new shape of tile costs a few per cent more the first time, and about 1.5 MB: nothing is compiled anew. Shapes that do
not go through the network are found out before it runs: with one thread OpenVINO 2026.4 gives empty arrays for them, or
crashes.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import numpy as np
import onnx

from ..errors import ModelError
from .backend import NOWHERE, Array, Port, thread_count, unloadable, unrunnable

NAME = "OpenVINO CPU"

HINTS = {"fp32": "f32", "bf16": "bf16", "int8": "f32"}
"""What the layers compute with that are not quantised; those of int8 networks that are stay int8."""


class OpenvinoBackend:
    """A network compiled by OpenVINO for the processor.

    Args:
        path: The `.onnx` file.
        threads: Threads; 0: all cores.
        precision: `fp32` or `bf16` for a file of 32-bit weights, `int8` for a quantised one.

    Raises:
        ModelError: The file cannot be loaded, or the processor does not compute at this precision.
    """

    name = NAME

    def __init__(self, path: Path, threads: int, precision: str) -> None:
        core = _core()
        self.library = library()
        self.precision = precision
        self.threads = thread_count(threads)
        settings = {
            "INFERENCE_PRECISION_HINT": HINTS[precision],
            "INFERENCE_NUM_THREADS": self.threads,
            "PERFORMANCE_HINT": "LATENCY",
            "NUM_STREAMS": 1,
            "ENABLE_CPU_PINNING": False,  # two workers would be pinned to the same cores
        }
        try:
            self._model: Any = core.read_model(str(path))
            compiled = core.compile_model(self._model, "CPU", settings)
        except RuntimeError as error:
            raise unloadable(path, error) from error
        if compiled.get_property("INFERENCE_PRECISION_HINT").to_string() != HINTS[precision]:
            raise ModelError(
                "{library} does not compute with {precision} on this processor. Set PRECISION to auto.",
                library=self.library,
                precision=precision,
            )
        graph = onnx.load(str(path), load_external_data=False).graph
        weights = {entry.name for entry in graph.initializer}
        names = [entry.name for entry in graph.input if entry.name not in weights]
        self.inputs = tuple(_port(name, port) for name, port in zip(names, compiled.inputs))
        self.outputs = tuple(_port(entry.name, port) for entry, port in zip(graph.output, compiled.outputs))
        self._request: Any = compiled.create_infer_request()
        self._sizes: dict[tuple[tuple[int, ...], ...], list[tuple[int, ...] | None]] = {}

    def run(self, feeds: Mapping[str, Array], places: Mapping[str, Array] = NOWHERE) -> list[Array]:
        """Run the network once; see `Backend.run`."""
        arrays = [np.ascontiguousarray(feeds[port.name], port.dtype) for port in self.inputs]
        try:
            made = self._made(tuple(array.shape for array in arrays), places)
            for place, array in made.items():
                self._request.set_output_tensor(place, load().Tensor(array, shared_memory=True))
            results = self._request.infer(arrays, share_inputs=True, share_outputs=True)
        except RuntimeError as error:
            raise unrunnable(feeds, error) from error
        return [made[place] if place in made else np.array(results[place]) for place in range(len(self.outputs))]

    def close(self) -> None:
        """Let go of the compiled network; see `Backend.close`."""
        self._request = self._model = None

    def _made(self, shapes: tuple[tuple[int, ...], ...], places: Mapping[str, Array]) -> dict[int, Array]:
        """Arrays for the outputs whose size is known beforehand, by number; a RuntimeError tells where shapes clash.

        Shapes inside the network are inferred once for each set of inputs.
        """
        if shapes not in self._sizes:
            self._model.reshape({place: list(shape) for place, shape in enumerate(shapes)})
            found = (port.get_partial_shape() for port in self._model.outputs)
            self._sizes[shapes] = [tuple(shape.to_shape()) if shape.is_static else None for shape in found]
        made = {}
        for place, (port, size) in enumerate(zip(self.outputs, self._sizes[shapes])):
            if size is not None:
                made[place] = places[port.name] if port.name in places else np.empty(size, port.dtype)
        return made


def load() -> ModuleType:
    """Import OpenVINO. Nothing else may: on being imported it tells its makers so, without asking.

    It leaves that where its package `openvino_telemetry` cannot be imported.

    Raises:
        ImportError: OpenVINO is not installed, or broken.
    """
    sys.modules.setdefault("openvino_telemetry", cast(ModuleType, None))
    return importlib.import_module("openvino")


def is_installed() -> bool:
    """Whether there is an OpenVINO to import."""
    return importlib.util.find_spec("openvino") is not None


@lru_cache(maxsize=1)
def abilities() -> frozenset[str]:
    """What this processor computes well with, as OpenVINO says: `FP32`, `BF16`, `INT8` and others.

    Raises:
        ImportError: OpenVINO is not installed, or broken.
    """
    return frozenset(_core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"))


@lru_cache(maxsize=1)
def processor() -> str:
    """The processor's name.

    Raises:
        ImportError: OpenVINO is not installed, or broken.
    """
    return str(_core().get_property("CPU", "FULL_DEVICE_NAME")).strip()


@lru_cache(maxsize=1)
def library() -> str:
    """`OpenVINO` and its version.

    Raises:
        ImportError: OpenVINO is not installed, or broken.
    """
    return f"OpenVINO {load().__version__.partition('-')[0]}"


@lru_cache(maxsize=1)
def _core() -> Any:
    """The door to OpenVINO, opened once."""
    return load().Core()


def _port(name: str, port: Any) -> Port:
    shape = tuple(size.get_length() if size.is_static else None for size in port.get_partial_shape())
    return Port(name, shape, str(port.get_element_type().to_dtype().name))
