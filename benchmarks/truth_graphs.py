"""Turns a mask of lines into the network it shows, by plain rules that stay as they are: the truth of benchmarks.

It judges what `engine.lines` makes of such masks, so it shares no code with it. A mask becomes its skeleton, the
skeleton a graph of pixels, and the graph lines from junction to junction.
"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray
from skimage.morphology import skeletonize

SPUR_PX = 10.0
"""Dead ends shorter than this are frayed edges of the mask, not lines."""

SIMPLIFY_PX = 1.0
"""Lines are simplified by Douglas and Peucker's rule with this tolerance."""

Pixel = tuple[int, int]


def truth_lines(mask: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    """The lines of a mask `(rows, cols)`, each as points `(n, 2)`: (x = column, y = row) of pixels' centres."""
    graph = _graph_of_pixels(skeletonize(mask))
    while _prune(graph):
        pass
    lines = (shapely.LineString([(col, row) for row, col in way]) for way in _ways(graph))
    return [shapely.get_coordinates(line.simplify(SIMPLIFY_PX, preserve_topology=False)) for line in lines]


def _graph_of_pixels(skeleton: NDArray[np.bool_]) -> nx.Graph:
    """Pixels that are neighbours; diagonal ones only where there is no way over a third pixel."""
    graph = nx.Graph()
    pixels = set(map(tuple, np.argwhere(skeleton).tolist()))
    graph.add_nodes_from(sorted(pixels))
    for row, col in sorted(pixels):
        for other in ((row, col + 1), (row + 1, col)):
            if other in pixels:
                graph.add_edge((row, col), other)
        for side in (-1, 1):
            if (row + 1, col + side) in pixels and not {(row, col + side), (row + 1, col)} & pixels:
                graph.add_edge((row, col), (row + 1, col + side))
    return graph


def _prune(graph: nx.Graph) -> bool:
    """Take short dead ends away, junctions stay; whether there were any."""
    spurs = []
    for way in _ways(graph):
        tips = [way[place] for place in (0, -1) if graph.degree(way[place]) == 1]
        if len(tips) == 1 and _length_px(way) < SPUR_PX:
            spurs.append(way[:-1] if tips[0] == way[0] else way[1:])
    for spur in spurs:
        graph.remove_nodes_from(spur)
    return bool(spurs)


def _ways(graph: nx.Graph) -> Iterator[list[Pixel]]:
    """The ways between pixels that do not have just two neighbours, and rings."""
    seen: set[frozenset[Pixel]] = set()
    ends = [pixel for pixel, degree in graph.degree if degree != 2]
    for start in (*ends, *graph):  # on what is left after the first, all have two neighbours: rings
        for step in list(graph[start]):
            if frozenset((start, step)) in seen:
                continue
            way = [start, step]
            seen.add(frozenset(way))
            while graph.degree(way[-1]) == 2 and way[-1] != start:
                (following,) = [pixel for pixel in graph[way[-1]] if pixel != way[-2]]
                seen.add(frozenset((way[-1], following)))
                way.append(following)
            yield way


def _length_px(way: list[Pixel]) -> float:
    return float(np.hypot(*np.diff(np.array(way), axis=0).T).sum())
