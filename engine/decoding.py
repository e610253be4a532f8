"""Turns a network's bare output into probabilities, classes, confidences and values, pixel by pixel.

It works through a few rows at a time, which stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from .legend import NODATA, Legend
from .library.card import ModelOutput

ROWS = 32
"""Rows that are worked on together."""


class Decoder(Protocol):
    """Says what a network's output means.

    Attributes:
        directions: Channels of `measure` that hold cos 2θ and sin 2θ of a direction θ; `None`: none do.
    """

    directions: ClassVar[tuple[int, int] | None]

    def measure(self, output: NDArray[np.float32]) -> NDArray[np.float32]:
        """What may be averaged over tiles and turns, `(channels, rows, cols)`."""

    def layers(self, measured: NDArray[np.float32]) -> Mapping[str, NDArray[Any]]:
        """The values of each layer, `(bands, rows, cols)` or `(rows, cols)`, from what `measure` gave."""


@dataclass(frozen=True)
class ClassDecoder:
    """Decodes a segmentation.

    Args:
        output: What the card says of it.
        legend: The classes.
        wanted: The layers that are needed: `classes`, `confidence`, `probabilities`.
        averaged: Whether tiles or turns are averaged; it is probabilities that are, never classes.
    """

    directions: ClassVar[tuple[int, int] | None] = None

    output: ModelOutput
    legend: Legend
    wanted: Collection[str]
    averaged: bool = False

    @property
    def acting_threshold(self) -> float:
        """The card's threshold where it may choose another class than the most probable one; 0: it never does."""
        threshold, classes = self.output.choosing.threshold, len(self.legend.entries)
        idle = threshold == 0.5 if self.output.lone and classes == 2 else threshold <= 1 / classes
        return 0.0 if idle else threshold

    def measure(self, output: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities where they are averaged, else the bare output."""
        return probabilities(output, self.output) if self.averaged else output

    def layers(self, measured: NDArray[np.float32]) -> Mapping[str, NDArray[Any]]:
        """Classes, and probabilities with what comes of them unless classes alone are wanted and need none.

        The most probable class is that of the highest bare output.

        `unsure`, of models that leave pixels without a class: 1 where none reaches the threshold, else 0.
        """
        bare = not self.averaged
        scores_decide = bare and not self.output.threshold and len(measured) == len(self.legend.entries)
        if scores_decide and set(self.wanted) <= {"classes"}:
            return {"classes": classes(measured, self.legend)}
        probability = probabilities(measured, self.output) if bare else measured
        if self.output.leaves_unsure:
            sure = confidence(probability)
            is_unsure = sure < self.output.threshold
            chosen = np.where(is_unsure, np.uint8(NODATA), classes(probability, self.legend))
            unsure = is_unsure.view(np.uint8)
            return {"classes": chosen, "confidence": sure, "probabilities": probability, "unsure": unsure}
        if self.output.lone and len(self.legend.entries) == 2:  # of more classes it holds their numbers
            is_second = probability[1] >= (self.output.threshold or 0.5)
            chosen = np.array(self.legend.values, np.uint8)[is_second * 1]
            sure = np.where(is_second, probability[1], probability[0])
        else:
            chosen = classes(measured if scores_decide else probability, self.legend, self.output.threshold)
            sure = confidence(probability, self.output.threshold)
        return {
            "classes": chosen,
            "confidence": sure,
            "probabilities": probability,
        }


@dataclass(frozen=True)
class ValueDecoder:
    """Decodes a regression or an image of higher resolution: the bare output or its sigmoid, times the card's factor.

    Args:
        output: What the card says of it.
    """

    directions: ClassVar[tuple[int, int] | None] = None

    output: ModelOutput

    def measure(self, output: NDArray[np.float32]) -> NDArray[np.float32]:
        """The values."""
        measured = sigmoid(output) if self.output.activation == "sigmoid" else output
        return measured if self.output.factor == 1 else measured * np.float32(self.output.factor)

    def layers(self, measured: NDArray[np.float32]) -> Mapping[str, NDArray[Any]]:
        """The values."""
        return {"values": measured}


def probabilities(output: NDArray[np.float32], card: ModelOutput) -> NDArray[np.float32]:
    """Apply the card's temperature and activation.

    Args:
        output: `(channels, rows, cols)`, the network's bare output; a single channel is the second of two classes.
        card: Names the activation; `none` means that the network applied its own.

    Returns:
        Probability per class, `(classes, rows, cols)`, 0–1.
    """
    if len(output) == 1:
        second = sigmoid(output / np.float32(card.temperature)) if card.activation == "sigmoid" else output
        return np.concatenate([1 - second, second])
    if card.activation != "softmax":
        return output
    result = np.empty_like(output)
    for rows in _chunks(output):
        part = result[:, rows]
        np.divide(output[:, rows], np.float32(card.temperature), out=part)
        part -= part.max(axis=0)
        np.exp(part, out=part)
        part /= part.sum(axis=0)
    return result


def classes(scores: NDArray[np.float32], legend: Legend, threshold: float = 0.0) -> NDArray[np.uint8]:
    """Value of the class with the highest score, `(rows, cols)`; the earlier one where two are equal.

    Args:
        scores: `(classes, rows, cols)`, whatever grows with the probability.
        legend: The classes.
        threshold: Where no score reaches it, the first class stands.
    """
    winners = np.zeros(scores.shape[1:], np.uint8)
    for rows in _chunks(scores):
        best, winner = scores[0, rows].copy(), winners[rows]
        for index in range(1, len(scores)):
            better = scores[index, rows] > best
            np.maximum(best, scores[index, rows], out=best)
            np.maximum(winner, better * np.uint8(index), out=winner)  # later indices are larger
        if threshold:
            winner[best < threshold] = 0
    values = np.array(legend.values, np.uint8)
    return winners if (values == np.arange(len(values))).all() else values[winners]


def confidence(probability: NDArray[np.float32], threshold: float = 0.0) -> NDArray[np.float32]:
    """Probability of the class that `classes` chooses, `(rows, cols)`, 0–1: where none reaches it, of the first one."""
    highest: NDArray[np.float32] = probability.max(axis=0)
    return np.where(highest < threshold, probability[0], highest) if threshold else highest


def sigmoid(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 / (1 + exp(-score))."""
    with np.errstate(over="ignore"):  # exp overflows to infinity, whose reciprocal is 0, as it should be
        positive: NDArray[np.float32] = np.float32(1) / (np.float32(1) + np.exp(-scores))
    return positive


def _chunks(array: NDArray[np.float32]) -> Iterator[slice]:
    """A few rows at a time of `(channels, rows, cols)`."""
    for start in range(0, array.shape[1], ROWS):
        yield slice(start, start + ROWS)
