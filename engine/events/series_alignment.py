"""Brings the rasters of a series that lie a little beside the first onto it, and tells by how much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ..grids.grid import Grid
from ..images.rasters import Rasters
from ..images.urls import file_name
from ..progress import Progress
from .alignment import Shift, find_shift, is_worth_it, write_moved


def aligned(
    rasters: Sequence[str], days: Sequence[date], scratch: Callable[[str], Path], progress: Progress
) -> tuple[dict[str, str], dict[str, Any]]:
    """Find and undo the shift of each raster against the first.

    Args:
        rasters: The series.
        days: Its dates.
        scratch: Gives a place for a file of a name.
        progress: Is told of each shift.

    Returns:
        What to read in place of each raster, and the shifts as figures, by date: columns and rows in pixels of the
        first raster.
    """
    first, shifts = rasters[0], {}
    lying = {path: path for path in rasters}
    for number, path in enumerate(rasters[1:], start=2):
        name = file_name(path)
        shift = _shift_of(first, path, progress)
        if shift is None:
            progress.warn(
                "Date {number} ({name}) could not be aligned: too little in it looks like the first, or it lies too "
                "far off. It is taken as it is.",
                number=number,
                name=name,
            )
            continue
        shifts[days[number - 1].isoformat()] = [round(shift.columns, 2), round(shift.rows, 2)]
        found = {"columns": -shift.columns, "rows": -shift.rows, "metres": shift.metres}
        if is_worth_it(shift):
            moved = scratch(f"aligned-{number}.vrt")
            write_moved(path, shift, _grid_of(first), moved)
            lying[path] = str(moved)
            progress.log(
                "Date {number} ({name}) lies {columns:+.2f} columns and {rows:+.2f} rows beside the first, "
                "{metres:.1f} m, and is moved back.",
                number=number,
                name=name,
                **found,
            )
        else:
            progress.log(
                "Date {number} ({name}) lies {columns:+.2f} columns and {rows:+.2f} rows beside the first, "
                "{metres:.1f} m, too little to be sure of, and stays where it is.",
                number=number,
                name=name,
                **found,
            )
    return lying, {"shifts_px": shifts}


def _shift_of(first: str, path: str, progress: Progress) -> Shift | None:
    """The shift of a raster against the first, over the bands that both have."""
    with Rasters((first,)) as reference, Rasters((path,)) as other:
        count = min(len(reference.bands), len(other.bands))
        ground = reference.on(reference.grid, reference.bands[:count], "float32")
        return find_shift(ground, other.on(reference.grid, other.bands[:count], "float32"), progress)


def _grid_of(path: str) -> Grid:
    with Rasters((path,)) as rasters:
        return rasters.grid
