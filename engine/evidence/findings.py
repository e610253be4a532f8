"""Says of each pixel how what is known of it fits together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..legend import NODATA, Legend, LegendEntry

FINE, UNSURE, LOWERING, IMPOSSIBLE, DOUBTED, CONTRADICTED = range(1, 7)
"""What may be found, from the mildest to the gravest: of several pixels that share one of a picture the last shows."""

COLOURS = {
    FINE: "#dfe8e2",
    UNSURE: "#f2cf63",
    LOWERING: "#2166ac",
    IMPOSSIBLE: "#7b3294",
    DOUBTED: "#ee8f3c",
    CONTRADICTED: "#b2182b",
}

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Layers:
    """What is known of the pixels of a window, each `(rows, cols)`; NaN where a layer says nothing.

    Args:
        classes: The map's classes.
        known: Where it has one.
        attribution: How much each pixel counts for what was explained; `None`: not given.
        confidence: How sure the map is of its class, 0–1; `None`: not given.
        residual: How far the map is from a law of nature; `None`: not given.
        counts: How much of its attribution is a pixel's own, where all pixels of a superpixel hold what all of it adds;
            `None`: all of it.
    """

    classes: NDArray[np.int64]
    known: Flags
    attribution: Floats | None = None
    confidence: Floats | None = None
    residual: Floats | None = None
    counts: Floats | None = None


@dataclass(frozen=True)
class Bounds:
    """From where on something counts.

    Args:
        sure_from: Confidence from which a pixel is sure.
        tolerance: Residual up to which a pixel agrees with the law of nature.
        lowering_from: Attribution below minus this lowers the score that was explained.
        explained: The map's value of the class that was explained; `None`: not known, so that nothing is lowering it.
    """

    sure_from: float
    tolerance: float
    lowering_from: float = np.inf
    explained: int | None = None


@dataclass(frozen=True)
class Judged:
    """What is said of the pixels of a window, each `(rows, cols)`.

    Args:
        unsure: Where the map is not sure of its class.
        sure: Where it is; elsewhere nothing is known of that.
        impossible: Where it contradicts the law of nature.
        lowering: Where it has the class that was explained, though what is seen there lowers the explained score.
        found: What is found, `NODATA` where the map says nothing.
    """

    unsure: Flags
    sure: Flags
    impossible: Flags
    lowering: Flags
    found: NDArray[np.uint8]


def judge(layers: Layers, bounds: Bounds) -> Judged:
    """Say of each pixel how what is known of it fits together."""
    nowhere = np.zeros_like(layers.known)
    unsure = sure = impossible = lowering = nowhere
    if layers.confidence is not None:
        unsure = layers.known & (layers.confidence < bounds.sure_from)
        sure = layers.known & (layers.confidence >= bounds.sure_from)
    if layers.residual is not None:
        impossible = layers.known & (layers.residual > np.float32(bounds.tolerance))
    if layers.attribution is not None and bounds.explained is not None:
        has_class = layers.known & (layers.classes == bounds.explained)
        lowering = has_class & (layers.attribution < -bounds.lowering_from)
    found = np.where(layers.known, FINE, NODATA).astype(np.uint8)
    found[lowering] = LOWERING
    found[unsure] = UNSURE  # nobody is contradicted who is not sure
    found[impossible] = IMPOSSIBLE
    found[impossible & unsure] = DOUBTED
    found[impossible & sure] = CONTRADICTED
    return Judged(unsure, sure, impossible, lowering, found)


def legend_of(given: Collection[str], tells_lowering: bool, found: Collection[int]) -> Legend:
    """What may be found with the layers that are given, and what was found beside.

    Args:
        given: `attribution`, `uncertainty` and `residual`, those that there are.
        tells_lowering: Whether it is known which class was explained.
        found: Values that were found.
    """
    has_confidence, has_residual = "uncertainty" in given, "residual" in given
    names = {FINE: "Nothing against it"}
    if has_confidence:
        names[UNSURE] = "Unsure"
    if tells_lowering:
        names[LOWERING] = "Lowers the explained score"
    if has_residual and not has_confidence:
        names[IMPOSSIBLE] = "Physically impossible"
    elif IMPOSSIBLE in found:
        names[IMPOSSIBLE] = "Physically impossible, confidence unknown"
    if has_confidence and has_residual:
        names[DOUBTED] = "Unsure and physically impossible"
        names[CONTRADICTED] = "Sure, yet physically impossible"
    return Legend(tuple(LegendEntry(value, name, COLOURS[value]) for value, name in sorted(names.items())))
