"""Turns a class raster into polygons that trace pixel edges and share their boundaries exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
import shapely.geometry
from affine import Affine
from numpy.typing import NDArray
from pyogrio.errors import DataSourceError
from rasterio.crs import CRS
from rasterio.features import shapes
from skimage.measure import label

from .errors import OutputError
from .legend import NODATA, Legend

DRIVERS = {
    ".gpkg": "GPKG",
    ".geojson": "GeoJSON",
    ".shp": "ESRI Shapefile",
    ".fgb": "FlatGeobuf",
    ".csv": "CSV",
}
"""What can be written, by ending."""


@dataclass(frozen=True)
class ClassAreas:
    """Connected areas of one class each.

    Args:
        polygons: Their outlines, in map units.
        values: Class value of each.
        areas_m2: Ground area of each, summed over its pixels.
        confidences: Mean confidence of each, 0–1.
    """

    polygons: NDArray[np.object_]
    values: NDArray[np.int32]
    areas_m2: NDArray[np.float64]
    confidences: NDArray[np.float64]


def trace(
    classes: NDArray[np.uint8],
    confidence: NDArray[np.float32],
    transform: Affine,
    pixel_areas_m2: NDArray[np.float64],
) -> ClassAreas:
    """Trace the connected areas (4-connected) of a class raster.

    Neighbours meet in the same vertices: wherever three areas meet, all three have one there. So the polygons form a
    coverage without gaps or overlaps, and stay one when they are simplified together.

    Args:
        classes: `(rows, cols)`, `NODATA` where nothing is said.
        confidence: `(rows, cols)`, 0–1; NaN where it shall not count.
        transform: From (column, row) to map units.
        pixel_areas_m2: Area of a pixel of each row, `(rows,)`.
    """
    known = classes != NODATA
    numbers = label(classes, background=NODATA, connectivity=1).astype(np.int32)
    count = int(numbers.max(initial=0)) + 1
    outlines = np.empty(count, object)
    for outline, number in shapes(numbers, mask=known, connectivity=4):
        outlines[int(number)] = shapely.geometry.shape(outline)
    polygons = _on_map(_with_shared_vertices(outlines[1:], _junctions(numbers)), transform)

    members = numbers[known]
    votes = confidence[known]
    heard = ~np.isnan(votes)
    voters = np.bincount(members[heard], minlength=count)[1:]
    total = np.bincount(members[heard], votes[heard], minlength=count)[1:]
    rows = np.broadcast_to(pixel_areas_m2[:, np.newaxis], numbers.shape)[known]
    values = np.zeros(count, np.int32)
    values[members] = classes[known]
    return ClassAreas(
        polygons=polygons,
        values=values[1:],
        areas_m2=np.bincount(members, rows, minlength=count)[1:].astype(np.float64),
        confidences=np.where(voters > 0, total / np.maximum(voters, 1), np.nan),
    )


def simplify(areas: ClassAreas, tolerance: float) -> ClassAreas:
    """Smooth the boundaries, shared ones together (Visvalingam–Whyatt over the coverage); areas_m2 stay the pixels'.

    Args:
        areas: As traced.
        tolerance: In map units: triangles smaller than its square are cut off.
    """
    if not tolerance or not len(areas.polygons):
        return areas
    smooth = shapely.coverage_simplify(areas.polygons, tolerance)
    return ClassAreas(smooth, areas.values, areas.areas_m2, areas.confidences)


def write_polygons(path: Path, areas: ClassAreas, legend: Legend, crs: CRS | None) -> None:
    """Write the areas with the attributes class, name, area_m2 and confidence.

    Raises:
        OutputError: The ending is unknown or the file cannot be written.
    """
    names = {entry.value: entry.name for entry in legend.entries}
    write_table(
        path,
        {
            "class": areas.values,
            "name": np.array([names[value] for value in areas.values.tolist()], object),
            "area_m2": areas.areas_m2,
            "confidence": areas.confidences,
        },
        areas.polygons,
        crs,
    )


def keep_style(path: Path, qml: str) -> None:
    """Keep a layer's style with it: inside a GeoPackage, as QGIS does, beside any other file.

    Inside, it cannot be taken for the style of a raster of the same name.
    """
    if path.suffix.lower() != ".gpkg":
        path.with_suffix(".qml").write_text(qml, encoding="utf-8")
        return
    columns = {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": path.stem,
        "f_geometry_column": "geom",
        "styleName": "Terraloom",
        "styleQML": qml,
        "styleSLD": "",
        "useAsDefault": True,
        "description": "",
        "owner": "",
        "ui": "",
        "update_time": "2000-01-01T00:00:00Z",  # QGIS wants one; always the same, so that equal runs give equal files
    }
    pyogrio.raw.write(
        path,
        geometry=None,
        field_data=[np.array([value], bool if value is True else object) for value in columns.values()],
        fields=list(columns),
        layer="layer_styles",
        driver="GPKG",
        append=True,
    )


def write_table(
    path: Path,
    columns: Mapping[str, NDArray[Any]],
    geometry: NDArray[np.object_] | None = None,
    crs: CRS | None = None,
) -> None:
    """Write a table, with polygons or without.

    Raises:
        OutputError: The ending is unknown or the file cannot be written.
    """
    driver = DRIVERS.get(path.suffix.lower())
    if driver is None:
        raise OutputError(
            "{name} has an ending that cannot be written. Choose one of {known}.",
            name=path.name,
            known=", ".join(DRIVERS),
        )
    try:
        pyogrio.raw.write(
            path,
            geometry=None if geometry is None else shapely.to_wkb(geometry),
            field_data=list(columns.values()),
            fields=list(columns),
            driver=driver,
            geometry_type=None if geometry is None else "Polygon",
            crs=crs.to_wkt() if crs is not None and geometry is not None else None,
            dataset_options={"VERSION": "1.2"} if driver == "GPKG" else None,  # what the GDAL of QGIS 3.22 knows
        )
        _check_stored(path, len(next(iter(columns.values()))), indexed=driver == "GPKG" and geometry is not None)
    except (DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as error:
        raise OutputError(
            "{name} could not be written: {reason}. Is the disk full?", name=path.name, reason=str(error)
        ) from error


def _check_stored(path: Path, rows: int, indexed: bool) -> None:
    """Make sure that all has arrived: GDAL does not report every write that failed on a full disk.

    Raises:
        DataSourceError: Rows or the spatial index are missing.
    """
    found = pyogrio.read_info(path, force_feature_count=True)
    if found["features"] != rows or (indexed and not found["capabilities"]["fast_spatial_filter"]):
        raise DataSourceError("only a part of it was stored")


def _junctions(numbers: NDArray[np.int32]) -> NDArray[np.int64]:
    """Pixel corners where boundaries meet or cross, `(corners, 2)` as (column, row), sorted by neither.

    Around a corner lie four pixels; a boundary that merely runs on or turns there separates two of the four sides.
    """
    ringed = np.pad(numbers, 1, constant_values=-1)
    a, b, c, d = ringed[:-1, :-1], ringed[:-1, 1:], ringed[1:, 1:], ringed[1:, :-1]
    sides = (a != b).astype(np.uint8) + (b != c) + (c != d) + (d != a)
    rows, columns = np.nonzero(sides > 2)
    return np.column_stack([columns, rows])


def _with_shared_vertices(polygons: NDArray[np.object_], junctions: NDArray[np.int64]) -> NDArray[np.object_]:
    """Insert a vertex where a junction lies on the straight part of an outline, all polygons at once."""
    if not len(polygons):
        return polygons
    kinds, points, offsets = shapely.to_ragged_array(polygons)
    points = points.astype(np.int64)
    starts, ends = points[:-1], points[1:]
    inner = np.ones(len(starts), bool)
    inner[offsets[0][1:-1] - 1] = False  # from the last vertex of a ring to the first of the next there is no edge

    before = np.zeros(len(points), np.int64)  # how many vertices come to stand before each point
    inserted: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]] = []
    for along, across in ((0, 1), (1, 0)):
        order = np.lexsort((junctions[:, along], junctions[:, across]))
        line, place = junctions[order, across], junctions[order, along]
        span = int(max(points.max(), junctions.max(initial=0))) + 2
        keys = line * span + place
        edges = np.nonzero(inner & (starts[:, across] == ends[:, across]))[0]
        low = np.minimum(starts[edges, along], ends[edges, along])
        high = np.maximum(starts[edges, along], ends[edges, along])
        base = starts[edges, across] * span
        first = np.searchsorted(keys, base + low, side="right")
        hits = np.searchsorted(keys, base + high, side="left") - first
        before[edges + 1] += hits
        edge_of_hit = np.repeat(np.arange(len(edges)), hits)
        rank = np.arange(len(edge_of_hit)) - np.repeat(np.cumsum(hits) - hits, hits)
        coordinates = np.empty((len(edge_of_hit), 2), np.int64)
        coordinates[:, across] = starts[edges[edge_of_hit], across]
        coordinates[:, along] = place[first[edge_of_hit] + rank]
        backwards = ends[edges, along] < starts[edges, along]
        rank = np.where(backwards[edge_of_hit], hits[edge_of_hit] - 1 - rank, rank)
        inserted.append((edges[edge_of_hit] + 1, rank, coordinates))

    shift = np.cumsum(before)
    merged = np.empty((len(points) + int(shift[-1]), 2))
    merged[np.arange(len(points)) + shift] = points
    for point, rank, coordinates in inserted:
        merged[point + shift[point] - before[point] + rank] = coordinates
    ends_of_rings = offsets[0][1:]
    new_offsets = np.concatenate([[0], ends_of_rings + shift[ends_of_rings - 1]])
    joined: NDArray[np.object_] = shapely.from_ragged_array(kinds, merged, (new_offsets, *offsets[1:]))
    return joined


def _on_map(polygons: NDArray[np.object_], transform: Affine) -> NDArray[np.object_]:
    """Bring polygons from (column, row) to map units."""
    matrix = np.array([[transform.a, transform.d], [transform.b, transform.e]])
    placed: NDArray[np.object_] = shapely.transform(
        polygons, lambda points: points @ matrix + (transform.c, transform.f)
    )
    return placed
