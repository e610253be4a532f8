"""Brings together the classes that are named and the channels that a network gives."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import ModelError
from ..legend import BACKGROUND, NODATA, SPARE_COLOURS, Legend, LegendEntry


def legend_of(names: Mapping[int, str], channels: int, colours: Mapping[int, str], path: str) -> Legend:
    """The classes of a segmentation.

    Args:
        names: Names by class number; empty: none are named.
        channels: How many channels the network gives. One scores the second of two classes.
        colours: Colours as `RRGGBB` by class number; the rest get one of ours.
        path: The file, for messages.

    Returns:
        One entry for each channel (two for a single one). Where names are missing between others, class 0 is the
        background and the rest are `Class i`. Numbers that are no channels are raster values, in their order.

    Raises:
        ModelError: There are more or fewer names than classes.
    """
    classes = max(2, channels)
    if classes >= NODATA:
        raise ModelError(
            "The network in {path} gives {found} channels; a class raster holds at most {most} classes. "
            "For values instead of classes set TASK to regression.",
            path=path,
            found=channels,
            most=NODATA - 1,
        )
    if channels == 1 and len(names) == 1:
        names = {1: next(iter(names.values()))}
        colours = {}
    if not names or max(names) == classes - 1:
        named = {number: names.get(number) or _spare_name(number, bool(names), channels) for number in range(classes)}
    elif len(names) == classes:
        named = dict(names)
    else:
        raise mismatch(names, classes, channels, path)
    return _legend(named, colours)


def objects_of(names: Mapping[int, str], count: int, path: str) -> Legend:
    """The classes of a detector that scores `count` of them.

    Raises:
        ModelError: There are more or fewer names than classes.
    """
    if names and (len(names) != count or max(names) != count - 1):
        raise mismatch(names, count, count, path)
    return _legend({number: names.get(number) or f"Class {number}" for number in range(count)}, {})


def channel_names(names: Mapping[int, str], channels: int, path: str) -> tuple[str, ...]:
    """Names of the channels of a regression or super-resolution.

    Raises:
        ModelError: There are more or fewer names than channels.
    """
    if not names:
        return ("value",) if channels == 1 else tuple(f"channel_{number + 1}" for number in range(channels))
    if len(names) != channels:
        raise mismatch(names, channels, channels, path)
    return tuple(names.values())


def mismatch(names: Mapping[int, str], classes: int, channels: int, path: str) -> ModelError:
    """Says that names and channels do not go together."""
    return ModelError(
        "{path} names {found} classes ({names}); its network gives {channels} channels, that is {classes} classes. "
        "Give as many names as CLASSES.",
        path=path,
        found=len(names),
        names=", ".join(f"{number}: {name}" for number, name in names.items()),
        channels=channels,
        classes=classes,
    )


def _legend(names: Mapping[int, str], colours: Mapping[int, str]) -> Legend:
    """Entries in order; those without a colour get one of ours.

    Raises:
        ModelError: Class rasters cannot hold one of the numbers.
    """
    for number, name in names.items():
        if not 0 <= number < NODATA:
            raise ModelError(
                "Class {name} has the value {value}; values must lie between 0 and 254. Give the names of all classes "
                "as CLASSES: values then count from 0.",
                name=name,
                value=number,
            )
    spare = {number: SPARE_COLOURS[place % len(SPARE_COLOURS)] for place, number in enumerate(names)}
    return Legend(
        tuple(LegendEntry(number, name, "#" + colours.get(number, spare[number])) for number, name in names.items())
    )


def _spare_name(number: int, others_are_named: bool, channels: int) -> str:
    """Name of a class that has none."""
    return BACKGROUND if number == 0 and (others_are_named or channels == 1) else f"Class {number}"
