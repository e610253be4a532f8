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


def test_strips_leave_no_trace_of_what_is_wide():
    """Of a core, and of lines that end at it."""
    field = np.zeros((3, 330, 300), np.float32)
    field[0, 120:240, 60:230] = 1
    field[0, :, 100:112] = field[0, 20:60, 20:280] = 1
    whole = centre_pixels(LineField.of_arrays(field, rows=10_000), 0.5)
    assert whole.has_cores
    for rows in (45, 270):
        strips = centre_pixels(LineField.of_arrays(field, rows=rows), 0.5)
        assert strips.has_cores
        for name in ("rows", "cols", "probability", "width_px"):
            assert np.array_equal(getattr(whole, name), getattr(strips, name)), (rows, name)
