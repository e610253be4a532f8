"""Names what a network reads, channel by channel: which band of which input, on which date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ..library.card import ModelCard

BAND, INPUT, DATE = "band", "input", "date"
"""What a group of channels may be."""


@dataclass(frozen=True)
class Channel:
    """A channel that the network reads.

    Args:
        input: Name of the model's input.
        band: Name of the band.
        date: Which date of a series, as ISO text or as `date 2`; empty: a single image.
    """

    input: str
    band: str
    date: str = ""


@dataclass(frozen=True)
class Group:
    """Channels that are spoken of together.

    Args:
        kind: `band`, `input` or `date`.
        name: What it is called.
        channels: Their numbers.
        is_there: Whether the image holds any of them: sensors that a model can do without may be left out.
    """

    kind: str
    name: str
    channels: tuple[int, ...]
    is_there: bool = True


def channels_of(card: ModelCard) -> tuple[Channel, ...]:
    """All channels of all inputs, in the order in which the network takes them."""
    found = []
    for wants in card.inputs:
        dates = wants.dates or tuple(f"date {number}" for number in range(1, len(wants.days) + 1)) or ("",)
        found += [Channel(wants.name, band, date) for date in dates for band in wants.band_names]
    return tuple(found)


def band_groups(channels: Sequence[Channel]) -> tuple[Group, ...]:
    """Each channel by itself, named as shortly as can be told apart."""
    several = len({channel.input for channel in channels}) > 1
    names = [
        ": ".join(part for part in (channel.input if several else "", channel.date, channel.band) if part)
        for channel in channels
    ]
    return tuple(Group(BAND, name, (number,)) for number, name in enumerate(names))


def joint_groups(channels: Sequence[Channel]) -> tuple[Group, ...]:
    """The channels of each input where there are several, and those of each date where there is a series."""
    groups = []
    inputs = list(dict.fromkeys(channel.input for channel in channels))
    if len(inputs) > 1:
        groups += [Group(INPUT, name, _where(channels, input=name)) for name in inputs]
    for name in inputs:
        dates = list(dict.fromkeys(each.date for each in channels if each.input == name and each.date))
        shown = f"{name}: " if len(inputs) > 1 else ""
        groups += [Group(DATE, shown + date, _where(channels, input=name, date=date)) for date in dates]
    return tuple(groups)


def marked_absent(groups: Sequence[Group], channels: Sequence[Channel], absent: Collection[str]) -> tuple[Group, ...]:
    """The groups, of which those that are of absent inputs alone are not there."""
    return tuple(
        replace(group, is_there=any(channels[number].input not in absent for number in group.channels))
        for group in groups
    )


def _where(channels: Sequence[Channel], **wanted: str) -> tuple[int, ...]:
    """The numbers of the channels of which all of this is true."""
    return tuple(
        number
        for number, channel in enumerate(channels)
        if all(getattr(channel, name) == value for name, value in wanted.items())
    )
