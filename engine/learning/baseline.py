"""What pixels alone can tell: a random forest on the bands of single pixels, the yardstick of every network of classes.

After Pešek 2024 (10.1016/j.rsase.2024.101238): the context gain of a network is its mean IoU less that of the forest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier

from ..chip_set import IGNORE
from ..progress import Progress
from .chip_store import ChipStore

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
        rng = np.random.default_rng(seed)
        pixels, classes = _labelled(store, range(len(store)))
        if len(classes) > MOST_PIXELS:
            chosen = rng.choice(len(classes), MOST_PIXELS, replace=False)
            pixels, classes = pixels[chosen], classes[chosen]
        self._forest = RandomForestClassifier(TREES, n_jobs=threads, random_state=seed, max_features="sqrt")
        self._forest.fit(pixels, classes)

    def confusion(self, store: ChipStore, progress: Progress) -> NDArray[np.int64]:
        """Pixels by block, true and predicted class, `(blocks, classes, classes)`."""
        size = store.classes
        counts = np.zeros((store.blocks.max() + 1, size, size), np.int64)
        for number in range(len(store)):
            progress.update(0.0)
            pixels, classes = _labelled(store, (number,))
            if len(classes):
                predicted = self._forest.predict(pixels)
                np.add.at(counts[store.blocks[number]], (classes, predicted), 1)
        return counts


def _labelled(store: ChipStore, numbers: range | tuple[int, ...]) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Bands of all inputs `(pixels, bands)` and class number `(pixels,)` of the labelled pixels of some chips."""
    pixels, classes = [], []
    for number in numbers:
        labels = store.targets[number]
        chosen = labels != IGNORE
        pixels.append(np.concatenate([images[number][:, chosen] for images in store.images]).T)
        classes.append(labels[chosen])
    return np.concatenate(pixels), np.concatenate(classes)
