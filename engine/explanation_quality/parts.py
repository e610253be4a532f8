"""Tells of a part of the work where the whole is."""

from __future__ import annotations

from ..explanation.evaluations import Told


def part_of(told: Told, start: float, end: float) -> Told:
    """What a part tells that goes from one share of the whole to another."""
    return lambda share: told(start + (end - start) * share)
