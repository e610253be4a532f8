"""Holds the models of an ensemble against each other: they must speak of the same classes on the same pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..library.card import ModelCard
from ..library.model_input import ModelInput
from ..requests.fuse_sar_optical import SENSORS

ONE_UNIT = 10.0
"""Ranges of training pixels whose lengths differ by more are of different units."""

MEMBERS = "terraloom:members"
"""Where the document of a joint card names the models."""


@dataclass(frozen=True)
class Rescaling:
    """What turns an input scaled for one model into that of another.

    Args:
        gain: By which values are multiplied, `(bands, 1, 1)`.
        bias: What is added then, of the same shape.
        keeps_none: Whether 0 in every band stays so, which is nodata or a missing input in either scale.
    """

    gain: NDArray[np.float32]
    bias: NDArray[np.float32]
    keeps_none: bool

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The input as the other model wants it, `(bands, rows, cols)`."""
        found = values * self.gain + self.bias
        return np.where(values.any(axis=0), found, np.float32(0)) if self.keeps_none else found


def joint_card(cards: Sequence[ModelCard]) -> ModelCard:
    """What is true of all models: the first card, with a stride, reach and tiles that suit every one of them.

    Raises:
        ModelError: Two of them do not speak of the same.
    """
    first, *others = cards
    for other in others:
        _check_alike(first, other)
    if not others:
        return first
    sides = [card.tile_px for card in cards if card.tile_px is not None]
    return replace(
        first,
        model_id=" + ".join(card.model_id for card in cards),
        title=" + ".join(card.title for card in cards),
        stride_px=math.lcm(*(card.stride_px for card in cards)),
        receptive_radius_px=max(card.receptive_radius_px for card in cards),
        global_operations=tuple(dict.fromkeys(name for card in cards for name in card.global_operations)),
        tile_px=min(sides) if sides else None,
        overlap=max(card.overlap for card in cards),
        document={
            **first.document,
            MEMBERS: [{"id": card.model_id, "temperature": card.output.temperature} for card in cards],
        },
    )


def rescaling(first: ModelCard, other: ModelCard) -> list[Rescaling] | None:
    """What turns inputs scaled for the first model into those of another; `None`: they are the same."""
    if all(_scales(one) == _scales(two) for one, two in zip(first.inputs, other.inputs)):
        return None
    return [_rescaling(one, two) for one, two in zip(first.inputs, other.inputs)]


def _rescaling(one: ModelInput, two: ModelInput) -> Rescaling:
    gain = [before.std / after.std for before, after in zip(one.bands, two.bands)]
    bias = [(before.mean - after.mean) / after.std for before, after in zip(one.bands, two.bands)]
    shape = -1, 1, 1
    return Rescaling(
        np.array(gain * one.times, np.float32).reshape(shape),
        np.array(bias * one.times, np.float32).reshape(shape),
        one.optional or any(band.mean for band in one.bands),  # else values of 0 are as usual as any
    )


def _scales(wants: ModelInput) -> list[tuple[float, float]]:
    return [(band.mean, band.std) for band in wants.bands]


def _check_alike(first: ModelCard, other: ModelCard) -> None:
    """Refuse two models whose probabilities cannot be averaged.

    Raises:
        ModelError: It names both, and what differs.
    """
    for what, one, two in (
        ("the classes", _classes(first), _classes(other)),
        ("the task", first.task, other.task),
        ("the sensors", _sensors(first), _sensors(other)),
        ("the inputs", _inputs(first), _inputs(other)),
        ("the pixel size", _resolutions(first), _resolutions(other)),
        ("the size of the output", _output(first), _output(other)),
    ):
        if one != two:
            raise _unlike(what, first, other, one, two)
    if not all(map(_have_one_unit, first.inputs, other.inputs)):
        raise _unlike("the values of the inputs", first, other, _units(first), _units(other))


def _unlike(what: str, first: ModelCard, other: ModelCard, one: str, two: str) -> ModelError:
    return ModelError(
        "The models of an ensemble must speak of the same, but {what} of {first} are not those of {other}: "
        "{one} against {two}. Choose models that were trained for the same map.",
        what=what,
        first=first.model_id,
        other=other.model_id,
        one=one,
        two=two,
    )


def _have_one_unit(one: ModelInput, two: ModelInput) -> bool:
    """Whether the same raw values may go into both: ranges are those of training pixels, and never quite the same."""
    if one.decibels != two.decibels:
        return False
    if one.value_range is None or two.value_range is None:
        return True
    spans = sorted(high - low for low, high in (one.value_range, two.value_range))
    return spans[1] <= ONE_UNIT * spans[0]


def _classes(card: ModelCard) -> str:
    if card.legend is None:
        return "none"
    return ", ".join(f"{entry.value} {entry.name}" for entry in card.legend.entries)


def _sensors(card: ModelCard) -> str:
    """Those that it fuses, in its order: bands alone do not tell radar of one date from that of the other."""
    return ", ".join(wants.name for wants in card.inputs if wants.name in SENSORS) or "none"


def _inputs(card: ModelCard) -> str:
    def told(wants: ModelInput) -> str:
        dates = f" on days {', '.join(map(str, wants.days))}" if wants.days else ""
        spare = " (optional)" if wants.optional else ""
        return ", ".join(wants.band_names) + dates + spare

    return "; ".join(map(told, card.inputs))


def _units(card: ModelCard) -> str:
    def told(wants: ModelInput) -> str:
        low_high = "any values" if wants.value_range is None else "{:g} to {:g}".format(*wants.value_range)
        return low_high + ("" if wants.decibels is None else " for {:g} to {:g} dB".format(*wants.decibels))

    return "; ".join(map(told, card.inputs))


def _resolutions(card: ModelCard) -> str:
    def told(wants: ModelInput) -> str:
        wanted = f"{wants.resolution_m:g} m" if wants.resolution_m else "any"
        low, high = wants.resolution_range_m or (0.0, 0.0)
        return f"{wanted} (from {low:g} to {high:g} m)" if high else wanted

    return "; ".join(map(told, card.inputs))


def _output(card: ModelCard) -> str:
    return f"ratio {card.output.ratio}, margin {card.output.margin_px} px"
