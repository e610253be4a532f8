"""Holds what a network's graph says of its reach against what the network gave in a trial."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from ..reach.receptive_field import ReceptiveField
from .claims import Claims

TRIAL_SIDES_PX = (256, 512, 1024)
"""Sides of the trial tile, about; the first that the network takes is used."""

TINY = 1e-5
"""Differences up to this come from rounding, in networks with sigmoids and the like."""


def trial_sides(claims: Claims, reach: ReceptiveField | None) -> Iterable[int]:
    """Sides to try for a network whose input takes any size, the likeliest first.

    That is the only one that its layers take, if so; else that of its tiles, and some that its stride divides.
    """
    if reach and reach.size_px[0]:
        return (reach.size_px[0],)
    stride_px = reach.stride_px if reach else 1
    fitting = (-(-side // stride_px) * stride_px for side in TRIAL_SIDES_PX)
    said = [claims.tile_px] if claims.tile_px and claims.tile_px <= TRIAL_SIDES_PX[-1] else []
    return dict.fromkeys((*said, *fitting, *TRIAL_SIDES_PX))


def agreed(reach: ReceptiveField, side_px: int, found_px: int, ratio: Fraction, margin_px: int) -> ReceptiveField:
    """The reach as the graph says it, where it can be and a tile of `side_px` gave the `found_px` that it foretells.

    Else the trial counts: its ratio and margin, and the network is taken for one that sees the whole tile. So it is
    where an output was brought to the size of a tile that the strides do not divide.
    """
    can_be = reach.margin_px >= 0 and reach.ratio > 0 and 1 in (reach.ratio.numerator, reach.ratio.denominator)
    if can_be and (side_px - 2 * reach.margin_px) * reach.ratio == found_px:
        return reach
    return unlike(reach, ratio, margin_px)


def unlike(reach: ReceptiveField, ratio: Fraction, margin_px: int) -> ReceptiveField:
    """A reach that the graph tells otherwise than the network gives it, with the ratio and margin that count."""
    operations = (*reach.global_operations, "sizes that differ from what the graph says")
    return replace(reach, ratio=ratio, margin_px=margin_px, global_operations=operations)
