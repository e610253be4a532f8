"""Decides how an extent is cut: into tiles that fit into memory, and cells as fine as the method allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..errors import InputError
from ..requests.explain_prediction import ABLATION, LIME, OCCLUSION, SHAP, Method
from ..scene import Scene
from ..tiles.tiling import core_of, cuts
from .features import side_for
from .settings import LEAST_FEATURES, PER_FEATURE, Effort, effort_of, features_for, usual_samples
from .view import tile_round
from .window_memory import can_tell_apart, room_px

CORE_PX = 512
"""Side of a tile without what is read around it."""

LEAST_CORE_PX = 64

CELL_PX = 8
"""Least side of a cell: maps of gradients mean little pixel by pixel."""

MOST_FEATURES = 1000
"""Blocks that lime and shap tell apart in one tile: the time and memory that takes grow with their cube and square."""

USUAL_MOST = 256
"""The same where neither WINDOW nor SAMPLES is given: a small extent would take thousands of evaluations else, of which
most are about what a network sees around it."""


@dataclass(frozen=True)
class Cutting:
    """How an extent is cut.

    Args:
        core_px: Side of the tiles, without what is read around them.
        cell_px: Side of the cells of the result: that of windows and blocks where there are such.
        effort: How often and how finely each tile is explained.
        lattice_px: Side of the windows or blocks that lie on one lattice over all tiles; 1: there are none.
    """

    core_px: int
    cell_px: int
    effort: Effort
    lattice_px: int = 1


def cut_extent(scene: Scene, method: Method, channels: int) -> Cutting:
    """Decide how an extent is cut.

    Raises:
        InputError: SAMPLES or memory do not do for blocks as small as WINDOW says.
    """
    core, area = _core_px(scene, method), scene.area
    if method.name in (LIME, SHAP):
        return _into_blocks(scene, method, core, channels if method.by_band else 1)
    effort = effort_of(method, min(core, int(area.height)), min(core, int(area.width)), channels)
    if method.name in (OCCLUSION, ABLATION):
        return Cutting(core, effort.window_px, effort, effort.window_px)
    return Cutting(core, method.window_px or max(CELL_PX, scene.reach.stride_px), effort)


def cores(area: Window, side: int) -> Iterator[Window]:
    """The tiles of an extent, without what is read around them."""
    for row, rows in cuts(int(area.row_off), int(area.height), side):
        for col, cols in cuts(int(area.col_off), int(area.width), side):
            yield Window(col, row, cols, rows)


def _core_px(scene: Scene, method: Method) -> int:
    """Side of the tiles, without what is read around them."""
    stride, halo = scene.reach.stride_px, scene.reach.halo_px
    if scene.reach.fixed_px is not None or scene.blends:
        tile = min(scene.reach.fixed_px or (scene.card.tile_px or CORE_PX,) * 2)
        core = tile // 2 if scene.blends else min(tile // 2, core_of(tile, scene.reach))
        return core // stride * stride or max(1, min(core, stride))
    core = CORE_PX
    if method.differentiates:
        core = int(min(CORE_PX, max(LEAST_CORE_PX, room_px(scene.network, method) ** 0.5 - 2 * halo)))
    return max(stride, core // stride * stride)


def _into_blocks(scene: Scene, method: Method, core: int, groups: int) -> Cutting:
    """Cut for lime and shap: into blocks on one lattice, so few in each tile that they can be told apart."""
    stride = scene.reach.stride_px
    samples, tiles = usual_samples(method), _TilesOnLattice.of(scene, core)
    most = MOST_FEATURES
    if not method.window_px:
        most = min(most, samples // PER_FEATURE) if method.samples else USUAL_MOST

    def is_too_fine(side_px: int) -> bool:
        features = tiles.most_blocks(side_px) * groups
        return features > most or not can_tell_apart(features, max(samples, PER_FEATURE * features))

    if method.window_px:
        side = method.window_px
        while is_too_fine(side) and core > max(stride, LEAST_CORE_PX):
            core = max(stride, max(LEAST_CORE_PX, core // 2) // stride * stride)
            tiles = _TilesOnLattice.of(scene, core)
    else:
        rows, cols = min(core, int(scene.area.height)), min(core, int(scene.area.width))
        side = side_for(rows, cols, features_for(method, groups))
    while is_too_fine(side) and tiles.most_blocks(side) > LEAST_FEATURES:
        side += 1
    if method.window_px:
        _check_window(method, tiles.most_blocks(method.window_px) * groups, side)
    needed = PER_FEATURE * tiles.most_blocks(side) * groups
    return Cutting(core, side, Effort(method.samples or max(samples, needed), side, in_tiles=True), side)


def _check_window(method: Method, features: int, least: int) -> None:
    """Refuse a WINDOW that makes too many blocks of a tile."""
    if least > method.window_px:
        raise InputError(
            "WINDOW is {window}, which makes {features} blocks of even a small tile with what the network sees around "
            "it, more than {method} can weigh against each other. Choose a WINDOW of at least {least}.",
            window=method.window_px,
            features=features,
            method=method.name,
            least=least,
        )
    if method.samples and PER_FEATURE * features > method.samples:
        raise InputError(
            "WINDOW is {window}, which makes up to {features} blocks of a tile with what the network sees around it; "
            "to tell them apart, SAMPLES must be at least {needed}, and it is {samples}. Raise it, or choose a larger "
            "WINDOW.",
            window=method.window_px,
            features=features,
            needed=PER_FEATURE * features,
            samples=method.samples,
        )


@dataclass(frozen=True)
class _TilesOnLattice:
    """Tiles, with what is read around them, against a lattice of blocks that begins where the extent does.

    Args:
        rows: First row and number of rows of each tile, from top to bottom, `(tiles, 2)`.
        cols: The same of columns.
    """

    rows: NDArray[np.int64]
    cols: NDArray[np.int64]

    @classmethod
    def of(cls, scene: Scene, core_px: int) -> _TilesOnLattice:
        """The tiles of an extent that is cut into cores of a size."""
        area = scene.area
        left, top = int(area.col_off), int(area.row_off)
        rows = [
            tile_round(scene, Window(left, row, min(core_px, area.width), size)).read
            for row, size in cuts(top, int(area.height), core_px)
        ]
        cols = [
            tile_round(scene, Window(col, top, size, min(core_px, area.height))).read
            for col, size in cuts(left, int(area.width), core_px)
        ]
        return cls(
            np.array([(read.row_off - top, read.height) for read in rows], np.int64),
            np.array([(read.col_off - left, read.width) for read in cols], np.int64),
        )

    def most_blocks(self, side_px: int) -> int:
        """How many blocks a tile touches at most."""
        down, across = (
            int(((spans[:, 0] % side_px + spans[:, 1] - 1) // side_px).max()) + 1 for spans in (self.rows, self.cols)
        )
        return down * across
