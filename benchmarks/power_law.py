"""Fits seconds = a + b * pixels ** k: k is 1 where the time grows as the raster does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import curve_fit


@dataclass(frozen=True)
class PowerLaw:
    """The fit.

    Args:
        a_s: Seconds that every run takes.
        b_s: Seconds for the first megapixel beyond these.
        k: The exponent.
        k_error: Its standard error.
    """

    a_s: float
    b_s: float
    k: float
    k_error: float


def fit(pixels: Sequence[int], seconds: Sequence[float]) -> PowerLaw:
    """Least squares of the relative deviations: times scatter in proportion to themselves."""
    mpx, took = np.array(pixels) / 1e6, np.array(seconds)

    def law(size: NDArray[np.float64], a: float, b: float, k: float) -> NDArray[np.float64]:
        grown: NDArray[np.float64] = a + b * size**k
        return grown

    start = (0.0, float((took / mpx).mean()), 1.0)
    found, covariance = curve_fit(law, mpx, took, start, sigma=took)
    a, b, k = map(float, found)
    return PowerLaw(a, b, k, float(covariance[2, 2] ** 0.5))
