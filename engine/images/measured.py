"""Makes sure that the values of a raster are what was measured, in the unit that is needed, as far as files tell."""

from __future__ import annotations

import re

from ..errors import InputError, Value
from .rasters import Rasters

METRES, METRES_PER_SECOND = "m", "m/s"

LENGTHS_M = {"m": 1.0, "dm": 0.1, "cm": 0.01, "mm": 0.001, "km": 1000.0, "ft": 0.3048, "us ft": 1200 / 3937}
TIMES_S = {"s": 1.0, "min": 60.0, "h": 3600.0, "day": 86_400.0, "year": 365.25 * 86_400}
SPEEDS_M_S = {
    **{f"{length}/{time}": m / s for length, m in LENGTHS_M.items() for time, s in TIMES_S.items()},
    "kn": 1852 / 3600,
    "mph": 1609.344 / 3600,
}
FACTORS = {METRES: LENGTHS_M, METRES_PER_SECOND: SPEEDS_M_S}
"""By what values in a unit become those in the unit that is needed."""

WORDS = {
    **dict.fromkeys(("metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("centimetre", "centimetres", "centimeter", "centimeters"), "cm"),
    **dict.fromkeys(("millimetre", "millimetres", "millimeter", "millimeters"), "mm"),
    **dict.fromkeys(("kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("foot", "feet"), "ft"),
    **dict.fromkeys(("sec", "second", "seconds"), "s"),
    **dict.fromkeys(("minute", "minutes"), "min"),
    **dict.fromkeys(("hr", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "days"), "day"),
    **dict.fromkeys(("a", "yr", "years"), "year"),
    **dict.fromkeys(("kt", "kts", "knot", "knots"), "kn"),
    **{"ms": "m/s", "kmh": "km/h", "kph": "km/h", "survey": "", "international": "", "sfoot": "us ft", "ftus": "us ft"},
}
"""What words are written for, in units that files tell."""

SILENT = {"", "unknown", "undefined", "none", "n/a", "1", "-"}
"""Units that say nothing."""


def check_measured(raster: Rasters) -> None:
    """Make sure that values are stored as they were measured.

    Args:
        raster: A single file.

    Raises:
        InputError: It says that they are to be multiplied or moved first.
    """
    for scale, offset in raster.scales(raster.bands):
        if (scale, offset) != (1, 0):
            raise InputError(
                "{path} holds values that are to be multiplied by {scale:g} and moved by {offset:g} first "
                "(scale and offset of its bands). Write them out (gdal_translate -unscale -ot Float32), and "
                "take that.",
                path=raster.files[0],
                scale=scale,
                offset=offset,
            )


def check_unit(raster: Rasters, name: str, expected: str) -> None:
    """Make sure that values are in the unit that is needed, where their file tells one.

    Args:
        raster: A single file.
        name: What the user knows it by.
        expected: The unit, one of `FACTORS`.

    Raises:
        InputError: They are in another.
    """
    for unit in raster.units:
        if unit.strip().casefold() in SILENT:
            continue
        factor = _factor(unit, expected)
        if factor == 1:
            continue
        told: dict[str, Value] = {"name": name, "path": raster.files[0], "unit": unit, "expected": expected}
        if factor is None:
            raise InputError(
                "{name} is {path}, whose values are in {unit}, as the file says; {expected} is needed. Bring them to "
                "it first (Raster > Raster Calculator). If they are in it already, write them out in the same way: "
                "the result tells no unit.",
                **told,
            )
        raise InputError(
            "{name} is {path}, whose values are in {unit}, as the file says; {expected} is needed. Multiply them by "
            "{factor:.6g} first (Raster > Raster Calculator).",
            factor=factor,
            **told,
        )


def _factor(unit: str, expected: str) -> float | None:
    """By what values in a unit become those in the expected one; `None`: nobody knows."""
    text = unit.casefold().replace(" per ", "/").translate(str.maketrans("⁻¹", "-1"))
    parts = [WORDS.get(part, part) for part in re.findall(r"[a-z]+|/|-?\d+", text)]
    parts = [part for part in parts if part]
    if len(parts) > 1 and parts[-1] == "-1":  # m s-1, and ms-1
        parts[-2:] = [parts[-2]] if "/" in parts[-2] else ["/", parts[-2]]
    plain, known = " ".join(parts).replace(" / ", "/"), FACTORS[expected]
    if expected == METRES and plain not in known and parts[1:] and parts[1].isalpha():
        plain = parts[0]  # m above sea level
    return known.get(plain)
