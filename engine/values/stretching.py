"""Brings an image of another unit, or one that is dark or hazy, to the values that a model is used to.

One factor and one offset count for all bands, dates and tiles: colours stay what they are, and so do seams. They come
from places that are the same whenever the image is opened, so a run that is resumed sees them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..errors import Value
from ..library.model_input import ModelInput
from ..progress import Progress
from ..requests.assignments import BandScale, parse_scale
from .dubious_values import warn_of_scales
from .scaling import check_range, is_of_another_unit, undeclared

PERCENTILES = (2, 98)
"""Of the values of all bands together: those that are brought to the `stretch` of the card."""

DULL = 1 / 3
"""Images whose percentiles lie closer together than this share of what is usual are dark or hazy.

No image that `landuse-vhr` was trained on is. What suffers is a scene of nothing but calm water."""


def stretch_or_check(
    sample: NDArray[np.float64],
    scales: Sequence[tuple[float, float]],
    wants: ModelInput,
    given: Sequence[BandScale],
    number: int,
    progress: Progress,
) -> tuple[BandScale, ...]:
    """How an image is brought to the values a model is used to, where the user says nothing: by a stretch, if at all.

    Args:
        sample: `(bands, pixels)`, valid raw values from all over the input.
        scales: Factor and offset of each band of one date, as its file tells them.
        wants: What the model reads there.
        given: What the user says of this input.
        number: Number of the input, from 1.
        progress: Is told what is done to the values, and of scales of the file that are not used.

    Returns:
        What is to be done beyond `given`.

    Raises:
        InputError: The values are of another unit, and nothing brings them to that of the model; see `check_range`.
    """
    found = () if given else stretch(sample, wants, number, progress)
    if not found:
        if not given:
            warn_of_scales(scales, wants, number, progress)
        check_range(sample, wants, number, scales, given)
    return found


def stretch(
    sample: NDArray[np.float64],
    wants: ModelInput,
    number: int,
    progress: Progress,
    also: Sequence[tuple[int, str]] = (),
) -> tuple[BandScale, ...]:
    """What makes the values of one input those that the model is used to; nothing where they are, or nobody can say.

    Args:
        sample: `(bands, pixels)`, valid raw values from all over the input.
        wants: What the model reads there.
        number: Number of the input, from 1.
        progress: Is told what is done to the values, and how to have it otherwise.
        also: Numbers and names of inputs that are stretched alike, and whose values are in the sample too.
    """
    if wants.stretch is None or wants.value_range is None:
        return ()
    seen = sample[:, sample.any(axis=0)]  # borders are often 0 throughout, and rarely declared as nodata
    if seen.size == 0:
        return ()
    found_low, found_high = (float(value) for value in np.percentile(seen, PERCENTILES))
    low, high = wants.stretch
    is_dull = found_high - found_low < DULL * (high - low)
    is_other = is_of_another_unit(seen, wants.value_range)
    if found_high <= found_low or not (is_dull or is_other):
        return ()
    if is_other and undeclared(seen, wants.value_range):  # `check_range` names it
        return ()
    factor = (high - low) / (found_high - found_low)
    values = f"{factor:.6g},{low - found_low * factor:.6g}"
    numbers = (number, *(other for other, _ in also))
    entries = ["*" if each == 1 else f"{each}.*" for each in numbers]
    told: dict[str, Value] = {
        "found_low": found_low,
        "found_high": found_high,
        "low": low,
        "high": high,
        "scale": ";".join(f"{entry}={values}" for entry in entries),
        "unchanged": ";".join(f"{entry}=1" for entry in entries),
    }
    if also:
        progress.warn(
            "The values of the inputs {names} lie mostly between {found_low:.4g} and {found_high:.4g}; in images that "
            "the model knows, between {low:g} and {high:g}. They are brought there, alike in all of these inputs, in "
            "all bands and everywhere, as with SCALE = {scale}. Set SCALE to have it otherwise, to {unchanged} if they "
            "are right as they are.",
            names=", ".join((wants.name, *(name for _, name in also))),
            **told,
        )
    else:
        progress.warn(
            "The values of input {name} lie mostly between {found_low:.4g} and {found_high:.4g}; in images that the "
            "model knows, between {low:g} and {high:g}. They are brought there, alike in all bands and everywhere, as "
            "with SCALE = {scale}. Set SCALE to have it otherwise, to {unchanged} if they are right as they are.",
            name=wants.name,
            **told,
        )
    (scale,) = parse_scale(f"*={values}")  # what is done is what was said, to the last digit
    return tuple(replace(scale, input=each) for each in numbers)
