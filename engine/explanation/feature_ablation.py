"""Feature ablation: how much the score falls when a feature is replaced, one after the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..progress import Told
from .evaluations import Scores, evaluate, score_of
from .features import Features


def feature_ablation(
    scores: Scores, image: NDArray[np.float32], baseline: NDArray[np.float32], features: Features, told: Told
) -> NDArray[np.float64]:
    """Replace each feature by the baseline and look how much is lost.

    As captum's FeatureAblation with a feature mask. The features may be bands (a single region), blocks, or blocks of
    each band.

    Args:
        scores: What is explained.
        image: `(channels, rows, cols)`, scaled.
        baseline: What is put in place, of the same shape.
        features: The features.
        told: Is told how far it is.

    Returns:
        The loss of each feature, `(features,)`: positive where it speaks for the score.
    """

    def fill(number: int, into: NDArray[np.float32]) -> None:
        present = np.ones(features.count, bool)
        present[number] = False
        features.keep(present, image, baseline, into)

    whole = score_of(scores, image)
    return whole - evaluate(scores, features.count, image.shape, fill, told)
