"""Opens a model file as the torch network that it was exported from, for jobs that differentiate or go on training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnx
from onnx import numpy_helper

from ...models.build import Network
from ...models.errors import SpecError
from ...models.rebuild import rebuild
from ...models.weights import weights_sha256
from ..errors import ModelError
from ..foreign.network_file import load, metadata
from ..foreign.outside_weights import load_weights
from ..library.card import METADATA_KEY, ModelCard

WEIGHTS_HASH = "terraloom:weights_sha256"


def open_torch_network(path: Path) -> tuple[Network, ModelCard]:
    """The torch network in a file, in evaluation mode, and its card.

    Args:
        path: A model that was trained with Terraloom, and not optimised since.

    Raises:
        ModelError: The file cannot be read, was made elsewhere, or holds other weights than its card says.
    """
    model = load(path)
    card, spec = card_with_network(model, path)
    if card.precision == "int8":
        raise ModelError("{path} is quantised to int8. Use the file it was made from.", path=str(path))
    load_weights(model, path)
    try:
        network = rebuild(spec, {entry.name: numpy_helper.to_array(entry) for entry in model.graph.initializer})
    except SpecError as error:
        raise ModelError(
            "The network in {path} cannot be rebuilt: {reason}", path=str(path), reason=str(error)
        ) from error
    stated = card.document["properties"].get(WEIGHTS_HASH)
    if stated and stated != weights_sha256(network):
        raise ModelError(
            "{path} holds other weights than its card tells of: it was changed since it was trained. Choose the file "
            "as “Train a model” wrote it.",
            path=str(path),
        )
    return network, card


def card_within(model: onnx.ModelProto) -> ModelCard | None:
    """The card in a file; `None`: it has none.

    Raises:
        ModelError: It cannot be read.
    """
    text = metadata(model).get(METADATA_KEY)
    return ModelCard.from_json(text) if text else None


def card_with_network(model: onnx.ModelProto, path: Path) -> tuple[ModelCard, dict[str, Any]]:
    """The card in a file, and the parts that it says the network is made of.

    Raises:
        ModelError: It cannot be read, or names no parts.
    """
    card = card_within(model)
    spec = card.network_spec if card else None
    if card is None or spec is None:
        raise ModelError(
            "{path} does not say which parts its network is made of. Choose a model that Terraloom trained.",
            path=str(path),
        )
    return card, spec


def readable_card(model: onnx.ModelProto) -> ModelCard | None:
    """The same for those who need the weights only, and ask what the card tells of them; `None`: nothing readable."""
    try:
        return card_within(model)
    except ModelError:
        return None
