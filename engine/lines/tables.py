"""Writes a network as layers: centrelines with what was measured of each, and the nodes where they end or meet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS

from ..grid import Grid
from ..ground import pixel_areas_m2
from ..placing import on_map
from ..qml import line_style, node_style
from ..vectors import keep_style, write_table
from .network import LineNetwork, Way

MIDDLE = 0.5
"""Points count from the middle of the first pixel, grids from its corner."""

KINDS = {1: "end", 2: "ring"}
"""What nodes of few lines are called; where three or more ends meet is a junction."""


def lengths_m(lines: Sequence[shapely.LineString], grid: Grid) -> NDArray[np.float64]:
    """Length on the ground of lines in pixels of a grid, `(lines,)`."""
    metres = _pixel_sides_m(grid)
    return np.array([_length_m(shapely.get_coordinates(line), metres) for line in lines], np.float64)


def write_lines(
    path: Path,
    network: LineNetwork,
    lines: Sequence[shapely.LineString],
    lengths: NDArray[np.float64],
    grid: Grid,
    crs: CRS | None,
) -> None:
    """Write the centrelines with length_m, width_m, confidence, bearing_deg and bridged_m, and their style.

    Lengths and widths are those on the ground. The bearing is that from a line's one end to its other, clockwise from
    the north of the grid's reference system, 0 to below 180.

    Args:
        path: The file.
        network: The network, on the pixels of `grid`.
        lines: The shape of each of its ways, in pixels.
        lengths: What `lengths_m` says of them.
        grid: Where it lies.
        crs: What the file is written in.

    Raises:
        OutputError: The ending is unknown or the file cannot be written.
    """
    metres = _pixel_sides_m(grid)
    columns = {
        "length_m": lengths,
        "width_m": np.array([_width_m(way, metres) for way in network.ways]),
        "confidence": np.array([float(np.nanmean(way.probability)) for way in network.ways]),
        "bearing_deg": np.array([_bearing_deg(way, grid) for way in network.ways]),
        "bridged_m": np.array([_bridged_m(way, metres) for way in network.ways]),
    }
    placed = shapely.transform(np.array(lines, object), lambda points: on_map(points + MIDDLE, grid, crs))
    write_table(path, columns, shapely.to_wkb(placed), crs, "LineString")
    keep_style(path, line_style())


def write_nodes(path: Path, network: LineNetwork, grid: Grid, crs: CRS | None) -> None:
    """Write the places where lines end or meet, with their degree and kind, and their style.

    Raises:
        OutputError: The ending is unknown or the file cannot be written.
    """
    used = np.flatnonzero(network.degrees)
    degrees = network.degrees[used]
    kinds = np.array([KINDS.get(degree, "junction") for degree in degrees.tolist()], object)
    placed = shapely.points(on_map(network.places[used] + MIDDLE, grid, crs))
    write_table(path, {"degree": degrees, "kind": kinds}, shapely.to_wkb(placed), crs, "Point")
    keep_style(path, node_style())


def _pixel_sides_m(grid: Grid) -> NDArray[np.float64]:
    """Side on the ground of a pixel of each row, `(rows,)`."""
    return np.asarray(np.sqrt(pixel_areas_m2(grid.crs, grid.transform, grid.width, grid.height)))


def _length_m(points: NDArray[np.float64], metres: NDArray[np.float64]) -> float:
    """Length on the ground of a line in pixels; `metres`: the side of a pixel of each row."""
    steps_px = np.hypot(*np.diff(points, axis=0).T)
    middles = (points[1:, 1] + points[:-1, 1]) / 2
    return float((steps_px * metres[_rows(middles, metres)]).sum())


def _bridged_m(way: Way, metres: NDArray[np.float64]) -> float:
    """Length on the ground of what was bridged of a way."""
    steps_px = np.hypot(*np.diff(way.points, axis=0).T)
    both = way.bridged[1:] & way.bridged[:-1]
    return float((steps_px * metres[_rows(way.points[1:, 1], metres)])[both].sum())


def _width_m(way: Way, metres: NDArray[np.float64]) -> float:
    """The usual width of a way on the ground; NaN where none is known, as on a bridge."""
    known = np.isfinite(way.width_px) & ~way.bridged
    if not known.any():
        return float("nan")
    return float(np.median(way.width_px[known] * metres[_rows(way.points[known, 1], metres)]))


def _bearing_deg(way: Way, grid: Grid) -> float:
    """Direction from end to end, or from the beginning of a ring to its middle, in degrees from the map's north."""
    last = way.points[-1] if not way.is_loop else way.points[len(way.points) // 2]
    (east, north) = np.diff(on_map(np.stack([way.points[0], last]), grid, grid.crs), axis=0)[0]
    return float(np.degrees(np.arctan2(east, north)) % 180 % 180)  # a hair below 0 becomes 180 first


def _rows(values: NDArray[np.float64], metres: NDArray[np.float64]) -> NDArray[np.int64]:
    """The row of pixels at places counted from the middle of the first."""
    return np.clip(np.rint(values).astype(np.int64), 0, len(metres) - 1)
