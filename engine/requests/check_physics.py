"""Check physical plausibility: a map held against a law of nature."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..errors import InputError
from ..phrases import Phrase
from .named_value import NamedValue

WATER_LEVEL, RANGE, ADVECTION = RULES = ("waterlevel", "range", "advection")
UNITS = {WATER_LEVEL: "m", RANGE: Phrase("unit of the map"), ADVECTION: Phrase("unit of the map per second")}
"""Of the residuals of each rule."""

LARGEST = 1e30
"""Larger numbers in a raster count as nodata."""

ASKED_BY = {
    "DEM": WATER_LEVEL,
    "WATER_CLASSES": WATER_LEVEL,
    "MINIMUM": RANGE,
    "MAXIMUM": RANGE,
    "VECTOR_FIELD": ADVECTION,
    "STEP_MINUTES": ADVECTION,
}
"""Which rule a parameter is for."""


@dataclass(frozen=True)
class CheckPhysics:
    """What is asked of `checkphysics`.

    Args:
        prediction: The map that is judged.
        rule: `waterlevel`, `range` or `advection`.
        dem: Raster of elevations in metres, for `waterlevel`.
        water: Names or values of the classes that are water, separated by semicolons; empty: told by their names.
        class_names: What the user sees of the map's classes in QGIS; the rest is looked up beside the file.
        minimum: Least value that can be, for `range`; `None`: any.
        maximum: Largest value that can be; `None`: any.
        vector_field: Raster of velocities to the east and to the north in m/s, for `advection`.
        step_minutes: Time between two bands of the map; `None`: not told.
        tolerance: Residuals up to it violate nothing; in the residual's unit.
        alpha: Weight of the physical term in L = L_data + α L_physics.
        output: Raster of residuals; empty: none.
        metrics: The figures as JSON; empty: none.
    """

    prediction: str
    rule: str
    dem: str = ""
    water: str = ""
    class_names: tuple[NamedValue, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    vector_field: str = ""
    step_minutes: float | None = None
    tolerance: float = 0.0
    alpha: float = 1.0
    output: str = ""
    metrics: str = ""

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise InputError("RULE is {found}; it must be one of: {known}.", found=self.rule, known=", ".join(RULES))
        self._check_asked()
        if self.rule == WATER_LEVEL and not self.dem:
            raise InputError("RULE is waterlevel, which needs DEM, a raster of elevations in metres. Choose one.")
        if self.rule == RANGE:
            self._check_range()
        if self.rule == ADVECTION:
            self._check_advection()
        for name, value in (("TOLERANCE", self.tolerance), ("ALPHA", self.alpha)):
            if not 0 <= value < LARGEST:
                raise InputError("{name} is {found:g}; it must be a number from 0 up.", name=name, found=value)
        if not self.outputs:
            raise InputError("No result is asked for. Choose OUTPUT, METRICS or both.")

    @property
    def sources(self) -> tuple[str, ...]:
        """The files that are read, none of which may be written to."""
        return tuple(path for path in (self.prediction, self.dem, self.vector_field) if path)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(path for path in (self.output, self.metrics) if path)

    def _check_asked(self) -> None:
        """Refuse what another rule would read."""
        given = {
            "DEM": self.dem,
            "WATER_CLASSES": self.water,
            "MINIMUM": self.minimum is not None,
            "MAXIMUM": self.maximum is not None,
            "VECTOR_FIELD": self.vector_field,
            "STEP_MINUTES": self.step_minutes is not None,
        }
        for parameter, rule in ASKED_BY.items():
            if given[parameter] and rule != self.rule:
                raise InputError(
                    "{parameter} is given, which is for the rule {rule}; RULE is {found}. Choose that rule, or leave "
                    "{parameter} empty.",
                    parameter=parameter,
                    rule=rule,
                    found=self.rule,
                )

    def _check_range(self) -> None:
        """Refuse a range that is none."""
        if self.minimum is None and self.maximum is None:
            raise InputError("RULE is range, which needs MINIMUM, MAXIMUM or both: between which values lie. Give one.")
        for name, value in (("MINIMUM", self.minimum), ("MAXIMUM", self.maximum)):
            if value is not None and not abs(value) < LARGEST:
                raise InputError("{name} is {found:g}; it must be a number up to 1e30.", name=name, found=value)
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise InputError(
                "MINIMUM is {minimum:g} and MAXIMUM is {maximum:g}; no value lies between them. Exchange them.",
                minimum=self.minimum,
                maximum=self.maximum,
            )

    def _check_advection(self) -> None:
        """Refuse advection without its velocity or its step."""
        if not self.vector_field:
            raise InputError(
                "RULE is advection, which needs VECTOR_FIELD, a raster of two bands: velocity to the east and to the "
                "north in m/s. Choose one."
            )
        if self.step_minutes is None or not (self.step_minutes > 0 and math.isfinite(self.step_minutes)):
            raise InputError(
                "RULE is advection, which needs STEP_MINUTES, the time between two bands of PREDICTION, more than 0; "
                "found is {found}.",
                found="nothing" if self.step_minutes is None else f"{self.step_minutes:g}",
            )
