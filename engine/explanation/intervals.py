"""Says how well a mean of few values is known: by Student's t, since drawing few anew makes intervals too narrow."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

END = 0.975
"""Quantile at which a 95 % interval ends."""


def half_width(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Half the width of the interval of the mean of at least two values, `(…)` of `(values, …)`."""
    from scipy.special import stdtrit

    count = len(values)
    return np.asarray(stdtrit(count - 1, END) * values.std(axis=0, ddof=1) / math.sqrt(count))
