"""Lines are smooth, and meet where they end and nowhere else, on whatever mask and after whatever step."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from scipy.ndimage import distance_transform_edt, gaussian_filter
from skimage.draw import line as pixels_of_line
from terraloom.engine.lines import extraction
from terraloom.engine.lines.extraction import ExtractionRules, extract
from terraloom.engine.lines.field import LineField
from terraloom.engine.lines.network import LineNetwork, Way
from terraloom.engine.lines.shaping import shaped

STEPS = (
    "network_of",
    "without_spurs",
    "with_crossings_closed",
    "without_small_rings",
    "with_gaps_bridged",
    "without_short_lines",
)
"""What `extract` takes one after the other."""

RULES = ExtractionRules(threshold=0.5, shortest_px=15, longest_gap_px=40, directed=False)


def noisy_roads(seed, half_width_px, noise, side=260):
    """Probabilities of sixteen wide roads that cross at random, frayed and torn by noise."""
    rng = np.random.default_rng(seed)
    beside = np.ones((side, side), bool)
    for _ in range(16):
        (row, col), (to_row, to_col) = rng.integers(0, side, (2, 2))
        beside[pixels_of_line(row, col, to_row, to_col)] = False
    road = (distance_transform_edt(beside) <= half_width_px).astype(np.float32)
    field = np.zeros((3, side, side), np.float32)
    field[0] = np.clip(gaussian_filter(road, 2) + noise * gaussian_filter(rng.normal(size=road.shape), 3), 0, 1)
    return LineField.of_arrays(field)


def wrong_meetings(lines):
    """How many lines meet themselves, and how many pairs more than the ends of both; written apart from the engine."""
    lines = np.array(lines, object)
    one, other = shapely.STRtree(lines).query(lines, predicate="intersects")
    pairs = [(lines[first], lines[second]) for first, second in zip(one, other, strict=True) if first < second]
    ends = [shapely.multipoints([line.coords[place] for line in pair for place in (0, -1)]) for pair in pairs]
    beside = [not shapely.difference(shapely.intersection(*pair), end).is_empty for pair, end in zip(pairs, ends)]
    return int((~shapely.is_simple(lines)).sum()), sum(beside)


@pytest.mark.parametrize(
    ("seed", "half_width_px", "noise"),
    [(7, 9, 1.4), (9, 9, 2.0), (23, 9, 1.4), (13, 7, 2.0), (9, 5, 2.5)],
)
def test_ways_meet_at_their_ends_alone_after_each_step(monkeypatch, seed, half_width_px, noise):
    taken = []
    for name in STEPS:
        step = getattr(extraction, name)

        def watched(*given, step=step, name=name, **named):
            network = step(*given, **named)
            taken.append(name)
            assert wrong_meetings([shapely.linestrings(way.points) for way in network.ways]) == (0, 0), name
            return network

        monkeypatch.setattr(extraction, name, watched)
    lines = shaped(extract(noisy_roads(seed, half_width_px, noise), RULES), 1.0)
    assert set(taken) == set(STEPS)
    assert len(lines) > 10
    assert wrong_meetings(lines) == (0, 0)


def test_no_line_doubles_back_where_torn_crossings_were_closed():
    for seed in (7, 9, 23):
        network = extract(noisy_roads(seed, 9, 1.4), ExtractionRules(0.5, 15, 0, False))
        for line in shaped(network, 1.0):
            steps = np.diff(shapely.get_coordinates(line), axis=0)
            turned = (steps[1:] * steps[:-1]).sum(axis=1) / np.hypot(*steps[1:].T) / np.hypot(*steps[:-1].T)
            assert np.degrees(np.arccos(np.clip(turned, -1, 1))).max(initial=0) < 120


def test_two_rings_at_one_place_are_smooth():
    """They meet where both begin and end, which is no crossing."""
    angles = np.linspace(0, 2 * np.pi, 200)
    ways = []
    for side in (-1, 1):
        points = np.rint(np.column_stack([side * (30 - 30 * np.cos(angles)), 30 * np.sin(angles)]))
        known = np.ones(len(points))
        ways.append(Way(0, 0, points, known, known, known == 0))
    lines = shaped(LineNetwork(np.zeros((1, 2)), tuple(ways)), 1.0)
    assert all(len(shapely.get_coordinates(line)) < 40 for line in lines)


@pytest.mark.parametrize("seed", range(5))
def test_bridges_that_end_side_by_side_leave_no_scraps(seed):
    """Neither pieces between junctions shorter than what is one junction, nor hairpins within the width of a road."""
    network = extract(noisy_roads(seed, 5, 2.5), RULES)
    for way in network.ways:
        if network.degrees[[way.start, way.end]].min() >= 3:
            assert way.length_px >= extraction.CROSSING_PX
        if way.is_loop:
            inside_px = shapely.polygons(way.points).area / (way.length_px / 2)
            assert inside_px > np.nanmedian(way.width_px)


@pytest.mark.parametrize("tolerance_px", [3, 12])
def test_lines_that_are_too_close_to_be_simplified_are_smooth_all_the_same(tolerance_px):
    for seed in range(5):
        network = extract(noisy_roads(seed, 5, 2.5), RULES)
        for way, line in zip(network.ways, shaped(network, tolerance_px), strict=True):
            assert len(way.points) < 8 or not line.equals_exact(shapely.linestrings(way.points), 0)
