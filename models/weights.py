"""Brings weights by name into a network, and gives a set of weights its fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from torch import Tensor, nn

from .errors import SpecError

STEP_COUNTER = ".num_batches_tracked"  # batch normalisation counts its training steps; not a weight


def named_weights(network: nn.Module) -> dict[str, Tensor]:
    """All weights by the names of the state dict, which are those of the exported ONNX initialisers."""
    return {name: value for name, value in network.state_dict().items() if not name.endswith(STEP_COUNTER)}


def load_weights(network: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Set every weight of the network, refusing missing, surplus and misshapen ones.

    Args:
        network: The network, built from the spec that belongs to the weights.
        weights: Tensors by name.
    """
    expected = {name: tuple(value.shape) for name, value in named_weights(network).items()}
    found = {name: tuple(value.shape) for name, value in weights.items()}
    if found != expected:
        odd = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
        raise SpecError(
            "The weights do not belong to this network: {count} differ in name or shape, first '{name}' "
            "(found {found}, expected {expected}). Use the spec from the card of the same model.",
            count=len(odd),
            name=odd[0],
            found=found.get(odd[0]),
            expected=expected.get(odd[0]),
        )
    network.load_state_dict(weights, strict=False)  # strict but for the step counters, see above


def weights_sha256(network: nn.Module) -> str:
    """SHA-256 over names and values of all weights, in the order of their names, as `sha256:…`."""
    digest = hashlib.sha256()
    for name, value in sorted(named_weights(network).items()):
        digest.update(name.encode())
        digest.update(value.detach().cpu().contiguous().numpy().tobytes())
    return f"sha256:{digest.hexdigest()}"
