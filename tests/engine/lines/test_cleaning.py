"""What thinning leaves in a network goes, and what is there stays where it is."""

from __future__ import annotations

import numpy as np
from terraloom.engine.lines.extraction import ExtractionRules, extract
from terraloom.engine.lines.field import LineField

RULES = ExtractionRules(threshold=0.5, shortest_px=15, longest_gap_px=0, directed=False)


def test_side_roads_nearer_to_each_other_than_the_road_is_wide_stay_where_they_are():
    """Their junctions lie less than a width apart, one after the other, and would all be one."""
    field = np.zeros((3, 120, 600), np.float32)
    field[0, 40:56, 20:580] = 1
    columns = np.arange(40, 560, 14)
    for column in columns:
        field[0, 56:100, column : column + 4] = 1
    network = extract(LineField.of_arrays(field), RULES)
    sides = [way for way in network.ways if 1 in network.degrees[[way.start, way.end]] and way.points[:, 1].max() > 90]
    assert len(sides) == len(columns)
    assert max(np.ptp(way.points[:, 0]) for way in sides) <= 2 * 16, "none leans by more than the road is wide twice"
    assert sum(way.length_px for way in network.ways) < 1.1 * (560 + len(columns) * 50)


def test_a_crossing_torn_in_more_than_two_is_one_junction():
    field = np.zeros((3, 200, 200), np.float32)
    for first, aside in ((0, 90), (96, 104)):  # the road down is not the one up, but begins beside it
        field[0, first : first + 104, aside : aside + 12] = 1
    field[0, 94:106] = 1
    network = extract(LineField.of_arrays(field), RULES)
    assert sorted(network.degrees[network.degrees > 0].tolist()) == [1, 1, 1, 1, 4]
