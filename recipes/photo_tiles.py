"""Cuts tiles from single photographs and varies them: `(bands, H, W)` with values 0–1, labels `(H, W)`.

All chance comes from the generator given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from terraloom.models.turn import Turn
from torch import Generator, Tensor
from torch.nn import functional

Range = tuple[float, float]


@dataclass(frozen=True)
class Augmentation:
    """How far to vary a tile of values 0–1; each range is drawn from evenly, each share is a probability.

    Attributes:
        gain: Factor for all bands.
        band_gain: Further factor per band.
        offset: Value added to all bands.
        gamma: Exponent of the values.
        grey_share: Share of tiles whose bands all become their mean, as a panchromatic sensor sees.
        blur_share: Share of tiles that are blurred a little.
        noise: Standard deviation of noise added.
    """

    gain: Range = (0.7, 1.35)
    band_gain: Range = (0.88, 1.12)
    offset: Range = (-0.08, 0.08)
    gamma: Range = (0.7, 1.5)
    grey_share: float = 0.15
    blur_share: float = 0.2
    noise: Range = (0.0, 0.02)

    def __call__(self, image: Tensor, labels: Tensor, generator: Generator) -> tuple[Tensor, Tensor]:
        """Vary one tile: turn image and labels together, then change the image's light."""
        image, labels = turn(image, labels, generator)
        return self.relit(image, generator), labels

    def relit(self, image: Tensor, generator: Generator) -> Tensor:
        """Change the light of an image `(bands, rows, cols)` alone."""
        if _chance(self.grey_share, generator):
            image = image.mean(dim=0, keepdim=True).expand_as(image)
        image = self._relight(image, generator)
        if _chance(self.blur_share, generator):
            image = functional.avg_pool2d(image, 3, stride=1, padding=1, count_include_pad=False)
        deviation = _uniform(self.noise, generator)
        image = image + deviation * torch.randn(image.shape, generator=generator)
        return image.clamp(0, 1)

    def _relight(self, image: Tensor, generator: Generator) -> Tensor:
        low, high = self.band_gain
        band_gain = low + (high - low) * torch.rand(image.shape[0], 1, 1, generator=generator)
        image = image * band_gain * _uniform(self.gain, generator) + _uniform(self.offset, generator)
        powered: Tensor = image.clamp(0, 1) ** _uniform(self.gamma, generator)
        return powered


def turn(image: Tensor, labels: Tensor, generator: Generator) -> tuple[Tensor, Tensor]:
    """Turn and mirror image and labels into one of the eight directions; rectangles keep their shape."""
    way = Turn.draw(image.shape[-2] == image.shape[-1], generator)
    return way.values(image), way.values(labels)


def cut_tile(image: Tensor, labels: Tensor, side_px: int, scale: Range, generator: Generator) -> tuple[Tensor, Tensor]:
    """Cut a random square and bring it to one size, so that objects appear larger or smaller.

    Args:
        image: 8-bit values, `(bands, rows, cols)`.
        labels: `(rows, cols)`, or several layers of them, `(layers, rows, cols)`.
        side_px: Side of the tile given.
        scale: Range of the enlargement, drawn evenly in its logarithm; the image's size limits it.
        generator: Source of chance.

    Returns:
        The tile as values 0–1 `(bands, side_px, side_px)` and its labels, nearest neighbour.
    """
    rows, cols = labels.shape[-2:]
    enlargement = math.exp(_uniform((math.log(scale[0]), math.log(scale[1])), generator))
    cut_px = min(round(side_px / enlargement), rows, cols)
    top = int(torch.randint(rows - cut_px + 1, (1,), generator=generator))
    left = int(torch.randint(cols - cut_px + 1, (1,), generator=generator))
    window = (slice(top, top + cut_px), slice(left, left + cut_px))

    size = (side_px, side_px)
    pixels = image[:, window[0], window[1]][None].float() / 255  # (1, bands, cut_px, cut_px)
    pixels = functional.interpolate(pixels, size, mode="bilinear", antialias=True)
    values = labels[(..., *window)].reshape(1, -1, cut_px, cut_px).float()
    values = functional.interpolate(values, size, mode="nearest-exact")
    return pixels[0], values.view(*labels.shape[:-2], *size).to(labels.dtype)


def _uniform(limits: Range, generator: Generator) -> float:
    low, high = limits
    return low + (high - low) * float(torch.rand(1, generator=generator))


def _chance(share: float, generator: Generator) -> bool:
    return float(torch.rand(1, generator=generator)) < share
