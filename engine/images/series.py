"""Reads the series of images that a model takes as one input: a raster for each date, or all dates in one raster.

What is missing on one date is masked there, and thus becomes the mean of that band, 0 after scaling; a pixel is missing
altogether only where no date knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ..errors import InputError
from ..grids.grid import Grid
from ..library.model_input import ModelInput
from ..progress import Progress
from ..requests.assignments import BandChoice
from ..values.bands import choose_bands, hidden_by_alpha
from .dates import date_in_name
from .mosaic_reader import MosaicReader, RasterChunk
from .rasters import Rasters
from .urls import file_name

YEAR_DAYS = 365.25

LEAST_TOLERANCE_DAYS = 10
"""Dates may differ from those of the training by this, or by the usual distance of two dates where that is more."""


class Series:
    """The dates of one input.

    Args:
        paths: A raster for each date in order, each on a grid of its own; or one raster with the bands of all dates,
            date by date.
        wants: What the model reads.
        days: The dates; empty: those in the names of the rasters.

    Raises:
        InputError: There are more or fewer rasters than dates, their names say another order, or one of them cannot be
            opened.
    """

    def __init__(self, paths: Sequence[str], wants: ModelInput, days: Sequence[date] = ()) -> None:
        self._wants = wants
        if len(paths) not in (1, wants.times):
            raise InputError(
                "The model reads a series of {expected} dates ({name}); {found} rasters are given. Give one for each "
                "date, in their order, or a single one with {channels} bands, date by date.",
                expected=wants.times,
                name=wants.name,
                found=len(paths),
                channels=wants.channels,
            )
        if not days:
            check_order(paths)
        with ExitStack() as opening:
            self._rasters = [opening.enter_context(Rasters([path])) for path in paths]
            self._stack = opening.pop_all()

    def __enter__(self) -> Series:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def is_stacked(self) -> bool:
        """Whether one raster holds all dates."""
        return len(self._rasters) < self._wants.times

    @property
    def grid(self) -> Grid:
        """The grid of the first date, onto which the others are brought."""
        return self._rasters[0].grid

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that is read."""
        return tuple(path for each in self._rasters for path in each.files)

    @property
    def stamps(self) -> dict[str, tuple[float, int] | None]:
        """Time of change and size of each file when it was opened."""
        return {path: stamp for each in self._rasters for path, stamp in each.stamps.items()}

    @property
    def raw_bytes(self) -> int:
        """Bytes that a pixel of all dates takes as it is read."""
        return sum(each.raw_bytes for each in self._rasters)

    @property
    def block_px(self) -> tuple[int, int]:
        """Rows and columns of the largest blocks of any date; see `Rasters.block_px`."""
        shapes = [each.block_px for each in self._rasters]
        return max(rows for rows, _ in shapes), max(columns for _, columns in shapes)

    @property
    def told(self) -> list[str]:
        """What the files say of themselves; see `Rasters.told`."""
        return [text for each in self._rasters for text in each.told]

    def check_unchanged(self) -> None:
        """Make sure that the files are still those that were opened; see `Rasters.check_unchanged`."""
        for each in self._rasters:
            each.check_unchanged()

    def choose(self, choices: Sequence[BandChoice], number: int) -> tuple[int, ...]:
        """Number of the raster band for each band of each date, date by date.

        Args:
            choices: What the user says; it counts for every date. In one raster of all dates, bands are numbered
                within the first date.
            number: Number of the input, from 1, for the advice.

        Raises:
            InputError: The bands of a date do not suit; see `choose_bands`.
        """
        if not self.is_stacked:
            return tuple(band for each in self._rasters for band in choose_bands(each, self._wants, choices, number))
        (raster,) = self._rasters
        per_date, rest = divmod(len(raster.bands), self._wants.times)
        if rest or per_date < self._wants.least_bands:
            error = InputError(
                "{path} holds {found} bands; the model reads {times} dates of {bands} bands ({names}). Give a raster "
                "with {channels} bands, date by date, or one raster for each date, in their order.",
                path=raster.files[0],
                found=len(raster.bands),
                times=self._wants.times,
                bands=len(self._wants.bands),
                names=", ".join(self._wants.band_names),
                channels=self._wants.channels,
            )
            error.reason = hidden_by_alpha(raster)
            raise error
        first = _FirstDate(
            raster.bands[:per_date],
            raster.band_names[:per_date],
            raster.band_colours[:per_date],
            raster.has_palette,
            raster.alpha,
        )
        places = [first.bands.index(band) for band in choose_bands(first, self._wants, choices, number)]
        return tuple(raster.bands[time * per_date + place] for time in range(self._wants.times) for place in places)

    @property
    def names(self) -> tuple[str, ...]:
        """What each date is called: by its file, of a raster with all dates by its place in it too."""
        if not self.is_stacked:
            return tuple(file_name(each.files[0]) for each in self._rasters)
        times = self._wants.times
        return tuple(f"{file_name(self._rasters[0].files[0])} ({time}/{times})" for time in range(1, times + 1))

    def samples(self, bands: Sequence[int]) -> list[NDArray[np.float64]]:
        """Valid values of the bands of each date, `(bands of one date, pixels)`; see `Rasters.sample`.

        Args:
            bands: As `choose` gives them.
        """
        return [raster.sample(own) for raster, own in self._with_own(bands)]

    def sample(self, bands: Sequence[int]) -> NDArray[np.float64]:
        """Those of all dates, `(bands of one date, pixels)`."""
        return np.concatenate(self.samples(bands), axis=1)

    def scales(self, bands: Sequence[int]) -> tuple[tuple[float, float], ...]:
        """By what each band of the first date that says so is to be multiplied and moved; see `Rasters.scales`."""
        of_dates = [raster.scales(own) for raster, own in self._with_own(bands)]
        return next((scales for scales in of_dates if set(scales) != {(1, 0)}), of_dates[0])

    def on(self, grid: Grid, bands: Sequence[int]) -> MosaicReader | SeriesReader:
        """Make the series readable on a grid, as one image of `bands * dates` bands.

        Args:
            grid: The grid.
            bands: As `choose` gives them.
        """
        if self.is_stacked:
            return self._rasters[0].on(grid, bands)
        return SeriesReader(tuple(each.on(grid, part) for each, part in zip(self._rasters, self._by_date(bands))))

    def shown(self, grid: Grid, bands: Sequence[int]) -> NDArray[np.bool_]:
        """At which places of `coverage.lattice` any date shows something.

        Args:
            grid: The grid.
            bands: As `choose` gives them.
        """
        if self.is_stacked:
            return self._rasters[0].shown(grid, bands)
        of_dates = [each.shown(grid, part) for each, part in zip(self._rasters, self._by_date(bands))]
        return np.asarray(np.any(of_dates, axis=0))

    def _by_date(self, bands: Sequence[int]) -> list[Sequence[int]]:
        """The bands of each date."""
        count = len(self._wants.bands)
        return [bands[start : start + count] for start in range(0, len(bands), count)]

    def _with_own(self, bands: Sequence[int]) -> list[tuple[Rasters, Sequence[int]]]:
        """The raster of each date, and which of its bands are of that date."""
        own = self._by_date(bands)
        return list(zip(self._rasters * len(own) if self.is_stacked else self._rasters, own))

    def check_overlap(self, reader: MosaicReader | SeriesReader, area: Window, progress: Progress) -> None:
        """Refuse a date from another place, and say which show nothing of the area.

        Args:
            reader: What `on` gave.
            area: The part of the grid that is asked for.
            progress: Is told.

        Raises:
            InputError: A date shows nothing of the first date's raster.
        """
        if isinstance(reader, MosaicReader):
            return
        for number, (raster, date_reader) in enumerate(zip(self._rasters, reader.dates), start=1):
            if not date_reader.covers(date_reader.grid.window):
                raise InputError(
                    "Date {number} of the series ({name}) does not overlap the first. Choose rasters of one place.",
                    number=number,
                    name=raster.files[0],
                )
            if not date_reader.covers(area):
                progress.warn(
                    "Date {number} of the series ({name}) shows nothing of the extent; the model sees its mean there.",
                    number=number,
                    name=raster.files[0],
                )


@dataclass(frozen=True)
class _FirstDate:
    """The bands of the first date in a raster that holds all."""

    bands: tuple[int, ...]
    band_names: tuple[str, ...]
    band_colours: tuple[str, ...]
    has_palette: bool
    alpha: int | None


@dataclass(frozen=True)
class SeriesReader:
    """Reads windows of all dates. Made by `Series.on`.

    Args:
        dates: What reads each date, all on one grid.
    """

    dates: tuple[MosaicReader, ...]

    def read(self, window: Window) -> RasterChunk:
        """Read a window of each date and put them one behind the other, `(dates * bands, rows, cols)`."""
        parts = [reader.read(window).values for reader in self.dates]
        values = np.concatenate([part.data for part in parts])
        if all(np.ma.getmask(part) is np.ma.nomask for part in parts):
            return RasterChunk(np.ma.MaskedArray(values), window)
        return RasterChunk(
            np.ma.MaskedArray(values, np.concatenate([np.ma.getmaskarray(part) for part in parts])), window
        )

    def covers(self, window: Window) -> bool:
        """Whether a file of any date touches a window."""
        return any(reader.covers(window) for reader in self.dates)


def check_order(paths: Sequence[str]) -> None:
    """Refuse rasters whose names carry dates that fall; names without a date say nothing of their place.

    Raises:
        InputError: It names the first two that are out of order.
    """
    dated = [(path, day) for path in paths if (day := date_in_name(path))]
    for (before, earlier), (after, later) in zip(dated, dated[1:]):
        if later < earlier:
            raise InputError(
                "{after} ({later}) comes after {before} ({earlier}) in the series. Put the rasters in the order of "
                "their dates; if their names mislead, join them to one raster first.",
                after=Path(after).name,
                later=later.isoformat(),
                before=Path(before).name,
                earlier=earlier.isoformat(),
            )


def warn_of_other_dates(paths: Sequence[str], wants: ModelInput, progress: Progress, days: Sequence[date] = ()) -> None:
    """Say that the rasters are of other days than those that the model was trained on, or that some tell no day.

    Args:
        paths: The rasters, one for each date, or one of all dates, whose days are then not known.
        wants: What the model reads; without dates where the season is nothing to it.
        progress: Is told.
        days: The dates; empty: those in the names of the rasters.
    """
    if not days and 0 < sum(date_in_name(path) is not None for path in paths) < len(paths):
        progress.warn(
            "Not each file of the series has a date in its name: {files}. The order of those without one is not "
            "checked; look at it.",
            files=", ".join([file_name(path) for path in paths if date_in_name(path) is None][:5]),
        )
    found = days or _known_dates(paths)
    if len(found) < 2 or len(found) != wants.times:
        return
    apart = days_apart(found, wants)
    span = wants.days[-1] - wants.days[0]
    if apart > max(LEAST_TOLERANCE_DAYS, span / (wants.times - 1)):
        progress.warn(
            "The dates of the series ({first} to {last}) lie up to {apart} days from those that the model was trained "
            "on ({trained}). Do not expect much of the map.",
            first=found[0].isoformat(),
            last=found[-1].isoformat(),
            apart=apart,
            trained=f"{wants.dates[0]} – {wants.dates[-1]}" if wants.dates else f"{span} d",
        )


def days_apart(found: Sequence[date], wants: ModelInput) -> int:
    """How far, at most, dates lie from the model's: within the year where its dates are known, else from the first."""
    known = [date.fromisoformat(text[:10]) for text in wants.dates]
    if not known:
        return max(abs((day - found[0]).days - (wanted - wants.days[0])) for day, wanted in zip(found, wants.days))
    apart = [(day - wanted).days % YEAR_DAYS for day, wanted in zip(found, known)]
    return int(max(min(days, YEAR_DAYS - days) for days in apart))


def _known_dates(paths: Sequence[str]) -> list[date]:
    """The dates in the names of the rasters; none where not every name has one or two are the same."""
    days = [day for path in paths if (day := date_in_name(path))]
    return days if len(days) == len(paths) == len(set(days)) else []
