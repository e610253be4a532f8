"""Images of OMBRIA before and after a flood, by optical sensor and radar, and how varied tiles of them become batches.

Values are brought to 0–1 and, for the network, to `(value - 127.5) / 128` of 0–255: no whole number becomes exactly 0,
which says that a pixel is lacking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from terraloom.models.objectives.objective import Batch
from terraloom.models.spec import InputSpec
from terraloom.models.turn import Turn
from torch import Generator, Tensor
from torch.nn import functional

from .photo_tiles import cut_tile
from .set_files import files_of

MEAN, STD = 127.5, 128.0
IGNORE = 255

INPUTS = (
    InputSpec(3, "optical"),
    InputSpec(1, "sar"),
    InputSpec(3, "optical_before"),
    InputSpec(1, "sar_before"),
)
"""What the network reads, in its order; optical bands are short-wave infrared, near infrared and red."""

FOLDERS = {"optical": "s2_after", "sar": "s1_after", "optical_before": "s2_before", "sar_before": "s1_before"}

COMBINATIONS = {
    "SAR and optical": (True, True, True, True),
    "without optical after": (False, True, True, True),
    "SAR alone": (False, True, False, True),
    "optical alone": (True, False, True, False),
    "after alone": (True, True, False, False),
    "SAR after alone": (False, True, False, False),
    "optical after alone": (True, False, False, False),
}
"""Which inputs are there, in the order of `INPUTS`, in the rows of the scores."""

BANDS = sum(each.bands for each in INPUTS)


@dataclass(frozen=True)
class FloodImage:
    """One place.

    Attributes:
        number: Of its files.
        pixels: 8-bit, the bands of all inputs in their order, `(8, rows, cols)`.
        flood: 1 where flooded, `(rows, cols)`.
    """

    number: int
    pixels: Tensor
    flood: Tensor


def read_ombria(folder: Path) -> list[FloodImage]:
    """The images of the official training or test set, by their numbers."""
    found = []
    for path in files_of(folder / "mask", "*.png"):
        bands = [_bands(folder / FOLDERS[each.name], path.stem, each.bands) for each in INPUTS]
        with Image.open(path) as mask:
            flood = torch.from_numpy((np.asarray(mask.convert("L")) > 127).astype(np.uint8))
        found.append(FloodImage(int(path.stem), torch.from_numpy(np.concatenate(bands)), flood))
    return found


def _bands(folder: Path, stem: str, bands: int) -> np.ndarray:
    """One image, `(bands, rows, cols)`."""
    with Image.open(next(folder.glob(f"{stem}.*"))) as image:
        return np.atleast_3d(np.asarray(image.convert("RGB" if bands == 3 else "L"))).transpose(2, 0, 1).copy()


def standardised(pixels: Tensor, there: Sequence[bool] = (True,) * len(INPUTS)) -> tuple[Tensor, ...]:
    """Bring values 0–255 `(B, 8, H, W)` to the inputs of the network, 0 where an input is not there."""
    images = torch.split((pixels - MEAN) / STD, [each.bands for each in INPUTS], dim=1)
    return tuple(
        image.contiguous(memory_format=torch.channels_last) if is_there else torch.zeros_like(image)
        for image, is_there in zip(images, there, strict=True)
    )


@dataclass(frozen=True)
class FloodLight:
    """How far images vary; each range is drawn from evenly, each share is a probability. Values are 0–1.

    Users bring other units and other processing than OMBRIA's 8 bits: what varies alike on both dates is that, what
    varies between them is weather, season and the number of scenes that were averaged.

    Attributes:
        gain: Change of the factor of all optical bands on both dates, as a share.
        band_gain: Further change for each band.
        date_gain: Further change for each date.
        offset: Value added to the optical bands.
        gamma: Exponent of the optical values.
        sar_gain: Change of the factor of the radar's values around their mean: other limits of decibels.
        sar_offset: Value added to the radar's.
        sar_date_offset: Further value for each date.
        speckle: Standard deviation of noise on the radar's values, which are logarithms: a single scene's is strong.
        smooth_share: Share of radar images that are averaged over 3 × 3 pixels.
        cloud_share: Share of optical images that lack some of their pixels.
        haze_share: Share of optical images that have some clouds in them.
    """

    gain: float = 0.25
    band_gain: float = 0.08
    date_gain: float = 0.1
    offset: float = 0.06
    gamma: float = 0.25
    sar_gain: float = 0.25
    sar_offset: float = 0.1
    sar_date_offset: float = 0.03
    speckle: float = 0.08
    smooth_share: float = 0.25
    cloud_share: float = 0.2
    haze_share: float = 0.15

    def optical(self, dates: Sequence[Tensor], generator: Generator) -> list[Tensor]:
        """Images `(3, rows, cols)` of both dates in another light; what a cloud hides is NaN."""
        gain = 1 + _even(self.gain, generator) + self.band_gain * _even_bands(3, generator)
        offset, gamma = _even(self.offset, generator), (1 + self.gamma) ** _even(1, generator)
        found = []
        for image in dates:
            lit = (image * (gain + _even(self.date_gain, generator)) + offset).clamp(0, 1) ** gamma
            if _chance(self.haze_share, generator):
                opacity = _blobs(image.shape[-2:], generator)
                lit = lit + opacity * (0.95 - lit)
            if _chance(self.cloud_share, generator):
                lit = torch.where(_blobs(image.shape[-2:], generator) > 0.3, torch.nan, lit)
            found.append(lit)
        return found

    def sar(self, dates: Sequence[Tensor], generator: Generator) -> list[Tensor]:
        """Radar images `(1, rows, cols)` of both dates as other processing gives them."""
        gain, offset = 1 + _even(self.sar_gain, generator), _even(self.sar_offset, generator)
        found = []
        for image in dates:
            lit = (image - 0.5) * gain + 0.5 + offset + _even(self.sar_date_offset, generator)
            deviation = self.speckle * float(torch.rand(1, generator=generator))
            lit = lit + deviation * torch.randn(image.shape, generator=generator)
            if _chance(self.smooth_share, generator):
                lit = functional.avg_pool2d(lit, 3, stride=1, padding=1, count_include_pad=False)
            found.append(lit.clamp(0, 1))
        return found


@dataclass(frozen=True)
class FloodTiles:
    """Draws batches of varied tiles in which some inputs are hidden.

    Attributes:
        images: The images.
        side_px: Side of a tile.
        scale: Range of the enlargement.
        batch: Tiles of a batch.
        light: How the images vary.
        hidden: Probability of each input to be hidden, in the order of `INPUTS`; one of after the flood always stays.
    """

    images: Sequence[FloodImage]
    side_px: int = 192
    scale: tuple[float, float] = (0.85, 1.3)
    batch: int = 12
    light: FloodLight = field(default_factory=FloodLight)
    hidden: tuple[float, ...] = (0.35, 0.2, 0.25, 0.25)

    def __call__(self, generator: Generator) -> Batch:
        """Draw one batch."""
        tiles = [self._tile(generator) for _ in range(self.batch)]
        pixels, floods = (torch.stack(column) for column in zip(*tiles, strict=True))
        lacking = pixels.isnan()
        inputs = standardised(torch.where(lacking, MEAN, pixels * 255))
        return Batch(inputs, floods.long())

    def _tile(self, generator: Generator) -> tuple[Tensor, Tensor]:
        """Values 0–1 of all bands, NaN where they are lacking, and the flood."""
        each = self.images[int(torch.randint(len(self.images), (1,), generator=generator))]
        pixels, flood = cut_tile(each.pixels, each.flood, self.side_px, self.scale, generator)
        way = Turn.draw(True, generator)
        optical, sar, optical_before, sar_before = torch.split(way.values(pixels), [each.bands for each in INPUTS])
        optical, optical_before = self.light.optical((optical, optical_before), generator)
        sar, sar_before = self.light.sar((sar, sar_before), generator)
        images = [optical, sar, optical_before, sar_before]
        for image, is_there in zip(images, self.drawn(generator), strict=True):
            if not is_there:
                image.fill_(torch.nan)
        return torch.cat(images), way.values(flood)

    def drawn(self, generator: Generator) -> list[bool]:
        """Which inputs of a tile are there."""
        while True:
            chance = torch.rand(len(INPUTS), generator=generator).tolist()
            there = [drawn >= share for drawn, share in zip(chance, self.hidden, strict=True)]
            if there[0] or there[1]:
                return there


def _even(size: float, generator: Generator) -> float:
    """A number drawn evenly from -size to size."""
    return size * (2 * float(torch.rand(1, generator=generator)) - 1)


def _even_bands(bands: int, generator: Generator) -> Tensor:
    """A number from -1 to 1 for each band, `(bands, 1, 1)`."""
    return 2 * torch.rand(bands, 1, 1, generator=generator) - 1


def _chance(share: float, generator: Generator) -> bool:
    return float(torch.rand(1, generator=generator)) < share


def _blobs(size: tuple[int, int], generator: Generator) -> Tensor:
    """Soft blobs like clouds, 0–1, over some of an area, `(1, rows, cols)`."""
    noise = torch.rand(1, 1, 6, 6, generator=generator) + 0.5 * functional.interpolate(
        torch.rand(1, 1, 3, 3, generator=generator), size=(6, 6), mode="bilinear"
    )
    field_ = functional.interpolate(noise, size=size, mode="bicubic")[0]
    share = 0.15 + 0.5 * float(torch.rand(1, generator=generator))
    limit = torch.quantile(field_.flatten()[::7], 1 - share)
    return ((field_ - limit) * 4).clamp(0, 1)
