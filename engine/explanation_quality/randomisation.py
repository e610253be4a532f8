"""Randomisation: does a map change when the network forgets what it has learnt, in half of its layers, then in all?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..explanation.randomisation import FAILS, LEAST_CELLS, similarity, write_randomised
from ..network import Network
from ..progress import Silent
from ..requests.card_fields import CardFields
from ..requests.network_run import NetworkRun

SHARES = (0.5, 1.0)
"""Parts of the layers whose weights are random, from the head down; the last is what is scored."""

SAME = 1e-6
"""Maps whose largest value is 1 are the same if they differ by no more."""


@contextmanager
def shuffled_copies(network: Network, run: NetworkRun, scratch: Path, seed: int) -> Iterator[list[Network]]:
    """The network with random weights in more and more of its layers, one for each of `SHARES`.

    Args:
        network: The network.
        run: How networks are run.
        scratch: Where a copy may lie: files of this name with a number.
        seed: Where chance begins.
    """
    paths = [scratch.with_name(f"{scratch.stem}-{number}{scratch.suffix}") for number in range(len(SHARES))]
    copies: list[Network] = []
    try:
        for path, share in zip(paths, SHARES):
            write_randomised(network.path, network.card, seed, path, share)
            copies.append(
                Network(path, CardFields(), run.device, run.precision, run.threads, Silent(), thrifty=True)
            )  # several at once: memory counts
        yield copies
    finally:
        for copy in copies:
            copy.close()
        for path in paths:
            path.unlink(missing_ok=True)


def correlation(
    own: NDArray[np.float32], other: NDArray[np.float32], known: NDArray[np.bool_], region: NDArray[np.bool_]
) -> float:
    """How alike the magnitudes of two maps are: Spearman's rank correlation, without its sign, 0–1.

    Adebayo and others 2018 (arXiv 1810.03292, section 3.1: cascading randomisation, rank correlation of magnitudes).
    Deviation: ranks are taken among places equally far from what is explained, since the maps of all networks fade
    with distance, which would count as alike (see `similarity`). Maps that are the same but for their scale, such as
    two that are the same everywhere, are as alike as can be.

    Args:
        own: The map of the network, `(rows, cols)`.
        other: That of the network whose weights are random.
        known: Where the maps are compared: where the image shows something, but for `own_feature`.
        region: What is explained.

    Returns:
        NaN where the maps hold too little to be compared.
    """
    one, two = (_scaled(np.where(known, np.abs(values), 0)) for values in (own, other))
    if np.count_nonzero((one != 0) | (two != 0)) < LEAST_CELLS:
        return float("nan")  # of hardly any pixels all maps are the same but for their scale
    if np.abs(one - two).max(initial=0) <= SAME:
        return 1.0
    return similarity(one, two, known, region)


def randomisation_score(correlations: Sequence[float]) -> float:
    """How much a map changes with the weights of all layers, 0–1: 1 − |ρ|; NaN: not known."""
    return 1 - correlations[-1]


def fails(score: float) -> bool:
    """Whether a map changes too little to tell of what the network has learnt."""
    return score <= 1 - FAILS


def _scaled(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """A map of magnitudes whose largest value is 1; one of zeros stays."""
    largest = values.max(initial=0)
    return np.asarray(values / largest if largest > 0 else values, np.float32)
