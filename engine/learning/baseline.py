"""What pixels alone can tell: random forests on the bands of single pixels, the yardstick of every network.

After Pešek 2024 (10.1016/j.rsase.2024.101238): the context gain of a network is its mean IoU less that of the forest.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

from ..chips.chip_set import IGNORE
from ..verification.accuracy import Confusion
from .chip_store import ChipStore, statistics_of
from .evaluation import Check, explained

TREES = 200
MOST_PIXELS = 60_000
"""Pixels to learn from: more make the forest slower, hardly better."""

VALUE_TREES = 100
MOST_VALUES = 20_000
"""Values grow far deeper trees than classes: fewer of both."""


class PixelForest:
    """A random forest trained on the labelled pixels of chips.

    Args:
        store: The training chips.
        seed: Start of all chance.
        threads: How many trees grow at once.
    """

    def __init__(self, store: ChipStore, seed: int, threads: int) -> None:
        pixels, classes = _sample(store, 0, MOST_PIXELS, np.random.default_rng(seed))
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
            places = _known(store, number, 0)
            if len(places):
                pixels, classes = _pixels(store, number, places, 0)
                counts[store.blocks[number]] += Confusion.measure(classes, self._forest.predict(pixels), size).counts
        return counts


class ValueForests:
    """A random forest for each variable, trained on the pixels of chips whose value is known.

    Args:
        store: The training chips.
        seed: Start of all chance.
        threads: How many trees grow at once.
    """

    def __init__(self, store: ChipStore, seed: int, threads: int) -> None:
        self._forests = []
        for variable in range(store.variables):
            pixels, values = _sample(store, variable, MOST_VALUES, np.random.default_rng(seed))
            forest = RandomForestRegressor(
                VALUE_TREES, n_jobs=threads, random_state=seed, max_features=1 / 3, min_samples_leaf=5
            )
            self._forests.append(forest.fit(pixels, values))

    def figures(self, store: ChipStore, check: Check) -> dict[str, float]:
        """How good their values are over all chips and variables: `r2` (at most 1; none of constant ones) and `rmse`.

        Args:
            store: The chips.
            check: See `evaluation.outputs`.
        """
        told = statistics_of(store.targets, store.variables)
        squares = np.zeros(store.variables)
        for number in range(len(store)):
            check()
            for variable, forest in enumerate(self._forests):
                places = _known(store, number, variable)
                if len(places):
                    pixels, truth = _pixels(store, number, places, variable)
                    squares[variable] += float(np.sum((truth - forest.predict(pixels)) ** 2))
        figures = {"r2": explained(squares, told.squares), "rmse": math.sqrt(squares.sum() / told.count.sum())}
        return {name: value for name, value in figures.items() if not math.isnan(value)}


def _sample(
    store: ChipStore, variable: int, most: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[Any]]:
    """Bands `(pixels, bands)` and targets `(pixels,)` of pixels with a target, at most so many of all chips."""
    ends = np.cumsum([len(_known(store, number, variable)) for number in range(len(store))])
    total = int(ends[-1])
    chosen = np.sort(rng.choice(total, most, replace=False)) if total > most else np.arange(total)
    parts = []
    for number, (start, end) in enumerate(zip((0, *ends), ends)):
        own = chosen[np.searchsorted(chosen, start) : np.searchsorted(chosen, end)] - start
        parts.append(_pixels(store, number, _known(store, number, variable)[own], variable))
    pixels, targets = zip(*parts)
    return np.concatenate(pixels), np.concatenate(targets)


def _targets(store: ChipStore, number: int, variable: int) -> NDArray[Any]:
    """Class numbers or values of a chip, row by row."""
    targets: NDArray[Any] = (store.targets[number] if store.classes else store.targets[number, variable]).ravel()
    return targets


def _known(store: ChipStore, number: int, variable: int) -> NDArray[np.int64]:
    """Places of the pixels of a chip that have a target, counted row by row."""
    targets = _targets(store, number, variable)
    return np.flatnonzero(targets != IGNORE if store.classes else ~np.isnan(targets))


def _pixels(
    store: ChipStore, number: int, places: NDArray[np.int64], variable: int
) -> tuple[NDArray[np.float32], NDArray[Any]]:
    """Bands of all inputs `(pixels, bands)` and targets `(pixels,)` of some pixels of a chip."""
    bands = [images[number].reshape(len(images[number]), -1)[:, places] for images in store.images]
    return np.concatenate(bands).T, _targets(store, number, variable)[places]
