"""Takes out of what a network holds for sea all that does not hang together with the water before the front.

Only the surroundings of fronts are labelled in its training: lakes, shadows and the image's edge may pass for sea.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from rasterio.windows import Window

from ..grids.grid import Grid
from ..grids.placing import moved
from ..lines.measures import MIDDLE
from ..tiles.mosaic import Layer, create
from ..tiles.strips import strips_of_dataset
from .fronts import Front, beside

STEPS_PX = (2.0, 4.0, 6.0, 8.0)
"""How far before a front its sea is looked for."""


def keep_sea_before(front: Front, of: Grid, seen: Path, grid: Grid) -> bool:
    """Keep of a raster of sea only what touches the water before a front; where none does, all stays.

    Args:
        front: The front, on the pixels of `of`.
        of: Its grid.
        seen: 1 where sea is seen, 0 where none is, else nothing; on `grid`.
        grid: The raster's grid.

    Returns:
        Whether any does.
    """
    from ..polygons.regions import find_regions

    with rasterio.open(seen) as dataset:
        regions = find_regions(strips_of_dataset(dataset, lambda: None))
        points = np.concatenate([beside(front.points, step) for step in STEPS_PX])
        places = np.floor(moved(points + MIDDLE, of, grid)).astype(np.int64)
        places = places[(places >= 0).all(axis=1) & (places < (grid.width, grid.height)).all(axis=1)]
        kept = np.zeros(regions.count + 1, bool)
        for row, parts, numbers in regions.strips():
            columns, rows = places[(places[:, 1] >= row) & (places[:, 1] < row + len(parts))].T
            kept[numbers[parts[rows - row, columns]]] = True
        kept &= regions.values == 1
        if not kept.any():
            return False
        layer = Layer(seen.with_suffix(".kept.tif"), ("seen",), "uint8", float(dataset.nodata))
        with create(layer, grid) as target:
            for row, parts, numbers in regions.strips():
                place = Window(0, row, grid.width, len(parts))
                values = dataset.read(1, window=place)
                target.write(np.where((values == 1) & ~kept[numbers[parts]], 0, values), 1, window=place)
    layer.path.replace(seen)
    return True
