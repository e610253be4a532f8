"""Classify a time series: a class map of what many dates show."""

from __future__ import annotations

from dataclasses import dataclass

from .class_map import ClassTargets, Generalisation
from .targets import NetworkRequest


@dataclass(frozen=True)
class ClassifyTimeSeries(NetworkRequest):
    """What is asked of `classifytimeseries`.

    Args:
        run: The network; its inputs are the dates in order, or one raster of all dates.
        targets: What is made of it.
        generalisation: What is done to it.
    """

    targets: ClassTargets
    generalisation: Generalisation = Generalisation()

    def __post_init__(self) -> None:
        self.generalisation.check_use(self.targets)
