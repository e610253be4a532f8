"""Segment land use: a class map, generalised for use as a map."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from .class_map import ClassTargets
from .targets import NetworkRequest


@dataclass(frozen=True)
class SegmentLandUse(NetworkRequest):
    """What is asked of `segmentlanduse`.

    Args:
        run: The network and its rasters.
        targets: What is made of it.
        min_area_m2: Smaller areas join their largest neighbour; 0: none do.
        smooth_m: Boundary details up to about this size are cut off, shared boundaries kept; 0: pixel edges.
    """

    targets: ClassTargets
    min_area_m2: float = 0.0
    smooth_m: float = 0.0

    def __post_init__(self) -> None:
        if self.min_area_m2 < 0 or self.smooth_m < 0:
            raise InputError("MIN_AREA and SMOOTH cannot be negative; 0 leaves the result as it is.")
        self.targets.check_smoothing(self.smooth_m)
