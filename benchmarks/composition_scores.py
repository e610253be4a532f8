"""Adds up how good a network is over the tiles that were held out: of classes, or of values that make an image."""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_erosion
from skimage.metrics import structural_similarity
from terraloom.engine.chips.chip_set import IGNORE
from terraloom.engine.verification.accuracy import Confusion
from torch import Tensor

from recipes.scores import counts_of

PEAK = 255.0
WINDOW_PX = 7


class Judge(Protocol):
    """What is told the network's output tile by tile."""

    def add(self, place: str, output: Tensor, target: Tensor) -> None:
        """Take in a batch of a place: `(B, outputs, H, W)` against the target."""
        ...

    def figures(self) -> dict[str, float]:
        """The figures over all of them by name."""
        ...


class ClassJudge:
    """Mean IoU of each place and their mean; of two classes IoU and F1 of the second, pixels pooled."""

    def __init__(self, classes: int) -> None:
        """Begin with nothing.

        Args:
            classes: Number of classes.
        """
        self._classes = classes
        self._places: dict[str, Tensor] = {}

    def add(self, place: str, output: Tensor, target: Tensor) -> None:
        """Take in a batch. See `Judge`."""
        found = counts_of(target, output.argmax(dim=1), self._classes, IGNORE)
        self._places[place] = self._places[place] + found if place in self._places else found

    def figures(self) -> dict[str, float]:
        """IoU and F1, 0-1."""
        found = {place: Confusion(counts.numpy()) for place, counts in self._places.items()}
        if self._classes == 2:
            iou = float(next(iter(found.values())).iou[1])
            return {"iou": iou, "f1": 2 * iou / (1 + iou)}
        places = {place: float(each.mean_iou) for place, each in found.items()}
        return {"mean_iou": sum(places.values()) / len(places), **places}


class ValueJudge:
    """How like the true image a made one is: PSNR, SSIM, and how much detail it shows.

    PSNR is of the error of all pixels pooled, its peak 255. SSIM (Wang et al. 2004, doi 10.1109/TIP.2003.819861) is the
    mean over all windows of 7 px without a gap. Detail is the mean absolute step between neighbouring pixels over that
    of the true images: below 1 an image is smoother than the truth, whether or not what it shows is there.
    """

    def __init__(self, factor: float) -> None:
        """Begin with nothing.

        Args:
            factor: What the values were divided by.
        """
        self._factor = factor
        self._squares, self._values = 0.0, 0
        self._likeness, self._windows = 0.0, 0
        self._steps = np.zeros(2)

    def add(self, place: str, output: Tensor, target: Tensor) -> None:
        """Take in a batch. See `Judge`."""
        pairs = zip((output * self._factor).clamp(0, PEAK).numpy(), (target * self._factor).numpy(), strict=True)
        for made, true in pairs:
            self.add_image(made, true)

    def add_image(self, made: NDArray[np.float32], true: NDArray[np.float32]) -> None:
        """Take in one image, both `(bands, rows, cols)` in 0-255; the truth has NaN where it is not known."""
        known = ~np.isnan(true).any(axis=0)
        made, true = np.where(known, made, 0), np.where(known, true, 0)
        self._squares += float(((made - true) ** 2).sum())
        self._values += int(known.sum()) * len(true)
        _, likeness = structural_similarity(true, made, win_size=WINDOW_PX, channel_axis=0, data_range=PEAK, full=True)
        whole = binary_erosion(known, np.ones((WINDOW_PX, WINDOW_PX)))
        self._likeness += float(likeness[:, whole].sum())
        self._windows += int(whole.sum()) * len(true)
        beside = known[:, 1:] & known[:, :-1]
        self._steps += [float(np.abs(np.diff(image, axis=2))[:, beside].sum()) for image in (made, true)]

    def figures(self) -> dict[str, float]:
        """`psnr_db`, `ssim` and `detail`."""
        error = self._squares / self._values
        return {
            "psnr_db": 10 * math.log10(PEAK**2 / error),
            "ssim": self._likeness / self._windows,
            "detail": float(self._steps[0] / self._steps[1]),
        }


def judge_of(classes: int, factor: float) -> Judge:
    """What judges classes, or values where there are none."""
    return ClassJudge(classes) if classes else ValueJudge(factor)
