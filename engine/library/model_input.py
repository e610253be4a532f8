"""What a model reads: its inputs as the card's `mlm:input` entries describe them.

An input that has `terraloom:optional` may be missing, whole or in part: its network gets 0 there in every band, and
gives results where at least one of its optional inputs shows something. One whose name ends in `_before` shows what was
before an event, which tells nothing of now: it counts there only where no image of now is given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..errors import ModelError

LAYOUTS = ("NCHW", "NHWC")
AXES = {"batch": "N", "bands": "C", "channel": "C", "class": "C", "height": "H", "width": "W"}
"""What the names in a `dim_order` stand for."""

BEFORE = "_before"
"""Behind the name of an input: the same sensor before the event."""


@dataclass(frozen=True)
class Band:
    """One band the model reads: raw value x becomes (x - mean) / std."""

    name: str
    mean: float
    std: float

    def __post_init__(self) -> None:
        if not self.std > 0:
            raise ModelError("Band {band} of the model card has no positive standard deviation.", band=self.name)


@dataclass(frozen=True)
class ModelInput:
    """One raster the model reads.

    Args:
        name: Name of the ONNX input.
        bands: Its bands in order.
        value_range: Lowest and highest raw value the model was trained on, or `None` where the card is silent.
        resolution_m: Pixel size the model was trained for, or `None`: any.
        resolution_range_m: Pixel sizes that are taken as they are; others are warped to `resolution_m`.
        layout: Order of the axes: `NCHW` or `NHWC`.
        days: Days of the dates of a series, rising, counted from any day; empty: a single image.
        dates: The dates themselves as ISO texts, one for each day, where they are known.
        stretch: What the 2nd and 98th percentile of a training image typically are, all bands together; images of
            another unit are brought there. `None`: they are refused.
        grey_allowed: Whether a single band, as of a panchromatic sensor, may feed all of them.
        optional: Whether it may be missing; see above.
        raster_bands: The raster's band for each of `bands`, by its number from 1, where a model goes by numbers rather
            than names; empty: it does not.
        decibels: Of radar, the decibels that the ends of `value_range` stand for; `None`: the card is silent.
    """

    name: str
    bands: tuple[Band, ...]
    value_range: tuple[float, float] | None = None
    resolution_m: float | None = None
    resolution_range_m: tuple[float, float] | None = None
    layout: str = "NCHW"
    days: tuple[int, ...] = ()
    dates: tuple[str, ...] = ()
    stretch: tuple[float, float] | None = None
    grey_allowed: bool = False
    optional: bool = False
    decibels: tuple[float, float] | None = None
    raster_bands: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.layout not in LAYOUTS:
            raise ModelError(
                "Input {name} of the model card has its axes in the order {found}; it must be one of {known}.",
                name=self.name,
                found=self.layout,
                known=", ".join(LAYOUTS),
            )
        if any(later <= earlier for earlier, later in zip(self.days, self.days[1:])):
            raise ModelError(
                "The days of input {name} of the model card do not rise: {days}.",
                name=self.name,
                days=", ".join(map(str, self.days)),
            )
        if self.dates and len(self.dates) != len(self.days):
            raise ModelError(
                "Input {name} of the model card has {days} days and {dates} dates; there must be one for each.",
                name=self.name,
                days=len(self.days),
                dates=len(self.dates),
            )
        if self.raster_bands and (len(self.raster_bands) != len(self.bands) or min(self.raster_bands) < 1):
            raise ModelError(
                "The terraloom:raster_bands of input {name} of the model card must be a number from 1 for each band.",
                name=self.name,
            )
        if self.decibels and not (self.value_range and self.decibels[0] < self.decibels[1]):
            raise ModelError(
                "The terraloom:decibels of input {name} of the model card must be two rising values, and there must be "
                "a terraloom:value_range, whose ends they stand for.",
                name=self.name,
            )
        finest, coarsest = self.resolution_range_m or (1.0, 1.0)
        if not (0 < (self.resolution_m or 1.0) < math.inf and 0 <= finest <= coarsest):
            raise ModelError(
                "The pixel sizes that the model card tells for input {name}, {found}, cannot be: they are metres, "
                "above 0, and a range of them rises.",
                name=self.name,
                found=", ".join(f"{size:g}" for size in (self.resolution_m, *(self.resolution_range_m or ())) if size),
            )
        low, high = self.value_range or (0.0, 0.0)
        if self.stretch and not low <= self.stretch[0] < self.stretch[1] <= high:
            raise ModelError(
                "The terraloom:stretch of input {name} of the model card, {found}, is not two rising values within its "
                "terraloom:value_range.",
                name=self.name,
                found=", ".join(f"{value:g}" for value in self.stretch),
            )

    @property
    def band_names(self) -> tuple[str, ...]:
        """The names of the bands, those of one date, in the network's order."""
        return tuple(band.name for band in self.bands)

    @property
    def is_before(self) -> bool:
        """Whether its images are from before an event."""
        return self.name.endswith(BEFORE)

    @property
    def is_series(self) -> bool:
        """Whether it is a series of images."""
        return bool(self.days)

    @property
    def times(self) -> int:
        """Number of dates, 1 for a single image."""
        return len(self.days) or 1

    @property
    def channels(self) -> int:
        """Channels that the network reads, all dates together."""
        return len(self.bands) * self.times

    @property
    def least_bands(self) -> int:
        """Bands that a raster, or a date of it, must have at least."""
        return 1 if self.grey_allowed else len(self.bands)


def read_input(entry: dict[str, Any]) -> ModelInput:
    """Read one `mlm:input`: `value_scaling` holds a z-score per band (of one date), in the bands' order."""
    names = [band if isinstance(band, str) else band["name"] for band in entry["bands"]]
    if not all(isinstance(name, str) for name in names):
        raise ValueError("bands must have texts for names")
    scaling = entry.get("value_scaling") or [{"type": "z-score", "mean": 0.0, "stddev": 1.0}]
    if len(scaling) == 1:
        scaling = scaling * len(names)
    if len(scaling) != len(names) or any(step.get("type") != "z-score" for step in scaling):
        raise ValueError("value_scaling must be one z-score per band")
    resolution = entry.get("terraloom:resolution_m")
    return ModelInput(
        name=str(entry["name"]),
        bands=tuple(Band(name, float(step["mean"]), float(step["stddev"])) for name, step in zip(names, scaling)),
        value_range=_range(entry, "terraloom:value_range"),
        resolution_m=float(resolution) if resolution else None,
        resolution_range_m=_range(entry, "terraloom:resolution_range_m"),
        layout=layout_of(entry.get("input", {})),
        days=tuple(int(day) for day in entry.get("terraloom:days") or ()),
        dates=tuple(_date(text) for text in entry.get("terraloom:dates") or ()),
        stretch=_range(entry, "terraloom:stretch"),
        grey_allowed=_flag(entry, "terraloom:grey_allowed"),
        optional=_flag(entry, "terraloom:optional"),
        decibels=_range(entry, "terraloom:decibels"),
        raster_bands=tuple(int(number) for number in entry.get("terraloom:raster_bands") or ()),
    )


def _flag(entry: dict[str, Any], key: str) -> bool:
    """Whether something is so; false where the card is silent.

    Raises:
        ValueError: It is neither true nor false.
    """
    found = entry.get(key, False)
    if not isinstance(found, bool):
        raise ValueError(f"{key} must be true or false")
    return found


def _range(entry: dict[str, Any], key: str) -> tuple[float, float] | None:
    """A lowest and a highest value; `None` where the card is silent.

    Raises:
        ValueError: It has more or fewer, or no numbers.
    """
    found = entry.get(key)
    if not found:
        return None
    if not isinstance(found, (list, tuple)) or len(found) != 2:
        raise ValueError(f"{key} must be two numbers")
    return float(found[0]), float(found[1])


def _date(text: str) -> str:
    """A date as ISO text; of a time its day.

    Raises:
        ValueError: It is none.
    """
    return date.fromisoformat(text[:10]).isoformat()


def layout_of(array: dict[str, Any]) -> str:
    """`NCHW` or `NHWC` from the `dim_order` of an array; `NCHW` where the card is silent."""
    order = array.get("dim_order") or ("batch", "channel", "height", "width")
    letters = "".join(AXES[axis] for axis in order)
    return {"CHW": "NCHW", "HWC": "NHWC", "NHW": "NCHW", "HW": "NCHW"}.get(letters, letters)
