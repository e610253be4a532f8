"""Scores a trained network on chips that it has not learnt from, beside a random forest on single pixels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..legend import Legend
from ..phrases import Phrase
from ..verification.accuracy import Accuracy, Confusion, Figure, assess

LEVEL = 0.95
DRAWS = 1000

NAMES = {
    "oa": Phrase("overall accuracy"),
    "miou": Phrase("mean IoU"),
    "forest_miou": Phrase("mean IoU of a random forest on single pixels"),
    "context_gain": Phrase("mean IoU gained over that forest"),
    "direction_error_deg": Phrase("mean error of directions in degrees"),
    "r2": Phrase("R²"),
    "rmse": Phrase("root mean square error"),
    "psnr_db": Phrase("peak signal-to-noise ratio in dB"),
    "ssim": Phrase("structural similarity"),
    "forest_r2": Phrase("R² of a random forest on single pixels"),
    "forest_rmse": Phrase("root mean square error of that forest"),
}
"""What people call figures."""

WITHOUT = "miou_without_"
"""What the name of a figure begins with that is measured without an input; its name follows."""


def called(figure: str) -> str:
    """What people call a figure."""
    if figure.startswith(WITHOUT):
        return Phrase("mean IoU without {input}", input=figure.removeprefix(WITHOUT))
    return NAMES.get(figure, figure)


@dataclass(frozen=True)
class HeldOut:
    """How good a network is.

    Args:
        split: On which chips: `test`, `validation` or `train`.
        classes: Figures of a network of classes; `None`: it gives values.
        forest: Those of the random forest on the same pixels; `None`: not asked for.
        gain: Mean IoU of the network less that of the forest, with an interval from the same draws of blocks.
        values: Figures of a network of values by name: `rmse`, and `r2`, `psnr_db` and `ssim` where they are defined.
        forest_values: Those of the random forest on the same pixels, `rmse` and `r2`; `None`: not asked for.
        direction_error_deg: Mean angle by which directions of lines are wrong; NaN: none are told.
        without: Figures where one input is missing, by its name; empty: none can be done without.
    """

    split: str
    classes: Accuracy | None = None
    forest: Accuracy | None = None
    gain: Figure | None = None
    values: Mapping[str, float] | None = None
    forest_values: Mapping[str, float] | None = None
    direction_error_deg: float = math.nan
    without: Mapping[str, Accuracy] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, float]:
        """The main figures by name."""
        if self.classes is None:
            theirs = {f"forest_{name}": value for name, value in (self.forest_values or {}).items()}
            return {**(self.values or {}), **theirs}
        found = {"oa": self.classes.overall_accuracy.value, "miou": self.classes.mean_iou.value}
        if self.forest and self.gain:
            found |= {"forest_miou": self.forest.mean_iou.value, "context_gain": self.gain.value}
        if not math.isnan(self.direction_error_deg):
            found["direction_error_deg"] = self.direction_error_deg
        return found | {f"{WITHOUT}{name}": figures.mean_iou.value for name, figures in self.without.items()}

    @property
    def cautions(self) -> tuple[Phrase, ...]:
        """What a reader should know before using the network.

        On the training chips the forest is better than it is: it knows them nearly by heart.
        """
        if self.split != "train" and self._gained < 0:
            return (
                Phrase(
                    "The network maps these chips worse than a random forest on single pixels does. Do not use it as "
                    "it is: train for more epochs, give it more labels, or check that labels and images fit together."
                ),
            )
        return ()

    @property
    def _gained(self) -> float:
        """By how much mean IoU or R² is better than the forest's; NaN: one of them is not known."""
        if self.gain is not None:
            return self.gain.value
        ours, theirs = ((figures or {}).get("r2", math.nan) for figures in (self.values, self.forest_values))
        return ours - theirs

    def to_document(self, legend: Legend | None) -> dict[str, Any]:
        """What the model card tells of it."""
        if self.classes is None or legend is None:
            found = dict(self.values or {})
            found |= {f"random_forest_{name}": value for name, value in (self.forest_values or {}).items()}
            return {"split": self.split, **{name: round(value, 6) for name, value in found.items()}}
        document: dict[str, Any] = {
            "split": self.split,
            "blocks": self.classes.groups,
            "pixels": int(self.classes.confusion.total),
            "overall_accuracy": self.classes.overall_accuracy.to_document(),
            "mean_iou": self.classes.mean_iou.to_document(),
            "iou": dict(zip(legend.names, (figure.to_document() for figure in self.classes.iou), strict=True)),
        }
        if self.forest and self.gain:
            document["random_forest_mean_iou"] = self.forest.mean_iou.to_document()
            document["context_gain"] = self.gain.to_document()
        if not math.isnan(self.direction_error_deg):
            document["direction_error_deg"] = round(self.direction_error_deg, 3)
        if self.without:
            document["mean_iou_without"] = {
                name: figures.mean_iou.to_document() for name, figures in self.without.items()
            }
        return document


def score_classes(split: str, network: NDArray[np.int64], forest: NDArray[np.int64] | None, seed: int) -> HeldOut:
    """Figures of a network, and of a forest where there is one.

    Args:
        split: On which chips.
        network: Pixels by block, true and predicted class, `(blocks, classes, classes)`.
        forest: The same of the forest.
        seed: Start of all chance.
    """
    figures = assess(network, LEVEL, seed)
    if forest is None:
        return HeldOut(split, figures)
    return HeldOut(split, figures, assess(forest, LEVEL, seed), _gain(network, forest, seed))


def _gain(network: NDArray[np.int64], forest: NDArray[np.int64], seed: int) -> Figure:
    """Difference in mean IoU, its interval from drawing blocks for both at once (paired bootstrap).

    As in `assess`, blocks without labelled pixels are left out, and draws that all agree tell no interval.
    """
    rng = np.random.default_rng(seed)
    both = np.stack([network, forest], axis=1)  # (blocks, 2, classes, classes)
    both = both[both.any(axis=(1, 2, 3))]
    ours, theirs = Confusion(both.sum(axis=0)).mean_iou
    blocks = len(both)
    if blocks < 2:
        return Figure(float(ours - theirs))
    times = rng.multinomial(blocks, np.full(blocks, 1 / blocks), size=DRAWS)  # (draws, blocks)
    drawn = Confusion(np.tensordot(times, both, axes=1)).mean_iou  # (draws, 2)
    low, high = np.nanquantile(drawn[:, 0] - drawn[:, 1], ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Figure(float(ours - theirs), float(low), float(high)) if low < high else Figure(float(ours - theirs))
