"""Explains a whole extent, tile by tile: how much each band counts where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..memory_plan import budget_mb
from ..progress import Progress
from ..requests.explain_prediction import ABLATION, OCCLUSION, Method
from ..scene import Scene
from ..tiling import cuts, steps
from ..worker.memory import resident_mb
from .baseline import Baseline
from .channels import Group
from .class_scores import ClassScores
from .explainer import Explainer
from .importance import ABLATED, MAPS, by_group
from .near import whole_of
from .pictures import SIDE_PX
from .prediction import output_of, predicted_classes
from .settings import Effort, effort_of
from .target import Target
from .tile_sum import TileSum
from .view import View, read_view, tile_round

CORE_PX = 512
"""Side of a tile without what is read around it."""

LEAST_CORE_PX = 64
HELD_FACTOR = 8.0
"""How many times what a network needs to run it needs to be differentiated: nothing can be let go on the way."""

CELL_PX = 8
"""Least side of a cell: maps of gradients mean little pixel by pixel."""


@dataclass
class ExtentFound:
    """What was found over an extent.

    Args:
        means: Mean magnitude of each group in each tile.
        sums: Signed sums of the same.
        basis: `attribution`, or `ablation`.
        sample: A tile in the middle and its target, for a check.
        thumbnail: The extent in small, `(3, rows, cols)`, scaled as the network takes it; NaN where nothing is known.
        step: Pixels of the extent for one of the thumbnail, along a side.
        tiles: How many tiles were explained.
    """

    basis: str
    step: int
    thumbnail: NDArray[np.float32]
    means: list[NDArray[np.float64]] = field(default_factory=list)
    sums: list[NDArray[np.float64]] = field(default_factory=list)
    sample: tuple[View, Target] | None = None
    tiles: int = 0


def cell_side(scene: Scene, method: Method, channels: int) -> int:
    """Side in pixels of the cells of the result: those of windows and blocks where there are such."""
    if method.window_px:
        return method.window_px
    if method.name in (OCCLUSION, ABLATION):
        side = core_px(scene, method) + 2 * scene.reach.halo_px
        return effort_of(method, side, side, channels).window_px
    return max(CELL_PX, scene.reach.stride_px)


def core_px(scene: Scene, method: Method) -> int:
    """Side of the tiles, without what is read around them: as large as memory allows."""
    stride, halo = scene.reach.stride_px, scene.reach.halo_px
    if scene.reach.fixed_px is not None or scene.blends:
        tile = min(scene.reach.fixed_px or (scene.card.tile_px or CORE_PX,) * 2)
        return max(1, (tile // 2) // stride * stride)
    core = CORE_PX
    if method.differentiates:
        held = HELD_FACTOR * scene.network.bytes_per_px(at_most=False)
        room_px = max(0.0, budget_mb(0) - resident_mb()) * 1e6 / held
        core = int(min(CORE_PX, max(LEAST_CORE_PX, room_px**0.5 - 2 * halo)))
    return max(stride, core // stride * stride)


def explain_extent(
    scene: Scene,
    explainer: Explainer,
    baseline: Baseline,
    reads: ClassScores,
    method: Method,
    number: int | None,
    groups: tuple[Group, ...],
    shown: tuple[int, ...],
    working: Path,
    progress: Progress,
    share: float,
) -> tuple[TileSum, ExtentFound, bool, Effort]:
    """Explain the scores of an extent: in each pixel that of the class predicted there, or of one class everywhere.

    Args:
        scene: What was opened.
        explainer: The method.
        baseline: Makes baselines.
        reads: What is read of the network's output.
        method: The method's settings.
        number: The class that counts; `None`: the one predicted in each pixel.
        groups: Bands, inputs and dates.
        shown: The channels of the picture.
        working: Where sums may lie for a while.
        progress: Is told after each tile.
        share: How much of the whole job this is, 0–1.

    Returns:
        The sums, what was found, whether bands were not told apart, and the effort for a tile.
    """
    area = scene.area
    channels = sum(len(source.bands) for source in scene.sources)
    side = core_px(scene, method)
    cores = list(_cores(area, side))
    cell = cell_side(scene, method, channels)
    read_px = side + 2 * scene.reach.halo_px
    effort = effort_of(
        replace(method, window_px=cell) if method.name in (OCCLUSION, ABLATION) else method, *(read_px,) * 2, channels
    )
    progress.log(
        "{tiles} tiles of {core} x {core} px are explained, with {halo} px read around each.",
        tiles=len(cores),
        core=side,
        halo=scene.reach.halo_px,
    )
    step = max(1, steps(max(int(area.width), int(area.height)), SIDE_PX))
    size = steps(int(area.height), step), steps(int(area.width), step)
    sums: TileSum | None = None
    joint, found = True, ExtentFound(MAPS, step, np.full((3, *size), np.nan, np.float32))
    middle = len(cores) // 2
    for place, core in enumerate(cores):

        def told(done: float, place: int = place) -> None:
            progress.update(share * (place + min(1.0, done)) / len(cores))

        told(0.0)
        view = read_view(scene, tile_round(scene, core))
        target = _target(scene, view, reads, number)
        _draw(found, view, area, shown)
        if target is None:
            continue
        image, nothing = view.image, baseline(view.image)
        offset = int(view.tile.read.row_off - area.row_off), int(view.tile.read.col_off - area.col_off)
        attribution = explainer.explain(image, nothing, target, whole_of(view.known), effort, told, offset)
        joint = attribution.bands is None
        maps = attribution.total[np.newaxis] if attribution.bands is None else attribution.bands
        if sums is None:
            origin = int(area.col_off), int(area.row_off)
            sums = TileSum(working, scene.grid.part(area), origin, len(maps))
        sums.add(view, maps)
        if attribution.bands is None:
            found.basis = ABLATED
            losses = explainer.ablate(image, nothing, target, tuple(group.channels for group in groups), told)
            found.means.append(np.abs(losses) / len(target))
            found.sums.append(losses)
        else:
            counted = np.where(view.known, attribution.bands, 0).astype(np.float64)
            found.means.append(by_group(np.abs(counted).sum(axis=(1, 2)) / len(target), groups))
            found.sums.append(by_group(counted.sum(axis=(1, 2)), groups))
        found.tiles += 1
        if found.sample is None or place <= middle:
            found.sample = view, target
    if sums is None:
        sums = TileSum(working, scene.grid.part(area), (int(area.col_off), int(area.row_off)), 1)
    return sums, found, joint, effort


def _cores(area: Window, side: int) -> Iterator[Window]:
    """The tiles of an extent, without what is read around them."""
    for row, rows in cuts(int(area.row_off), int(area.height), side):
        for col, cols in cuts(int(area.col_off), int(area.width), side):
            yield Window(col, row, cols, rows)


def _target(scene: Scene, view: View, reads: ClassScores, number: int | None) -> Target | None:
    """The pixels of a tile's core that hold something; `None`: none does."""
    region = np.zeros(view.known.shape, bool)
    region[view.tile.core] = view.known[view.tile.core]
    if not region.any():
        return None
    if number is not None:
        return Target.of(region, np.full(region.shape, number, np.int64))
    return Target.of(region, predicted_classes(output_of(scene.network, view.image), reads))


def _draw(found: ExtentFound, view: View, area: Window, shown: tuple[int, ...]) -> None:
    """Put a tile's core into the thumbnail: one pixel of each square."""
    core, step = view.tile.write, found.step
    first_row, first_col = int(core.row_off - area.row_off), int(core.col_off - area.col_off)
    rows = np.arange(-(-first_row // step) * step, first_row + int(core.height), step)
    cols = np.arange(-(-first_col // step) * step, first_col + int(core.width), step)
    if not len(rows) or not len(cols):
        return
    part = np.s_[view.tile.core[0].start + rows[:, None] - first_row, view.tile.core[1].start + cols - first_col]
    values = np.where(view.known[part], view.image[list(shown)][:, part[0], part[1]], np.nan)
    found.thumbnail[:, rows[0] // step : rows[-1] // step + 1, cols[0] // step : cols[-1] // step + 1] = values
