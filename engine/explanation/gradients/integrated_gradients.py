"""Integrated gradients: gradients gathered on the way from a baseline to the image."""

from __future__ import annotations

from captum.attr import IntegratedGradients
from torch import Tensor

from .asked import Asked

BATCH_PX = 2**18
"""About so many pixels are differentiated at once."""


def integrated_gradients(asked: Asked, image: Tensor, baseline: Tensor, steps: int) -> tuple[Tensor, float]:
    """Integrate the gradient along the straight way from the baseline, times the way.

    Sundararajan, Taly and Yan 2017 (arXiv 1703.01365, section 3), by the Gauss–Legendre rule. Attributions add up to
    the difference of the score between image and baseline (completeness); what they miss it by is the convergence
    delta, which shrinks with the number of steps.

    Args:
        asked: What is explained.
        image: `(1, channels, rows, cols)`, scaled.
        baseline: Of the same shape.
        steps: Number of steps.

    Returns:
        `(1, channels, rows, cols)`, in the score's unit; and the convergence delta, their sum less the difference.
    """
    at_once = max(1, BATCH_PX // (image.shape[2] * image.shape[3]))
    made, delta = IntegratedGradients(asked).attribute(
        image, baseline, n_steps=steps, internal_batch_size=at_once, return_convergence_delta=True
    )
    return made, float(delta.item())
