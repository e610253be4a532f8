"""Finds the temperature that makes a trained network's probabilities mean what they say."""

from __future__ import annotations

from ...models.build import Network
from ...models.calibration import fit_temperature
from .chip_store import ChipStore
from .evaluation import Check, sample_logits

PIXELS = 100_000


def temperature_of(network: Network, store: ChipStore | None, seed: int, check: Check) -> float:
    """The temperature fitted on chips that the network has not learnt from; 1 where there are none, or no classes.

    Args:
        network: The network.
        store: The validation chips.
        seed: Start of all chance.
        check: See `evaluation.outputs`.
    """
    if store is None or store.chip_set.legend is None:
        return 1.0
    return fit_temperature(*sample_logits(network, store, PIXELS, seed, check))
