"""How well changes and their dates were found, and how far two ways differ, with intervals over what was judged.

Counts of a group are five numbers: changed pixels that were found, changed pixels that were not, pixels said to have
changed that did not, found ones with the right date, and by how many dates found ones are off, added up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from terraloom.engine.chips.chip_set import IGNORE
from torch import Tensor

HIT, MISSED, WRONG, DATED, OFF = range(5)

Counts = NDArray[np.float64]
"""Counts of groups, `(groups, 5)`."""

Score = Callable[[Counts], Counts]
"""From counts `(..., 5)` to a score 0-1, `(...)`."""

DRAWS = 4000
"""Times that groups and seeds are drawn anew."""


def counts_of(truth: Tensor, found: Tensor) -> Tensor:
    """Counts of each tile, `(B, 5)`, from dates of change `(B, H, W)`, 0: none; `IGNORE` in the truth is left out."""
    known = truth != IGNORE
    changed, said = (truth > 0) & known, (found > 0) & known
    hit = changed & said
    off = (truth - found).abs() * hit
    maps = (hit, changed & ~said, said & ~changed, hit & (truth == found), off)
    return torch.stack([each.sum(dim=(1, 2)) for each in maps], dim=1)


def iou(counts: Counts) -> Counts:
    """IoU of changed pixels, from counts `(..., 5)`."""
    return counts[..., HIT] / (counts[..., HIT] + counts[..., MISSED] + counts[..., WRONG])


def dated(counts: Counts) -> Counts:
    """Share of changed pixels that were found on the right date, from counts `(..., 5)`."""
    return counts[..., DATED] / (counts[..., HIT] + counts[..., MISSED])


def figures(counts: Counts) -> dict[str, float]:
    """All figures of some groups, pixels pooled; dates off are a mean over the changed pixels that were found."""
    pooled = counts.sum(axis=0)
    off = pooled[OFF] / pooled[HIT] if pooled[HIT] else float("nan")
    return {"iou": float(iou(pooled)), "dated": float(dated(pooled)), "dates_off": float(off)}


def gain(better: Sequence[Counts], worse: Sequence[Counts], score: Score = iou) -> tuple[float, float, float]:
    """By how much one way's score is higher than another's: the mean over seeds, and the 95 % interval.

    Groups are drawn anew, the same for both ways, and seeds, apart for each (a bootstrap of both).

    Args:
        better: Counts of one way, of each seed.
        worse: Counts of the other; the groups are the same in the same order.
        score: What is compared.
    """
    rng = np.random.default_rng(0)
    groups = len(better[0])
    weights = rng.multinomial(groups, np.full(groups, 1 / groups), DRAWS)  # how often each group was drawn
    differences = np.zeros(DRAWS)
    for sign, way in ((1, better), (-1, worse)):
        of_seeds = np.stack([score(weights @ counts) for counts in way])  # (seeds, draws)
        chosen = rng.integers(len(way), size=(len(way), DRAWS))
        differences += sign * np.take_along_axis(of_seeds, chosen, axis=0).mean(axis=0)
    mean = [np.mean([score(counts.sum(axis=0)) for counts in way]) for way in (better, worse)]
    low, high = np.quantile(differences, (0.025, 0.975))
    return float(mean[0] - mean[1]), float(low), float(high)
