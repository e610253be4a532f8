"""Held-out road images as other sensors would show them, and how well a network maps them then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import torch
from terraloom.models.build import Network
from torch import Tensor
from torch.nn import functional

from .road_tiles import IGNORE, RoadImage
from .scores import predict

Counts = tuple[int, int]
"""Pixels of roads in map and labels, and in either."""

GREY = torch.tensor([0.299, 0.587, 0.114])
"""Weights of red, green and blue (ITU-R BT.601)."""


def as_it_is(image: RoadImage) -> RoadImage:
    """The image itself."""
    return image


def in_grey(image: RoadImage) -> RoadImage:
    """What one panchromatic band would show, in all three."""
    grey = (GREY[:, None, None] * image.image).sum(dim=0).round().to(torch.uint8)
    return replace(image, image=grey.expand(3, -1, -1))


def at_pixels_of(size_m: float) -> Callable[[RoadImage], RoadImage]:
    """The image of 1 m resampled to pixels of another size, labels with it; directions are left as they are."""

    def resampled(image: RoadImage) -> RoadImage:
        size = [round(side / size_m) for side in image.road.shape]
        values = functional.interpolate(image.image[None].float(), size, mode="bilinear", antialias=True)[0]
        labels = functional.interpolate(image.labels[None].float(), size, mode="nearest")[0]
        return replace(image, image=values.round().to(torch.uint8), labels=labels.to(torch.uint8))

    return resampled


VARIANTS: Mapping[str, Callable[[RoadImage], RoadImage]] = {
    "as they are, 1 m": as_it_is,
    "in grey": in_grey,
    "at 0.8 m": at_pixels_of(0.8),
    "at 1.3 m": at_pixels_of(1.3),
}
"""Pixel sizes are the ends of the range that is taken without resampling."""


def count_variants(network: Network, images: Sequence[RoadImage]) -> dict[str, Counts]:
    """Map the images in every variant; pixels of roads are those of a probability of at least one half."""
    return {
        name: pooled([overlap(predict(network, each.image)[0], each.road) for each in map(vary, images)])
        for name, vary in VARIANTS.items()
    }


def overlap(logit: Tensor, road: Tensor) -> Counts:
    """Count one image.

    Args:
        logit: Of a road, `(rows, cols)`.
        road: 1 on roads, 0 elsewhere, `IGNORE` where nothing is known, `(rows, cols)`.
    """
    found, true = (logit >= 0) & (road != IGNORE), road == 1
    return int((found & true).sum()), int((found | true).sum())


def pooled(counts: Sequence[Counts]) -> Counts:
    """The counts of several images together."""
    return sum(both for both, _ in counts), sum(either for _, either in counts)


def variant_table(counts: Mapping[str, Counts]) -> str:
    """IoU in each variant as a Markdown table."""
    rows = [f"| {name} | {both / max(1, either):.3f} |" for name, (both, either) in counts.items()]
    return "\n".join(["| Held-out images | IoU |", "|---|---:|", *rows]) + "\n"
