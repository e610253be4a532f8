"""Band ablation: how much the score falls when whole bands are replaced."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..progress import Told
from .evaluations import Scores, evaluate, score_of


def band_ablation(
    scores: Scores,
    image: NDArray[np.float32],
    baseline: NDArray[np.float32],
    groups: Sequence[Sequence[int]],
    told: Told,
) -> NDArray[np.float64]:
    """Replace the bands of each group by the baseline, everywhere, and look how much is lost.

    Args:
        scores: What is explained.
        image: `(channels, rows, cols)`, scaled.
        baseline: What is put in place, of the same shape.
        groups: Channels that are replaced together; a channel may be in several, as in its band and in its input.
        told: Is told how far it is.

    Returns:
        The loss of each group, `(groups,)`: positive where it speaks for the score.
    """

    def fill(number: int, into: NDArray[np.float32]) -> None:
        np.copyto(into, image)
        for channel in groups[number]:
            into[channel] = baseline[channel]

    whole = score_of(scores, image)
    return whole - evaluate(scores, len(groups), image.shape, fill, told)
