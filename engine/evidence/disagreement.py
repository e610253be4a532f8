"""Says in sentences where two things that are known of a map do not fit together."""

from __future__ import annotations

import math

from ..accuracy_report import percent
from ..class_names import ClassNames
from .tally import Count, Tally, share

MORE, LESS = 1.25, 0.8
"""From where one is told to be more, or less, than what it is held against."""


def disagreements(tally: Tally, names: ClassNames) -> list[tuple[str, str]]:
    """What is held against what, and what comes of it; only what is known is spoken of."""
    found = []
    if sum(tally.both.values()):
        found.append(("Uncertainty and physics", _doubt_and_physics(tally)))
    if tally.whole.attributed and tally.whole.told:
        text = _ground(tally, tally.on_unsure, "unsure", "the model doubts")
        found.append(("Explanation and uncertainty", text))
    if tally.whole.attributed and tally.whole.with_residual:
        text = _ground(tally, tally.on_impossible, "impossible", "is mapped as cannot be")
        found.append(("Explanation and physics", text))
    if tally.bounds.explained is not None:
        found.append(("Explanation and map", _explanation_and_map(tally, names)))
    return found


def _doubt_and_physics(tally: Tally) -> str:
    """Whether the model doubts what cannot be."""
    both, sure_from = tally.both, percent(tally.bounds.sure_from)
    wrong = both[True, True] + both[False, True]
    told_of = wrong + both[True, False] + both[False, False]
    if not wrong:
        return f"None of the {told_of:,} pixels with a residual contradicts physics."
    sure = share(both[False, True], wrong)
    told = f"{percent(wrong / told_of)} of the pixels with a residual ({wrong:,}) contradict physics."
    times = tally.foresight
    if math.isinf(times):
        return f"{told} All of them are unsure: doubt finds them."
    told += (
        f" {percent(sure)} of them are mapped with a confidence of {sure_from} or more: there the model is sure of "
        "what cannot be."
    )
    if math.isnan(times) or not both[True, True] + both[True, False]:
        return told
    if times > MORE:
        return f"{told} Unsure pixels contradict it {times:.1f} times as often as sure ones: doubt points at them."
    if times < LESS:
        return f"{told} Unsure pixels contradict it {times:.1f} times as often as sure ones: doubt points elsewhere."
    return f"{told} Unsure pixels contradict it about as often as sure ones: doubt does not tell where."


def _ground(tally: Tally, part: Count, which: str, what: str) -> str:
    """Whether the explanation rests on ground that is in doubt."""
    if not part.pixels:
        return f"No pixel is {which}."
    area = share(part.attributed, tally.whole.attributed)
    carried, times = share(part.attribution, tally.whole.attribution), tally.concentration(part)
    told = (
        f"{which.capitalize()} pixels are {percent(area)} of the place and carry {percent(carried)} of the attribution"
    )
    if math.isnan(times):
        return f"{told}."
    if times > MORE:
        return f"{told}, {times:.1f} times their part: what was explained rests on ground that {what}."
    if times < LESS:
        return f"{told}, {times:.1f} times their part: what was explained hardly rests on ground that {what}."
    return f"{told}, about their part."


def _explanation_and_map(tally: Tally, names: ClassNames) -> str:
    """How much of a class speaks against it."""
    explained = tally.bounds.explained
    name = names.name(explained) if explained is not None else ""
    own = tally.by_class.get(explained, Count()) if explained is not None else Count()
    if not own.pixels:
        return f"No pixel of the place is mapped as {name}, which was explained."
    if not own.against:
        return f"Of the pixels that are mapped as {name} none speaks against it."
    part = f"{percent(own.against / own.pixels)} of the pixels that are mapped as {name} ({own.against:,})"
    return f"{part} speak against it: there the map follows what lies around them."
