"""Leaves clouds out of what tells how an image is to be stretched, so that a few of them do not make the land black."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..library.model_input import ModelInput
from .scaling import is_of_another_unit, undeclared
from .stretching import PERCENTILES

GROUND_PERCENTILE = 95
"""Where the darkest band of a pixel is brighter than this percentile of all bands of the rest, it may be cloud.

With 98, 30 % of cloud before and after was overlooked at one in five of OMBRIA's places; with 95, at one in fifty."""

CLOUD_REFLECTANCE = 0.18
"""What clouds reflect at least, in every band; land beside a wide water rarely does."""

PER_WHOLE = 10_000
"""Products give reflectance as a share, or times this."""

FEWEST_TIMES, MOST_TIMES = 1.5, 12.0
"""By how much the range of values shrinks without clouds. Without clouds 51 of 52 of OMBRIA's places stay below the
first; desert beside the sea, which is all the land there is, lies above the second."""


def without_clouds(sample: NDArray[np.float64], wants: ModelInput) -> NDArray[np.float64]:
    """The pixels that are no clouds; all of them where nothing would be gained.

    The darker half of the pixels is ground. Whatever is not brighter than that throughout is ground as well, and so
    on until nothing is added. Images that are bright for the most part, as deserts are, lose nothing so, nor do those
    in the model's own unit.

    Args:
        sample: `(bands, pixels)`, valid raw values.
        wants: What the model reads there.
    """
    seen = sample[:, sample.any(axis=0)]  # borders of 0 are no ground
    if len(sample) == 1 or wants.value_range is None or not is_of_another_unit(seen, wants.value_range):
        return sample
    if undeclared(seen, wants.value_range):  # the refusal of it must not be lost
        return sample
    in_order = seen[:, np.argsort(seen.min(axis=0))]
    darkest = in_order.min(axis=0)
    whole = 1 if np.percentile(seen, PERCENTILES[1]) <= 2 else PER_WHOLE
    count, before = (len(darkest) + 1) // 2, 0
    while count > before:
        before = count
        brightest = max(CLOUD_REFLECTANCE * whole, np.percentile(in_order[:, :count], GROUND_PERCENTILE))
        count = max(count, int(np.searchsorted(darkest, brightest, side="right")))
    ground = in_order[:, :count]
    with_clouds, without = (float(np.ptp(np.percentile(values, PERCENTILES))) for values in (seen, ground))
    return ground if FEWEST_TIMES * without <= with_clouds <= MOST_TIMES * without else sample
