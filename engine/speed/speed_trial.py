"""Measures how fast an image is mapped and in how much memory, beside runs of the bare network on one of its tiles."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..class_map import make_class_map
from ..detection.detection_map import make_detections
from ..errors import Value
from ..library.card import DETECTION, LINES, SEGMENTATION
from ..lines.line_map import make_line_map
from ..prediction import read_tile
from ..progress import Progress
from ..requests.class_map import ClassTargets, Generalisation
from ..requests.extract_roads import LineShaping, LineTargets
from ..results.workspace import Workspace
from ..scene import Scene
from ..value_map import make_value_map
from ..worker.memory import peak_mb, reset_peak

MAPS = 3
"""How often the image is mapped; the median counts."""

LONG_S = 60.0
"""When this has passed, no further map is begun."""


@dataclass(frozen=True)
class SpeedTrial:
    """What was measured.

    Args:
        seconds: What a map takes, from open rasters to a finished file.
        raster_px: Pixels of the image.
        network_px: Pixels that go through the network, halos and overlaps included.
        bare_px_per_s: Pixels in a second that the bare network runs through, on arrays that are there already.
        peak_mb: Most memory that the process held.
        tile_px: Rows and columns of the largest tile that goes through the network.
        maps: How often the image was mapped.
    """

    seconds: float
    raster_px: int
    network_px: int
    bare_px_per_s: float
    peak_mb: int
    tile_px: tuple[int, int]
    maps: int

    @property
    def mpx_per_s(self) -> float:
        """Megapixels of the image in a second."""
        return self.raster_px / self.seconds / 1e6

    @property
    def share_of_bare_speed(self) -> float:
        """Pixels that go through the network in a second, over those of the bare network."""
        return self.network_px / self.seconds / self.bare_px_per_s

    @property
    def halo_overhead(self) -> float:
        """How many times the image the network computes."""
        return self.network_px / self.raster_px


def try_speed(scene: Scene, folder: Path, progress: Progress) -> SpeedTrial:
    """Map what the scene shows several times; the bare network runs before, between and after, under the same load.

    Args:
        scene: A network over an image that holds something.
        folder: Where maps are made and thrown away.
        progress: Is told of every map.
    """
    tiling = scene.tiling(scene.plan.tile_px, scene.plan.block_tiles)
    tile = max((tile for strip in tiling for tile in strip.tiles), key=lambda tile: tile.read.width * tile.read.height)
    reading = read_tile(scene, tile)
    if reading is None:
        raise ValueError("an image that holds nothing")

    def run_bare() -> None:
        scene.network.run(reading.values)

    begin = time.monotonic()
    took: list[float] = []
    peaks: list[int] = []
    run_bare()  # what the first run takes longer is no measure
    bare = [_seconds(run_bare)]
    while len(took) < MAPS and (not took or time.monotonic() - begin < LONG_S):
        part = _Part(progress, len(took) / MAPS)
        reset_peak()
        took.append(_seconds(partial(_map, scene, folder, part)))
        peaks.append(peak_mb())
        bare.append(_seconds(run_bare))
    return SpeedTrial(
        seconds=statistics.median(took),
        raster_px=int(scene.area.width * scene.area.height),
        network_px=tiling.network_px,
        bare_px_per_s=int(tile.read.width * tile.read.height) / statistics.median(bare),
        peak_mb=max(peaks),
        tile_px=(int(tile.read.height), int(tile.read.width)),
        maps=len(took),
    )


def _map(scene: Scene, folder: Path, progress: Progress) -> None:
    """Make the one result of the model, and throw it away."""
    target = str(folder / ("map.gpkg" if scene.card.task in (DETECTION, LINES) else "map.tif"))
    with Workspace((target,)) as workspace:
        if scene.card.task == SEGMENTATION:
            make_class_map(scene, ClassTargets(output=target), workspace, progress, Generalisation())
        elif scene.card.task == DETECTION:
            make_detections(scene, target, workspace, progress)
        elif scene.card.task == LINES:
            make_line_map(scene, LineTargets(output=target), LineShaping(), workspace, progress)
        else:
            make_value_map(scene, target, workspace, progress)


def _seconds(work: Callable[[], None]) -> float:
    """What some work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


class _Part:
    """The progress of one map as a part of all; what it tells of the made-up image is not passed on."""

    def __init__(self, whole: Progress, begin: float) -> None:
        self._whole, self._begin = whole, begin

    def update(self, fraction: float, mpx_per_s: float | None = None) -> None:
        """Tell how much is done, and hear whether to stop."""
        self._whole.update(self._begin + fraction / MAPS, mpx_per_s)

    def log(self, template: str, **values: Value) -> None:
        """Accept and forget."""

    def warn(self, template: str, **values: Value) -> None:
        """Accept and forget."""
