"""Cross entropy of the direction of lines, on the pixels that have one.

After Batra and others 2019 (Improved Road Connectivity by Joint Learning of Orientation and Segmentation, CVPR,
equation 3): directions in bins of equal angle. Deviation: pixels away from lines may be ignored, where the paper gives
them a bin of their own; such a bin is one more class here.
"""

from __future__ import annotations

from torch import Tensor, nn

from .cross_entropy import CrossEntropy


class Orientation(nn.Module):
    """Mean of -log p(true bin) over all pixels that have a direction; 0 where none has."""

    def __init__(self, ignore_label: int, bins: int) -> None:
        """Set the loss up.

        Args:
            ignore_label: Bin of pixels without a direction.
            bins: Number of bins.
        """
        super().__init__()
        self.cross_entropy = CrossEntropy(ignore_label, (1.0,) * bins)

    def forward(self, logits: Tensor, bins: Tensor) -> Tensor:
        """Compare logits `(B, bins, H, W)` with numbers of bins `(B, H, W)`; gives a scalar."""
        loss: Tensor = self.cross_entropy(logits, bins)
        return loss
