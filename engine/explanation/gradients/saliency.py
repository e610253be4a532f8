"""Saliency: how much the score would change with each number of the image."""

from __future__ import annotations

from captum.attr import Saliency
from torch import Tensor

from .asked import Asked


def saliency(asked: Asked, image: Tensor) -> Tensor:
    """The gradient of the score.

    Simonyan, Vedaldi and Zisserman 2013 (arXiv 1312.6034, section 3), who take its magnitude; here the sign is kept, so
    that the gradients of neighbouring tiles can be added up, and the magnitude is taken at the end.

    Args:
        asked: What is explained.
        image: `(1, channels, rows, cols)`, scaled.

    Returns:
        `(1, channels, rows, cols)`: score for a step of one deviation of a band in the model's card.
    """
    made: Tensor = Saliency(asked).attribute(image, abs=False)
    return made
