"""Finds out what makes probabilities of the numbers that a segmentation gives, from what a trial of it gave."""

from __future__ import annotations

from pathlib import Path

from ..errors import ModelError
from .network_file import Given

PROBABILITIES = ("Softmax", "Sigmoid", "HardSigmoid")
"""Last operations of networks that give probabilities themselves."""

SLACK = 0.001
"""Probabilities may leave 0–1 by this much: rounding."""


def usual(channels: int) -> str:
    """What makes probabilities of so many channels of scores."""
    return "sigmoid" if channels == 1 else "softmax"


def assumed_activation(given: Given, channels: int, path: Path) -> tuple[str, str]:
    """What makes probabilities where nobody says it: nothing if the network does, else the usual.

    Returns:
        The activation, and a sentence on it where it is assumed; else an empty one.

    Raises:
        ModelError: A lone channel gave numbers that are neither probabilities nor scores, like a mask of 0 and 255.
    """
    if given.operation in PROBABILITIES:
        return "none", ""
    if -SLACK <= given.lowest < given.highest <= 1 + SLACK:  # a Gather or a mean may follow
        return "none", (
            f"It gives probabilities: on a trial all numbers lay between 0 and 1. If they are none, set ACTIVATION to "
            f"{usual(channels)}."
        )
    if channels == 1 and (given.whole or given.lowest >= 0):
        raise ModelError(
            "On a trial the one channel of the network in {path} gave {kind} from {low} to {high}: nothing tells how "
            "they become a class. Set ACTIVATION to none if the class is where they are 0.5 or more, as with a mask "
            "of 0 and 255, or to sigmoid if they are scores, of which those above 0 are the class.",
            path=str(path),
            kind="whole numbers" if given.whole else "numbers",
            low=f"{given.lowest:.3g}",
            high=f"{given.highest:.3g}",
        )
    return usual(channels), f"A {usual(channels)} makes probabilities of its output."


def doubt(activation: str, given: Given, channels: int) -> str:
    """A sentence where the numbers are used as they are, but are no probabilities; else an empty one."""
    if activation != "none" or -SLACK <= given.lowest <= given.highest <= 1 + SLACK:
        return ""
    return (
        f"On a trial it gave numbers from {given.lowest:.3g} to {given.highest:.3g}, which are no probabilities. "
        f"If its last layer is missing, set ACTIVATION to {usual(channels)}."
    )
