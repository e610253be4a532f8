"""Fuse SAR and optical: one map of what radar and optical images of a place show, before and after an event."""

from __future__ import annotations

from dataclasses import dataclass

from .class_map import ClassTargets, Generalisation
from .targets import NetworkRequest
from .words import check_word

SENSORS = ("optical", "sar", "optical_before", "sar_before")
"""What may be given, by the names that the inputs of models have for it."""

RADAR = ("sar", "sar_before")
OPTICAL = ("optical", "optical_before")
AUTO = "auto"
SAR_UNITS = (AUTO, "db", "linear", "scaled")
"""What values of radar may be said to be; the first says nothing: it is recognised by the values."""


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
        generalisation: What is done to the map.
    """

    targets: ClassTargets
    sar_unit: str = "auto"
    dates: tuple[str, ...] = ("",) * len(SENSORS)
    generalisation: Generalisation = Generalisation()

    def __post_init__(self) -> None:
        check_word("SAR_UNIT", self.sar_unit, SAR_UNITS)
        if len(self.files) != len(SENSORS) or len(self.dates) != len(SENSORS):
            raise ValueError("rasters and dates are given for each sensor")
        self.generalisation.check_use(self.targets)

    @property
    def files(self) -> tuple[tuple[str, ...], ...]:
        """The rasters of each sensor, in the order of `SENSORS`."""
        return (self.run.inputs, *self.run.further_inputs)
