"""Turns what a network says of lines into their probability and direction, pixel by pixel.

A direction is the vector (cos 2θ, sin 2θ) times how sure it is, see `lines.field`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..decoding import probabilities, sigmoid
from ..library.card import ModelOutput
from ..library.rules import LineRules

FAINT = 0.02
"""Where a line is less probable nothing is said of its direction: that takes long, and means nothing."""


@dataclass(frozen=True)
class LineDecoder:
    """Decodes a network of lines: the logit of a line, then those of the bins of its direction.

    Args:
        output: What the card says of the output.
        rules: What the card says of directions.
    """

    directions: ClassVar[tuple[int, int] | None] = (1, 2)

    output: ModelOutput
    rules: LineRules

    def measure(self, output: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability and direction, `(3, rows, cols)`."""
        measured = np.zeros((3, *output.shape[1:]), np.float32)
        measured[0] = sigmoid(output[0] / np.float32(self.output.temperature))
        rows, cols = np.nonzero(measured[0] >= FAINT)
        shares = output[1:, rows, cols]  # (bins, pixels)
        shares -= shares.max(axis=0)
        np.exp(shares, out=shares)
        shares /= shares.sum(axis=0)
        middles = self.rules.first_deg + (np.arange(self.rules.bins) + 0.5) * 180 / self.rules.bins
        doubled = 2 * np.radians(middles)
        measured[1:, rows, cols] = np.stack([np.cos(doubled), np.sin(doubled)]).astype(np.float32) @ shares
        return measured

    def layers(self, measured: NDArray[np.float32]) -> Mapping[str, NDArray[Any]]:
        """The values of each layer."""
        return {"probability": measured[0], "direction": measured[1:]}


@dataclass(frozen=True)
class ClassLineDecoder:
    """Decodes one class of a segmentation as lines; it has no direction.

    Args:
        output: What the card says of the output.
        number: Place of the class among the classes.
    """

    directions: ClassVar[tuple[int, int] | None] = None

    output: ModelOutput
    number: int

    def measure(self, output: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability of the class, `(1, rows, cols)`."""
        return probabilities(output, self.output)[self.number : self.number + 1]

    def layers(self, measured: NDArray[np.float32]) -> Mapping[str, NDArray[Any]]:
        """The values of the one layer."""
        return {"probability": measured[0]}
