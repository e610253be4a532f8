"""The number that is explained, as a torch function of the image."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from ..class_scores import ClassScores
from ..target import Target
from .class_scores import scores_in_torch

BATCH_PX = 2**18
"""About so many pixels are differentiated at once: more take memory and no less time."""


def at_once(image: Tensor, most_px: float = BATCH_PX) -> int:
    """How many images of this size, `(images, channels, rows, cols)`, are differentiated at once.

    Args:
        image: One of them, or several.
        most_px: Pixels that there is memory for.
    """
    return max(1, int(min(BATCH_PX, most_px)) // (image.shape[2] * image.shape[3]))


class Asked(nn.Module):
    """What a network says of a target: `NetworkScores`, differentiable.

    Args:
        network: Maps `(images, channels, rows, cols)` to its output, of the same rows and columns.
        reads: What is read of it.
        target: The pixels that count.
        look: Is called before each batch; raises `CancelledError` where the user asked to stop.
    """

    def __init__(self, network: nn.Module, reads: ClassScores, target: Target, look: Callable[[], None]) -> None:
        super().__init__()
        self.network = network
        self._reads = reads
        self._look = look
        self._rows = torch.from_numpy(target.rows)
        self._cols = torch.from_numpy(target.cols)
        self._classes = torch.from_numpy(target.classes)

    def forward(self, image: Tensor) -> Tensor:
        """The sum over the target of each image, `(images,)`."""
        self._look()
        output = self.network(image)
        device = output.device
        picked = output[:, :, self._rows.to(device), self._cols.to(device)]  # (images, channels, pixels)
        scores = scores_in_torch(picked, self._reads)
        pixels = torch.arange(len(self._classes), device=device)
        total: Tensor = scores[:, self._classes.to(device), pixels].sum(1)
        return total
