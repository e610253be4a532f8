"""From what a model file holds, the spec in its card and its weights by name, back to the torch network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from .build import Network, build
from .spec import NetworkSpec
from .weights import load_weights


def rebuild(spec: str | Mapping[str, object], arrays: Mapping[str, Any]) -> Network:
    """The network that a file was exported from, in evaluation mode.

    Args:
        spec: The network spec as JSON text, or as plain JSON values.
        arrays: The file's initialisers by name, as anything that torch makes tensors of; they are copied.

    Raises:
        SpecError: The spec cannot be built, or the weights do not belong to it.
    """
    network = build(NetworkSpec.from_json(spec) if isinstance(spec, str) else NetworkSpec.from_dict(spec))
    load_weights(network, {name: torch.tensor(array) for name, array in arrays.items()})
    return network.eval()
