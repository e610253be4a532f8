"""What pixels alone can tell: a random forest on the bands of single pixels, the yardstick of every network of classes.

After Pešek 2024 (10.1016/j.rsase.2024.101238): the context gain of a network is its mean IoU less that of the forest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier

from ..accuracy import Confusion
from ..chip_set import IGNORE
from .chip_store import ChipStore
from .evaluation import Check

TREES = 200
MOST_PIXELS = 60_000
"""Pixels to learn from: more make the forest slower, hardly better."""


class PixelForest:
    """A random forest trained on the labelled pixels of chips.

    Args:
        store: The training chips.
        seed: Start of all chance.
        threads: How many trees grow at once.
    """

    def __init__(self, store: ChipStore, seed: int, threads: int) -> None:
        pixels, classes = _sample(store, np.random.default_rng(seed))
        self._forest = RandomForestClassifier(TREES, n_jobs=threads, random_state=seed, max_features="sqrt")
        self._forest.fit(pixels, classes)

    def confusion(self, store: ChipStore, check: Check) -> NDArray[np.int64]:
        """Pixels by block, true and predicted class, `(blocks, classes, classes)`.

        Args:
            store: The chips.
            check: See `evaluation.outputs`.
        """
        size = store.classes
        counts = np.zeros((store.blocks.max() + 1, size, size), np.int64)
        for number in range(len(store)):
            check()
            places = _labelled(store, number)
            if len(places):
                pixels, classes = _pixels(store, number, places)
                counts[store.blocks[number]] += Confusion.measure(classes, self._forest.predict(pixels), size).counts
        return counts


def _sample(store: ChipStore, random: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Bands `(pixels, bands)` and class numbers `(pixels,)` of labelled pixels, at most `MOST_PIXELS` of all chips."""
    ends = np.cumsum([len(_labelled(store, number)) for number in range(len(store))])
    chosen = np.arange(ends[-1])
    if len(chosen) > MOST_PIXELS:
        chosen = np.sort(random.choice(len(chosen), MOST_PIXELS, replace=False))
    parts = []
    for number, (start, end) in enumerate(zip((0, *ends), ends)):
        own = chosen[np.searchsorted(chosen, start) : np.searchsorted(chosen, end)] - start
        parts.append(_pixels(store, number, _labelled(store, number)[own]))
    pixels, classes = zip(*parts)
    return np.concatenate(pixels), np.concatenate(classes)


def _labelled(store: ChipStore, number: int) -> NDArray[np.int64]:
    """Places of the labelled pixels of a chip, counted row by row."""
    return np.flatnonzero(store.targets[number] != IGNORE)


def _pixels(store: ChipStore, number: int, places: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Bands of all inputs `(pixels, bands)` and class numbers `(pixels,)` of some pixels of a chip."""
    bands = [images[number].reshape(len(images[number]), -1)[:, places] for images in store.images]
    return np.concatenate(bands).T, store.targets[number].ravel()[places]
