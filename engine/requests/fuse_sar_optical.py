"""Fuse SAR and optical: one map of what radar and optical images of a place show, before and after an event."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from .class_map import ClassTargets
from .targets import NetworkRequest
from .words import check_word

SENSORS = ("optical", "sar", "optical_before", "sar_before")
"""What may be given, by the names that the inputs of models have for it."""

RADAR = ("sar", "sar_before")
OPTICAL = ("optical", "optical_before")
SAR_UNITS = ("auto", "db", "linear", "scaled")


@dataclass(frozen=True)
class FuseSarOptical(NetworkRequest):
    """What is asked of `fusesaroptical`.

    Args:
        run: The network and its rasters: `inputs` and `further_inputs` in the order of `SENSORS`, empty where there is
            none; BANDS and SCALE number them in that order.
        targets: What is made of it.
        sar_unit: What the radar's values are: `db` (decibels), `linear` (powers), `scaled` (as the model's own images,
            8 bits), or `auto`: recognised by the values.
        dates: The day of each sensor's images as ISO text, as QGIS knows it; empty where it does not.
        min_area_m2: Smaller areas join their largest neighbour; 0: none do.
        smooth_m: Boundary details up to about this size are cut off; 0: pixel edges.
    """

    targets: ClassTargets
    sar_unit: str = "auto"
    dates: tuple[str, ...] = ("",) * len(SENSORS)
    min_area_m2: float = 0.0
    smooth_m: float = 0.0

    def __post_init__(self) -> None:
        check_word("SAR_UNIT", self.sar_unit, SAR_UNITS)
        if len(self.files) != len(SENSORS) or len(self.dates) != len(SENSORS):
            raise ValueError("rasters and dates are given for each sensor")
        if self.min_area_m2 < 0 or self.smooth_m < 0:
            raise InputError("MIN_AREA and SMOOTH cannot be negative; 0 leaves the result as it is.")
        self.targets.check_smoothing(self.smooth_m)

    @property
    def files(self) -> tuple[tuple[str, ...], ...]:
        """The rasters of each sensor, in the order of `SENSORS`."""
        return (self.run.inputs, *self.run.further_inputs)
