"""Input × gradient: the gradient times how far the image lies from the mean of its bands."""

from __future__ import annotations

from captum.attr import InputXGradient
from torch import Tensor

from .asked import Asked


def input_x_gradient(asked: Asked, image: Tensor) -> Tensor:
    """The gradient of the score times the image as the network takes it.

    Shrikumar and others 2016 (arXiv 1605.01713). For a linear network that is what each number contributes. The
    image is scaled, so 0 is the mean that the model's card tells of.

    Args:
        asked: What is explained.
        image: `(1, channels, rows, cols)`, scaled.

    Returns:
        `(1, channels, rows, cols)`, in the score's unit.
    """
    made: Tensor = InputXGradient(asked).attribute(image)
    return made
