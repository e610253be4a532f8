"""Lines run in the middle of what is wide, and what is too wide for that is told and left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from terraloom.engine.lines.centres import centre_pixels
from terraloom.engine.lines.extraction import ExtractionRules, extract
from terraloom.engine.lines.field import LineField

RULES = ExtractionRules(threshold=0.5, shortest_px=20, longest_gap_px=0, directed=False)


def road(width, length=400):
    """A field with one road of some pixels across, from left to right."""
    field = np.zeros((3, width + 60, length), np.float32)
    field[0, 30 : 30 + width, 20:-20] = 1
    return field


@pytest.mark.parametrize("width", [34, 40, 61, 96])
def test_a_wide_road_is_one_line_in_its_middle(width):
    told = []
    (way,) = extract(LineField.of_arrays(road(width)), replace(RULES, tell_wide=lambda: told.append(width))).ways
    assert way.points[:, 1] == pytest.approx(30 + (width - 1) / 2, abs=1)
    assert np.median(way.width_px) == pytest.approx(width, abs=1)
    assert 360 - width - 10 < way.length_px < 360
    assert not told


@pytest.mark.parametrize("width", [99, 100, 130])
def test_what_is_too_wide_for_a_line_gets_none_and_is_told(width):
    told = []
    network = extract(LineField.of_arrays(road(width)), replace(RULES, tell_wide=lambda: told.append(width)))
    assert network.ways == ()
    assert told == [width]


@pytest.mark.parametrize("width", [97, 98])
def test_at_the_limit_there_is_a_line_or_a_word(width):
    told = []
    network = extract(LineField.of_arrays(road(width)), replace(RULES, tell_wide=lambda: told.append(width)))
    assert len(network.ways) == 1 - len(told)


def test_parts_leave_no_trace_of_what_is_wide():
    """Of a core, and of lines that end at it."""
    field = np.zeros((3, 330, 300), np.float32)
    field[0, 120:240, 60:230] = 1
    field[0, :, 100:112] = field[0, 20:60, 20:280] = 1
    whole = centre_pixels(LineField.of_arrays(field, side=10_000), 0.5)
    assert whole.has_cores
    for side in (45, 270):
        parts = centre_pixels(LineField.of_arrays(field, side=side), 0.5)
        assert parts.has_cores
        for name in ("rows", "cols", "probability", "width_px"):
            assert np.array_equal(getattr(whole, name), getattr(parts, name)), (side, name)


def streets(across, down, width, side):
    """Streets along columns and rows, their directions sure everywhere: at crossings that of the street along a row."""
    field = np.zeros((3, side, side), np.float32)
    for middle in down:
        field[0, :, middle - width // 2 : middle + width // 2 + 1] = 0.95
        field[1, :, middle - width // 2 : middle + width // 2 + 1] = -1
    for middle in across:
        field[0, middle - width // 2 : middle + width // 2 + 1] = 0.95
        field[1, middle - width // 2 : middle + width // 2 + 1] = 1
    return field


@pytest.mark.parametrize("apart", [13, 15])
def test_both_carriageways_stay_where_side_streets_cross_them(apart):
    """Where two streets cross, the profile across the direction runs down the other one."""
    field = streets((100, 100 + apart), (40, 100, 160, 220), 7, 260)
    network = extract(LineField.of_arrays(field), replace(RULES, directed=True))
    assert (network.degrees == 4).sum() == 8
    assert sum(way.length_px for way in network.ways) == pytest.approx(6 * 260, rel=0.08)


def test_a_dense_grid_keeps_its_streets():
    middles = tuple(range(18, 240, 18))
    network = extract(LineField.of_arrays(streets(middles, middles, 9, 252)), replace(RULES, directed=True))
    assert (network.degrees == 4).sum() == (len(middles) - 2) ** 2  # stubs at the edge are too short
    assert sum(way.length_px for way in network.ways) > 0.85 * 2 * 252 * len(middles)
