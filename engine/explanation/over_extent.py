"""Explains a whole extent, tile by tile: how much each band counts where."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..pages.page_pictures import SIDE_PX
from ..progress import Progress, Told
from ..requests.explain_prediction import ABLATION
from ..tiles.tiling import steps
from .attribution import Attribution
from .extent_cutting import Cutting, cores
from .importance import ABLATED, MAPS, by_group, magnitudes_of
from .near import whole_of
from .pictures import shown_channels
from .prediction import output_of, predicted_classes
from .subject import Subject
from .target import Target
from .tile_sum import TileSum
from .view import View, read_view, tile_round


@dataclass
class ExtentFound:
    """What was found over an extent, so far.

    Args:
        sums: The maps of all tiles, added up.
        step: Pixels of the extent for one of the thumbnail, along a side.
        thumbnail: The extent in small, `(3, rows, cols)`, scaled as the network takes it; NaN where nothing is known.
        magnitudes: Sum of the magnitudes of each group in each tile.
        totals: Signed sums of the same.
        pixels: How many pixels of all tiles are explained.
        asked: How many changed images of all tiles the network was asked about; 0: as many as SAMPLES say for each.
        joint: Whether bands were not told apart.
        missed: What attributions of tiles miss of adding up, without signs: tiles do not make up for each other.
        differences: What they must add up to, without signs.
        sample: A tile in the middle and its target, for a check.
    """

    sums: TileSum
    step: int
    thumbnail: NDArray[np.float32]
    magnitudes: list[NDArray[np.float64]] = field(default_factory=list)
    totals: list[NDArray[np.float64]] = field(default_factory=list)
    pixels: int = 0
    asked: int = 0
    joint: bool = False
    missed: float = 0.0
    differences: float = 0.0
    sample: tuple[View, Target] | None = None

    @property
    def tiles(self) -> int:
        """How many tiles were explained."""
        return len(self.magnitudes)

    @property
    def basis(self) -> str:
        """What the importance of bands was taken from."""
        return ABLATED if self.joint else MAPS


def explain_extent(
    subject: Subject, cutting: Cutting, number: int | None, working: Path, progress: Progress, share: float
) -> ExtentFound:
    """Explain the scores of an extent: in each pixel that of the class predicted there, or of one class everywhere.

    Args:
        subject: What is explained, and how.
        cutting: How it is cut.
        number: The class that counts; `None`: the one predicted in each pixel.
        working: Where sums may lie for a while.
        progress: Is told after each tile.
        share: How much of the whole job this is, 0–1.
    """
    scene, area = subject.scene, subject.scene.area
    tiles = list(cores(area, cutting.core_px))
    progress.log(
        "{tiles} tiles of {core} x {core} px are explained, with {halo} px read around each.",
        tiles=len(tiles),
        core=cutting.core_px,
        halo=scene.reach.halo_px,
    )
    found = _nothing_yet(subject, working)
    begun, done_px = time.monotonic(), 0
    for place, core in enumerate(tiles):

        def told(done: float, place: int = place, done_px: int = done_px) -> None:
            speed = done_px / 1e6 / max(time.monotonic() - begun, 1e-3)
            progress.update(share * (place + min(1.0, done)) / len(tiles), speed if done_px else None)

        told(0.0)
        view = read_view(scene, tile_round(scene, core))
        _draw(found, view, area, shown_channels(subject.channels))
        target = _target(subject, view, number)
        if target is not None:
            _add(subject, cutting, found, view, target, told)
            if found.sample is None or place <= len(tiles) // 2:
                found.sample = view, target
        done_px += int(core.width * core.height)
    return found


def _add(subject: Subject, cutting: Cutting, found: ExtentFound, view: View, target: Target, told: Told) -> None:
    """Explain a tile and add what was found."""
    area, explainer = subject.scene.area, subject.explainer(subject.scene.network)
    image, nothing = view.image, view.without(subject.baseline)
    offset = int(view.tile.read.row_off - area.row_off), int(view.tile.read.col_off - area.col_off)
    made = explainer.explain(image, nothing, target, whole_of(view.known), cutting.effort, told, offset)
    found.sums.add(view, _maps(made), cutting.lattice_px)
    found.pixels += len(target)
    found.asked += made.asked
    if math.isfinite(made.delta):
        found.missed += abs(made.delta)
        found.differences += abs(made.adds_up_to)
    if made.bands is None:
        groups = tuple(group.channels for group in subject.groups)
        losses = explainer.ablate(image, nothing, target, groups, told)
        found.magnitudes.append(np.abs(losses))
        found.totals.append(losses)
    else:
        magnitudes, sums, _ = magnitudes_of(explainer.magnitudes(made), view.known)
        found.magnitudes.append(by_group(magnitudes, subject.groups))
        found.totals.append(by_group(sums, subject.groups))


def _maps(made: Attribution) -> NDArray[np.float32]:
    """The maps that are added up: those of the bands, or the one of all together."""
    return made.total[np.newaxis] if made.bands is None else made.bands


def _nothing_yet(subject: Subject, working: Path) -> ExtentFound:
    """What is found before the first tile."""
    scene, area, method = subject.scene, subject.scene.area, subject.request.method
    joint = not (method.by_band or method.name == ABLATION or method.differentiates)
    step = max(1, steps(max(int(area.width), int(area.height)), SIDE_PX))
    size = steps(int(area.height), step), steps(int(area.width), step)
    maps = 1 if joint else len(subject.channels)
    sums = TileSum(working, scene.grid.part(area), (int(area.col_off), int(area.row_off)), maps)
    return ExtentFound(sums, step, np.full((3, *size), np.nan, np.float32), joint=joint)


def _target(subject: Subject, view: View, number: int | None) -> Target | None:
    """The pixels of a tile's core that hold something; `None`: none does."""
    region = np.zeros(view.known.shape, bool)
    region[view.tile.core] = view.known[view.tile.core]
    if not region.any():
        return None
    if number is not None:
        return Target.of(region, np.full(region.shape, number, np.int64))
    return Target.of(region, predicted_classes(output_of(subject.scene.network, view.image), subject.reads))


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
