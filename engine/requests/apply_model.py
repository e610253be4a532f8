"""Apply a model: any network with a card over a raster."""

from __future__ import annotations

from dataclasses import dataclass

from .class_map import ClassTargets, Generalisation
from .targets import NetworkRequest


@dataclass(frozen=True)
class ApplyModel(NetworkRequest):
    """What is asked of `applymodel`.

    Args:
        run: The network and its rasters.
        targets: What is made of it; of a regression, `output` alone.
        generalisation: What is done to a class map.
    """

    targets: ClassTargets
    generalisation: Generalisation = Generalisation()

    def __post_init__(self) -> None:
        self.generalisation.check_use(self.targets)
