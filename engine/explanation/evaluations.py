"""Asks a network about many variants of one image, several at once, as fast as the bare network answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ..network import Network
from ..progress import Told
from .class_scores import ClassScores
from .target import Target
from .window_memory import running_px

BATCH_PX = 2**19
"""About so many pixels go through the network at once: more take memory and no less time."""

MOST_AT_ONCE = 64

Fill = Callable[[int, NDArray[np.float32]], None]
"""Writes the variant of a number into an array `(channels, rows, cols)`."""

Keep = Callable[[NDArray[np.bool_], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]], None]
"""Writes an image with only some features in it; see `Features.keep`."""


class Scores(Protocol):
    """A number for each of several images: what the methods explain. Methods know nothing else of a network."""

    def __call__(self, batch: NDArray[np.float32]) -> NDArray[np.float64]:
        """The number of each image, `(images,)`, of `(images, channels, rows, cols)`."""


@runtime_checkable
class ScoresOfPart(Protocol):
    """Scores of images that are parts of a window: it is the whole window that goes through the network."""

    @property
    def window_px(self) -> int:
        """Its pixels."""


class NetworkScores:
    """What a network says of a target.

    Args:
        network: The network.
        reads: What is read of its output.
        target: The pixels that count.
        splits: Number of channels of each of its inputs.
    """

    def __init__(self, network: Network, reads: ClassScores, target: Target, splits: Sequence[int]) -> None:
        self._network = network
        self._reads = reads
        self._target = target
        self._ends = np.cumsum(splits)[:-1]
        self._most_px = running_px(network)

    def __call__(self, batch: NDArray[np.float32]) -> NDArray[np.float64]:
        """The sum over the target for each image, of as many at once as there is memory for; see `Scores`."""
        at_once = max(1, int(self._most_px // (batch.shape[2] * batch.shape[3])))
        return np.concatenate(
            [self._at_once(batch[start : start + at_once]) for start in range(0, len(batch), at_once)]
        )

    def _at_once(self, batch: NDArray[np.float32]) -> NDArray[np.float64]:
        """The same of images that go through the network together."""
        outputs = self._network.several(np.split(batch, self._ends, axis=1))
        found = [self._target.total(self._reads(self._target.take(output))) for output in outputs]
        for output in outputs:
            if not self._network.takes_several:
                self._network.give_back(output)
        return np.array(found)


def evaluate(scores: Scores, count: int, shape: tuple[int, ...], fill: Fill, told: Told) -> NDArray[np.float64]:
    """The score of each of many variants of an image, `(count,)`.

    Args:
        scores: What is asked.
        count: How many variants there are.
        shape: Channels, rows and columns of each.
        fill: Makes a variant.
        told: Is told after each batch.
    """
    run_px = scores.window_px if isinstance(scores, ScoresOfPart) else shape[1] * shape[2]
    at_once = max(1, min(count, MOST_AT_ONCE, BATCH_PX // max(1, run_px)))
    batch = np.empty((at_once, *shape), np.float32)
    found = np.empty(count)
    for start in range(0, count, at_once):
        part = batch[: min(at_once, count - start)]
        for place, variant in enumerate(part):
            fill(start + place, variant)
        found[start : start + len(part)] = scores(part)
        told((start + len(part)) / count)
    return found


def ask_without(
    scores: Scores,
    image: NDArray[np.float32],
    baseline: NDArray[np.float32],
    keep: Keep,
    present: NDArray[np.bool_],
    told: Told,
) -> NDArray[np.float64]:
    """The score of an image with some features left out, `(samples,)` of which are there, `(samples, features)`."""

    def fill(number: int, into: NDArray[np.float32]) -> None:
        keep(present[number], image, baseline, into)

    return evaluate(scores, len(present), image.shape, fill, told)


def score_of(scores: Scores, image: NDArray[np.float32]) -> float:
    """The score of one image, `(channels, rows, cols)`."""
    return float(scores(np.ascontiguousarray(image)[np.newaxis])[0])
