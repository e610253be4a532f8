"""Tells of bands that their files declare as transparency, though they look like a measurement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import ColorInterp
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.windows import Window

from ..progress import Progress
from .urls import without_secrets

MOST_FILES = 9
"""Of how many rasters of one input the bands are looked at."""

SIDE_PX = 128
PLACES = (0.25, 0.5, 0.75)
"""How far along a raster's diagonal it is looked at: few blocks, be it as large as it may."""

MANY = 16
"""Steps of transparency at which a blurred edge may arrive, and measurements soon do."""


def alpha_of(dataset: DatasetReader) -> int | None:
    """Number of the band that a file declares as transparency."""
    return next((band for band, kind in enumerate(dataset.colorinterp, 1) if kind is ColorInterp.alpha), None)


def warn_of_transparency(paths: Sequence[str], progress: Progress) -> None:
    """Say that a band is declared as transparency, but looks like a measurement, as near infrared behind three colours.

    GDAL declares the fourth band of bytes so where nobody says what it is.

    Args:
        paths: The rasters of one input.
        progress: Is told of the first such band.
    """
    for path in paths[:MOST_FILES]:
        with rasterio.open(path) as dataset:
            alpha = alpha_of(dataset)
            if alpha is None or not _is_measured(_looked_at(dataset, alpha)):
                continue
        progress.warn(
            "Band {band} of {path} is declared as transparency, but looks like a measurement. It is not read as a "
            "band, and where it is 0 the raster counts as nodata. If it is one, such as near infrared, translate the "
            "raster first with the additional parameter -colorinterp_{band} undefined (GDAL: Translate).",
            band=alpha,
            path=without_secrets(path),
        )
        return


def _looked_at(dataset: DatasetReader, band: int) -> NDArray[np.generic]:
    """Values of a band at some places of a raster; none where they cannot be read, which is told where all are."""
    width, height = min(SIDE_PX, dataset.width), min(SIDE_PX, dataset.height)
    windows = [
        Window(int(place * (dataset.width - width)), int(place * (dataset.height - height)), width, height)
        for place in PLACES
    ]
    try:
        return np.concatenate([dataset.read(band, window=window).ravel() for window in windows])
    except RasterioError:
        return np.empty(0)


def _is_measured(values: NDArray[np.generic]) -> bool:
    """Whether values beside 0 are many, and most of them not the same, as they are where all is shown."""
    _, counts = np.unique(values[values != 0], return_counts=True)
    return len(counts) > MANY and bool(counts.max() < counts.sum() / 2)
