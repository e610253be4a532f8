"""Opens and decides everything a map needs before work starts: network, rasters, bands, scaling, grids, tiles."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from . import VERSION
from .area_of_interest import AreaOfInterest
from .bands import choose_bands
from .errors import InputError, ModelError
from .grid import Grid, crs_name, model_grid, window_of, window_under
from .ground import on_earth, pixel_size_m
from .inference import Network
from .library.card import ModelCard
from .progress import Progress
from .rasters import Rasters
from .requests.network_run import NetworkRun
from .scaling import check_range, choose_scaling
from .tiling import Tiling, automatic_tile_px

REACH_PX = 2
"""How far beyond the results the network must run where these are warped back: bilinear resampling looks there."""

COARSE, HOPELESS = 2.0, 20.0
"""How many times coarser than the model's pixels an image may be before the user is warned, or refused."""


class Scene:
    """One network and one mosaic, ready to meet.

    Args:
        run: What is asked for.
        tasks: The model tasks that the job can do.
        progress: Is told what was decided.

    Raises:
        InputError: The rasters do not suit the model, or nothing of them lies in the area asked for.
        ModelError: The model cannot be run.
    """

    def __init__(self, run: NetworkRun, tasks: Sequence[str], progress: Progress) -> None:
        self._run = run
        self.network = Network(Path(run.model), run.device, run.threads, progress)
        self.card: ModelCard = self.network.card
        _check_task(self.card, tasks)
        wants = self.card.inputs[0]
        with ExitStack() as opening:
            self.rasters = opening.enter_context(Rasters(run.inputs))
            bands = choose_bands(self.rasters, wants, run.bands)
            if not run.scale:
                check_range(self.rasters.sample(bands), wants)
            self.scaling = choose_scaling(wants, run.scale)
            self._lay_grids(progress)
            self.reader = self.rasters.on(self.grid, bands)
            self.interest = AreaOfInterest(self.grid, run.mask, run.mask_layer, self.area)
            self.result_mask = self._result_mask(bands) if self.warps_back else None
            self._stack = opening.pop_all()
        self.tiling = Tiling(
            width=self.grid.width,
            height=self.grid.height,
            area=self.area,
            stride_px=self.card.stride_px,
            halo_px=max(self.card.receptive_radius_px, self.reach_px),
            tile_px=run.tile_size or automatic_tile_px(self.area),
        )

    def __enter__(self) -> Scene:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def working_grid(self) -> Grid:
        """The grid of what the network computes: the area asked for, on the grid it runs on."""
        return self.grid.part(self.area)

    @property
    def provenance(self) -> dict[str, str]:
        """Tags that tell, in the result itself, how it was made."""
        return {
            "TIFFTAG_SOFTWARE": f"Terraloom {VERSION}",
            "TERRALOOM_MODEL": self.card.model_id,
            "TERRALOOM_MODEL_SHA256": self.network.sha256,
            "TERRALOOM_PROVIDER": self.network.provider,
            "TERRALOOM_PARAMETERS": json.dumps(asdict(self._run)),
            "TERRALOOM_CARD": json.dumps(self.card.document),
        }

    @property
    def warps_back(self) -> bool:
        """Whether the network runs on another grid than that of the results, which are masked on theirs."""
        return self.result_grid != self.working_grid

    @property
    def reach_px(self) -> int:
        """How far beyond a pixel of the working grid results may look for their value."""
        return REACH_PX if self.warps_back else 0

    def _lay_grids(self, progress: Progress) -> None:
        """Decide on which grid the network runs, for which part of it, and on which grid the results lie."""
        raster = self.rasters.grid
        if not on_earth(raster.crs):
            progress.warn(
                "The raster has no coordinate reference system with a place on Earth: its pixels are taken as they "
                "are, one map unit counts as a metre."
            )
        self.grid = model_grid(raster, self.card.inputs[0])
        self._warn_of_coarse_pixels(progress)
        asked = window_of(raster, self._run.extent) if self._run.extent else raster.window
        self.result_grid = raster.part(asked)
        self.area: Window = asked
        if self.grid is raster:
            return
        if self._run.grid == "model":
            self.area = window_under(self.grid, self.result_grid, spare_px=0)
            self.result_grid = self.working_grid
        else:
            self.area = window_under(self.grid, self.result_grid, spare_px=REACH_PX)
        progress.log(
            "The image is warped to pixels of {resolution:.3g} m for the model ({crs}), {width} x {height}.",
            resolution=pixel_size_m(self.grid.crs, self.grid.transform, self.grid.width, self.grid.height)[0],
            crs=crs_name(self.grid),
            width=self.grid.width,
            height=self.grid.height,
        )

    def _warn_of_coarse_pixels(self, progress: Progress) -> None:
        """Say that an image much coarser than the model's pixels does not show what the model looks for."""
        wants, raster = self.card.inputs[0], self.rasters.grid
        if raster.crs is None or not on_earth(raster.crs) or wants.resolution_m is None:
            return
        size = max(pixel_size_m(raster.crs, raster.transform, raster.width, raster.height))
        coarsest = wants.resolution_range_m[1] if wants.resolution_range_m else wants.resolution_m
        if size > HOPELESS * coarsest:
            raise InputError(
                "The pixels of the image are {size:.3g} m wide; {model} looks for what shows at {wanted:g} m or finer. "
                "Choose a finer image or another model.",
                size=size,
                model=self.card.model_id,
                wanted=coarsest,
            )
        if size > COARSE * coarsest:
            progress.warn(
                "The pixels of the image are {size:.3g} m wide; {model} was trained on {wanted:g} m or finer. "
                "Do not expect much of the map.",
                size=size,
                model=self.card.model_id,
                wanted=coarsest,
            )

    def _result_mask(self, bands: Sequence[int]) -> Callable[[Window], NDArray[np.bool_]]:
        """What tells, for a window of the results, where the rasters hold something that is of interest."""
        reader = self.rasters.on(self.result_grid, bands)
        interest = AreaOfInterest(self.result_grid, self._run.mask, self._run.mask_layer, self.result_grid.window)
        return lambda window: reader.read(window).valid & interest.inside(window)


def _check_task(card: ModelCard, tasks: Sequence[str]) -> None:
    """Refuse models of tasks the job cannot do, and those whose tiles would show seams."""
    if card.task not in tasks:
        raise ModelError(
            "{model} is a model for {task}; here run models for {known}.",
            model=card.model_id,
            task=card.task,
            known=" or ".join(tasks),
        )
    if card.global_operations:
        raise ModelError(
            "{model} looks at the whole image at once ({operations}). Such models come in a later version.",
            model=card.model_id,
            operations=", ".join(card.global_operations),
        )
