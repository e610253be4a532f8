"""Detect events: what happened on the ground between the dates of a series, where and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import InputError
from ..images.dates import date_in_name
from ..library.event_models import EVENTS, FLOOD, GLACIER_FRONT
from .fuse_sar_optical import AUTO, SAR_UNITS
from .targets import NetworkRequest, Targets
from .words import check_word, parse_date

MOST_RASTERS = 254
"""Dates are numbered in a byte on the way."""


@dataclass(frozen=True)
class EventTargets(Targets):
    """The files of an event map; those with an empty path are not made.

    Args:
        output: Class raster: what happened by the end of the series.
        date_raster: For each pixel the first date on which the event is seen, as in 20240531.
        polygons: Vector file of the areas of the event, with that date.
        probability: One band for each date, 0–1.
        front: Vector file of the front of a glacier, one line for each date.
    """

    output: str = ""
    date_raster: str = ""
    polygons: str = ""
    probability: str = ""
    front: str = ""


@dataclass(frozen=True)
class DetectEvents(NetworkRequest):
    """What is asked of `detectevents`.

    Args:
        run: The network; its inputs are the rasters of the series in order, one for each date.
        targets: What is made of it.
        event: `flood`, `landslide`, `glacierfront` or `change`.
        dates: Day of each raster as ISO text; an empty text, or none at all: its name tells.
        dem: Raster of elevations in metres that a flood is held against; empty: none.
        align: Whether rasters that lie a little off the first are moved onto it.
        sar_unit: What the values of radar are, as of `FuseSarOptical`.
        min_area_m2: Smaller areas of the event, of all dates together, are left out; 0: none are.
    """

    targets: EventTargets
    event: str
    dates: tuple[str, ...] = ()
    dem: str = ""
    align: bool = False
    sar_unit: str = AUTO
    min_area_m2: float = 0.0

    def __post_init__(self) -> None:
        if self.event not in EVENTS:
            raise InputError("EVENT is {found}; it must be one of: {known}.", found=self.event, known=", ".join(EVENTS))
        if self.dem and self.event != FLOOD:
            raise InputError(
                "DEM is given, which a flood is held against; EVENT is {event}, which makes no use of it. Leave DEM "
                "empty.",
                event=self.event,
            )
        check_word("SAR_UNIT", self.sar_unit, SAR_UNITS)
        if self.min_area_m2 < 0:
            raise InputError("MIN_AREA cannot be negative; 0 leaves the result as it is.")
        if self.min_area_m2 and self.event == GLACIER_FRONT:
            raise InputError(
                "MIN_AREA is {smallest:g} m², but EVENT is {event}, of which nothing is left out. Set it to 0, and "
                "restrict the map to one glacier with EXTENT or MASK.",
                smallest=self.min_area_m2,
                event=self.event,
            )
        if self.targets.front and self.event != GLACIER_FRONT:
            raise InputError(
                "FRONT is asked for, the line of a glacier's front; EVENT is {event}. Choose glacierfront, or leave "
                "FRONT empty.",
                event=self.event,
            )
        if not self.outputs:
            raise InputError("No result is asked for. Choose at least one output, for example OUTPUT.")
        if self.run.resume:
            raise InputError(
                "RESUME is on, but a series is mapped date by date, and no date is kept unfinished. Switch it off."
            )
        self._check_series()

    @property
    def days(self) -> tuple[date, ...]:
        """The day of each raster.

        Raises:
            InputError: One is not known, or is no date.
        """
        texts = self.dates or ("",) * len(self.run.inputs)
        return tuple(_day(text, path) for text, path in zip(texts, self.run.inputs))

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        return (*self.run.sources, *([self.dem] if self.dem else []))

    def _check_series(self) -> None:
        """Hold the dates against the rasters."""
        rasters = self.run.inputs
        if len(rasters) > MOST_RASTERS:
            raise InputError(
                "SERIES has {found} rasters; {most} can be dated at once. Give a part of the series.",
                found=len(rasters),
                most=MOST_RASTERS,
            )
        if self.dates and len(self.dates) != len(rasters):
            raise InputError(
                "DATES has {dates} dates, but SERIES has {rasters} rasters. Give one date for each, in their order.",
                dates=len(self.dates),
                rasters=len(rasters),
            )
        days = self.days
        for number in range(1, len(days)):
            if days[number] <= days[number - 1]:
                raise InputError(
                    "{after} ({later}) comes after {before} ({earlier}) in the series. Put the rasters in the order of "
                    "time, with one raster for each date (GDAL: Build virtual raster joins several of one day), or "
                    "give DATES if their names mislead.",
                    after=Path(rasters[number]).name,
                    later=days[number].isoformat(),
                    before=Path(rasters[number - 1]).name,
                    earlier=days[number - 1].isoformat(),
                )


def _day(text: str, path: str) -> date:
    """The day in a text, else that in the name of a raster."""
    if text:
        return parse_date(text)
    found = date_in_name(path)
    if found is None:
        raise InputError(
            "The date of {name} is not known: neither its temporal properties nor its name tell it. Give DATES, one "
            "for each raster, as in 2024-05-31,2024-06-16.",
            name=Path(path).name,
        )
    return found
