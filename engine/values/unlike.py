"""Tells images of one place apart whose values are of different units, where what is done to values counts for all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, Value
from ..library.model_input import ModelInput
from ..progress import Progress
from ..requests.assignments import BandScale
from .clouds import without_clouds
from .decibels import LINEAR, recognise
from .scaling import as_scale, as_scaled, is_of_another_unit, undeclared
from .stretching import PERCENTILES

UNLIKE_TIMES = 10
"""How many times as bright one image is as the other of two dates, at most; a flood that covers all is no darker."""

UNNATURAL_TIMES = 30
"""No two dates of one place differ by so much in one unit, not even clear water and cloud, or calm and rough sea."""

ADDED, ABOUT = 1000, 300
"""What products of Sentinel-2 have above reflectance x 10000 since processing baseline 04.00, and how exactly."""

BRIGHTEST = 2000
"""What no reflectance x 10000 begins above on land; the numbers of Landsat's products do."""


@dataclass(frozen=True)
class Values:
    """Where most values of an image lie.

    Args:
        name: What the image is called.
        low: Where they begin.
        high: What they reach.
        is_other: Whether they are of another unit than the model's.
    """

    name: str
    low: float
    high: float
    is_other: bool


def values_of(
    name: str, sample: NDArray[np.float64], wants: ModelInput, given: Sequence[BandScale] = ()
) -> Values | None:
    """Where the values of an image lie that are no clouds; `None`: nothing can be said.

    Args:
        name: What the image is called.
        sample: `(bands, pixels)`, valid raw values.
        wants: What the model reads there.
        given: What the user says of this input.
    """
    ground = without_clouds(sample, wants)
    ground = ground[:, ground.any(axis=0)]
    if wants.value_range is None or not ground.size:
        return None
    scaled = as_scaled(ground, wants, given)
    if undeclared(scaled, wants.value_range):
        return None
    low, high = np.percentile(ground, PERCENTILES)
    return Values(name, float(low), float(high), is_of_another_unit(scaled, wants.value_range))


def of_other_units(images: Iterable[Values]) -> tuple[Values, Values] | None:
    """The two images, the fainter one first, that are farthest from being of one unit; `None`: all may be."""
    in_order = sorted(images, key=lambda each: each.high)
    if not any(each.is_other for each in in_order):
        return None
    found = []
    for faint, strong in zip(in_order, in_order[1:]):
        apart = strong.high > UNLIKE_TIMES * faint.high if faint.high > 0 else strong.low > faint.high
        if apart and strong.high > 0:  # decibels are below 0 and told by their range
            found.append((faint, strong))
    return max(found, key=_times, default=None)


def _times(pair: tuple[Values, Values]) -> float:
    """How many times as bright the second image is as the first."""
    faint, strong = pair
    return strong.high / faint.high if faint.high > 0 else math.inf


def with_an_offset(images: Iterable[Values]) -> tuple[Values, Values] | None:
    """Two images, of which 1000 seems to be added to the second; `None`: there are none."""
    in_order = sorted(images, key=lambda each: each.low)
    for plain, raised in zip(in_order, in_order[1:]):
        if plain.low < BRIGHTEST and raised.low >= ADDED and abs(raised.low - plain.low - ADDED) <= ABOUT:
            return plain, raised
    return None


def check_dates(
    names: Sequence[str],
    samples: Sequence[NDArray[np.float64]],
    wants: ModelInput,
    given: Sequence[BandScale],
    number: int,
    progress: Progress,
) -> None:
    """Compare the dates of one series, whose values are all brought to the model's in one way.

    What shows nothing for the most part is left out: few pixels of rain or of a border tell little of a unit.

    Args:
        names: What each date is called.
        samples: Valid raw values of each, `(bands, pixels)`.
        wants: What the model reads.
        given: What the user says of this input: where it is anything, dates of different units are only warned of.
        number: Number of the input, from 1.
        progress: Is told.

    Raises:
        InputError: They are of different units.
    """
    shown = [(name, sample) for name, sample in zip(names, samples) if sample.size and np.median(sample) != 0]
    if any(scale.decibels for scale in given) and _warn_of_no_powers(shown, progress):
        return
    dates = [values for name, sample in shown if (values := values_of(name, sample, wants, given))]
    unlike = of_other_units(dates)
    if unlike:
        faint, strong = unlike
        told: dict[str, Value] = {
            "faint": faint.name,
            "least": faint.high,
            "strong": strong.name,
            "most": strong.high,
        }
        if given or not (strong.is_other or strong.high > UNNATURAL_TIMES * faint.high):
            progress.warn(
                "The values of {faint} reach about {least:.4g}, those of {strong} about {most:.4g}, as if they were of "
                "different units, but all dates of a series are brought to the model's in one way. If they are, the "
                "map is wrong: bring all dates to one unit first (Raster > Raster Calculator).",
                **told,
            )
            return
        raise InputError(
            "The values of {faint} reach about {least:.4g}, those of {strong} about {most:.4g}: dates of one series "
            "are of different units, and would be brought to the model's in one way. Bring all dates to one unit "
            "(Raster > Raster Calculator); if they are right as they are, set SCALE to {unchanged}.",
            unchanged=as_scale(((1, 0),), wants, number),
            **told,
        )
    _warn_of_an_offset(dates, progress)


def _warn_of_no_powers(shown: Sequence[tuple[str, NDArray[np.float64]]], progress: Progress) -> bool:
    """Say which dates are no powers of a radar, though the logarithm is taken of all; whether there are such."""
    no_powers = [name for name, sample in shown if recognise(sample) != LINEAR]
    if no_powers:
        progress.warn(
            "SCALE takes the logarithm of all dates, and the values of {dates} do not look like powers of a radar. If "
            "they are none, the map is wrong: bring all dates to one unit first (Raster > Raster Calculator).",
            dates=", ".join(no_powers[:5]),
        )
    return bool(no_powers)


def _warn_of_an_offset(dates: Sequence[Values], progress: Progress) -> None:
    """Say that 1000 seems to be added to some dates."""
    offset = with_an_offset(dates)
    if offset:
        plain, raised = offset
        progress.warn(
            "The values of {raised} begin at about {above:.0f}, those of {plain} at {low:.0f}, as where products of "
            "Sentinel-2 from before and after January 2022 meet: since then 1000 is added to reflectance x 10000. If "
            "so, take 1000 off each date that has it first (Raster > Raster Calculator): the map is wrong otherwise.",
            raised=raised.name,
            above=raised.low,
            plain=plain.name,
            low=plain.low,
        )
