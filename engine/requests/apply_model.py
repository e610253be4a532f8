"""Apply a model: any network with a card over a raster."""

from __future__ import annotations

from dataclasses import dataclass

from .class_map import ClassTargets
from .network_run import NetworkRun


@dataclass(frozen=True)
class ApplyModel:
    """What is asked of `applymodel`.

    Args:
        run: The network and its rasters.
        targets: What is made of it; of a regression, `output` alone.
    """

    run: NetworkRun
    targets: ClassTargets

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(self.targets.made.values())
