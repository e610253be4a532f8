"""Cuts a tile into regions of alike pixels, and says which of them touch: what networks over regions read.

SLIC, Achanta et al. 2012 (doi 10.1109/TPAMI.2012.120), by scikit-image, on what the network gets of all its images.
Training and maps both come here, so that a network meets the regions it was trained on.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..library.rules import RegionRules

ROUNDS = 10
"""Steps of the clustering; the regions hardly change after."""

FEWER = 0.9
"""SLIC makes more regions than it is asked for where it cuts long ones; so many are asked for, then fewer."""


def region_inputs(
    images: Sequence[NDArray[np.float32]], rules: RegionRules
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """What a network over regions reads beside its images.

    Args:
        images: What the network gets, each `(bands, rows, cols)`, scaled; 0 where nothing is known.
        rules: How the card says that regions are made.

    Returns:
        Number of each pixel's region from 0 to below `rules.most`, `(rows, cols)`; and the share of each neighbour in
        a region's neighbourhood, itself included, `(most, most)`: rows sum to 1, or to 0 for numbers without a region.
    """
    regions = cut_regions(np.concatenate(list(images)), rules)
    return regions, adjacency_of(regions, rules.most)


def cut_regions(values: NDArray[np.float32], rules: RegionRules) -> NDArray[np.int64]:
    """Number of each pixel's region, `(rows, cols)`, at most `rules.most` of them.

    The distance of two pixels in their bands is the root of the mean square over the bands, so that `compactness` means
    the same for three bands and for sixty.

    Args:
        values: `(bands, rows, cols)`, scaled.
        rules: How many, and how compact.
    """
    from skimage.segmentation import slic  # only here: few networks read regions, and it takes 36 MB of a worker

    image = np.moveaxis(values, 0, -1) / np.float32(np.sqrt(len(values)))
    spread = float(np.ptp(image)) or 1.0  # scikit-image divides by it
    wanted = rules.most * FEWER
    while wanted >= 2:
        found = slic(
            image,
            n_segments=int(wanted),
            compactness=rules.compactness / spread,
            max_num_iter=ROUNDS,
            convert2lab=False,
            start_label=0,
            channel_axis=-1,
        )
        count = int(found.max()) + 1
        if count <= rules.most:
            return np.asarray(found, np.int64)
        wanted *= FEWER * rules.most / count
    return np.zeros(image.shape[:2], np.int64)


def adjacency_of(regions: NDArray[np.int64], most: int) -> NDArray[np.float32]:
    """Share of each neighbour in the neighbourhood of a region, itself included, `(most, most)`.

    Regions are neighbours where a pixel of one lies beside, above or below one of the other.

    Args:
        regions: Number of each pixel's region, `(rows, cols)`.
        most: How many numbers there are.
    """
    touch = np.zeros((most, most), bool)
    present = np.unique(regions)
    touch[present, present] = True
    for one, other in ((regions[:, :-1], regions[:, 1:]), (regions[:-1], regions[1:])):
        touch[one, other] = True
        touch[other, one] = True
    count = touch.sum(axis=1, keepdims=True)
    return np.asarray(touch / np.maximum(count, 1), np.float32)
