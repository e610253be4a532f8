"""Recognises in what unit the values of a radar image are, and what brings them to those that a model knows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..library.model_input import ModelInput
from ..progress import Progress
from ..requests.assignments import BandScale
from ..values.bands import MUCH_BLACK

NAMES = {"db": "decibels", "linear": "powers (linear)", "scaled": "scaled, as the model's own images"}

LOWEST_DB, LOWEST_POWER, HIGHEST_POWER = -60.0, -1.0, 1.0
"""No backscatter is fainter; noise that is taken off leaves no power below the second; and of powers the median never
reaches the last, of 8-bit values it does."""


def recognise(sample: NDArray[np.float64]) -> str:
    """Which of `db`, `linear` or `scaled` radar values are.

    Surfaces send back less than falls on them: decibels are negative for the most part, powers between 0 and 1. The
    noise that was taken off may leave some powers below 0. Pixels of 0 in all bands do not count: borders of turned
    scenes are often that, and rarely declared as nodata.

    Args:
        sample: `(bands, pixels)`, valid raw values.
    """
    seen = sample[:, sample.any(axis=0)]
    if seen.size == 0:
        return "scaled"
    low, middle = (float(value) for value in np.percentile(seen, (5, 50)))
    if LOWEST_DB < low and middle < 0:
        return "db"
    return "linear" if LOWEST_POWER < low and 0 <= middle < HIGHEST_POWER else "scaled"


def to_model(
    sample: NDArray[np.float64], unit: str, wants: ModelInput, number: int, progress: Progress
) -> tuple[BandScale, ...]:
    """What brings radar values to those of the model; nothing where they are such.

    Args:
        sample: `(bands, pixels)`, valid raw values.
        unit: What the user says they are, or `auto`.
        wants: What the model reads there.
        number: Number of the input, from 1.
        progress: Is told what was recognised, and warned where it is not what the user says.

    Raises:
        ModelError: They are decibels or powers, and the card does not say what the model makes of these.
    """
    share = (sample == 0).all(axis=0).mean() if sample.size else 0
    if len(sample) == 1 and share >= MUCH_BLACK:  # of more bands it is told where they are opened
        progress.warn(
            "About {percent:.0f} % of {name} is exactly 0, and its file does not say that 0 is nodata. If nothing was "
            "measured there, it is taken for dark water, or for ground that was dry: assign the nodata value 0 first "
            "(Raster > Conversion > Translate), or leave the area out with MASK or EXTENT.",
            percent=100 * share,
            name=wants.name.upper(),
        )
    seen = recognise(sample)
    taken = seen if unit == "auto" else unit
    if taken != seen:
        progress.warn(
            "SAR_UNIT is {said}, but the values of {name} look like {seen}. If the map is wrong, set SAR_UNIT to auto.",
            said=unit,
            name=wants.name.upper(),
            seen=NAMES[seen],
        )
    if unit == "auto" and not sample.any():
        progress.warn(
            "Nothing was found in {name} to tell the unit of its values by. If the map is wrong, say it with SAR_UNIT.",
            name=wants.name.upper(),
        )
    progress.log("{name}: the values are taken for {unit}.", name=wants.name.upper(), unit=NAMES[taken])
    if taken == "scaled":
        return ()
    if wants.decibels is None or wants.value_range is None:
        raise ModelError(
            "The model does not say what decibels its input {name} stands for. Bring the values to its range with "
            "SCALE, or choose another model.",
            name=wants.name,
        )
    (low_db, high_db), (low, high) = wants.decibels, wants.value_range
    factor = (high - low) / (high_db - low_db)
    return (BandScale(number, "*", factor, low - low_db * factor, decibels=taken == "linear"),)
