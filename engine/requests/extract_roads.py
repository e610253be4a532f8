"""Extract roads: a network of centrelines from images."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from .targets import NetworkRequest, Targets


@dataclass(frozen=True)
class LineTargets(Targets):
    """The files of a line map; those with an empty path are not made.

    Args:
        output: Vector file of the centrelines.
        nodes: Vector file of the places where lines end or meet.
        probability: How probable a line is in each pixel, 0–1.
        orientation: In which direction lines run, degrees clockwise from the map's north, 0–180.
        mask_raster: 1 where the probability reaches the threshold, else 0.
    """

    output: str = ""
    nodes: str = ""
    probability: str = ""
    orientation: str = ""
    mask_raster: str = ""


@dataclass(frozen=True)
class LineShaping:
    """How lines are made of what the network says.

    Args:
        threshold: Probability from which on a pixel is a road's, 0–1; 0: the model's own.
        min_length_m: Dead ends that are shorter are left out, and what hangs together and is not three times as long.
        max_gap_m: Gaps up to this length may be bridged; 0: none is.
        simplify_m: How far a line may lie from the middle of its pixels; 0: all points stay.
    """

    threshold: float = 0.0
    min_length_m: float = 20.0
    max_gap_m: float = 40.0
    simplify_m: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.threshold < 1:
            raise InputError(
                "THRESHOLD is {found:g}; it must be a probability between 0 and 1, or 0 for the model's own.",
                found=self.threshold,
            )
        if min(self.min_length_m, self.max_gap_m, self.simplify_m) < 0:
            raise InputError("MIN_LENGTH, MAX_GAP and SIMPLIFY cannot be negative; 0 switches them off.")


@dataclass(frozen=True)
class ExtractRoads(NetworkRequest):
    """What is asked of `extractroads`.

    Args:
        run: The network and its rasters.
        targets: What is made of it.
        shaping: How lines are made.
    """

    targets: LineTargets
    shaping: LineShaping = LineShaping()
