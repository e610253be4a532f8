"""Projection head: features become unit vectors that a contrastive loss compares."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional


class ProjectionHead(nn.Module):
    """Two linear layers with batch normalisation and ReLU between, then division by the length.

    After Chen, Kornblith, Norouzi and Hinton 2020 (SimCLR, arXiv 2002.05709, section 2.1; batch normalisation as in
    its appendix B.9). It serves training alone and is left out of the network that makes maps.
    """

    def __init__(self, source: int, channels: int) -> None:
        """Build the layers.

        Args:
            source: Channels of the features that come in.
            channels: Length of the vectors that go out.
        """
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv1d(source, source, 1, bias=False),
            nn.BatchNorm1d(source),
            nn.ReLU(inplace=True),
            nn.Conv1d(source, channels, 1),
        )

    def forward(self, features: Tensor) -> Tensor:
        """Map `(B, C)` or `(B, C, H, W)` to vectors of length 1 along the second axis."""
        projected = self.layers(features.flatten(2) if features.dim() > 2 else features.unsqueeze(2))  # (B, C', N)
        unit: Tensor = functional.normalize(projected, dim=1)
        return unit.reshape(unit.shape[:2] + features.shape[2:])
