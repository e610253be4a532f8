"""Makes the image that stands for "nothing there": what is taken away from an image leaves this behind.

What perturbation tells depends on it (arXiv 2507.05916). It is never 0 by itself: reflectance 0 is black water.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..errors import InputError
from ..images.absent import Absent
from ..images.mosaic_reader import RasterChunk
from ..images.sources import Source
from ..requests.explain_prediction import BLUR, MEAN, VALUE, Method

BLUR_PX = 16
"""Standard deviation of the blur: what is smaller than some 30 px is gone."""

REFLECTED = "reflect"
"""Beyond its edge an image goes on as in a mirror."""


def called(method: Method) -> str:
    """What stands for nothing, for a page."""
    return {
        MEAN: "mean of each band over the image",
        VALUE: f"value {method.baseline_value}",
    }.get(method.baseline, f"blur, standard deviation {BLUR_PX} px")


class Baseline:
    """Makes baselines for windows of one scene.

    Args:
        method: Which kind.
        sources: The inputs of the scene.

    Raises:
        InputError: BASELINE_VALUE has another number of values than there are bands.
    """

    def __init__(self, method: Method, sources: Sequence[Source]) -> None:
        self._blurs = method.baseline == BLUR
        if self._blurs:
            self._plain = np.zeros(0, np.float32)
        elif method.baseline == MEAN:
            self._plain = np.concatenate([_mean(source) for source in sources])
        else:
            self._plain = _given(method.baseline_values, sources)

    def __call__(self, sample: NDArray[np.float32], measured: NDArray[np.bool_]) -> NDArray[np.float32]:
        """The baseline of a sample as the network takes it; it means something where that is measured.

        All are `(channels, rows, cols)`.
        """
        if self._blurs:
            return blurred(sample, measured)
        return np.broadcast_to(self._plain[:, np.newaxis, np.newaxis], sample.shape)


def blurred(sample: NDArray[np.float32], measured: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Each band of `(channels, rows, cols)` without what is small; what is not measured weighs nothing, and stays 0."""
    from scipy.ndimage import gaussian_filter

    def blur(band: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(gaussian_filter(band, BLUR_PX, mode=REFLECTED))

    made = np.zeros_like(sample)
    for band, known, into in zip(sample, measured, made):
        weights = blur(known.astype(np.float32))
        np.divide(blur(band * known), weights, out=into, where=known)
    return made


def _mean(source: Source) -> NDArray[np.float32]:
    """Mean of each channel of one input as the network takes it, over a sample of the whole raster."""
    if isinstance(source.rasters, Absent):
        return np.zeros(len(source.bands), np.float32)  # the card's mean, as the network gets it
    raw = source.rasters.sample(source.bands)  # (bands of one date, pixels)
    if not raw.shape[1]:
        return np.zeros(len(source.bands), np.float32)
    times = len(source.bands) // len(raw)
    return np.asarray(_scaled(np.tile(raw, (times, 1)), source).mean(axis=1))


def _given(values: Sequence[float], sources: Sequence[Source]) -> NDArray[np.float32]:
    """The values of the user, scaled as the image is."""
    counts = [len(source.bands) for source in sources]
    if len(values) not in (1, sum(counts)):
        raise InputError(
            "BASELINE_VALUE holds {found} values; give one for all bands, or {expected}, one for each band that the "
            "model reads.",
            found=len(values),
            expected=sum(counts),
        )
    whole = np.resize(np.array(values), sum(counts))
    parts = np.split(whole, np.cumsum(counts)[:-1])
    return np.concatenate([_scaled(part[:, np.newaxis], source)[:, 0] for part, source in zip(parts, sources)])


def _scaled(raw: NDArray[np.float64], source: Source) -> NDArray[np.float32]:
    """Raw values `(channels, pixels)` as the network takes them."""
    values = np.ma.MaskedArray(raw[:, np.newaxis])  # (channels, 1, pixels)
    made = np.empty(values.shape, np.float32)
    source.scaling.apply(RasterChunk(values, Window(0, 0, raw.shape[1], 1)), made)
    return made[:, 0]
