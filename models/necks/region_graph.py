"""A graph over the regions of an image, beside its pixels: what a region and its neighbours look like as a whole."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn

from ..blocks.graph import GraphSage
from ..blocks.region_pooling import pool_regions, unpool_regions
from ..carriers import Gives, Graph, Pyramid, feature_map, one_level
from ..errors import SpecError

GLOBAL_OPERATION = "graph over regions"


class RegionGraph(nn.Module):
    """Pools features by region, passes messages between regions that touch, and hands them back to the pixels.

    Where the features are coarser than the image, the region of the pixel in the middle of each counts, and regions
    without such a pixel are passed over. Which regions there are depends on the whole tile, so seams are not exact.

    Attributes:
        gives: The pixels' own features and those of their region.
        regions: How many regions an image may have.
    """

    def __init__(self, source: Gives, regions: int, width: int = 64, layers: int = 2) -> None:
        """Build the layers.

        Args:
            source: The feature map that comes in.
            regions: How many regions an image may have.
            width: Channels of a region.
            layers: How often messages are passed: so many neighbours away a region sees.
        """
        super().__init__()
        if min(regions, width, layers) < 1:
            raise SpecError(
                "The region graph has {regions} regions, width {width} and {layers} layers; each must be at least 1.",
                regions=regions,
                width=width,
                layers=layers,
            )
        level = one_level(source, "the region graph")
        self.regions = regions
        self.stride_px = level.stride_px
        self.enter = nn.Linear(level.channels, width)
        self.layers = nn.ModuleList(GraphSage(width) for _ in range(layers))
        self.gives = replace(level.seeing_all(GLOBAL_OPERATION), channels=level.channels + width)

    def forward(self, features: Tensor | Pyramid, graph: Graph) -> Tensor:
        """Join features `(B, C, H / stride, W / stride)` with those of their regions, `(B, C + width, …, …)`."""
        x = feature_map(features)
        middle = self.stride_px // 2
        regions = graph.regions[:, middle :: self.stride_px, middle :: self.stride_px]
        nodes = self.enter(pool_regions(x, regions, self.regions))  # (B, N, width)
        adjacency = graph.adjacency if self.stride_px == 1 else _among_seen(graph.adjacency, regions)
        for layer in self.layers:
            nodes = layer(nodes, adjacency)
        return torch.cat((x, unpool_regions(nodes, regions).to(x.dtype)), dim=1)


def _among_seen(adjacency: Tensor, regions: Tensor) -> Tensor:
    """The adjacency `(B, N, N)` among the regions that are there in `(B, H, W)`; of the others nothing is known."""
    pixels = torch.ones_like(regions[:, None], dtype=adjacency.dtype)
    seen = pool_regions(pixels, regions, adjacency.shape[2])  # (B, N, 1): 1 where a region is there, else 0
    shares = adjacency * seen.transpose(1, 2)
    return shares / shares.sum(dim=2, keepdim=True).clamp(min=1e-6)
