"""Where the parts of a class map shall lie: what all requests for one share."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from .targets import Targets


@dataclass(frozen=True)
class ClassTargets(Targets):
    """The files of a class map; those with an empty path are not made.

    Args:
        output: Class raster (of a regression: value raster).
        probabilities: One band a class, 0–1.
        confidence: Probability of the class that won, 0–1.
        polygons: Vector file of the class areas.
        areas: Table of the area of each class.
    """

    output: str = ""
    probabilities: str = ""
    confidence: str = ""
    polygons: str = ""
    areas: str = ""

    def check_smoothing(self, smooth_m: float) -> None:
        """Refuse smoothing where there are no polygons, whose boundaries it is for.

        Raises:
            InputError: It would do nothing.
        """
        if smooth_m and not self.polygons:
            raise InputError(
                "SMOOTH is {smooth:g} m, but no POLYGONS are asked for, whose boundaries it smooths. Ask for them, or "
                "set SMOOTH to 0.",
                smooth=smooth_m,
            )
