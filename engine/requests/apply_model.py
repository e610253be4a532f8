"""Apply a model: any network with a card over a raster."""

from __future__ import annotations

from dataclasses import dataclass

from .network_run import NetworkRun


@dataclass(frozen=True)
class ApplyModel:
    """What is asked of `applymodel`. Outputs with an empty path are not made.

    Args:
        run: The network and its rasters.
        output: Class raster (segmentation) or value raster (regression).
        probabilities: One band a class, 0–1.
        confidence: Probability of the class that won, 0–1.
        polygons: Vector file of the class areas.
        areas: Table of the area of each class.
    """

    run: NetworkRun
    output: str = ""
    probabilities: str = ""
    confidence: str = ""
    polygons: str = ""
    areas: str = ""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files it asks for."""
        return tuple(
            path for path in (self.output, self.probabilities, self.confidence, self.polygons, self.areas) if path
        )
