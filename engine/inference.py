"""Runs a network: an ONNX file with its card, on the device that was asked for and no other."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from google.protobuf.message import DecodeError
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as runtime

from .errors import ModelError
from .library.card import METADATA_KEY, ModelCard
from .progress import Progress

CPU = "CPUExecutionProvider"
CUDA = "CUDAExecutionProvider"

UNLOADABLE = (
    runtime.Fail,
    runtime.InvalidArgument,
    runtime.InvalidGraph,
    runtime.InvalidProtobuf,
    runtime.NotImplemented,
    runtime.RuntimeException,
    RuntimeError,
    ValueError,
)
"""What onnxruntime raises for a network that it cannot load; its own kinds have no root but `Exception`."""


class Network:
    """A network ready to run.

    Args:
        path: The `.onnx` file.
        device: `auto`, `cpu` or `cuda:N`.
        threads: Threads on the CPU; 0: all cores.
        progress: Is told which device and provider really run.

    Raises:
        ModelError: The file is damaged, does not fit its card, or the device is not there.
    """

    def __init__(self, path: Path, device: str, threads: int, progress: Progress) -> None:
        self.card = read_card(path)
        self.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or os.cpu_count() or 1
        options.log_severity_level = 3
        wanted = providers(device, onnxruntime.get_available_providers())
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=wanted)
        except UNLOADABLE as error:
            raise ModelError(
                "The network in {path} cannot be loaded: {reason}.", path=str(path), reason=str(error)
            ) from error
        self.provider = self._session.get_providers()[0]
        if self.provider != _name(wanted[0]):
            if device != "auto":
                raise ModelError(
                    "DEVICE is {device}, but onnxruntime could not use it and fell back to {found}. "
                    "Run 'Check environment', or set DEVICE to auto or cpu.",
                    device=device,
                    found=self.provider,
                )
            progress.warn("The GPU could not be used; the network runs on the processor.")
        self._check_shape(path)
        progress.log(
            "Model {title} ({model}) runs on {provider} with {threads} threads, onnxruntime {version}.",
            title=self.card.title,
            model=self.card.model_id,
            provider=self.provider,
            threads=options.intra_op_num_threads,
            version=onnxruntime.__version__,
        )

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run the network on one tile.

        Args:
            values: `(bands, rows, cols)`, scaled; rows and columns are multiples of the stride.

        Returns:
            `(channels, rows, cols)`: the network's bare output.
        """
        try:
            result: NDArray[np.float32] = self._session.run(None, {self._input: values[np.newaxis]})[0]
        except runtime.InvalidArgument as error:
            raise ModelError(
                "The network cannot be run on a tile of {rows} x {cols} px: {reason}.",
                rows=values.shape[1],
                cols=values.shape[2],
                reason=str(error),
            ) from error
        if result.ndim != 4 or result.shape[2:] != values.shape[1:] or result.shape[1] != self._channels:
            raise ModelError(
                "The network turned a tile of {rows} x {cols} px into an array of shape {found}; expected were "
                "{channels} channels of the tile's size. Models of other shapes come in a later version.",
                rows=values.shape[1],
                cols=values.shape[2],
                found=str(result.shape),
                channels=self._channels,
            )
        channels: NDArray[np.float32] = result[0]
        return channels

    def _check_shape(self, path: Path) -> None:
        """Hold the network against its card, before any work."""
        inputs = self._session.get_inputs()
        wants = self.card.inputs
        self._input = inputs[0].name
        self._channels = len(self.card.legend.entries) if self.card.legend else 1
        if self.card.legend and self.card.output.activation == "sigmoid":
            self._channels = 1
        if len(inputs) != 1 or len(wants) != 1:
            raise ModelError(
                "{path} reads {found} rasters. Models with several inputs come in a later version.",
                path=str(path),
                found=max(len(inputs), len(wants)),
            )
        shape = inputs[0].shape
        if len(shape) != 4 or any(isinstance(size, int) for size in shape[2:]):
            raise ModelError(
                "{path} takes tiles of the fixed shape {shape}. Only networks for any tile size run in this version; "
                "export it with dynamic height and width.",
                path=str(path),
                shape=str(shape),
            )
        if inputs[0].type != "tensor(float)" or shape[0] not in (1, None) and not isinstance(shape[0], str):
            raise ModelError(
                "{path} takes {type} in batches of {batch}. This version runs networks for one tile of 32-bit floats.",
                path=str(path),
                type=inputs[0].type,
                batch=str(shape[0]),
            )
        if isinstance(shape[1], int) and shape[1] != len(wants[0].bands):
            raise ModelError(
                "The network in {path} reads {found} bands, its card says {expected} ({names}). "
                "The file is damaged or its card belongs to another model.",
                path=str(path),
                found=shape[1],
                expected=len(wants[0].bands),
                names=", ".join(wants[0].band_names),
            )


def read_card(path: Path) -> ModelCard:
    """Read the card inside an ONNX file.

    Raises:
        ModelError: The file is missing, damaged, or carries no card.
    """
    try:
        model = onnx.load(str(path), load_external_data=False)
    except FileNotFoundError as error:
        raise ModelError("There is no file {path}.", path=str(path)) from error
    except OSError as error:
        raise ModelError("{path} cannot be read: {reason}.", path=str(path), reason=str(error)) from error
    except DecodeError as error:
        raise ModelError("{path} is not a valid ONNX file.", path=str(path)) from error
    for entry in model.metadata_props:
        if entry.key == METADATA_KEY:
            return ModelCard.from_json(entry.value)
    raise ModelError("{path} has no Terraloom card. Models of other tools come in a later version.", path=str(path))


def providers(device: str, available: list[str]) -> list[str | tuple[str, dict[str, int]]]:
    """Execution providers to ask onnxruntime for, best first.

    Raises:
        ModelError: The device is unknown or this onnxruntime cannot serve it.
    """
    kind, _, number = device.partition(":")
    if device == "cpu" or (device == "auto" and CUDA not in available):
        return [CPU]
    if device == "auto" or (kind == "cuda" and number.isdigit()):
        if CUDA not in available:
            raise ModelError(
                "DEVICE is {device}, but the environment's onnxruntime offers only {available}. "
                "Set DEVICE to auto or cpu.",
                device=device,
                available=", ".join(available),
            )
        return [(CUDA, {"device_id": int(number or 0)}), CPU]
    raise ModelError("DEVICE is {device}; it must be auto, cpu or cuda:N (as in cuda:0).", device=device)


def _name(provider: str | tuple[str, dict[str, int]]) -> str:
    return provider if isinstance(provider, str) else provider[0]
