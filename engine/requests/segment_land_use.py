"""Segment land use: a class map, generalised for use as a map."""

from __future__ import annotations

from dataclasses import dataclass

from .class_map import ClassTargets, Generalisation
from .targets import NetworkRequest


@dataclass(frozen=True)
class SegmentLandUse(NetworkRequest):
    """What is asked of `segmentlanduse`.

    Args:
        run: The network and its rasters.
        targets: What is made of it.
        generalisation: What is done to it.
    """

    targets: ClassTargets
    generalisation: Generalisation = Generalisation()

    def __post_init__(self) -> None:
        self.generalisation.check_use(self.targets)
