"""What deletion and insertion come to when regions come in any order: what every map must beat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..progress import Told
from .removal import DRAWS, Removal, without_first


def random_deletions(removal: Removal, seed: list[int], told: Told) -> NDArray[np.float64]:
    """Curves of deletion in random orders, `(draws, steps)`.

    Inserting in an order shows the same images as deleting in its reverse, which is as random: these curves, turned
    round, are those of insertion.

    Args:
        removal: The image and its regions.
        seed: Where chance begins.
        told: Is told how far it is.
    """
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(removal.regions.of_group) for _ in range(DRAWS)]
    present = np.concatenate([without_first(order) for order in orders])
    return removal.curve(present, told).reshape(DRAWS, -1)
