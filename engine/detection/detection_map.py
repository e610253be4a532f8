"""Turns a scene and a detector into polygons of the objects it finds."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import closing
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..grids.grid import Grid
from ..grids.placing import moved
from ..outcome import Outcome
from ..prediction import CHECK_SECONDS, NETWORK_SHARE, Shown, read_tile
from ..progress import Progress
from ..results.vectors import refuse_losing_crs
from ..results.workspace import Workspace
from ..scene import Scene
from ..tiles.pipeline import read_ahead
from .detection_outputs import collect
from .detection_table import write_counts, write_objects
from .detections import Objects

ROUNDED = 6
"""Decimals of a pixel to which middles are told: those on a border are not lost by rounding, nor counted twice."""


def make_detections(scene: Scene, target: str, workspace: Workspace, progress: Progress, areas: str = "") -> Outcome:
    """Detect and keep: everything between an open scene and files to publish.

    Args:
        scene: The image and the detector.
        target: File for the objects; empty: none.
        workspace: Where files are made.
        progress: Is told.
        areas: File for the table of the classes; empty: none.
    """
    legend, rules = scene.card.legend, scene.card.detection
    if legend is None or rules is None:
        raise ValueError("a detector without classes or rules")
    refuse_losing_crs(scene.result_grid.crs, scene.result_grid.bounds, target)
    begin = time.monotonic()
    with closing(_run_tiles(scene, progress)) as tiles:  # the reader may not outlive what it reads
        objects = collect(tiles, scene.grid.window, rules, len(legend.entries))
    objects = objects.pick(_asked_for(objects, scene.grid, scene.result_grid))
    progress.log(
        "{count} objects of a confidence of at least {confidence:g}.",
        count=len(objects.scores),
        confidence=rules.confidence,
    )
    for name, count in zip(legend.names, np.bincount(objects.classes, minlength=len(legend.entries)).tolist()):
        if count:
            progress.log("{name}: {count} objects", name=name, count=count)
    tags = scene.provenance()
    if target:
        write_objects(workspace.place(target), objects, scene.grid, legend, scene.result_grid.crs, tags)
    if areas:
        write_counts(workspace.place(areas), objects, scene.grid, legend, tags)
    elapsed_s = time.monotonic() - begin
    return Outcome(
        {name: path for name, path in (("polygons", target), ("areas", areas)) if path},
        {
            "model": scene.card.model_id,
            "provider": scene.network.provider,
            "mpx_per_s": scene.area.width * scene.area.height / elapsed_s / 1e6,
            "objects": len(objects.scores),
        },
    )


def _asked_for(objects: Objects, grid: Grid, results: Grid) -> NDArray[np.bool_]:
    """Which objects on a grid have their middle on that of the results, `(n,)`: of areas side by side one has each."""
    columns, rows = np.floor(moved(objects.centres, grid, results).round(ROUNDED)).T
    return np.asarray((columns >= 0) & (columns < results.width) & (rows >= 0) & (rows < results.height))


def _run_tiles(
    scene: Scene, progress: Progress
) -> Generator[tuple[list[NDArray[Any]], Window, NDArray[np.bool_]], None, None]:
    """What the detector gives for each tile, where the tile lies, and which of its pixels are of interest."""
    tiles = [tile for strip in scene.tiling(scene.plan.tile_px, scene.plan.block_tiles) for tile in strip.tiles]
    at_once_px = scene.plan.block_tiles * scene.plan.tile_px[1]  # so wide as blocks of the raster stay in memory
    tiles.sort(key=lambda tile: (tile.read.col_off // at_once_px, tile.read.row_off, tile.read.col_off))
    begin = checked = time.monotonic()
    shown = Shown()
    with closing(read_ahead(tiles, lambda tile: read_tile(scene, tile))) as read:
        for number, (tile, reading) in enumerate(read, start=1):
            if reading is not None:
                shown.add(reading)
                rows, columns = tile.core
                known = np.zeros((int(tile.read.height), int(tile.read.width)), bool)
                known[rows, columns] = reading.known
                yield scene.network.head_first(reading.values), tile.read, known
            if time.monotonic() - checked > CHECK_SECONDS:
                scene.check_unchanged()
                checked = time.monotonic()
            speed = number * tile.read.width * tile.read.height / (time.monotonic() - begin)
            progress.update(NETWORK_SHARE * number / len(tiles), speed / 1e6)
    shown.tell(progress)
    scene.check_unchanged()
