"""Varies training tiles, so that other sensors, seasons and directions of light are no surprise.

Images are standardised (z-scores), of any bands, dates and inputs, a batch at a time. All chance comes from the
generator given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Generator, Tensor
from torch.nn import functional

from .errors import SpecError
from .objectives.objective import Batch
from .spec import InputSpec
from .turn import DirectionBins, Turn

ORIENTATION = "orientation"
"""Extra of a batch that holds numbers of bins of directions."""

VECTORS = ("velocity_m_s",)
"""Extras of a batch that hold vectors: along the columns, along the rows."""


@dataclass(frozen=True)
class Strength:
    """How far to vary standardised images; lengths are in standard deviations of a band, shares are probabilities.

    Attributes:
        turns: Whether to turn and mirror, all inputs, dates and targets of a tile alike.
        gain: Largest change of the factor 1 for all bands.
        band_gain: Largest further change of it for each band.
        date_gain: Largest further change of it for each date of a series.
        offset: Largest value added to all bands.
        band_offset: Largest further value added to each band.
        date_offset: Largest further value added to each date of a series.
        noise: Largest standard deviation of noise added.
        blur_share: Share of tiles that are blurred a little.
        band_drop_share: Share of tiles that lose a band: it becomes its mean, 0, on all dates.
        grey_share: Share of tiles whose visible bands all become their mean, as a panchromatic sensor sees.
    """

    turns: bool = False
    gain: float = 0.0
    band_gain: float = 0.0
    date_gain: float = 0.0
    offset: float = 0.0
    band_offset: float = 0.0
    date_offset: float = 0.0
    noise: float = 0.0
    blur_share: float = 0.0
    band_drop_share: float = 0.0
    grey_share: float = 0.0


STRENGTHS: Mapping[str, Strength] = {
    "none": Strength(),
    "geometric": Strength(turns=True),
    "light": Strength(True, 0.1, 0.05, 0.03, 0.1, 0.05, 0.05, 0.05),
    "strong": Strength(True, 0.3, 0.12, 0.1, 0.4, 0.15, 0.15, 0.15, 0.2, 0.1, 0.15),
}


@dataclass(frozen=True)
class Bearing:
    """A band that holds compass bearings in degrees, as the aspect of slopes: it turns with the map and has no light.

    Attributes:
        band: Number of the band, from 0.
        mean: Mean of its degrees, by which it is standardised.
        std: Their standard deviation.
    """

    band: int
    mean: float
    std: float


@dataclass(frozen=True)
class BatchAugmentation:
    """Varies batches; values are never clamped, and pixels without data, 0 in every band of a date, stay as they are.

    Attributes:
        inputs: What the network reads; whole-number maps behind the images are turned with them, all else stays as it
            is.
        strength: How far to vary.
        visible: Numbers of the bands that are red, green and blue, from 0, by the name of the input; only they may
            become grey.
        input_drop_share: Probability of each input of several to be hidden, 0 throughout; one that holds data stays.
        directions: What the bins of the extra `orientation` stand for, where batches have it.
        bearings: Bands that hold directions, by the name of the input.
    """

    inputs: tuple[InputSpec, ...]
    strength: Strength
    visible: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    input_drop_share: float = 0.0
    directions: DirectionBins | None = None
    bearings: Mapping[str, tuple[Bearing, ...]] = field(default_factory=dict)

    def __call__(self, batch: Batch, generator: Generator) -> Batch:
        """Vary each tile of a batch in its own way."""
        if self.strength.turns:
            batch = self._turned(batch, generator)
        images = [
            self._relit(image, source, generator)
            for image, source in zip(batch.inputs, self.inputs)  # noqa: B905 - graphs come behind the images
        ]
        whole: tuple[Tensor, ...] = ()
        if self.input_drop_share:
            whole, images = tuple(images), hide_inputs(images, self.input_drop_share, generator)
        return Batch((*images, *batch.inputs[len(images) :]), batch.target, batch.extras, whole)

    def _turned(self, batch: Batch, generator: Generator) -> Batch:
        tiles, _, rows, cols = batch.inputs[0].shape
        turns = [Turn.draw(rows == cols, generator) for _ in range(tiles)]

        def each(values: Tensor, way: Callable[[Turn, Tensor], Tensor] = Turn.values) -> Tensor:
            if values.ndim < 3 or values.shape[-2:] != (rows, cols):
                return values  # labels of whole tiles
            return torch.stack([way(turn, tile) for turn, tile in zip(turns, values, strict=True)])

        behind = batch.inputs[len(self.inputs) :]
        return Batch(
            (
                *(
                    self._with_bearings(each(image), source, turns)
                    for image, source in zip(batch.inputs, self.inputs)  # noqa: B905 - graphs come behind the images
                ),
                *(values if values.is_floating_point() else each(values) for values in behind),
            ),
            each(batch.target),
            {name: each(values, self._way(name)) for name, values in batch.extras.items()},
        )

    def _with_bearings(self, image: Tensor, source: InputSpec, turns: Sequence[Turn]) -> Tensor:
        """Let the bearings in a turned `(B, dates * bands, H, W)` say where they point now, in place; 0 is unknown."""
        bearings = self.bearings.get(source.name, ())
        if not bearings:
            return image
        series = image.view(len(turns), source.dates, source.bands, *image.shape[-2:])
        for each in bearings:
            for turn, tile in zip(turns, series[:, :, each.band], strict=True):
                turned = (turn.bearings(tile * each.std + each.mean) - each.mean) / each.std
                tile.copy_(torch.where(tile == 0, tile, turned))
        return image

    def _way(self, name: str) -> Callable[[Turn, Tensor], Tensor]:
        """How an extra is turned."""
        if name in VECTORS:
            return Turn.vectors
        if name != ORIENTATION:
            return Turn.values
        if self.directions is None:
            raise SpecError(
                "Tiles with orientation bins cannot be turned until it is known which angles they stand for."
            )
        bins = self.directions
        return lambda turn, tile: turn.bins(tile, bins)

    def _relit(self, image: Tensor, source: InputSpec, generator: Generator) -> Tensor:
        """Change the light of `(B, dates * bands, H, W)`."""
        by = self.strength
        if by == Strength(turns=by.turns):
            return image
        as_given = image
        tiles, _, rows, cols = image.shape
        series = image.reshape(tiles, source.dates, source.bands, rows, cols)
        empty = _without_data(series)
        every, band, date = (tiles, 1, 1, 1, 1), (tiles, 1, source.bands, 1, 1), (tiles, source.dates, 1, 1, 1)
        if source.dates == 1:
            date = every
        factor = 1 + _around(by.gain, every, generator) + _around(by.band_gain, band, generator)
        shift = _around(by.offset, every, generator) + _around(by.band_offset, band, generator)
        if source.days:
            factor = factor + _around(by.date_gain, date, generator)
            shift = shift + _around(by.date_offset, date, generator)
        kept = torch.ones(band)
        if source.bands > 1:
            kept = _all_but_one(by.band_drop_share, tiles, source.bands, generator).view(band)
        series = torch.addcmul(shift.to(image.device), series, factor.to(image.device))

        visible = self.visible.get(source.name, ())
        if visible:
            _make_grey(series, visible, _chosen(by.grey_share, tiles, generator))
        image = series.view(image.shape)
        _blur(image, _chosen(by.blur_share, tiles, generator))
        if by.noise:
            _add_noise(image, by.noise, generator)
        if not kept.all():
            series.mul_(kept.to(image.device))  # last, or grey and noise would fill what is lost
        for each in self.bearings.get(source.name, ()):
            series[:, :, each.band] = as_given.reshape(series.shape)[:, :, each.band]
        if empty is not None:
            series.masked_fill_(empty, 0)
        return image


def hide_inputs(images: Sequence[Tensor], share: float, generator: Generator) -> list[Tensor]:
    """Hide inputs of each tile, so that a network of several sensors learns to do without any one of them.

    Modality dropout after Neverova and others 2016 (ModDrop, arXiv 1501.00102, section 3.3).

    Args:
        images: The inputs, each `(B, channels, H, W)`.
        share: Probability of each to be hidden; where that leaves none that holds data, one that does is shown by
            chance.
        generator: Source of chance.

    Returns:
        The inputs, 0 where they are hidden.
    """
    tiles = len(images[0])
    has_data = torch.stack([image.flatten(1).any(dim=1).cpu() for image in images])
    shown = torch.rand((len(images), tiles), generator=generator) >= share
    rescued = (torch.rand((len(images), tiles), generator=generator) * has_data).argmax(dim=0)
    shown[rescued, torch.arange(tiles)] |= ~(shown & has_data).any(dim=0)
    return [
        image * row.view(-1, 1, 1, 1).to(image.device) if not row.all() else image
        for image, row in zip(images, shown, strict=True)
    ]


def _around(size: float, shape: tuple[int, ...], generator: Generator) -> Tensor:
    """Values drawn evenly from -size to size."""
    return size * (2 * torch.rand(shape, generator=generator) - 1)


def _chosen(share: float, tiles: int, generator: Generator) -> Tensor:
    """Numbers of a share of the tiles, drawn one by one."""
    return torch.nonzero(torch.rand(tiles, generator=generator) < share)[:, 0]


def _all_but_one(share: float, tiles: int, bands: int, generator: Generator) -> Tensor:
    """1 for each band of each tile but one of a share of tiles, `(tiles, bands)`."""
    kept = torch.ones(tiles, bands)
    lost = torch.randint(bands, (tiles,), generator=generator)
    chosen = _chosen(share, tiles, generator)
    kept[chosen, lost[chosen]] = 0
    return kept


def _without_data(series: Tensor) -> Tensor | None:
    """Where `(B, dates, bands, H, W)` is 0 in every band, `(B, dates, 1, H, W)`; `None`: nowhere."""
    empty = torch.ones_like(series[:, :, 0], dtype=torch.bool)
    for band in series.unbind(dim=2):
        empty &= band == 0
        if not empty.any():
            return None
    return empty[:, :, None]


def _make_grey(series: Tensor, visible: tuple[int, ...], tiles: Tensor) -> None:
    """Let the visible bands of some tiles of `(B, dates, bands, H, W)` become their mean, in place."""
    for tile in tiles.tolist():
        grey = series[tile][:, list(visible)].mean(dim=1, keepdim=True)
        series[tile][:, list(visible)] = grey.expand(-1, len(visible), -1, -1)


def _blur(images: Tensor, tiles: Tensor) -> None:
    """Average some tiles of `(B, channels, H, W)` over 3 × 3 pixels, in place."""
    for tile in tiles.tolist():
        images[tile] = functional.avg_pool2d(images[tile], 3, stride=1, padding=1, count_include_pad=False)


def _add_noise(images: Tensor, most: float, generator: Generator) -> None:
    """Add normal noise to `(B, channels, H, W)` in place, up to `most` strong, each tile its own."""
    noise = torch.empty(images.shape[1:])  # one tile's is used again: fresh memory would cost more than the numbers
    for image, deviation in zip(images, most * torch.rand(len(images), generator=generator), strict=True):
        image += noise.normal_(0, float(deviation), generator=generator).to(image.device)
