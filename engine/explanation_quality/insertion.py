"""Insertion: how soon the score rises when what a map names most important is shown first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..progress import Told
from .removal import Removal, with_first


def insertion(removal: Removal, order: NDArray[np.int64], told: Told) -> NDArray[np.float64]:
    """The mean score while regions of the image replace the baseline, the first of the order first.

    Petsiuk, Das and Saenko 2018 (arXiv 1806.07421, section 4.2): the larger the area under the curve, the better the
    order. Deviations as of `deletion`.

    Args:
        removal: The image and its regions.
        order: The regions, the most important first, `(regions,)`.
        told: Is told how far it is.

    Returns:
        `(steps,)`, from nothing of the image to the whole.
    """
    return removal.curve(with_first(order), told)
