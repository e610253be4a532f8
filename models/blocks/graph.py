"""Message passing between regions that touch."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class GraphSage(nn.Module):
    """One layer of GraphSAGE with the mean aggregator, on a dense adjacency.

    Hamilton, Ying and Leskovec 2017 (arXiv 1706.02216, algorithm 1): `h_v = relu(W concat(h_v, mean of h_u))`.
    Deviations: all neighbours are read, none is sampled; the mean includes the region itself; layer normalisation and
    a residual connection stand in for the division by the length, which loses how strong a region's features are.
    """

    def __init__(self, channels: int) -> None:
        """Build the layer.

        Args:
            channels: Channels of each region, before and after.
        """
        super().__init__()
        self.linear = nn.Linear(2 * channels, channels)
        self.norm = nn.LayerNorm(channels)

    def forward(self, nodes: Tensor, adjacency: Tensor) -> Tensor:
        """Pass messages once.

        Args:
            nodes: Features of each region, `(B, N, C)`.
            adjacency: Share of each neighbour in a region's neighbourhood, `(B, N, N)`; rows sum to 1, or to 0 for
                numbers that no region has.

        Returns:
            Features of each region, `(B, N, C)`.
        """
        around = torch.matmul(adjacency.to(nodes.dtype), nodes)  # (B, N, C)
        messages: Tensor = self.norm(self.linear(torch.cat((nodes, around), dim=2)))
        return nodes + functional.relu(messages)
