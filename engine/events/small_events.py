"""Takes areas of an event that are too small to be told out of its map: memory grows with the areas of the event."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from ..grids.grid import Grid
from ..grids.ground import M2_PER_HECTARE, in_parts
from ..legend import NODATA
from ..progress import Progress
from ..tiles.mosaic import Layer, create
from ..tiles.strips import Strips, strip_rows
from .event_map import NEVER, Events

NOTHING = 0
"""Value of what is no event in the legends of floods, landslides and changes."""


def without_small_areas(
    events: Events, grid: Grid, min_area_m2: float, scratch: Callable[[str], Path], progress: Progress
) -> Events:
    """The events without those of their areas (4-connected, of all dates together) that are smaller.

    Args:
        events: What was seen; of a glacier, whose legend is another, it makes no sense.
        grid: Where that lies.
        min_area_m2: Areas of this size stay.
        scratch: Gives a place for a file of a name.
        progress: Is asked before each strip whether to stop, and told what is left out.
    """
    pixels_m2 = grid.row_areas_m2
    row_sizes, smallest = in_parts(pixels_m2, min_area_m2)
    if smallest <= row_sizes.min():
        return events
    # scikit-image is imported where it is needed: a worker that leaves nothing out goes without
    from ..polygons.regions import find_regions

    layers = {
        "what": (events.what, NOTHING, Layer(scratch("what.larger.tif"), ("class",), "uint8", NODATA)),
        "when": (events.when, NEVER, Layer(scratch("when.larger.tif"), ("date",), "uint8", NODATA)),
        "sure": (events.sure, np.nan, Layer(scratch("sure.larger.tif"), ("probability",), "float32", np.nan)),
    }
    new_m2 = np.zeros(NODATA + 1)
    with ExitStack() as opening:
        sources = {name: opening.enter_context(rasterio.open(path)) for name, (path, _, _) in layers.items()}
        targets = {name: opening.enter_context(create(layer, grid)) for name, (_, _, layer) in layers.items()}

        def seen(start: int, stop: int) -> NDArray[np.uint8]:
            progress.update(0.0)
            what = sources["what"].read(1, window=Window(0, start, grid.width, stop - start))
            return np.where(what == NOTHING, np.uint8(NODATA), what)

        regions = find_regions(Strips(seen, grid.height, grid.width, strip_rows(grid.width)), row_sizes)
        small = regions.sizes < smallest
        small[0] = False  # what is none
        for row, parts, numbers in regions.strips():
            left_out = small[numbers][parts]
            for name, (_, nothing, _) in layers.items():
                window = Window(0, row, grid.width, len(parts))
                values = sources[name].read(1, window=window)
                values[left_out] = nothing
                targets[name].write(values, 1, window=window)
                if name == "when":
                    rows_m2 = np.broadcast_to(pixels_m2[row : row + len(parts), np.newaxis], values.shape)
                    new_m2 += np.bincount(values.ravel(), rows_m2.ravel(), len(new_m2))
    told_m2 = tuple(new_m2[1 : len(events.new_m2) + 1].tolist())
    progress.log(
        "Areas smaller than MIN_AREA that are left out: {count}, {area:.2f} ha in all.",
        count=int(small.sum()),
        area=max(0.0, sum(events.new_m2) - sum(told_m2)) / M2_PER_HECTARE,
    )
    what, when, sure = (layer.path for _, _, layer in layers.values())
    return Events(what, when, sure, told_m2)
