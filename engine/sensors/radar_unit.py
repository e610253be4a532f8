"""Brings radar values to those that a model knows, in whatever unit they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..library.model_input import ModelInput
from ..phrases import Phrase
from ..progress import Progress
from ..requests.assignments import BandScale
from ..values.decibels import fixed_line, recognise
from ..values.dubious_values import MUCH_BLACK

NAMES = {
    "db": Phrase("decibels"),
    "linear": Phrase("powers (linear)"),
    "scaled": Phrase("scaled, as the model's own images"),
}


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
    line = fixed_line(wants)
    if line is None:
        raise ModelError(
            "The model does not say what decibels its input {name} stands for. Bring the values to its range with "
            "SCALE, or choose another model.",
            name=wants.name,
        )
    return (BandScale(number, "*", *line, decibels=taken == "linear"),)
