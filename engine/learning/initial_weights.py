"""Takes weights from a model that was trained before into a new network, as far as names and shapes agree."""

from __future__ import annotations

import pickle  # nosec B403 - for the name of its error; nothing is unpickled but by torch, weights only
from pathlib import Path
from typing import Any

import torch
from onnx import numpy_helper
from torch import Tensor

from ...models.build import Network
from ...models.weights import named_weights
from ..errors import InputError
from ..foreign.network_file import load
from ..progress import Progress


def take_weights(network: Network, path: Path, progress: Progress) -> None:
    """Take what fits, and tell how much that was.

    Args:
        network: Is changed in place.
        path: A model of ours (`.onnx`), or the state of a training (`.pt`).
        progress: Is told.

    Raises:
        InputError: The file cannot be read, or nothing in it fits.
        ModelError: It is no ONNX file.
    """
    found = _read(path)
    own = named_weights(network)
    fitting = {name: found[name] for name, value in own.items() if name in found and found[name].shape == value.shape}
    if not fitting:
        raise InputError(
            "None of the {count} weights in {path} fits the network. As INITIAL, choose a model of the same parts.",
            count=len(found),
            path=str(path),
        )
    network.load_state_dict(fitting, strict=False)
    progress.log(
        "{taken} of {count} weights come from {name}; the others start anew.",
        taken=len(fitting),
        count=len(own),
        name=path.name,
    )


def _read(path: Path) -> dict[str, Tensor]:
    """The weights of a file by name."""
    try:
        if path.suffix.lower() == ".onnx":
            initializers = load(path).graph.initializer
            return {each.name: torch.from_numpy(numpy_helper.to_array(each).copy()) for each in initializers}
        state = torch.load(path, weights_only=True, map_location="cpu")
        return _weights(state)
    except (OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError, pickle.UnpicklingError) as error:
        raise InputError(
            "INITIAL is {path}, from which no weights can be read: {reason}. Choose a model (.onnx) or a checkpoint "
            "(.pt) of Terraloom.",
            path=str(path),
            reason=str(error).splitlines()[0] if str(error) else type(error).__name__,
        ) from error


def _weights(state: dict[str, Any]) -> dict[str, Tensor]:
    """The best weights in the state of a training, else their running mean, else the last."""
    if state["best"] or state["mean"]:
        return dict(state["best"] or state["mean"])
    prefix = "0."  # the network comes first among what learns
    module = state["network"]["module"]
    return {name[len(prefix) :]: value for name, value in module.items() if name.startswith(prefix)}
