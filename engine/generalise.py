"""Takes areas too small to be on the map out of a class raster."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rasterio.features import sieve

from .legend import NODATA


def absorb_small_areas(classes: NDArray[np.uint8], smallest_px: int) -> NDArray[np.uint8]:
    """Join areas of fewer than `smallest_px` pixels (4-connected) with their largest neighbour.

    GDAL's sieve leaves a small area alone that has none but small neighbours, so the threshold is doubled step by
    step: fragments first join to larger ones. Nodata neither grows nor shrinks.

    Args:
        classes: `(rows, cols)`, `NODATA` where nothing is said.
        smallest_px: Areas of this size stay.
    """
    known = classes != NODATA
    smallest_px = min(smallest_px, classes.size - 1)  # the sieve takes no more
    threshold = 2
    while threshold < 2 * smallest_px:
        classes = sieve(classes, size=min(threshold, smallest_px), mask=known, connectivity=4)
        classes[~known] = NODATA
        threshold *= 2
    return classes
