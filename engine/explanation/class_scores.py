"""Turns what a network gives into the numbers that can be explained: probabilities or logits of classes, or values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..decoding import probabilities, sigmoid
from ..library.card import LINES, REGRESSION, ModelCard
from ..requests.explain_prediction import PROBABILITY


@dataclass(frozen=True)
class ClassScores:
    """What is read of a network's output, pixel by pixel.

    Args:
        card: The model.
        kind: `probability`, after the card's temperature and activation; or `logit`, the bare output.
    """

    card: ModelCard
    kind: str

    @property
    def names(self) -> tuple[str, ...]:
        """The classes; of a regression its channels."""
        return self.card.legend.names if self.card.legend else self.card.output.channels

    @property
    def usual(self) -> str:
        """What is explained where TARGET_CLASS is empty: what is predicted; of a regression its first channel."""
        return "what is predicted" if self.card.legend else self.names[0]

    @property
    def called(self) -> str:
        """What the numbers are: `probability`, `logit`, or the `value` of a regression."""
        if self.card.task == REGRESSION and (self.kind == PROBABILITY or self.card.output.activation != "sigmoid"):
            return "value"
        return self.kind

    def __call__(self, output: NDArray[np.float32]) -> NDArray[np.float32]:
        """The scores.

        Args:
            output: `(channels, rows, cols)`, as `Network` gives it.

        Returns:
            `(classes, rows, cols)`; of a regression its values.
        """
        card = self.card
        if card.task == LINES:
            output = output[:1]  # the others tell directions
        if card.task == REGRESSION:
            bare = self.kind != PROBABILITY or card.output.activation != "sigmoid"
            return (output if bare else sigmoid(output)) * np.float32(card.output.factor)
        if self.kind == PROBABILITY:
            return probabilities(output, card.output)
        return np.concatenate([-output, output]) if len(output) == 1 else output
