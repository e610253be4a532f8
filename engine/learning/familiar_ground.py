"""Tells from training chips what a trained network is used to, so that maps of other ground are warned of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from ...models.build import Network
from ...models.export import has_fixed_size
from ..errors import ModelError
from ..familiarity.familiarity import TILE_PX, Familiarity, fit
from ..familiarity.inner_features import InnerFeatures, names_of_features
from ..familiarity.plausibility import FULL
from ..progress import Progress
from .batches import region_rules
from .chip_store import ChipStore
from .evaluation import Check

MOST_CHIPS = 200
"""So many chips tell it; more would take longer and tell no more."""

LEAST_BLOCKS = 5
"""From fewer blocks of ground the limit comes out so high that hardly anything lies beyond it."""

MOST_GROUPS = 20
"""So many stretches of ground are held out one after the other."""


def familiar_ground(
    network: Network, store: ChipStore, path: Path, check: Check, progress: Progress
) -> Familiarity | None:
    """Fit what the network is used to on chips that are drawn evenly, and tell of it.

    Args:
        network: The trained network.
        store: The chips that it has learnt from, in the order of the ground.
        path: The network's `.onnx` file.
        check: Called for each chip; raises where the user wants to stop.
        progress: Is told.

    Returns:
        What goes into the card; `None`: networks of several inputs, of dates or of regions are not held against
        their images, and chips of a few blocks do not tell how ground differs.
    """
    if len(store.images) > 1 or store.chip_set.inputs[0].days or region_rules(network):
        return None
    side_px = store.chip_set.chip_px
    if not has_fixed_size(network):
        side_px = min(side_px, TILE_PX) // network.stride * network.stride
    try:
        tensors = names_of_features(path)
        inner = InnerFeatures(path, tensors, threads=1)
        features, blocks = [], []
        for number in np.unique(np.linspace(0, len(store) - 1, MOST_CHIPS).round().astype(int)):
            check()
            begin = (store.chip_set.chip_px - side_px) // 2
            tile = store.images[0][number, :, begin : begin + side_px, begin : begin + side_px]
            known = (tile != 0).any(axis=0)  # as chips have 0 where there is no data
            if known.mean() >= FULL:
                features.append(inner([tile], known))
                blocks.append(store.chips[number].block)
    except ModelError as error:  # a network of another build, which maps all the same
        progress.log(error.template, **error.values)
        return None
    seen = {block: place for place, block in enumerate(dict.fromkeys(blocks))}
    if len(seen) < LEAST_BLOCKS:
        progress.log(
            "The training chips show {blocks} blocks of ground. From fewer than {least} nobody knows how far other "
            "ground may differ: maps of images that are unlike them will not be warned of.",
            blocks=len(seen),
            least=LEAST_BLOCKS,
        )
        return None
    groups = [seen[block] * min(MOST_GROUPS, len(seen)) // len(seen) for block in blocks]  # neighbours together
    try:
        found = replace(fit(tensors, np.stack(features), groups), tile_px=side_px)
    except (ModelError, ValueError):  # all chips alike, or features that are no numbers: it maps all the same
        progress.log(
            "What the network finds in the training chips does not tell how ground differs: maps of images that are "
            "unlike them will not be warned of."
        )
        return None
    progress.log(
        "Maps of images that are unlike the training chips will be warned of: what the network finds in {tiles} of "
        "them, from {blocks} blocks of ground, is kept with the model.",
        tiles=found.tiles,
        blocks=len(seen),
    )
    return found
