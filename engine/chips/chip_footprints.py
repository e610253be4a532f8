"""Writes the outlines of training chips as a layer: what each holds, coloured by split; and tells of shared ground."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from rasterio.crs import CRS
from rasterio.warp import transform

from ..grids.grid import Grid
from ..legend import Legend, LegendEntry
from ..progress import Progress
from ..results.qml import polygon_style
from ..results.vectors import keep_style, tell_cut_names, write_table
from .chip_set import SPLITS, Chip

SHARED = 0.01
"""Share of the ground that may be shown to training as well, before it is told."""

COLOURS = ("#4477AA", "#CCBB44", "#EE6677")
"""Of training, validation and test: from Paul Tol's "bright" scheme."""


@dataclass(frozen=True)
class Footprint:
    """A chip, the name of the place it was cut from, and its grid."""

    chip: Chip
    place: str
    grid: Grid


def write_footprints(
    path: Path, footprints: Sequence[Footprint], legend: Legend | None, tags: Mapping[str, str], progress: Progress
) -> None:
    """Write one polygon a chip with name, place, split, block, and labelled pixels in all and of each class.

    All are brought to the reference system of the first. `tags` tell how they were made. `progress` is told of names
    that the format cuts.

    Raises:
        OutputError: The file cannot be written.
    """
    chips = [footprint.chip for footprint in footprints]
    columns = {
        "chip": np.array([chip.name for chip in chips], object),
        "place": np.array([footprint.place for footprint in footprints], object),
        "split": np.array([chip.split for chip in chips], object),
        "block": np.array([chip.block for chip in chips], object),
        "pixels": np.array([sum(chip.pixels.values()) for chip in chips], np.int64),
    }
    for entry in legend.entries if legend else ():
        name = _field_name(entry, columns)
        columns[name] = np.array([chip.pixels.get(str(entry.value), 0) for chip in chips], np.int64)
    crs = footprints[0].grid.crs
    outlines = [_outline(footprint.grid, crs) for footprint in footprints]
    write_table(path, columns, shapely.to_wkb(np.array(outlines, object)), crs, tags=tags)
    splits = Legend(tuple(LegendEntry(number, name, COLOURS[number]) for number, name in enumerate(SPLITS)))
    words = ", ".join(f"'{name}'" for name in SPLITS)
    keep_style(path, polygon_style(splits, f'array_find(array({words}), "split")'))
    tell_cut_names(path, columns, progress)


def warn_of_shared_ground(footprints: Sequence[Footprint], progress: Progress) -> None:
    """Warn where training chips show ground of the others, as where a chip holds groups of several splits."""
    shares = []
    for place in {footprint.place for footprint in footprints}:
        its = [footprint for footprint in footprints if footprint.place == place]
        learnt = shapely.STRtree([_outline(each.grid, None) for each in its if each.chip.split == "train"])
        for outline in (_outline(each.grid, None) for each in its if each.chip.split != "train"):
            shown = shapely.union_all(learnt.geometries[learnt.query(outline)])
            shares.append(shapely.area(shapely.intersection(outline, shown)) / outline.area)
    share = sum(shares) / len(shares) if shares else 0.0
    if share >= SHARED:
        progress.warn(
            "{percent:.0f} % of the ground that chips for validation and testing show is shown by training chips too, "
            "if without its labels: features of several groups lie within one chip. Scores may come out too good. "
            "Choose a smaller CHIP_SIZE, or groups that lie further apart.",
            percent=100 * share,
        )


def _outline(grid: Grid, crs: CRS | None) -> shapely.Polygon:
    """The outline of a grid in a reference system, counter-clockwise as simple features and GeoJSON want it."""
    corners = [(0, 0), (grid.width, 0), (grid.width, grid.height), (0, grid.height)]
    xs, ys = zip(*(grid.transform @ corner for corner in corners))
    if crs is not None and grid.crs is not None and grid.crs != crs:
        xs, ys = transform(grid.crs, crs, xs, ys)
    return shapely.orient_polygons(shapely.Polygon(list(zip(xs, ys))))


def _field_name(entry: LegendEntry, taken: dict[str, np.ndarray]) -> str:
    """A name of a field for a class: its own where that is free, else with its value."""
    name = "px_" + (re.sub(r"\W+", "_", entry.name).strip("_").lower() or str(entry.value))
    return name if name not in taken else f"{name}_{entry.value}"
