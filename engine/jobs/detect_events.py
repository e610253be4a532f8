"""Detect events: from a series of images to what happened between them, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..cards.foreign_cards import read_card
from ..classes.beside import check_beside
from ..classes.class_raster import ClassRaster, check_same_world
from ..errors import InputError
from ..events.event_map import LEGENDS, Events, hectares, keep_rasters, put_together, write_event_polygons
from ..events.event_series import SaidOfAll, check_readings, plan_readings, read_dates
from ..events.small_events import without_small_areas
from ..grids.grid import Grid, window_of
from ..grids.overlap import overlap
from ..images.measured import METRES, check_measured, check_unit
from ..images.rasters import Rasters
from ..library.card import ModelCard
from ..library.event_models import FLOOD, GLACIER_FRONT, event_classes
from ..outcome import Outcome
from ..physics.physical_rules import WaterLevelRule
from ..physics.residual_map import judge_map
from ..physics.water_level_doubts import warn_of_floods_alone, warn_of_no_elevations
from ..progress import Part, Progress
from ..requests.detect_events import DetectEvents
from ..requests.network_run import Extent
from ..results.tags import tags_of
from ..results.vectors import refuse_losing_crs
from ..results.workspace import Workspace
from ..sensors.advised import advised, as_dates

READING = 0.85
"""Share of the work that the network takes; the rest is putting together and writing."""

FLOODED = 1
"""Value of a flood in its legend."""


def run(request: DetectEvents, progress: Progress) -> Outcome:
    """Find the events that the request asks for."""
    beside = next(iter(request.targets.made.values()))
    with Workspace(request.outputs, request.sources) as workspace, ExitStack() as opening:
        progress = opening.enter_context(advised(as_dates, progress))
        card = read_card(Path(request.run.model), request.run.card)
        readings = plan_readings(request.run.inputs, request.days, card, request.event)
        _check_one_place(request.run.inputs, request.run.extent)
        check_readings(request.run, readings, card, progress, request.sar_unit)
        elevation_m = _open_elevation(request, workspace, opening)
        _tell_of_water(card, request.event, progress)

        def check_grid(grid: Grid) -> None:
            refuse_losing_crs(grid.crs, grid.bounds, request.targets.front, request.targets.polygons)
            if elevation_m is not None:
                check_beside("DEM", request.dem, elevation_m.grid, grid, "SERIES")

        def scratch(name: str) -> Path:
            path = workspace.scratch(beside, name)
            opening.callback(path.unlink, missing_ok=True)
            return path

        shifts: dict[str, Any] = {}
        if request.align:
            from ..events.series_alignment import aligned  # with scikit-image, which nothing else here needs

            lying, shifts = aligned(request.run.inputs, request.days, scratch, progress)
            readings = tuple(replace(each, rasters=tuple(lying[path] for path in each.rasters)) for each in readings)
        said = read_dates(
            request.run,
            readings,
            card,
            request.event,
            request.sar_unit,
            scratch,
            workspace.protect,
            check_grid,
            Part(progress, 0.0, READING),
        )
        said = replace(said, provenance={**said.provenance, **tags_of(request, dates_read=said.resolved)})
        events = put_together(said, request.event, scratch, Part(progress, READING))
        if request.min_area_m2:
            events = without_small_areas(events, said.grid, request.min_area_m2, scratch, Part(progress, 0.9))
        metrics = _tell(said, events, request.event, progress)
        if elevation_m is not None:
            if event_classes(card, FLOOD):  # else permanent water counts as flooded
                warn_of_floods_alone((LEGENDS[FLOOD].names[FLOODED],), progress)
            metrics |= _hold_against_ground(said, events, elevation_m, progress)
            elevation_m.check_unchanged()
        if request.targets.front:
            from ..events.front_table import write_fronts

            place = workspace.place(request.targets.front)
            metrics |= write_fronts(place, said.dates, said.grid.crs, said.provenance, progress)
        if request.targets.polygons:
            place = workspace.place(request.targets.polygons)
            metrics["areas"] = write_event_polygons(place, said, events, request.event, Part(progress, 0.95))
        keep_rasters(said, events, request.event, request.targets, workspace.place)
        opening.close()
        workspace.finish(progress)
    return Outcome(request.targets.made, {**said.metrics, **metrics, **shifts})


def _check_one_place(rasters: Sequence[str], extent: Extent | None) -> None:
    """Refuse a series whose rasters show different places, or nothing of the extent.

    Raises:
        InputError: One does not overlap the first, or what the extent leaves of it.
    """
    with Rasters(rasters[:1]) as first:
        wanted = first.grid.part(window_of(first.grid, extent)) if extent else first.grid
        for number, path in enumerate(rasters[1:], start=2):
            with Rasters((path,)) as other:
                check_same_world(other.grid.crs, first.grid.crs, path)
                if overlap(first.grid, other.grid) is None:
                    raise InputError(
                        "Date {number} of the series ({name}) does not overlap the first. Choose rasters of one place.",
                        number=number,
                        name=path,
                    )
                if overlap(wanted, other.grid) is None:
                    raise InputError(
                        "Date {number} of the series ({name}) shows nothing of EXTENT. Choose another EXTENT, or leave "
                        "this raster out.",
                        number=number,
                        name=path,
                    )


def _tell_of_water(card: ModelCard, event: str, progress: Progress) -> None:
    """Say that a model of water takes permanent water for a flood."""
    if event == FLOOD and not event_classes(card, event):
        progress.warn(
            "{model} knows water, not floods: rivers, lakes and the sea count as flooded too. Take them out with a map "
            "of permanent water, or choose a model of floods.",
            model=card.model_id,
        )


def _open_elevation(request: DetectEvents, workspace: Workspace, opening: ExitStack) -> Rasters | None:
    """The raster of elevations; `None`: none is given.

    Raises:
        InputError: It has several bands, or its values are not stored as they were measured, or not in metres.
    """
    if not request.dem:
        return None
    raster = opening.enter_context(Rasters((request.dem,)))
    check_measured(raster)
    check_unit(raster, "DEM", METRES)
    workspace.protect(raster.files)
    if len(raster.bands) != 1:
        raise InputError(
            "DEM is {path}, which has {found} bands; 1 expected. Choose another raster, or extract the right band.",
            path=request.dem,
            found=len(raster.bands),
        )
    return raster


def _hold_against_ground(
    said: SaidOfAll, events: Events, elevation_m: Rasters, progress: Progress
) -> dict[str, float | int]:
    """Say how much of a flood stands above dry ground beside it, as `checkphysics` judges it."""
    with ClassRaster(str(events.what)) as flood:
        reader = elevation_m.on(said.grid, elevation_m.bands, "float32")
        water = {FLOODED: LEGENDS[FLOOD].names[FLOODED]}
        rule = WaterLevelRule(said.grid, flood.on(said.grid), water, reader)
        found = judge_map(rule, 0.0, None, Part(progress, 0.9), 1.0)
    whole, facts = found.whole, rule.facts(found.counts)
    warn_of_no_elevations(facts["pixels_of_impossible_elevation"], progress)
    if not whole.count:
        progress.warn("DEM could not be held against the flood: no flooded pixel lies beside dry ground it knows.")
        return {"shore_px": 0}
    missing, flooded = facts["wet_pixels_without_elevation"], facts["wet_pixels"]
    tell = progress.warn if 2 * missing > flooded else progress.log
    if missing:
        tell(
            "DEM tells no elevation at {count} of {all} flooded pixels, which are left out.",
            count=missing,
            all=flooded,
        )
    tell = progress.warn if whole.violating else progress.log
    tell(
        "{share:.1f} % of the {count} flooded pixels beside dry ground lie above it. The heights above their dry "
        "neighbours, of which each has up to four, add up to {mean:.2f} m in the mean over all of them. Any "
        "height counts here, be it a centimetre, and no elevation model is that exact: “Check physical plausibility” "
        "shows where, and counts only what is above its TOLERANCE.",
        share=100 * whole.violating_share,
        count=whole.count,
        mean=whole.mean,
    )
    return {"shore_px": whole.count, "violating_share": whole.violating_share}


def _tell(said: SaidOfAll, events: Events, event: str, progress: Progress) -> dict[str, Any]:
    """Say how much was seen, date by date."""
    unsure = [date.day.isoformat() for date in said.dates if not date.by_front]
    if event == GLACIER_FRONT and unsure:
        progress.warn(
            "No front was found on {days}, or no sea before it, so all that looks like sea counts there, lakes and "
            "shadows as well. Is the front in the image, free of clouds, and dark or bright enough to be seen? A "
            "smaller EXTENT or a MASK around it helps.",
            days=", ".join(unsure),
        )
    areas = hectares(events)
    for number, (date, area) in enumerate(zip(said.dates, areas)):
        day = date.day.isoformat()
        if event == GLACIER_FRONT and not number:
            continue  # nothing was before
        if event == GLACIER_FRONT:
            progress.log("{day}: {area:.2f} ha that became sea are seen for the first time.", day=day, area=area)
        else:
            progress.log(
                "{day}: {area:.2f} ha of {event} are seen for the first time.", day=day, area=area, event=event
            )
    days = [date.day.isoformat() for date in said.dates]
    return {"event": event, "dates": days, "new_hectares": dict(zip(days, areas)), "hectares": sum(areas)}
