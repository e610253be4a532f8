"""Random forests as a careful analyst would tune them: the yardstick of every network of classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, GroupKFold
from terraloom.engine.chips.chip_set import IGNORE

TREES, MOST_PIXELS = 500, 8_000
"""Trees of the forest, and pixels that it learns from: more make it slow and hardly better."""

TRIED_TREES, TRIED_PIXELS = 100, 4_000
"""Trees and pixels of the forests that settings are tried with."""

GRID = {
    "min_samples_leaf": [1, 3, 10],
    "max_features": ["sqrt", 0.5],
    "class_weight": [None, "balanced_subsample"],
}
WINDOWS_PX = (3, 5, 9)


def forest_classes(
    features: NDArray[np.float32], labels: NDArray[np.uint8], blocks: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """The classes of some pixels; the forest's settings are those with the best mean IoU across blocks it has not seen.

    Args:
        features: `(features, rows, cols)`.
        labels: What it learns from, `(rows, cols)`.
        blocks: Number of the block of ground of each pixel, `(rows, cols)`; whole ones are left out while tuning.
        wanted: The pixels to classify, `(rows, cols)`.
    """
    rows, columns = np.nonzero(labels != IGNORE)
    chosen = _sample(len(rows), MOST_PIXELS)
    rows, columns = rows[chosen], columns[chosen]
    pixels, classes, groups = features[:, rows, columns].T, labels[rows, columns], blocks[rows, columns]
    few = _sample(len(rows), TRIED_PIXELS)
    tried = RandomForestClassifier(TRIED_TREES, random_state=0, n_jobs=2)
    folds = GroupKFold(min(4, len(np.unique(groups[few]))))
    search = GridSearchCV(tried, GRID, scoring="jaccard_macro", cv=folds, refit=False)
    search.fit(pixels[few], classes[few], groups=groups[few])
    forest = RandomForestClassifier(TREES, random_state=0, n_jobs=2, **search.best_params_)
    found: NDArray[np.uint8] = forest.fit(pixels, classes).predict(features[:, wanted].T).astype(np.uint8)
    return found


def with_neighbourhood(bands: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bands `(bands, rows, cols)`, and their mean and standard deviation over windows around each pixel."""
    found = np.empty((len(bands) * (1 + 2 * len(WINDOWS_PX)), *bands.shape[1:]), np.float32)
    for number, band in enumerate(bands):
        own = found[number :: len(bands)]
        own[0] = band
        for index, side in enumerate(WINDOWS_PX):
            mean = uniform_filter(band, side)
            own[1 + 2 * index] = mean
            own[2 + 2 * index] = np.sqrt(np.maximum(uniform_filter(band**2, side) - mean**2, 0))
    return found


def with_course(series: NDArray[np.float32]) -> NDArray[np.float32]:
    """Series `(dates, bands, rows, cols)` and what tells of their course, `(features, rows, cols)`.

    That is mean, spread, least and most over the dates, and the step from each date to the next.
    """
    told = [series.mean(axis=0), series.std(axis=0), series.min(axis=0), series.max(axis=0)]
    parts = [series, np.stack(told), np.diff(series, axis=0)]
    return np.concatenate([part.reshape(-1, *series.shape[2:]) for part in parts])


def _sample(count: int, most: int) -> NDArray[np.int64]:
    """Numbers below a count: all of them, or as many as allowed at random."""
    return np.arange(count) if count <= most else np.random.default_rng(0).choice(count, most, replace=False)
