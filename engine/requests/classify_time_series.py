"""Classify a time series: a class map of what many dates show."""

from __future__ import annotations

from dataclasses import dataclass

from .class_map import ClassTargets
from .network_run import NetworkRun


@dataclass(frozen=True)
class ClassifyTimeSeries:
    """What is asked of `classifytimeseries`.

    Args:
        run: The network; its inputs are the dates in order, or one raster of all dates.
        targets: What is made of it.
    """

    run: NetworkRun
    targets: ClassTargets

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(self.targets.made.values())
