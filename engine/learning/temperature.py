"""Finds the temperature that makes a trained network's probabilities mean what they say."""

from __future__ import annotations

from ...models.build import Network
from ..verification.calibration import fit_temperature, is_at_edge
from .chip_store import ChipStore
from .evaluation import Check, sample_logits

PIXELS = 100_000


def temperature_of(network: Network, store: ChipStore | None, seed: int, check: Check) -> float:
    """The temperature fitted on chips that the network has not learnt from; 1 where those cannot tell any.

    There may be none, or none of classes; or the network is right on all of them, which would make it sure of all.

    Args:
        network: The network.
        store: The validation chips.
        seed: Start of all chance.
        check: See `evaluation.outputs`.
    """
    if store is None or store.chip_set.legend is None:
        return 1.0
    logits, classes = sample_logits(network, store, PIXELS, seed, check)
    temperature = fit_temperature(logits, classes)
    return 1.0 if is_at_edge(temperature) else temperature
