"""Says in sentences where two things that are known of a map do not fit together."""

from __future__ import annotations

import math

from ..classes.class_names import ClassNames
from ..pages.report_page import percent
from .tally import Count, Tally, share

MORE, LESS = 1.25, 0.8
"""From where one is told to be more, or less, than what it is held against."""

LEAST_PX = 100
"""Unsure and sure pixels from which they are compared: of fewer a ratio tells nothing."""


def disagreements(tally: Tally, names: ClassNames) -> list[tuple[str, str]]:
    """What is held against what, and what comes of it; only what is known is spoken of."""
    found = []
    if sum(tally.both.values()):
        found.append(("Uncertainty and physics", _doubt_and_physics(tally)))
    if tally.whole.attributed and tally.whole.told:
        found.append(("Explanation and uncertainty", _ground(tally, tally.on_unsure, "unsure", "the model doubts")))
    if tally.whole.attributed and tally.whole.with_residual:
        text = _ground(tally, tally.on_impossible, "impossible", "is mapped as it cannot be")
        found.append(("Explanation and physics", text))
    if tally.bounds.explained is not None:
        found.append(("Explanation and map", _explanation_and_map(tally, names, tally.bounds.explained)))
    return found


def _doubt_and_physics(tally: Tally) -> str:
    """Whether the model doubts what cannot be."""
    both, sure_from = tally.both, percent(tally.bounds.sure_from)
    unsure, sure = both[True, True] + both[True, False], both[False, True] + both[False, False]
    wrong = both[True, True] + both[False, True]
    if not wrong:
        return f"None of the {unsure + sure:,} pixels with a residual and a confidence contradicts physics."
    told = (
        f"{percent(wrong / (unsure + sure))} of the pixels with a residual and a confidence ({wrong:,}) contradict "
        "physics."
    )
    if not both[False, True]:
        return f"{told} All of them are unsure."
    told += (
        f" {percent(both[False, True] / wrong)} of them are mapped with a confidence of {sure_from} or more: there the "
        "model is sure of what cannot be."
    )
    if min(unsure, sure) < LEAST_PX:
        return told
    times = tally.foresight
    if times > MORE:
        return f"{told} Unsure pixels contradict it {times:.1f} times as often as sure ones: doubt points at them."
    if times < LESS:
        return f"{told} Unsure pixels contradict it {times:.1f} times as often as sure ones: doubt points elsewhere."
    return f"{told} Unsure pixels contradict it about as often as sure ones: doubt does not tell where."


def _ground(tally: Tally, part: Count, which: str, what: str) -> str:
    """How much of the explanation rests on ground that is in doubt."""
    if not part.attributed:
        return f"No pixel with an attribution is {which}."
    area = share(part.attributed, tally.whole.attributed)
    carried, times = share(part.attribution, tally.whole.attribution), tally.concentration(part)
    told = (
        f"{which.capitalize()} pixels are {percent(area)} of those with an attribution and carry {percent(carried)} of "
        "it"
    )
    if math.isnan(times):
        return f"{told}."
    compared = (
        "more than their part" if times > MORE else "less than their part" if times < LESS else "about their part"
    )
    mostly = f": what was explained rests for the most part on ground that {what}" if carried > 0.5 else ""
    return f"{told}, {compared}{mostly}."


def _explanation_and_map(tally: Tally, names: ClassNames, explained: int) -> str:
    """How much of a class lowers the score that was explained."""
    name, own = names.name(explained), tally.by_class.get(explained, Count())
    if not own.pixels:
        return f"No pixel of the place is mapped as {name}, which was explained."
    if not own.lowering:
        return f"Of the pixels that are mapped as {name} none lowers the score that was explained."
    part = f"{percent(own.lowering / own.pixels)} of the pixels that are mapped as {name} ({own.lowering:,})"
    return f"{part} lower the score that was explained."
