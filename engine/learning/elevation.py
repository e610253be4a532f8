"""Finds the elevation among the bands of training chips, and gives it back in metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..chips.chip_set import ChipSet
from ..errors import InputError
from .chip_store import ChipStore

NAMES = ("dem", "dtm", "elevation", "elevation_m")
"""What an input or a band with elevations is called where the user does not say."""


@dataclass(frozen=True)
class Elevation:
    """The band that holds elevations; of a series that of the first date.

    Attributes:
        input: Number of the input, from 0.
        band: Number of the band, from 0.
        name: What it is called.
    """

    input: int
    band: int
    name: str

    def of(self, store: ChipStore, numbers: NDArray[np.int64]) -> Tensor:
        """Metres, `(chips, 1, chip_px, chip_px)`; NaN where there is no data."""
        source = store.chip_set.inputs[self.input]
        scores = store.images[self.input][numbers, self.band : self.band + 1]
        elevation_m = scores * np.float32(source.std[self.band]) + np.float32(source.mean[self.band])
        return torch.from_numpy(np.where(scores != 0, elevation_m, np.float32(np.nan)))


def find_elevation(chips: ChipSet, wanted: str) -> Elevation:
    """Where the elevation is.

    Args:
        chips: The training chips.
        wanted: Name of the input or band, whatever its case; empty: one of `NAMES`.

    Raises:
        InputError: There is none of that name, or several.
    """
    names = (wanted.casefold(),) if wanted else NAMES
    found = [
        Elevation(number, band, name)
        for number, source in enumerate(chips.inputs)
        for band, name in enumerate(source.bands)
        if name.casefold() in names or (len(source.bands) == 1 and source.name.casefold() in names)
    ]
    if len(found) == 1:
        return found[0]
    raise InputError(
        "The objective 'waterlevel' needs one band of elevation; {count} are called {names}. Make chips with such an "
        "input, or give ELEVATION, the name of one of: {bands}.",
        count=len(found),
        names=" or ".join(names),
        bands=", ".join(f"{source.name} ({', '.join(source.bands)})" for source in chips.inputs),
    )
