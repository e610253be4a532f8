"""Writes a network as layers: centrelines with what was measured of each, and the nodes where they end or meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS

from ..grids.grid import Grid
from ..grids.placing import on_map
from ..progress import Progress
from ..results.qml import line_style, node_style
from ..results.vectors import keep_style, tell_cut_names, write_table
from .cleaning import parts
from .measures import MIDDLE, bridged_m, way_bearings_deg, widths_m
from .network import LineNetwork

KINDS = {1: "end", 2: "ring"}
"""What nodes of few lines are called; where three or more ends meet is a junction."""


def write_lines(
    path: Path,
    network: LineNetwork,
    lines: Sequence[shapely.LineString],
    lengths: NDArray[np.float64],
    grid: Grid,
    crs: CRS | None,
    tags: Mapping[str, str],
    progress: Progress,
) -> None:
    """Write the centrelines with what joins them, what was measured of each, and their style.

    They run from start_node to end_node, numbers of `write_nodes`; part is that of the connected part, 1 the longest.
    Lengths and widths are those on the ground, and so is the bearing from a line's one end to its other, clockwise from
    the north of the layer's reference system, 0 to below 180.

    Args:
        path: The file.
        network: The network, on the pixels of `grid`.
        lines: The shape of each of its ways, in pixels.
        lengths: What `lengths_m` says of them.
        grid: Where it lies.
        crs: What the file is written in.
        tags: Tell how they were made.
        progress: Is told of names that the format cuts.

    Raises:
        OutputError: The ending is unknown or the file cannot be written.
    """
    numbers = _node_numbers(network)
    columns = {
        "start_node": numbers[[way.start for way in network.ways]],
        "end_node": numbers[[way.end for way in network.ways]],
        "part": _longest_first(parts(network), lengths),
        "length_m": lengths,
        "width_m": widths_m(network, grid),
        "confidence": np.array([float(np.nanmean(way.probability)) for way in network.ways]),
        "bearing_deg": way_bearings_deg(network, grid, crs),
        "bridged_m": bridged_m(network, grid),
    }
    placed = shapely.transform(np.array(lines, object), lambda points: on_map(points + MIDDLE, grid, crs))
    write_table(path, columns, shapely.to_wkb(placed), crs, "LineString", tags)
    keep_style(path, line_style())
    tell_cut_names(path, columns, progress)


def write_nodes(path: Path, network: LineNetwork, grid: Grid, crs: CRS | None, tags: Mapping[str, str]) -> None:
    """Write the places where lines end or meet, with their number, degree and kind, and their style.

    `tags` tell how they were made.

    Raises:
        OutputError: The ending is unknown or the file cannot be written.
    """
    used = np.flatnonzero(network.degrees)
    degrees = network.degrees[used]
    kinds = np.array([KINDS.get(degree, "junction") for degree in degrees.tolist()], object)
    placed = shapely.points(on_map(network.places[used] + MIDDLE, grid, crs))
    columns = {"node": _node_numbers(network)[used], "degree": degrees, "kind": kinds}
    write_table(path, columns, shapely.to_wkb(placed), crs, "Point", tags)
    keep_style(path, node_style())


def _node_numbers(network: LineNetwork) -> NDArray[np.int64]:
    """What each place is called, `(places,)`: from 1 without a gap, where it is one that lines touch."""
    return np.cumsum(network.degrees > 0)


def _longest_first(parts_of_ways: NDArray[np.int64], lengths: NDArray[np.float64]) -> NDArray[np.int64]:
    """The number of each way's part, `(ways,)`, anew: 1 has the longest ways in all."""
    order = np.argsort(-np.bincount(parts_of_ways, lengths), kind="stable")
    return np.argsort(order)[parts_of_ways] + 1
