"""Reads the date of an image out of the name of its file."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

PATTERNS = (
    re.compile(
        r"(?<![A-Z\d])AST_[A-Z\d]+_\d{3}(?P<month>\d\d)(?P<day>\d\d)(?P<year>(?:19|20)\d\d)(?=\d{6}_)", re.IGNORECASE
    ),
    re.compile(r"(?<=_V)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=T\d{6})", re.IGNORECASE),
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_.]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?:\d{6,9})?(?!\d)"
    ),
    re.compile(r"(?<![A-Z\d])L[COTEM]\d{7}(?P<year>(?:19|20)\d\d)(?P<day_of_year>\d{3})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-?(?P<day_of_year>\d{3})(?!\d)"),
)
"""`2020-03-01`, `2020_03_01`, `20200301`, with hour, minute, second and parts of it right behind or without; and the
day of the year as in Landsat's `LE72270122006173EDC00`, behind path and row, and in MODIS's `A2020061`. First, where
the date of processing would come before: ASTER's `AST_L1T_00305042003110129`, with the month in front, and
`_V20151231T102332` of Sentinel-2 until 2016."""

QUERY = re.compile(r"\?(?=[^?/=]+=)")
"""Where the query of an address begins."""


def date_in_name(path: str) -> date | None:
    """The first date in a file's name, or `None` where there is none.

    Days of the year count only where no date is written out: seven digits may be anything, such as a tile's number.
    """
    found = _first(name_at(path))
    return found[0] if found else None


def moment_in_name(path: str) -> str:
    """The first date in a file's name with its time of day where that follows, as ISO text; empty: there is none."""
    name = name_at(path)
    found = _first(name)
    if found is None:
        return ""
    day, place = found
    on_day = rf"(?:{day:%Y[-_.]?%m[-_.]?%d}[Tt_-]?|{day:%Y-?%j}[Tt]|{day:%m%d%Y})"
    time = re.compile(
        rf"{on_day}([01]\d|2[0-3])[-_.]?([0-5]\d)[-_.]?([0-5]\d)(?:(?<=\d{{14}})\d{{1,3}})?(?!\d)"
    ).search(name, place)
    return f"{day.isoformat()}T{':'.join(time.groups())}+00:00" if time else day.isoformat()


def name_at(path: str) -> str:
    """What a file is called; of an address without its query, where signatures have dates of their own."""
    address = path.replace("/vsicurl?", "", 1)  # what GDAL fetches, with how to do so before it
    return Path(QUERY.split(address, maxsplit=1)[0]).name


def _first(name: str) -> tuple[date, int] | None:
    """The first date in a name, and where it begins."""
    for pattern in PATTERNS:
        for match in pattern.finditer(name):
            if day := _day(match):
                return day, match.start()
    return None


def _day(match: re.Match[str]) -> date | None:
    """The date that a match stands for; `None`: there is no such day."""
    parts = {name: int(value) for name, value in match.groupdict().items() if name != "mark"}
    try:
        if "day_of_year" in parts:
            first = date(parts["year"], 1, 1)
            return first + timedelta(parts["day_of_year"] - 1) if 1 <= parts["day_of_year"] <= 366 else None
        return date(**parts)
    except ValueError:
        return None
