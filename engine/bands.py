"""Decides which raster band feeds which band of the model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .errors import InputError
from .library.card import ModelInput
from .requests.assignments import BandChoice


class Banded(Protocol):
    """Something with bands: `Rasters`, or the part of them that belongs to one date."""

    @property
    def bands(self) -> tuple[int, ...]:
        """Numbers of the bands that hold data."""

    @property
    def band_names(self) -> tuple[str, ...]:
        """What each of them is, in lower case."""

    @property
    def has_palette(self) -> bool:
        """Whether values are numbers of colours."""


def check_inputs(named: Sequence[int], parameter: str, inputs: int) -> None:
    """Refuse the numbers of inputs that the model does not have, in BANDS or SCALE (1 is INPUT, 2 is INPUT_2, …).

    Raises:
        InputError: There is one.
    """
    for number in named:
        if not 1 <= number <= inputs:
            raise InputError(
                "{parameter} names input {found}; this model has {count}, counted from 1.",
                parameter=parameter,
                found=number,
                count=inputs,
            )


def choose_bands(rasters: Banded, wants: ModelInput, choices: Sequence[BandChoice]) -> tuple[int, ...]:
    """Number of the raster band for each band of the model, in the model's order.

    The user's choice comes first, then the names and colours the raster gives its bands, then their order where
    there are as many as the model wants.

    Args:
        rasters: One input.
        wants: What the model reads there.
        choices: What the user says of this input.

    Raises:
        InputError: None of these settles it; the message holds a BANDS that would.
    """
    if rasters.has_palette:
        raise InputError(
            "The raster holds numbers of palette colours, not measurements. "
            "Turn it into red, green and blue bands first (GDAL: PCT to RGB)."
        )
    chosen = _chosen(rasters, wants, choices)
    if len(chosen) == len(wants.bands):
        return tuple(chosen[name] for name in wants.band_names)
    named = dict(zip(rasters.band_names, rasters.bands))
    if all(name in chosen or name.lower() in named for name in wants.band_names):
        return tuple(chosen.get(name) or named[name.lower()] for name in wants.band_names)
    if not chosen and len(rasters.bands) == len(wants.bands):
        return rasters.bands
    raise InputError(
        "The model expects {expected} bands ({names}); the layer has {found}. "
        "Choose another layer or map the bands, for example BANDS = {example}",
        expected=len(wants.bands),
        names=", ".join(wants.band_names),
        found=len(rasters.bands),
        example=";".join(
            f"{name}={rasters.bands[min(index, len(rasters.bands) - 1)]}" for index, name in enumerate(wants.band_names)
        ),
    )


def _chosen(rasters: Banded, wants: ModelInput, choices: Sequence[BandChoice]) -> dict[str, int]:
    """The user's choices, checked, by name of the model's band."""
    chosen = {}
    for choice in choices:
        if choice.band not in wants.band_names:
            raise InputError(
                "BANDS names a band {band}; the model has {names}.",
                band=choice.band,
                names=", ".join(wants.band_names),
            )
        if choice.raster_band not in rasters.bands:
            raise InputError(
                "BANDS asks for raster band {asked}; the layer has the bands {found}.",
                asked=choice.raster_band,
                found=", ".join(map(str, rasters.bands)),
            )
        chosen[choice.band] = choice.raster_band
    return chosen
