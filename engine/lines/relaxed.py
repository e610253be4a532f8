"""Relaxed precision and recall: which lengths of one network lie near the other, and where those are that do not.

Wiedemann, Heipke, Mayer and Jamet 1998, "Empirical Evaluation of Automatically Extracted Road Axes" (completeness and
correctness), taken up by Mnih 2013, "Machine Learning for Aerial Image Labeling", section 6.2 (with a slack of ρ
pixels). Precision is the share of the prediction's length within a buffer around the reference, recall the share of the
reference's within a buffer around the prediction.

Deviations: lengths are cut at the buffers' outlines rather than sampled, where arcs are drawn as 64-gons (true within
0.2 % of the buffer); Wiedemann's criterion that directions agree is left out, as by Mnih.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from . import runs
from .line_graph import LineGraph
from .runs import Floats

PIECE_M = 100.0
"""Long lines are looked up in pieces of about this length, so that no large buffers are drawn."""

HAIR_M = 1e-6
"""What lies exactly at the buffer's edge lies within."""

DUST_M = 0.01
"""Shorter pieces beyond the buffer are left over by rounding, and not handed out."""

CHUNK = 500
"""So many edges are cut at a time."""


@dataclass(frozen=True)
class Beyond:
    """What of a network lies beyond the buffer around another.

    Args:
        pieces: Its lines, `(pieces,)`.
        lengths: Their lengths in metres, `(pieces,)`.
        share: The share of the network's length that lies within the buffer, 0–1.
    """

    pieces: NDArray[np.object_]
    lengths: Floats
    share: float


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def beyond(
    network: LineGraph, other: LineGraph, buffer_m: float, tell: Callable[[float], None] = lambda done: None
) -> Beyond:
    """Find what of a network lies farther than a distance from another.

    Args:
        network: The one that is cut.
        other: The one around which the buffer lies.
        buffer_m: The distance.
        tell: Is told the share that is done, 0–1; what it raises ends the work.
    """
    around = _pieces(other.edges)
    tree = shapely.STRtree(around)
    left: list[NDArray[np.object_]] = []
    for start in range(0, len(network.edges), CHUNK):
        tell(start / len(network.edges))
        left.append(_cut(network.edges[start : start + CHUNK], around, tree, buffer_m + HAIR_M))
    pieces = shapely.get_parts(np.concatenate(left))
    lengths = shapely.length(pieces)
    whole = float(network.lengths.sum())
    real = lengths >= DUST_M
    return Beyond(pieces[real], lengths[real], float(np.clip(1 - lengths.sum() / whole, 0, 1)))


def _cut(
    edges: NDArray[np.object_], around: NDArray[np.object_], tree: shapely.STRtree, reach_m: float
) -> NDArray[np.object_]:
    """What is left of edges outside the buffers of what lies near them."""
    owners, near = tree.query(edges, predicate="dwithin", distance=reach_m)
    order = np.lexsort((near, owners))
    owners, near = owners[order], near[order]
    touched, numbers = np.unique(owners, return_inverse=True)
    left = edges.copy()
    if len(touched):
        groups = np.asarray(shapely.multilinestrings(around[near], indices=numbers), object).reshape(-1)
        left[touched] = shapely.difference(edges[touched], shapely.buffer(groups, reach_m, quad_segs=16))
    return left


def _pieces(edges: NDArray[np.object_]) -> NDArray[np.object_]:
    """Lines of about `PIECE_M` that together cover edges."""
    points, owners = shapely.get_coordinates(shapely.segmentize(edges, PIECE_M), return_index=True)
    slots = (runs.along(points, owners) / PIECE_M).astype(np.int64)
    segments = np.flatnonzero(owners[1:] == owners[:-1])
    pieces = np.cumsum((np.diff(owners[segments], prepend=0) != 0) | (np.diff(slots[segments], prepend=0) != 0))
    first, last = runs.bounds(pieces)
    return runs.stretches(points, segments[first], segments[last] + 1)
