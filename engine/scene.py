"""Opens and decides everything a map needs before work starts: network, rasters, bands, scaling, grids, tiles."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from . import VERSION
from .cards.card_check import check_pixels, check_settings, check_task
from .errors import ModelError
from .grids.area_of_interest import AreaOfInterest
from .grids.grid import Grid, crs_name, model_grid, window_of, window_under
from .grids.ground import on_earth, pixel_size_m
from .images.absent import Absent
from .images.mosaic_reader import RasterChunk
from .images.rasters import cache_blocks
from .images.sources import OF_ONE_INPUT, Ground, choose_inputs, open_rasters, read_on, valid_together
from .images.warping import NEAR_PX
from .library.card import DETECTION, ModelCard
from .memory.buffers import Buffers
from .memory.memory_plan import MOST_MB, Load, MemoryPlan, budget_mb, needed_mb, plan_memory
from .memory.room import check_room, check_room_of_left
from .network import Network
from .progress import Progress
from .requests.assignments import numbered
from .requests.network_run import NetworkRun
from .requests.targets import NetworkRequest
from .results import tags
from .results.journal import Journal, find_journal
from .tiles.mosaic import Layer
from .tiles.stored_blocks import blocks_of
from .tiles.tile_network import TileNetwork
from .tiles.tile_size import asked_px, in_whole_blocks
from .tiles.tiling import BLOCK_PX, BlendedTiling, Reach, Strip, Tiling, core_of
from .worker.memory import resident_mb

REACH_PX = NEAR_PX
"""How far beyond the results the network must run where these are warped back: bilinear resampling looks there."""


class Scene:
    """One network and the rasters that it reads, ready to meet.

    Args:
        run: What is asked for.
        tasks: The model tasks that the job can do.
        progress: Is told what was decided.
        gather: Says who is asked about each tile in place of the network alone; `None`: it is.
        days: The dates of a series; empty: those in the names of its files.
        ground: Which part of what the rasters show is mapped.
        once: Whether the network serves for one map alone, so that its memory may go before results are written.
        asked: The request that the run is for, which results tell of; `None`: the run alone.

    Raises:
        InputError: The rasters do not suit the model, or nothing of them lies in the area asked for.
        ModelError: The model cannot be run.
    """

    beyond_px = REACH_PX
    """How far beyond results on another grid the network must run."""

    def __init__(
        self,
        run: NetworkRun,
        tasks: Sequence[str],
        progress: Progress,
        gather: Callable[[Network], TileNetwork] | None = None,
        days: Sequence[date] = (),
        ground: Ground = OF_ONE_INPUT,
        once: bool = True,
        asked: NetworkRequest | None = None,
    ) -> None:
        self._run, self._asked = run, asked or run
        self._once = once
        self.turns = run.turns
        thrifty = 0 < run.max_memory_mb < MOST_MB
        self.network = Network(Path(run.model), run.card, run.device, run.precision, run.threads, progress, thrifty)
        check_task(self.network.card, tasks)
        self.asks: TileNetwork = gather(self.network) if gather else self.network
        self.card: ModelCard = self.asks.card
        check_settings(self.card, run, self.asks.fixed_px)
        names = [wants.name for wants in self.card.inputs]
        run = replace(run, bands=numbered(run.bands, names), scale=numbered(run.scale, names))
        self.ratio = max(1, int(self.card.output.ratio))
        with ExitStack() as opening:
            opened = open_rasters(self.card, run, opening, progress, days)
            bands, self._run = choose_inputs(self.card, run, opened, progress)
            raster, wants = ground.find(opened, self.card)
            self.grid = model_grid(raster, wants)
            self._lay_grids(raster, progress)
            self.reach = self._reach()
            self.blends = self._blends()
            self.sources = read_on(self.grid, self.card, self._run, opened, bands)
            ground.check(self.sources, self.area, progress)
            self.interest = AreaOfInterest(self.grid, run.mask, run.mask_layer, self.area)
            self.result_mask = self.mask_on(self.result_grid) if self.warps_back else None
            self.inputs = Buffers(most=2 * len(self.sources))  # now, and ahead
            self.plan = self._plan_memory(progress)
            if not run.resume:
                self._tell_tiles(self.plan, progress)
            opening.enter_context(cache_blocks(self.plan.cache_bytes))
            self._stack = opening.pop_all()

    def __enter__(self) -> Scene:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def files(self) -> tuple[str, ...]:
        """Every raster file that is read."""
        return tuple(path for source in self.sources for path in source.rasters.files)

    @property
    def averages(self) -> bool:
        """Whether what the network says is averaged over tiles or turns."""
        return self.blends or self.turns != "none"

    @property
    def working_grid(self) -> Grid:
        """The grid of what the network computes: the area asked for, on the grid it runs on."""
        return self.grid.part(self.area).refined(self.ratio)

    @property
    def resolved(self) -> dict[str, Any]:
        """What became of parts of the run that may be left open, under their names in it."""
        run = asdict(self._run) | {"seams": "blend" if self.blends else "exact", "precision": self.asks.precision}
        return {name: run[name] for name in ("inputs", "further_inputs", "bands", "scale", "seams", "precision")}

    def provenance(self, **resolved: Any) -> dict[str, str]:
        """Tags that tell, in the result itself, how it was made; also of what was resolved elsewhere."""
        return {
            **tags.tags_of(self._asked, **self.resolved, **resolved),
            tags.MODEL: self.card.model_id,
            tags.SHA256: self.asks.sha256,
            tags.PROVIDER: f"{self.asks.provider}, {self.asks.precision}",
            tags.CARD: json.dumps(self.card.document),
        }

    @property
    def warps_back(self) -> bool:
        """Whether the network runs on another grid than that of the results, which are masked on theirs."""
        return self.result_grid != self.working_grid

    @property
    def budget_mb(self) -> int:
        """The memory that the run may take."""
        return budget_mb(self._run.max_memory_mb)

    @property
    def is_masked(self) -> bool:
        """Whether only a part of the area is of interest."""
        return bool(self._run.mask)

    @property
    def reach_px(self) -> int:
        """How far beyond a pixel of the working grid results may look for their value."""
        return self.beyond_px if self.warps_back else 0

    def tiling(self, tile_px: tuple[int, int], block_tiles: int) -> Tiling | BlendedTiling:
        """The plan of the tiles, cut to this size."""
        image = self.grid.width, self.grid.height
        if self.card.task == DETECTION:  # in one block: objects take no room as averages do
            area = self._searched(tile_px)
            return BlendedTiling(*image, area, self.reach, tile_px, self.card.overlap, block_px=int(area.width))
        size = *image, self.area, self.reach, tile_px
        if self.blends:
            unit_px = BLOCK_PX if self._run.resume else 1
            return BlendedTiling(*size, self.card.overlap, block_tiles * tile_px[1], unit_px)
        return Tiling(*size, block_tiles, self.plan.alike)

    def on_image(self, window: Window) -> tuple[Window, tuple[slice, slice]]:
        """The part of a tile's window that lies on the image, and its rows and columns within the tile."""
        top, left = max(0, window.row_off), max(0, window.col_off)
        bottom = min(self.grid.height, window.row_off + window.height)
        right = min(self.grid.width, window.col_off + window.width)
        rows = slice(int(top - window.row_off), int(bottom - window.row_off))
        columns = slice(int(left - window.col_off), int(right - window.col_off))
        return Window(left, top, right - left, bottom - top), (rows, columns)

    def valid(self, chunks: Iterable[RasterChunk]) -> NDArray[np.bool_] | None:
        """Where a map can be made; see `valid_together`."""
        return valid_together(self.sources, chunks)

    def shows(self, window: Window) -> NDArray[np.bool_]:
        """Where a window of the working grid shows something that is of interest, `(rows, cols)`."""
        place = Window(window.col_off + self.area.col_off, window.row_off + self.area.row_off, *window.flatten()[2:])
        inside = self.interest.inside(place)
        valid = self.valid(source.reader.read(place) for source in self.sources)
        return inside if valid is None else inside & valid

    def mask_on(self, grid: Grid) -> Callable[[Window], NDArray[np.bool_]]:
        """What tells, for a window of any grid, where the rasters hold something that is of interest."""
        readers = [source.rasters.on(grid, source.bands) for source in self.sources]
        interest = AreaOfInterest(grid, self._run.mask, self._run.mask_layer, grid.window)

        def known(window: Window) -> NDArray[np.bool_]:
            inside = interest.inside(window)
            valid = self.valid(reader.read(window) for reader in readers)
            return inside if valid is None else inside & valid

        return known

    def release(self) -> None:
        """Let go of what only predicting needs, unless there is more to predict: what follows has room."""
        if self._once:
            self.asks.close()
            self.inputs.clear()

    def check_unchanged(self) -> None:
        """Make sure that the inputs are still those that were opened.

        Raises:
            InputError: One was changed or deleted.
        """
        for source in self.sources:
            source.rasters.check_unchanged()

    def journal(self, layers: Mapping[str, Layer]) -> Journal:
        """How the run is cut, and how far an interrupted one came that is to be resumed.

        Raises:
            OutputError: The interrupted run was another one, or it cannot be told.
        """
        folder = next(iter(layers.values())).path.parent
        if not self._run.resume:
            return Journal(self.plan.tile_px, self.plan.block_tiles)
        of = self._description(layers)
        left = find_journal(folder, of)
        if left is not None and all(layer.path.is_file() for layer in layers.values()):
            return left
        return Journal(self.plan.tile_px, self.plan.block_tiles, folder, of, memory_mb=self.budget_mb)

    def strips(self, journal: Journal, progress: Progress) -> list[Strip]:
        """The strips of a run. Where it may go on from an interrupted one, how they are cut is told here.

        Raises:
            OutputError: The tiles of the interrupted run take more memory than this one may.
        """
        strips = list(self.tiling(journal.tile_px, journal.block_tiles))
        if self._run.resume:
            self._tell_tiles(journal, progress)
            if journal.strips < len(strips):
                check_room_of_left(journal, self._needed_mb(journal.tile_px, journal.block_tiles), self.budget_mb)
        return strips

    def _description(self, layers: Mapping[str, Layer]) -> str:
        """Everything that the pixels of the layers depend on, parameters by their names."""
        free = dict.fromkeys(("RESUME", "MAX_MEMORY_MB", "THREADS"))  # these change none
        parts = {
            "version": VERSION,
            **(self._run.settings | free),
            "model": self.asks.sha256,
            "provider": f"{self.asks.provider}, {self.asks.precision}",
            "card": self.card.document,
            "inputs": [self._run.files, *([on.rasters.stamps, on.rasters.told, on.bands] for on in self.sources)],
            "mask": [self._run.mask_layer, self.interest.mark],
            "layers": {name: [layer.names, layer.dtype] for name, layer in layers.items()},
        }
        return json.dumps(parts, sort_keys=True)

    def _searched(self, tile_px: tuple[int, int]) -> Window:
        """Where objects are looked for: as far around the area as tiles overlap, so that it cuts none of its own."""
        down, across = (math.ceil(side * self.card.overlap) for side in tile_px)
        left, top, width, height = self.area.flatten()
        return self.on_image(Window(left - across, top - down, width + 2 * across, height + 2 * down))[0]

    def _reach(self) -> Reach:
        """What the network sees; results that are warped back look around themselves too."""
        card = self.card
        return Reach(
            stride_px=card.stride_px,
            halo_px=max(card.receptive_radius_px, card.output.margin_px, self.reach_px),
            margin_px=card.output.margin_px,
            fixed_px=self.asks.fixed_px,
        )

    def _blends(self) -> bool:
        """Whether tiles overlap and are averaged.

        Raises:
            ModelError: Exact seams are asked for where there can be none, or an overlap where there is none.
        """
        reason = ", ".join(self.card.global_operations)
        if self.card.task == DETECTION:
            reason = DETECTION
        if not reason and self.reach.fixed_px and min(core_of(size, self.reach) for size in self.reach.fixed_px) < 1:
            reason = f"{self.reach.fixed_px[0]} x {self.reach.fixed_px[1]} px"
        if reason and self._run.seams == "exact":
            raise ModelError(
                "SEAMS is exact, but what {model} says of a pixel depends on its whole tile ({reason}). "
                "Set SEAMS to auto or blend.",
                model=self.card.model_id,
                reason=reason,
            )
        blends = bool(reason) or self._run.seams == "blend"
        if self._run.card.overlap and not blends:
            raise ModelError(
                "OVERLAP is {overlap:g}, but the tiles of {model} have exact seams and need none. "
                "Leave OVERLAP empty, or set SEAMS to blend.",
                overlap=self._run.card.overlap,
                model=self.card.model_id,
            )
        return blends

    def _plan_memory(self, progress: Progress) -> MemoryPlan:
        """Choose the size of tiles and of GDAL's cache.

        Raises:
            InputError: Tiles of the size asked for have no room in the memory allowed.
        """
        there = [source.rasters for source in self.sources if not isinstance(source.rasters, Absent)]
        load = self._load(sum(rasters.raw_bytes for rasters in there))
        asked = asked_px(self.card, self.reach, self._run.tile_size, self.blends)
        whole_blocks = self._run.resume and not self.blends
        if whole_blocks and asked:
            asked = in_whole_blocks(asked, self.card, self.reach, progress)
        held_mb = resident_mb()
        room_mb = self.budget_mb - held_mb
        reach = replace(self.reach, halo_px=0) if self.blends else self.reach  # a blended tile has no halo around it
        plan = plan_memory(self.area, reach, load, blocks_of(there, self.grid), room_mb, asked, whole_blocks)
        if self.blends and self.reach.fixed_px:
            plan = replace(plan, tile_px=self.reach.fixed_px)  # it need not be square
        if asked and self._run.max_memory_mb:
            asked_mb = ((asked + 2 * reach.halo_px) ** 2 * load.per_tile_px + plan.cache_bytes) / 1e6
            check_room(max(plan.tile_px), asked_mb, room_mb, self.blends and not self.reach.fixed_px)
        self._needed_mb = partial(needed_mb, reach=reach, load=load, beside_mb=held_mb + plan.cache_bytes / 1e6)
        if plan.decodes_again:
            progress.warn(
                "The image is stored in lines of {width} px, which are decoded for every tile anew: MAX_MEMORY_MB has "
                "no room for a row of tiles. Raise it, or convert the image to blocks first (GDAL: Translate with "
                "TILED=YES).",
                width=self.grid.width,
            )
        return plan

    def _load(self, raw_bytes: int) -> Load:
        """What each pixel takes, of which the rasters' own take so many bytes."""
        channels = self.asks.channels * self.ratio**2
        return Load(
            network_bytes=self.asks.bytes_per_px(at_most=self._run.max_memory_mb > 0),
            input_bytes=4 * sum(len(source.bands) for source in self.sources),
            output_bytes=4 * channels,
            result_bytes=4 * channels + 8,
            raw_bytes=raw_bytes,
            blended_bytes=2 * 4 * (channels + 1) if self.blends and self.card.task != DETECTION else 0,
        )

    def _tell_tiles(self, cut: MemoryPlan | Journal, progress: Progress) -> None:
        """Say how the image is cut, and what that costs."""
        progress.log("The area has {mpx:.2f} Mpx.", mpx=self.area.width * self.area.height / 1e6)
        progress.log(
            "Tiles of {columns} x {rows} px; the network computes {ratio:.2f} times the image ({seams} seams).",
            columns=cut.tile_px[1],
            rows=cut.tile_px[0],
            ratio=self.tiling(cut.tile_px, cut.block_tiles).network_px / (self.area.width * self.area.height),
            seams="no" if self.card.task == DETECTION else "blended" if self.blends else "exact",
        )

    def _lay_grids(self, raster: Grid, progress: Progress) -> None:
        """Decide for which part of its grid the network runs, and on which grid the results lie."""
        if not on_earth(raster.crs):
            progress.warn(
                "The raster has no coordinate reference system with a place on Earth: its pixels are taken as they "
                "are, one map unit counts as a metre."
            )
        check_pixels(raster, self.card, progress)
        self.area: Window = window_of(raster, self._run.extent) if self._run.extent else raster.window
        self.result_grid = raster.part(self.area)
        if self.grid is raster:
            self.result_grid = self.working_grid
            return
        stays = self._run.grid == "model" or self.ratio > 1
        if self._run.extent:
            self.area = window_under(self.grid, self.result_grid, spare_px=0 if stays else self.beyond_px)
        else:
            self.area = self.grid.window
        if stays:
            self.result_grid = self.working_grid
        if stays and self._run.grid == "input":  # the default, so it may not have been asked for
            progress.log("Finer results stay on the model's grid: GRID = input does not bring them back.")
        progress.log(
            "The image is warped to pixels of {resolution:.3g} m for the model ({crs}), {width} x {height}.",
            resolution=pixel_size_m(self.grid.crs, self.grid.transform, self.grid.width, self.grid.height)[0],
            crs=crs_name(self.grid),
            width=self.grid.width,
            height=self.grid.height,
        )
