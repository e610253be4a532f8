"""From what a network says of lines to a network of lines: middle pixels, ways, cleaning, bridges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .bridging import with_gaps_bridged
from .centres import THINNING_STEPS, centre_pixels
from .cleaning import (
    Lengths,
    along_points,
    with_crossings_closed,
    with_ends_cut_back,
    without_short_lines,
    without_small_rings,
    without_spurs,
)
from .field import LineField
from .network import LineNetwork
from .skeleton import network_of

WIDEST_LINE_PX = 2 * THINNING_STEPS
"""What is wider gets no line in its middle."""

SPUR_PX, SPUR_WIDTHS = 8.0, 1.0
"""Dead ends that are shorter, in pixels or widths of the line, are frayed edges."""

RING_PX, RING_WIDTHS = 30.0, 2.0
"""Rings of at most this length, and those that are no wider than twice the line, are holes in it."""

HALF_SEEN = 0.6
"""From this share of the threshold on a pixel becomes a line's if the line leads through it; less is a gap."""

CROSSING_PX, CROSSING_WIDTHS = 6.0, 1.0
"""Junctions nearer to each other, in pixels or widths of the line, are one."""


@dataclass(frozen=True)
class ExtractionRules:
    """How lines are made.

    Args:
        threshold: Probability from which on a pixel is a line's, 0–1.
        shortest_px: Dead ends that are shorter are left out, and lonely lines that are not three times as long.
        longest_gap_px: Longer gaps are not bridged; 0: none is.
        directed: Whether the field knows directions, along which it is smoothed then.
        lengths_px: How long ways are that are held against `shortest_px`: as the lines that are given out for them.
        tell_wide: Is called where something is wider than `WIDEST_LINE_PX` and gets no line in its middle.
        ask: Is called now and again, so that a job can be stopped there.
        threads: Threads on the processor that may be used.
    """

    threshold: float
    shortest_px: float
    longest_gap_px: float
    directed: bool
    lengths_px: Lengths = along_points
    tell_wide: Callable[[], None] = lambda: None
    ask: Callable[[], None] = lambda: None
    threads: int = 1


def extract(field: LineField, rules: ExtractionRules) -> LineNetwork:
    """Make the network."""
    smoothed_from = HALF_SEEN * rules.threshold if rules.directed else None
    pixels = centre_pixels(field, rules.threshold, smoothed_from, rules.threads)
    if pixels.has_cores:
        rules.tell_wide()
    network = with_ends_cut_back(network_of(pixels), rules.threshold)
    network = _without_holes(without_spurs(network, SPUR_PX, SPUR_WIDTHS))
    network = _without_holes(with_crossings_closed(network, CROSSING_PX, CROSSING_WIDTHS, rules.ask))
    network = with_gaps_bridged(network, field, rules.threshold, rules.longest_gap_px, rules.directed, rules.ask)
    network = with_crossings_closed(network, CROSSING_PX, CROSSING_WIDTHS, rules.ask)  # bridges may end side by side
    return without_short_lines(_without_holes(network), rules.shortest_px, rules.lengths_px)


def _without_holes(network: LineNetwork) -> LineNetwork:
    """Without rings that are but holes in a line; closing crossings and bridging gaps may leave new ones."""
    return without_small_rings(network, RING_PX, RING_WIDTHS)
