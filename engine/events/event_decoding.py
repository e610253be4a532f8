"""Turns what a network says of some dates into the event: whether it is there, how probable, and where its front is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..decoding import probabilities
from ..library.card import ModelOutput

HALF = 0.5
"""Beside a front, and of a lone channel without a threshold, the event is seen from this probability on."""


@dataclass(frozen=True)
class EventDecoder:
    """Decodes a segmentation.

    Args:
        output: What the card says of it.
        event: Places of the classes that are the event.
        front: Place of the class that is a front; `None`: there is none.
    """

    directions: ClassVar[tuple[int, int] | None] = None

    output: ModelOutput
    event: tuple[int, ...]
    front: int | None = None

    def measure(self, output: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability of each class, which may be averaged over tiles and turns."""
        return probabilities(output, self.output)

    def layers(self, measured: NDArray[np.float32]) -> Mapping[str, NDArray[Any]]:
        """`seen`: 1 where a class map would show the event; `probability`; `front`.

        A front lies between what it parts: there the more probable side counts.
        """
        event = measured[list(self.event)].sum(axis=0)
        if self.front is None:
            return {"seen": np.isin(self._chosen(measured), self.event).astype(np.uint8), "probability": event}
        front = measured[self.front]
        shared = event / np.maximum(1 - front, np.finfo(np.float32).tiny)
        event = np.minimum(shared, np.float32(1))
        return {"seen": (event > HALF).astype(np.uint8), "probability": event, "front": front}

    def _chosen(self, probability: NDArray[np.float32]) -> NDArray[np.intp]:
        """Place of the class that `ClassDecoder` chooses too, `(rows, cols)`; -1 where it leaves it open."""
        least = self.output.threshold
        if self.output.lone and len(probability) == 2:
            return np.asarray(probability[1] >= (least or HALF), np.intp)
        below = -1 if self.output.leaves_unsure else 0
        return np.where(probability.max(axis=0) < least, below, probability.argmax(axis=0))
