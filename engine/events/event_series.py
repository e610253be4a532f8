"""Runs a network over the dates of a series, one window of dates after the other, and brings all it says to one grid.

A model reads one date or several at once; it is run on each of so many consecutive dates, and what it says counts for
the last of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from ..cards.card_check import check_pixels
from ..errors import InputError, Value
from ..familiarity.plausibility import MOST_LIKELY_WRONG, PARTLY_WRONG, unfamiliar_tiles
from ..grids.grid import Grid
from ..images.mosaic_reader import RasterChunk
from ..images.rasters import Rasters
from ..images.sources import choose_inputs, open_rasters
from ..images.urls import file_name
from ..library.card import SEGMENTATION, ModelCard
from ..library.event_models import GLACIER_FRONT, check_event, dates_at_once, front_class
from ..prediction import predict, warn_of_bare_pixels
from ..progress import Changes, Part, Progress, Silent
from ..requests.fuse_sar_optical import AUTO
from ..requests.network_run import Extent, NetworkRun
from ..scene import Scene
from ..tiles.mosaic import Layer, regrid
from .event_decoding import EventDecoder
from .event_ground import check_dates_meet, ground_of
from .event_inputs import with_dates

if TYPE_CHECKING:
    from .fronts import Front

UNKNOWN = 255
"""Of `seen` where nothing is known."""

SPARE_PX = 2
"""How far around the results the network runs on further dates, whose pixels lie elsewhere."""


@dataclass(frozen=True)
class Reading:
    """Consecutive dates that the network reads at once.

    Args:
        number: Number of the reading, from 1.
        rasters: Their rasters, in order.
        days: The dates.
        name: What the last raster is called.
    """

    number: int
    rasters: tuple[str, ...]
    days: tuple[date, ...]
    name: str

    @property
    def day(self) -> date:
        """The date that the reading counts for."""
        return self.days[-1]


@dataclass(frozen=True)
class Said:
    """What the network says for one date.

    Args:
        day: The date.
        seen: Raster on the grid of the results: 1 where the event is seen, else 0, and `UNKNOWN`.
        probability: Raster of the probability of the event, NaN where it is not known.
        front: The front of a glacier on that date, where one was found.
        grid: The grid of the front.
        by_front: Whether only the sea before the front is seen.
    """

    day: date
    seen: Path
    probability: Path
    front: Front | None
    grid: Grid
    by_front: bool


@dataclass(frozen=True)
class SaidOfAll:
    """What the network says for all dates.

    Args:
        grid: The grid of the results.
        dates: What it says, date by date.
        provenance: Tags that tell how that was made.
        resolved: What became of what was left open, date by date.
        metrics: Figures on how it went.
    """

    grid: Grid
    dates: tuple[Said, ...]
    provenance: dict[str, str]
    resolved: tuple[dict[str, Any], ...]
    metrics: dict[str, str]


def plan_readings(rasters: Sequence[str], days: Sequence[date], card: ModelCard, event: str) -> tuple[Reading, ...]:
    """Which dates the network reads together.

    Args:
        rasters: The rasters of the series, in order.
        days: Their dates.
        card: That of the model.
        event: What it looks for.

    Raises:
        ModelError: The model does not see the event.
        InputError: There are fewer dates than it reads.
    """
    check_event(card, event)
    count = dates_at_once(card, len(rasters))
    return tuple(
        Reading(first + 1, tuple(rasters[first:end]), tuple(days[first:end]), file_name(rasters[end - 1]))
        for first, end in enumerate(range(count, len(rasters) + 1))
    )


def check_readings(
    run: NetworkRun, readings: Sequence[Reading], card: ModelCard, progress: Progress, sar_unit: str = AUTO
) -> None:
    """Look at the bands, values and pixels of all dates, so that none is found unfit after hours on those before it.

    The values of a raster are read once for each input that it serves: of a network with one input, readings that
    share dates with others are not read again, but for the last.

    Args:
        run: How the network is run; its inputs do not count.
        readings: What it reads.
        card: That of the network.
        progress: Is told of it, and asked whether to stop.
        sar_unit: What the values of radar are.

    Raises:
        InputError: The model cannot read one of them.
    """
    progress.log("Bands and values of all dates are looked at before the network runs.")
    step = len(readings[0].rasters) if len(card.inputs) == 1 else 1
    apart = (*readings[:-1:step], readings[-1])
    for reading in readings:
        progress.update(0.0)
        try:
            of_dates, places = with_dates(run, reading.rasters, card, Silent(), sar_unit)
            check_dates_meet(reading.rasters, places, card)
            with ExitStack() as opening:
                if reading in apart:
                    opened = open_rasters(card, of_dates, opening, Silent(), reading.days)
                    choose_inputs(card, of_dates, opened, Silent())
                    grid = ground_of(places, reading.number == 1).find(opened, card)[0]
                else:  # it has the pixels of its first date
                    grid = opening.enter_context(Rasters(reading.rasters[:1])).grid
                check_pixels(grid, card, Silent())
        except InputError as error:
            refusal = InputError(
                "What is to be read for {day} ({names}) is refused.",
                day=reading.day.isoformat(),
                names=", ".join(map(file_name, reading.rasters)),
            )
            if "scale" in error.values:
                _warn_of_scale(len(readings), progress)
            refusal.reason = error
            raise refusal from error


class _DateScene(Scene):
    """What the network reads for one date: a pixel is known only where the image of that date shows it.

    Args:
        run: How the network is run; its inputs do not count.
        reading: The dates.
        card: That of the network.
        sar_unit: What the values of radar are.
        changes: Is told of which sensor and unit the dates are.
        progress: Is told all else.
    """

    def __init__(
        self, run: NetworkRun, reading: Reading, card: ModelCard, sar_unit: str, changes: Progress, progress: Progress
    ) -> None:
        of_dates, places = with_dates(run, reading.rasters, card, changes, sar_unit)
        self._last = places[-1]
        ground = ground_of(places, reading.number == 1)
        super().__init__(of_dates, (SEGMENTATION,), progress, days=reading.days, ground=ground)

    def valid(self, chunks: Iterable[RasterChunk]) -> NDArray[np.bool_] | None:
        """Where a map can be made, and the last date shows something."""
        chunks = list(chunks)
        valid, last = super().valid(chunks), chunks[self._last]
        bands_of_a_date = len(self.sources[self._last].wants.bands)
        values = last.values[-bands_of_a_date:]
        if np.ma.getmask(values) is np.ma.nomask:
            return valid
        shown = RasterChunk(values, last.window).valid
        return shown if valid is None else valid & shown


def read_dates(
    run: NetworkRun,
    readings: Sequence[Reading],
    card: ModelCard,
    event: str,
    sar_unit: str,
    scratch: Callable[[str], Path],
    protect: Callable[[Sequence[str]], None],
    check_grid: Callable[[Grid], None],
    progress: Progress,
) -> SaidOfAll:
    """Run the network over all readings.

    Args:
        run: How it is run; its inputs do not count.
        readings: What it reads.
        card: That of the network.
        event: What it looks for.
        sar_unit: What the values of radar are.
        scratch: Gives a place for a file of a name.
        protect: Is told of all files that are read.
        check_grid: Is told the grid of the results before the network runs.
        progress: Is told how far this is.
    """
    said: list[Said] = []
    resolved: list[dict[str, Any]] = []
    grid: Grid | None = None
    progress = _Advised(progress, len(readings))
    changes = Changes(progress)
    for reading in readings:
        progress.log(
            "Date {number} of {all}: {day}, {name}.",
            number=reading.number,
            all=len(readings),
            day=reading.day.isoformat(),
            name=reading.name,
        )
        part = Part(progress, (reading.number - 1) / len(readings), 1 / len(readings), quiet=reading.number > 1)
        of_date = replace(run, extent=_extent_of(run, grid))
        with _DateScene(of_date, reading, card, sar_unit, changes, part) as scene:
            protect(scene.files)
            if grid is None:
                grid = scene.result_grid
                check_grid(grid)
                told = {"model": scene.card.model_id, "provider": scene.network.provider}
                provenance = scene.provenance()
            chosen = {name: scene.resolved[name] for name in ("bands", "scale", "seams", "precision")}
            resolved.append({"day": reading.day.isoformat(), **chosen})
            _tell_of_unfamiliar(unfamiliar_tiles(scene, part), reading, scene.card.title, progress)
            said.append(_read(scene, reading, grid, event, scratch, part))
    if grid is None:
        raise ValueError("a series without dates")
    return SaidOfAll(grid, tuple(said), provenance, tuple(resolved), told)


class _Advised(Part):
    """All of another progress; once a warning advised a SCALE, it says what else would be done by that."""

    def __init__(self, whole: Progress, dates: int) -> None:
        super().__init__(whole, 0.0, 1.0)
        self._dates = dates
        self._is_told = False

    def warn(self, template: str, **values: Value) -> None:
        """Tell it."""
        super().warn(template, **values)
        if "scale" in values and not self._is_told:
            self._is_told = True
            _warn_of_scale(self._dates, self)


def _warn_of_scale(dates: int, progress: Progress) -> None:
    """Say that what is advised for one date would count for all of them."""
    if dates > 1:
        progress.warn(
            "SCALE counts for all dates of SERIES. Where their values are not of one unit, bring the rasters to one "
            "first (Raster > Raster Calculator)."
        )


def _tell_of_unfamiliar(tiles: tuple[int, int] | None, reading: Reading, title: str, progress: Progress) -> None:
    """Warn of a date that is likely to be mapped wrong, or mention that parts may be."""
    beyond, count = tiles or (0, 0)
    of_what: dict[str, Value] = {
        "beyond": beyond,
        "count": count,
        "day": reading.day.isoformat(),
        "name": reading.name,
        "model": title,
    }
    if beyond > MOST_LIKELY_WRONG * count:
        progress.warn(
            "{beyond} of {count} tiles that were looked at on {day} ({name}) are unlike all that {model} was trained "
            "on, so what is told of that date is likely to be wrong, even where the model is sure. Check the order of "
            "the bands, SCALE and the pixel size against what the model reads (Show model information). If the image "
            "is right, leave it out, or train a model on labels of your own.",
            **of_what,
        )
    elif beyond > PARTLY_WRONG * count:
        progress.log(
            "{beyond} of {count} tiles that were looked at on {day} ({name}) are unlike those that {model} was trained "
            "on. Hold the map against the image there.",
            **of_what,
        )


def _extent_of(run: NetworkRun, grid: Grid | None) -> Extent | None:
    """Where the network runs: of further dates only what lies under the results."""
    if run.extent is not None or grid is None:
        return run.extent
    spare_x, spare_y = (SPARE_PX * abs(step) for step in (grid.transform.a, grid.transform.e))
    left, bottom, right, top = grid.bounds
    crs = grid.crs.to_wkt() if grid.crs else ""
    return Extent(left - spare_x, bottom - spare_y, right + spare_x, top + spare_y, crs)


def _read(
    scene: Scene,
    reading: Reading,
    grid: Grid,
    event: str,
    scratch: Callable[[str], Path],
    progress: Progress,
) -> Said:
    """Run the network over one reading."""
    front = front_class(scene.card) if event == GLACIER_FRONT else None
    decoder = EventDecoder(scene.card.output, check_event(scene.card, event), front)

    def layer(name: str, dtype: str, nodata: float) -> Layer:
        return Layer(scratch(f"{name}-{reading.number}.working.tif"), (name,), dtype, nodata)

    layers = {"seen": layer("seen", "uint8", UNKNOWN), "probability": layer("probability", "float32", np.nan)}
    if front is not None:
        layers["front"] = layer("front", "float32", np.nan)
    predict(scene, layers, decoder, progress)
    line = None
    if front is not None:
        line = _front(scene, layers)
        layers.pop("front").path.unlink()
    if scene.working_grid != grid or scene.warps_back:  # what is to be warped back is not masked yet
        known = scene.mask_on(grid)
        bare_px = 0
        for name, source in layers.items():
            target = replace(source, path=scratch(f"{name}-{reading.number}.grid.tif"))
            bare_px = regrid(target, source.path, grid, known)
            source.path.unlink()
            layers[name] = target
        warn_of_bare_pixels(bare_px, progress)
    by_front = False
    if line is not None:
        from .front_sea import keep_sea_before

        by_front = keep_sea_before(line, scene.working_grid, layers["seen"].path, grid)
    return Said(reading.day, layers["seen"].path, layers["probability"].path, line, scene.working_grid, by_front)


def _front(scene: Scene, layers: dict[str, Layer]) -> Front | None:
    """The front in what the network said."""
    # scipy and shapely are imported where they are needed: a worker that looks for no front goes without
    from scipy.ndimage import map_coordinates

    from ..lines.field import LineField
    from .fronts import THRESHOLD, find_front

    with rasterio.open(layers["front"].path) as front, rasterio.open(layers["probability"].path) as sea:

        def at(points: NDArray[np.float64]) -> NDArray[np.float32]:
            furthest = sea.width - 1, sea.height - 1
            first = np.clip(np.floor(points.min(axis=0)), 0, furthest).astype(int)
            last = np.clip(np.ceil(points.max(axis=0)), first, furthest).astype(int)
            values = sea.read(1, window=Window(*first, *(last - first + 1)))
            places = (points - first).T[::-1]
            return np.asarray(map_coordinates(values, places, order=0, mode="constant", cval=np.nan))

        field = LineField.of_datasets(front, None, scene.shows if scene.warps_back else None, lambda: None)
        return find_front(field, at, scene.card.output.threshold or THRESHOLD)
