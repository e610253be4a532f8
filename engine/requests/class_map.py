"""Where the parts of a class map shall lie, and how it is generalised: what requests for one share."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from ..library.card import SEGMENTATION, ModelCard
from .targets import Targets
from .words import refuse_idle_for


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


@dataclass(frozen=True)
class Generalisation:
    """What makes a class raster readable as a map.

    Args:
        min_area_m2: Smaller areas join their largest neighbour; 0: none do.
        smooth_m: Boundary details up to about this size are cut off, neighbours keep sharing them; 0: pixel edges.
    """

    min_area_m2: float = 0.0
    smooth_m: float = 0.0

    def __post_init__(self) -> None:
        if self.min_area_m2 < 0 or self.smooth_m < 0:
            raise InputError("MIN_AREA and SMOOTH cannot be negative; 0 leaves the result as it is.")

    def check_task(self, card: ModelCard) -> None:
        """Refuse to generalise what is no class map.

        Raises:
            ModelError: It names the parameters.
        """
        if card.task != SEGMENTATION:
            refuse_idle_for(card, {"MIN_AREA": self.min_area_m2 > 0, "SMOOTH": self.smooth_m > 0})

    def check_use(self, targets: ClassTargets) -> None:
        """Refuse smoothing where there are no polygons, whose boundaries it is for.

        Raises:
            InputError: It would do nothing.
        """
        if self.smooth_m and not targets.polygons:
            raise InputError(
                "SMOOTH is {smooth:g} m, but no POLYGONS are asked for, whose boundaries it smooths. Ask for them, or "
                "set SMOOTH to 0.",
                smooth=self.smooth_m,
            )
