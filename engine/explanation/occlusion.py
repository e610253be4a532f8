"""Occlusion: how much the score falls when a window of the image is replaced."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..progress import Told
from .evaluations import Scores, evaluate, score_of


def occlusion(
    scores: Scores,
    image: NDArray[np.float32],
    baseline: NDArray[np.float32],
    window_px: int,
    stride_px: int,
    groups: Sequence[Sequence[int]],
    told: Told,
    offset: tuple[int, int] = (0, 0),
) -> NDArray[np.float32]:
    """Slide a window over the image, put the baseline there, and look how much is lost.

    Zeiler and Fergus 2014 (arXiv 1311.2901, section 4.2). What a pixel gets is the mean loss over the windows that
    cover it, as in captum; windows at the edge are cut off there.

    Args:
        scores: What is explained.
        image: `(channels, rows, cols)`, scaled.
        baseline: What is put in place, of the same shape.
        window_px: Side of the window.
        stride_px: How far it moves; no more than its side, so that it gets everywhere.
        groups: The channels that are replaced together; each group gets a map of its own.
        told: Is told how far it is.
        offset: Row and column of the lattice of windows at which the first pixel lies, so that the windows of
            neighbouring tiles fit together.

    Returns:
        `(groups, rows, cols)`: positive where the image speaks for the score.
    """
    rows, cols = image.shape[1:]
    spans = [
        (top, left)
        for top in _spans(rows, window_px, stride_px, offset[0])
        for left in _spans(cols, window_px, stride_px, offset[1])
    ]

    def fill(number: int, into: NDArray[np.float32]) -> None:
        group, place = divmod(number, len(spans))
        top, left = spans[place]
        np.copyto(into, image)
        for channel in groups[group]:
            into[channel, top, left] = baseline[channel, top, left]

    whole = score_of(scores, image)
    losses = whole - evaluate(scores, len(groups) * len(spans), image.shape, fill, told)
    made = np.zeros((len(groups), rows, cols))
    covered = np.zeros((rows, cols))
    for place, (top, left) in enumerate(spans):
        covered[top, left] += 1
        for group in range(len(groups)):
            made[group, top, left] += losses[group * len(spans) + place]
    return np.asarray(made / covered, np.float32)


def _spans(size: int, window_px: int, stride_px: int, offset: int) -> list[slice]:
    """Where the window lies along one axis: from the first place on until the end is reached."""
    first = -(offset % stride_px) if offset else 0
    last = max(0, -(-(size - window_px - first) // stride_px))
    starts = [first + step * stride_px for step in range(last + 1)]
    return [slice(max(0, start), min(size, start + window_px)) for start in starts]
