"""Says what is dubious about the values of an input: that they are grey, black, or to be scaled by who reads them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..library.model_input import ModelInput
from ..progress import Progress
from .scaling import as_scale

MUCH_BLACK = 0.02
"""Share of an image: deep shadow may be black in all bands too, but hardly so much."""


def warn_of_grey(bands: Sequence[int], sample: NDArray[np.float64], wants: ModelInput, progress: Progress) -> None:
    """Say that an image has no colours: all bands of the model get the same values.

    Args:
        bands: Which raster band feeds each band of the model, those of a series date by date.
        sample: `(bands, pixels)`, valid raw values of them from all over the input.
        wants: What the model reads.
        progress: Is told.
    """
    count = len(wants.bands)
    if count == 1:
        return
    lone = any(len(set(bands[start : start + count])) == 1 for start in range(0, len(bands), count))
    if lone or (sample.size and sample.min() < sample.max() and (sample == sample[0]).all()):
        progress.warn(
            "Input {name} is grey: the bands {bands} of the model all get the same values. Expect more mistakes "
            "between classes that differ by their colour; the model's limits (Show model information) may say which.",
            name=wants.name,
            bands=", ".join(wants.band_names),
        )


def warn_of_black(sample: NDArray[np.float64], wants: ModelInput, progress: Progress) -> None:
    """Say that much of an image is 0 in all bands, as where nothing was seen and its file does not say so.

    It is mapped like all else: what 0 means only the user knows. Of single bands and series nothing is said, since no
    rain, no slope and no water are 0 as well.

    Args:
        sample: `(bands, pixels)`, valid raw values from all over the input.
        wants: What the model reads.
        progress: Is told.
    """
    if len(wants.bands) == 1 or wants.is_series or not sample.size:
        return
    share = (sample == 0).all(axis=0).mean()
    if MUCH_BLACK <= share < 1:
        progress.warn(
            "About {percent:.0f} % of input {name} is 0 in all bands, and its file does not say that 0 is nodata. If "
            "nothing was seen there, what the result says there means nothing: assign the nodata value 0 first "
            "(Raster > Conversion > Translate), or leave the area out with MASK or EXTENT.",
            percent=100 * share,
            name=wants.name,
        )


def warn_of_scales(scales: Sequence[tuple[float, float]], wants: ModelInput, number: int, progress: Progress) -> None:
    """Say that a file has its values multiplied and moved by who reads it, which is not done.

    Args:
        scales: Factor and offset of each band of one date.
        wants: What the model reads.
        number: Number of the input, from 1.
        progress: Is told, with the SCALE that does it.
    """
    if all(scale == (1, 0) for scale in scales):
        return
    progress.warn(
        "The bands of input {name} have a scale or an offset; their values are taken as they are stored. If the model "
        "was trained on values that were brought to their unit, set SCALE = {scale}; if it was not, {unchanged}.",
        name=wants.name,
        scale=as_scale(scales, wants, number),
        unchanged=as_scale(((1, 0),), wants, number),
    )
