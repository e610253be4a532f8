"""Writes detected objects as polygons with their class, score and size on the ground, and how many each class has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS

from ..grids.bearings import bearings_deg
from ..grids.grid import Grid
from ..grids.ground import on_earth, pixel_size_m
from ..grids.placing import on_map
from ..legend import Legend
from ..results.qml import detection_style
from ..results.vectors import keep_style, write_table
from .detections import Objects

SAMPLES = 65
"""In so many places from south to north the length of a map unit is measured; between them it is interpolated."""


def write_objects(
    path: Path,
    objects: Objects,
    grid: Grid,
    legend: Legend,
    crs: CRS | None,
    tags: Mapping[str, str] | None = None,
) -> None:
    """Write the objects with the attributes class, name, score and area_m2, and keep their style with them.

    Oriented boxes also have angle_deg, length_m and width_m: length runs along the longer side, and the angle is that
    of the longer side, clockwise from the map's north, 0 to below 180.

    Args:
        path: The file.
        objects: On the pixels of `grid`.
        grid: Where they lie.
        legend: The classes, in the order of the objects' indices.
        crs: What the file is written in; the objects are warped to it where the grid has another one.
        tags: Tell how they were made.

    Raises:
        OutputError: The ending is unknown or the file cannot be written.
    """
    shapes = _shapes(objects)
    columns = {
        "class": np.array(legend.values, np.int32)[objects.classes],
        "name": np.array(legend.names, object)[objects.classes],
        "score": objects.scores.astype(np.float64),
        "area_m2": _areas_m2(objects, grid),
    }
    if objects.oriented:
        corners = on_map(objects.boxes.reshape(-1, 2), grid, crs).reshape(-1, 4, 2)
        angles, lengths, widths = _measured(corners, crs)
        columns.update(angle_deg=angles, length_m=lengths, width_m=widths)
    placed = shapely.transform(shapes, lambda points: on_map(points, grid, crs))
    outlines = shapely.orient_polygons(placed)  # counter-clockwise, as simple features and GeoJSON want it
    write_table(path, columns, shapely.to_wkb(outlines), crs, tags=tags)
    keep_style(path, detection_style(legend))


def write_counts(
    path: Path, objects: Objects, grid: Grid, legend: Legend, tags: Mapping[str, str] | None = None
) -> None:
    """Write a table of the classes: class, name, objects, area_m2 of all of them and their mean_score, NaN of none.

    Args:
        path: The file.
        objects: On the pixels of `grid`.
        grid: Where they lie.
        legend: The classes, in the order of the objects' indices.
        tags: Tell how it was made.

    Raises:
        OutputError: The ending is unknown or the file cannot be written.
    """
    count = len(legend.entries)
    counts = np.bincount(objects.classes, minlength=count)
    scores = np.bincount(objects.classes, objects.scores, minlength=count)
    columns = {
        "class": np.array(legend.values, np.int32),
        "name": np.array(legend.names, object),
        "objects": counts.astype(np.int64),
        "area_m2": np.bincount(objects.classes, _areas_m2(objects, grid), minlength=count),
        "mean_score": np.divide(scores, counts, out=np.full(count, np.nan), where=counts > 0),
    }
    write_table(path, columns, tags=tags)


def _shapes(objects: Objects) -> NDArray[np.object_]:
    """Outlines of the objects on the pixels, their boxes where they have no others."""
    return shapely.polygons(objects.boxes) if objects.outlines is None else objects.outlines


def _areas_m2(objects: Objects, grid: Grid) -> NDArray[np.float64]:
    """What each object covers of the ground, `(n,)`."""
    rows = np.clip(objects.centres[:, 1].astype(np.int64), 0, grid.height - 1)
    areas = grid.row_areas_m2
    return np.asarray(shapely.area(_shapes(objects)) * areas[rows])


def _measured(corners: NDArray[np.float64], crs: CRS | None) -> tuple[NDArray[np.float64], ...]:
    """Measure oriented boxes on the ground.

    Args:
        corners: In map units, `(n, 4, 2)`.
        crs: Of the map.

    Returns:
        Angle of the longer side, clockwise from the map's north in degrees, and length of the longer and of the
        shorter side in metres, each `(n,)`.
    """
    metres = _metres_per_unit(corners, crs)[:, np.newaxis]
    sides = (corners[:, 1:3] - corners[:, 0:2]) * metres  # two sides that meet, each (east, north)
    lengths = np.hypot(sides[..., 0], sides[..., 1])
    longer = sides[np.arange(len(sides)), lengths.argmax(axis=1)]
    return bearings_deg(*longer.T), lengths.max(axis=1), lengths.min(axis=1)


def _metres_per_unit(corners: NDArray[np.float64], crs: CRS | None) -> NDArray[np.float64]:
    """Ground length of a map unit to the east and to the north where each box lies, `(n, 2)`."""
    if not len(corners) or crs is None or not on_earth(crs):
        return np.ones((len(corners), 2))
    xs, ys = corners.mean(axis=1).T
    x = float(np.median(xs))
    step = float(np.median(np.abs(corners[:, 0] - corners[:, 2]).max(axis=1)))
    samples = np.linspace(ys.min(), ys.max(), SAMPLES)
    squares = [Affine(step, 0, x - step / 2, 0, -step, y + step / 2) for y in samples]
    measured = np.array([pixel_size_m(crs, square, 1, 1) for square in squares]) / step
    return np.column_stack([np.interp(ys, samples, lengths) for lengths in measured.T])
