"""Writes the fronts of a glacier as lines, date by date, and tells how far each has moved since the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS

from ..grids.grid import Grid
from ..grids.ground import local_metric_crs, on_earth
from ..grids.placing import on_map
from ..lines.measures import MIDDLE, lengths_m
from ..progress import Progress
from ..results.qml import date_line_style
from ..results.vectors import keep_style, write_table
from .event_series import Said
from .fronts import Front, moved

SIMPLIFY_PX = 0.25
"""How far a line may lie from the middle of its pixels."""


def write_fronts(
    path: Path, dates: Sequence[Said], crs: CRS | None, tags: Mapping[str, str], progress: Progress
) -> dict[str, float]:
    """Write one line for each date on which a front was found.

    Fields: date; length_m, on the ground; moved_m, how far it lies before the first front in the mean, below 0 where it
    went back; confidence, the mean probability along it; bridged, the share of it where the probability had a gap.

    Args:
        path: The file.
        dates: What was found on each date.
        crs: What the file is written in.
        tags: Tell how they were made.
        progress: Is told of each front.

    Returns:
        Figures for those who read no layers.
    """
    found = [(date, date.front) for date in dates if date.front is not None]
    lines = [shapely.simplify(shapely.linestrings(front.points), SIMPLIFY_PX) for _, front in found]
    lengths = np.array([lengths_m([line], date.grid)[0] for line, (date, _) in zip(lines, found)], np.float64)
    ways = moves_m(found)
    for number, ((date, _), length, way) in enumerate(zip(found, lengths, ways)):
        day = date.day.isoformat()
        if not number:
            progress.log("{day}: a front of {length:.0f} m.", day=day, length=length)
        elif np.isfinite(way):
            progress.log(
                "{day}: a front of {length:.0f} m, which lies {way:+.0f} m before the first in the mean (below 0: it "
                "went back).",
                day=day,
                length=length,
                way=way,
            )
        else:
            progress.warn(
                "{day}: a front of {length:.0f} m, which does not face the first, or has the sea on its other side, so "
                "that nobody can say how far it has moved.",
                day=day,
                length=length,
            )
    columns = {
        "date": np.array([date.day for date, _ in found], "datetime64[D]"),
        "length_m": lengths,
        "moved_m": ways,
        "confidence": np.array([front.confidence for _, front in found], np.float64),
        "bridged": np.array([front.bridged_share for _, front in found], np.float64),
    }
    placed = [
        shapely.transform(line, lambda points, grid=date.grid: on_map(points + MIDDLE, grid, crs))
        for line, (date, _) in zip(lines, found)
    ]
    write_table(path, columns, shapely.to_wkb(np.array(placed, object)), crs, "LineString", tags)
    keep_style(path, date_line_style([date.day for date, _ in found]))
    last = float(ways[-1]) if len(ways) else float("nan")
    return {"fronts": len(found), **({"moved_m": last} if np.isfinite(last) else {})}


def moves_m(found: Sequence[tuple[Said, Front]]) -> NDArray[np.float64]:
    """How far each front lies before the first one, in metres; NaN where the two do not face each other."""
    if not found:
        return np.zeros(0)
    first = found[0][0].grid
    flat = local_metric_crs(first.crs, first.bounds) if first.crs is not None and on_earth(first.crs) else first.crs
    placed = [_on_ground(front, date.grid, flat) for date, front in found]
    return np.array([0.0, *(moved(points, placed[0]) for points in placed[1:])])


def _on_ground(front: Front, grid: Grid, flat: CRS | None) -> NDArray[np.float64]:
    """The points of a front in a metric reference system, the sea still to their left."""
    points = on_map(front.points + MIDDLE, grid, flat)
    return points if grid.transform.determinant < 0 else points[::-1]
