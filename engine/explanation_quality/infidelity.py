"""Infidelity: how far an explanation misses what the score loses when a part of the image is taken away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..explanation.evaluations import Scores, evaluate, score_of
from ..progress import Told

DRAWS = 32
"""How many squares are taken away."""

SMALLEST, LARGEST = 1 / 8, 1 / 2
"""Side of the squares, as a share of the part they lie in."""


@dataclass(frozen=True)
class Infidelity:
    """What an explanation misses.

    Args:
        value: Mean squared miss after scaling, in the score's unit squared; as captum's with `normalize=True`.
        share: The same as a share of the mean squared loss, 0–1: 0 foretells every loss, 1 none; NaN: nothing is lost.
    """

    value: float
    share: float


def infidelity(
    scores: Scores,
    image: NDArray[np.float32],
    baseline: NDArray[np.float32],
    foretold: NDArray[np.float64],
    masks: NDArray[np.bool_],
    told: Told,
) -> Infidelity:
    """Hold foretold losses against those that happen.

    Yeh and others 2019 (arXiv 1901.09392, definition 1): the mean of (IᵀΦ − (f(x) − f(x − I)))² over perturbations I,
    here "square removal" (section 3.3): I = x − x₀ within a random square, 0 outside. As the authors do, and captum
    with `normalize=True`, Φ is first multiplied by the one number that makes the mean smallest, so that maps in other
    units than the score's can be judged too. Deviation: by no number below 0, so that a map of what speaks against the
    score is not taken for one of what speaks for it.

    Args:
        scores: What is explained.
        image: x, `(channels, rows, cols)`, scaled.
        baseline: x₀, what is left where something is taken away, of the same shape.
        foretold: IᵀΦ of each perturbation, `(draws,)`, see `foretold_losses`.
        masks: The squares, `(draws, rows, cols)`.
        told: Is told how far it is.

    Returns:
        NaN where all perturbations are the same: one number then fits any map.
    """
    if (masks == masks[0]).all():
        return Infidelity(float("nan"), float("nan"))

    def fill(number: int, into: NDArray[np.float32]) -> None:
        np.copyto(into, image)
        np.copyto(into, baseline, where=masks[number])

    lost = score_of(scores, image) - evaluate(scores, len(masks), image.shape, fill, told)
    size = float(np.mean(foretold**2))
    times = max(0.0, float(np.mean(foretold * lost)) / size) if size > 0 else 0.0
    value = float(np.mean((times * foretold - lost) ** 2))
    whole = float(np.mean(lost**2))
    return Infidelity(value, value / whole if whole > 0 else float("nan"))


def foretold_losses(shares: NDArray[np.float64], masks: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What an explanation says is lost with each square, `(draws,)`.

    Args:
        shares: What each pixel adds to the score against the baseline, `(rows, cols)`: (x − x₀) times the gradient for
            methods that give a gradient, the attribution itself for the others.
        masks: The squares, `(draws, rows, cols)`.
    """
    return np.asarray(np.einsum("nrk,rk->n", masks.astype(np.float64), shares))


def squares(rows: int, cols: int, seed: list[int], draws: int = DRAWS) -> NDArray[np.bool_]:
    """Random squares, `(draws, rows, cols)`, none of which is empty."""
    rng = np.random.default_rng(seed)
    made = np.zeros((draws, rows, cols), bool)
    for mask in made:
        share = rng.uniform(SMALLEST, LARGEST)
        height, width = (max(1, round(share * size)) for size in (rows, cols))
        top, left = rng.integers(0, rows - height + 1), rng.integers(0, cols - width + 1)
        mask[top : top + height, left : left + width] = True
    return made
