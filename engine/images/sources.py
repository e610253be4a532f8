"""Opens the inputs of a model: their rasters, which band of them feeds which, and how values are scaled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import Grid
from ..library.card import ModelCard
from ..library.event_models import is_of_events
from ..library.model_input import ModelInput
from ..progress import Progress
from ..requests.assignments import BandChoice
from ..requests.network_run import NetworkRun
from ..values.bands import (
    check_band_names,
    check_inputs,
    choose_bands,
    warn_of_names,
    warn_of_surplus,
)
from ..values.dubious_values import warn_of_black, warn_of_grey
from ..values.scaling import Scaling, choose_scaling
from ..values.stretching import stretch_or_check
from ..values.unlike import check_dates
from .absent import Absent
from .mosaic_reader import MosaicReader, RasterChunk
from .rasters import Rasters
from .series import Series, SeriesReader, warn_of_other_dates
from .transparency import warn_of_transparency

Opened = Rasters | Series | Absent


@dataclass(frozen=True)
class Source:
    """One input of the model: its rasters, and how they reach it. Of a series, `bands` are those of all dates."""

    wants: ModelInput
    rasters: Opened
    bands: tuple[int, ...]
    scaling: Scaling
    reader: MosaicReader | SeriesReader | Absent

    @property
    def is_there(self) -> bool:
        """Whether it is given."""
        return not isinstance(self.rasters, Absent)


def open_rasters(
    card: ModelCard, run: NetworkRun, opening: ExitStack, progress: Progress, days: Sequence[date] = ()
) -> list[Opened]:
    """Open the files of each input: a mosaic, the dates of a series, or nothing where the model can do without.

    Of such inputs the last ones need not be named at all.

    Args:
        card: That of the model.
        run: Names the files.
        opening: Closes them.
        progress: Is told what is wrong with them.
        days: The dates of a series; empty: those in the names of its files.

    Raises:
        InputError: There are fewer or more than the model reads, or one cannot be opened.
    """
    files = (run.inputs, *run.further_inputs)
    spared = card.inputs[len(files) :]
    if spared and all(wants.optional for wants in spared):
        progress.log(
            "Not given, and told to the network as lacking: {names}.",
            names=", ".join(wants.name for wants in spared),
        )
        files = (*files, *((),) * len(spared))
    if len(files) != len(card.inputs):
        raise InputError(
            "{model} reads {expected} inputs ({names}); {found} are given. INPUT is the first, INPUT_2 the second, "
            "and so on (“Apply a model” takes several).",
            model=card.model_id,
            expected=len(card.inputs),
            names=", ".join(wants.name for wants in card.inputs),
            found=len(files),
        )
    check_inputs([choice.input for choice in run.bands], "BANDS", len(files))
    check_inputs([scale.input for scale in run.scale], "SCALE", len(files))
    check_band_names(run.bands, card.inputs)
    return [_open(of_input, wants, card, opening, progress, days) for of_input, wants in zip(files, card.inputs)]


def _open(
    files: tuple[str, ...],
    wants: ModelInput,
    card: ModelCard,
    opening: ExitStack,
    progress: Progress,
    days: Sequence[date],
) -> Opened:
    if files and not wants.is_series:
        rasters = opening.enter_context(Rasters(files))
        if len(files) > 1:
            progress.log(
                "{count} rasters are taken as one mosaic, of which one map is made. For a map of each, use “Run as "
                "Batch Process…”, or scripts/watch_scenes.py with --once.",
                count=len(files),
            )
        for path in rasters.hidden:
            progress.warn(
                "Nothing of {path} shows: another raster that was chosen before it lies over all of it. Leave one of "
                "the two out, or choose them in another order.",
                path=path,
            )
        return rasters
    if files:
        season = replace(wants, dates=()) if is_of_events(card) else wants  # crops have one, events have none
        warn_of_other_dates(files, season, progress, days)
        return opening.enter_context(Series(files, wants, days))
    if wants.optional:
        return Absent(wants)
    raise InputError(
        "{model} needs the input {name}, and it is not given. Choose a raster for it, or another model.",
        model=card.model_id,
        name=wants.name,
    )


def choose_inputs(
    card: ModelCard, run: NetworkRun, opened: Sequence[Opened], progress: Progress
) -> tuple[list[tuple[int, ...]], NetworkRun]:
    """The bands of each input; values that are not those the model was trained on are brought to them, or refused.

    Returns:
        The bands, and the run with these as BANDS and with the SCALE of inputs that are stretched, so that results and
        journal tell of it.
    """
    chosen, told = [], []
    for number, (rasters, wants) in enumerate(zip(opened, card.inputs), start=1):
        if isinstance(rasters, Absent):
            chosen.append(rasters.bands)
            continue
        choices = [choice for choice in run.bands if choice.input == number]
        given = [scale for scale in run.scale if scale.input == number]
        warn_of_transparency((run.inputs, *run.further_inputs)[number - 1], progress)
        if isinstance(rasters, Series):
            bands = rasters.choose(choices, number)
            samples = rasters.samples(bands)
            check_dates(rasters.names, samples, wants, given, number, progress)
            sample = np.concatenate(samples, axis=1)
        else:
            bands = choose_bands(rasters, wants, choices, number)
            warn_of_names(rasters, bands, wants, choices, progress)
            warn_of_surplus(rasters, bands, wants, choices, progress)
            sample = rasters.sample(bands)
        chosen.append(bands)
        told += _as_choices(bands, rasters, wants, number)
        warn_of_grey(bands, sample, wants, progress)
        warn_of_black(sample, wants, progress)
        found = stretch_or_check(sample, rasters.scales(bands), wants, given, number, progress)
        run = replace(run, scale=(*run.scale, *found))
    return chosen, replace(run, bands=tuple(told))


def _as_choices(bands: tuple[int, ...], rasters: Rasters | Series, wants: ModelInput, number: int) -> list[BandChoice]:
    """What BANDS would say; date by date where the dates of a series have theirs in different orders."""
    times = len(bands) // len(wants.bands)
    first = bands[: len(wants.bands)]
    if bands == first * times or (isinstance(rasters, Series) and rasters.is_stacked):
        times = 1
    return [BandChoice(number, name, band) for name, band in zip(wants.band_names * times, bands)]


def read_on(
    grid: Grid, card: ModelCard, run: NetworkRun, opened: Sequence[Opened], bands: Sequence[tuple[int, ...]]
) -> tuple[Source, ...]:
    """Make the inputs readable on one grid."""
    return tuple(
        Source(
            wants,
            rasters,
            of_input,
            choose_scaling(wants, [scale for scale in run.scale if scale.input == number]),
            rasters.on(grid, of_input),
        )
        for number, (wants, rasters, of_input) in enumerate(zip(card.inputs, opened, bands), start=1)
    )


def finest(opened: Sequence[Opened], card: ModelCard) -> tuple[Grid, ModelInput]:
    """The grid that the others are brought to, and the input that has it.

    It is the first's; of a model that can do without some inputs, that with the smallest pixels.

    Raises:
        InputError: None is given.
    """
    there = [(rasters.grid, wants) for rasters, wants in zip(opened, card.inputs) if not isinstance(rasters, Absent)]
    if not there:
        raise InputError("No input is given. Choose at least one raster.")
    if not any(wants.optional for wants in card.inputs):
        return there[0]
    return min(there, key=lambda each: _pixel_m2(each[0]))


def _pixel_m2(grid: Grid) -> float:
    """Area of a pixel in the middle; of grids without a place on Earth in map units."""
    across, down = grid.pixel_m or (1.0, abs(float(grid.transform.determinant)))
    return across * down


def check_overlap(sources: Sequence[Source], area: Window, progress: Progress) -> None:
    """Refuse an input that shows nothing of the area, and a date from elsewhere.

    Raises:
        InputError: There is one.
    """
    for number, source in enumerate(sources, start=1):
        if not source.reader.covers(area):
            raise InputError(
                "Input {number} ({name}) does not overlap the area of the first. Choose rasters of one place.",
                number=number,
                name=source.rasters.files[0],
            )
        if isinstance(source.rasters, Series) and not isinstance(source.reader, Absent):
            source.rasters.check_overlap(source.reader, area, progress)


@dataclass(frozen=True)
class Ground:
    """How the ground that is mapped follows from the rasters.

    Args:
        find: Gives the grid that all are brought to, and the input whose pixels it has.
        check: Refuses rasters that do not belong to an area of it.
    """

    find: Callable[[Sequence[Opened], ModelCard], tuple[Grid, ModelInput]]
    check: Callable[[Sequence[Source], Window, Progress], None]


OF_ONE_INPUT = Ground(finest, check_overlap)
"""What the first input covers, or the finest."""


def valid_together(sources: Sequence[Source], chunks: Iterable[RasterChunk]) -> NDArray[np.bool_] | None:
    """Where a map can be made: all inputs show something, and of those that may be missing at least one does.

    What is shown by images from before alone is not known now, unless no others are given.

    Args:
        sources: The inputs.
        chunks: The same window of each.

    Returns:
        `(rows, cols)`; `None`: everywhere.
    """
    needed: NDArray[np.bool_] | None = None
    either: NDArray[np.bool_] | None = None
    whole = False  # whether one of those that may be missing is there everywhere
    of_now = any(source.is_there and not source.wants.is_before for source in sources)
    for source, chunk in zip(sources, chunks):
        everywhere = np.ma.getmask(chunk.values) is np.ma.nomask
        if source.wants.optional:
            if of_now and source.wants.is_before:
                continue
            whole |= everywhere
            if not whole:
                either = chunk.valid if either is None else either | chunk.valid
        elif not everywhere:
            needed = chunk.valid if needed is None else needed & chunk.valid
    if whole or either is None:
        return needed
    return either if needed is None else needed & either
