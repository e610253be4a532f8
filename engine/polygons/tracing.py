"""Turns a numbered class raster into polygons that trace pixel edges and share their boundaries exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray

from ..tiles.strips import Strips
from .outlines import Chains, Place, chained, outlines
from .regions import Regions
from .smoothing import Smoothing

BATCH_VERTICES = 2**20
"""Vertices of polygons that are given out at once, about: one polygon may have more."""

CONFIDENCE_STEPS, AREA_STEPS = 2**24, 2**28
"""Confidences and pixel areas are summed as whole numbers of these fractions of 1 and of the largest pixel's area:
such sums do not depend on the order, so they do not on the strips."""


@dataclass(frozen=True)
class ClassAreas:
    """Connected areas of one class each.

    Args:
        polygons: Their outlines, in map units.
        values: Class value of each.
        areas_m2: Ground area of each, summed over its pixels.
        confidences: Mean confidence of each, 0–1; NaN where no pixel counts.
    """

    polygons: NDArray[np.object_]
    values: NDArray[np.int32]
    areas_m2: NDArray[np.float64]
    confidences: NDArray[np.float64]


def trace(
    regions: Regions,
    confidence: Strips,
    transform: Affine,
    pixel_areas_m2: NDArray[np.float64],
    smooth_px: float = 0.0,
) -> Iterator[ClassAreas]:
    """Trace the areas of a class raster.

    Neighbours meet in the same vertices: wherever three areas meet, all three have one there. So the polygons form a
    coverage without gaps or overlaps. When they are smoothed it stays one, and areas_m2 stay the pixels'.

    Args:
        regions: The areas.
        confidence: 0–1; NaN where it shall not count. In the same strips.
        transform: From (column, row) to map units.
        pixel_areas_m2: Area of a pixel of each row, `(rows,)`.
        smooth_px: Triangles of up to its square are cut off the boundaries; 0: they follow pixel edges.

    Yields:
        The areas in batches, in the order in which they end, row by row; of those that end in the same row, in the
        order in which they begin.
    """
    areas_m2, confidences = _measure(regions, confidence, pixel_areas_m2)
    classes = regions.classes
    smoothing = Smoothing(classes.width, classes.height, smooth_px**2) if smooth_px else None
    for places, pieces in outlines(regions):
        if smoothing:
            smoothing.add(places)
        for batch in _batches(pieces, regions.last_rows):
            vertices, starts = batch.vertices, batch.starts
            if smoothing:
                vertices, starts = smoothing.smoothed(vertices, starts)
            shells = np.nonzero(np.diff(batch.areas, prepend=0))[0]  # an area's first ring is around it
            numbers = batch.areas[shells]
            yield ClassAreas(
                _polygons(vertices >> 1, starts, shells, classes.width + 1, transform),
                regions.values[numbers].astype(np.int32),
                areas_m2[numbers],
                confidences[numbers],
            )


def _measure(
    regions: Regions, confidence: Strips, pixel_areas_m2: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ground area and mean confidence of each area, `(areas + 1,)` each."""
    largest_m2 = pixel_areas_m2.max()
    steps = np.round(pixel_areas_m2 / largest_m2 * AREA_STEPS)[:, np.newaxis]
    area, votes, voters = (np.zeros(regions.count + 1, np.int64) for _ in range(3))
    for (row, parts, numbers), (_, strip) in zip(regions.strips(), confidence):
        rows = np.arange(row, row + len(strip))
        heard = ~np.isnan(strip)
        said = np.round(np.where(heard, strip, 0) * CONFIDENCE_STEPS)
        for total, of_pixels in ((area, steps[rows]), (votes, said), (voters, heard)):
            weights = np.broadcast_to(of_pixels, parts.shape).ravel()
            np.add.at(total, numbers, np.bincount(parts.ravel(), weights, len(numbers)).astype(np.int64))
    means = votes / np.where(voters > 0, voters, np.nan) / CONFIDENCE_STEPS
    return area * (largest_m2 / AREA_STEPS), means


def _batches(pieces: list[Chains], last_rows: NDArray[np.int32]) -> Iterator[Chains]:
    """Put chains together to rings, the areas in order, some at a time."""
    lengths = np.zeros(len(last_rows), np.int64)
    for piece in pieces:
        np.add.at(lengths, piece.areas, np.diff(piece.starts))
    areas = np.nonzero(lengths)[0]
    areas = areas[np.argsort(last_rows[areas], kind="stable")]
    batch_of_area = np.zeros(len(last_rows), np.int64)
    batch_of_area[areas] = (np.cumsum(lengths[areas]) - lengths[areas]) // BATCH_VERTICES
    for batch in np.unique(batch_of_area[areas]):
        chosen = [piece.take(np.nonzero(batch_of_area[piece.areas] == batch)[0]) for piece in pieces]
        yield _in_order(chained(chosen).joined(), last_rows)


def _in_order(rings: Chains, last_rows: NDArray[np.int32]) -> Chains:
    """Bring rings in order, those of an area together, the one around it first; each begins with its first vertex."""
    firsts = np.minimum.reduceat(rings.vertices, rings.starts[:-1])
    order = np.lexsort((firsts, rings.areas, last_rows[rings.areas]))
    rings, firsts = rings.take(order), firsts[order]
    lengths = np.diff(rings.starts)
    turns = np.nonzero(rings.vertices == np.repeat(firsts, lengths))[0] - rings.starts[:-1]
    place = np.arange(len(rings.vertices)) - np.repeat(rings.starts[:-1] - turns, lengths)
    place %= np.repeat(lengths, lengths)
    place += np.repeat(rings.starts[:-1], lengths)
    return Chains(rings.areas, rings.first, rings.following, rings.vertices[place], rings.starts)


def _polygons(
    places: NDArray[Place], starts: NDArray[np.int64], shells: NDArray[np.int64], across: int, transform: Affine
) -> NDArray[np.object_]:
    """Polygons in map units of rings.

    Args:
        places: Row * `across` + column of the corners, ring after ring.
        starts: Where each ring begins, and their number, `(rings + 1,)`.
        shells: Which rings begin a polygon.
        across: Corners in a row of the raster.
        transform: From (column, row) to map units.
    """
    rows, columns = np.divmod(_closed(places, starts), across)
    points = np.empty((len(rows), 2))
    points[:, 0] = columns * transform.a + rows * transform.b + transform.c
    points[:, 1] = columns * transform.d + rows * transform.e + transform.f
    ring_starts = starts + np.arange(len(starts))
    polygons: NDArray[np.object_] = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON, points, (ring_starts, np.append(shells, len(starts) - 1))
    )
    return polygons


def _closed(places: NDArray[Place], starts: NDArray[np.int64]) -> NDArray[Place]:
    """Repeat the first corner of each ring at its end."""
    return np.insert(places, starts[1:], places[starts[:-1]])
