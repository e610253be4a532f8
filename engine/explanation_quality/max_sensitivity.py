"""Max-sensitivity: how much an explanation changes when the image changes too little to matter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..progress import Told, part_of

RADIUS = 0.02
"""How far each number of the image may move, in deviations of its band by the model's card: captum's usual radius."""

DRAWS = 4
"""How many images are drawn within the radius."""

Explain = Callable[[NDArray[np.float32], Told], NDArray[np.float32]]
"""Attributions, of any shape, of an image `(channels, rows, cols)`; tells how far it is."""


def max_sensitivity(
    explain: Explain,
    image: NDArray[np.float32],
    known: NDArray[np.bool_],
    seed: list[int],
    told: Told,
    radius: float = RADIUS,
    draws: int = DRAWS,
) -> float:
    """The largest relative change of an explanation within a small neighbourhood of the image.

    Yeh and others 2019 (arXiv 1901.09392, definition 2): max over ‖y − x‖∞ ≤ r of ‖Φ(f, y) − Φ(f, x)‖. As in captum's
    `sensitivity_max`, the maximum is taken over draws, uniform within the radius, and divided by ‖Φ(f, x)‖ (Frobenius).

    Args:
        explain: The method.
        image: `(channels, rows, cols)`, scaled.
        known: Where each channel shows something, `(channels, rows, cols)`: only there it is changed.
        seed: Where chance begins.
        told: Is told how far it is.
        radius: How far each number may move.
        draws: How many images are drawn.

    Returns:
        0: the explanation stays as it is; 1: it changes by as much as it says. NaN: it says nothing.
    """
    images = [image, *moved_images(image, known, seed, radius, draws)]
    found = [
        explain(each, part_of(told, number / len(images), (number + 1) / len(images))).astype(np.float64)
        for number, each in enumerate(images)
    ]
    size = float(np.linalg.norm(found[0]))
    return max(float(np.linalg.norm(each - found[0])) for each in found[1:]) / size if size > 0 else float("nan")


def moved_images(
    image: NDArray[np.float32], known: NDArray[np.bool_], seed: list[int], radius: float, draws: int
) -> list[NDArray[np.float32]]:
    """Images within the radius."""
    rng = np.random.default_rng(seed)
    return [(image + rng.uniform(-radius, radius, image.shape) * known).astype(np.float32) for _ in range(draws)]
