"""Deletion: how soon the score falls when what a map names most important is taken away first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..progress import Told
from .removal import Removal, without_first


def deletion(removal: Removal, order: NDArray[np.int64], told: Told) -> NDArray[np.float64]:
    """The mean score while regions are replaced by the baseline, the first of the order first.

    Petsiuk, Das and Saenko 2018 (arXiv 1806.07421, algorithm 1): the smaller the area under the curve, the better the
    order. Deviations: square regions rather than pixels, since single pixels make images that no network knows; and the
    baseline is that of the explanation rather than 0.

    Args:
        removal: The image and its regions.
        order: The regions, the most important first, `(regions,)`.
        told: Is told how far it is.

    Returns:
        `(steps,)`, from the whole image to nothing of it.
    """
    return removal.curve(without_first(order), told)
