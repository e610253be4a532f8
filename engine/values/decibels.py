"""Recognises in what unit the values of a radar image are, and tells the line on which a model has decibels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..library.model_input import ModelInput

LOWEST_DB, LOWEST_POWER, HIGHEST_POWER = -60.0, -1.0, 1.0
"""No backscatter is fainter; noise that is taken off leaves no power below the second; and of powers the median never
reaches the last, of 8-bit values it does."""

LINEAR = "linear"


def recognise(sample: NDArray[np.float64]) -> str:
    """Which of `db`, `linear` or `scaled` radar values are.

    Surfaces send back less than falls on them: decibels are negative for the most part, powers between 0 and 1. The
    noise that was taken off may leave some powers below 0. Pixels of 0 in all bands do not count: borders of turned
    scenes are often that, and rarely declared as nodata.

    Args:
        sample: `(bands, pixels)`, valid raw values.
    """
    seen = sample[:, sample.any(axis=0)]
    if seen.size == 0:
        return "scaled"
    low, middle = (float(value) for value in np.percentile(seen, (5, 50)))
    if LOWEST_DB < low and middle < 0:
        return "db"
    return LINEAR if LOWEST_POWER < low and 0 <= middle < HIGHEST_POWER else "scaled"


def fixed_line(wants: ModelInput) -> tuple[float, float] | None:
    """Factor and offset that bring decibels to values of a model; `None`: its card does not tell.

    They are the same for every image: percentiles would stretch a scene that is half flooded otherwise than a dry one.
    """
    if wants.decibels is None or wants.value_range is None:
        return None
    (low_db, high_db), (low, high) = wants.decibels, wants.value_range
    factor = (high - low) / (high_db - low_db)
    return factor, low - low_db * factor
