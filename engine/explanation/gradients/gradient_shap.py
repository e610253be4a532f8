"""Gradient SHAP: gradients at random places on the ways from many baselines to the image."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from captum.attr import Saliency
from numpy.typing import NDArray
from torch import Tensor

from .asked import BATCH_PX, Asked, at_once

SPREAD = 0.5
"""Standard deviation of the drawn baselines round the given one, in the image's scaled numbers: half the deviation
of a band in the model's card. That of an imported model may be a mere divisor, such as 255.

Bands of an image vary together. A whole one, drawn for each band by itself, would make colours that no image has.
"""

NORMAL_95 = 1.96


@dataclass(frozen=True)
class Expected:
    """Expected gradients.

    Args:
        values: `(1, channels, rows, cols)`, in the score's unit.
        difference: The score of the image less the mean score of the drawn baselines: what the values must add up to.
        spread: Half the width of the 95 % interval of a pixel's total, the mean over the pixels that count; NaN: there
            are too few samples to tell.
    """

    values: Tensor
    difference: float
    spread: float


def gradient_shap(
    asked: Asked, image: Tensor, baseline: Tensor, samples: int, seed: int, most_px: float = BATCH_PX
) -> Expected:
    """The mean, over baselines and places on the way, of the gradient times the way.

    Lundberg and Lee 2017 (arXiv 1705.07874), whose program draws it so; Erion and others 2021 (arXiv 1906.10670,
    equation 4: expected gradients). It is integrated gradients without the choice of a single baseline: values add up
    to the score of the image less the mean score of the baselines, up to chance. Gradients are captum's. Deviations
    from captum's `GradientShap`:

    - Baselines are not images of a data set but BASELINE, brighter or darker by one random number in each band.
    - They come in pairs that lie on either side of it, so that their mean is BASELINE.
    - Each place on the way comes from a stretch of its own, which leaves less to chance.
    - The image gets no noise, which would be another image.
    - Tiles share one set of draws, so that what they find can be added up.

    Args:
        asked: What is explained.
        image: `(1, channels, rows, cols)`, scaled.
        baseline: Of the same shape; where it equals the image nothing is taken away.
        samples: How many baselines are drawn.
        seed: Where chance begins.
        most_px: Pixels that there is memory for.
    """
    shares, offsets = drawn(samples, image.shape[1], seed)
    image = image.detach()
    taken = (image != baseline).to(image.dtype)
    gradient = Saliency(asked)
    total, squares = torch.zeros_like(image), torch.zeros_like(image[0, 0])
    scores, count = 0.0, at_once(image, most_px)
    for start in range(0, samples, count):
        part = np.s_[start : start + count]
        share, offset = (torch.from_numpy(each[part]).to(image) for each in (shares, offsets))
        nothing = baseline + offset[:, :, None, None] * taken  # (samples, channels, rows, cols)
        way = image - nothing
        with torch.no_grad():
            scores += float(asked(nothing).sum(dtype=torch.float64))
        places = (nothing + share[:, None, None, None] * way).requires_grad_()
        found = way * gradient.attribute(places, abs=False)
        total += found.sum(0, keepdim=True)
        squares += found.sum(1).square().sum(0)
    with torch.no_grad():
        difference = float(asked(image)) - scores / samples
    values = total / samples
    return Expected(values, difference, _spread(values[0].sum(0), squares, samples))


def drawn(samples: int, channels: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Places on the way, 0–1, `(samples,)`, and what baselines differ by from the given one, `(samples, channels)`."""
    rng = np.random.default_rng(seed)
    shares = (rng.permutation(samples) + rng.random(samples)) / samples
    half = rng.normal(0, SPREAD, (samples // 2, channels))
    pairs = np.stack([half, -half], axis=1).reshape(-1, channels)
    alone = np.zeros((samples % 2, channels))  # an odd one is the given baseline itself
    return shares.astype(np.float32), np.concatenate([pairs, alone]).astype(np.float32)


def forward_passes(samples: int, image: Tensor, most_px: float = BATCH_PX) -> int:
    """How often the network runs: twice for each batch, and once for the image."""
    return 2 * -(-samples // at_once(image, most_px)) + 1


def _spread(mean: Tensor, squares: Tensor, samples: int) -> float:
    """Half an interval of the total, as if samples were independent: pairs and stretches make it rather narrower."""
    counts = squares > 0
    if samples < 2 or not bool(counts.any()):
        return float("nan")
    variance = (squares / samples - mean.square()).clamp(min=0)[counts] / (samples - 1)
    return NORMAL_95 * float(variance.sqrt().mean())
