"""Turns a network's bare output into probabilities, classes and confidences, pixel by pixel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .legend import Legend
from .library.card import ModelCard


def values(output: NDArray[np.float32], card: ModelCard) -> NDArray[np.float32]:
    """The values of a regression, `(1, rows, cols)`: the bare output, or its sigmoid where the card asks for it."""
    return _sigmoid(output) if card.output.activation == "sigmoid" else output


def probabilities(output: NDArray[np.float32], card: ModelCard) -> NDArray[np.float32]:
    """Apply the card's temperature and activation.

    Args:
        output: `(channels, rows, cols)`, the network's bare output; one channel, the second class, under a sigmoid.
        card: Names the activation; `none` means that the network applied its own.

    Returns:
        Probability per class, `(classes, rows, cols)`, 0–1.
    """
    if card.output.activation == "none":
        return output
    scaled = output / np.float32(card.output.temperature)
    if card.output.activation == "sigmoid":
        second = _sigmoid(scaled)
        return np.concatenate([1 - second, second])
    scaled -= scaled.max(axis=0)
    np.exp(scaled, out=scaled)
    scaled /= scaled.sum(axis=0)
    return scaled


def _sigmoid(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    positive: NDArray[np.float32] = np.float32(1) / (np.float32(1) + np.exp(-scores))
    return positive


def classes(probability: NDArray[np.float32], legend: Legend) -> NDArray[np.uint8]:
    """Value of the most probable class, `(rows, cols)`; the earlier one where two are equal."""
    values = np.array(legend.values, np.uint8)
    winners: NDArray[np.uint8] = values[probability.argmax(axis=0)]
    return winners


def confidence(probability: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probability of the most probable class, `(rows, cols)`, 0–1."""
    highest: NDArray[np.float32] = probability.max(axis=0)
    return highest
