"""Draws an uncertainty map in small, beside its image and the classes that were chosen.

All of it is read window by window, and one pixel of each square kept, so that memory does not grow with the map.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray

from ..explanation.channels import channels_of
from ..explanation.pictures import shown_channels
from ..grids.grid import grid_of
from ..images.sources import Source
from ..legend import Legend
from ..pages.page_pictures import SIDE_PX, Pixels, Shown, coloured, colours_of, picture, pictures_side_by_side, ramped
from ..pages.report_page import swatch
from ..pages.thumbnail import Thumbnail
from ..scene import Scene
from ..tiles.windows import windows_of
from .decoder import ENTROPY, MUTUAL_INFORMATION
from .summary import Summary

LEAST_HIGH = 0.01
"""Where the colours of mutual information end at least: less than that is no disagreement to be looked at."""

COPIES = 4
"""Of what is read of a window, so many are in memory at once: as stored, masked, scaled, filled."""

IN_A_ROW = 3
"""As many pictures as fill a page."""


def draw_map(
    scene: Scene,
    legend: Legend,
    values: Path,
    bands: Sequence[str],
    classes: Path,
    before_reading: Callable[[], None],
) -> tuple[Shown, ...]:
    """The image, the classes, entropy, and mutual information where there is some.

    Args:
        scene: What was opened.
        legend: The classes.
        values: The map, of values from 0 to 1.
        bands: Names of its bands.
        classes: Raster of the classes that were chosen, on the same pixels.
        before_reading: Is called before each window, so that a job can be stopped there.
    """
    measures = dict(zip(bands, _thinned(values, before_reading)))
    chosen = coloured(_thinned(classes, before_reading)[0], {entry.value: entry.colour for entry in legend.entries})
    drawn = [
        (_photograph(scene, before_reading), "The image"),
        (chosen, "The class that was chosen"),
        (ramped(measures[ENTROPY], 1.0), "Entropy: dark 0, yellow 1"),
    ]
    if MUTUAL_INFORMATION in measures:
        found = measures[MUTUAL_INFORMATION]
        high = _usual_largest(found)
        drawn.append((ramped(found, high), f"Mutual information: dark 0, yellow {high:.2g} and more"))
    return tuple(Shown(picture(pixels, None, caption), caption) for pixels, caption in drawn)


def where(pictures: Sequence[Shown], legend: Legend, summary: Summary) -> list[str]:
    """The pictures as a part of the page, with the colours of the classes that come."""
    if not pictures or not summary.pixels:
        return []
    across = IN_A_ROW if len(pictures) <= IN_A_ROW else 2
    rows = [pictures_side_by_side(pictures[first : first + across]) for first in range(0, len(pictures), across)]
    present = [entry for entry, pixels in zip(legend.entries, summary.class_pixels) if pixels]
    classes = " &emsp; ".join(swatch(entry.colour) + escape(entry.name) for entry in present)
    return ["<h2>Where</h2>", *rows, f"<p>{classes}</p>"]


def _photograph(scene: Scene, before_reading: Callable[[], None]) -> Pixels:
    """The image on the pixels of the map, scaled as the network takes it."""
    source, numbers = _shown_source(scene)
    grid = scene.result_grid if scene.warps_back else scene.grid.part(scene.area)
    reader = source.rasters.on(grid, source.bands)
    small = Thumbnail(grid.height, grid.width, SIDE_PX, bands=3)
    for window in windows_of(grid, COPIES * len(source.bands)):
        before_reading()
        chunk = reader.read(window)
        scaled = np.empty(chunk.values.shape, np.float32)
        source.scaling.apply(chunk, scaled)
        small.pick(window, np.where(chunk.valid, scaled[list(numbers)], np.float32(np.nan)))
    return colours_of(small.values, np.asarray(np.isfinite(small.values).all(axis=0)))


def _shown_source(scene: Scene) -> tuple[Source, tuple[int, ...]]:
    """The input that makes a picture, and which three of its channels."""
    channels = iter(channels_of(scene.card))
    own = [(source, number, next(channels)) for source in scene.sources for number in range(len(source.bands))]
    given = [each for each in own if each[0].is_there]
    shown = [given[place] for place in shown_channels([channel for _, _, channel in given])]
    return shown[0][0], tuple(number for _, number, _ in shown)


def _thinned(path: Path, before_reading: Callable[[], None]) -> NDArray[np.float32]:
    """A raster in small, `(bands, rows, cols)`, NaN where it holds nothing."""
    with rasterio.open(path) as dataset:
        small = Thumbnail(dataset.height, dataset.width, SIDE_PX, dataset.count)
        for window in windows_of(grid_of(dataset), COPIES * dataset.count):
            before_reading()
            values = dataset.read(window=window, masked=True).astype(np.float32)
            small.pick(window, values.filled(np.nan))
    return small.values


def _usual_largest(values: NDArray[np.float32]) -> float:
    """The 98th percentile of what is known, and no less than what can be looked at."""
    known = values[np.isfinite(values)]
    return max(LEAST_HIGH, float(np.percentile(known, 98))) if known.size else LEAST_HIGH
