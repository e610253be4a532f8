"""Finds the network that a file tells of: a spec, a model, a pre-trained encoder, or the state of a training."""

from __future__ import annotations

import pickle  # nosec B403 - for the name of its error; nothing is unpickled but by torch, weights only
from collections.abc import Mapping
from pathlib import Path

import torch

from ...models.errors import SpecError
from ...models.spec import NetworkSpec
from ..foreign.network_file import load
from ..library.card import NETWORK_SPEC
from ..requests.pretrain_encoder import ENDING
from ..requests.spec_file import MODEL_ENDING, SpecFile, read_spec
from .pretrained_weights import facts_of
from .torch_network import card_with_network, readable_card


def spec_in(path: Path) -> SpecFile:
    """What SPEC means: a file that `composenetwork` wrote, or a model that tells its parts.

    Raises:
        InputError: It is no spec of a network.
        ModelError: It is no model, or one that tells no parts.
    """
    if path.suffix.lower() != MODEL_ENDING:
        return read_spec(path)
    return SpecFile(card_with_network(load(path), path)[1])


def learnt_network(path: Path) -> NetworkSpec | None:
    """The network whose weights are in a file; `None`: it does not tell. Who takes the weights refuses what is torn.

    Raises:
        ModelError: It is no ONNX file.
    """
    try:
        if path.suffix.lower() == MODEL_ENDING:
            card = readable_card(load(path))
            found = card.network_spec if card else None
        elif path.suffix.lower() == ENDING:
            found = facts_of(path).get("network")
        else:
            state = torch.load(path, weights_only=True, map_location="cpu")
            text = state.get(NETWORK_SPEC) if isinstance(state, Mapping) else None
            return NetworkSpec.from_json(text) if isinstance(text, str) else None
        return NetworkSpec.from_dict(found) if isinstance(found, Mapping) else None
    except (OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError, pickle.UnpicklingError, SpecError):
        return None


def write_checkpoint(state: Path, spec: NetworkSpec, path: Path) -> None:
    """Write the state of a training with the network that it is of."""
    torch.save({**torch.load(state, weights_only=True, map_location="cpu"), NETWORK_SPEC: spec.to_json()}, path)
