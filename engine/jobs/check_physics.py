"""Check physical plausibility: from a map and what a law of nature needs beside it to residuals and figures."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

import numpy as np
from rasterio.io import DatasetWriter

from ..classes.beside import check_beside
from ..classes.class_names import class_names
from ..classes.class_raster import ClassRaster
from ..errors import InputError
from ..grids.grid import Grid
from ..images.measured import METRES, METRES_PER_SECOND, check_measured, check_unit
from ..images.mosaic_reader import MosaicReader
from ..images.rasters import Rasters, cache_blocks
from ..images.urls import file_name
from ..outcome import Outcome
from ..physics.physical_rules import AdvectionRule, PhysicalRule, RangeRule, WaterLevelRule
from ..physics.residual_map import Found, document, judge_map
from ..physics.water_classes import water_classes, words_of
from ..physics.water_level_doubts import warn_of_floods_alone, warn_of_no_elevations
from ..progress import Progress
from ..requests.check_physics import ADVECTION, RANGE, UNITS, WATER_LEVEL, CheckPhysics
from ..results.outputs import finish_residuals
from ..results.tags import tags_of
from ..results.workspace import Workspace
from ..tiles.mosaic import Layer, create

CACHE_BYTES = 128 * 2**20
"""Decoded blocks that GDAL keeps: windows share those at their edges."""

JUDGING = 0.85
"""Share of the work that comes before the raster is written as it stays."""

SAYS_NOTHING = ("undefined", "gray")
"""What bands are called that nobody has described."""

LEAST_PX = 3
"""Rows and columns of a map on which slopes can be measured."""


def run(request: CheckPhysics, progress: Progress) -> Outcome:
    """Hold the map against the rule and write what the request asks for."""
    with Workspace(request.outputs, request.sources) as workspace, cache_blocks(CACHE_BYTES), ExitStack() as stack:
        sources = _Sources(workspace, stack)
        rule = _open_rule(request, sources, progress)
        found = _judge(request, rule, workspace, progress)
        sources.check_unchanged()
        figures = _figures(request, rule, found)
        if request.metrics:
            text = json.dumps(figures, indent=2, ensure_ascii=False) + "\n"
            workspace.place(request.metrics).write_text(text, encoding="utf-8")
        _tell(request, figures, progress)
        workspace.finish(progress)
    wanted = {"output": request.output, "metrics": request.metrics}
    return Outcome({name: path for name, path in wanted.items() if path}, figures)


class _Sources:
    """The files of one request while they are open."""

    def __init__(self, workspace: Workspace, stack: ExitStack) -> None:
        self._workspace, self._stack = workspace, stack
        self._open: list[Rasters | ClassRaster] = []

    def classes(self, path: str) -> ClassRaster:
        """A raster of classes."""
        raster = self._stack.enter_context(ClassRaster(path))
        self._workspace.protect(raster.files)
        self._open.append(raster)
        return raster

    def raster(self, path: str) -> Rasters:
        """A raster of measurements.

        Raises:
            InputError: Its values are not stored as they were measured.
        """
        raster = self._stack.enter_context(Rasters((path,)))
        check_measured(raster)
        self._workspace.protect(raster.files)
        self._open.append(raster)
        return raster

    def beside(self, name: str, path: str, bands: int, unit: str, grid: Grid) -> MosaicReader:
        """A raster of some bands on the grid of the map.

        Raises:
            InputError: It has another number of bands or another unit, or does not lie on the map.
        """
        raster = self.raster(path)
        if len(raster.bands) != bands:
            raise InputError(
                "{name} is {path}, which has {found} bands; {expected} expected. Choose another raster, or extract the "
                "right bands.",
                name=name,
                path=path,
                found=len(raster.bands),
                expected=bands,
            )
        check_unit(raster, name, unit)
        check_beside(name, path, raster.grid, grid)
        return raster.on(grid, raster.bands, "float32")

    def check_unchanged(self) -> None:
        """Make sure that the files are still those that were opened."""
        for raster in self._open:
            raster.check_unchanged()


def _open_rule(request: CheckPhysics, sources: _Sources, progress: Progress) -> PhysicalRule:
    """Open what the rule reads, and check it."""
    if request.rule == WATER_LEVEL:
        raster = sources.classes(request.prediction)
        elevation_m = sources.beside("DEM", request.dem, 1, METRES, raster.grid)
        water = _water(request)
        progress.log("Counts as water: {names}.", names=", ".join(water.values()))
        warn_of_floods_alone(water.values(), progress)
        return WaterLevelRule(raster.grid, raster.on(raster.grid), water, elevation_m)
    values = sources.raster(request.prediction)
    reader = values.on(values.grid, values.bands)
    if request.rule == RANGE:
        told = zip(values.bands, values.band_names)
        names = tuple(f"band {band}" if name in SAYS_NOTHING else f"band {band} ({name})" for band, name in told)
        return RangeRule(reader, names, request.minimum, request.maximum)
    _check_times(request, values)
    velocity_m_s = sources.beside("VECTOR_FIELD", request.vector_field, 2, METRES_PER_SECOND, values.grid)
    return AdvectionRule(reader, len(values.bands), velocity_m_s, 60 * float(request.step_minutes or 0))


def _water(request: CheckPhysics) -> Mapping[int, str]:
    """Values and names of the classes that are water. Files need not name their classes, so any number will do."""
    told = class_names(request.prediction, request.class_names)
    names = {value: told.name(value) for value in told.values}
    numbers = [int(word) for word in words_of(request.water) if word.lstrip("-").isdecimal()]
    names = {**{number: str(number) for number in numbers}, **names}
    return {value: names[value] for value in water_classes(names, request.water)}


def _check_times(request: CheckPhysics, values: Rasters) -> None:
    """Refuse what is no series of fields.

    Raises:
        InputError: There is one band only, or too few pixels.
    """
    if len(values.bands) < 2:
        raise InputError(
            "PREDICTION is {path}, which has {found} band; advection compares successive bands, one for each time. "
            "Choose a raster of two bands or more.",
            path=request.prediction,
            found=len(values.bands),
        )
    if min(values.grid.width, values.grid.height) < LEAST_PX:
        raise InputError(
            "PREDICTION is {path} of {width} x {height} px; advection needs {least} x {least} px. Choose a larger one.",
            path=request.prediction,
            width=values.grid.width,
            height=values.grid.height,
            least=LEAST_PX,
        )


def _judge(request: CheckPhysics, rule: PhysicalRule, workspace: Workspace, progress: Progress) -> Found:
    """Judge the map, and make the raster of residuals where it is wanted."""
    if not request.output:
        return judge_map(rule, request.tolerance, None, progress, 1.0)
    working = workspace.scratch(request.output, "residual.working.tif")
    target: DatasetWriter
    with create(Layer(working, rule.bands, "float32", np.nan), rule.grid) as target:
        found = judge_map(rule, request.tolerance, target, progress, JUDGING)
    first = next(iter(found.bands.values()))
    usual = first.percentile(98)
    high = usual if usual > 0 else first.largest  # where few pixels violate the rule, all of them shall be seen
    finish_residuals(working, workspace.place(request.output), high if high > 0 else 1.0, tags_of(request))
    return found


def _figures(request: CheckPhysics, rule: PhysicalRule, found: Found) -> dict[str, Any]:
    """What is told, in JSON's terms."""
    term = rule.term(found.whole, found.counts)
    known = not math.isnan(term)
    return {
        "prediction": file_name(request.prediction),
        "rule": request.rule,
        "unit": UNITS[request.rule],
        "tolerance": request.tolerance,
        **document(found.whole),
        "violating_ha": found.violating_ha,
        **rule.facts(found.counts),
        "physics_term": term if known else None,
        "alpha": request.alpha,
        "weighted_term": request.alpha * term if known else None,
        "bands": [{"name": name, **document(figures)} for name, figures in found.bands.items()],
    }


def _tell(request: CheckPhysics, figures: Mapping[str, Any], progress: Progress) -> None:
    """Say what was found, and where nothing could be."""
    warn_of_no_elevations(figures.get("pixels_of_impossible_elevation", 0), progress)
    if not figures["judged"]:
        progress.warn(
            "Not a single pixel of {name} could be judged, so the figures are empty. Check that it holds data, for "
            "waterlevel also water beside dry ground, and that what the rule reads beside it covers it.",
            name=figures["prediction"],
        )
        return
    if request.rule == ADVECTION and not request.tolerance:
        progress.warn(
            "TOLERANCE is 0, which no measured field keeps: nearly every pixel counts as violating. Look at the "
            "residuals, and choose what is still small."
        )
    if request.rule == WATER_LEVEL and not request.tolerance:
        progress.warn(
            "TOLERANCE is 0, and no elevation model is that exact: wherever DEM falls from water to the dry ground "
            "beside it, by a centimetre of noise, water counts as violating. Set TOLERANCE to the vertical error of "
            "DEM, in metres."
        )
    if figures.get("infinite"):
        progress.warn(
            "{count} values are infinite, as of a division by 0 or the logarithm of 0. They count as nothing known, "
            "not as violations.",
            count=figures["infinite"],
        )
    missing = figures.get("wet_pixels_without_elevation", 0)
    if missing:
        progress.warn(
            "DEM tells no elevation at {count} of {all} pixels of water, which are left out.",
            count=missing,
            all=figures["wet_pixels"],
        )
    progress.log(
        "{share:.2f} % of {count} judged pixels violate the rule; mean residual {mean:.4g}, 95th percentile "
        "{most:.4g} ({unit}).",
        share=100 * figures["violating_share"],
        count=figures["judged"],
        mean=figures["mean_residual"],
        most=figures["p95_residual"],
        unit=figures["unit"],
    )
