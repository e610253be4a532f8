"""Checks whether an explanation can be trusted: does it change with the weights, does it add up, does it fit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .attribution import Attribution
from .randomisation import FAILS

FAIR = 0.05
"""What attributions may miss of adding up before the user is warned, as a share."""

POOR_FIT = 0.5
"""A linear model that explains less of the scores' variance says little."""


@dataclass(frozen=True)
class Check:
    """One check.

    Args:
        name: What is asked.
        value: What was found.
        passed: Whether that is as it should be; `None`: it cannot be told.
        says: What it means.
    """

    name: str
    value: str
    passed: bool | None
    says: str


def randomisation(similarity: float) -> Check:
    """Whether the map changes when the weights are shuffled."""
    if math.isnan(similarity):
        return Check("Changes with the weights", "not known", None, "the maps hold too little to be compared")
    passed = similarity < FAILS
    says = (
        "the map of a network with shuffled weights is another one"
        if passed
        else "the map of a network with shuffled weights is much the same: it shows the image or the network's build "
        "rather than what the network has learnt"
    )
    return Check("Changes with the weights", f"rank correlation {similarity:.2f} (fails from {FAILS:g})", passed, says)


def completeness(found: Attribution, difference: float) -> Check | None:
    """Whether attributions add up to what the image adds to the baseline; `None` for methods that need not.

    Values of Kernel SHAP are held against scores that were asked for apart from it.
    """
    if math.isfinite(found.rest):
        return _adding_up("Completeness", found.added_up - difference, difference, "missed")
    if math.isnan(found.delta):
        return None
    if not math.isnan(found.difference):
        difference = found.difference
    return _adding_up("Completeness", found.delta, difference)


def completeness_of_tiles(missed: float, differences: float) -> Check:
    """The same of all tiles of an extent, of sums without signs: what tiles miss, and what they must add up to."""
    return _adding_up("Completeness (all tiles)", missed, differences)


def _adding_up(name: str, delta: float, difference: float, called: str = "convergence delta") -> Check:
    """Whether what is missed is a small share of the difference."""
    missed = abs(delta) / max(abs(difference), 1e-12)
    says = (
        "attributions add up to the difference between image and baseline"
        if missed <= FAIR
        else "attributions do not add up; raise SAMPLES"
    )
    return Check(
        name,
        f"{called} {delta:.3g} of {difference:.3g} ({100 * missed:.2g} %)",
        missed <= FAIR,
        says,
    )


def fit(found: Attribution) -> Check | None:
    """Whether the linear model of LIME follows the network; `None` for other methods."""
    if math.isnan(found.fit):
        return None
    passed = found.fit >= POOR_FIT
    says = (
        "the linear model follows the network where it was not fitted to it"
        if passed
        else "the network is far from linear here, or SAMPLES are too few: trust it little"
    )
    return Check("Fit of the linear model", f"R² {found.fit:.2f}", passed, says)
