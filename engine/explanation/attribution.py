"""What an explanation of one window found."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Attribution:
    """Attributions of one window, with their signs: positive where the image speaks for the score.

    Args:
        total: What each pixel adds, `(rows, cols)`.
        bands: What each band of it adds, `(channels, rows, cols)`; `None` for methods that see all bands together.
        parts: One over the number of pixels of the feature that a pixel belongs to, `(rows, cols)`: what a feature adds
            is written to each of its pixels, and must count once; `None`: each pixel is a feature.
        noise: Variance that chance leaves each value of `bands`, of their shape; `None`: none, or it is not known.
        repeats: Mean magnitude of each band beyond `noise` in repeats from samples drawn anew, `(repeats, channels)`;
            without rows where nothing was drawn anew, or bands are not told apart.
        spread: Half the width of the 95 % interval of `total`, the mean over the features; NaN: not known.
        facts: What is told of how it was computed, by name.
        rest: What all that lies farther than the map shows adds, of Kernel SHAP; NaN for other methods.
        delta: Convergence delta of integrated gradients and gradient SHAP; NaN for other methods.
        difference: What attributions must add up to, where that is not the score of the image less that of the
            baseline: gradient SHAP draws its baselines. NaN for other methods.
        fit: Weighted R² of the linear model of LIME, of samples that it was not fitted to; NaN for other methods.
        asked: How many changed images the network was asked about, where that hangs on how windows or blocks come to
            lie; 0: as many as SAMPLES say.
    """

    total: NDArray[np.float32]
    bands: NDArray[np.float32] | None = None
    parts: NDArray[np.float32] | None = None
    noise: NDArray[np.float32] | None = None
    repeats: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))
    spread: float = math.nan
    facts: dict[str, str] = field(default_factory=dict)
    rest: float = math.nan
    delta: float = math.nan
    difference: float = math.nan
    fit: float = math.nan
    asked: int = 0

    @property
    def added_up(self) -> float:
        """All features and the rest, each counted once; NaN where the rest is not known."""
        parts = 1.0 if self.parts is None else self.parts
        return float((self.total * parts).sum(dtype=float)) + self.rest

    @property
    def adds_up_to(self) -> float:
        """What attributions must add up to; NaN where they need not."""
        return self.difference if math.isfinite(self.difference) else float(self.total.sum(dtype=float)) - self.delta
