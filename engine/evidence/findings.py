"""Says of each pixel how what is known of it fits together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..legend import NODATA, Legend, LegendEntry

FINE, UNSURE, AGAINST, DOUBTED, CONTRADICTED = range(1, 6)
"""What may be found, from the mildest to the gravest: of several pixels that share one of a picture the last shows."""

COLOURS = {FINE: "#dfe8e2", UNSURE: "#f2cf63", AGAINST: "#2166ac", DOUBTED: "#ee8f3c", CONTRADICTED: "#b2182b"}

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Layers:
    """What is known of the pixels of a window, each `(rows, cols)`; NaN where a layer says nothing.

    Args:
        classes: The map's classes.
        known: Where it has one.
        attribution: How much each pixel counts for what was explained; `None`: not given.
        confidence: How sure the map is of its class, 0–1; `None`: not given.
        residual: How far the map is from a law of nature; `None`: not given.
    """

    classes: NDArray[np.int64]
    known: NDArray[np.bool_]
    attribution: Floats | None = None
    confidence: Floats | None = None
    residual: Floats | None = None


@dataclass(frozen=True)
class Bounds:
    """From where on something counts.

    Args:
        sure_from: Confidence from which a pixel is sure.
        tolerance: Residual up to which a pixel agrees with the law of nature.
        against_from: Attribution below minus this speaks against the class that was explained.
        explained: The map's value of that class; `None`: not known, so that nothing speaks against it.
    """

    sure_from: float
    tolerance: float
    against_from: float = np.inf
    explained: int | None = None


def unsure(layers: Layers, bounds: Bounds) -> NDArray[np.bool_]:
    """Where the map is not sure of its class."""
    if layers.confidence is None:
        return np.zeros_like(layers.known)
    return np.asarray(layers.known & (layers.confidence < bounds.sure_from))


def impossible(layers: Layers, bounds: Bounds) -> NDArray[np.bool_]:
    """Where the map contradicts the law of nature."""
    if layers.residual is None:
        return np.zeros_like(layers.known)
    return np.asarray(layers.known & (layers.residual > np.float32(bounds.tolerance)))


def against(layers: Layers, bounds: Bounds) -> NDArray[np.bool_]:
    """Where the map has the class that was explained, though what is seen there speaks against it."""
    if layers.attribution is None or bounds.explained is None:
        return np.zeros_like(layers.known)
    has_class = layers.known & (layers.classes == bounds.explained)
    return np.asarray(has_class & (layers.attribution < -bounds.against_from))


def findings(layers: Layers, bounds: Bounds) -> NDArray[np.uint8]:
    """What is found of each pixel, `(rows, cols)`; `NODATA` where the map says nothing."""
    doubt, wrong = unsure(layers, bounds), impossible(layers, bounds)
    found = np.where(layers.known, FINE, NODATA).astype(np.uint8)
    found[against(layers, bounds)] = AGAINST
    found[doubt] = UNSURE  # nobody is contradicted who is not sure
    found[doubt & wrong] = DOUBTED
    found[~doubt & wrong] = CONTRADICTED
    return found


def legend_of(has_confidence: bool, has_residual: bool, tells_against: bool) -> Legend:
    """What may be found with the layers that there are."""
    names = {FINE: "Nothing against it"}
    if has_confidence:
        names[UNSURE] = "Unsure"
    if tells_against:
        names[AGAINST] = "Speaks against its own class"
    if has_confidence and has_residual:
        names[DOUBTED] = "Unsure and physically impossible"
    if has_residual:
        names[CONTRADICTED] = "Sure, yet physically impossible" if has_confidence else "Physically impossible"
    return Legend(tuple(LegendEntry(value, name, COLOURS[value]) for value, name in sorted(names.items())))
