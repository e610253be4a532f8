"""Turns raw values into what the network was trained on, the same way for every tile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..images.mosaic_reader import RasterChunk
from ..library.model_input import ModelInput
from ..requests.assignments import BandScale
from .decibels import fixed_line, recognise

TOLERANCE = 1.5
"""Raw values may exceed the model's range by this factor before they count as something else."""

FAINT = 0.06
"""Images that use less than this share of the model's range are of another unit, not merely dark."""

DIM = 0.3
"""Values from 0 to 1 that hardly exceed this may as well be powers or reflectance, whose highest is not 1."""

MUCH_ALIKE = 0.01
"""Share of the values that a single one must have to be taken for undeclared nodata: it moves the percentiles then."""

FAINTEST_DB = -40.0
"""No surface sends less back that a radar in orbit could tell from its own noise."""

ROWS = 32
"""Rows that are scaled together, so that they stay in the processor's cache."""


@dataclass(frozen=True)
class Scaling:
    """Network value = raw value * gain + bias, per band; with `decibels`, 10 log10 of the raw value counts.

    Args:
        gain: `(bands, 1, 1)`, float32.
        bias: `(bands, 1, 1)`, float32.
        limits: Lowest and highest network value, beyond which they are cut, each `(bands, 1, 1)`; `None`: nothing is.
        decibels: Whether raw values are powers that become decibels first.
    """

    gain: NDArray[np.float32]
    bias: NDArray[np.float32]
    limits: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None
    decibels: bool = False

    def apply(self, chunk: RasterChunk, into: NDArray[np.float32]) -> None:
        """Scale a chunk. Pixels that are masked get 0, the card's mean.

        Args:
            chunk: Raw values, `(bands, rows, cols)`.
            into: Where the result goes, `(bands, rows, cols)`.
        """
        masked = np.ma.getmask(chunk.values) is not np.ma.nomask
        mask = np.ma.getmaskarray(chunk.values) if masked else None
        for start in range(0, into.shape[1], ROWS):
            rows = slice(start, start + ROWS)
            part = into[:, rows]
            if self.decibels:
                to_decibels(chunk.values.data[:, rows], part)
                part *= self.gain
            else:
                np.multiply(chunk.values.data[:, rows], self.gain, out=part, casting="unsafe", dtype=np.float32)
            part += self.bias
            if self.limits is not None:
                np.clip(part, *self.limits, out=part)
            if mask is not None:
                part[mask[:, rows]] = 0


def to_decibels(powers: NDArray[Any], into: NDArray[np.float32]) -> None:
    """10 log10 of powers, of any shape; what is 0 or less, as noise taken off may leave it, counts as `FAINTEST_DB`."""
    np.maximum(powers, 10 ** (FAINTEST_DB / 10), out=into, casting="unsafe", dtype=np.float32)
    np.log10(into, out=into)
    into *= 10


def choose_scaling(wants: ModelInput, scales: Sequence[BandScale]) -> Scaling:
    """Join SCALE (raw to the model's range) with the card's standardisation, the same for every date.

    A model that has images stretched knows none with values beyond its range; those of a SCALE are cut there, so that
    the glare of a deeper image does not become what no photograph shows.

    Args:
        wants: What the model reads in one input.
        scales: What the user says of this input, or what stretches it.

    Raises:
        InputError: SCALE names a band the model does not have, or brings only some of them to decibels.
    """
    said = _by_band(wants, scales)
    factors = [(said[name].factor, said[name].offset) if name in said else (1.0, 0.0) for name in wants.band_names]
    decibels = any(scale.decibels for scale in said.values())
    gain = [factor / band.std for (factor, _), band in zip(factors, wants.bands)]
    bias = [(offset - band.mean) / band.std for (_, offset), band in zip(factors, wants.bands)]
    limits = None
    if scales and wants.value_range and (wants.stretch or decibels):
        lowest, highest = wants.value_range
        limits = (
            _per_band([(lowest - band.mean) / band.std for band in wants.bands] * wants.times),
            _per_band([(highest - band.mean) / band.std for band in wants.bands] * wants.times),
        )
    return Scaling(_per_band(gain * wants.times), _per_band(bias * wants.times), limits, decibels)


def _by_band(wants: ModelInput, scales: Sequence[BandScale]) -> dict[str, BandScale]:
    """What SCALE says of each band that it names, or that `*` stands for: those that have no entry of their own.

    Raises:
        InputError: It names a band the model does not have, or brings only some of them to decibels.
    """
    said = {name: scale for scale in scales if scale.band == "*" for name in wants.band_names}
    for scale in scales:
        if scale.band not in ("*", *wants.band_names):
            raise InputError(
                "SCALE names band {band} of input {input}, where the model has {names}.",
                band=scale.band,
                input=scale.input,
                names=", ".join(wants.band_names),
            )
        if scale.band != "*":
            said[scale.band] = scale
    if 0 < sum(scale.decibels for scale in said.values()) < len(wants.bands):
        raise InputError(
            "SCALE brings some bands of input {input} to decibels (db) and others not. Do so for all of them, or none.",
            input=scales[0].input,
        )
    return said


def as_scaled(sample: NDArray[np.float64], wants: ModelInput, scales: Sequence[BandScale]) -> NDArray[np.float64]:
    """Raw values, `(bands, pixels)`, of one date as SCALE brings them to the model's range.

    Raises:
        InputError: SCALE cannot be; see `choose_scaling`.
    """
    said = _by_band(wants, scales)
    if any(scale.decibels for scale in said.values()):
        decibels = np.empty(sample.shape, np.float32)
        to_decibels(sample, decibels)
        sample = decibels.astype(float)
    factors = [(said[name].factor, said[name].offset) if name in said else (1.0, 0.0) for name in wants.band_names]
    return _times(sample, factors)


def _per_band(values: Sequence[float]) -> NDArray[np.float32]:
    return np.array(values, np.float32).reshape(-1, 1, 1)


def is_of_another_unit(sample: NDArray[np.float64], value_range: tuple[float, float]) -> bool:
    """Whether raw values plainly lie outside a model's range, or use next to nothing of it.

    Args:
        sample: `(bands, pixels)`, valid raw values.
        value_range: Lowest and highest value that the model was trained on.
    """
    if sample.size == 0:
        return False
    low, high = value_range
    found_low, found_high = np.percentile(sample, (1, 99))
    span = high - low
    too_much = found_high > high + (TOLERANCE - 1) * span or found_low < low - (TOLERANCE - 1) * span
    too_faint = found_high - low < FAINT * span and found_high > found_low
    return bool(too_much or too_faint)


def undeclared(sample: NDArray[np.float64], value_range: tuple[float, float]) -> tuple[float, float] | None:
    """A value that fills much of an image and lies far from all others, or is nearly all there is, as nodata may be.

    Args:
        sample: `(bands, pixels)`, valid raw values that are of another unit.
        value_range: Lowest and highest value that the model was trained on.

    Returns:
        The value and its share; `None`: there is none.
    """
    far = (TOLERANCE - 1) * (value_range[1] - value_range[0])
    ends = np.percentile(sample, (1, 99))
    for end in ends:
        others = sample[sample != end]
        share = 1 - others.size / sample.size
        if share > MUCH_ALIKE and (ends[0] == ends[1] or np.abs(others - end).min() > max(far, np.ptp(others))):
            return float(end), share
    return None


def as_scale(scales: Sequence[tuple[float, float]], wants: ModelInput, number: int) -> str:
    """What SCALE is for factors and offsets, the same for all bands or one of each.

    Args:
        scales: Factor and offset of each band.
        wants: What the model reads.
        number: Number of the input, from 1.
    """
    prefix = "" if number == 1 else f"{number}."
    names = ("*",) if len(set(scales)) == 1 else wants.band_names
    return ";".join(
        f"{prefix}{name}={factor:.6g}" + (f",{offset:.6g}" if offset else "")
        for name, (factor, offset) in zip(names, scales)
    )


def check_range(
    sample: NDArray[np.float64],
    wants: ModelInput,
    number: int = 1,
    scales: Sequence[tuple[float, float]] = (),
    given: Sequence[BandScale] = (),
) -> None:
    """Compare raw values of all bands together with those the model was trained on.

    Bands that the user gave a SCALE are taken at its word: they count as it says, within the model's range. The others
    are not looked at alone, as the range is that of all bands: a slope is small beside an elevation.

    Args:
        sample: `(bands, pixels)`, valid raw values.
        wants: The model's input.
        number: Its number, from 1.
        scales: Factor and offset of each band, as its file tells them.
        given: What the user says of this input.

    Raises:
        InputError: They are plainly of another unit; the message holds a SCALE that mends it, that of the file if it
            does, or names what looks like undeclared nodata. Or SCALE cannot be; see `choose_scaling`.
    """
    said = _by_band(wants, given)
    left = [place for place, name in enumerate(wants.band_names) if name not in said]
    if wants.value_range is None or not left:
        return
    low, high = wants.value_range
    named = np.empty((0, sample.shape[1]))
    if said:
        factors = [(said[name].factor, said[name].offset) for name in wants.band_names if name in said]
        named = _times(np.delete(sample, left, axis=0), factors).clip(low, high)
        sample, scales = sample[left], [scales[place] for place in left if scales]

    def is_other(of_left: NDArray[np.float64]) -> bool:
        return is_of_another_unit(np.concatenate([named, of_left]), (low, high))

    def advice(of_left: Sequence[tuple[float, float]]) -> str:
        """A SCALE of all bands, those that the user gave one included."""
        pairs = {name: (scale.factor, scale.offset) for name, scale in said.items()}
        pairs |= {wants.band_names[place]: pair for place, pair in zip(left, of_left)}
        return as_scale([pairs[name] for name in wants.band_names], wants, number)

    if is_other(sample):
        unchanged = advice([(1, 0)] * len(left))
        nothing = undeclared(sample, (low, high))
        if nothing is not None:
            raise InputError(
                "Of input {name}, {percent:.0f} % of the values are exactly {value:g}; the model expects {low:g} to "
                "{high:g}. If that stands for nothing, assign it as the nodata value first (Raster > Conversion > "
                "Translate); if the values are right as they are, set SCALE to {unchanged}.",
                name=wants.name,
                unchanged=unchanged,
                percent=100 * nothing[1],
                value=nothing[0],
                low=low,
                high=high,
            )
        found_low, found_high = (float(value) for value in np.percentile(sample, (1, 99)))
        likely = _likely(sample, wants, number, not said)
        scale = advice([(likely.factor, likely.offset)] * len(left))
        if likely.decibels:
            scale = scale.replace("=", "=db,")
        if scales and not is_other(_times(sample, scales)):
            scale = advice(scales)  # what the file itself says
        raise InputError(
            "The values of input {name} lie between {found_low:.4g} and {found_high:.4g}; the model expects {low:g} to "
            "{high:g}. If they are right as they are, set SCALE to {unchanged}; if not, say how they become that, for "
            "example SCALE = {scale}",
            name=wants.name,
            unchanged=unchanged,
            found_low=found_low,
            found_high=found_high,
            low=low,
            high=high,
            scale=scale,
        )


def _likely(sample: NDArray[np.float64], wants: ModelInput, number: int, may_be_powers: bool) -> BandScale:
    """What brings values of another unit to those of a model whose range is known, as far as they tell."""
    low, high = wants.value_range or (0.0, 1.0)
    line, unit = fixed_line(wants), recognise(sample)
    if line and (unit == "db" or (unit == "linear" and may_be_powers)):
        return BandScale(number, "*", *line, decibels=unit == "linear")
    found_low, found_high = (float(value) for value in np.percentile(sample, (1, 99)))
    if low == 0 and sample.min() >= 0 and sample.max() <= 1 and found_high > DIM:
        return BandScale(number, "*", high, 0.0)  # shares, of which 1 is the most whatever this image shows
    found_low = min(found_low, 0.0)
    factor = (high - low) / (found_high - found_low)
    return BandScale(number, "*", factor, low - found_low * factor)


def _times(sample: NDArray[np.float64], scales: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Values, `(bands, pixels)`, multiplied and moved as a factor and an offset of each band say."""
    factors, offsets = np.array(scales, float).T[:, :, np.newaxis]
    return np.asarray(sample * factors + offsets)
