"""Finds how far around a place the image matters at all, so that few evaluations go where they tell something.

What a network may see by its layers is much wider than what it looks at (Luo and others 2016, arXiv 1701.04128).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..progress import Told
from .evaluations import Scores, evaluate
from .features import Features

TOLERANCE = 0.05
"""What lies farther may change the score by this share of what the whole image changes."""

STEPS = 7
"""How many distances are tried."""

LEAST_PX = 8


@dataclass(frozen=True)
class Near:
    """The rectangle around a place that matters.

    Args:
        rows: Its rows in the window.
        cols: Its columns.
        beyond: What the rest of the window changes while this is there, as a share of what the whole does.
    """

    rows: slice
    cols: slice
    beyond: float

    @property
    def shape(self) -> tuple[int, int]:
        """Its rows and columns."""
        return self.rows.stop - self.rows.start, self.cols.stop - self.cols.start


class NearScores:
    """The score of the whole window when its near part is as given, and the rest as it is.

    Args:
        scores: That of the window.
        image: The window, `(channels, rows, cols)`.
        near: The part.
    """

    def __init__(self, scores: Scores, image: NDArray[np.float32], near: Near) -> None:
        self._scores, self._image, self._near = scores, image, near
        self._whole = np.empty((0, *image.shape), np.float32)

    @property
    def window_px(self) -> int:
        """Pixels of the window; see `ScoresOfPart`."""
        return int(self._image.shape[1] * self._image.shape[2])

    def __call__(self, batch: NDArray[np.float32]) -> NDArray[np.float64]:
        """The score of each near part, `(images,)`; see `Scores`."""
        if len(self._whole) < len(batch):
            self._whole = np.repeat(self._image[np.newaxis], len(batch), axis=0)
        whole = self._whole[: len(batch)]
        whole[:, :, self._near.rows, self._near.cols] = batch
        return self._scores(whole)


@dataclass(frozen=True)
class AndTheRest:
    """Features of the near part of a window, and as one more, the last, all that lies farther.

    Args:
        features: Those of the near part.
        near: The part.
    """

    features: Features
    near: Near

    @property
    def count(self) -> int:
        """How many features there are."""
        return self.features.count + 1

    def keep(
        self,
        present: NDArray[np.bool_],
        image: NDArray[np.float32],
        baseline: NDArray[np.float32],
        into: NDArray[np.float32],
    ) -> None:
        """Write the window with only some features in it; see `Features.keep`."""
        np.copyto(into, image if present[-1] else baseline)
        part = np.s_[:, self.near.rows, self.near.cols]
        self.features.keep(present[:-1], image[part], baseline[part], into[part])


def whole_of(region: NDArray[np.bool_]) -> Near:
    """The whole window."""
    return Near(slice(0, region.shape[0]), slice(0, region.shape[1]), 0.0)


def find_near(
    scores: Scores,
    image: NDArray[np.float32],
    baseline: NDArray[np.float32],
    region: NDArray[np.bool_],
    told: Told,
) -> Near:
    """Find the smallest rectangle outside of which the image hardly matters.

    Args:
        scores: What is explained.
        image: `(channels, rows, cols)`.
        baseline: What is put in place of what lies outside, of the same shape.
        region: The pixels whose score it is, `(rows, cols)`.
        told: Is told how far it is.
    """
    rows, cols = (np.nonzero(region.any(axis=axis))[0] for axis in (1, 0))
    furthest = max(rows[0], cols[0], region.shape[0] - 1 - rows[-1], region.shape[1] - 1 - cols[-1])
    if furthest <= LEAST_PX:
        return whole_of(region)
    distances = np.unique(np.geomspace(LEAST_PX, furthest, STEPS).astype(int))

    def box(distance: int) -> tuple[slice, slice]:
        return (
            slice(max(0, int(rows[0]) - distance), min(region.shape[0], int(rows[-1]) + 1 + distance)),
            slice(max(0, int(cols[0]) - distance), min(region.shape[1], int(cols[-1]) + 1 + distance)),
        )

    def fill(number: int, into: NDArray[np.float32]) -> None:
        np.copyto(into, image if number == 0 else baseline)
        if number > 1:
            down, across = box(int(distances[number - 2]))
            into[:, down, across] = image[:, down, across]

    found = evaluate(scores, len(distances) + 2, image.shape, fill, told)
    matters = abs(found[0] - found[1])
    beyond = np.abs(found[2:] - found[0]) / matters if matters > 0 else np.zeros(len(distances))
    chosen = len(distances) - 1
    while chosen > 0 and beyond[chosen - 1] <= TOLERANCE:
        chosen -= 1
    down, across = box(int(distances[chosen]))
    return Near(down, across, float(beyond[chosen]))
