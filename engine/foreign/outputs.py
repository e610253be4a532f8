"""Chooses the output of a network that is used, and finds out what its axes are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ..errors import ModelError
from .claims import Claims
from .network_file import Given, NetworkFile

AXES = {"N": "batch", "C": "channel", "H": "height", "W": "width"}
READINGS = {
    4: ("NCHW", "NHWC"),
    3: ("NHW", "CHW", "HWC"),
    2: ("HW",),
}
"""How an array of so many axes may be an image, the likelier first; without `C` it has one channel."""

COARSEST = 64
"""An output pixel stands for at most so many input pixels along a side; fewer pixels are no image."""


@dataclass(frozen=True)
class Head:
    """The output that is used.

    Args:
        name: Its name.
        classes: What is said of its classes, by number; empty: nothing.
        others: Names of the outputs that are not used.
    """

    name: str
    classes: Mapping[int, str]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Image:
    """How an output is to be read as an image.

    Args:
        axes: Letters of its axes in order, of `NCHW`.
        channels: How many it has.
        rows_px: Its rows in the trial.
        ratio: As in `ModelOutput`.
        margin_px: As in `ModelOutput`.
    """

    axes: str
    channels: int
    rows_px: int
    ratio: Fraction
    margin_px: int


def choose_head(claims: Claims, names: Sequence[str], path: Path) -> Head:
    """The output that is named, else the first of which classes are named, else the first.

    Raises:
        ModelError: There is no such output, or classes are named for another number of outputs.
    """
    per_output = len(claims.classes) > 1
    if claims.head and claims.head not in names:
        raise ModelError(
            "The network in {path} has no output {found}. It has {known}. Change HEAD.",
            path=str(path),
            found=claims.head,
            known=", ".join(names),
        )
    if per_output and len(claims.classes) != len(names):
        raise ModelError(
            "The metadata of {path} names classes for {found} outputs; the network has {expected} ({names}). "
            "Give CLASSES, and HEAD for the output they belong to.",
            path=str(path),
            found=len(claims.classes),
            expected=len(names),
            names=", ".join(names),
        )
    index = names.index(claims.head) if claims.head else 0
    if per_output and not claims.head:
        index = next((number for number, classes in enumerate(claims.classes) if classes), 0)
    classes = claims.classes[index] if per_output else next(iter(claims.classes), {})
    return Head(names[index], classes, tuple(name for name in names if name != names[index]))


def read_image(given: Given, network: NetworkFile) -> Image | None:
    """How an output lies over the input; `None` where it is no image of it.

    An image has rows and columns in the proportion of the trial's tile: as many, a multiple, a part, or as many fewer
    on all sides.
    """
    for axes in sorted(READINGS.get(len(given.shape), ()), key=lambda axes: _strangeness(axes, network)):
        sizes = dict(zip(axes, given.shape))
        fit, across = (_fit(sizes[axis], side_px) for axis, side_px in zip("HW", network.size_px))
        batch_fits = sizes.get("N", 1) == max(1, network.inputs[0].shape[0])
        if fit is not None and fit == across and batch_fits:
            return Image(axes, sizes.get("C", 1), sizes["H"], *fit)
    return None


def _strangeness(axes: str, network: NetworkFile) -> bool:
    """Readings whose order of axes is the input's come first."""
    return axes.endswith("C") != network.inputs[0].layout.endswith("C")


def _fit(found_px: int, side_px: int) -> tuple[Fraction, int] | None:
    """Ratio and margin by which a side of the output comes of the input's."""
    if found_px < 2 or found_px * COARSEST < side_px:
        return None
    if found_px % side_px == 0 or side_px % found_px == 0:
        return Fraction(found_px, side_px), 0
    if found_px < side_px and (side_px - found_px) % 2 == 0:
        return Fraction(1), (side_px - found_px) // 2
    return None
