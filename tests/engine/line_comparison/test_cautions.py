"""What a reader of a comparison is told first is true, and not told without need."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from terraloom.engine.line_comparison.apls import Rules
from terraloom.engine.line_comparison.comparison import compare


def square(side_m):
    """The four streets around a block."""
    corners = [(0, 0), (side_m, 0), (side_m, side_m), (0, side_m), (0, 0)]
    return np.array([shapely.LineString(pair) for pair in zip(corners, corners[1:])], object)


@pytest.mark.parametrize(("shift_m", "told"), [(0, False), (3.5, False), (30, True)])
def test_lines_a_little_aside_are_not_said_to_cover_other_ground(shift_m, told):
    """At 3.5 m one side of the square lies beyond BUFFER, but within SNAP."""
    moved = shapely.transform(square(200), lambda points: points + [shift_m, 0])
    cautions = compare(square(200), moved, 3, Rules(spacing_m=50, snap_m=4)).cautions
    assert any("lies outside" in caution for caution in cautions) == told


def test_a_reference_of_more_ground_is_said_to_be():
    cautions = compare(square(400), square(200), 3, Rules(spacing_m=50, snap_m=4)).cautions
    assert any("of the reference lies outside" in caution for caution in cautions)
